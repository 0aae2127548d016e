"""Paints every pose of every figure onto contact sheets, to be looked at.

Usage: python assets/figures/sheet.py FOLDER

Writes one sheet for each look (night, day), each side and each size (card, session), with the
frames of each figure and the middle of the way between them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter

from legato.domain.figure.motion import pose_at
from legato.domain.routine import Side
from legato.storage.figures import FigureFolder
from legato.ui.figures.painter import paint_figure
from legato.ui.theme import THEMES

if TYPE_CHECKING:
    from legato.domain.figure.model import Figure, Pose
    from legato.ui.theme import Theme

SIZES = {"card": (QSize(240, 160), 8), "session": (QSize(560, 420), 4)}
LABEL = 18
GAP = 8


def poses(folder: FigureFolder) -> list[tuple[str, Figure, Pose]]:
    """Return each pose to show, with its caption: all frames, and half way between two."""
    found = []
    for figure in filter(None, map(folder.figure, folder.names())):
        found += [(f"{figure.name} {frame.name}", figure, frame.pose) for frame in figure.frames]
        if len(figure.frames) > 1:
            found.append((f"{figure.name} half way", figure, pose_at(figure, 0.5)))
    return found


def sheet(
    cells: list[tuple[str, Figure, Pose]], theme: Theme, side: Side, size: QSize, columns: int
) -> QImage:
    """Return one contact sheet."""
    wide, high = size.width() + GAP, size.height() + LABEL + GAP
    rows = -(-len(cells) // columns)
    image = QImage(columns * wide + GAP, rows * high + GAP, QImage.Format.Format_RGB32)
    image.fill(theme.ground)
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(12)
    painter.setFont(font)
    for index, (caption, figure, pose) in enumerate(cells):
        left, top = GAP + index % columns * wide, GAP + index // columns * high
        painter.setPen(QColor(theme.quiet_text))
        painter.drawText(left, top + 12, caption)
        rect = QRectF(left, top + LABEL, size.width(), size.height())
        paint_figure(painter, figure, pose, rect, theme, side)
    painter.end()
    return image


def main(words: list[str]) -> int:
    """Write all sheets into the folder named in `words`."""
    if len(words) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    application = QGuiApplication([])
    folder = Path(words[0])
    folder.mkdir(parents=True, exist_ok=True)
    cells = poses(FigureFolder(Path(__file__).parent))
    for look, theme in THEMES.items():
        for side in (Side.RIGHT, Side.LEFT):
            for name, (size, columns) in SIZES.items():
                path = folder / f"{name}-{look}-{side}.png"
                sheet(cells, theme, side, size, columns).save(str(path))
                print(path)
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
