"""Icons: one style, drawn in the requested colour and size."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from legato.domain.routine import Kind, Side
from legato.resources import find_bundled
from legato.ui.icons import Icons

pytestmark = pytest.mark.usefixtures("qapp")

FOLDER = find_bundled().assets / "icons"
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))
CONTROLS = (
    "pause play next back more less again other-side hurts mute sound dim full-screen "
    "leave-full-screen keys stop cramp help settings search library home edit add delete undo "
    "redo up down left right close check warning moon sun clock info save folder copy paste "
    "voice voice-off export import"
)


class Counted:
    """A loader of icons that records the requests."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, name: str) -> bytes:
        """Return the SVG of that name."""
        self.asked.append(name)
        return (FOLDER / f"{name}.svg").read_bytes()


def drawn(name: str, colour: str = "#ffffff", size: int = 96) -> QImage:
    """Return the icon as an image."""
    return Icons(Counted()).pixmap(name, colour, size).toImage()


def ink(image: QImage, margin: int = 0) -> int:
    """Count the pixels with any ink; with a margin, only those in that outer rim."""
    rim = range(margin, image.width() - margin) if margin else range(0)
    return sum(
        image.pixelColor(x, y).alpha() > 0
        for x in range(image.width())
        for y in range(image.height())
        if x not in rim or y not in rim
    )


def test_there_is_an_icon_for_each_control() -> None:
    """Every control has its icon."""
    assert set(CONTROLS.split()) <= set(NAMES)


def test_there_is_an_icon_for_each_kind_of_move_and_each_leg() -> None:
    """Every kind of step, and each leg, has its icon."""
    expected = {kind.value for kind in Kind} | {f"side-{s.value}" for s in (Side.LEFT, Side.RIGHT)}

    assert expected <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_of_the_family(name: str) -> None:
    """An icon is strokes of one weight with round ends on the 24 by 24 grid, and nothing else."""
    root = ET.fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))  # noqa: S314 - ours

    assert root.attrib == {
        "viewBox": "0 0 24 24",
        "fill": "none",
        "stroke": "#000",
        "stroke-width": "2",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    assert all(set(path.attrib) == {"d"} and path.tag.endswith("}path") for path in root)


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_stays_inside_its_box(name: str) -> None:
    """An icon leaves the outer unit of its grid free, so that nothing is cut off."""
    image = drawn(name)

    assert ink(image) > 300
    assert ink(image, margin=3) == 0


def test_an_icon_takes_the_colour_asked_for() -> None:
    """The ink of an icon is the theme's colour."""
    assert drawn("stop", "#e5a15c").pixelColor(48, 22).name() == "#e5a15c"


def test_an_icon_is_sharp_on_a_dense_screen() -> None:
    """At two device pixels each way an icon has four times the pixels and the same size."""
    pixmap = Icons(Counted()).pixmap("play", "#ffffff", 24, 2.0)

    assert (pixmap.width(), pixmap.deviceIndependentSize().width()) == (48, 24)


def test_an_icon_is_drawn_once_for_a_look() -> None:
    """A second request for the same look draws nothing; another colour does."""
    load = Counted()
    icons = Icons(load)
    for colour in ("#ffffff", "#ffffff", "#000000"):
        icons.icon("play", colour, 24)

    assert load.asked == ["play", "play"]


def test_a_button_icon_carries_the_drawing() -> None:
    """An icon for a button paints what the pixmap shows."""
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    Icons(Counted()).icon("stop", "#e5a15c", 24).paint(painter, image.rect())
    painter.end()

    assert image.pixelColor(12, 5) == QColor("#e5a15c")


def test_a_file_that_is_no_drawing_is_refused() -> None:
    """A broken icon raises an error and is not an empty button."""
    with pytest.raises(ValueError, match="broken"):
        Icons(lambda _name: b"no drawing").pixmap("broken", "#ffffff", 24)
