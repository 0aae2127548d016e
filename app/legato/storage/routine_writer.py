"""Saves what has changed in a routine into the text that somebody wrote, and nothing else.

A round trip through a YAML library keeps comments but not lines: it wraps, indents and aligns the
whole file anew. So only the pieces that differ are put into the text; all other characters stay.
What comes of it is read by the loader and compared before anybody gets to see it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from yaml.error import YAMLError

from legato.domain.problems import BadData, Problem
from legato.storage.routine_reader import parse_routine
from legato.storage.routine_text import as_read
from legato.storage.yaml.patch import count_aliases, draft_splices, expanded
from legato.storage.yaml.spans import ShapeError, parse_spans, spliced

if TYPE_CHECKING:
    from collections.abc import Collection

    from legato.domain.draft import Draft
    from legato.storage.routine_reader import Reading

_BOM = "\ufeff"
_MOST_ALIASES_TRIED = 40
_MOST_TRIED = 400_000
"""Characters, all tries together: the window waits for them, a second at most."""
_NOT_IN_PLACE = "this change does not fit into the file as it is written"
_BY_HAND = "nothing is lost: make it in your text editor, or save as a new routine"


def rewritten(text: str, wanted: Draft, where: str = "") -> str:
    """Return `text` changed so that the loader reads it as `wanted`.

    Comments, order, quotes, unknown keys, spellings of times that stay the same and all that
    cannot be read are as they were.

    Args:
        text: A routine file in which a routine can be read, whatever is wrong with it.
        wanted: What it is to say.
        where: The file's path, for problems.

    Raises:
        BadData: There is nothing to change in it, or it cannot be changed so; with one problem.
    """
    before = _read(text, wanted.id, where)
    if before.draft is None:
        raise BadData(before.problems[:1])
    old, new = as_read(before.draft), as_read(wanted)
    if old == new:
        return text
    writer = _Writer(text, before, new, where)
    return writer.written()


def _read(text: str, routine_id: str, where: str) -> Reading:
    return parse_routine(text.encode(), routine_id=routine_id, where=where)


def _new_fault(before: Reading, after: Reading) -> Problem | None:
    """Return what is wrong now and was not: it says best why a value cannot be kept."""
    known = {(problem.field, problem.text) for problem in before.problems}
    for problem in after.problems:
        if (problem.field, problem.text) not in known:
            return replace(problem, line=1, column=1)
    return None


class _Writer:
    """One change of one text."""

    def __init__(self, text: str, before: Reading, new: Draft, where: str) -> None:
        assert before.draft is not None, "there is something to change"  # noqa: S101
        self._frame = _Frame(text)
        self._before = before
        self._old = as_read(before.draft)
        self._new = new
        self._where = where
        self._fault: Problem | None = None

    def written(self) -> str:
        """Return the changed text; raises BadData."""
        changed = self._try(())
        if changed is None and (count := count_aliases(self._frame.body)):
            changed = self._try_without_aliases(count)
        if changed is None:
            text, hint = _NOT_IN_PLACE, _BY_HAND
            raise BadData([self._fault or Problem(where=self._where, text=text, hint=hint)])
        return changed

    def _try_without_aliases(self, count: int) -> str | None:
        """Return the text in which as few aliases as need be are written out.

        Where there are many, or much text, all of them are.
        """
        which = set(range(count))
        best = self._try(which)
        if best is None or count > _MOST_ALIASES_TRIED or count * len(best) > _MOST_TRIED:
            return best
        for one in range(count):
            if (better := self._try(which - {one})) is not None:
                best = better
                which.discard(one)
        return best

    def _try(self, which: Collection[int]) -> str | None:
        """Return the text if it is read as wanted, the aliases `which` written out."""
        body = expanded(self._frame.body, which) if which else self._frame.body
        try:
            root = parse_spans(body)
            if root is None:
                return None
            changed = spliced(body, draft_splices(body, root, self._old, self._new))
        except (ShapeError, YAMLError):  # a key that was written out may be too long for YAML
            return None
        whole = self._frame.around(changed)
        after = _read(whole, self._new.id, self._where)
        if after.draft is not None and as_read(after.draft) == self._new:
            return whole
        self._fault = self._fault or _new_fault(self._before, after)
        return None


class _Frame:
    """What a text begins and ends with, and its kind of line break, put aside and put back."""

    def __init__(self, text: str) -> None:
        self._bom = _BOM if text.startswith(_BOM) else ""
        self._is_dos = "\r\n" in text and text.count("\r\n") == text.count("\n")
        body = text.removeprefix(_BOM)
        body = body.replace("\r\n", "\n") if self._is_dos else body
        self._is_open = not body.endswith("\n")
        self.body = body + "\n" if self._is_open else body

    def around(self, body: str) -> str:
        """Return `body` in the frame."""
        body = body.removesuffix("\n") if self._is_open else body
        return self._bom + (body.replace("\n", "\r\n") if self._is_dos else body)
