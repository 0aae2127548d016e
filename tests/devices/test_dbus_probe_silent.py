"""Tests of keeping Qt away from a bus that hangs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from legato.devices.dbus_probe import ADDRESS, UNREACHABLE, PingResult, avoid_unresponsive_bus

if TYPE_CHECKING:
    from private_bus import PrivateBus

ENVIRON = {ADDRESS: "unix:path=/x"}
LIVING_SECONDS = 0.4


def seen_by_qt(environ: dict[str, str], answer: PingResult) -> dict[str, str]:
    """Return what is changed in the environment that libraries see."""
    changed: dict[str, str] = {}
    avoid_unresponsive_bus(environ, lambda _address, _patience: answer, changed.__setitem__)
    return changed


def test_a_silent_bus_is_hidden() -> None:
    """Qt finds nobody at its place, and at once."""
    assert seen_by_qt(ENVIRON, PingResult.SILENT) == {ADDRESS: UNREACHABLE}


@pytest.mark.parametrize("answer", [PingResult.YES, PingResult.NOBODY])
def test_another_bus_is_left_as_it_is(answer: PingResult) -> None:
    """One that answers is needed by screen readers; one that is gone holds up nothing."""
    assert seen_by_qt(ENVIRON, answer) == {}


def test_without_a_bus_nothing_is_hidden() -> None:
    """There is nobody to knock at."""
    assert seen_by_qt({}, PingResult.SILENT) == {}


def test_our_own_view_of_the_bus_stays() -> None:
    """Media keys take it up when it answers again."""
    environ = dict(ENVIRON)
    seen_by_qt(environ, PingResult.SILENT)

    assert environ == ENVIRON


def test_a_bus_that_lives_costs_no_time(bus: PrivateBus) -> None:
    """It is knocked at before each window."""
    began = time.perf_counter()
    hidden = avoid_unresponsive_bus({ADDRESS: bus.address}, putenv=lambda _name, _value: None)

    assert not hidden
    assert time.perf_counter() - began < LIVING_SECONDS


def test_a_frozen_bus_is_found_out(bus: PrivateBus) -> None:
    """A real one that takes connections and says nothing."""
    bus.freeze()
    hidden = avoid_unresponsive_bus({ADDRESS: bus.address}, putenv=lambda _name, _value: None)
    bus.thaw()

    assert hidden
