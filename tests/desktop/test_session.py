"""A session on the real screen: keys in the dark, the list of keys, and what is painted in part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from legato.domain.routine import Side
from legato.domain.session import Status
from legato.domain.timeline import Phase
from legato.ui.session.end_page import EndPage
from legato.ui.text import time_left
from ring_pixels import glow

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.window import Desktop, Evening
    from legato.ui.session.ring import CountdownRing


@pytest.mark.parametrize("key", ["h", "s", "Right", "Up", "Escape", "space"])
def test_a_key_acts_at_its_first_press_in_the_automatic_dark(
    begin: Callable[..., Evening], key: str
) -> None:
    """The session has changed, or is over, and the page is lit."""
    evening = begin()
    evening.become_dark()
    before = evening.session
    evening.desktop.press(key)
    after = evening.session

    assert (after.index, after.status, after.timeline) != (
        before.index,
        before.status,
        before.timeline,
    )
    assert not evening.page.is_dark


@pytest.mark.parametrize("key", ["d", "f", "g", "question", "w", "x", "ctrl+comma"])
def test_a_key_that_only_looks_wakes_the_automatic_dark_at_its_first_press(
    begin: Callable[..., Evening], key: str
) -> None:
    """The page, the session and the size of the window are unchanged."""
    evening = begin()
    evening.become_dark()
    evening.driver.set_lively(lively=False)
    evening.desktop.screen.press(key)
    evening.desktop.wait_until(lambda: not evening.page.is_dark)
    evening.desktop.let_pass(300)
    window = evening.desktop.window

    assert (window.page_name, window.isFullScreen()) == ("session", False)
    assert window.focusWidget() is evening.page
    assert evening.session.status is Status.RUNNING
    assert evening.session.segment.phase is Phase.HOLD


def test_a_click_wakes_the_automatic_dark_at_once(begin: Callable[..., Evening]) -> None:
    """One click lights the page, and presses nothing."""
    evening = begin()
    evening.become_dark()
    evening.desktop.click(evening.page)

    assert not evening.page.is_dark
    assert evening.session.status is Status.RUNNING


@pytest.mark.parametrize("key", ["c", "F8"])
def test_cramp_now_is_one_press_away_in_the_dark(begin: Callable[..., Evening], key: str) -> None:
    """Both keys work, also in the dark after D."""
    evening = begin()
    evening.desktop.press("d")
    evening.desktop.press(key)

    assert evening.desktop.window.page_name == "cramp"


def test_a_media_key_acts_in_the_dark(begin: Callable[..., Evening]) -> None:
    """A media key pauses at its first press and lights the page."""
    evening = begin()
    evening.desktop.press("d")
    evening.desktop.press("XF86AudioPlay")

    assert evening.session.status is Status.PAUSED
    assert not evening.page.is_dark


def test_the_end_page_acts_at_the_first_press_in_its_dark(begin: Callable[..., Evening]) -> None:
    """R repeats the session, without a first press that only lights the page."""
    evening = begin()
    evening.desktop.press("Escape")
    evening.desktop.wait_for_page("end")
    end_page = evening.desktop.window.findChild(EndPage)
    assert end_page is not None
    end_page.on_faded()
    evening.desktop.press("r")

    assert evening.desktop.window.page_name == "session"


def test_the_list_of_keys_keeps_the_keyboard_as_long_as_it_is_open(
    begin: Callable[..., Evening],
) -> None:
    """After the stillness and the dark beneath it Right and Esc close it and do nothing else."""
    evening = begin()
    evening.desktop.press("question")
    evening.become_dark()
    evening.desktop.let_pass(10_500)  # the page lets its buttons fade after ten seconds
    evening.desktop.press("Right")
    is_light = not evening.page.is_dark
    evening.desktop.press("question")
    evening.desktop.press("Escape")

    assert is_light
    assert evening.session.status is Status.RUNNING
    assert evening.session.segment.step_index == 0


def test_the_list_of_keys_keeps_the_keyboard_over_another_window(
    begin: Callable[..., Evening],
) -> None:
    """After another program had the focus, the first key only closes the list."""
    evening = begin()
    evening.desktop.press("question")
    other = QWidget()
    other.show()
    evening.desktop.wait_until(other.isActiveWindow)
    other.close()
    evening.desktop.window.activateWindow()
    evening.desktop.wait_until(evening.desktop.window.isActiveWindow)
    evening.desktop.press("Escape")

    assert evening.session.status is Status.RUNNING


@pytest.mark.parametrize("key", ["F8", "c"])
def test_cramp_now_from_the_list_of_keys(begin: Callable[..., Evening], key: str) -> None:
    """One key closes the list and opens the cramp page, which gets the focus."""
    evening = begin()
    evening.desktop.press("question")
    evening.desktop.press(key)
    evening.desktop.press("Escape")

    assert evening.desktop.window.page_name == "session"


@pytest.mark.parametrize("cover", ["d", "question", "F8", "g"])
def test_the_light_of_a_cue_has_ended_when_its_cover_goes(
    begin: Callable[..., Evening], cover: str
) -> None:
    """The ring on the screen has no light after it was covered."""
    evening = begin()
    evening.desktop.wait_until(lambda: glow(evening.page.stage.ring) > 0)
    evening.desktop.press(cover)
    evening.desktop.let_pass(3000)
    evening.desktop.press("Escape" if cover != "d" else "d")
    evening.desktop.wait_until(evening.page.stage.ring.isVisible)
    evening.desktop.let_pass(300)

    assert glow(evening.page.stage.ring) == 0


@pytest.mark.parametrize(
    ("hold", "percent", "size"),
    [
        (120.0, 200, (1080, 760)),
        (720.0, 100, (1080, 760)),
        (3600.0, 200, (800, 600)),
        (None, 100, (800, 600)),
    ],
    ids=str,
)
def test_the_text_in_the_ring_is_never_erased(
    begin: Callable[..., Evening], hold: float | None, percent: int, size: tuple[int, int]
) -> None:
    """After any change of digits the screen is as after one full paint.

    The session is paused, so that the ring is told the moments of a whole hold by the test alone.
    """
    evening = begin(hold)
    desktop = evening.desktop
    desktop.app.settings.change(replace(desktop.app.settings.current, text_size=percent))
    desktop.window.resize(*size)
    evening.driver.toggle_pause()
    desktop.let_pass(2300)  # the light of the cue is over
    follow(evening, hold)


@pytest.mark.parametrize("hold", [120.0, 720.0, 3600.0, None], ids=str)
def test_the_text_in_the_dark_ring_is_never_erased(
    begin: Callable[..., Evening], hold: float | None
) -> None:
    """This also holds in the dark, for any length."""
    evening = begin(hold)
    evening.driver.toggle_pause()
    evening.desktop.press("d")
    evening.desktop.let_pass(500)
    follow(evening, hold)


def follow(evening: Evening, hold: float | None) -> None:
    """Show all times of a hold in the ring, and compare the screen after each."""
    ring = evening.page.dark.ring if evening.page.is_dark else evening.page.stage.ring
    ring.show_words("Hold", "Right leg", Side.RIGHT, holds=True)
    for moment in (0, 9, 10, 50, 49, 60, 59, 100, 99, 600, 599, 650, 649, 3599, 3600):
        if hold is None or moment <= hold:
            ring.show_time(time_left(moment), 0.4)
            evening.desktop.let_pass(20)
            evening.desktop.wait_until(lambda: is_whole(evening.desktop, ring))


def is_whole(desktop: Desktop, ring: CountdownRing) -> bool:
    """Return whether the screen shows what one whole paint gives, but for traces of letters' edges.

    An image may smooth the edges of letters by a shade otherwise than the screen does.
    """
    plain = QImage.Format.Format_RGB32
    seen = desktop.pixels(ring).convertToFormat(plain)
    whole = ring.grab().toImage().convertToFormat(plain)
    shown, due = (bytes(image.constBits())[1::4] for image in (seen, whole))
    if shown == due:
        return True
    least = max(due) / 4
    return sum(abs(one - other) > least for one, other in zip(shown, due, strict=True)) <= TRACES


TRACES = 12
"""Pixels."""
