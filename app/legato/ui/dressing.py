"""Puts a theme and a text size on the whole application, before its first window is made."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from legato.ui.theme import DAY, NIGHT, in_size, palette, stylesheet, type_sizes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from legato.ui.theme import Theme


class Wardrobe:
    """Dresses an application as often as theme or text size change.

    Args:
        app: What is dressed; its font as it is now counts as the system's.
        template: The text of style.qss.
    """

    def __init__(self, app: QApplication, template: str) -> None:
        self._app = app
        self._template = template
        self._system_points = app.font().pointSizeF()
        self._worn: tuple[Theme, int] | None = None
        # On Linux Fusion is what Qt has of itself, and setting it would cost every start 7 ms: the
        # style is handed back, and Python's side of it built for nobody.
        if sys.platform != "linux":
            app.setStyle("Fusion")

    def dress(self, theme: Theme, text_percent: int = 100) -> None:
        """Show `theme` with text at 100 to 200 percent; raises ValueError out of range."""
        if (theme, text_percent) == self._worn:
            return  # to dress every widget anew takes a tenth of a second
        sizes = type_sizes(text_percent, self._system_points)
        self._worn = theme, text_percent
        font = self._app.font()
        font.setPointSizeF(sizes.body)
        worn = in_size(theme, text_percent)
        self._app.setPalette(palette(worn))
        # In this order widgets that are there already take up the font with the style sheet.
        self._app.setFont(font)
        self._app.setStyleSheet(stylesheet(self._template, worn, sizes))

    def sheet(self, theme: Theme, text_percent: int = 100) -> str:
        """Return the style sheet of another theme, for a page that keeps its own."""
        sizes = type_sizes(text_percent, self._system_points)
        return stylesheet(self._template, in_size(theme, text_percent), sizes)

    def system_theme(self) -> Theme:
        """Return what the desktop prefers; night where it does not say."""
        scheme = self._app.styleHints().colorScheme()
        return DAY if scheme == Qt.ColorScheme.Light else NIGHT
