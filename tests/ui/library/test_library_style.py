"""The look of the library page: columns, large text, themes, and its light at night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from builders import step
from legato.domain.routine import Place
from legato.resources import find_bundled
from legato.storage.figures import FigureFolder
from legato.ui.library.cards import CardGrid
from legato.ui.library.page import LibraryPage
from legato.ui.main_window import MainWindow
from legato.ui.pictures.loader import PictureLoader
from legato.ui.theme import DAY, NIGHT, ThemeSource
from library_fakes import FakePictures, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from legato.domain.figure.model import Figure
    from legato.ui.theme import ThemeManager


@pytest.fixture
def page(library_page: LibraryPage) -> LibraryPage:
    """Return the page."""
    return library_page


@pytest.fixture
def window(library_window: MainWindow) -> MainWindow:
    """Return its window, of 800 by 600."""
    return library_window


def grid(page: LibraryPage) -> CardGrid:
    """Return the cards."""
    cards = page.findChild(CardGrid)
    assert cards is not None
    return cards


@pytest.mark.parametrize(("width", "columns"), [(520, 1), (1280, 3)])
def test_the_cards_take_as_many_columns_as_fit(
    window: MainWindow, page: LibraryPage, width: int, columns: int
) -> None:
    """A narrow window has one column, a wide one several."""
    page.show_routines([listed(f"Routine {number}") for number in range(6)])
    window.resize(width, 800)
    cards = grid(page)
    cards.doItemsLayout()
    lefts = {cards.visualRect(cards.model().index(row, 0)).left() for row in range(6)}
    assert len(lefts) == columns


def cut(page: QWidget, window: QWidget) -> list[str]:
    """Return the texts of buttons and labels that do not fit."""

    def is_cut(button: QPushButton) -> bool:
        right = button.mapTo(window, button.rect().topRight()).x()
        return button.width() < button.sizeHint().width() or right >= window.width()

    buttons = filter(QPushButton.isVisible, page.findChildren(QPushButton))
    labels = filter(QLabel.isVisible, page.findChildren(QLabel))
    low = [one.text() for one in labels if one.height() < one.heightForWidth(one.width())]
    return low + [one.text() for one in buttons if is_cut(one)]


def test_nothing_is_cut_at_twice_the_text(
    theme_manager: ThemeManager, window: MainWindow, page: LibraryPage, qtbot: QtBot
) -> None:
    """At 200 % on 800 by 600 every button and label fits inside the window."""
    page.show_continue("Continue: Calf, left, 0:48 left")
    theme_manager.apply(NIGHT, 200)
    qtbot.waitUntil(lambda: not cut(page, window))
    cards = grid(page)
    assert cards.font().pointSizeF() == 24.0
    first = cards.visualRect(cards.model().index(0, 0))
    assert first.width() <= cards.viewport().width()
    assert first.height() > 2 * cards.fontMetrics().height()


def mean_light(image: QImage) -> float:
    """Return the mean relative luminance of an image, 0 to 1."""
    small = image.scaled(
        image.width() // 4,
        image.height() // 4,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.FastTransformation,
    )
    light = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (step / 255 for step in range(256))
    ]
    total = 0.0
    for y in range(small.height()):
        for x in range(small.width()):
            colour = small.pixelColor(x, y)
            total += 0.2126 * light[colour.red()] + 0.7152 * light[colour.green()]
            total += 0.0722 * light[colour.blue()]
    return total / (small.width() * small.height())


class AskedFigures:
    """The figures that ship, with a record of the requested ones."""

    def __init__(self) -> None:
        self._figures = FigureFolder(find_bundled().assets / "figures")
        self.asked: set[str] = set()

    def names(self) -> Sequence[str]:
        """Return all names."""
        return self._figures.names()

    def figure(self, name: str, folder: str = "") -> Figure | None:
        """Return a figure and record the request."""
        self.asked.add(name)
        return self._figures.figure(name, folder)


@pytest.mark.usefixtures("theme_manager")
@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
def test_the_night_page_is_dark(qtbot: QtBot, size: tuple[int, int]) -> None:
    """With figures on every card the window stays within the light budget of 0.03."""
    figures = AskedFigures()
    page = LibraryPage(PictureLoader(figures, FakePictures(), ThemeSource(NIGHT)))
    names = ("ham-strap", "quad-side", "glute-fig4", "calf1-wall", "calf2-edge")
    shown = [step(f"Move {name}", picture=f"figure:{name}", needs=("towel",)) for name in names]
    page.show_routines(
        [listed(one.title, steps=(one,), eases=(Place.CALF, Place.SHIN)) for one in shown * 4]
    )
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("library", page)
    window.show_page("library")
    window.resize(*size)
    window.show()
    qtbot.waitUntil(lambda: figures.asked == set(names))
    assert mean_light(window.grab().toImage()) <= 0.03


@pytest.mark.usefixtures("theme_manager")
def test_the_first_frame_is_not_white(qtbot: QtBot) -> None:
    """At night even a window without a page is dark."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    assert mean_light(window.grab().toImage()) < 0.01


def test_another_theme_repaints_the_cards(
    theme_manager: ThemeManager, window: MainWindow, theme: ThemeSource
) -> None:
    """The day theme applies without a restart."""
    theme_manager.apply(DAY)
    theme.change(DAY)
    assert mean_light(window.grab().toImage()) > 0.7
