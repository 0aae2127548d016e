"""The light of the whole window at 200 % text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.stores import Options
from legato.domain.settings import Settings
from legato.storage.settings import open_settings
from luminance import BRIGHTEST, luminance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PAGES = ("home", "library", "help", "settings")


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[App]:
    """Return a window of 800 by 600 with all its pages, in the night theme at 200 %."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    paths = stores.open_paths(str(tmp_path / "data"))
    open_settings(paths).save(Settings(text_size=200))
    joined = App(running, Options(theme="night", motion=False), paths)
    qtbot.addWidget(joined.window)
    joined.window.resize(800, 600)
    joined.show()
    qtbot.waitUntil(lambda: not joined.is_reading)
    yield joined
    joined.close()


def lights(app: App) -> Iterator[float]:
    """Yield the luminance of the page at each scroll position."""
    areas = app.window.findChildren(QAbstractScrollArea)
    bars = [one.verticalScrollBar() for one in areas if one.isVisible()]
    steps = max((bar.maximum() // max(1, bar.pageStep()) for bar in bars), default=0) + 1
    for step in range(steps + 1):
        for bar in bars:
            bar.setValue(step * bar.pageStep())
        QApplication.processEvents()
        yield luminance(app.window.grab().toImage())


def test_every_page_of_words_keeps_the_light_budget(app: App) -> None:
    """Home page, library, help and settings stay within the budget."""
    brightest = {}
    for page in PAGES:
        show = {
            "library": app.library_page.show,
            "help": app.cramp.show_help,
            "settings": app.settings_page.show,
        }
        show.get(page, lambda: app.window.show_page("home"))()
        brightest[page] = max(lights(app))

    assert {page: light for page, light in brightest.items() if light > BRIGHTEST} == {}
