"""Tests of hiding a bus that hangs from Qt."""

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
    """Return the changes of the environment that libraries read."""
    changed: dict[str, str] = {}
    avoid_unresponsive_bus(environ, lambda _address, _patience: answer, changed.__setitem__)
    return changed


def test_a_silent_bus_is_hidden() -> None:
    """Qt gets an address where nothing listens."""
    assert seen_by_qt(ENVIRON, PingResult.SILENT) == {ADDRESS: UNREACHABLE}


@pytest.mark.parametrize("answer", [PingResult.YES, PingResult.NOBODY])
def test_another_bus_is_left_as_it_is(answer: PingResult) -> None:
    """A bus that answers, or is missing, is not hidden."""
    assert seen_by_qt(ENVIRON, answer) == {}


def test_without_a_bus_nothing_is_hidden() -> None:
    """Without an address nothing is pinged."""
    assert seen_by_qt({}, PingResult.SILENT) == {}


def test_our_own_view_of_the_bus_stays() -> None:
    """Our own connections still use the address."""
    environ = dict(ENVIRON)
    seen_by_qt(environ, PingResult.SILENT)

    assert environ == ENVIRON


def test_a_bus_that_lives_costs_no_time(bus: PrivateBus) -> None:
    """The ping of a running bus takes milliseconds."""
    began = time.perf_counter()
    hidden = avoid_unresponsive_bus({ADDRESS: bus.address}, putenv=lambda _name, _value: None)

    assert not hidden
    assert time.perf_counter() - began < LIVING_SECONDS


def test_a_frozen_bus_is_found_out(bus: PrivateBus) -> None:
    """A real bus that accepts connections and stays silent is hidden."""
    bus.freeze()
    hidden = avoid_unresponsive_bus({ADDRESS: bus.address}, putenv=lambda _name, _value: None)
    bus.thaw()

    assert hidden
