"""Tests of finding message buses and pinging them."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from legato.devices.dbus_probe import PingResult, ping, session_address, system_address

if TYPE_CHECKING:
    from pathlib import Path

    from private_bus import PrivateBus

PATIENCE_SECONDS = 0.05


def test_the_sessions_own_address_counts(tmp_path: Path) -> None:
    """The address in the environment wins over the usual one."""
    (tmp_path / "bus").touch()
    environ = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert session_address(environ, "linux") == "unix:path=/x"


def test_the_usual_place_is_looked_at(tmp_path: Path) -> None:
    """Without an address the socket of systemd is used."""
    (tmp_path / "bus").touch()
    found = session_address({"XDG_RUNTIME_DIR": str(tmp_path)}, "linux")
    assert found == f"unix:path={tmp_path}/bus"


@pytest.mark.parametrize("environ", [{}, {"XDG_RUNTIME_DIR": "/nonexistent"}])
def test_no_bus_is_started_where_there_is_none(environ: dict[str, str]) -> None:
    """Without an address and a socket there is no bus."""
    assert session_address(environ, "linux") is None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_have_no_bus(platform: str) -> None:
    """The environment is ignored on other systems."""
    environ = {
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x",
        "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/x",
    }
    assert session_address(environ, platform) is None
    assert system_address(environ, platform) is None


def test_the_systems_bus_can_be_another() -> None:
    """The address of the system bus can be set in the environment."""
    environ = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/x"}
    assert system_address(environ, "linux") == "unix:path=/x"


def test_a_bus_answers(bus: PrivateBus) -> None:
    """A running bus answers."""
    assert ping(bus.address) is PingResult.YES


def test_a_frozen_bus_is_silent(bus: PrivateBus) -> None:
    """A stopped bus is silent, which differs from a missing one."""
    bus.freeze()
    assert ping(bus.address, PATIENCE_SECONDS) is PingResult.SILENT
    bus.thaw()


def test_the_first_that_answers_counts(bus: PrivateBus) -> None:
    """All sockets of an address are tried."""
    assert ping(f"unix:path=/nonexistent;{bus.address}") is PingResult.YES


@pytest.mark.parametrize(
    "address",
    [
        "unix:path=/nonexistent",
        "unix:abstract=legato-nobody-is-here",
        "unix:path=" + "x" * 200,
        "unix:path=%00",
        "tcp:host=127.0.0.1,port=1",
        "autolaunch:",
        "nonsense",
        "",
    ],
)
def test_where_nobody_is_nobody_answers(address: str) -> None:
    """An address without a socket, or of another machine, is no bus."""
    assert ping(address, PATIENCE_SECONDS) is PingResult.NOBODY


def test_something_else_is_no_bus(tmp_path: Path) -> None:
    """A socket that hangs up is no bus."""
    path = tmp_path / "other"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
    assert ping(f"unix:path={path}", PATIENCE_SECONDS) is PingResult.NOBODY
