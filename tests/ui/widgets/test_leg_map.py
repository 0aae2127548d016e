"""The leg map: every place by mouse, by keys and by screen reader, on the leg that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from leg_charts import shipped
from legato.domain.leg_map import LegView, Region
from legato.domain.leg_map_ways import Direction, Ways
from legato.domain.routine import Place, Side
from legato.ui.theme import DAY, NIGHT
from legato.ui.widgets.leg_map import LegMap
from legato.ui.widgets.leg_map_painter import MOST_STRENGTH, LegTones, band_colours
from legato.ui.widgets.leg_map_region import RegionButton

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from legato.ui.theme import Theme

CHART = shipped()
WAYS = Ways(CHART.regions)

BANDS = {Place.WHOLE_LEG, Place.BACK_OF_LEG}
ARROWS = {
    Direction.LEFT: Qt.Key.Key_Left,
    Direction.RIGHT: Qt.Key.Key_Right,
    Direction.UP: Qt.Key.Key_Up,
    Direction.DOWN: Qt.Key.Key_Down,
}
CALF = (Place.CALF, Side.LEFT)
KNEE = (Place.FRONT_OF_KNEE, Side.RIGHT)


class Page(QWidget):
    """A page with a button before and after the map, which keeps the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []
        self.before, self.map, self.after = QPushButton("b"), LegMap(CHART, NIGHT), QPushButton("a")
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for widget in (self.before, self.map, self.after):
            layout.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what nobody below wanted."""
        self.keys.append(event.key())


@pytest.fixture
def legs(qtbot: QtBot) -> LegMap:
    """Return a map on the screen, in its usual size."""
    widget = LegMap(CHART, NIGHT)
    qtbot.addWidget(widget)
    widget.resize(400, 480)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    """Return a page on the screen, its first button focused."""
    widget = Page()
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    widget.before.setFocus()
    qtbot.waitUntil(widget.before.hasFocus)
    return widget


def region_id(wanted: Region) -> str:
    """Return a region's name in the report of a test."""
    return f"{wanted.view}-{wanted.side}-{wanted.place}"


def spot(region: Region) -> tuple[Place, Side]:
    """Return what choosing a region chooses."""
    return (region.place, region.side)


def region(place: Place, side: Side, view: LegView) -> Region:
    """Return the region of that name."""
    return next(r for r in CHART.regions if (r.place, r.side, r.view) == (place, side, view))


def button(legs: LegMap, wanted: Region) -> RegionButton:
    """Return the button of a region."""
    return next(b for b in legs.findChildren(RegionButton) if b.region == wanted)


def inside(legs: LegMap, wanted: Region) -> QPoint:
    """Return a point of the widget well inside a region."""
    outline = wanted.outline
    middle, bounds = legs.path(wanted).boundingRect(), outline.bounds()
    x, y = outline.inner_point()
    return QPointF(
        middle.left() + (x - bounds.left) / (bounds.right - bounds.left) * middle.width(),
        middle.top() + (y - bounds.top) / (bounds.bottom - bounds.top) * middle.height(),
    ).toPoint()


def arrows(start: Region, end: Region) -> list[Direction]:
    """Return a shortest way from region to region."""
    ways: dict[Region, list[Direction]] = {start: []}
    for here in (waiting := [start]):
        for direction in Direction:
            there = WAYS.neighbour(here, direction)
            if there is not None and there not in ways:
                ways[there] = [*ways[here], direction]
                waiting.append(there)
    return ways[end]


def picture(legs: LegMap) -> QImage:
    """Return what is seen, on the ground of the night."""
    image = QImage(legs.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(NIGHT.ground))
    painter = QPainter(image)
    legs.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
    return image


def grid(legs: LegMap, step: int = 4) -> Iterator[QPoint]:
    """Give points all over the widget."""
    for y in range(0, legs.height(), step):
        for x in range(0, legs.width(), step):
            yield QPoint(x, y)


def luminance(colour: QColor) -> float:
    """Return the relative luminance of a colour, 0 to 1."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def children(widget: QWidget) -> list[QAccessibleInterface]:
    """Return what a screen reader finds in a widget."""
    root = QAccessible.queryAccessibleInterface(widget)
    return [root.child(i) for i in range(root.childCount())]


@pytest.mark.parametrize("wanted", CHART.regions, ids=region_id)
def test_a_click_chooses_the_place_under_it(legs: LegMap, wanted: Region) -> None:
    """A click well inside a region chooses its place on its leg, and nothing else."""
    QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=inside(legs, wanted))

    assert legs.chosen() == (spot(wanted),)


@pytest.mark.parametrize("wanted", CHART.regions, ids=region_id)
def test_the_keys_choose_every_place(page: Page, wanted: Region) -> None:
    """From the tab stop the arrows lead to each region, and Space chooses it."""
    QTest.keyClick(page.before, Qt.Key.Key_Tab)
    for direction in arrows(CHART.regions[0], wanted):
        QTest.keyClick(page.focusWidget(), ARROWS[direction])
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Space)

    assert page.map.chosen() == (spot(wanted),)


def test_the_left_of_the_front_view_is_the_right_leg(legs: LegMap) -> None:
    """A click on the leftmost leg of the front view means the body's right one."""
    knee = region(Place.FRONT_OF_KNEE, Side.RIGHT, LegView.FRONT)
    other = region(Place.FRONT_OF_KNEE, Side.LEFT, LegView.FRONT)

    assert inside(legs, knee).x() < inside(legs, other).x() < legs.width() / 2


def test_the_left_of_the_back_view_is_the_left_leg(legs: LegMap) -> None:
    """A click on the left leg of the back view means the body's left one."""
    calf = region(Place.CALF, Side.LEFT, LegView.BACK)
    other = region(Place.CALF, Side.RIGHT, LegView.BACK)

    assert legs.width() / 2 < inside(legs, calf).x() < inside(legs, other).x()


def test_no_point_belongs_to_two_regions(legs: LegMap) -> None:
    """Regions meet and never overlap, so that a touch means one thing."""
    paths = [legs.path(r) for r in CHART.regions]
    for point in grid(legs):
        assert sum(path.contains(QPointF(point)) for path in paths) <= 1


@pytest.mark.parametrize(
    "wanted", [r for r in CHART.regions if r.place not in BANDS], ids=region_id
)
def test_what_lights_up_is_what_is_hit(legs: LegMap, wanted: Region) -> None:
    """The pixels that change with choosing are those that choose, up to the outline's width."""
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


def test_beside_the_legs_nothing_is_hit(legs: LegMap) -> None:
    """A click on the ground chooses nothing."""
    QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))

    assert legs.chosen() == ()


def test_a_second_click_takes_a_place_back(legs: LegMap) -> None:
    """Choosing and taking back are the same touch."""
    at = inside(legs, region(*CALF, LegView.BACK))
    for _ in range(2):
        QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=at)

    assert legs.chosen() == ()


def test_the_order_of_choosing_is_kept(legs: LegMap) -> None:
    """The place chosen first is the first, for it is the sorest."""
    for where in (region(*KNEE, LegView.FRONT), region(*CALF, LegView.BACK)):
        QTest.mouseClick(legs, Qt.MouseButton.LeftButton, pos=inside(legs, where))

    assert legs.chosen() == (KNEE, CALF)


def test_a_choice_is_told(qtbot: QtBot, legs: LegMap) -> None:
    """The signal carries all that is chosen now."""
    with qtbot.waitSignal(legs.chosen_changed) as told:
        QTest.mouseClick(
            legs, Qt.MouseButton.LeftButton, pos=inside(legs, region(*CALF, LegView.BACK))
        )

    assert told.args == [(CALF,)]


def test_showing_a_choice_is_silent(qtbot: QtBot, legs: LegMap) -> None:
    """What the page shows does not come back to it as a choice of the user's."""
    with qtbot.assertNotEmitted(legs.chosen_changed):
        legs.show_chosen([CALF, KNEE, CALF])

    assert legs.chosen() == (CALF, KNEE)


def test_a_place_seen_in_both_views_is_chosen_in_both(legs: LegMap) -> None:
    """The ankle is one place, from the front and from the back."""
    legs.show_chosen([(Place.ANKLE, Side.LEFT)])

    for view in LegView:
        assert button(legs, region(Place.ANKLE, Side.LEFT, view)).isChecked()
        assert not button(legs, region(Place.ANKLE, Side.RIGHT, view)).isChecked()


def test_a_touch_that_slips_away_chooses_nothing(legs: LegMap) -> None:
    """Whoever lets go elsewhere did not mean it."""
    QTest.mousePress(legs, Qt.MouseButton.LeftButton, pos=inside(legs, region(*CALF, LegView.BACK)))
    QTest.mouseRelease(
        legs, Qt.MouseButton.LeftButton, pos=inside(legs, region(*KNEE, LegView.FRONT))
    )

    assert legs.chosen() == ()


def test_another_mouse_button_chooses_nothing(legs: LegMap) -> None:
    """A right click is left to the page."""
    at = inside(legs, region(*CALF, LegView.BACK))
    QTest.mouseClick(legs, Qt.MouseButton.RightButton, pos=at)

    assert legs.chosen() == ()


def test_what_is_pointed_at_lights_up_until_the_pointer_leaves(legs: LegMap) -> None:
    """Pointing changes the picture, and going away changes it back."""
    plain = picture(legs)
    QTest.mouseMove(legs, inside(legs, region(*CALF, LegView.BACK)))
    lit = picture(legs)
    QTest.mouseMove(legs, QPoint(2, 2))

    assert lit != plain
    assert picture(legs) == plain


def test_tab_stops_once_at_the_map(page: Page) -> None:
    """One Tab comes to the map, the next one leaves it."""
    QTest.keyClick(page.before, Qt.Key.Key_Tab)
    entered = page.focusWidget()
    QTest.keyClick(entered, Qt.Key.Key_Tab)

    assert isinstance(entered, RegionButton)
    assert page.after.hasFocus()


def test_tab_comes_back_to_where_the_keys_left(page: Page) -> None:
    """The map remembers the region that had the keyboard last."""
    QTest.keyClick(page.before, Qt.Key.Key_Tab)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)
    left = page.focusWidget()
    QTest.keyClick(left, Qt.Key.Key_Tab)
    QTest.keyClick(page.after, Qt.Key.Key_Backtab)

    assert page.focusWidget() is left


def test_the_page_gets_the_keys_that_the_map_does_not_use(page: Page) -> None:
    """Enter, and arrows with a modifier, go up to the page."""
    QTest.keyClick(page.before, Qt.Key.Key_Tab)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Escape)

    assert page.keys == [Qt.Key.Key_Return, Qt.Key.Key_Escape]
    assert page.map.chosen() == ()


def test_an_arrow_at_the_edge_stays_there(page: Page) -> None:
    """Beyond the last region there is nothing, and the focus stays in the map."""
    band = button(page.map, region(Place.WHOLE_LEG, Side.RIGHT, LegView.FRONT))
    band.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(band, Qt.Key.Key_Left)

    assert band.hasFocus()


def test_the_ring_is_for_those_who_use_keys(page: Page) -> None:
    """A click moves the focus without a ring; the first key shows it."""
    calf = region(*CALF, LegView.BACK)
    QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=inside(page.map, calf))
    clicked = button(page.map, calf)
    pointed = clicked.by_key
    QTest.keyClick(clicked, Qt.Key.Key_Left)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)

    assert not pointed
    assert clicked.by_key


def test_the_focus_is_seen(page: Page) -> None:
    """The ring changes the picture where the focus is."""
    plain = picture(page.map)
    QTest.keyClick(page.before, Qt.Key.Key_Tab)

    assert picture(page.map) != plain


def test_a_screen_reader_finds_every_region_by_name(legs: LegMap) -> None:
    """Each region is a check box whose name says leg, place and view."""
    found = children(legs)
    names = {child.text(QAccessible.Text.Name) for child in found}

    assert len(names) == len(found) == len(CHART.regions)
    assert {"Left calf, back", "Front of right thigh, front", "Whole left leg, front"} <= names
    assert {child.role() for child in found} == {QAccessible.Role.CheckBox}


def test_a_screen_reader_hears_what_is_chosen(legs: LegMap) -> None:
    """A chosen region is checked and says so, and the first one that it is the sorest."""
    legs.show_chosen([CALF, KNEE])
    told = {
        child.text(QAccessible.Text.Name): child.text(QAccessible.Text.Description)
        for child in children(legs)
        if child.state().checked
    }

    assert told == {
        "Left calf, back": "chosen, the sorest",
        "Front of right knee, front": "chosen",
    }


def test_a_screen_reader_chooses(qtbot: QtBot, legs: LegMap) -> None:
    """Pressing a region by its accessible action chooses it."""
    calf = next(c for c in children(legs) if c.text(QAccessible.Text.Name) == "Left calf, back")
    calf.actionInterface().doAction("Press")

    qtbot.waitUntil(lambda: legs.chosen() == (CALF,))


@pytest.mark.parametrize("size", [(300, 260), (400, 480), (800, 420), (900, 1000)])
def test_the_drawing_fits_at_any_size(legs: LegMap, size: tuple[int, int]) -> None:
    """From the smallest size up, every region is inside the widget."""
    legs.resize(*size)
    for wanted in CHART.regions:
        assert legs.rect().contains(legs.path(wanted).boundingRect().toAlignedRect())


def test_a_larger_text_takes_its_room_from_the_drawing(legs: LegMap) -> None:
    """With text at 200 % the legs grow smaller, and nothing is cut off."""
    before = legs.path(CHART.regions[0]).boundingRect().height()
    font = legs.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    legs.setFont(font)

    assert legs.path(CHART.regions[0]).boundingRect().height() < before


def test_another_theme_has_other_colours(legs: LegMap) -> None:
    """Night and day differ in the picture."""
    night = picture(legs)
    legs.set_theme(DAY)

    assert picture(legs) != night


def test_the_shades_of_pain_differ(legs: LegMap) -> None:
    """A place chosen first, second and third is shown in three strengths."""
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
    """In a night window of 800 by 600 the map leaves its mean luminance at 0.03 or less."""
    legs.show_chosen(chosen)
    image = picture(legs)
    lights = [luminance(image.pixelColor(point)) for point in grid(legs)]
    share = legs.width() * legs.height() / (800 * 600)
    mean = share * sum(lights) / len(lights) + (1 - share) * luminance(QColor(NIGHT.ground))

    assert mean <= 0.03


@pytest.mark.parametrize("theme", [NIGHT, DAY])
@pytest.mark.parametrize("strength", range(MOST_STRENGTH + 1))
def test_the_words_on_a_band_are_readable(theme: Theme, strength: int) -> None:
    """The band beside a leg keeps 4.5:1 between ink and ground, chosen or not."""
    ground, ink = band_colours(theme, strength)

    assert contrast(ground, ink) >= 4.5


def test_the_legs_stand_out_from_the_night() -> None:
    """Dim as they are, the legs keep 3:1 from the ground."""
    assert contrast(LegTones.of(NIGHT).skin, QColor(NIGHT.ground)) >= 3
