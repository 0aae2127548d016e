"""What is on the page when a figure is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from PySide6.QtSvg import QSvgRenderer

from legato.domain.figure.joints import joints
from legato.domain.figure.motion import both_legs, breathing, pose_at
from legato.domain.routine import Side
from legato.resources import find_bundled
from legato.storage.figures import FigureFolder
from legato.ui.figures.curves import Placement
from legato.ui.figures.export import figure_as_png, figure_as_svg
from legato.ui.figures.ink import tones
from legato.ui.figures.painter import paint_figure
from legato.ui.theme import DAY, NIGHT, Theme

if TYPE_CHECKING:
    from legato.domain.figure.model import Figure, Pose

FOLDER = FigureFolder(find_bundled().assets / "figures")
FIGURES = [figure for name in FOLDER.names() if (figure := FOLDER.figure(name))]
SIZE = QSize(240, 160)
RECT = QRectF(0, 0, SIZE.width(), SIZE.height())
SAME = 12
"""How far two values of a colour may lie apart, of 255, and still be the same to the eye."""

pytestmark = pytest.mark.usefixtures("qapp")
every_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)


def named(name: str) -> Figure:
    """Return the figure called `name`."""
    figure = FOLDER.figure(name)
    assert figure is not None
    return figure


def painted(
    figure: Figure,
    pose: Pose,
    side: Side = Side.RIGHT,
    *,
    theme: Theme = NIGHT,
    glow: float = 1.0,
    turn: float = 0.0,
) -> QImage:
    """Return a card of the figure."""
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(theme.ground)
    painter = QPainter(image)
    paint_figure(painter, figure, pose, RECT, theme, side, glow=glow, turn=turn)
    painter.end()
    return image


def unlike(one: QImage, two: QImage) -> float:
    """Return the share of the values of all pixels that differ visibly."""
    values = zip(bytes(one.constBits()), bytes(two.constBits()), strict=True)
    return sum(abs(first - second) > SAME for first, second in values) / one.sizeInBytes()


def mirror_image(image: QImage) -> QImage:
    """Return an image with left and right changed."""
    return image.transformed(QTransform().scale(-1.0, 1.0))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lights = []
    for name in (one, other):
        colour = QColor(name)
        red, green, blue = (
            share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
            for share in (colour.redF(), colour.greenF(), colour.blueF())
        )
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return max(lights) / min(lights)


def warmth(image: QImage, place: tuple[float, float], figure: Figure) -> float:
    """Return how much redder than blue the picture is around a place of the page."""
    x, y = Placement(figure.window, RECT).point(place)
    colours = [
        QColor(image.pixel(round(x) + dx, round(y) + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1)
    ]
    return sum(colour.redF() - colour.blueF() for colour in colours) / len(colours)


@every_figure
@pytest.mark.parametrize("theme", [NIGHT, DAY], ids=lambda theme: theme.name)
def test_left_is_the_mirror_image(figure: Figure, theme: Theme) -> None:
    """Light, shade and all: the left side is the right side mirrored."""
    right = painted(figure, figure.hold.pose, theme=theme)
    left = painted(figure, figure.hold.pose, Side.LEFT, theme=theme)

    assert unlike(left, mirror_image(right)) < 0.004
    assert unlike(left, right) > 0.01


@every_figure
def test_svg_looks_as_painted(figure: Figure) -> None:
    """What is written as SVG and rendered again is what the painter shows."""
    pose = figure.hold.pose
    renderer = QSvgRenderer(figure_as_svg(figure, pose, DAY, Side.LEFT, 240))
    again = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    again.fill(DAY.ground)
    painter = QPainter(again)
    renderer.render(painter)
    painter.end()
    png = QImage.fromData(figure_as_png(figure, pose, DAY, Side.LEFT, 240))

    assert png.size() == again.size()
    assert unlike(again, png.convertToFormat(QImage.Format.Format_RGB32)) < 0.03


@every_figure
def test_nothing_is_painted_outside(figure: Figure) -> None:
    """A figure keeps to its rectangle, but for the soft edge of a line."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(NIGHT.ground)
    painter = QPainter(image)
    paint_figure(painter, figure, figure.hold.pose, QRectF(80, 60, 240, 180), NIGHT)
    painter.end()

    for x in range(400):
        for y in (30, 45, 255, 270):
            assert QColor(image.pixel(x, y)).name().upper() == NIGHT.ground


@pytest.mark.parametrize(("name", "high"), [("calf1-wall", True), ("calf2-edge", False)])
def test_the_two_calf_stretches_glow_high_and_low(name: str, high: bool) -> None:
    """The upper calf glows below the knee, the lower one above the heel."""
    figure = named(name)
    pose = figure.hold.pose
    lit, dark = painted(figure, pose), painted(figure, pose, glow=0.0)
    leg = joints(pose).leg_near

    def gain(share: float) -> float:
        x = leg.knee[0] + (leg.ankle[0] - leg.knee[0]) * share
        y = leg.knee[1] + (leg.ankle[1] - leg.knee[1]) * share
        return warmth(lit, (x - 0.012, y), figure) - warmth(dark, (x - 0.012, y), figure)

    assert (gain(0.27) > gain(0.73)) is high


def test_nothing_glows_at_the_start_of_a_stretch() -> None:
    """Before the hold the glow makes no difference."""
    figure = named("ham-strap")
    start = figure.start.pose

    assert unlike(painted(figure, start), painted(figure, start, glow=0.0)) == 0.0
    assert unlike(painted(figure, figure.hold.pose), painted(figure, figure.hold.pose, glow=0)) > 0


@every_figure
def test_what_works_is_seen(figure: Figure) -> None:
    """Every muscle that works in a hold shows a glow on a card."""
    if not figure.hold.works:
        return
    pose = figure.hold.pose

    assert unlike(painted(figure, pose), painted(figure, pose, glow=0.0)) > 0.001


def test_both_legs_are_seen_at_work() -> None:
    """A figure that can shows both legs alike; one that cannot looks as for the right leg."""
    both, one = named("quad-prone"), named("ham-strap")
    pose = both.hold.pose

    assert unlike(painted(both, pose, Side.BOTH), painted(both, pose)) > 0.005
    assert both_legs(both, pose) != pose
    assert unlike(painted(one, one.hold.pose, Side.BOTH), painted(one, one.hold.pose)) == 0.0


def test_turn_ends_in_the_mirror_image() -> None:
    """A whole turn of the right side is the left side, and half of one is thin."""
    figure = named("calf1-wall")
    pose = figure.hold.pose

    assert unlike(painted(figure, pose, turn=1.0), painted(figure, pose, Side.LEFT)) < 0.004
    thin, ground = painted(figure, pose, turn=0.5), QImage(SIZE, QImage.Format.Format_RGB32)
    ground.fill(NIGHT.ground)
    assert unlike(thin, ground) < 0.1


def test_every_moment_can_be_painted() -> None:
    """Any point of the way, breathed in and out, in both looks."""
    for figure in FIGURES:
        for share in (0.0, 0.3, 0.5, 0.7, 1.0):
            painted(figure, breathing(pose_at(figure, share), 2.5), theme=DAY)


def test_export_is_as_large_as_asked() -> None:
    """The longer edge has the size asked for."""
    figure = named("ham-strap")

    png = QImage.fromData(figure_as_png(figure, figure.hold.pose, NIGHT, Side.RIGHT, 500))

    assert max(png.width(), png.height()) == 500


def test_balls_stand_out_at_night() -> None:
    """Ball and roller have a contrast of 3:1 to all that they touch: bed, chair, wall, ground."""
    shown = tones(NIGHT)

    for behind in (shown.mattress, shown.wood, shown.wall, QColor(NIGHT.ground)):
        assert contrast(shown.rubber.name(), behind.name()) >= 3.0


def test_one_calf_glows_in_one_patch() -> None:
    """Where the whole calf works, the glow does not thin out between its upper and lower part."""
    figure = named("m-calf")
    pose = figure.hold.pose
    lit, dark = painted(figure, pose), painted(figure, pose, glow=0.0)
    leg = joints(pose).leg_near

    def gain(share: float) -> float:
        x = leg.knee[0] + (leg.ankle[0] - leg.knee[0]) * share
        y = leg.knee[1] + (leg.ankle[1] - leg.knee[1]) * share - 0.014
        return warmth(lit, (x, y), figure) - warmth(dark, (x, y), figure)

    assert gain(0.45) >= max(gain(0.25), gain(0.7)) > 0.0
