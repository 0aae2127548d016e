"""Fixtures for the tests of devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from private_bus import private_bus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from private_bus import PrivateBus


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """Start a private bus and make it the session bus of this process."""
    with private_bus() as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
        yield made
