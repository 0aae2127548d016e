"""Edits of steps and of the routine: the new draft, the name of the edit, the selected lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.domain import editing
from legato.domain.draft import INHERIT, Draft, Use
from legato.domain.routine import Ending, Place, Side, Sides, Step, VoiceLevel

A, B, C, D = (Step(title=title) for title in "ABCD")
DRAFT = Draft(id="r", name="R", steps=(A, B, C))
MIXED = Draft(id="r", name="R", steps=(A, Use(id="quads")))


def titles(edit: editing.Edit) -> str:
    """Return the titles of the steps afterwards."""
    return "".join(editing.label(line) for line in edit.draft.steps)


def test_a_step_is_inserted_before_another() -> None:
    """An added step is at its index and selected."""
    edit = editing.add_steps(DRAFT, [D], 1)

    assert (titles(edit), edit.name, edit.steps) == ("ADBC", "add D", (1,))


def test_a_step_is_added_at_the_end() -> None:
    """Without an index a step is added at the end."""
    assert titles(editing.add_steps(DRAFT, [D])) == "ABCD"


def test_pasting_several_gives_their_number() -> None:
    """A name with three titles would be too long for a menu."""
    edit = editing.paste_steps(DRAFT, [D, D], 0)

    assert (titles(edit), edit.name, edit.steps) == ("DDABC", "paste 2 steps", (0, 1))


def test_a_copy_comes_after_the_last_that_is_copied() -> None:
    """The copies are in one row and selected."""
    edit = editing.duplicate_steps(DRAFT, [0, 1])

    assert (titles(edit), edit.name, edit.steps) == ("ABABC", "duplicate 2 steps", (2, 3))


@pytest.mark.parametrize(
    ("gone", "left", "chosen"),
    [([0], "BC", (0,)), ([1], "AC", (1,)), ([2], "AB", (1,)), ([0, 2], "B", (0,))],
)
def test_the_step_after_a_deleted_one_is_selected(
    gone: list[int], left: str, chosen: tuple[int, ...]
) -> None:
    """Deleting again takes the next one; at the end the one before."""
    edit = editing.delete_steps(DRAFT, gone)

    assert (titles(edit), edit.steps) == (left, chosen)


def test_deleting_all_selects_nothing() -> None:
    """A draft may be empty; it cannot run, but it can be edited."""
    edit = editing.delete_steps(DRAFT, [0, 1, 2])

    assert (edit.draft.steps, edit.steps, edit.name) == ((), (), "delete 3 steps")


def test_cutting_has_a_name_of_its_own() -> None:
    """The menu distinguishes cut from delete."""
    assert editing.cut_steps(DRAFT, [0]).name == "cut A"


@pytest.mark.parametrize(
    ("moved", "to", "order", "name", "chosen"),
    [
        ([2], 0, "CAB", "move C up", (0,)),
        ([0], 3, "BCA", "move A down", (2,)),
        ([0], 2, "BAC", "move A down", (1,)),
        ([0, 2], 1, "ACB", "move 2 steps up", (0, 1)),
        ([1, 2], 0, "BCA", "move 2 steps up", (0, 1)),
        ([1], 99, "ACB", "move B down", (2,)),
    ],
)
def test_steps_move_before_another(
    moved: list[int], to: int, order: str, name: str, chosen: tuple[int, ...]
) -> None:
    """The target is an index of the draft before the move."""
    edit = editing.move_steps(DRAFT, moved, to)

    assert titles(edit) == order
    assert (edit.steps, edit.name) == (chosen, name)


def test_up_and_down_are_one_place() -> None:
    """Alt and an arrow move the selected steps past their neighbour."""
    assert titles(editing.move_up(DRAFT, [1, 2])) == "BCA"
    assert titles(editing.move_down(DRAFT, [0])) == "BAC"


def test_up_at_the_top_changes_nothing() -> None:
    """The first step stays first."""
    assert editing.move_up(DRAFT, [0]).draft == DRAFT
    assert editing.move_down(DRAFT, [2]).draft == DRAFT


@given(st.sets(st.integers(0, 2)), st.integers(0, 3))
def test_moving_loses_nothing(chosen: set[int], to: int) -> None:
    """After any move every step is there once."""
    assert sorted(titles(editing.move_steps(DRAFT, chosen, to))) == ["A", "B", "C"]


def test_a_field_is_typed_in() -> None:
    """Changing one field of one step counts as typing, so that edits of it merge."""
    edit = editing.change_step(DRAFT, 1, feel="The calf.")

    assert edit.field == "steps[1].feel"
    assert edit.name == "change feeling of B"
    assert edit.draft.steps[1] == Step(title="B", feel="The calf.")


def test_a_new_title_is_a_rename() -> None:
    """The name of the edit has the title that the step had."""
    assert editing.change_step(DRAFT, 0, title="X").name == "rename A"


@pytest.mark.parametrize("title", ["", " ", "\x00", "\x7f \x85", "\u2028"])
def test_an_empty_title_is_refused(title: str) -> None:
    """A title of control characters is refused, too, since no file keeps them."""
    with pytest.raises(ValueError, match="title"):
        editing.change_step(DRAFT, 0, title=title)


def test_a_field_that_is_not_there_is_refused() -> None:
    """A `use` line has no title."""
    with pytest.raises(TypeError):
        editing.change_step(MIXED, 1, title="X")


def test_several_steps_get_the_same_time() -> None:
    """Steps and `use` lines get the same hold."""
    edit = editing.change_steps(MIXED, [0, 1], hold=60.0)

    assert edit.draft.steps == (Step(title="A", hold=60.0), Use(id="quads", hold=60.0))
    assert edit.name == "change time of 2 steps"


def test_several_steps_get_the_same_sides() -> None:
    """One value at a time counts as typing, so that turning the wheel is one edit."""
    edit = editing.change_steps(MIXED, [1], sides=Sides.LEFT)

    assert edit.draft.steps[1] == Use(id="quads", sides=Sides.LEFT, hold=INHERIT)
    assert edit.field == "steps[1].sides"


def test_a_step_is_replaced() -> None:
    """Another line is at its index, under the given name."""
    edit = editing.replace_step(DRAFT, 0, Use(id="quads"), "put quads for A")

    assert (titles(edit), edit.name) == ("quadsBC", "put quads for A")


def test_a_step_that_is_not_there_is_a_bug() -> None:
    """An index beyond the end raises an error."""
    with pytest.raises(IndexError):
        editing.delete_steps(DRAFT, [3])


def test_each_field_of_the_routine_can_be_set() -> None:
    """Each field of the routine has an edit with a name."""
    made = [
        editing.rename(DRAFT, "N"),
        editing.describe(DRAFT, "For me."),
        editing.set_eases(DRAFT, [Place.CALF, Place.CALF]),
        editing.set_ready(DRAFT, 10.0),
        editing.set_switch(DRAFT, 5.0),
        editing.set_voice(DRAFT, VoiceLevel.CHIME),
        editing.set_end(DRAFT, Ending.SILENT),
    ]

    assert [edit.name for edit in made] == [
        "change the name",
        "change the description",
        "change what it eases",
        "change the time to get ready",
        "change the time to switch",
        "change the voice",
        "change the ending",
    ]
    assert made[2].draft.eases == (Place.CALF,)


def test_a_time_out_of_range_is_refused() -> None:
    """A draft cannot have a time that no session can run with."""
    with pytest.raises(ValueError, match="3600"):
        editing.set_ready(DRAFT, 4000.0)


@pytest.mark.parametrize(
    ("line", "sides"),
    [
        (A, [Sides.RIGHT, Sides.LEFT]),
        (Step(title="A", first=Side.LEFT), [Sides.LEFT, Sides.RIGHT]),
        (Use(id="quads"), [Sides.RIGHT, Sides.LEFT]),
    ],
)
def test_each_side_can_have_a_line_of_its_own(line: editing.Line, sides: list[Sides]) -> None:
    """The lines are in the order of the sides, with everything else unchanged."""
    edit = editing.split_sides(Draft(id="r", name="R", steps=(B, line, C)), 1)

    assert [one.sides for one in edit.draft.steps[1:3]] == sides
    assert (edit.draft.steps[0], edit.draft.steps[3], edit.steps) == (B, C, (1,))


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ((A, B, C), 1),
        ((B, A, C), 0),
        ((A, Step(title="Bb"), C), 1),
        ((A, D, B, C), 2),
        ((A, C), None),
        ((A, C, D), None),
    ],
)
def test_a_line_is_found_again(after: tuple[Step, ...], found: int | None) -> None:
    """A moved line and a changed line are found; a deleted one is not confused with another."""
    assert editing.found_again(DRAFT, 1, Draft(id="r", name="R", steps=after)) == found
