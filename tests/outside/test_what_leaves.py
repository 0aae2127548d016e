"""What leaves the program: nothing by a network, and no file but those that are its own or chosen."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from bench.ear import CannotHear, Ear
from legato.resources import find_bundled
from outside.tracing import Trace, trace
from private_bus import private_bus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is for Linux")

TESTS = Path(__file__).parent.parent
LOCAL = {"AF_UNIX"}
ROUTINE = "name: Brought\nsteps:\n  - title: Calf\n    hold: 20 s\n"
DONE = (
    "opened",
    "a session was finished",
    "a session was stopped",
    "a routine was edited",
    "a routine was deleted",
    "a routine was brought back",
    "a routine was given away",
    "a routine was brought in",
    "a setting was changed",
    "a report was shown",
    "done",
)


class Home:
    """The empty folders of a new user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data, self.chosen = folder / "data", folder / "chosen"
        self.runtime, self.home = folder / "run", folder / "home"
        for place in (self.chosen, self.runtime, self.home):
            place.mkdir(mode=0o700)
        (self.chosen / "brought.yaml").write_text(ROUTINE)
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "LEGATO_DATA_DIR": str(self.data),
            "PYTHONPATH": str(TESTS),
        }

    @property
    def not_ours(self) -> tuple[Path, ...]:
        """Files that libraries write from within the program, each with its reason."""
        return (
            # Discards what is written to it.
            Path(os.devnull),
            # The sound server's client makes its key here, as with every program that sounds.
            self.home / ".config" / "pulse",
            # The fonts' list, where the system's own is out of date.
            self.home / ".cache" / "fontconfig",
        )

    def run(self, *words: str) -> Trace:
        """Run a module under strace."""
        command = [sys.executable, "-P", *words]
        return trace(command, self.folder / "trace.txt", self.env, self.chosen)

    def strangers(self, done: Trace) -> list[Path]:
        """Return the touched files that are not ours, not chosen, and not listed above.

        Python keeps its compiled modules beside the program, where it may.
        """
        touched = done.outside(self.data, self.chosen, self.runtime, *self.not_ours)
        made = {self.home / ".config", self.home / ".cache"}  # on the way to the above
        return [path for path in touched if "__pycache__" not in path.parts and path not in made]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return empty folders."""
    return Home(tmp_path)


@pytest.mark.slow
def test_an_evening_stays_at_home(home: Home) -> None:
    """Sessions, edits, sharing, settings, a cramp: local sockets alone, and our own files.

    All of it on a machine where whatever is made is open to all unless it says otherwise.
    """
    with ExitStack() as machine:
        home.env["DBUS_SESSION_BUS_ADDRESS"] = machine.enter_context(private_bus()).address
        try:
            sound = machine.enter_context(Ear()).env
            home.env |= {name: sound[name] for name in ("PULSE_SERVER", "PULSE_SINK")}
        except CannotHear:
            home.env.pop("PULSE_SERVER", None)
        done = home.run("-m", "outside.evening", str(home.chosen))
    made = [path for top in (home.data, home.runtime) for path in (top, *top.rglob("*"))]
    open_to_others = [path for path in made if stat.S_IMODE(path.lstat().st_mode) & 0o077]

    assert tuple(done.said.splitlines()) == DONE, done.complained
    assert "Traceback" not in done.complained
    assert done.code == 0
    assert done.families <= LOCAL
    assert home.strangers(done) == []
    assert len(made) > 15
    assert open_to_others == []
    # What is given away is as open as anything else that this person saves.
    assert stat.S_IMODE((home.chosen / "given.legato").stat().st_mode) == 0o666


SHIPPED = str(find_bundled().routines / "bedtime.yaml")


@pytest.mark.parametrize(
    "words",
    [
        ("--version",),
        ("check", SHIPPED),
        ("list", "--json"),
        ("timeline", "bedtime", "--json"),
        ("plan", "--place", "calf:left", "--json"),
        ("figure", "--list"),
        ("figure", "ham-strap", "-o", "a.svg"),
        ("figure", "ham-strap", "-o", "a.png"),
        ("import", "brought.yaml"),
        ("schema",),
    ],
    ids=" ".join,
)
def test_a_command_stays_at_home(home: Home, words: tuple[str, ...]) -> None:
    """A command opens only local sockets, and writes only the requested files."""
    done = home.run("-m", "legato", *words)

    assert done.code == 0, done.complained
    assert done.families <= LOCAL
    assert home.strangers(done) == []


def test_a_file_elsewhere_is_found(home: Home) -> None:
    """A check that finds nothing would prove nothing."""
    call_home = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    write = "; import pathlib; pathlib.Path('../elsewhere').write_text('')"
    done = home.run("-c", call_home + write)

    assert "AF_INET" in done.families
    assert home.strangers(done) == [home.folder / "elsewhere"]
