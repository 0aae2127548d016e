"""The editor page by keyboard and mouse: fields, steps, several at once, problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton

from builders import routine, step
from editor_desk import THREE, FakeDesk, opened
from leg_charts import shipped
from legato.domain import editing
from legato.domain.documents import Preview
from legato.domain.problems import Problem
from legato.domain.routine import Place, Sides, Step
from legato.ui.editor.document import EditorDocument
from legato.ui.editor.page import EditorPage
from legato.ui.editor.step_cards import StepCards
from legato.ui.leg_map.layout import EASED
from legato.ui.leg_map.map import LegMap, RegionButton
from legato.ui.library.problems import ProblemList
from legato.ui.main_window import MainWindow
from legato.ui.pictures.loader import PictureLoader
from legato.ui.theme import NIGHT, ThemeSource
from library_fakes import FakePictures, NoFigures

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from legato.domain.draft import Use
    from legato.ui.theme import ThemeManager

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LOWER = routine(step("Wall stretch"), id="lower-leg", name="Lower leg")


@pytest.fixture
def desk() -> FakeDesk:
    """Return a store with one routine of three steps."""
    return FakeDesk(THREE)


@pytest.fixture
def editor(desk: FakeDesk, theme_manager: ThemeManager) -> EditorDocument:
    """Return the document of the page."""
    del theme_manager
    return EditorDocument(desk, desk)


@pytest.fixture
def page(editor: EditorDocument, desk: FakeDesk) -> EditorPage:
    """Return the page with access to the routine lower-leg."""
    find = {"lower-leg": LOWER}.get
    legs = LegMap(shipped(), ThemeSource(NIGHT), EASED)
    return EditorPage(
        editor,
        desk,
        PictureLoader(NoFigures(), FakePictures(), ThemeSource(NIGHT)),
        legs,
        find=find,
    )


@pytest.fixture
def window(page: EditorPage, editor: EditorDocument, qtbot: QtBot) -> MainWindow:
    """Return its window with the routine open and the focus on its steps."""
    window = MainWindow()
    window.add_page("editor", page)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    editor.open(opened())
    window.show_page("editor")
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    page.begin()
    return window


def press(
    window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key on the focused widget."""
    focus = window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)


def lines(editor: EditorDocument) -> tuple[Step | Use, ...]:
    """Return the lines of the routine."""
    assert editor.draft is not None
    return editor.draft.steps


def titles(editor: EditorDocument) -> list[str]:
    """Return the titles of the steps."""
    return [editing.label(line) for line in lines(editor)]


def field(page: EditorPage, name: str) -> QLineEdit:
    """Return the visible field of that name."""
    return next(
        one
        for one in page.findChildren(QLineEdit)
        if one.accessibleName() == name and one.isVisible()
    )


def type_over(field: QLineEdit, words: str) -> None:
    """Replace the text of a field by typing."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def test_alt_down_moves_a_step(window: MainWindow, editor: EditorDocument) -> None:
    """The first step moves below the second and stays selected."""
    press(window, Qt.Key.Key_Down, ALT)
    assert titles(editor) == ["Calf", "Quads", "Shin"]
    assert editor.chosen == (1,)


def test_delete_takes_a_step_out(window: MainWindow, editor: EditorDocument) -> None:
    """Delete removes a step without a question."""
    press(window, Qt.Key.Key_Delete)
    assert titles(editor) == ["Calf", "Shin"]


def test_ctrl_z_takes_it_back(window: MainWindow, editor: EditorDocument) -> None:
    """Undo restores a deleted step."""
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Z, CTRL)
    assert titles(editor) == ["Quads", "Calf", "Shin"]


def test_undo_works_from_a_field(
    window: MainWindow, page: EditorPage, editor: EditorDocument
) -> None:
    """Ctrl+Z in a text field is the page's undo, not the field's."""
    press(window, Qt.Key.Key_Return)
    type_over(field(page, "Title"), "Thigh")
    press(window, Qt.Key.Key_Z, CTRL)
    assert titles(editor) == ["Quads", "Calf", "Shin"]
    assert field(page, "Title").text() == "Quads"


def test_ctrl_d_duplicates(window: MainWindow, editor: EditorDocument) -> None:
    """The copy is after the original."""
    press(window, Qt.Key.Key_D, CTRL)
    assert titles(editor) == ["Quads", "Quads", "Calf", "Shin"]


def test_steps_go_over_the_clipboard(window: MainWindow, editor: EditorDocument) -> None:
    """A cut step can be pasted further down."""
    press(window, Qt.Key.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "Quads"
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_V, CTRL)
    assert titles(editor) == ["Calf", "Shin", "Quads"]


def test_a_time_is_typed_as_in_a_file(
    window: MainWindow, page: EditorPage, editor: EditorDocument
) -> None:
    """`1 min 30 s` is ninety seconds, and typing it is one edit."""
    press(window, Qt.Key.Key_Return)
    type_over(field(page, "Hold"), "1 min 30 s")
    first = lines(editor)[0]
    assert isinstance(first, Step)
    assert first.hold == 90.0
    editor.undo()
    assert not editor.is_changed


def test_an_invalid_time_is_refused(
    window: MainWindow, page: EditorPage, editor: EditorDocument
) -> None:
    """A typing error changes only the text below the field."""
    press(window, Qt.Key.Key_Return)
    type_over(field(page, "Hold"), "soon")
    assert editor.draft == THREE
    assert field(page, "Hold").text() == "soon"


def test_several_steps_get_one_time(
    window: MainWindow, page: EditorPage, editor: EditorDocument
) -> None:
    """Hold and sides can be set for all selected steps."""
    press(window, Qt.Key.Key_Down, SHIFT)
    assert editor.chosen == (0, 1)
    type_over(field(page, "Hold"), "45")
    assert [one.hold for one in lines(editor)] == [45.0, 45.0, 120.0]


def test_a_used_routine_is_copied(
    window: MainWindow, page: EditorPage, editor: EditorDocument
) -> None:
    """Its steps are copied into the routine, with the values of the `use` line."""
    page.steps.add_use("lower-leg")
    page.steps.change("sides", Sides.LEFT)
    next(
        one for one in page.findChildren(QPushButton) if one.text() == "Make it a step of my own"
    ).click()
    own = lines(editor)[1]
    assert isinstance(own, Step)
    assert (own.title, own.sides) == ("Wall stretch", Sides.LEFT)
    assert window.isVisible()


@pytest.mark.usefixtures("window")
def test_places_are_toggled(page: EditorPage, editor: EditorDocument) -> None:
    """A place on the small leg map is for both legs."""
    next(one for one in page.findChildren(RegionButton) if one.text().startswith("Calf,")).click()
    assert editor.draft is not None
    assert editor.draft.eases == (Place.CALF,)


@pytest.mark.usefixtures("window")
def test_problems_lead_to_their_step(
    page: EditorPage, editor: EditorDocument, qtbot: QtBot
) -> None:
    """A click on a problem selects its step."""
    with qtbot.waitSignal(editor.previewed):
        page.steps.add_use("no-such")
    editor.choose((0,))
    problems = page.findChild(ProblemList)
    assert problems is not None
    assert problems.isVisible()
    problems.itemClicked.emit(problems.item(0))
    assert editor.chosen == (1,)


@pytest.mark.usefixtures("window")
def test_an_empty_title_is_refused(page: EditorPage, editor: EditorDocument) -> None:
    """The field says that a step needs a title, and the step is unchanged."""
    title = field(page, "Title")
    title.setFocus()
    title.selectAll()
    QTest.keyClick(title, Qt.Key.Key_Backspace)
    assert titles(editor)[0] == "Quads"


@pytest.mark.parametrize("width", [480, 800, 1280])
def test_the_steps_are_there_at_any_width(window: MainWindow, page: EditorPage, width: int) -> None:
    """A narrow window shows fewer panes, the steps first."""
    window.resize(width, 600)
    cards = page.findChild(StepCards)
    assert cards is not None
    assert cards.isVisible()


def test_ctrl_3_reaches_the_fields_in_a_narrow_window(window: MainWindow, page: EditorPage) -> None:
    """Every pane is reachable by keyboard."""
    window.resize(480, 600)
    press(window, Qt.Key.Key_3, CTRL)
    assert field(page, "Title").isVisible()


def test_escape_leaves(window: MainWindow, page: EditorPage, qtbot: QtBot) -> None:
    """Esc goes back to the previous page."""
    with qtbot.waitSignal(page.left):
        press(window, Qt.Key.Key_Escape)


@pytest.mark.usefixtures("window")
def test_a_routine_without_steps_is_no_mistake(
    page: EditorPage, editor: EditorDocument, desk: FakeDesk, qtbot: QtBot
) -> None:
    """The page invites to add a step; other problems are shown as usual."""
    steps = Problem(where="mine.yaml", field="steps", text="there is no step")
    name = Problem(where="mine.yaml", field="name", text="a name is missing")
    desk.preview = lambda *_: Preview(text="", routine=None, problems=(steps, name))  # type: ignore[method-assign]
    with qtbot.waitSignal(editor.previewed):
        page.steps.move_to((0, 1, 2), 0)
        editor.choose((0, 1, 2))
        page.steps.delete()
    problems = page.findChild(ProblemList)
    assert problems is not None
    assert [problems.item(row).text() for row in range(problems.count())] == [
        "Line 1: a name is missing"
    ]


@pytest.mark.usefixtures("window")
def test_steps_can_be_dropped_among_themselves(page: EditorPage) -> None:
    """The view accepts its own drops only as moves, which the steps must allow."""
    model = page.cards.model()
    assert model.supportedDragActions() & Qt.DropAction.MoveAction
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert page.cards.dragDropMode() is StepCards.DragDropMode.InternalMove


@pytest.mark.usefixtures("window")
def test_a_problem_stands_beside_its_field_once_its_step_is_chosen(
    page: EditorPage, editor: EditorDocument, desk: FakeDesk, qtbot: QtBot
) -> None:
    """The problem is shown at its field, however old the preview is."""
    wrong = Problem(where="mine.yaml", field="steps[1].hold", text="it is no time")
    desk.preview = lambda *_: Preview(text="", routine=None, problems=(wrong,))  # type: ignore[method-assign]
    with qtbot.waitSignal(editor.previewed):
        page.steps.change("feel", "The calf.")
    editor.choose((1,))
    labels = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "It is no time" in labels


def trouble(page: EditorPage) -> list[str]:
    """Return the visible red texts."""
    labels = page.findChildren(QLabel)
    return [one.text() for one in labels if one.property("role") == "caution" and one.isVisible()]


def control(page: EditorPage, name: str) -> QLineEdit | QPlainTextEdit:
    """Return the visible field of that name, of one line or several."""
    fields: list[QLineEdit | QPlainTextEdit] = [*page.findChildren(QLineEdit)]
    fields += page.findChildren(QPlainTextEdit)
    return next(one for one in fields if one.accessibleName() == name and one.isVisible())


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    """Return the text in a field."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


REFUSED = [
    ("Hold", "2 x 12"),
    ("Hold", "3x30"),
    ("Hold", "12 reps"),
    ("Hold", "61 min"),
    ("Holds on a side", "3 sets"),
    ("Rest between", "5 s or so"),
    ("Said during the hold", "0:15 Breathe.\n1 Soft\nnow"),
    ("Title", ""),
    ("Name", " "),
    ("Get ready", "20 sx"),
    ("Change sides", "1;30"),
]


@pytest.mark.parametrize(("name", "typed"), REFUSED)
@pytest.mark.usefixtures("window")
def test_a_text_that_is_refused_changes_nothing(
    page: EditorPage, editor: EditorDocument, desk: FakeDesk, name: str, typed: str
) -> None:
    """Save writes nothing and goes to the field, which has its text and the reason in red."""
    page.steps.change("repeat", 2)
    before = editor.draft
    field = control(page, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    for letter in typed:
        QTest.keyClick(field, Qt.Key.Key_Return) if letter == "\n" else QTest.keyClicks(
            field, letter
        )
    page.cards.setFocus()
    editor.save()
    assert (editor.draft, desk.saved) == (before, [])
    assert (text_of(field), field.hasFocus(), bool(trouble(page))) == (typed, True, True)


@pytest.mark.usefixtures("window")
def test_a_refused_text_waits_at_its_step(page: EditorPage, editor: EditorDocument) -> None:
    """The text is still there, in red, after selecting another step and coming back."""
    type_over(field(page, "Hold"), "2 x 12")
    editor.choose((1,))
    assert field(page, "Hold").text() == "2 min"
    assert not trouble(page)
    editor.choose((0,))
    assert field(page, "Hold").text() == "2 x 12"
    assert trouble(page)


@pytest.mark.usefixtures("window")
def test_a_refused_text_of_several_steps_waits_for_them(
    page: EditorPage, editor: EditorDocument
) -> None:
    """Save selects these steps again."""
    editor.choose((0, 1))
    type_over(field(page, "Hold"), "2 x 12")
    editor.choose((2,))
    editor.save()
    assert editor.chosen == (0, 1)
    assert field(page, "Hold").text() == "2 x 12"


@pytest.mark.usefixtures("window")
def test_rubbing_out_the_time_of_several_steps_is_no_mistake(
    page: EditorPage, editor: EditorDocument
) -> None:
    """An empty field for several steps changes nothing."""
    editor.choose((0, 1))
    type_over(field(page, "Hold"), "soon")
    field(page, "Hold").selectAll()
    QTest.keyClick(field(page, "Hold"), Qt.Key.Key_Delete)
    assert not editor.is_changed


@pytest.mark.usefixtures("window")
def test_three_holds_in_one_field_say_where_they_go(page: EditorPage) -> None:
    """The text below the field says what to write, and where."""
    type_over(field(page, "Hold"), "3 x 30 s")
    assert trouble(page) == ["For 3 holds, write 30 s here and 3 in \u201cHolds on a side\u201d"]


@pytest.mark.parametrize("spelling", ["Open", "OPEN", "open "])
@pytest.mark.usefixtures("window")
def test_open_is_typed_in_any_case(page: EditorPage, editor: EditorDocument, spelling: str) -> None:
    """An open hold counts up until the user goes on."""
    type_over(field(page, "Hold"), spelling)
    first = lines(editor)[0]
    assert isinstance(first, Step)
    assert first.hold is None


@pytest.mark.parametrize(
    ("typed", "at", "words"),
    [
        ("0:15 Soften.", 15.0, "Soften."),
        ("0:15: Soften.", 15.0, "Soften."),
        ("1 min 30 s Soften.", 90.0, "Soften."),
        ("1 min Soften.", 60.0, "Soften."),
        ("1'30 Soften.", 90.0, "Soften."),
        ("15\u00a0s Soften.", 15.0, "Soften."),
        ("0:15 2 breaths", 15.0, "2 breaths"),
    ],
)
@pytest.mark.usefixtures("window")
def test_a_line_is_said_at_all_of_its_time(
    page: EditorPage, editor: EditorDocument, typed: str, at: float, words: str
) -> None:
    """A timed line uses the whole time, not only its first number."""
    said = control(page, "Said during the hold")
    assert isinstance(said, QPlainTextEdit)
    said.insertPlainText(typed)
    first = lines(editor)[0]
    assert isinstance(first, Step)
    assert [(one.at, one.text) for one in first.say] == [(at, words)]


@pytest.mark.usefixtures("window")
def test_a_value_that_no_file_holds_is_gone_to(
    page: EditorPage, editor: EditorDocument, desk: FakeDesk
) -> None:
    """A value that the file refuses is shown at its field, in another step too."""
    page.steps.change("feel", "Above the {knee}.")
    editor.choose((2,))
    desk.problem = Problem(
        where="mine.yaml", field="steps[0].variants.seated", text="it is too long"
    )
    said: list[str] = []
    page.steps.said.connect(said.append)
    editor.save()
    assert editor.chosen == (0,)
    assert field(page, "Seated way").hasFocus()
    assert said == ["Seated way of \u201cQuads\u201d: it is too long. Nothing was saved."]


@pytest.mark.usefixtures("window")
def test_a_step_with_a_refused_text_is_not_made_two(
    page: EditorPage, editor: EditorDocument
) -> None:
    """A step with a refused text cannot be split."""
    type_over(field(page, "Hold"), "2 x 12")
    page.steps.split_sides()
    assert titles(editor) == ["Quads", "Calf", "Shin"]
    assert field(page, "Hold").text() == "2 x 12"


def test_a_red_field_below_the_fold_comes_into_view(
    window: MainWindow, page: EditorPage, editor: EditorDocument
) -> None:
    """Save scrolls to the field that it focuses, also with little space."""
    said = control(page, "Said during the hold")
    assert isinstance(said, QPlainTextEdit)
    said.insertPlainText("soon")
    type_over(field(page, "Title"), "Thigh")
    editor.save()
    assert said.hasFocus()
    assert said.visibleRegion().boundingRect().size() == said.size()
    window.resize(1280, 560)
    assert said.visibleRegion().boundingRect().size() == said.size()


def test_repetitions_take_the_place_of_a_time(
    window: MainWindow, page: EditorPage, editor: EditorDocument
) -> None:
    """A number in Repetitions hides Hold and shows how long each takes."""
    del window
    type_over(field(page, "Repetitions"), "12")
    type_over(field(page, "Each takes"), "3 s")
    (first, *_) = lines(editor)

    assert isinstance(first, Step)
    assert (first.count, first.every_seconds) == (12, 3.0)
    shown = [one.accessibleName() for one in page.findChildren(QLineEdit) if one.isVisible()]
    assert "Hold" not in shown


def test_no_repetitions_bring_the_time_back(
    window: MainWindow, page: EditorPage, editor: EditorDocument
) -> None:
    """An emptied field means a hold again."""
    del window
    type_over(field(page, "Repetitions"), "12")
    field(page, "Repetitions").clear()
    QTest.keyClick(field(page, "Repetitions"), Qt.Key.Key_Backspace)
    type_over(field(page, "Repetitions"), " ")

    assert field(page, "Hold").isVisible()
    assert getattr(lines(editor)[0], "count", 1) is None


def test_two_times_twelve_in_hold_says_where_it_goes(window: MainWindow, page: EditorPage) -> None:
    """Somebody who copies a sheet writes sets and repetitions into the first field that fits."""
    type_over(field(page, "Hold"), "2 x 12")
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]

    assert any("write 12 in \u201cRepetitions\u201d and 2 in" in one for one in shown)
