"""The buttons of headsets, keyboards, lock screens and phones."""

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
    # The one key that keyboards have for it comes as either, by system.
    Qt.Key.Key_MediaPlay: MediaCommand.PLAY_PAUSE,
    Qt.Key.Key_MediaTogglePlayPause: MediaCommand.PLAY_PAUSE,
    Qt.Key.Key_MediaPause: MediaCommand.PAUSE,
    Qt.Key.Key_MediaNext: MediaCommand.NEXT,
    Qt.Key.Key_MediaPrevious: MediaCommand.PREVIOUS,
    Qt.Key.Key_MediaStop: MediaCommand.STOP,
}

MEDIA_KEYS = tuple(_KEYS)
"""The keys that `move_for_key` knows."""


def move_for_key(key: int) -> MediaCommand | None:
    """Return what a key of the window means, as Windows, macOS and bare X11 deliver media keys.

    Args:
        key: As `QKeyEvent.key` gives it.
    """
    return next((move for known, move in _KEYS.items() if known == key), None)


def open_media_keys(on_move: Callable[[MediaCommand], None], clock: Clock) -> MediaKeys:
    """Return the media keys of this machine; the bus is joined with the first session.

    Args:
        on_move: Called in this thread when a button is pressed elsewhere.
        clock: The monotonic clock the session runs by.
    """
    address = session_address(os.environ)
    if address is None:
        return NullMediaKeys()
    from legato.devices.dbus import BusLink  # noqa: PLC0415 - only where there is a bus
    from legato.devices.mpris import MprisMediaKeys  # noqa: PLC0415 - likewise

    return MprisMediaKeys(on_move, clock, BusLink(address, "legato-media-keys"))
