"""Files of the editor that are nowhere on disk, for pages that edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builders import step
from legato.domain.documents import Conflict, LeftDraft, Opened, Preview
from legato.domain.draft import Draft, Use, unfold
from legato.domain.problems import Problem
from legato.domain.routine import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legato.domain.editing import Unread

THREE = Draft(id="mine", name="Mine", steps=(step("Quads"), step("Calf"), step("Shin")))


def opened(draft: Draft = THREE, **values: object) -> Opened:
    """Return an opened routine of the user's."""
    given: dict[str, object] = {
        "id": draft.id,
        "path": Path(f"{draft.id}.yaml"),
        "own": True,
        "ships": False,
        "text": f"name: {draft.name}",
        "draft": draft,
        "signature": (1, 1, 1, 1),
        **values,
    }
    return Opened(**given)  # type: ignore[arg-type] # a mapping of anything


class FakeDesk:
    """Stores everything in memory and records the calls."""

    def __init__(self, *drafts: Draft) -> None:
        self.files = {draft.id: opened(draft) for draft in drafts}
        self.saved: list[Draft] = []
        self.kept: dict[str, Draft] = {}
        self.kept_unread: dict[str, tuple[Unread, ...]] = {}
        self.begun: list[str] = []
        self.conflict: Conflict | None = None
        self.problem: Problem | None = None

    def open(self, routine_id: str) -> Opened | Problem:
        """Return the routine of that id, with its unsaved draft."""
        found = self.files.get(routine_id)
        if found is None:
            return Problem(where=routine_id, text="there is no such routine")
        left = self.kept.get(routine_id)
        unread = self.kept_unread.get(routine_id, ())
        kept = LeftDraft(draft=left, at_ns=0, unread=unread) if left else None
        return replace(found, left=kept)

    def begin(self, draft: Draft) -> Opened:
        """Return a new routine."""
        self.begun.append(draft.name)
        return opened(replace(draft, id="new"), text="", signature=(0, 0, 0, 0))

    def copy(self, routine_id: str) -> Opened | Problem:
        """Return a copy under another name."""
        found = self.open(routine_id)
        if isinstance(found, Problem) or found.draft is None:
            return Problem(where=routine_id, text="there is no such routine")
        return self.begin(replace(found.draft, name=f"{found.draft.name} (2)"))

    def resume(self, left: LeftDraft) -> Opened:
        """Return the unsaved draft."""
        return replace(self.begin(left.draft), left=left)

    def preview(self, file: Opened, draft: Draft) -> Preview | Problem:
        """Return the preview; a used routine that does not exist is a problem."""
        unfolded = unfold(draft, self._find)
        problems = tuple(
            Problem(where=str(file.path), field=f"steps[{one.step}]", text=one.text, line=3)
            for one in unfolded.errors
        )
        if not draft.name.strip():
            return Preview(
                text="",
                routine=None,
                problems=(Problem(where=str(file.path), field="name", text="a name is missing"),),
            )
        return Preview(text=draft.name, routine=unfolded.routine, problems=problems)

    def save(self, file: Opened, draft: Draft) -> Opened | Conflict | Problem:
        """Store the draft, or return the answer that the test has set, once."""
        given: Conflict | Problem | None = self.conflict or self.problem
        self.conflict = self.problem = None
        if given is not None:
            return given
        self.saved.append(draft)
        self.files[file.id] = opened(draft, signature=(2, len(self.saved), 1, 1))
        return self.files[file.id]

    def save_text(self, file: Opened, text: str) -> Opened | Conflict | Problem:
        """Store a text whose only line is the name."""
        draft = replace(file.draft or THREE, name=text.removeprefix("name: "))
        return self.save(file, draft)

    def keep_draft(
        self, file: Opened, draft: Draft, unread: tuple[Unread, ...] = ()
    ) -> Problem | None:
        """Store the draft."""
        self.kept[file.id] = draft
        self.kept_unread[file.id] = unread
        return None

    def forget_draft(self, routine_id: str) -> None:
        """Delete the draft."""
        self.kept.pop(routine_id, None)

    def left_drafts(self) -> tuple[LeftDraft, ...]:
        """Return all stored drafts."""
        return tuple(LeftDraft(draft=draft, at_ns=0) for draft in self.kept.values())

    def steps_text(self, lines: Sequence[Step | Use]) -> str:
        """Return the titles, one a line."""
        return "\n".join(one.title if isinstance(one, Step) else f"use {one.id}" for one in lines)

    def steps_of(self, text: str) -> tuple[Step | Use, ...] | Problem:
        """Return a step for each line."""
        if not text.strip():
            return Problem(where="clipboard", text="it is empty")
        return tuple(
            Use(id=line.removeprefix("use ")) if line.startswith("use ") else step(line)
            for line in text.splitlines()
        )

    def _find(self, routine_id: str) -> Draft | None:
        found = self.files.get(routine_id)
        return found.draft if found else None
