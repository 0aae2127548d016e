"""Keeps a press that was meant for one page from acting on the page that has just come."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.ui.main_window import MainWindow

GUARDED_SECONDS = 0.5
"""For so long the press that opened a page does nothing on it when it is repeated."""
CAUSE_SECONDS = 1.0
"""A page that comes within this after a press was opened by it."""
_CLICKS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})

_Press = int | Qt.MouseButton


class PageGuard(QObject):
    """Ignores the second of two quick presses, and a key held down, where the first opened a page.

    Somebody who presses Enter twice, or holds it down, means the routine and not "ready" on the
    page of the session. Other keys act at once.

    Args:
        window: The window, which is shown already.
        clock: Monotonic seconds.
    """

    def __init__(self, window: MainWindow, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._clock = clock
        self._page = window.page_name
        self._pressed: _Press | None = None
        self._pressed_at = 0.0
        self._opened_by: _Press | None = None
        self._opened_at = 0.0
        window.page_shown.connect(self._on_page_shown)
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return whether a press is to be ignored; remember it otherwise."""
        del watched
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(event.key(), is_repeat=event.isAutoRepeat())
        if kind in _CLICKS:
            return self._takes(Qt.MouseButton.LeftButton, is_repeat=False)
        return False

    def _takes(self, press: _Press, *, is_repeat: bool) -> bool:
        now = self._clock()
        if press == self._opened_by and (is_repeat or now < self._opened_at + GUARDED_SECONDS):
            return True
        self._opened_by = None
        self._pressed, self._pressed_at = press, now
        return False

    def _on_page_shown(self, name: str) -> None:
        now = self._clock()
        if name != self._page and now < self._pressed_at + CAUSE_SECONDS:
            self._opened_by, self._opened_at = self._pressed, now
        self._page = name
