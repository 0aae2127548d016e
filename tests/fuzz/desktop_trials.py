"""What other programs of the desktop send: later starts, media keys; and what the log is given."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from fuzz.mutation import ODD_TEXT
from fuzz.target import Target, Trial, chance
from fuzz.trees import reshape_json
from fuzz.word_trials import SECOND_START_TARGET
from legato.storage.log import LogFile

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

MOST_TURNS = 2000
PLAYER = "org.mpris.MediaPlayer2.Player"
CALLS = (
    *((PLAYER, member) for member in ("Play", "Pause", "PlayPause", "Next", "Previous", "Stop")),
    *((PLAYER, member) for member in ("Seek", "SetPosition", "OpenUri", "Nonsense")),
    *(("org.mpris.MediaPlayer2", member) for member in ("Raise", "Quit", "Identity")),
    *(("org.freedesktop.DBus.Properties", member) for member in ("Get", "Set", "GetAll")),
    *(("org.freedesktop.DBus.Introspectable", "Introspect"), ("", "Play"), ("x.y", "Play")),
)
WORDS = (
    *(PLAYER, "org.mpris.MediaPlayer2", "Metadata", "Position", "Volume", "Rate", "CanGoNext"),
    *(text.replace("\0", "")[:2000] for text in ODD_TEXT if text.isprintable()),
)
NUMBERS = (0, 1, -1, 2**31 - 1, -(2**31), 2**62, -(2**62), 1.5, float("nan"), float("inf"), True)


def open_listener(folder: Path) -> Trial:
    """Send random data to the socket that receives the requests of later starts."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - in the fuzzer's child alone

    from fuzz.ears import Ears  # noqa: PLC0415 - likewise
    from legato.devices.start_listener import StartListener  # noqa: PLC0415 - likewise
    from legato.devices.start_socket import SocketServer  # noqa: PLC0415 - likewise

    application = QCoreApplication.instance() or QCoreApplication([])
    ears = Ears()
    address = str(folder / "socket")
    listener = StartListener(lambda _start: None, SocketServer())
    assert listener.listen(address)

    def trial(data: bytes) -> None:
        assert application
        assert listener
        with socket.socket(socket.AF_UNIX) as caller:
            caller.setblocking(False)
            caller.connect(address)
            pieces = _pieces(chance(data), data)
            for _ in range(MOST_TURNS):
                if not _go_on(caller, pieces):
                    break
                QCoreApplication.processEvents()
        for _ in range(5):
            QCoreApplication.processEvents()
        ears.check()

    return trial


def _pieces(random: Random, data: bytes) -> list[bytes]:
    """Return `data` cut in a few places."""
    cuts = sorted(random.randint(0, len(data)) for _ in range(random.randint(0, 4)))
    return [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]


def _go_on(caller: socket.socket, pieces: list[bytes]) -> bool:
    """Send what can be sent and close after the last piece; return whether there is more."""
    try:
        if pieces:
            sent = caller.send(pieces[0])
            pieces[0] = pieces[0][sent:]
            if not pieces[0]:
                pieces.pop(0)
            return True
        caller.shutdown(socket.SHUT_WR)
    except BlockingIOError:
        return True
    except OSError:  # the other side has heard enough
        pass
    return False


def open_player(_folder: Path) -> Trial:
    """Call the media player with unusual arguments, over a D-Bus connection without a bus."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - in the fuzzer's child alone
    from PySide6.QtDBus import (  # noqa: PLC0415 - likewise
        QDBusConnection,
        QDBusMessage,
        QDBusObjectPath,
        QDBusServer,
    )

    from fuzz.ears import Ears  # noqa: PLC0415 - likewise
    from legato.devices.mpris import PATH, MprisPlayer  # noqa: PLC0415 - likewise
    from legato.devices.now_playing import NowPlaying, Playback, Track  # noqa: PLC0415 - likewise

    application = QCoreApplication.instance() or QCoreApplication([])
    ears, server = Ears(), QDBusServer()
    player = MprisPlayer(lambda _move: None, lambda: 7)
    server.newConnection.connect(player.register)
    line = QDBusConnection.connectToPeer(server.address(), "fuzz")
    assert line.isConnected()

    def argument(random: Random) -> object:
        plain = (random.choice(NUMBERS), random.choice(WORDS), QDBusObjectPath("/x"))
        return random.choice((*plain, [random.choice(WORDS)], {"a": random.choice(NUMBERS)}))

    def trial(data: bytes) -> None:
        assert application
        random = chance(data)
        title = random.choice(ODD_TEXT)
        track = Track(1, title, title, random.choice((None, 0, 2**40)))
        player.show(NowPlaying(random.choice(list(Playback)), random.choice((track, None))), line)
        call = QDBusMessage.createMethodCall("", PATH, *random.choice(CALLS))
        call.setArguments([argument(random) for _ in range(random.randint(0, 3))])
        waiting = line.asyncCall(call, 1000)
        for _ in range(MOST_TURNS):
            if waiting.isFinished():
                break
            QCoreApplication.processEvents()
        ears.check()

    return trial


def open_journal(folder: Path) -> Trial:
    """Write any text into the log, and read a log of any bytes."""
    journal = LogFile(folder / "log")

    def trial(data: bytes) -> None:
        journal.note(data.decode(errors="surrogateescape"), data.decode("latin-1"))
        journal.last_lines(20)
        if chance(data).random() < 0.2:
            journal.path.write_bytes(data)
            for line in journal.last_lines(20):
                line.encode()

    return trial


LISTENER_TARGET = Target(
    open_listener, SECOND_START_TARGET.seeds, SECOND_START_TARGET.tokens, reshape_json
)
PLAYER_TARGET = Target(open_player, tuple, draw=lambda random: random.randbytes(8))
JOURNAL_TARGET = Target(
    open_journal,
    lambda: (
        b"an error in /home/anna/legato/routines/mine.yaml, line 3\n",
        *map(str.encode, ODD_TEXT),
    ),
    (b"/", b"~", b"\n", b"\xff", b"C:\\Users\\Anna", b"file:///"),
)
