"""The light of the session page at night, measured on its pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import routine, step
from fixtures_session import Room
from legato.domain.session import Move
from legato.ui.theme import NIGHT
from luminance import BRIGHTEST, luminance
from ring_pixels import glow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.theme import ThemeManager

BRIGHTEST_FLASH = 0.06
FIGURES = ["ham-strap", "quad-side", "glute-fig4", "calf1-strap", "calf2-edge"]
FEEL = "The middle of the back of the thigh; a little in the calf is fine. Not a sharp line."


@pytest.fixture
def room(qtbot: QtBot, theme_manager: ThemeManager) -> Room:
    """Return a session page with the night theme."""
    del theme_manager
    room = Room()
    qtbot.addWidget(room.page)
    room.page.resize(1280, 800)
    room.page.show()
    room.page.setFocus()
    return room


def shown(room: Room) -> float:
    """Return the mean luminance of the page."""
    return luminance(room.page.grab().toImage())


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_hold_gives_little_light(room: Room, figure: str, size: tuple[int, int]) -> None:
    """With picture, ring, text and buttons the page stays within the light budget."""
    room.page.resize(*size)
    room.start(routine(step("Hamstring with towel", picture=f"figure:{figure}", feel=FEEL)))
    room.run(30)

    assert shown(room) <= BRIGHTEST


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(800, 600), (1280, 800), (1920, 1080)])
def test_a_flash_gives_little_light(
    theme_manager: ThemeManager, room: Room, size: tuple[int, int], percent: int
) -> None:
    """The budget also holds at the brightest moment of begin, halfway and switch."""
    theme_manager.apply(NIGHT, percent)
    room.page.resize(*size)
    room.start(
        routine(step("Hamstring with towel", picture="figure:ham-strap", feel=FEEL, hold=20.0))
    )
    room.driver.move(Move.GO_ON)
    for seconds in (10.0, 10.0, 0.0):
        room.run(0.4, 0.1)

        assert room.page.stage.flash() == pytest.approx(1.0)
        assert shown(room) <= BRIGHTEST_FLASH

        room.run(seconds - 0.4, 0.1)


def test_a_flash_is_seen(room: Room) -> None:
    """A flash is brighter than the page before it, and over after two seconds."""
    room.start(routine(step("Hamstring with towel", picture="figure:ham-strap")))
    room.driver.move(Move.NEXT)
    calm = shown(room)
    room.run(0.4, 0.1)

    assert glow(room.page.stage.ring) > 0
    assert calm < shown(room)

    room.run(1.7, 0.1)
    assert glow(room.page.stage.ring) == 0


def rung(room: Room) -> None:
    """Bring a session to 0.4 s after the cue of a hold, when its light is brightest."""
    room.start(routine(step(picture="figure:ham-strap")))
    room.driver.move(Move.GO_ON)
    room.run(0.4, 0.1)
    assert room.page.stage.flash() == pytest.approx(1.0)


def test_a_light_that_ended_in_the_dark_has_ended(room: Room) -> None:
    """A page that was darkened right after a cue returns without the cue's light."""
    rung(room)
    room.page.darken()
    room.run(6)
    room.page.wake()

    assert glow(room.page.stage.ring) == 0
    assert glow(room.page.dark.ring) == 0


def test_a_light_that_ended_out_of_sight_has_ended(room: Room) -> None:
    """Another page or a minimised window counts like the dark."""
    rung(room)
    room.page.hide()
    room.run(6)
    room.page.show()

    assert glow(room.page.stage.ring) == 0


@pytest.mark.parametrize("dark", [False, True], ids=["lit", "dark"])
def test_a_light_ends_in_a_pause(room: Room, qtbot: QtBot, *, dark: bool) -> None:
    """The light of a cue does not stay on during a pause."""
    rung(room)
    if dark:
        room.page.darken()
    room.driver.interrupt(900.0)
    qtbot.waitUntil(lambda: not room.page._light.isActive())

    assert glow(room.page.stage.ring) == 0
    assert glow(room.page.dark.ring) == 0


def test_a_light_that_was_on_when_the_place_changed_does_not_come_again(room: Room) -> None:
    """It does not return at the end of the hold, nor in the next one."""
    rung(room)
    room.driver.move(Move.BACK)
    lights = []
    for _ in range(30):
        room.run(0.1, 0.1)
        lights.append(glow(room.page.stage.ring))

    assert set(lights) == {0}


def test_the_dark_gives_hardly_any(room: Room) -> None:
    """The dark page has an eighth of the budget: its words have to be read."""
    room.start()
    room.run(30)
    room.page.darken()

    assert shown(room) <= BRIGHTEST / 8
