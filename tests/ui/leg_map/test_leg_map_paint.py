"""The painting of the leg map: highlights, text size, contrast and light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from leg_maps import CALF, CHART, KNEE, grid, inside, picture, region, region_id, spot
from legato.domain.leg_map import LegView, Region
from legato.domain.routine import Place, Side
from legato.ui.leg_map.map import LegMap
from legato.ui.leg_map.paint import MOST_STRENGTH, LegTones, band_colours
from legato.ui.theme import DAY, NIGHT, ThemeSource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.theme import Theme

BANDS = {Place.WHOLE_LEG, Place.BACK_OF_LEG}


@pytest.fixture
def legs(qtbot: QtBot, theme: ThemeSource) -> LegMap:
    """Return a visible map in its usual size."""
    widget = LegMap(CHART, theme)
    qtbot.addWidget(widget)
    widget.resize(400, 480)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def luminance(colour: QColor) -> float:
    """Return the relative luminance of a colour, 0 to 1."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "wanted", [r for r in CHART.regions if r.place not in BANDS], ids=region_id
)
def test_what_lights_up_is_what_is_hit(legs: LegMap, wanted: Region) -> None:
    """The highlighted pixels are those that can be clicked, up to the outline's width."""
    # Where the pointer was left by others must light up nothing in between.
    QTest.mouseMove(legs, QPoint(2, 2))
    plain = picture(legs)
    legs.show_chosen([spot(wanted)])
    chosen = picture(legs)
    same = [legs.path(r) for r in CHART.regions if spot(r) == spot(wanted)]
    for point in grid(legs):
        around = [
            any(path.contains(QPointF(point) + QPointF(x, y)) for path in same)
            for x in (-2, 0, 2)
            for y in (-2, 0, 2)
        ]
        changed = plain.pixelColor(point) != chosen.pixelColor(point)

        assert changed or not all(around)
        assert not changed or any(around)


def test_what_is_pointed_at_lights_up_until_the_pointer_leaves(legs: LegMap) -> None:
    """Hovering changes the picture, and leaving changes it back."""
    plain = picture(legs)
    QTest.mouseMove(legs, inside(legs, region(*CALF, LegView.BACK)))
    lit = picture(legs)
    QTest.mouseMove(legs, QPoint(2, 2))

    assert lit != plain
    assert picture(legs) == plain


def test_a_larger_text_takes_its_room_from_the_drawing(legs: LegMap) -> None:
    """At 200 % text the legs are smaller, and nothing is cut off."""
    before = legs.path(CHART.regions[0]).boundingRect().height()
    font = legs.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    legs.setFont(font)

    assert legs.path(CHART.regions[0]).boundingRect().height() < before


@pytest.mark.parametrize("size", [(300, 260), (400, 480), (800, 420), (900, 1000)])
def test_the_drawing_fits_at_any_size(legs: LegMap, size: tuple[int, int]) -> None:
    """At every size all regions are inside the widget."""
    legs.resize(*size)
    for wanted in CHART.regions:
        assert legs.rect().contains(legs.path(wanted).boundingRect().toAlignedRect())


def test_another_theme_has_other_colours(legs: LegMap, theme: ThemeSource) -> None:
    """Night and day have different pictures."""
    night = picture(legs)
    theme.change(DAY)

    assert picture(legs) != night


def test_the_shades_of_pain_differ(legs: LegMap) -> None:
    """The first, second and third chosen place have different strengths."""
    shown = set()
    others = [KNEE, (Place.BUTTOCK, Side.RIGHT)]
    for before in range(MOST_STRENGTH):
        legs.show_chosen([*others[:before], CALF])
        shown.add(picture(legs).pixel(inside(legs, region(*CALF, LegView.BACK))))

    assert len(shown) == MOST_STRENGTH


@pytest.mark.parametrize("chosen", [(), (CALF, KNEE), tuple((Place.WHOLE_LEG, s) for s in Side)])
def test_the_map_keeps_to_the_light_of_the_night(
    legs: LegMap, chosen: tuple[tuple[Place, Side], ...]
) -> None:
    """In a night window of 800 by 600 its mean luminance is at most 0.03."""
    legs.show_chosen(chosen)
    image = picture(legs)
    lights = [luminance(image.pixelColor(point)) for point in grid(legs)]
    share = legs.width() * legs.height() / (800 * 600)
    mean = share * sum(lights) / len(lights) + (1 - share) * luminance(QColor(NIGHT.ground))

    assert mean <= 0.03


@pytest.mark.parametrize("theme", [NIGHT, DAY])
@pytest.mark.parametrize("strength", range(MOST_STRENGTH + 1))
def test_the_words_on_a_band_are_readable(theme: Theme, strength: int) -> None:
    """The band beside a leg has a contrast of 4.5:1, chosen or not."""
    ground, ink = band_colours(theme, strength)

    assert contrast(ground, ink) >= 4.5


def test_the_legs_stand_out_from_the_night() -> None:
    """The dim legs have a contrast of 3:1 to the ground."""
    assert contrast(LegTones.of(NIGHT).skin, QColor(NIGHT.ground)) >= 3
