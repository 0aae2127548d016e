"""Tests of one running program for each data folder."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import FakeClock
from legato.devices import single_instance, start_listener
from legato.devices.single_instance import (
    PATIENCE_SECONDS,
    Outcome,
    SingleInstance,
    runtime_folder,
)
from legato.devices.start_pipe import PipeServer
from legato.devices.start_request import (
    LONGEST_TOKEN,
    MOST_BYTES,
    TAKEN,
    StartRequest,
    decode,
    encode,
)
from legato.devices.start_socket import SocketServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

START = StartRequest(("start", "bedtime", "--side", "left"), "/home/ada", "token-1")

RUNS_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from legato.devices.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]), Path(sys.argv[2]))
print(instance.claim() and instance.listen(print), flush=True)
app.exec()
"""

CALLS_AS_NOBODY = """
import os, socket, sys
line, path = sys.stdin.buffer.read(), sys.argv[1]
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
with socket.socket(socket.AF_UNIX) as call:
    call.settimeout(5)
    try:
        call.connect(path)
        call.sendall(line)
        answer = repr(call.recv(100))
    except (BrokenPipeError, ConnectionResetError):
        answer = repr(b"")
    except OSError as error:
        answer = type(error).__name__
print(answer, end="")
"""


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Restore the environment, into which a token is written."""
    monkeypatch.setenv(start_listener.TOKEN_VARIABLE, "")


class Place:
    """A runtime folder and the programs that start in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "run"
        self.data = folder / "data"
        self._started: list[SingleInstance] = []

    def instance(self, data: Path | None = None) -> SingleInstance:
        """Return another program."""
        made = SingleInstance(self.folder, data or self.data)
        self._started.append(made)
        return made

    def socket(self) -> Path:
        """Return the only socket."""
        return next(self.folder.glob("*.socket"))

    def close(self) -> None:
        """End all programs."""
        for one in self._started:
            one.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Return an empty runtime folder."""
    made = Place(tmp_path)
    yield made
    made.close()


class Running:
    """A first program that listens, with the requests that it received."""

    def __init__(self, place: Place) -> None:
        self.handed: list[StartRequest] = []
        self.place = place
        self.instance = place.instance()
        assert self.instance.claim()
        assert self.instance.listen(self.handed.append)

    def while_answering(self, qtbot: QtBot, work: Callable[[], object]) -> object:
        """Run `work` in a thread while this program answers; return its result."""
        results: list[object] = []
        thread = threading.Thread(target=lambda: results.append(work()))
        thread.start()
        qtbot.waitUntil(lambda: not thread.is_alive())
        return results[0]

    def call(self, qtbot: QtBot, *pieces: bytes) -> bytes:
        """Send raw bytes and return the answer, empty if the connection was closed."""

        def send() -> bytes:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(5)
                line.connect(str(self.place.socket()))
                try:
                    for piece in pieces:
                        line.sendall(piece)
                    return line.recv(100)
                except (BrokenPipeError, ConnectionResetError):
                    return b""

        answer = self.while_answering(qtbot, send)
        assert isinstance(answer, bytes)
        return answer


@pytest.fixture(params=[SocketServer, PipeServer], ids=["socket", "pipe"])
def each_server(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let the first program listen as on Linux, and as on Windows."""
    monkeypatch.setattr(single_instance, "open_server", request.param)


@pytest.fixture
def running(place: Place, qtbot: QtBot) -> Running:
    """Return a first program that listens."""
    del qtbot
    return Running(place)


def test_the_first_start_runs(place: Place) -> None:
    """The first start hands nothing over."""
    assert place.instance().start(lambda: pytest.fail("asked")) is Outcome.FIRST


@pytest.mark.usefixtures("each_server")
def test_a_second_start_hands_over(running: Running, place: Place, qtbot: QtBot) -> None:
    """The request arrives unchanged."""
    second = place.instance()
    outcome = running.while_answering(qtbot, lambda: second.start(lambda: START))
    qtbot.waitUntil(lambda: running.handed == [START])
    assert outcome is Outcome.HANDED_OVER


def test_a_token_is_in_the_environment_when_the_window_comes_forward(
    running: Running, qtbot: QtBot
) -> None:
    """Wayland needs the token of the caller."""
    running.call(qtbot, encode(START) or b"")
    assert os.environ[start_listener.TOKEN_VARIABLE] == "token-1"


def test_another_data_folder_runs_side_by_side(place: Place, tmp_path: Path) -> None:
    """Two data folders are two programs."""
    assert place.instance().claim()
    assert place.instance(tmp_path / "other").claim()


def test_one_data_folder_by_two_names_is_one(place: Place, tmp_path: Path) -> None:
    """A link to the data folder is the same folder."""
    place.data.mkdir()
    (tmp_path / "link").symlink_to(place.data)
    assert place.instance().claim()
    assert not place.instance(tmp_path / "link").claim()


def test_after_closing_the_next_start_is_the_first(place: Place) -> None:
    """Closing releases the lock."""
    first = place.instance()
    first.claim()
    first.close()
    assert place.instance().claim()


def test_a_first_start_that_does_not_listen_yet_is_waited_for(place: Place) -> None:
    """A second start retries until its timeout."""
    place.instance().claim()
    clock = FakeClock()
    outcome = place.instance().start(lambda: START, now=clock, pause=clock.pass_seconds)
    assert outcome is Outcome.NO_ANSWER
    assert clock.now == pytest.approx(1000.0 + PATIENCE_SECONDS, abs=0.1)


def test_a_start_may_have_less_patience(place: Place) -> None:
    """The timeout can be shorter, for cramp help."""
    place.instance().claim()
    clock = FakeClock()
    place.instance().start(lambda: START, patience_seconds=1, now=clock, pause=clock.pass_seconds)

    assert clock.now == pytest.approx(1001.0, abs=0.1)


def test_a_first_start_that_ends_meanwhile_is_followed(place: Place) -> None:
    """The second start runs if the first ends meanwhile."""
    first = place.instance()
    first.claim()
    clock = FakeClock()
    outcome = place.instance().start(lambda: START, now=clock, pause=lambda _seconds: first.close())
    assert outcome is Outcome.FIRST


def test_a_start_that_says_too_much_is_not_handed_over(place: Place) -> None:
    """A command line that is too long fails instead of being cut."""
    place.instance().claim()
    too_much = StartRequest(("x" * MOST_BYTES,))
    assert place.instance().start(lambda: too_much) is Outcome.NO_ANSWER


def test_after_kill_9_the_next_start_is_first_and_can_be_reached(
    place: Place, qtbot: QtBot
) -> None:
    """The lock is released, and the old socket replaced."""
    program = [sys.executable, "-c", RUNS_UNTIL_KILLED, str(place.folder), str(place.data)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        assert not place.instance().claim()
        process.send_signal(signal.SIGKILL)
    assert place.socket().exists()
    assert Running(place).call(qtbot, encode(START) or b"") == TAKEN


def test_without_the_lock_nobody_listens(place: Place, qapp: object) -> None:
    """Only the holder of the lock may replace a socket."""
    del qapp
    place.instance().claim()
    assert not place.instance().listen(lambda _start: None)


def test_socket_and_lock_are_the_users_own(running: Running) -> None:
    """Socket, lock and folder are private."""
    folder = running.place.folder
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not any(mode & 0o077 for mode in modes)
    assert {path.suffix for path in folder.iterdir()} == {".lock", ".socket"}


def test_a_folder_open_to_others_is_closed_to_them(place: Place) -> None:
    """A runtime folder is made private before use."""
    place.folder.mkdir(mode=0o777)
    place.folder.chmod(0o777)
    place.instance().claim()
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700


def test_where_no_lock_can_be_had_the_program_runs(tmp_path: Path, qapp: object) -> None:
    """A file in place of the folder does not stop the start."""
    del qapp
    (tmp_path / "run").write_text("")
    instance = SingleInstance(tmp_path / "run", tmp_path)
    assert instance.start(lambda: START) is Outcome.FIRST
    assert not instance.listen(lambda _start: None)


def test_another_user_is_not_answered(
    running: Running, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection of another user is closed before reading."""
    uid = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: uid + 1)
    assert running.call(qtbot, encode(START) or b"") == b""
    assert running.handed == []


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be others")
@pytest.mark.parametrize(("rights", "answer"), [(0o700, "PermissionError"), (0o755, "b''")])
def test_another_user_of_this_machine_is_kept_out(
    running: Running, qtbot: QtBot, rights: int, answer: str
) -> None:
    """Folder and socket refuse another real user."""
    path = running.place.socket()
    path.parent.chmod(rights)
    path.chmod(0o777)
    call = [sys.executable, "-c", CALLS_AS_NOBODY, path.name]

    def ask() -> str:
        return subprocess.run(
            call, cwd=path.parent, input=encode(START), capture_output=True, check=True
        ).stdout.decode()

    assert running.while_answering(qtbot, ask) == answer
    assert running.handed == []


@pytest.mark.usefixtures("each_server")
def test_a_line_in_pieces_is_read(running: Running, qtbot: QtBot) -> None:
    """A line may arrive in any number of pieces."""
    line = encode(START) or b""
    assert running.call(qtbot, line[:7], line[7:]) == TAKEN


@pytest.mark.usefixtures("each_server")
@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"hello\n",
        b"{}\n",
        b"[[1], '', '']\n",
        b'[["a"], "", "x\\u0000y"]\n',
        b'[["a"], ""]\n',
        b"[" * 60000 + b"\n",
        b"x" * (MOST_BYTES + 1),
        b"\xff\xfe\n",
    ],
)
def test_what_is_no_start_is_cut_off(running: Running, qtbot: QtBot, line: bytes) -> None:
    """Other content closes the connection without effect."""
    assert running.call(qtbot, line) == b""
    assert running.handed == []


@pytest.mark.usefixtures("each_server")
def test_who_says_nothing_does_not_keep_others_out(running: Running, qtbot: QtBot) -> None:
    """Silent connections are limited; others are answered."""
    silent = [socket.socket(socket.AF_UNIX) for _ in range(start_listener.MOST_CALLERS - 1)]
    for one in silent:
        one.connect(str(running.place.socket()))
    assert running.call(qtbot, encode(START) or b"") == TAKEN
    for one in silent:
        one.close()


@pytest.mark.usefixtures("each_server")
def test_who_hangs_up_leaves_room_for_others(running: Running, qtbot: QtBot) -> None:
    """More callers than may call at a time, each gone without a word, keep nobody out."""

    def call_in_vain() -> None:
        for _ in range(2 * start_listener.MOST_CALLERS):
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(str(running.place.socket()))

    running.while_answering(qtbot, call_in_vain)
    assert running.call(qtbot, encode(START) or b"") == TAKEN


@pytest.mark.usefixtures("each_server")
def test_a_silent_caller_is_cut_off(
    running: Running, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A silent connection has a timeout."""
    monkeypatch.setattr(start_listener, "LONGEST_CALL_MS", 1)
    assert running.call(qtbot) == b""


def test_the_runtime_folder_is_the_sessions_own(home: Path) -> None:
    """The socket is in the runtime folder of the desktop."""
    assert runtime_folder() == home / "runtime" / "legato"


@given(
    st.lists(st.text(max_size=20), max_size=10).map(tuple),
    st.text(max_size=50),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=LONGEST_TOKEN),
)
def test_what_is_sent_is_what_arrives(arguments: tuple[str, ...], folder: str, token: str) -> None:
    """Any command line is decoded as it was encoded."""
    start = StartRequest(arguments, folder, token)
    line = encode(start)
    assert line is not None
    assert line.count(b"\n") == 1
    assert decode(line) == start


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_fail(line: bytes) -> None:
    """Random bytes are a request or None."""
    assert decode(line) is None or json.loads(line)


def test_listening_needs_no_network_of_qt(place: Place) -> None:
    """QtNetwork and what it loads take 3 MB; Windows alone needs it."""
    program = RUNS_UNTIL_KILLED.replace("app.exec()", 'print("PySide6.QtNetwork" in sys.modules)')
    words = [sys.executable, "-P", "-c", program, str(place.folder), str(place.data)]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == (
        "True\nFalse\n"
    )


def test_a_second_start_hands_over_without_qt() -> None:
    """Handing over loads no Qt, which takes longer."""
    program = "import sys, legato.devices.single_instance; sys.exit('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-P", "-c", program], check=False)
    assert done.returncode == 0
