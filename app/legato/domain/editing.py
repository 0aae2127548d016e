"""Edits of a routine's steps: each returns the draft as it is afterwards, and what was done."""

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
"""What a field is called in the name of an edit, where its own name would not be understood."""


def field_words(name: str) -> str:
    """Return what a field of a line, or of the routine, is called in the name of an edit."""
    return FIELD_WORDS.get(name, name.replace("_", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A text in a field that is not a value: it is kept, and the value stays unchanged.

    Attributes:
        steps: The lines whose field it is, by their index; none for a field of the routine.
        field: The field's name.
        text: What was typed, character by character.
        why: Why it is not understood and what to write instead, for a person; empty where it says
            nothing after all.
    """

    steps: tuple[int, ...] = ()
    field: str
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One thing that was done to a draft.

    Attributes:
        name: What was done, so that it goes on from "Undo: ": `move Quads up`.
        draft: The draft afterwards.
        steps: The lines it was about, by their index afterwards: what to show as chosen.
        field: The field that was typed in, or empty; see `History.do`.
        unread: The texts that are not understood afterwards; None for those there were before, each
            with its lines, less those of the fields that have a value now.
    """

    name: str
    draft: Draft
    steps: tuple[int, ...] = ()
    field: str = ""
    unread: tuple[Unread, ...] | None = None


def label(line: Line) -> str:
    """Return what a line is called in the name of an edit."""
    return line.title if isinstance(line, Step) else line.id


def found_again(before: Draft, index: int, after: Draft) -> int | None:
    """Return where the line at `index` of `before` is in `after`; None where it is gone.

    It may have been moved as it is, or changed where it is.
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
    """Return the texts that are still not understood once `edit` has changed `before`.

    Each goes along with its lines; it goes with a line that is taken out, and where its field is
    given a value.
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
    """Return where the very line at `index` of `before` is in `after`; None where it is gone.

    Lines that an edit does not change are the same objects. Of a line that occurs several
    times, as after duplicating it, the first is the first.
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
    """Put `lines` before index `at`, or at the end."""
    return _inserted(draft, lines, at, "add")


def paste_steps(draft: Draft, lines: Sequence[Line], at: int | None = None) -> Edit:
    """Put copied `lines` before index `at`, or at the end."""
    return _inserted(draft, lines, at, "paste")


def duplicate_steps(draft: Draft, indexes: Iterable[int]) -> Edit:
    """Put a copy of the lines at `indexes` after the last of them."""
    chosen = _checked(draft, indexes)
    copies = [draft.steps[index] for index in chosen]
    return _inserted(draft, copies, chosen[-1] + 1 if chosen else None, "duplicate")


def delete_steps(draft: Draft, indexes: Iterable[int]) -> Edit:
    """Take the lines at `indexes` out; the one that follows is shown as chosen."""
    chosen = _checked(draft, indexes)
    gone = frozenset(chosen)
    steps = tuple(line for index, line in enumerate(draft.steps) if index not in gone)
    after = (min(chosen[0], len(steps) - 1),) if chosen and steps else ()
    name = f"delete {_labels(draft.steps[index] for index in chosen)}"
    return Edit(name=name, draft=replace(draft, steps=steps), steps=after)


def cut_steps(draft: Draft, indexes: Iterable[int]) -> Edit:
    """Take the lines at `indexes` out, as `delete_steps` does, once they are copied."""
    edit = delete_steps(draft, indexes)
    return replace(edit, name=edit.name.replace("delete", "cut", 1))


def move_steps(draft: Draft, indexes: Iterable[int], to: int) -> Edit:
    """Put the lines at `indexes`, in their order, before the line that is now at index `to`.

    Args:
        draft: The routine.
        indexes: Which lines.
        to: An index of the draft as it is, or its length for the end; beyond is held within.
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
    """Put the lines at `indexes` before the one above the first of them."""
    chosen = _checked(draft, indexes)
    return move_steps(draft, chosen, chosen[0] - 1 if chosen else 0)


def move_down(draft: Draft, indexes: Iterable[int]) -> Edit:
    """Put the lines at `indexes` after the one below the last of them."""
    chosen = _checked(draft, indexes)
    return move_steps(draft, chosen, chosen[-1] + 2 if chosen else 0)


def replace_step(draft: Draft, index: int, line: Line, name: str = "") -> Edit:
    """Put `line` in the place of the one at `index`."""
    (index,) = _checked(draft, [index])
    name = name or f"change {label(draft.steps[index])}"
    return Edit(name=name, draft=_with(draft, {index: line}), steps=(index,))


def split_sides(draft: Draft, index: int) -> Edit:
    """Put a line for each side in the place of the one at `index`, so that each has its own time.

    The side that came first comes first; of a used routine that is the right one, as a rule.
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
    """Give fields of the line at `index` other values; one field alone counts as typed in.

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
    """Give the same `hold`, `sides` or `repeat` to the lines at `indexes`, used ones too.

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
    # Each line is an object of its own: by it the writer knows a line from a copy of it.
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
    """Return `indexes` once each and in order; raises IndexError for one without a line."""
    chosen = tuple(sorted(set(indexes)))
    if chosen and (chosen[0] < 0 or chosen[-1] >= len(draft.steps)):
        raise IndexError(f"there are {len(draft.steps)} steps; not all of {chosen} are there")
    return chosen


def _labels(lines: Iterable[Line]) -> str:
    """Return what lines are called in the name of an edit: the label of one, or their number."""
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
    """Call the routine `name`; its id, which is its file's, stays."""
    return _changed(draft, "change the name", "name", name)


def describe(draft: Draft, about: str) -> Edit:
    """Say what the routine is for."""
    return _changed(draft, "change the description", "about", about)


def set_eases(draft: Draft, places: Iterable[Place]) -> Edit:
    """Say which places on the leg it eases, each once, in the order given."""
    chosen = tuple(dict.fromkeys(places))
    return replace(_changed(draft, "change what it eases", "eases", chosen), field="")


def set_ready(draft: Draft, seconds: float | None) -> Edit:
    """Give the time to get into place, or None for what the steps bring; raises ValueError."""
    return _changed(draft, "change the time to get ready", "ready", _checked_routine(seconds))


def set_switch(draft: Draft, seconds: float | None) -> Edit:
    """Give the time to change sides, or None for what the steps bring; raises ValueError."""
    return _changed(draft, "change the time to switch", "switch", _checked_routine(seconds))


def set_voice(draft: Draft, level: VoiceLevel | None) -> Edit:
    """Give the routine a voice level of its own, or None for the user's."""
    return replace(_changed(draft, "change the voice", "voice", level), field="")


def set_end(draft: Draft, end: Ending) -> Edit:
    """Say what is heard at the end."""
    return replace(_changed(draft, "change the ending", "end", end), field="")


def _changed(draft: Draft, name: str, field: str, value: Any) -> Edit:  # noqa: ANN401 - any field
    return Edit(name=name, draft=replace(draft, **{field: value}), field=field)


def _checked_routine(seconds: float | None) -> float | None:
    if seconds is not None and not 0 <= seconds <= LONGEST_SECONDS:
        raise ValueError(f"a time must be 0 to {LONGEST_SECONDS:g} seconds, not {seconds}")
    return seconds


class UndoEntry(NamedTuple):
    """A draft that can be gone to, its texts, and the name of the edit that lies between."""

    name: str
    draft: Draft
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """A draft and the way to it.

    Attributes:
        draft: What it is now.
        past: The drafts before each edit, the first one first.
        future: The drafts after each edit that was taken back, the next one last.
        typing: The field that the last edit typed in; more of the same joins it.
        unread: The texts of fields that stand for no value now.
    """

    draft: Draft
    past: tuple[UndoEntry, ...] = ()
    future: tuple[UndoEntry, ...] = ()
    typing: str = ""
    unread: tuple[Unread, ...] = ()

    @property
    def undo_name(self) -> str:
        """What `undo` would take back, such as `move Quads up`, or empty."""
        return self.past[-1].name if self.past else ""

    @property
    def redo_name(self) -> str:
        """What `redo` would do again, or empty."""
        return self.future[-1].name if self.future else ""

    def do(self, edit: Edit) -> History:
        """Return the history with `edit` done; one that changes nothing leaves it as it is.

        An edit of the field that the one before it typed in joins that one, so that a word is
        taken back as a word and not letter by letter.
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
            # Typed and rubbed out again: as if it had never been.
            return replace(now, past=self.past[:-1], typing="")
        return replace(now, past=(*self.past, self._turn(edit.name)))

    def refuse(self, refused: Unread) -> History:
        """Return the history with a text in a field that is not understood.

        The value is as it was before that field was typed in: what its first letters happened to
        mean is not kept.
        """
        draft = self.draft
        edit = refuse_text(draft, self.unread, refused)
        if edit.field == self.typing and self.past:
            edit = replace(edit, draft=self.past[-1].draft)
        return self.do(edit)

    def undo(self) -> History:
        """Return the history with the last edit taken back; as it is where there is none."""
        if not self.past:
            return self
        name, before, unread = self.past[-1]
        future = (*self.future, self._turn(name))
        return History(before, self.past[:-1], future, unread=unread)

    def redo(self) -> History:
        """Return the history with the edit last taken back done again; as it is without one."""
        if not self.future:
            return self
        name, after, unread = self.future[-1]
        past = (*self.past, self._turn(name))
        return History(after, past, self.future[:-1], unread=unread)

    def settled(self) -> History:
        """Return the history in which the next typing is an edit of its own."""
        return replace(self, typing="") if self.typing else self

    def _turn(self, name: str) -> UndoEntry:
        return UndoEntry(name, self.draft, self.unread)
