"""Media keys: the buttons of headsets, keyboards, lock screens and phones."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from legato.devices.dbus_probe import session_address
from legato.domain.ports import MediaCommand, NullMediaKeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.ports import Clock, MediaKeys

_KEYS = {
    # The play key of a keyboard arrives as either of these, depending on the system.
    Qt.Key.Key_MediaPlay: MediaCommand.PLAY_PAUSE,
    Qt.Key.Key_MediaTogglePlayPause: MediaCommand.PLAY_PAUSE,
    Qt.Key.Key_MediaPause: MediaCommand.PAUSE,
    Qt.Key.Key_MediaNext: MediaCommand.NEXT,
    Qt.Key.Key_MediaPrevious: MediaCommand.PREVIOUS,
    Qt.Key.Key_MediaStop: MediaCommand.STOP,
}

MEDIA_KEYS = tuple(_KEYS)
"""The keys with a command."""


def command_for_key(key: int) -> MediaCommand | None:
    """Return the command of a key event, or None.

    Windows, macOS and X11 without a desktop deliver media keys to the window as key events.

    Args:
        key: The value of `QKeyEvent.key`.
    """
    return next((command for known, command in _KEYS.items() if known == key), None)


def open_media_keys(on_command: Callable[[MediaCommand], None], clock: Clock) -> MediaKeys:
    """Return the media keys of this machine; they connect to the bus with the first session.

    Args:
        on_command: Called in the calling thread when a button is pressed elsewhere.
        clock: The monotonic clock of the session.
    """
    address = session_address(os.environ)
    if address is None:
        return NullMediaKeys()
    from legato.devices.dbus import BusLink  # noqa: PLC0415 - only where there is a bus
    from legato.devices.mpris import MprisMediaKeys  # noqa: PLC0415 - likewise

    return MprisMediaKeys(on_command, clock, BusLink(address, "legato-media-keys"))
