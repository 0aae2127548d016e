"""Brings a window back that stands where no screen is any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

SETTLE_MS = 1000
"""The desktop has this long to bring the window back itself, or the screen to come back."""
LEAST_SEEN = 96
"""Pixels of a window, across and down, that must be on a screen for a person to find it."""


class Landing(QObject):
    """Looks after a window when a screen is unplugged or a laptop leaves its dock.

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
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._settling.start)

    def on_settled(self) -> None:
        """Bring the window back where it cannot be seen; a full screen fills the other one."""
        window, frame = self._window, self._window.frameGeometry()
        place = place_for(frame, _screens())
        if place is None or not window.isVisible():
            return
        full = window.isFullScreen()
        if full:
            window.showNormal()
        window.resize(window.size() - frame.size() + place.size())
        window.move(place.topLeft())
        if full:
            window.showFullScreen()


def place_for(frame: QRect, screens: Sequence[QRect]) -> QRect | None:
    """Return where a window has to go to be seen, or None where it is or there is no screen.

    Args:
        frame: Where it stands, with its frame.
        screens: What of each screen a window may take; the one to go to first.
    """
    if not screens or any(_is_seen(frame, one) for one in screens):
        return None
    home = screens[0]
    place = QRect(QPoint(), frame.size().boundedTo(home.size()))
    place.moveCenter(home.center())
    return place


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
