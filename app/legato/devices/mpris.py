"""The program as a media player on the session's bus: MPRIS 2.2, spoken through QtDBus.

https://specifications.freedesktop.org/mpris-spec/2.2/ says what each name means. There is nothing
to seek in: a hold is as long as it is, so asking for another place in it changes nothing.
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

# Types by their names in Qt, which its stubs do not take.
INT64 = cast("type", "qlonglong")
TEXTS = cast("type", "QStringList")
VALUES = cast("type", "QVariantMap")

NAME = "org.mpris.MediaPlayer2.legato"
PATH = "/org/mpris/MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"


class Player(QObject):
    """The object on the bus: a root and a player.

    Args:
        on_move: Called when somebody presses a button while there is something to play.
        position_us: Tells where the track stands, in microseconds.
    """

    def __init__(
        self, on_move: Callable[[MediaCommand], None], position_us: Callable[[], int]
    ) -> None:
        super().__init__()
        self.position_us = position_us
        self.shown = NowPlaying()
        self._on_move = on_move
        self._root = RootAdaptor(self)
        self._controls = PlayerAdaptor(self)

    def register(self, connection: QDBusConnection) -> bool:
        """Put it on the bus, so far without a name."""
        return connection.registerObject(PATH, self)

    def show(self, playing: NowPlaying, connection: QDBusConnection | None) -> None:
        """Take what is playing, and tell the bus what of it has changed."""
        before, self.shown = self.shown, playing
        if connection is not None and before != playing:
            connection.send(_changed(_changes(before, playing)))

    def tell_jump(self) -> None:
        """Tell the bus that the position is not where it would have run to."""
        self._controls.Seeked.emit(self.position_us())

    def move(self, what: MediaCommand) -> None:
        """Pass a button on; with nothing to play it does nothing, as the specification asks."""
        if self.shown.track is not None:
            self._on_move(what)


@dbus_interface("org.mpris.MediaPlayer2")
class RootAdaptor(QDBusAbstractAdaptor):
    """Who the player is."""

    @Property(str)
    def Identity(self) -> str:
        """Its name for people."""
        return "Legato"

    @Property(str)
    def DesktopEntry(self) -> str:
        """The name of its .desktop file."""
        return "legato"

    @Property(bool)
    def CanQuit(self) -> bool:
        """It is closed in its window."""
        return False

    @Property(bool)
    def CanRaise(self) -> bool:
        """A window does not jump up in front of a person in bed."""
        return False

    @Property(bool)
    def HasTrackList(self) -> bool:
        """There is none."""
        return False

    @Property(TEXTS)
    def SupportedUriSchemes(self) -> list[str]:
        """It opens nothing."""
        return []

    @Property(TEXTS)
    def SupportedMimeTypes(self) -> list[str]:
        """It opens nothing."""
        return []

    @Slot()
    def Raise(self) -> None:
        """Do nothing."""

    @Slot()
    def Quit(self) -> None:
        """Do nothing."""


@dbus_interface(PLAYER)
class PlayerAdaptor(QDBusAbstractAdaptor):
    """What plays, and the buttons."""

    Seeked = Signal(INT64)

    def __init__(self, player: Player) -> None:
        super().__init__(player)
        self._player = player

    @Property(str)
    def PlaybackStatus(self) -> str:
        """Playing, Paused or Stopped."""
        return self._player.shown.playback.value

    @Property(VALUES)
    def Metadata(self) -> dict[str, object]:
        """The track."""
        return _metadata(self._player.shown)

    @Property(INT64)
    def Position(self) -> int:
        """Microseconds into the track."""
        return self._player.position_us()

    @Property(float)
    def Rate(self) -> float:
        """Time passes as it does."""
        return 1.0

    @Property(float)
    def MinimumRate(self) -> float:
        """It cannot pass more slowly."""
        return 1.0

    @Property(float)
    def MaximumRate(self) -> float:
        """Nor faster."""
        return 1.0

    @Property(float)
    def Volume(self) -> float:
        """Loudness belongs to the settings and the machine."""
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
        """There is no other place to be in a hold."""
        return False

    @Property(bool)
    def CanControl(self) -> bool:
        """The buttons work."""
        return True

    @Slot()
    def Play(self) -> None:
        """Go on; while it plays nothing changes."""
        self._player.move(MediaCommand.PLAY)

    @Slot()
    def Pause(self) -> None:
        """Pause; while it is paused nothing changes."""
        self._player.move(MediaCommand.PAUSE)

    @Slot()
    def PlayPause(self) -> None:
        """Pause or go on."""
        self._player.move(MediaCommand.PLAY_PAUSE)

    @Slot()
    def Next(self) -> None:
        """Go to the next step or side."""
        self._player.move(MediaCommand.NEXT)

    @Slot()
    def Previous(self) -> None:
        """Go back."""
        self._player.move(MediaCommand.PREVIOUS)

    @Slot()
    def Stop(self) -> None:
        """Stop; it can be taken up again."""
        self._player.move(MediaCommand.STOP)

    @Slot("qlonglong")
    def Seek(self, offset_us: int) -> None:
        """Do nothing."""

    @Slot("QDBusObjectPath", "qlonglong")
    def SetPosition(self, track: QDBusObjectPath, at_us: int) -> None:
        """Do nothing."""

    @Slot(str)
    def OpenUri(self, address: str) -> None:
        """Do nothing."""


def _metadata(playing: NowPlaying) -> dict[str, object]:
    """Return the track in MPRIS's words.

    Qt sends a length below 2**31 as a 32-bit number where the specification has 64; no way leads
    around that, and players take both.
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
    # An empty Python list would go out as an array of anything, which clients refuse.
    nothing_invalid = QDBusArgument()
    nothing_invalid.beginArray(QMetaType(QMetaType.Type.QString.value))
    nothing_invalid.endArray()
    message.setArguments([PLAYER, changes, nothing_invalid])
    return message


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
