"""Draws the icons that ship in the colour of a theme, each once for a colour and a size.

An icon is an SVG on a 24 by 24 grid, drawn in strokes of `#000`, which stands for the colour asked
for. Qt's SVG module is loaded when the first icon is drawn, so that a window without icons is
spared it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable

_INK = b"#000"

_Look: TypeAlias = tuple[str, str, int, float]


class Icons:
    """The icons by name, kept once drawn.

    Args:
        load: Gives the bytes of the SVG of that name; raises what it will where there is none.
    """

    def __init__(self, load: Callable[[str], bytes]) -> None:
        self._load = load
        self._pixmaps: dict[_Look, QPixmap] = {}

    def icon(self, name: str, colour: str, size: int, device_pixel_ratio: float = 1.0) -> QIcon:
        """Return `pixmap` as an icon for buttons and menus."""
        return QIcon(self.pixmap(name, colour, size, device_pixel_ratio))

    def pixmap(self, name: str, colour: str, size: int, device_pixel_ratio: float = 1.0) -> QPixmap:
        """Return the icon `name` in `colour` (`#RRGGBB`), `size` logical pixels wide and high.

        Raises:
            ValueError: The file is no drawing.
        """
        look = (name, colour, size, device_pixel_ratio)
        if look not in self._pixmaps:
            self._pixmaps[look] = self._drawn(*look)
        return self._pixmaps[look]

    def _drawn(self, name: str, colour: str, size: int, device_pixel_ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - not before the first icon

        renderer = QSvgRenderer(self._load(name).replace(_INK, colour.encode()))
        if not renderer.isValid():
            raise ValueError(f"the icon {name} is no drawing")
        side = round(size * device_pixel_ratio)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(device_pixel_ratio)
        return pixmap
