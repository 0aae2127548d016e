"""The user's own pictures at night: a dark drawing without a ground gets a light one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from legato.ui.pictures.thumbnails import on_paper
from legato.ui.theme import NIGHT

pytestmark = pytest.mark.usefixtures("qapp")

CLEAR = Qt.GlobalColor.transparent


def drawing(line: str, ground: QColor | Qt.GlobalColor = CLEAR) -> QImage:
    """Return a thick line of one colour on a ground."""
    image = QImage(200, 100, QImage.Format.Format_RGBA8888_Premultiplied)
    image.fill(ground)
    painter = QPainter(image)
    painter.fillRect(20, 40, 160, 20, QColor(line))
    painter.end()
    return image


def test_dark_lines_get_paper() -> None:
    """A drawing with dark lines is visible at night on a ground lighter than its lines."""
    shown = on_paper(drawing("#000000"), NIGHT)

    assert shown.pixelColor(100, 10) == QColor(NIGHT.figure_far)
    assert shown.pixelColor(100, 50) == QColor("#000000")
    assert shown.size() == drawing("#000000").size()


@pytest.mark.parametrize(
    "image",
    [
        lambda: drawing("#C9B49C"),
        lambda: drawing("#000000", QColor("#FFFFFF")),
        lambda: drawing("#000000", QColor("#101010")),
        lambda: drawing("#00000000"),
    ],
    ids=["light lines", "white ground", "a dark photo", "nothing"],
)
def test_a_visible_picture_is_unchanged(image: object) -> None:
    """Light lines, a picture with a ground, and an empty picture are unchanged."""
    given = image()  # type: ignore[operator]

    assert on_paper(given, NIGHT) is given


def test_a_photo_without_transparency_is_not_examined() -> None:
    """A photo without transparency is unchanged, however dark."""
    photo = QImage(9, 9, QImage.Format.Format_RGB32)
    photo.fill(0)

    assert on_paper(photo, NIGHT) is photo
