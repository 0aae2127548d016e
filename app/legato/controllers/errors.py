"""Shows unexpected errors when nothing runs, and writes the text of a report."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, QTimer, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication

from legato import __version__
from legato.domain.error_report import LOG_LINES, ErrorCount, errors, report
from legato.domain.guard import report_errors
from legato.domain.session import Session, Status
from legato.storage.atomic import make_folder
from legato.ui.errors_page import KEYS, ErrorPageContent, ErrorsPage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from legato.controllers.error_hooks import ErrorHooks
    from legato.controllers.shared import Devices, Shared

NOW = "Something went wrong in Legato"
LAST_TIME = "Something went wrong in Legato last time"
NOTHING_LOST = (
    "Nothing of yours is lost: routines and settings are on the disk, what is being edited is kept"
    " as a draft, and a session can be continued."
)
SAVED = "What was saved is whole, on the disk."
_NOT_YOURS = "It is a mistake in the program, not yours, and it was noted in the log."
_ADDRESS = "Send it to {where}."
_NO_ADDRESS = "Send it to the person who gave you Legato."


class ErrorController(QObject):
    """Shows the page of errors when it disturbs nothing, and writes lines to the log.

    Args:
        shared: What every controller is given.
        hooks: Catch the errors.
        devices: The devices that a report lists.
        keep_drafts: Stores unsaved drafts.
    """

    def __init__(
        self,
        shared: Shared,
        hooks: ErrorHooks,
        devices: Devices,
        keep_drafts: Callable[[], None],
    ) -> None:
        super().__init__()
        self._shared = shared
        self._devices = devices
        self._keep_drafts = keep_drafts
        self._hooks = hooks
        self._page: ErrorsPage | None = None
        self._noted: tuple[str, ...] = ()
        shared.window.page_shown.connect(self._look_later)
        for record in (shared.settings, shared.history):
            record.troubled.connect(lambda problem: self._note(f"settings: {problem.text}"))

    def begin(self, *, is_session_under_way: bool) -> None:
        """Set the hooks for all threads and Qt, and report errors that the last run could not."""
        runs = ("a session runs",) if is_session_under_way else ()
        self._note("start", *_versions(), *runs)
        self._hooks.begin(self.report_when_due)

    def show_report(self) -> None:
        """Show the text of a report, for a problem that raised no error."""
        content = self._content(
            "Report a problem", ("Is something not as it should be? Describe it below.",)
        )
        self._show(content, report=True)

    def report_when_due(self) -> None:
        """Show all errors not reported yet, unless something runs or has just ended."""
        hooks = self._hooks
        if not hooks.has_unreported or not self._shared.interruptions.are_allowed:
            return
        safe = SAVED
        with report_errors():
            self._keep_drafts()
            safe = NOTHING_LOST
        title = NOW if hooks.counts else LAST_TIME
        content = self._content(title, (f"{_NOT_YOURS}{_how_often(self._counts())}", safe))
        hooks.mark_as_reported()
        self._show(content)

    def close(self) -> None:
        """Log the end of the run."""
        self._note("end")

    def _look_later(self) -> None:
        # After the change of pages.
        if self._hooks.has_unreported:
            QTimer.singleShot(0, self, self.report_when_due)

    def _show(self, content: ErrorPageContent, *, report: bool = False) -> None:
        window = self._shared.window
        if self._page is None:
            self._page = ErrorsPage()
            self._page.left.connect(self._leave)
            self._page.folder_wanted.connect(self._open_folder)
            window.add_page("fault", self._page, back_to="home", keys=KEYS)
        self._page.show_content(content, report=report)
        window.show_over("fault")

    def _leave(self) -> None:
        self._shared.window.go_back()

    def _open_folder(self) -> None:
        with report_errors():
            make_folder(self._shared.paths.log)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shared.paths.log)))

    def _content(self, title: str, words: tuple[str, ...]) -> ErrorPageContent:
        journal = self._hooks.journal
        machine = (*_versions(), *self._device_lines())
        text = report(self._counts(), machine, journal.last_lines(LOG_LINES))
        return ErrorPageContent(
            title=title, words=words, log=str(journal.path), text=text, send_to=_send_to()
        )

    def _counts(self) -> tuple[ErrorCount, ...]:
        """Return the error that ended the last run, then those of this run."""
        last = self._hooks.last_run
        return (*((ErrorCount(last),) if last else ()), *self._hooks.counts)

    def _device_lines(self) -> tuple[str, ...]:
        """Return the devices of this machine, without names of files."""
        output = self._devices.sound
        sound = output.problem() or output.backend() or "not tried yet"
        return (
            f"sound: {sound}",
            f"voice: {output.voice() or 'none yet'}",
            f"awake: {self._devices.keep_awake.description()}",
        )

    def note_begin(self) -> None:
        """Log that a session begins."""
        self._note("a session begins")

    def note_end(self, session: Session) -> None:
        """Log how a session ended, and the devices if they have changed."""
        ended = "finished" if session.status is Status.FINISHED else "stopped"
        devices = self._device_lines()
        news = devices if devices != self._noted else ()
        self._noted = devices
        self._note(f"a session was {ended}", *news)

    def _note(self, *lines: str) -> None:
        self._hooks.journal.note(*lines)


def _versions() -> tuple[str, ...]:
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return (
        f"Legato {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide {pyside_version}",
        f"{system}, {sys.platform}, screen by {QGuiApplication.platformName()}",
    )


def _how_often(counts: Sequence[ErrorCount]) -> str:
    count = errors(counts)
    if count == 1:
        return ""
    if len(counts) == 1:
        return f" It happened {count} times."
    return f" It happened in {len(counts)} places, {count} times in all."


def _send_to() -> str:
    """Return where a report goes: the address that the package names, if it names one."""
    from importlib import metadata  # noqa: PLC0415 - seldom needed

    try:
        links = metadata.metadata("legato").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        links = []
    named = (link.partition(",") for link in links)
    found = [where.strip() for name, _, where in named if name.strip().lower() == "issues"]
    return _ADDRESS.format(where=found[0]) if found else _NO_ADDRESS
