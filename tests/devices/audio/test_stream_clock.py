"""Tests of estimating the clock of a device from its requests."""

from __future__ import annotations

import random

import pytest

from legato.devices.audio.mixer import LEAD_SECONDS, StreamClock

RATE = 48_000
PERIOD = 4_800


def ask(anchor: StreamClock, late: list[float], buffer: float = 0.07) -> list[float]:
    """Return what the anchor says to requests of a device that was opened at 100 s.

    The first request comes at once, all others when a period has been played, each late by so
    much. What is returned is by how much the answer misses the device's own clock.
    """
    missed = []
    for number, delay in enumerate(late):
        due = 100.0 + number * PERIOD / RATE - (buffer if number else 0.0)
        heard = 100.0 + number * PERIOD / RATE - buffer + LEAD_SECONDS
        missed.append(anchor.heard_at(due + delay, PERIOD) - heard)
    return missed


def test_regular_requests_are_believed() -> None:
    """From the second request on the estimate is exact."""
    assert ask(StreamClock(RATE), [0.0] * 6)[1:] == pytest.approx([0.0] * 5)


def test_late_requests_do_not_move_the_clock() -> None:
    """Requests up to 20 ms late do not change the estimate."""
    rolls = random.Random(7)  # noqa: S311 - dice, not secrets
    late = [0.0, 0.0, 0.0, *(rolls.choice([0.0, 0.004, 0.011, 0.02]) for _ in range(9))]

    assert max(map(abs, ask(StreamClock(RATE), late)[2:])) < 0.001


def test_one_early_request_is_not_believed() -> None:
    """A single early request after a late one changes nothing."""
    assert ask(StreamClock(RATE), [0.0, 0.0, 0.0, 0.016, -0.004, 0.0])[-2:] == pytest.approx(
        [0.0] * 2
    )


def test_drop_out_is_learnt() -> None:
    """After a drop-out the estimate follows within a window."""
    missed = ask(StreamClock(RATE), [0.0] * 4 + [0.08] * 9)

    assert missed[-1] == pytest.approx(0.08)
