"""The buttons of headsets, keyboards, lock screens and phones."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from legato.devices.dbus import in_thread, session_address
from legato.devices.mpris import MICROSECONDS, NAME, Player, now_playing, position_us
from legato.domain.ports import MediaCommand, NullMediaKeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtDBus import QDBusConnection

    from legato.devices.dbus import BusLink
    from legato.domain.ports import Clock, MediaKeys
    from legato.domain.session import Session

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
    from legato.devices.dbus import BusLink  # noqa: PLC0415 - QtDBus

    return MprisMediaKeys(on_move, clock, BusLink(address, "legato-media-keys"))


JUMP_US = MICROSECONDS // 2
"""A position this far from where it would have run to is told to the bus as a jump."""


class MprisMediaKeys:
    """Shows a session on the bus and hears the buttons pressed there.

    The bus is joined with the first session that is shown, in the background; a bus that is not
    there, or that answers nothing, changes nothing for anybody.

    Args:
        on_move: Called in the thread that made this; a button may be pressed at any time, also
            one that makes no sense just then.
        clock: The monotonic clock the session runs by.
        link: To the session's bus, not yet open.
    """

    def __init__(
        self, on_move: Callable[[MediaCommand], None], clock: Clock, link: BusLink
    ) -> None:
        self._clock = clock
        self._closed = False
        self._session: Session | None = None
        self._player = Player(on_move, self._position_us)
        self._link = link

    def show(self, session: Session | None) -> None:
        """Show where `session` stands, after each change of it; None is no session."""
        if session is self._session or self._closed:
            return
        expected, track = self._position_us(), self._player.shown.track
        self._session = session
        self._player.show(now_playing(session), self._link.connection)
        if session is not None:
            self._link.open(self._on_connected)
        jumped = abs(self._position_us() - expected) > JUMP_US
        if self._link.connection is not None and self._player.shown.track == track and jumped:
            self._player.tell_jump()

    def close(self) -> None:
        """Be gone from the list of players; returns at once."""
        self._closed = True
        self._link.close(self._player)

    def _position_us(self) -> int:
        return position_us(self._session, self._clock())

    def _on_connected(self, connection: QDBusConnection) -> None:
        if self._player.register(connection):
            in_thread(take_name, connection)


def take_name(connection: QDBusConnection, name: str = NAME) -> None:
    """Take the player's name on the bus, or one of this process where a second Legato runs.

    Waits for the bus, without Python's lock: for a thread. A bus that fell silent is not asked twice.
    """
    if not connection.registerService(name) and not connection.lastError().isValid():
        connection.registerService(f"{name}.instance{os.getpid()}")
