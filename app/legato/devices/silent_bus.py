"""Keeps Qt from waiting for a bus of the session that is there and does not answer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from legato.devices.bus_address import Answer, knock, session_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ADDRESS = "DBUS_SESSION_BUS_ADDRESS"
NOBODY = "unix:path=/nonexistent"
PATIENCE_SECONDS = 0.5
"""So much later a window opens beside a bus that hangs."""


def avoid_silent_bus(
    environ: Mapping[str, str] = os.environ,
    ask: Callable[[str, float], Answer] = knock,
    put: Callable[[str, str], object] = os.putenv,
) -> bool:
    """Knock at the session's bus, and hide it from Qt where it is silent; to be called before Qt.

    Qt joins that bus with its first widget, to be heard by screen readers, and waits for it
    without end: no window opens for as long as the bus is frozen. A bus that is well answers in
    less than a millisecond. Only Qt's view of the environment is changed: what of ours goes to
    the bus knocks by itself and takes it up when it answers again. Screen readers do so with the
    next start.

    Args:
        environ: As Python sees it, which stays as it is.
        ask: Knocks at an address and waits for an answer, some seconds at most.
        put: Changes the environment that libraries see.

    Returns:
        Whether it was hidden.
    """
    address = session_address(environ)
    if address is None or ask(address, PATIENCE_SECONDS) is not Answer.SILENT:
        return False
    put(ADDRESS, NOBODY)
    return True
