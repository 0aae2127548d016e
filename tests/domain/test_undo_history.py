"""Undo and redo of edits, and merging of typing."""

from __future__ import annotations

from functools import reduce
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from legato.domain import editing
from legato.domain.draft import Draft, Use
from legato.domain.editing import History, Unread
from legato.domain.routine import Step
from strategies import edits_of

if TYPE_CHECKING:
    from legato.domain.editing import Edit

QUADS, CALF = Step(title="Quads"), Step(title="Calf")
DRAFT = Draft(id="a", name="A", steps=(QUADS, CALF, Use(id="water")))


def test_undo_has_the_name_of_what_was_done() -> None:
    """The menu names the edit to undo, and then the one to redo."""
    history = History(DRAFT).do(editing.move_down(DRAFT, [0]))

    assert (history.undo_name, history.redo_name) == ("move Quads down", "")

    history = history.undo()

    assert (history.undo_name, history.redo_name) == ("", "move Quads down")
    assert history.draft == DRAFT


def test_an_edit_drops_the_redo_entries() -> None:
    """An edit after undo drops the later drafts."""
    history = History(DRAFT).do(editing.delete_steps(DRAFT, [0])).undo()

    history = history.do(editing.rename(DRAFT, "B"))

    assert history.redo() == history


def test_an_edit_that_changes_nothing_is_none() -> None:
    """Setting a field to its current value makes no undo entry."""
    history = History(DRAFT)

    assert history.do(editing.rename(DRAFT, "A")) is history


def typed(history: History, *names: str) -> History:
    """Return the history after the name was typed letter by letter."""
    return reduce(lambda one, name: one.do(editing.rename(one.draft, name)), names, history)


def test_typing_is_undone_as_one() -> None:
    """Letters typed into one field in a row are one edit."""
    history = typed(History(DRAFT), "AB", "ABC", "ABCD")

    assert len(history.past) == 1
    assert history.undo().draft == DRAFT


def test_typing_after_a_pause_is_an_edit_of_its_own() -> None:
    """Typing in a field that was left and entered again is a separate undo entry."""
    history = typed(typed(History(DRAFT), "AB").end_typing(), "ABC")

    assert history.undo().draft.name == "AB"


def test_typing_in_another_field_is_an_edit_of_its_own() -> None:
    """Typing in the name and in the description makes two undo entries."""
    history = typed(History(DRAFT), "AB")

    history = history.do(editing.describe(history.draft, "For me."))

    assert [turn.name for turn in history.past] == ["change the name", "change the description"]


def test_text_that_is_typed_and_deleted_leaves_no_entry() -> None:
    """Back at the old text there is nothing to undo."""
    assert typed(History(DRAFT), "AB", "A").past == ()


def test_an_edit_after_undo_does_not_join_what_is_left() -> None:
    """Typing after undo is a new entry, even in the same field."""
    history = typed(typed(History(DRAFT), "AB").end_typing(), "ABC").undo()

    assert typed(history, "ABX").undo().draft.name == "AB"


def test_undo_and_redo_without_anything_leave_all_as_it_is() -> None:
    """Undo and redo without entries change nothing."""
    history = History(DRAFT)

    assert history.undo() is history
    assert history.redo() is history


@settings(max_examples=30)
@given(st.data())
def test_hundreds_of_edits_are_undone_and_redone(data: st.DataObject) -> None:
    """Undoing all gives the first draft, redoing all the last, through the same drafts."""
    history = History(DRAFT)
    for _ in range(data.draw(st.integers(1, 25))):
        history = history.do(data.draw(edits_of(history.draft)))
    _check_way_back_and_forth(history)


def test_five_hundred_edits_can_be_undone() -> None:
    """Five hundred edits can be undone to the first draft."""
    random = Random(6)  # noqa: S311 - no secret
    history = History(DRAFT)
    for number in range(500):
        history = history.do(_random_edit(history.draft, number, random))
    _check_way_back_and_forth(history)


def _random_edit(draft: Draft, number: int, random: Random) -> Edit:
    if not draft.steps:
        return editing.add_steps(draft, [Step(title=f"S{number}")])
    index = random.randrange(len(draft.steps))
    made = (
        editing.add_steps(draft, [Step(title=f"S{number}")], index),
        editing.delete_steps(draft, [index]),
        editing.duplicate_steps(draft, [index]),
        editing.move_steps(draft, [index], random.randrange(len(draft.steps) + 1)),
        editing.change_steps(draft, [index], hold=float(random.randrange(1, 300))),
        editing.rename(draft, f"N{number}"),
    )
    return random.choice(made)


def _check_way_back_and_forth(history: History) -> None:
    last = history
    drafts = [history.draft]
    while history.past:
        history = history.undo()
        drafts.append(history.draft)
    assert history.draft == DRAFT
    again = [history.draft]
    while history.future:
        history = history.redo()
        again.append(history.draft)
    assert again == drafts[::-1]
    assert history.past == last.past


HALF = Unread(steps=(0,), field="hold", text="2 x 12", why="it is no time")


def refused() -> History:
    """Return a history after `2 x 12` was typed letter by letter into the first hold."""
    return History(DRAFT).do(editing.change_step(DRAFT, 0, hold=2.0)).refuse(HALF)


def test_a_refused_text_leaves_the_value_as_it_was() -> None:
    """The value of the first letters alone is not kept."""
    assert (refused().draft, refused().unread) == (DRAFT, (HALF,))


def test_a_refused_text_is_one_edit() -> None:
    """Undo removes the whole text, and redo restores it."""
    undone = refused().undo()
    assert (undone.draft, undone.unread, undone.past) == (DRAFT, (), ())
    assert undone.redo().unread == (HALF,)


def test_a_refused_text_that_is_deleted_leaves_no_entry() -> None:
    """With the value as before there is nothing to undo."""
    history = refused().do(editing.change_step(DRAFT, 0, hold=QUADS.hold))
    assert (history.unread, history.past) == ((), ())


def test_a_value_takes_the_place_of_the_text() -> None:
    """A valid value removes the refused text, in the same edit."""
    history = refused().do(editing.change_step(DRAFT, 0, hold=24.0))
    assert (history.unread, len(history.past)) == ((), 1)


def test_a_value_that_was_left_is_kept_when_more_is_typed() -> None:
    """The value is the one from when the field was entered, not from before all typing in it."""
    typed = History(DRAFT).do(editing.change_step(DRAFT, 0, hold=90.0)).end_typing()
    assert typed.refuse(HALF).draft == typed.draft


def test_a_refused_text_moves_with_its_step() -> None:
    """The text moves with its step, also past an equal step."""
    moved = refused().do(editing.move_steps(DRAFT, [0], 3))
    assert [one.steps for one in moved.unread] == [(2,)]
    twice = refused().do(editing.duplicate_steps(DRAFT, [0]))
    assert [one.steps for one in twice.unread] == [(0,)]


def test_a_refused_text_goes_with_its_step_and_comes_back() -> None:
    """Deleting the step removes its text, undo restores both."""
    history = refused()
    gone = history.do(editing.delete_steps(DRAFT, [0]))
    assert gone.unread == ()
    assert gone.undo().unread == (HALF,)


def test_another_field_of_the_step_leaves_the_text() -> None:
    """Only a value of its own field replaces the text."""
    history = refused().do(editing.change_step(DRAFT, 0, feel="The front."))
    assert history.unread == (HALF,)


def test_one_value_for_several_steps_takes_the_place_of_their_texts() -> None:
    """One value for several steps replaces the texts of all of them."""
    history = refused().do(editing.change_steps(DRAFT, [0, 1], hold=24.0))
    assert history.unread == ()
