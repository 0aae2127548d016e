"""The model of the library: its order, its search, and the text of each card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from builders import step
from legato.domain.routine import Place
from legato.ui.library.model import Role, RoutineList, Section
from library_fakes import broken, listed

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

CALF = listed("Lower leg", eases=(Place.CALF,), about="The two calf stretches.")
THIGH = listed("Upper leg", eases=(Place.FRONT_OF_THIGH,))
MOVE = listed("Wall stretch", is_move=True, steps=(step("Wall stretch", needs=("wall",)),))
BAD = broken("Mine", "hold is too long", "sidez is not known")


def names(model: RoutineList) -> list[str]:
    """Return the visible names, in order."""
    return [str(model.index(row).data()) for row in range(model.rowCount())]


@pytest.fixture
def model() -> RoutineList:
    """Return a model of two routines, a single exercise and a broken file."""
    model = RoutineList()
    model.set_routines([BAD, MOVE, CALF, THIGH])
    return model


def test_it_is_a_sound_model(model: RoutineList, qtmodeltester: ModelTester) -> None:
    """Qt's own checks of a model pass."""
    qtmodeltester.check(model)  # type: ignore[no-untyped-call] # untyped in pytest-qt


def test_single_exercises_have_a_section(model: RoutineList) -> None:
    """Routines come first; exercises have a section of their own."""
    assert names(model) == ["Lower leg", "Upper leg", "Mine"]
    model.show_section(Section.MOVES)
    assert names(model) == ["Wall stretch"]


def test_the_last_used_comes_first(model: RoutineList) -> None:
    """The last used routine is first, and the others keep their order."""
    model.set_recent(["upper-leg"])
    assert names(model) == ["Upper leg", "Lower leg", "Mine"]


@pytest.mark.parametrize("words", ["calf", "CALF", "two stretches", "lower-leg", "low leg"])
def test_search_finds_names_places_and_texts(model: RoutineList, words: str) -> None:
    """Every search word may be in any text of a routine."""
    model.search(words)
    assert names(model) == ["Lower leg"]


def test_search_knows_other_words_for_a_place(model: RoutineList) -> None:
    """A search for "foot" finds routines for ankle, heel and foot."""
    model.add([listed("Soak", eases=(Place.ANKLE,))])
    model.search("foot")
    assert names(model) == ["Soak"]


def test_search_looks_into_both_sections(model: RoutineList) -> None:
    """A search for a needed thing finds the exercise that needs it."""
    model.search("wall")
    assert names(model) == ["Wall stretch"]


def test_a_name_that_matches_comes_before_a_text_that_does(model: RoutineList) -> None:
    """Matches in the name are first."""
    model.add([listed("Calf, knee bent")])
    model.search("calf")
    assert names(model) == ["Calf, knee bent", "Lower leg"]


def test_an_empty_search_shows_the_section_again(model: RoutineList) -> None:
    """An empty search shows the whole section."""
    model.search("wall")
    model.search("  ")
    assert (model.is_searching, len(names(model))) == (False, 3)


def test_adding_at_the_end_inserts_rows(model: RoutineList) -> None:
    """Routines in order are added without a reset of the model."""
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.show_section(Section.MOVES)
    model.add([listed("Floor stretch", is_move=True)])
    assert inserted == [(1, 1)]
    assert names(model) == ["Wall stretch", "Floor stretch"]


def test_adding_out_of_order_keeps_the_order(model: RoutineList) -> None:
    """A routine that is read late is placed before broken files and exercises."""
    model.add([listed("Late one")])
    assert names(model) == ["Lower leg", "Upper leg", "Late one", "Mine"]


def test_a_changed_file_takes_its_own_place(model: RoutineList) -> None:
    """A repaired routine is no longer broken, and is there once."""
    model.update(listed("Mine"))
    assert names(model) == ["Lower leg", "Upper leg", "Mine"]
    assert model.broken_count == 0


def test_a_saved_routine_is_shown_in_its_row(model: RoutineList, qtbot: QtBot) -> None:
    """The rest of the list is not shown anew, so that nobody loses their place in it."""
    before = names(model)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as changed:
        model.update(listed("Lower leg", about="Slowly."))

    assert changed.args is not None
    assert changed.args[0].row() == 0
    assert names(model) == before
    card = model.card_at(model.index(0))
    assert card is not None
    assert "slowly" in card.found_by


def test_sections_and_broken_files_are_counted(model: RoutineList) -> None:
    """The model counts the routines, exercises and broken files."""
    counts = (model.count(Section.ROUTINES), model.count(Section.MOVES), model.broken_count)
    assert counts == (3, 1, 1)


def test_a_card_has_time_places_and_needs(model: RoutineList) -> None:
    """The texts of a routine's card are complete."""
    card = model.card_at(model.index_of("lower-leg"))
    assert card is not None
    assert (card.time, card.eases, card.needs) == ("5 min", "For calf", "")


def test_a_broken_card_has_its_first_problem(model: RoutineList) -> None:
    """The card of a broken file has the problem, its line and the number of others."""
    card = model.card_at(model.index_of("mine"))
    assert card is not None
    assert (card.problem, card.problem_count) == ("Line 3: hold is too long", "2 problems")


def test_rows_are_spoken(model: RoutineList) -> None:
    """The accessible text has the whole card, also of broken files."""
    accessible = Qt.ItemDataRole.AccessibleTextRole
    assert model.index_of("lower-leg").data(accessible) == "Lower leg, 5 minutes, for calf"
    spoken = model.index_of("mine").data(accessible)
    assert spoken == "Mine, 2 problems, Line 3: hold is too long"


def test_rows_know_their_id(model: RoutineList) -> None:
    """A row has its routine's id, by which the selection is kept."""
    assert model.index(0).data(Role.ID) == "lower-leg"
