"""Keeps a window on a screen that exists, and no larger than what is free there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

SETTLE_MS = 1000
"""The desktop has this long to bring the window back itself, or the screen to come back."""
LEAST_SEEN = 96
"""Pixels of a window, across and down, that must be on a screen for a person to find it."""
FRAME_ROOM = QSize(16, 48)
"""Pixels, across and down, left for the frame of a window that is not shown yet: only the window
manager knows its frame, and only after it is shown."""


class Landing(QObject):
    """Fits a window to its screen before it is first shown, and when the screens change.

    Qt moves such a window to another screen by name alone, and leaves it where it was. Most
    desktops bring it back; what runs without one, or in full screen, stays out of sight.

    Args:
        window: What it looks after, and belongs to.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self.on_settled)
        self._least = window.minimumSize()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._settle)
            app.screenAdded.connect(self._watch)
            for screen in app.screens():
                self._watch(screen)

    def fit(self) -> None:
        """Fit a window that is not shown yet; where its size has no room it is maximised."""
        window = self._window
        self._fit_least_size()
        room = window.screen().availableGeometry().size() - FRAME_ROOM
        size = window.size().boundedTo(room)
        if size != window.size():
            window.resize(size)
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)

    def on_first_shown(self) -> None:
        """Move a window that has just been shown wholly onto its screen, now that it has a frame."""
        self._place(whole=True)

    def on_settled(self) -> None:
        """Bring the window back where it cannot be seen, and make it fit the screen it is on.

        A window in full screen fills the other screen; one that is maximised and can be seen is
        left to the window manager.
        """
        self._place(whole=False)

    def _place(self, *, whole: bool) -> None:
        window, frame = self._window, self._window.frameGeometry()
        if not window.isVisible():
            return
        self._fit_least_size()
        fills = window.isFullScreen() or window.isMaximized()
        place = place_for(frame, _screens(), fills=fills, whole=whole)
        if place is None:
            return
        full = window.isFullScreen()
        if full:
            window.showNormal()
        window.resize(window.size() - frame.size() + place.size())
        window.move(place.topLeft())
        if full:
            window.showFullScreen()

    def _watch(self, screen: QScreen) -> None:
        """Look again when a panel comes, or the screen's resolution or scale changes."""
        screen.availableGeometryChanged.connect(self._settle)

    def _settle(self, changed: QScreen | QRect) -> None:
        del changed
        self._settling.start()

    def _fit_least_size(self) -> None:
        """Let the window become smaller than its usual least size on a screen that is smaller."""
        room = self._window.screen().availableGeometry().size() - FRAME_ROOM
        self._window.setMinimumSize(self._least.boundedTo(room))


def place_for(
    frame: QRect, screens: Sequence[QRect], *, fills: bool = False, whole: bool = False
) -> QRect | None:
    """Return where a window has to go to be seen and to fit, or None where nothing has to change.

    Args:
        frame: Where it stands, with its frame.
        screens: What of each screen a window may take; the one to go to first. Without one nothing
            changes.
        fills: Whether it is maximised or in full screen, and fits by that.
        whole: Whether it may not reach out of its screen. Otherwise only its size has to fit:
            somebody may have moved it half out of the way.
    """
    seen = [one for one in screens if _is_seen(frame, one)]
    if not screens or (seen and fills):
        return None
    if not seen:
        place = QRect(QPoint(), frame.size().boundedTo(screens[0].size()))
        place.moveCenter(screens[0].center())
        return place
    home = max(seen, key=lambda one: _area(frame.intersected(one)))
    size = frame.size().boundedTo(home.size())
    if home.contains(frame) if whole else size == frame.size():
        return None
    left = min(max(frame.left(), home.left()), home.left() + home.width() - size.width())
    top = min(max(frame.top(), home.top()), home.top() + home.height() - size.height())
    return QRect(QPoint(left, top), size)


def _area(one: QRect) -> int:
    return one.width() * one.height()


def _is_seen(frame: QRect, screen: QRect) -> bool:
    seen = frame.intersected(screen)
    return seen.width() >= min(LEAST_SEEN, frame.width()) and seen.height() >= min(
        LEAST_SEEN, frame.height()
    )


def _screens() -> list[QRect]:
    """Return what of each screen a window may take, the main screen first."""
    main = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda one: one is not main)
    return [one.availableGeometry() for one in screens if not one.availableGeometry().isEmpty()]
