"""Delays pages that would replace the shown one at a bad moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from legato.ui import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.ui.main_window import MainWindow

UNDISTURBED = frozenset({"session", "trial", "cramp", "end", "fault", "question"})
"""Pages that are replaced only by the user. One is the end page: after a session the user may be
asleep already."""


class Interruptions(QObject):
    """Delays pages that the user did not ask for, such as during a session.

    A file that is opened from outside and a report of an error both bring a page of their own. While
    a session, a cramp or the question before one is under way they wait; they are shown when the
    page after it is.

    Args:
        window: The window with its pages.
        is_under_way: Returns whether a session, a cramp or the question before one is on.
    """

    def __init__(self, window: MainWindow, is_under_way: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._is_under_way = is_under_way
        self._waiting: dict[str, Callable[[], object]] = {}
        window.page_shown.connect(self._look_later)

    @property
    def are_allowed(self) -> bool:
        """Whether another page may replace the shown one."""
        return not self._is_under_way() and self._window.page_name not in UNDISTURBED

    def show(self, name: str, show: Callable[[], object]) -> None:
        """Show something now, or notify that it is shown later.

        Args:
            name: What it is called in the note; another thing of this name replaces it.
            show: Shows it.
        """
        if self.are_allowed:
            show()
        else:
            self._waiting[name] = show
            self._window.toast.say(text.shown_later(name))

    def _look_later(self) -> None:
        # After the change of pages.
        if self._waiting:
            QTimer.singleShot(0, self, self._show_next)

    def _show_next(self) -> None:
        # One file at a time: the next one comes when the preview of this one is left.
        if self._waiting and self.are_allowed and self._window.page_name != "import":
            name = next(iter(self._waiting))
            self._waiting.pop(name)()
            self._look_later()
