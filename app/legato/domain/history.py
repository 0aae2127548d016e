"""Undo and redo: what was done so far and what was taken back, as past values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from legato.domain.editing import refuse_text, unread_after

if TYPE_CHECKING:
    from legato.domain.draft import Draft
    from legato.domain.editing import Edit, Unread


class Turn(NamedTuple):
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
    past: tuple[Turn, ...] = ()
    future: tuple[Turn, ...] = ()
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

    def _turn(self, name: str) -> Turn:
        return Turn(name, self.draft, self.unread)
