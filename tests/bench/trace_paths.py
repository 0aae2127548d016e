"""Count the calls behind a few actions in the running window, as a table with a row for each.

    PYTHONPATH=app python tests/bench/trace_paths.py            the table
    PYTHONPATH=app python tests/bench/trace_paths.py --files    also the files behind each row
    PYTHONPATH=app python tests/bench/trace_paths.py --calls b  also each call of row b, indented by depth

Only calls of the program's own functions count. A hop is a call from one file into another. The
window is painted off screen, its data folder is a temporary one, and the counts are the same in
every run save for what depends on time (a timer that fires, a second that ends).
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

import legato
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.controllers.session_driver import SessionDriver
from legato.domain.timeline import Phase
from legato.ui.editor.document import EditorDocument
from legato.ui.editor.step_fields import StepFields
from legato.ui.home.page import HomePage
from legato.ui.library.page import LibraryPage
from legato.ui.main_window import Application
from legato.ui.session.page import SessionPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


_T = TypeVar("_T")
CODE = f"{Path(legato.__file__).resolve().parent}{os.sep}"
MOST_SECONDS = 60.0
ROUTINE = """name: For my knees
# mine
ready: 1 s
steps:
  - title: Heel slide   # by hand
    hold: 45 s
  - title: Second
    hold: 40 s
"""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of one of the program's functions.

    Attributes:
        file: The file of the function, below the package.
        name: The function with its class.
        depth: How many of the program's functions were under way.
        caller: The file that the call came from, or "" for Qt and this script.
    """

    file: str
    name: str
    depth: int
    caller: str


@dataclass(slots=True)
class Row:
    """The calls of one action.

    Attributes:
        key: Short name, such as `b`.
        what: The action.
        calls: In the order in which they were made.
    """

    key: str
    what: str
    calls: list[Call] = field(default_factory=list)

    def record(self, frame: FrameType, event: str, _argument: object) -> None:
        """Add the call that begins with `frame`; for `sys.setprofile`."""
        name = frame.f_code.co_filename
        if event != "call" or not name.startswith(CODE):
            return
        depth, caller, back = 0, "", frame.f_back
        while back is not None:
            other = back.f_code.co_filename
            if other.startswith(CODE):
                depth += 1
                caller = caller or other[len(CODE) :]
            back = back.f_back
        self.calls.append(Call(name[len(CODE) :], frame.f_code.co_qualname, depth, caller))

    def files(self) -> Counter[str]:
        """Return the number of calls in each file."""
        return Counter(call.file for call in self.calls)

    def table_line(self) -> str:
        """Return the row as a line of a Markdown table."""
        hops = [call for call in self.calls if call.caller not in {"", call.file}]
        across = sum(_layer(call.caller) != _layer(call.file) for call in hops)
        deepest = max((call.depth for call in self.calls), default=0)
        counts = (len(self.calls), len(self.files()), len(hops), across, deepest)
        return (
            f"| {self.key:2} | {self.what:42} | {' | '.join(f'{count:6,}' for count in counts)} |"
        )


def _layer(file: str) -> str:
    return file.partition("/")[0]


class Trace:
    """A window, and the rows that were counted in it.

    Args:
        app: The running Qt application.
        home: An empty folder for all data.
    """

    def __init__(self, app: Application, home: Path) -> None:

        self._qt = app
        self.rows: list[Row] = []
        self.paths = stores.open_paths(str(home))
        routines = home / "routines"
        routines.mkdir(parents=True)
        (routines / "knees.yaml").write_text(ROUTINE, encoding="utf-8")
        self.app: App = App(app, stores.Options(data_dir=str(home), motion=True), self.paths)
        self.app.show()
        self.wait_until(lambda: not self.app.is_reading)
        self.wait(1.0)

    def count(self, key: str, what: str, action: Callable[[], object]) -> None:
        """Run `action` and add a row for it."""
        row = Row(key, what)
        sys.setprofile(row.record)
        try:
            action()
        finally:
            sys.setprofile(None)
        self.rows.append(row)

    def wait(self, seconds: float) -> None:
        """Let Qt work for `seconds`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._qt.processEvents()
            time.sleep(0.002)

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Let Qt work until `holds`.

        Raises:
            TimeoutError: It does not within `MOST_SECONDS`.
        """
        end = time.monotonic() + MOST_SECONDS
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(f"{holds} does not hold after {MOST_SECONDS} s")
            self.wait(0.005)

    def session(self) -> None:
        """Count a routine's way from its file to the ring (a), and the key H (b)."""
        _only(HomePage).library_wanted.emit()
        self.wait(0.5)
        library = _only(LibraryPage)
        self.count("a1", "file to routine", lambda: stores.open_library(self.paths).entry("knees"))
        self.count("a2", "start to session page", lambda: library.start_wanted.emit("knees"))
        driver, page = _only(SessionDriver), _only(SessionPage)
        self.wait_until(lambda: bool(driver.session and driver.session.segment.phase is Phase.HOLD))
        time.sleep(1.05)  # so that the next tick shows another second
        self.count("a3", "tick to ring", driver.tick)
        self.count("a4", "paint", self._qt.processEvents)
        self.count("b", "key H to next step", lambda: QTest.keyClick(page, Qt.Key.Key_H))
        driver.stop()
        self.wait(0.2)

    def editor(self) -> None:
        """Count one letter typed into a title, and what follows until it is saved (c)."""
        library = _only(LibraryPage)
        self.count("c1", "open the editor", lambda: library.edit_wanted.emit("knees"))
        self.wait(1.0)
        lines = _only(StepFields).findChildren(QLineEdit)
        title = next(line for line in lines if line.text() == "Heel slide")
        title.setFocus()
        title.selectAll()
        self.count("c2", "one letter typed into a title", lambda: QTest.keyClicks(title, "X"))
        self.count("c3", "preview (0.6 s later)", lambda: self.wait(0.6))
        self.count("c4", "draft kept (1 s later)", lambda: self.wait(1.0))
        self.count("c5", "save, until the library is shown", _only(EditorDocument).save)


def _only(kind: type[_T]) -> _T:
    """Return the only object of a class, wherever the program keeps it."""
    gc.unfreeze()  # frozen objects are left out of the list
    (found,) = (each for each in gc.get_objects() if isinstance(each, kind))
    return found


def run() -> list[Row]:
    """Return all rows, counted in a window of their own."""
    with tempfile.TemporaryDirectory(prefix="legato-trace-") as folder:
        home = Path(folder)
        os.environ |= {
            "QT_QPA_PLATFORM": "offscreen",
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
            "HOME": folder,
            "XDG_RUNTIME_DIR": folder,
        }
        os.environ |= {f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "DATA", "CACHE", "STATE")}

        trace = Trace(Application(["legato"]), home / "data")
        trace.session()
        trace.editor()
        trace.app.close()
        return trace.rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", action="store_true", help="list the files behind each row")
    parser.add_argument("--calls", metavar="KEY", help="list each call of the row KEY")
    options = parser.parse_args()
    rows = run()
    print(f"|    | {'action':42} |  calls |  files |   hops | across |  depth |")
    print(f"|----|{'-' * 44}|{'-------:|' * 5}")
    for row in rows:
        print(row.table_line())
    for row in rows:
        if options.files:
            files = ", ".join(f"{file} {count}" for file, count in row.files().most_common())
            print(f"\n{row.key}: {files}")
        if options.calls == row.key:
            for call in row.calls:
                print(f"{'  ' * call.depth}{call.file} {call.name}")
    sys.stdout.flush()
    os._exit(0)  # what still listens to the machine must not keep the program


if __name__ == "__main__":
    main()
