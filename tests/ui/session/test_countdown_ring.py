"""The countdown ring: what it repaints, its text, and its accessible value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from legato.domain.routine import Side
from legato.ui.session import ring_style
from legato.ui.session.ring import CountdownRing
from legato.ui.session.ring_style import large_text, mixed, ring_in
from legato.ui.session.ring_text import RingWords
from legato.ui.text import time_left
from legato.ui.theme import DAY, NIGHT, ThemeSource
from limits import assert_within
from luminance import luminance
from ring_pixels import numerals

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot


class Watched(CountdownRing):
    """A ring that records the painted region."""

    painted: QRegion | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and record the region."""
        self.painted = event.region()
        super().paintEvent(event)

    def repainted(self) -> QRegion:
        """Process pending paints, and return their region."""
        self.painted = QRegion()
        QApplication.processEvents()
        return self.painted


@pytest.fixture
def ring(qtbot: QtBot) -> Watched:
    """Return a visible ring at 1:30 of two minutes."""
    ring = Watched(ThemeSource(NIGHT))
    qtbot.addWidget(ring)
    ring.resize(400, 400)
    ring.show_words("Hold", "Right leg", Side.RIGHT, holds=True)
    ring.show_time("1:30", 0.75)
    ring.show()
    qtbot.waitExposed(ring)
    QApplication.processEvents()
    return ring


def area(region: QRegion) -> int:
    """Return the number of pixels of a region."""
    rects = iter(region)  # type: ignore[call-overload]
    return sum(rect.width() * rect.height() for rect in rects)


def test_the_same_again_paints_nothing(ring: Watched) -> None:
    """Setting the same time again does not repaint."""
    ring.show_time("1:30", 0.75)
    ring.show_words("Hold", "Right leg", Side.RIGHT, holds=True)

    assert ring.repainted().isEmpty()


def test_less_than_a_pixel_paints_nothing(ring: Watched) -> None:
    """The tip is repainted only when it moves by a visible distance."""
    ring.show_time("1:30", 0.7501)

    assert ring.repainted().isEmpty()


def test_the_tip_alone_is_painted(ring: Watched) -> None:
    """After a third of a second a hundredth of the ring is repainted."""
    ring.show_time("1:30", 0.747)

    assert 0 < area(ring.repainted()) < 0.01 * 400 * 400


def test_one_digit_alone_is_painted(ring: Watched) -> None:
    """From 1:30 to 1:29 only two digits are repainted."""
    minute, *_ = numerals(ring)
    ring.show_time("1:29", 0.75)

    assert not ring.repainted().intersects(minute)


def test_a_second_paints_a_digit_and_the_tip_only(ring: Watched) -> None:
    """And not the rectangle around both, in which the words are."""
    ring.show_time("1:31", 0.742)

    painted = area(ring.repainted())

    assert painted > 0
    assert_within("painted.ring_second", painted)


class Ground(QWidget):
    """Counts how often it is painted."""

    paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Count."""
        del event
        self.paints += 1


def test_a_second_paints_nothing_behind_the_ring(qtbot: QtBot) -> None:
    """Whatever the style makes of progress bars: the ring covers what lies behind it."""
    ground = Ground()
    qtbot.addWidget(ground)
    ground.resize(400, 400)
    ring = CountdownRing(ThemeSource(NIGHT), parent=ground)
    ring.resize(400, 400)
    ring.show_time("1:30", 0.75)
    ground.show()
    qtbot.waitExposed(ground)
    ground.setStyleSheet("QWidget { font-size: 20px }")
    QApplication.processEvents()
    before = ground.paints
    ring.show_time("1:31", 0.742)
    QApplication.processEvents()

    assert ground.paints == before


def test_a_second_paints_no_words(ring: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """Phase and side are written again only where something was painted over them."""
    written: list[RingWords] = []
    monkeypatch.setattr(RingWords, "paint", lambda self, *_: written.append(self))
    ring.show_time("1:29", 0.742)
    ring.repainted()

    assert not written


@pytest.mark.parametrize("before", ["1:30", "10:00", "1:00:00"])
def test_a_second_measures_no_text(
    ring: Watched, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each character was measured when the ring was laid out."""
    ring.set_longest("1:00:00")
    ring.show_time(before, 0.75)
    ring.repainted()
    monkeypatch.setattr("legato.ui.session.ring_text.QFontMetricsF", None)
    ring.show_time(f"{before[:-1]}9", 0.742)

    assert not ring.repainted().isEmpty()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999, 1.0], ids=str)
@pytest.mark.parametrize(
    "part", [QRect(0, 0, 40, 400), QRect(170, 0, 60, 30), QRect(300, 50, 30, 20)]
)
def test_any_part_of_the_ring_is_painted_as_in_the_whole(
    ring: Watched, share: float, part: QRect
) -> None:
    """Whatever lies over the page and goes away again leaves the ring as it was."""
    ring.show_time("1:30", share)
    whole = ring.grab().toImage()
    picture = QPixmap(ring.size())
    picture.fill("magenta")
    ring.render(picture, part.topLeft(), QRegion(part))

    assert _differing_in(part, picture.toImage(), whole) == 0


def test_a_jump_paints_it_all(ring: Watched) -> None:
    """Fifteen seconds more repaint the whole ring."""
    ring.show_time("1:45", 0.2)

    assert ring.repainted().boundingRect() == QRect(0, 0, 400, 400)


@pytest.mark.parametrize("hold", [5, 10, 30, 120])
def test_partly_painted_it_looks_as_painted_whole(ring: Watched, hold: int) -> None:
    """Partial repaints during half a hold give the same picture as one full repaint."""
    for third in range(hold * 3 // 2):
        left = 0.9 * hold - third / 3
        ring.show_time(time_left(left), left / hold)
        QApplication.processEvents()
    # What is on the screen; a grab of the widget would paint it all.
    on_screen = ring.screen().grabWindow(ring.winId()).toImage()

    assert on_screen.size() == ring.size()
    # An arc of another length runs a trace of a pixel beside the last one.
    assert _differing(on_screen, ring.grab().toImage()) <= 12


LONGEST = 3600


@pytest.mark.parametrize("faint", [False, True], ids=["lit", "dark"])
@pytest.mark.parametrize("slanted", [False, True], ids=["upright", "slanted"])
@pytest.mark.parametrize("hold", [45, 120, 720, LONGEST, None], ids=str)
def test_partial_repaints_erase_no_text(
    qtbot: QtBot, hold: int | None, *, slanted: bool, faint: bool
) -> None:
    """At any time of any hold the digits erase no text while the tip does not move.

    The tip is left where it is, so that each change of the time is painted by itself.
    """
    ring = Watched(ThemeSource(NIGHT), faint=faint)
    qtbot.addWidget(ring)
    font = ring.font()
    font.setItalic(slanted)
    font.setBold(slanted)
    ring.setFont(font)
    ring.resize(331, 288)
    ring.set_longest(time_left(hold or LONGEST))
    ring.show_words("Hold", "Right leg", Side.RIGHT, holds=True)
    ring.show()
    qtbot.waitExposed(ring)
    for moment in sorted({0, 1, 9, 10, 11, 44, 59, 60, 61, 119, 599, 600, 601, 3599, 3600}):
        if hold is None or moment <= hold:
            ring.show_time(time_left(moment), 0.4)
            QApplication.processEvents()
            on_screen = ring.screen().grabWindow(ring.winId()).toImage()

            assert on_screen == ring.grab().toImage().convertToFormat(on_screen.format())


@pytest.mark.parametrize("theme", [NIGHT, DAY], ids=["night", "day"])
def test_numerals_can_be_read(theme: object, qtbot: QtBot) -> None:
    """The numerals have a contrast of 7:1, softened as at night."""
    del qtbot
    ground = QColor(theme.ground)  # type: ignore[attr-defined]

    assert _contrast(large_text(theme), ground) >= 7.0  # type: ignore[arg-type]


def test_long_times_have_smaller_numerals(ring: Watched) -> None:
    """A time of an hour fits into the same ring."""
    before = numerals(ring)
    ring.set_longest("1:00:00")
    ring.show_time("1:00:00", 1.0)
    after, inside = numerals(ring), ring_in(ring.rect()).inside

    assert after[0].height() < before[0].height()
    assert after[-1].right() - after[0].left() < 0.9 * inside


def test_a_shorter_time_keeps_its_size(ring: Watched) -> None:
    """From 10:00 to 9:50 the numerals keep their size."""
    ring.set_longest("10:00")
    ring.show_time("10:00", 0.9)
    before = numerals(ring)[-1].size()
    ring.show_time("9:50", 0.9)

    assert numerals(ring)[-1].size() == before


def test_a_screen_reader_can_ask(ring: Watched) -> None:
    """The accessible value is in seconds, rounded up to ten, so that it is not read all the time."""
    values = []
    for left in (90.0, 89.0, 81.0, 80.0):
        ring.say_seconds(left, 120.0)
        values.append(ring.value())

    assert (values, ring.maximum()) == ([90, 90, 90, 80], 120)


def test_the_longest_phase_has_room(ring: Watched) -> None:
    """The words "Paused while the computer slept" fit into the smallest ring."""
    ring.resize(120, 120)
    ring.show_words("Paused while the computer slept", "Right leg", Side.RIGHT, holds=False)

    assert ring._words._phase.rect.width() <= 120


def test_the_faint_ring_is_faint(qtbot: QtBot) -> None:
    """In the dark its brightest pixel has half of the accent's light, also by day."""
    ring = CountdownRing(ThemeSource(DAY), faint=True)
    qtbot.addWidget(ring)
    ring.resize(200, 200)
    ring.show_words("Hold", "Right leg", Side.RIGHT, holds=True)
    image = ring.grab().toImage()
    brightest = max(image.pixelColor(x, y).value() for x in range(200) for y in range(200))

    assert brightest <= mixed(QColor("black"), QColor(NIGHT.accent), 0.55).value()


def _differing_in(part: QRect, one: QImage, two: QImage) -> int:
    """Return how many pixels of `part` differ by more than antialiasing does."""
    return sum(
        abs(one.pixelColor(x, y).value() - two.pixelColor(x, y).value()) > 36
        for x in range(part.left(), part.right() + 1)
        for y in range(part.top(), part.bottom() + 1)
    )


def _differing(one: QImage, two: QImage) -> int:
    """Return how many pixels differ by more than antialiasing does: by the track on the ground."""
    return _differing_in(QRect(0, 0, 400, 400), one, two)


def _contrast(one: QColor, two: QColor) -> float:
    bright, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("holds", [True, False])
def test_the_dark_can_be_read(holds: bool) -> None:
    """Time and leg stand out 3:1 from the ground, as large text must."""
    look = ring_style.dark(holds=holds)

    for colour in (look.numerals, look.words):
        assert (light_of(colour) + 0.05) / (light_of(look.ground) + 0.05) >= 3.0


def light_of(colour: QColor) -> float:
    """Return the relative luminance of a colour."""
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.fill(colour)
    return luminance(image)
