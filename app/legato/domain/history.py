"""Undo and redo: what was done so far and what was taken back, as past values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from legato.domain.draft import Draft
    from legato.domain.editing import Edit


class Turn(NamedTuple):
    """A draft that can be gone to, and the name of the edit that lies between."""

    name: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class History:
    """A draft and the way to it.

    Attributes:
        draft: What it is now.
        past: The drafts before each edit, the first one first.
        future: The drafts after each edit that was taken back, the next one last.
        typing: The field that the last edit typed in; more of the same joins it.
    """

    draft: Draft
    past: tuple[Turn, ...] = ()
    future: tuple[Turn, ...] = ()
    typing: str = ""

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
        if edit.draft == self.draft:
            return self
        if edit.field and edit.field == self.typing and self.past:
            begun = self.past[-1]
            # Typed and rubbed out again: as if it had never been.
            past = self.past[:-1] if edit.draft == begun.draft else self.past
            return History(edit.draft, past, (), edit.field if past is self.past else "")
        return History(edit.draft, (*self.past, Turn(edit.name, self.draft)), (), edit.field)

    def undo(self) -> History:
        """Return the history with the last edit taken back; as it is where there is none."""
        if not self.past:
            return self
        name, before = self.past[-1]
        return History(before, self.past[:-1], (*self.future, Turn(name, self.draft)))

    def redo(self) -> History:
        """Return the history with the edit last taken back done again; as it is without one."""
        if not self.future:
            return self
        name, after = self.future[-1]
        return History(after, (*self.past, Turn(name, self.draft)), self.future[:-1])

    def settled(self) -> History:
        """Return the history in which the next typing is an edit of its own."""
        return replace(self, typing="") if self.typing else self
