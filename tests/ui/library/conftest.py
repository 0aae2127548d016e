"""The library page in its window, with a few routines and a broken file on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.ui.library.page import LibraryPage
from legato.ui.main_window import MainWindow
from legato.ui.pictures.loader import PictureLoader
from library_fakes import BAD, BEDTIME, LOWER, MOVE, UPPER, FakePictures, NoFigures

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.theme import ThemeManager, ThemeSource


@pytest.fixture
def library_page(theme_manager: ThemeManager, theme: ThemeSource) -> LibraryPage:
    """Return a page with three routines, a single exercise and a broken file."""
    del theme_manager  # asked for so that the application has its theme before its first widget
    page = LibraryPage(PictureLoader(NoFigures(), FakePictures(), theme))
    page.show_routines([LOWER, UPPER, BEDTIME, MOVE, BAD])
    return page


@pytest.fixture
def library_window(qtbot: QtBot, library_page: LibraryPage) -> MainWindow:
    """Return an active window of 800 by 600 that shows the page."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("library", library_page)
    window.show_page("library")
    window.resize(800, 600)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window
