"""Edits of a routine: each function returns an Edit, the new draft with the name of the edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from legato.domain.draft import Draft, Use
from legato.domain.routine import LONGEST_SECONDS, Side, Sides, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from legato.domain.routine import Ending, Place, VoiceLevel

Line: TypeAlias = Step | Use
"""One line of a routine: a step of its own, or all steps of another routine."""

FIELD_WORDS = {
    "hold": "time",
    "repeat": "repeats",
    "release": "time to let go",
    "first": "first side",
    "where": "place",
    "night": "fitness for the night",
    "variants": "other ways",
    "folder": "picture",
    "needs": "things needed",
    "feel": "feeling",
    "easier": "easier way",
    "skip_if": "when to skip",
    "say": "spoken lines",
    "id": "routine",
    "ready": "time to get ready",
    "switch": "time to switch",
}
"""Names of fields in the name of an edit, if the field's own name is unclear to users."""


def field_words(name: str) -> str:
    """Return how a field of a line, or of the routine, is called in the name of an edit."""
    return FIELD_WORDS.get(name, name.replace("_", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A text in a field that is not a valid value: the text is kept, the value unchanged.

    Attributes:
        steps: The indexes of the lines whose field it is; empty for a field of the routine.
        field: The field's name.
        text: What was typed, character by character.
        why: Why it is not understood and what to write instead, for the user; empty if there is
            no text.
    """

    steps: tuple[int, ...] = ()
    field: str
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change of a draft.

    Attributes:
        name: What was done, worded to follow "Undo: ": `move Quads up`.
        draft: The draft afterwards.
        steps: The indexes of the edited lines in the new draft, which are then selected.
        field: The field that was edited, or empty; see `History.do`.
        unread: The texts that are not understood afterwards; None for those from before, adjusted
            to the new lines, without the fields that have a value now.
    """

    name: str
    draft: Draft
    steps: tuple[int, ...] = ()
    field: str = ""
    unread: tuple[Unread, ...] | None = None


def label(line: Line) -> str:
    """Return how a line is called in the name of an edit."""
    return line.title if isinstance(line, Step) else line.id


def found_again(before: Draft, index: int, after: Draft) -> int | None:
    """Return the index in `after` of the line at `index` of `before`; None if it is gone.

    Finds lines that were moved, and lines that were changed in place.
    """
    line = before.steps[index]
    if line in after.steps:
        return after.steps.index(line)
    same_number = len(before.steps) == len(after.steps)
    return index if same_number and after.steps[index] not in before.steps else None


def field_key(steps: Sequence[int], name: str) -> str:
    """Return the `Edit.field` of the field `name` of these lines, or of the routine."""
    if not steps:
        return name
    return f"steps{list(steps)}.{name}"


def refuse_text(draft: Draft, unread: Sequence[Unread], refused: Unread) -> Edit:
    """Keep the text of a field that is not understood, with the value as it is in `draft`."""
    whose = _labels(draft.steps[index] for index in refused.steps)
    words = field_words(refused.field)
    others = (one for one in unread if (one.steps, one.field) != (refused.steps, refused.field))
    return Edit(
        name=f"change {words} of {whose}" if whose else f"change the {words}",
        draft=draft,
        steps=refused.steps,
        field=field_key(refused.steps, refused.field),
        unread=(*others, refused) if refused.why else tuple(others),
    )


def unread_after(unread: Iterable[Unread], before: Draft, edit: Edit) -> tuple[Unread, ...]:
    """Return the texts that are still not understood after `edit` has changed `before`.

    A text moves with its lines. It is dropped with a deleted line, or if its field has a value now.
    """
    found = []
    for one in unread:
        steps = tuple(_place_after(before, index, edit.draft) for index in one.steps)
        if None in steps:
            continue
        now = replace(one, steps=tuple(step for step in steps if step is not None))
        same_field = edit.field == field_key(edit.steps, now.field)
        within = set(now.steps) <= set(edit.steps) and bool(now.steps) == bool(edit.steps)
        if not (same_field and within):
            found.append(now)
    return tuple(found)


def _place_after(before: Draft, index: int, after: Draft) -> int | None:
    """Return the index in `after` of the same object as at `index` of `before`; None if it is gone.

    An edit keeps the objects of the lines that it does not change. If an object occurs several
    times, as after duplicating, the occurrences are matched in order.
    """
    line = before.steps[index]
    earlier = sum(one is line for one in before.steps[:index])
    places = [at for at, one in enumerate(after.steps) if one is line]
    if places:
        return places[min(earlier, len(places) - 1)]
    same_number = len(before.steps) == len(after.steps)
    is_new = same_number and not any(after.steps[index] is one for one in before.steps)
    return index if is_new else None


def add_steps(draft: Draft, lines: Sequence[Line], at: int | None = None) -> Edit:
    """Insert `lines` before index `at`, or at the end."""
    return _inserted(draft, lines, at, "add")


def paste_steps(draft: Draft, lines: Sequence[Line], at: int | None = None) -> Edit:
    """Insert copied `lines` before index `at`, or at the end."""
    return _inserted(draft, lines, at, "paste")


def duplicate_steps(draft: Draft, indexes: Iterable[int]) -> Edit:
    """Insert a copy of the lines at `indexes` after the last of them."""
    chosen = _checked(draft, indexes)
    copies = [draft.steps[index] for index in chosen]
    return _inserted(draft, copies, chosen[-1] + 1 if chosen else None, "duplicate")


def delete_steps(draft: Draft, indexes: Iterable[int]) -> Edit:
    """Delete the lines at `indexes`, and select the one that follows."""
    chosen = _checked(draft, indexes)
    gone = frozenset(chosen)
    steps = tuple(line for index, line in enumerate(draft.steps) if index not in gone)
    after = (min(chosen[0], len(steps) - 1),) if chosen and steps else ()
    name = f"delete {_labels(draft.steps[index] for index in chosen)}"
    return Edit(name=name, draft=replace(draft, steps=steps), steps=after)


def cut_steps(draft: Draft, indexes: Iterable[int]) -> Edit:
    """Delete the lines at `indexes`, as `delete_steps` does, after they were copied."""
    edit = delete_steps(draft, indexes)
    return replace(edit, name=edit.name.replace("delete", "cut", 1))


def move_steps(draft: Draft, indexes: Iterable[int], to: int) -> Edit:
    """Move the lines at `indexes`, in their order, before the line that is now at index `to`.

    Args:
        draft: The routine.
        indexes: The lines to move.
        to: An index of `draft`, or its length for the end; clamped to that range.
    """
    chosen = _checked(draft, indexes)
    moving = [draft.steps[index] for index in chosen]
    to = max(0, min(to, len(draft.steps)))
    staying = [line for index, line in enumerate(draft.steps) if index not in chosen]
    at = to - sum(index < to for index in chosen)
    steps = (*staying[:at], *moving, *staying[at:])
    places = range(at, at + len(moving))
    direction = "up" if sum(places) < sum(chosen) else "down"
    return Edit(
        name=f"move {_labels(moving)} {direction}",
        draft=replace(draft, steps=steps),
        steps=tuple(places),
    )


def move_up(draft: Draft, indexes: Iterable[int]) -> Edit:
    """Move the lines at `indexes` before the one above the first of them."""
    chosen = _checked(draft, indexes)
    return move_steps(draft, chosen, chosen[0] - 1 if chosen else 0)


def move_down(draft: Draft, indexes: Iterable[int]) -> Edit:
    """Move the lines at `indexes` after the one below the last of them."""
    chosen = _checked(draft, indexes)
    return move_steps(draft, chosen, chosen[-1] + 2 if chosen else 0)


def replace_step(draft: Draft, index: int, line: Line, name: str = "") -> Edit:
    """Replace the line at `index` by `line`."""
    (index,) = _checked(draft, [index])
    name = name or f"change {label(draft.steps[index])}"
    return Edit(name=name, draft=_with(draft, {index: line}), steps=(index,))


def split_sides(draft: Draft, index: int) -> Edit:
    """Replace the line at `index` by one for each side, so that each can have its own times.

    The side that was first stays first; for a `use` line the right side is first.
    """
    (index,) = _checked(draft, [index])
    line = draft.steps[index]
    left_first = isinstance(line, Step) and line.first is Side.LEFT
    order = (Sides.LEFT, Sides.RIGHT) if left_first else (Sides.RIGHT, Sides.LEFT)
    both = tuple(replace(line, sides=side) for side in order)
    return Edit(
        name=f"give each side of {label(line)} its own time",
        draft=replace(draft, steps=(*draft.steps[:index], *both, *draft.steps[index + 1 :])),
        steps=(index,),
    )


def change_step(draft: Draft, index: int, **values: Any) -> Edit:  # noqa: ANN401 - any field
    """Set fields of the line at `index`; changing a single field counts as typing.

    Raises:
        ValueError: A value is out of range, or a title empty; nothing is changed.
        TypeError: The line has no such field.
    """
    (index,) = _checked(draft, [index])
    before = draft.steps[index]
    field = f"steps[{index}].{next(iter(values))}" if len(values) == 1 else ""
    return Edit(
        name=_change_name(values, label(before)),
        draft=_with(draft, {index: replace(before, **values)}),
        steps=(index,),
        field=field,
    )


def change_steps(draft: Draft, indexes: Iterable[int], **values: Any) -> Edit:  # noqa: ANN401
    """Set `hold`, `sides` or `repeat` of the lines at `indexes`, also of `use` lines.

    Raises:
        ValueError: A value is out of range; nothing is changed.
        TypeError: A line among them has no such field.
    """
    chosen = _checked(draft, indexes)
    changed = {index: replace(draft.steps[index], **values) for index in chosen}
    return Edit(
        name=_change_name(values, _labels(draft.steps[index] for index in chosen)),
        draft=_with(draft, changed),
        steps=chosen,
        field=f"steps{list(chosen)}.{next(iter(values))}" if len(values) == 1 else "",
    )


def _inserted(draft: Draft, lines: Sequence[Line], at: int | None, verb: str) -> Edit:
    at = len(draft.steps) if at is None else max(0, min(at, len(draft.steps)))
    # Each line is an object of its own: the writer distinguishes a line from its copy by identity.
    lines = [replace(line) for line in lines]
    steps = (*draft.steps[:at], *lines, *draft.steps[at:])
    return Edit(
        name=f"{verb} {_labels(lines)}",
        draft=replace(draft, steps=steps),
        steps=tuple(range(at, at + len(lines))),
    )


def _with(draft: Draft, changed: dict[int, Line]) -> Draft:
    steps = tuple(changed.get(index, line) for index, line in enumerate(draft.steps))
    return replace(draft, steps=steps)


def _checked(draft: Draft, indexes: Iterable[int]) -> tuple[int, ...]:
    """Return `indexes` sorted, without duplicates; raises IndexError if one has no line."""
    chosen = tuple(sorted(set(indexes)))
    if chosen and (chosen[0] < 0 or chosen[-1] >= len(draft.steps)):
        raise IndexError(f"there are {len(draft.steps)} steps; not all of {chosen} are there")
    return chosen


def _labels(lines: Iterable[Line]) -> str:
    """Return how lines are called in the name of an edit: the label of one, or their number."""
    labels = [label(line) for line in lines]
    if not labels:
        return ""
    return labels[0] if len(labels) == 1 else f"{len(labels)} steps"


def _change_name(values: Collection[str], whose: str) -> str:
    words = list(dict.fromkeys(field_words(name) for name in values))
    if words == ["title"]:
        return f"rename {whose}"
    return f"change {words[0]} of {whose}" if len(words) == 1 else f"change {whose}"


def rename(draft: Draft, name: str) -> Edit:
    """Set the name of the routine; its id, which is its file's stem, is unchanged."""
    return _changed(draft, "change the name", "name", name)


def describe(draft: Draft, about: str) -> Edit:
    """Set the description of the routine."""
    return _changed(draft, "change the description", "about", about)


def set_eases(draft: Draft, places: Iterable[Place]) -> Edit:
    """Set the places on the leg that the routine eases, without duplicates, in this order."""
    chosen = tuple(dict.fromkeys(places))
    return replace(_changed(draft, "change what it eases", "eases", chosen), field="")


def set_ready(draft: Draft, seconds: float | None) -> Edit:
    """Set the seconds to get into place; None uses those of the steps.

    Raises:
        ValueError: The time is out of range.
    """
    return _changed(draft, "change the time to get ready", "ready", _checked_routine(seconds))


def set_switch(draft: Draft, seconds: float | None) -> Edit:
    """Set the seconds to change sides; None uses those of the steps.

    Raises:
        ValueError: The time is out of range.
    """
    return _changed(draft, "change the time to switch", "switch", _checked_routine(seconds))


def set_voice(draft: Draft, level: VoiceLevel | None) -> Edit:
    """Set the voice level of the routine; None uses the user's."""
    return replace(_changed(draft, "change the voice", "voice", level), field="")


def set_end(draft: Draft, end: Ending) -> Edit:
    """Set the sound at the end of the routine."""
    return replace(_changed(draft, "change the ending", "end", end), field="")


def _changed(draft: Draft, name: str, field: str, value: Any) -> Edit:  # noqa: ANN401 - any field
    return Edit(name=name, draft=replace(draft, **{field: value}), field=field)


def _checked_routine(seconds: float | None) -> float | None:
    if seconds is not None and not 0 <= seconds <= LONGEST_SECONDS:
        raise ValueError(f"a time must be 0 to {LONGEST_SECONDS:g} seconds, not {seconds}")
    return seconds


class UndoEntry(NamedTuple):
    """A draft to return to, its texts that are not understood, and the name of the edit."""

    name: str
    draft: Draft
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """A draft with its undo and redo entries.

    Attributes:
        draft: The current draft.
        past: The drafts before each edit, the first one first.
        future: The drafts after each edit that was undone, the next one to redo last.
        typing: The field of the last edit; the next edit of the same field merges with it.
        unread: The texts of fields that are not understood now.
    """

    draft: Draft
    past: tuple[UndoEntry, ...] = ()
    future: tuple[UndoEntry, ...] = ()
    typing: str = ""
    unread: tuple[Unread, ...] = ()

    @property
    def undo_name(self) -> str:
        """The name of the edit that `undo` reverts, such as `move Quads up`, or empty."""
        return self.past[-1].name if self.past else ""

    @property
    def redo_name(self) -> str:
        """The name of the edit that `redo` repeats, or empty."""
        return self.future[-1].name if self.future else ""

    def do(self, edit: Edit) -> History:
        """Return the history after `edit`; an edit that changes nothing is ignored.

        Successive edits of one field are merged into one undo entry, so that a word is undone at
        once and not letter by letter.
        """
        unread = edit.unread
        if unread is None:
            unread = unread_after(self.unread, self.draft, edit)
        if edit.draft == self.draft and unread == self.unread:
            return self
        now = replace(self, draft=edit.draft, unread=unread, future=(), typing=edit.field)
        if edit.field and edit.field == self.typing and self.past:
            begun = self.past[-1]
            if (edit.draft, unread) != (begun.draft, begun.unread):
                return now
            # Typed and deleted again: drop the undo entry.
            return replace(now, past=self.past[:-1], typing="")
        return replace(now, past=(*self.past, self._turn(edit.name)))

    def refuse(self, refused: Unread) -> History:
        """Return the history with a text in a field that is not understood.

        The field gets the value from before the typing began, not the value that the first
        letters happened to mean.
        """
        draft = self.draft
        edit = refuse_text(draft, self.unread, refused)
        if edit.field == self.typing and self.past:
            edit = replace(edit, draft=self.past[-1].draft)
        return self.do(edit)

    def undo(self) -> History:
        """Return the history with the last edit undone, or unchanged if there is none."""
        if not self.past:
            return self
        name, before, unread = self.past[-1]
        future = (*self.future, self._turn(name))
        return History(before, self.past[:-1], future, unread=unread)

    def redo(self) -> History:
        """Return the history with the last undone edit repeated, or unchanged if there is none."""
        if not self.future:
            return self
        name, after, unread = self.future[-1]
        past = (*self.past, self._turn(name))
        return History(after, past, self.future[:-1], unread=unread)

    def end_typing(self) -> History:
        """Return the history with merging ended: the next typing is an undo entry of its own."""
        return replace(self, typing="") if self.typing else self

    def _turn(self, name: str) -> UndoEntry:
        return UndoEntry(name, self.draft, self.unread)
