"""The list of routines: its order, its search, and what it tells of each."""

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

CALF = listed("Lower leg", eases=(Place.CALF,), about="The two calf stretches.")
THIGH = listed("Upper leg", eases=(Place.FRONT_OF_THIGH,))
MOVE = listed("Wall stretch", is_move=True, steps=(step("Wall stretch", needs=("wall",)),))
BAD = broken("Mine", "hold is too long", "sidez is not known")


def names(model: RoutineList) -> list[str]:
    """Return what is shown, in order."""
    return [str(model.index(row).data()) for row in range(model.rowCount())]


@pytest.fixture
def model() -> RoutineList:
    """Return a list of two routines, a single move and a broken file."""
    model = RoutineList()
    model.set_routines([BAD, MOVE, CALF, THIGH])
    return model


def test_it_is_a_sound_model(model: RoutineList, qtmodeltester: ModelTester) -> None:
    """Qt's own checks of a model pass."""
    qtmodeltester.check(model)  # type: ignore[no-untyped-call] # untyped in pytest-qt


def test_single_moves_stand_apart(model: RoutineList) -> None:
    """Routines come first, and their building blocks are a section of their own."""
    assert names(model) == ["Lower leg", "Upper leg", "Mine"]
    model.show_section(Section.MOVES)
    assert names(model) == ["Wall stretch"]


def test_the_last_used_comes_first(model: RoutineList) -> None:
    """What was used last leads, and the rest stay as they came."""
    model.set_recent(["upper-leg"])
    assert names(model) == ["Upper leg", "Lower leg", "Mine"]


@pytest.mark.parametrize("words", ["calf", "CALF", "two stretches", "lower-leg", "low leg"])
def test_search_finds_names_places_and_texts(model: RoutineList, words: str) -> None:
    """Every word may be anywhere in what belongs to a routine."""
    model.search(words)
    assert names(model) == ["Lower leg"]


def test_search_knows_other_words_for_a_place(model: RoutineList) -> None:
    """Who looks for the foot finds what eases the ankle, heel and foot."""
    model.add([listed("Soak", eases=(Place.ANKLE,))])
    model.search("foot")
    assert names(model) == ["Soak"]


def test_search_looks_into_both_sections(model: RoutineList) -> None:
    """A thing that is needed finds the single move that needs it."""
    model.search("wall")
    assert names(model) == ["Wall stretch"]


def test_a_name_that_matches_comes_before_a_text_that_does(model: RoutineList) -> None:
    """Who types a name gets what is called so first."""
    model.add([listed("Calf, knee bent")])
    model.search("calf")
    assert names(model) == ["Calf, knee bent", "Lower leg"]


def test_an_empty_search_shows_the_section_again(model: RoutineList) -> None:
    """Nothing to search for is no search."""
    model.search("wall")
    model.search("  ")
    assert (model.is_searching, len(names(model))) == (False, 3)


def test_adding_at_the_end_inserts_rows(model: RoutineList) -> None:
    """What comes in order is added without showing everything anew."""
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.show_section(Section.MOVES)
    model.add([listed("Floor stretch", is_move=True)])
    assert inserted == [(1, 1)]
    assert names(model) == ["Wall stretch", "Floor stretch"]


def test_adding_out_of_order_keeps_the_order(model: RoutineList) -> None:
    """A whole routine that comes late stands before broken files and single moves."""
    model.add([listed("Late one")])
    assert names(model) == ["Lower leg", "Upper leg", "Late one", "Mine"]


def test_a_changed_file_takes_its_own_place(model: RoutineList) -> None:
    """A routine that was mended is whole, and there once."""
    model.update(listed("Mine"))
    assert names(model) == ["Lower leg", "Upper leg", "Mine"]
    assert model.broken_count == 0


def test_sections_and_broken_files_are_counted(model: RoutineList) -> None:
    """The page can say how many there are of each."""
    counts = (model.count(Section.ROUTINES), model.count(Section.MOVES), model.broken_count)
    assert counts == (3, 1, 1)


def test_a_card_tells_time_places_and_needs(model: RoutineList) -> None:
    """A whole routine has its words ready."""
    card = model.card_at(model.index_of("lower-leg"))
    assert card is not None
    assert (card.time, card.eases, card.needs) == ("5 min", "Eases calf", "")


def test_a_broken_card_tells_its_first_problem(model: RoutineList) -> None:
    """A file that cannot run says what is wrong, where, and how much else."""
    card = model.card_at(model.index_of("mine"))
    assert card is not None
    assert (card.problem, card.problem_count) == ("Line 3: hold is too long", "2 problems")


def test_rows_are_spoken(model: RoutineList) -> None:
    """A screen reader hears the whole card, broken ones too."""
    accessible = Qt.ItemDataRole.AccessibleTextRole
    assert model.index_of("lower-leg").data(accessible) == "Lower leg, 5 minutes, eases calf"
    spoken = model.index_of("mine").data(accessible)
    assert spoken == "Mine, 2 problems, Line 3: hold is too long"


def test_rows_know_their_id(model: RoutineList) -> None:
    """What is chosen is kept by its id."""
    assert model.index(0).data(Role.ID) == "lower-leg"
