"""The theme is switched while the window runs, with all its pages built."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage

from builders import step
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.stores import Options
from legato.domain.routine import Place, Side
from legato.domain.session import Move
from legato.domain.settings import ThemeChoice
from legato.ui.figures.ink import tones
from legato.ui.leg_map.paint import LegTones
from legato.ui.theme import DAY, NIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from legato.ui.theme import Theme

OPAQUE = 255
FEW_PIXELS = 200
"""A blend of two colours of the day can happen to be one of the night."""


@pytest.fixture
def app(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[App]:
    """Yield a window with the night theme and pictures that do not move."""
    app = App(qapp, Options(motion=False), stores.open_paths(str(tmp_path / "data")))
    qtbot.addWidget(app.window)
    app.window.resize(1280, 800)
    app.show()
    qtbot.waitUntil(lambda: not app.is_reading)
    yield app
    app.close()


def pages(app: App) -> dict[str, Callable[[], object]]:
    """Return what shows each page that changes its colours, by the page's name."""
    session = app.sessions.controller
    return {
        "home": lambda: app.window.show_page("home"),
        "library": app.library_page.show,
        "plan": lambda: app.plan.show_for(((Place.CALF, Side.LEFT),)),
        "settings": app.settings_page.show,
        "help": app.cramp.show_help,
        "new-routine": app.editor.new,
        "editor": lambda: app.editor.edit("bedtime"),
        "trial": lambda: app.preview.try_step(step("Calf", picture="figure:ham-strap")),
        "session": lambda: session.start_by_id("bedtime"),
        "end": lambda: session.do(Move.STOP),
    }


def colours_of_night() -> set[int]:
    """Return the pixels that only the night theme has: its tokens, and those of its drawings."""

    def pixels(theme: Theme) -> set[int]:
        tokens = [QColor(value) for name, value in theme._asdict().items() if name != "name"]
        drawn = [
            getattr(drawing, one.name)
            for drawing in (tones(theme), LegTones.of(theme))
            for one in fields(drawing)
        ]
        inks = [one for one in drawn if isinstance(one, QColor) and one.alpha() == OPAQUE]
        return {one.rgb() for one in (*tokens, *inks)}

    return pixels(NIGHT) - pixels(DAY)


def shown(app: App, name: str, show: Callable[[], object]) -> int:
    """Show a page, and return how many of its pixels have a colour of the night."""
    show()
    assert app.window.page_name == name
    image = app.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = Counter(memoryview(image.constBits()).cast("I"))
    return sum(pixels[colour] for colour in colours_of_night())


def test_a_switch_recolours_every_page(app: App) -> None:
    """Pages that were built at night have no colour of the night once the setting is Day."""
    night = {name: shown(app, name, show) for name, show in pages(app).items()}
    app.settings.change(replace(app.settings.current, theme=ThemeChoice.DAY))
    day = {name: shown(app, name, show) for name, show in pages(app).items()}

    assert {name: count for name, count in night.items() if count <= FEW_PIXELS} == {}
    assert {name: count for name, count in day.items() if count > FEW_PIXELS} == {}


def test_a_page_on_the_screen_changes_at_once(app: App) -> None:
    """A session that runs during the switch keeps no colour of the night."""
    app.sessions.controller.start_by_id("bedtime")
    app.settings.change(replace(app.settings.current, theme=ThemeChoice.DAY))

    assert shown(app, "session", lambda: None) <= FEW_PIXELS
