"""Catches unexpected errors of all threads and messages of Qt, and logs them."""

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
"""How many different errors, and messages of Qt, are logged in one run."""
INTERRUPTED = 130
"""What a shell reports for a program that the user ended with Ctrl+C."""
NO_BUS_NEWS = "qt.dbus.*=false"
"""Turns off messages of Qt's D-Bus thread: each would wait for Python's lock, while the thread that
opens a connection holds that lock and waits for the D-Bus thread."""
_HELD_FRAMES = ("last_type", "last_value", "last_traceback", "last_exc")


class ErrorHooks:
    """The hooks of Python and Qt, from before the window is made until it is closed.

    At the start only `sys.excepthook` is set; `begin` sets the others after the first frame and
    reports earlier errors, too. As a context manager it also records the error that ends the
    program, and stores it for the next start to report.

    Args:
        folder: The folder of the log.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._counts: dict[ErrorReport, int] = {}
        self._qt_said: dict[str, int] = {}
        self._unreported: list[ErrorReport] = []
        self._bell: MainThreadCall | None = None
        self._crash: CrashFile | None = None
        self.last_run: ErrorReport | None = None

    @cached_property
    def journal(self) -> LogFile:
        """The log."""
        from legato.storage.log import LogFile  # noqa: PLC0415 - seldom that early

        return LogFile(self._folder)

    @property
    def counts(self) -> tuple[ErrorCount, ...]:
        """The errors of this run in the order of their first occurrence."""
        from legato.domain.error_report import ErrorCount  # noqa: PLC0415 - seldom needed

        with self._lock:
            return tuple(ErrorCount(fault, times) for fault, times in self._counts.items())

    @property
    def has_unreported(self) -> bool:
        """Whether there are errors that are not reported yet."""
        with self._lock:
            return bool(self._unreported)

    def mark_as_reported(self) -> None:
        """Mark all errors so far as reported; their repetitions are not reported either."""
        with self._lock:
            self._unreported.clear()

    def __enter__(self) -> Self:
        """Set `sys.excepthook`."""
        sys.excepthook = self.on_error
        return self

    def begin(self, on_fault: Callable[[], None]) -> None:
        """Set the other hooks, and find out how the last run ended.

        Args:
            on_fault: Called in this thread soon after a new error in any thread.
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
                self._unreported.append(self.last_run)
        file = self._crash.begin()
        if file is not None:
            faulthandler.enable(file)
        threading.excepthook = self._on_error_in_thread
        sys.unraisablehook = self._on_unraisable
        QLoggingCategory.setFilterRules(NO_BUS_NEWS)
        qInstallMessageHandler(self._on_qt)
        if self.has_unreported:
            self._bell.ring()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Restore all hooks; errors not reported yet are stored for the next start."""
        if isinstance(error, Exception) and not isinstance(error, BadData):
            self.record(error)
        sys.excepthook = sys.__excepthook__
        if self._bell is not None:
            self._bell.close()
            self._end()
        if self.has_unreported or self._crash is not None:
            self._keep()

    def record(self, error: BaseException) -> None:
        """Log an error, the first time with its traceback, and notify `on_fault` of it."""
        from legato.domain.error_report import report_of  # noqa: PLC0415 - not for every start

        fault = report_of(error)
        with self._lock:
            times = self._counts.get(fault, 0) + 1
            if times == 1 and len(self._counts) >= MOST_KINDS:
                return
            self._counts[fault] = times
            if times == 1:
                self._unreported.append(fault)
        if times == 1:
            self.journal.note("an error", *fault.lines)
            if self._bell is not None:
                self._bell.ring()
        elif _is_round(times):
            self.journal.note(f"again, now {times} times: {fault.name}")

    def on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Record an error of a slot or an override of Qt; Ctrl+C ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - is there already

            QCoreApplication.exit(INTERRUPTED)
        else:
            sys.__excepthook__(kind, error, trace)
        if issubclass(kind, Exception):
            self.record(error)
        # They hold the frames of the error. A painter in one of them must be released before Qt
        # shows what was painted; otherwise Qt ends the process.
        for name in _HELD_FRAMES:
            if hasattr(sys, name):
                delattr(sys, name)

    def _on_error_in_thread(self, failure: threading.ExceptHookArgs) -> None:
        threading.__excepthook__(failure)
        if failure.exc_value is not None and issubclass(failure.exc_type, Exception):
            self.record(failure.exc_value)

    def _on_unraisable(self, failure: sys.UnraisableHookArgs) -> None:
        sys.__unraisablehook__(failure)
        if isinstance(failure.exc_value, Exception):
            self.record(failure.exc_value)

    def _on_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        """Log a message of Qt at its first, 10th, 100th occurrence, and print it as Qt would."""
        words = message or ""
        with suppress(OSError, ValueError, AttributeError):  # stderr may be closed
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
        crash.end("\n".join(self._unreported[0].lines) if self._unreported else "")


def _is_round(times: int) -> bool:
    """Return whether to log a repetition: the first, the 10th, the 100th and so on."""
    return str(times).strip("0") == "1"
