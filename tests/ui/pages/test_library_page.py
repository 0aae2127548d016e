"""The library page: choosing and starting by keyboard, searching, broken files, and its light."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

import legato.ui
from builders import step
from legato.domain.routine import Place
from legato.resources import find_bundled
from legato.storage.figure_files import FigureFolder
from legato.ui.dressing import Wardrobe
from legato.ui.main_window import MainWindow
from legato.ui.pages.library_page import AT_A_TIME, LibraryPage
from legato.ui.theme import DAY, NIGHT
from legato.ui.widgets.card_grid import CardGrid
from library_fakes import FakePictures, NoFigures, broken, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from legato.domain.figure import Figure

STYLE = (Path(legato.ui.__file__).parent / "style.qss").read_text(encoding="utf-8")
LOWER = listed("Lower leg", eases=(Place.CALF,))
UPPER = listed("Upper leg", eases=(Place.FRONT_OF_THIGH,))
BEDTIME = listed("Bedtime", eases=(Place.WHOLE_LEG,))
MOVE = listed("Wall stretch", is_move=True, steps=(step("Wall stretch", needs=("wall",)),))
BAD = broken("Mine", "hold is too long", "sidez is not known")


@pytest.fixture
def wardrobe(qapp: QApplication) -> Iterator[Wardrobe]:
    """Dress the application for the night and return what did; it is undressed afterwards."""
    font, colours = qapp.font(), qapp.palette()
    wardrobe = Wardrobe(qapp, STYLE)
    wardrobe.dress(NIGHT)
    yield wardrobe
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(colours)


@pytest.fixture
def page(wardrobe: Wardrobe) -> LibraryPage:
    """Return a page with three routines, a single move and a broken file."""
    del wardrobe  # asked for so that the application is dressed before its first widget
    page = LibraryPage(NoFigures(), FakePictures(), NIGHT)
    page.show_routines([LOWER, UPPER, BEDTIME, MOVE, BAD])
    return page


@pytest.fixture
def window(qtbot: QtBot, page: LibraryPage) -> MainWindow:
    """Return an active window of 800 by 600 that shows the page."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("library", page)
    window.show_page("library")
    window.resize(800, 600)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key wherever the keyboard is."""
    QTest.keyClick(window.focusWidget(), key)


def grid(page: LibraryPage) -> CardGrid:
    """Return the cards."""
    cards = page.findChild(CardGrid)
    assert cards is not None
    return cards


def chosen(page: LibraryPage) -> str:
    """Return the id of the chosen card."""
    card = grid(page).chosen
    return card.entry.id if card else ""


def shown_texts(page: QWidget) -> list[str]:
    """Return what is to be read in labels and buttons."""
    labels = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    return labels + [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]


@pytest.mark.usefixtures("window")
def test_bedtime_leads_where_nothing_was_used(page: LibraryPage) -> None:
    """Enter on a fresh start is Full bedtime."""
    assert chosen(page) == "bedtime"


def test_enter_starts_the_chosen_one(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """One key starts what is chosen, from the search field where the keyboard begins."""
    with qtbot.waitSignal(page.start_wanted) as started:
        press(window, Qt.Key.Key_Return)
    assert started.args == ["bedtime"]


@pytest.mark.usefixtures("window")
def test_the_last_used_is_chosen(page: LibraryPage) -> None:
    """What was used last waits for Enter."""
    page.set_recent(["upper-leg", "lower-leg"])
    assert chosen(page) == "upper-leg"


def test_arrows_move_over_the_cards(window: MainWindow, page: LibraryPage) -> None:
    """Right goes along a row and Down to the next, without leaving the search field."""
    visited = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        press(window, key)
        visited.append(chosen(page))
    assert visited == ["lower-leg", "mine", "upper-leg", "bedtime"]


@pytest.mark.usefixtures("window")
def test_cards_are_spoken(page: LibraryPage) -> None:
    """A screen reader finds the cards, each with all its words."""
    cards = QAccessible.queryAccessibleInterface(grid(page))
    spoken = [cards.child(row).text(QAccessible.Text.Name) for row in range(cards.childCount())]
    assert "Bedtime, 5 minutes, eases the whole leg" in spoken


def test_a_click_starts(page: LibraryPage, qtbot: QtBot) -> None:
    """A card is a button."""
    cards = grid(page)
    middle = cards.visualRect(cards.model().index(1, 0)).center()
    with qtbot.waitSignal(page.start_wanted) as started:
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert started.args == ["lower-leg"]


@pytest.mark.usefixtures("window")
def test_typing_on_the_cards_searches(page: LibraryPage) -> None:
    """Letters typed anywhere on the page go into the search."""
    grid(page).setFocus()
    QTest.keyClicks(grid(page), "up")
    assert chosen(page) == "upper-leg"
    assert "1 found" in shown_texts(page)


def test_c_on_the_cards_is_cramp_now(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """Outside the search field C keeps its meaning."""
    grid(page).setFocus()
    with qtbot.waitSignal(window.cramp_wanted):
        QTest.keyClick(grid(page), Qt.Key.Key_C)


def test_escape_empties_the_search(window: MainWindow, page: LibraryPage) -> None:
    """Esc shows everything again."""
    QTest.keyClicks(window.focusWidget(), "upper")
    press(window, Qt.Key.Key_Escape)
    assert "Routines 4" in shown_texts(page)


def test_a_search_that_finds_nothing_says_so(window: MainWindow, page: LibraryPage) -> None:
    """Nothing found is said with what to try."""
    QTest.keyClicks(window.focusWidget(), "elbow")
    assert any("Nothing here matches “elbow”" in words for words in shown_texts(page))
    assert not grid(page).isVisible()


@pytest.mark.usefixtures("window")
def test_a_library_without_routines_says_so(page: LibraryPage) -> None:
    """No card at all is no empty page."""
    page.show_routines([])
    assert "There are no routines here yet." in shown_texts(page)


@pytest.mark.usefixtures("window")
def test_a_broken_file_hides_no_other(page: LibraryPage) -> None:
    """A file that cannot run is one card among the others."""
    assert "Routines 4" in shown_texts(page)
    assert "1 file needs mending" in shown_texts(page)


def test_enter_on_a_broken_file_tells_all_its_problems(
    window: MainWindow, page: LibraryPage, qtbot: QtBot
) -> None:
    """A broken file is never started; it says what is wrong with it."""
    grid(page).choose("mine")
    with qtbot.assertNotEmitted(page.start_wanted):
        press(window, Qt.Key.Key_Return)
    texts = shown_texts(page)
    assert "Line 3: hold is too long\nLine 4: sidez is not known" in texts
    assert "Mine: 2 problems" in texts


def test_a_broken_file_can_be_opened(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """Enter on its problems asks for the file."""
    grid(page).choose("mine")
    press(window, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.open_file_wanted) as wanted:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert wanted.args == [str(BAD.path)]


def test_escape_leaves_the_problems(window: MainWindow, page: LibraryPage) -> None:
    """Esc leads from the problems back to the cards, with the keyboard on them."""
    grid(page).choose("mine")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Escape)
    assert grid(page).isVisible()
    assert window.focusWidget() is grid(page)


def test_problems_are_no_markup(window: MainWindow, page: LibraryPage) -> None:
    """Words of a file are shown as they are, never as markup."""
    page.update_routine(broken("Mine", "<b>bold</b>"))
    grid(page).choose("mine")
    press(window, Qt.Key.Key_Return)
    formats = {label.textFormat() for label in page.findChildren(QLabel) if label.text()}
    assert formats <= {Qt.TextFormat.PlainText, Qt.TextFormat.AutoText}
    told = next(one for one in page.findChildren(QLabel) if "<b>" in one.text())
    assert told.textFormat() is Qt.TextFormat.PlainText


def test_continue_comes_before_all(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """What can be taken up again has the keyboard: Enter or Space goes on."""
    page.show_continue("Continue: Calf, left, 0:48 left")
    window.show_page("library")
    page.setFocus()
    assert "Continue: Calf, left, 0:48 left" in shown_texts(page)
    with qtbot.waitSignal(page.continue_wanted):
        press(window, Qt.Key.Key_Space)


def test_enter_continues_too(window: MainWindow, page: LibraryPage, qtbot: QtBot) -> None:
    """Enter does what the button in focus says."""
    page.show_continue("Continue: Calf, left, 0:48 left")
    page.setFocus()
    with qtbot.waitSignal(page.continue_wanted), qtbot.assertNotEmitted(page.start_wanted):
        press(window, Qt.Key.Key_Return)


def test_nothing_to_continue_takes_no_room(window: MainWindow, page: LibraryPage) -> None:
    """Without something to take up there is no offer, and the search has the keyboard."""
    page.show_continue("Continue: Calf, left, 0:48 left")
    page.show_continue(None)
    page.setFocus()
    assert "Continue" not in shown_texts(page)
    assert window.focusWidget().accessibleName() == "Search the routines"


@pytest.mark.usefixtures("window")
def test_a_large_library_comes_in_little_by_little(page: LibraryPage, qtbot: QtBot) -> None:
    """The first cards are there at once, and all of them in the end."""
    many = [listed(f"Routine {number:04}") for number in range(3 * AT_A_TIME)]
    page.show_routines(many)
    assert grid(page).model().rowCount() == AT_A_TIME
    qtbot.waitUntil(lambda: grid(page).model().rowCount() == len(many))
    assert f"Routines {len(many)}" in shown_texts(page)


@pytest.mark.usefixtures("window")
def test_more_routines_can_come_later(page: LibraryPage) -> None:
    """What is found later joins the rest."""
    page.add_routines([listed("Another")])
    assert "Routines 5" in shown_texts(page)


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
    """Return the texts of buttons and labels that have less room than they need."""

    def is_cut(button: QPushButton) -> bool:
        right = button.mapTo(window, button.rect().topRight()).x()
        return button.width() < button.sizeHint().width() or right >= window.width()

    buttons = filter(QPushButton.isVisible, page.findChildren(QPushButton))
    labels = filter(QLabel.isVisible, page.findChildren(QLabel))
    low = [one.text() for one in labels if one.height() < one.heightForWidth(one.width())]
    return low + [one.text() for one in buttons if is_cut(one)]


def test_nothing_is_cut_at_twice_the_text(
    wardrobe: Wardrobe, window: MainWindow, page: LibraryPage, qtbot: QtBot
) -> None:
    """At 200 % on 800 by 600 every button and label has the room it needs, inside the window."""
    page.show_continue("Continue: Calf, left, 0:48 left")
    wardrobe.dress(NIGHT, 200)
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
    """The figures that ship, and which of them were asked for."""

    def __init__(self) -> None:
        self._figures = FigureFolder(find_bundled().assets / "figures")
        self.asked: set[str] = set()

    def names(self) -> Sequence[str]:
        """Return all names."""
        return self._figures.names()

    def figure(self, name: str) -> Figure | None:
        """Return a figure and remember that it was asked for."""
        self.asked.add(name)
        return self._figures.figure(name)


@pytest.mark.usefixtures("wardrobe")
@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
def test_the_night_page_is_dark(qtbot: QtBot, size: tuple[int, int]) -> None:
    """With figures on every card the window gives no more light than the budget of 0.03."""
    figures = AskedFigures()
    page = LibraryPage(figures, FakePictures(), NIGHT)
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


@pytest.mark.usefixtures("wardrobe")
def test_the_first_frame_is_not_white(qtbot: QtBot) -> None:
    """At night even a window without a page is dark."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    assert mean_light(window.grab().toImage()) < 0.01


def test_another_theme_repaints_the_cards(
    wardrobe: Wardrobe, window: MainWindow, page: LibraryPage
) -> None:
    """Day looks like day without a new start."""
    wardrobe.dress(DAY)
    page.show_theme(DAY)
    assert mean_light(window.grab().toImage()) > 0.7
