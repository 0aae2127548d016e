"""Hears of every error that nobody expected, wherever in the process it happens, and logs it."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from legato.domain.problems import BadData

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from legato.devices.main_thread import MainThreadCall
    from legato.domain.error_report import ErrorCount, ErrorReport
    from legato.storage.log import CrashFile, LogFile

MOST_KINDS = 100
"""Of errors, and of Qt's messages, that are told apart in one run."""
INTERRUPTED = 130
"""What a shell reports for a program that the user ended with Ctrl+C."""
NO_BUS_NEWS = "qt.dbus.*=false"
"""Qt's thread for the bus would wait for Python's lock with each of these, and whoever makes a
connection holds that lock and waits for the thread."""
_HELD_FRAMES = ("last_type", "last_value", "last_traceback", "last_exc")


class ErrorHooks:
    """The hooks of Python and Qt, from before the window is made until it is closed.

    With the program's start only `sys.excepthook` is set; the rest comes with `begin`, when the
    first frame is on the screen. What happened before is remembered. As a context manager it also
    meets the error that ends the program, and keeps it for the next start to tell.

    Args:
        folder: Of the log.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._met: dict[ErrorReport, int] = {}
        self._qt_said: dict[str, int] = {}
        self._untold: list[ErrorReport] = []
        self._bell: MainThreadCall | None = None
        self._crash: CrashFile | None = None
        self.last_run: ErrorReport | None = None

    @cached_property
    def journal(self) -> LogFile:
        """The log."""
        from legato.storage.log import LogFile  # noqa: PLC0415 - seldom that early

        return LogFile(self._folder)

    @property
    def met(self) -> tuple[ErrorCount, ...]:
        """What was met in this run, the first one first."""
        from legato.domain.error_report import ErrorCount  # noqa: PLC0415 - seldom needed

        with self._lock:
            return tuple(ErrorCount(fault, times) for fault, times in self._met.items())

    @property
    def has_news(self) -> bool:
        """Whether there is something that nobody was told of yet."""
        with self._lock:
            return bool(self._untold)

    def count_as_told(self) -> None:
        """Have all that was met so far count as told; what comes again is not told again."""
        with self._lock:
            self._untold.clear()

    def __enter__(self) -> Self:
        """Hear of errors from now on."""
        sys.excepthook = self.on_error
        return self

    def begin(self, on_fault: Callable[[], None]) -> None:
        """Set the other hooks, and find out how the last run ended.

        Args:
            on_fault: Called in this thread, soon after something new was met in any of them.
        """
        import faulthandler  # noqa: PLC0415 - after the first frame

        from PySide6.QtCore import QLoggingCategory, qInstallMessageHandler  # noqa: PLC0415

        from legato.devices.main_thread import MainThreadCall  # noqa: PLC0415 - likewise
        from legato.domain.error_report import report_of_crash  # noqa: PLC0415 - likewise
        from legato.storage.log import CrashFile  # noqa: PLC0415 - likewise

        self._bell = MainThreadCall(on_fault)
        self._crash = CrashFile(self._folder)
        self.last_run = report_of_crash(self._crash.left())
        if self.last_run is not None:
            self.journal.note("the last run ended with an error", *self.last_run.lines)
            with self._lock:
                self._untold.append(self.last_run)
        file = self._crash.begin()
        if file is not None:
            faulthandler.enable(file)
        threading.excepthook = self._on_error_in_thread
        sys.unraisablehook = self._on_unraisable
        QLoggingCategory.setFilterRules(NO_BUS_NEWS)
        qInstallMessageHandler(self._on_qt)
        if self.has_news:
            self._bell.ring()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give back all hooks; what was not told is left for the next start."""
        if isinstance(error, Exception) and not isinstance(error, BadData):
            self.meet(error)
        sys.excepthook = sys.__excepthook__
        if self._bell is not None:
            self._bell.close()
            self._end()
        if self.has_news or self._crash is not None:
            self._keep()

    def meet(self, error: BaseException) -> None:
        """Log an error, the first time with its place, and have it told."""
        from legato.domain.error_report import report_of  # noqa: PLC0415 - hopefully never

        fault = report_of(error)
        with self._lock:
            times = self._met.get(fault, 0) + 1
            if times == 1 and len(self._met) >= MOST_KINDS:
                return
            self._met[fault] = times
            if times == 1:
                self._untold.append(fault)
        if times == 1:
            self.journal.note("an error", *fault.lines)
            if self._bell is not None:
                self._bell.ring()
        elif _is_round(times):
            self.journal.note(f"again, now {times} times: {fault.name}")

    def on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Meet what came out of a slot, or out of what Qt called; Ctrl+C ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - is there already

            QCoreApplication.exit(INTERRUPTED)
        else:
            sys.__excepthook__(kind, error, trace)
        if issubclass(kind, Exception):
            self.meet(error)
        # They hold the frames of the error, and a painter in one of them must be let go before
        # Qt shows what was painted: otherwise it ends the process.
        for name in _HELD_FRAMES:
            if hasattr(sys, name):
                delattr(sys, name)

    def _on_error_in_thread(self, met: threading.ExceptHookArgs) -> None:
        threading.__excepthook__(met)
        if met.exc_value is not None and issubclass(met.exc_type, Exception):
            self.meet(met.exc_value)

    def _on_unraisable(self, met: sys.UnraisableHookArgs) -> None:
        sys.__unraisablehook__(met)
        if isinstance(met.exc_value, Exception):
            self.meet(met.exc_value)

    def _on_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        """Log what Qt says, each thing as it comes for the first time, and print it as before."""
        words = message or ""
        with suppress(OSError, ValueError, AttributeError):  # there may be nobody who reads it
            sys.stderr.write(f"{words}\n")
        with self._lock:
            times = self._qt_said.get(words, 0) + 1
            if times == 1 and len(self._qt_said) >= MOST_KINDS:
                return
            self._qt_said[words] = times
        if _is_round(times):
            self.journal.note(f"{kind.name} {context.category}: {words} ({times})")

    def _end(self) -> None:
        import faulthandler  # noqa: PLC0415 - likewise

        from PySide6.QtCore import qInstallMessageHandler  # noqa: PLC0415 - likewise

        qInstallMessageHandler(None)
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        faulthandler.disable()

    def _keep(self) -> None:
        from legato.storage.log import CrashFile  # noqa: PLC0415 - likewise

        crash = self._crash or CrashFile(self._folder)
        crash.end("\n".join(self._untold[0].lines) if self._untold else "")


def _is_round(times: int) -> bool:
    """Return whether a repeated thing is worth a line again: at 1, 10, 100 and so on."""
    return str(times).strip("0") == "1"
