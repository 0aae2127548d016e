"""Keys of the real keyboard reach the page that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from legato.domain.session import Status
from legato.ui.cramp.page import WAYS, CrampPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.screen import Screen
    from desktop.window import Desktop, Evening

KEY_2, KEY_A, KEY_C, KEY_D, KEY_F, KEY_H, KEY_J, KEY_X = 11, 38, 54, 40, 41, 43, 44, 53
"""X11's codes of the keys that have these letters on a US keyboard."""
CTRL = 37


def test_space_pauses_a_session(desktop: Desktop) -> None:
    """Space on the screen's keyboard pauses a session that was started with Enter."""
    desktop.press("Return")
    desktop.wait_for_page("session")
    desktop.let_pass(600)
    desktop.press("space")

    assert desktop.session.status is Status.PAUSED


@pytest.fixture
def layout(screen: Screen) -> Iterator[Callable[[str], None]]:
    """Return what sets the layout of the keyboard; it is a US one again afterwards."""
    yield screen.set_layout
    screen.set_layout("us")


@pytest.mark.parametrize("name", ["ru", "gr", "il", "us", "fr", "us,ru"])
def test_the_h_key_skips_whatever_script_it_types(
    begin: Callable[..., Evening], layout: Callable[[str], None], name: str
) -> None:
    """The key with H printed on it skips the hold that hurts on layouts without Latin letters."""
    layout(name)
    evening = begin()
    evening.desktop.press_codes(KEY_H)

    evening.desktop.wait_until(lambda: evening.session.index > 0)


def test_dvorak_goes_by_the_letter(
    begin: Callable[..., Evening], layout: Callable[[str], None]
) -> None:
    """On Dvorak, H lies where a US keyboard has J."""
    layout("dvorak")
    evening = begin()
    evening.desktop.press_codes(KEY_J)

    evening.desktop.wait_until(lambda: evening.session.index > 0)


@pytest.mark.parametrize("name", ["ru", "gr"])
def test_the_h_key_acts_in_the_dark_in_any_script(
    begin: Callable[..., Evening], layout: Callable[[str], None], name: str
) -> None:
    """One press skips the hold and brings the light."""
    layout(name)
    evening = begin()
    evening.become_dark()
    evening.desktop.press_codes(KEY_H)

    assert evening.session.index > 0
    assert not evening.page.is_dark


@pytest.mark.parametrize("name", ["ru", "gr"])
def test_a_shortcut_of_the_window_acts_in_any_script(
    desktop: Desktop, layout: Callable[[str], None], name: str
) -> None:
    """C opens the help with a cramp."""
    layout(name)
    desktop.press_codes(KEY_C)

    desktop.wait_for_page("cramp")


def test_ctrl_and_a_letter_act_in_another_script(
    desktop: Desktop, layout: Callable[[str], None]
) -> None:
    """Ctrl+comma and Ctrl+F are found by the place of the key: the search has the keyboard."""
    layout("ru")
    desktop.window.show_page("library")
    desktop.press_codes(KEY_F, modifier=CTRL)

    desktop.wait_until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))


def test_what_is_typed_into_a_field_stays_in_its_script(
    desktop: Desktop, layout: Callable[[str], None]
) -> None:
    """The letters of the layout are typed, and no key of the page acts."""
    layout("ru")
    desktop.window.show_page("library")
    desktop.press_codes(KEY_F, modifier=CTRL)
    desktop.press_codes(KEY_H, KEY_C)
    field = QApplication.focusWidget()

    assert isinstance(field, QLineEdit)
    assert field.text() == "\N{CYRILLIC SMALL LETTER ER}\N{CYRILLIC SMALL LETTER ES}"


def test_copying_in_a_field_acts_in_another_script(
    desktop: Desktop, layout: Callable[[str], None]
) -> None:
    """Ctrl+A and Ctrl+X, by the places of their keys, take the typed words."""
    layout("gr")
    desktop.window.show_page("library")
    desktop.press_codes(KEY_F, modifier=CTRL)
    desktop.press_codes(KEY_H, KEY_D)
    desktop.press_codes(KEY_A, KEY_X, modifier=CTRL)
    field = QApplication.focusWidget()

    assert isinstance(field, QLineEdit)
    assert field.text() == ""


@pytest.mark.parametrize("name", ["fr", "cz"])
def test_a_digit_that_needs_shift_acts_without(
    desktop: Desktop, layout: Callable[[str], None], name: str
) -> None:
    """The second way to ease a cramp is the key with 2 printed on it."""
    layout(name)
    chosen: list[object] = []
    desktop.press("F8")
    desktop.wait_for_page("cramp")
    page = desktop.window.findChild(CrampPage)
    assert page is not None
    page.way_chosen.connect(chosen.append)
    desktop.press_codes(KEY_2)

    assert chosen == [WAYS[1]]
