"""Starts Legato, makes it fail as the arguments say, and prints what it shows."""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from legato.cli import main
from legato.cli import window as cli_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from legato.ui.main_window import MainWindow

STEP_MS = 150
MOST_STEPS = 400


class Unlucky:
    """Waits until the hooks are set, and then does one step after the other.

    Args:
        window: Of Legato.
        ways: Names of its methods that begin with `fail_`, or `leave` and `crash`.
    """

    def __init__(self, window: MainWindow, ways: list[str]) -> None:
        from PySide6.QtCore import QTimer  # noqa: PLC0415 - Qt is imported as Legato does it

        self._window = window
        self._waiting: list[Callable[[], object]] = [getattr(self, way) for way in ways]
        self._steps = 0
        self._timer = QTimer(window)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self.on_step)
        self._timer.start()

    def on_step(self) -> None:
        """Print the current page, and do the next step."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            self._window.close()
        if threading.excepthook is threading.__excepthook__:
            return
        _say("page", self._window.page_name)
        if self._waiting:
            self._waiting.pop(0)()
        else:
            self._timer.stop()
            self._tell()
            self._window.close()

    def _tell(self) -> None:
        from PySide6.QtWidgets import QApplication, QPushButton  # noqa: PLC0415 - see above

        from legato.ui.errors_page import ErrorsPage  # noqa: PLC0415 - see above

        for page in self._window.findChildren(ErrorsPage):
            focus = QApplication.focusWidget()
            name = focus.text() if isinstance(focus, QPushButton) else ""
            _say("told", page.accessibleName(), page.accessibleDescription(), page.text, name)

    def fail_in_slot(self) -> NoReturn:
        """Raise in a slot."""
        raise ValueError("my knee after the operation")

    def fail_in_thread(self) -> None:
        """Raise in another thread."""
        thread = threading.Thread(target=os.environ.__getitem__, args=("my knee",))
        thread.start()
        thread.join()

    def fail_in_finaliser(self) -> None:
        """Raise in a finaliser, which has no caller."""

        class Last:
            def __del__(self) -> None:
                raise TypeError("in a finaliser")

        Last()

    def fail_in_paint(self) -> None:
        """Raise in some paint events, with an active painter."""
        from PySide6.QtGui import QPainter  # noqa: PLC0415 - see above
        from PySide6.QtWidgets import QWidget  # noqa: PLC0415 - see above

        class Torn(QWidget):
            def paintEvent(self, event: object) -> None:
                del event
                painter = QPainter(self)
                painter.drawLine(0, 0, 5, 5)
                raise IndexError("in a painter")

        self._torn = Torn(self._window)
        self._torn.resize(20, 20)
        self._torn.show()

    def fail_in_qt(self) -> None:
        """Make Qt print a warning with a path."""
        from PySide6.QtCore import qWarning  # noqa: PLC0415 - see above

        for _ in range(12):
            qWarning("cannot open /home/anna/knee.svg: denied")

    def leave(self) -> None:
        """Press Esc."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - see above
        from PySide6.QtTest import QTest  # noqa: PLC0415 - see above

        QTest.keyClick(self._window.focusWidget() or self._window, Qt.Key.Key_Escape)

    def rest(self) -> None:
        """Do nothing for a step."""

    def interrupt(self) -> None:
        """Press Ctrl+C."""
        signal.raise_signal(signal.SIGINT)

    def crash(self) -> None:
        """Crash the process."""
        faulthandler._sigsegv()  # type: ignore[attr-defined]


def _say(*words: str) -> None:
    sys.stdout.write(f"{json.dumps(words)}\n")
    sys.stdout.flush()


def _fail(window: QWidget, ways: list[str]) -> None:
    window._unlucky = Unlucky(window, ways)  # type: ignore[attr-defined, arg-type]


if __name__ == "__main__":
    split = sys.argv.index("--")
    cli_window.run_window = partial(
        cli_window.run_window, when_built=lambda window: _fail(window, sys.argv[1:split])
    )
    sys.exit(main.run(sys.argv[split + 1 :]))
