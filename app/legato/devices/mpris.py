"""Legato as a media player on the session bus: MPRIS 2.2 over QtDBus.

https://specifications.freedesktop.org/mpris-spec/2.2/ defines each name. Seeking is refused: a hold
has its length, and no other position to jump to.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Property, QMetaType, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusAbstractAdaptor,
    QDBusArgument,
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
)

from legato.devices.dbus import dbus_interface, in_thread
from legato.devices.now_playing import MICROSECONDS, NowPlaying, now_playing, position_us
from legato.domain.ports import MediaCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.dbus import BusLink
    from legato.domain.ports import Clock
    from legato.domain.session import Session

# Names of Qt types, which its stubs do not accept.
INT64 = cast("type", "qlonglong")
TEXTS = cast("type", "QStringList")
VALUES = cast("type", "QVariantMap")

NAME = "org.mpris.MediaPlayer2.legato"
PATH = "/org/mpris/MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"


class MprisPlayer(QObject):
    """The object on the bus: a root and a player.

    Args:
        on_command: Called when a button is pressed while there is a track.
        position_us: Returns the position in the track, in microseconds.
    """

    def __init__(
        self, on_command: Callable[[MediaCommand], None], position_us: Callable[[], int]
    ) -> None:
        super().__init__()
        self.position_us = position_us
        self.shown = NowPlaying()
        self._on_command = on_command
        self._root = RootAdaptor(self)
        self._controls = PlayerAdaptor(self)

    def register(self, connection: QDBusConnection) -> bool:
        """Register the object on the bus, without a name yet; return whether that succeeded."""
        return connection.registerObject(PATH, self)

    def show(self, playing: NowPlaying, connection: QDBusConnection | None) -> None:
        """Show `playing`, and notify the bus of the properties that changed."""
        before, self.shown = self.shown, playing
        if connection is not None and before != playing:
            connection.send(_changed(_changes(before, playing)))

    def notify_jump(self) -> None:
        """Notify the bus that the position has jumped."""
        self._controls.Seeked.emit(self.position_us())

    def press(self, what: MediaCommand) -> None:
        """Pass a command on; without a track it does nothing, as the specification asks."""
        if self.shown.track is not None:
            self._on_command(what)


@dbus_interface("org.mpris.MediaPlayer2")
class RootAdaptor(QDBusAbstractAdaptor):
    """The interface that identifies the player."""

    @Property(str)
    def Identity(self) -> str:
        """The name of the program."""
        return "Legato"

    @Property(str)
    def DesktopEntry(self) -> str:
        """The name of its .desktop file."""
        return "legato"

    @Property(bool)
    def CanQuit(self) -> bool:
        """False: the program is closed in its window."""
        return False

    @Property(bool)
    def CanRaise(self) -> bool:
        """False: a window must not light up before a person in bed."""
        return False

    @Property(bool)
    def HasTrackList(self) -> bool:
        """False: a session has no track list."""
        return False

    @Property(TEXTS)
    def SupportedUriSchemes(self) -> list[str]:
        """Empty: the player opens no addresses."""
        return []

    @Property(TEXTS)
    def SupportedMimeTypes(self) -> list[str]:
        """Empty: the player opens no media files."""
        return []

    @Slot()
    def Raise(self) -> None:
        """Do nothing: see `CanRaise`."""

    @Slot()
    def Quit(self) -> None:
        """Do nothing: see `CanQuit`."""


@dbus_interface(PLAYER)
class PlayerAdaptor(QDBusAbstractAdaptor):
    """The interface with the track and its buttons."""

    Seeked = Signal(INT64)

    def __init__(self, player: MprisPlayer) -> None:
        super().__init__(player)
        self._player = player

    @Property(str)
    def PlaybackStatus(self) -> str:
        """Playing, Paused or Stopped."""
        return self._player.shown.playback.value

    @Property(VALUES)
    def Metadata(self) -> dict[str, object]:
        """The track: id, title, artist, album, length."""
        return _metadata(self._player.shown)

    @Property(INT64)
    def Position(self) -> int:
        """The position in the track, in microseconds."""
        return self._player.position_us()

    @Property(float)
    def Rate(self) -> float:
        """The speed, which cannot be changed."""
        return 1.0

    @Property(float)
    def MinimumRate(self) -> float:
        """The lowest speed, which is the only one."""
        return 1.0

    @Property(float)
    def MaximumRate(self) -> float:
        """The highest speed, which is the only one."""
        return 1.0

    @Property(float)
    def Volume(self) -> float:
        """The volume, which is changed in the settings only."""
        return 1.0

    @Property(bool)
    def CanGoNext(self) -> bool:
        """Whether there is something to play."""
        return self._player.shown.track is not None

    @Property(bool)
    def CanGoPrevious(self) -> bool:
        """Whether there is something to play."""
        return self._player.shown.track is not None

    @Property(bool)
    def CanPlay(self) -> bool:
        """Whether there is something to play."""
        return self._player.shown.track is not None

    @Property(bool)
    def CanPause(self) -> bool:
        """Whether there is something to play."""
        return self._player.shown.track is not None

    @Property(bool)
    def CanSeek(self) -> bool:
        """False: a hold has no other position to jump to."""
        return False

    @Property(bool)
    def CanControl(self) -> bool:
        """True: the buttons work."""
        return True

    @Slot()
    def Play(self) -> None:
        """Resume; does nothing while it plays."""
        self._player.press(MediaCommand.PLAY)

    @Slot()
    def Pause(self) -> None:
        """Pause; does nothing while it is paused."""
        self._player.press(MediaCommand.PAUSE)

    @Slot()
    def PlayPause(self) -> None:
        """Pause or resume."""
        self._player.press(MediaCommand.PLAY_PAUSE)

    @Slot()
    def Next(self) -> None:
        """Go to the next step or side."""
        self._player.press(MediaCommand.NEXT)

    @Slot()
    def Previous(self) -> None:
        """Go to the previous step or side."""
        self._player.press(MediaCommand.PREVIOUS)

    @Slot()
    def Stop(self) -> None:
        """Stop the session; it can be resumed later."""
        self._player.press(MediaCommand.STOP)

    @Slot("qlonglong")
    def Seek(self, offset_us: int) -> None:
        """Do nothing: see `CanSeek`."""

    @Slot("QDBusObjectPath", "qlonglong")
    def SetPosition(self, track: QDBusObjectPath, at_us: int) -> None:
        """Do nothing: see `CanSeek`."""

    @Slot(str)
    def OpenUri(self, address: str) -> None:
        """Do nothing: no scheme is supported."""


def _metadata(playing: NowPlaying) -> dict[str, object]:
    """Return the metadata of the track, by their MPRIS names.

    Qt sends a length below 2**31 as a 32-bit number where the specification has 64 bits; that
    cannot be changed from Python, and players accept both.
    """
    track = playing.track
    if track is None:
        return {"mpris:trackid": QDBusObjectPath(NO_TRACK)}
    values: dict[str, object] = {
        "mpris:trackid": QDBusObjectPath(f"/legato/track/{track.number}"),
        "xesam:title": track.title,
        "xesam:artist": ["Legato"],
        "xesam:album": track.routine,
    }
    if track.length_us is not None:
        values["mpris:length"] = track.length_us
    return values


def _changes(before: NowPlaying, after: NowPlaying) -> dict[str, object]:
    changes: dict[str, object] = {}
    if before.playback != after.playback:
        changes["PlaybackStatus"] = after.playback.value
    if before.track != after.track:
        changes["Metadata"] = _metadata(after)
    if (before.track is None) != (after.track is None):
        names = ("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause")
        changes |= dict.fromkeys(names, after.track is not None)
    return changes


def _changed(changes: dict[str, object]) -> QDBusMessage:
    message = QDBusMessage.createSignal(
        PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged"
    )
    # An empty Python list would be sent as an array of variants, which clients refuse.
    nothing_invalid = QDBusArgument()
    nothing_invalid.beginArray(QMetaType(QMetaType.Type.QString.value))
    nothing_invalid.endArray()
    message.setArguments([PLAYER, changes, nothing_invalid])
    return message


JUMP_US = MICROSECONDS // 2
"""A position this far from the expected one counts as a jump."""


class MprisMediaKeys:
    """Shows a session on the bus and receives the buttons pressed there.

    It connects in the background when the first session is shown; a missing or silent bus has no
    effect.

    Args:
        on_command: Called in the thread that made this object, at any time and for any button,
            also one that is not valid just then.
        clock: The monotonic clock of the session.
        link: To the session bus, not yet open.
    """

    def __init__(
        self, on_command: Callable[[MediaCommand], None], clock: Clock, link: BusLink
    ) -> None:
        self._clock = clock
        self._closed = False
        self._session: Session | None = None
        self._player = MprisPlayer(on_command, self._position_us)
        self._link = link

    def show(self, session: Session | None) -> None:
        """Show the state of `session`, after each change of it; None for no session."""
        if self._closed or session is self._session:
            return
        if _only_time_passed(self._session, session):
            self._session = session
            return
        expected, track = self._position_us(), self._player.shown.track
        self._session = session
        self._player.show(now_playing(session), self._link.connection)
        if session is not None:
            self._link.open(self._on_connected)
        jumped = abs(self._position_us() - expected) > JUMP_US
        if self._link.connection is not None and self._player.shown.track == track and jumped:
            self._player.notify_jump()

    def close(self) -> None:
        """Unregister from MPRIS; returns at once."""
        self._closed = True
        self._link.close(self._player)

    def _position_us(self) -> int:
        return position_us(self._session, self._clock())

    def _on_connected(self, connection: QDBusConnection) -> None:
        if self._player.register(connection):
            in_thread(take_name, connection)


def _only_time_passed(before: Session | None, now: Session | None) -> bool:
    """Return whether nothing changed but the position, which players count on by themselves."""
    return (
        before is not None
        and now is not None
        and (before.index, before.status, before.began) == (now.index, now.status, now.began)
        and before.timeline is now.timeline
    )


def take_name(connection: QDBusConnection, name: str = NAME) -> None:
    """Request the name of the player on the bus, or one with a suffix if another Legato has it.

    Waits for the bus without holding the GIL: call it in a thread. A bus that fell silent is not
    asked twice.
    """
    if not connection.registerService(name) and not connection.lastError().isValid():
        connection.registerService(f"{name}.instance{os.getpid()}")
