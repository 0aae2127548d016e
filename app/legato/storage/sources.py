"""Routine files as they were read, their signatures, and the references between them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from legato.domain.documents import NO_FILE
from legato.domain.draft import Draft, UnfoldError, Use, unfold
from legato.domain.problems import Problem, did_you_mean
from legato.storage.file_names import composed
from legato.storage.routine_files import beside
from legato.storage.routine_reader import Reading, read_routine
from legato.storage.yaml.types import capped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from legato.domain.documents import Signature
    from legato.domain.routine import Routine
    from legato.storage.yaml.nodes import Position

_START = (1, 1)
_IS_STEP = re.compile(r"steps\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file and its content.

    Attributes:
        path: The file.
        signature: Its signature just before it was read.
        reading: Its content.
    """

    path: Path
    signature: Signature
    reading: Reading

    @property
    def draft(self) -> Draft | None:
        """The draft in it, as far as it could be read."""
        return self.reading.draft

    @property
    def sound(self) -> bool:
        """Whether the file itself has no problems, so that others may use it."""
        return self.reading.draft is not None and not self.reading.problems

    @property
    def modified_ns(self) -> int:
        """When it was last changed, in nanoseconds of wall time."""
        return self.signature[1]

    def step_place(self, index: int) -> tuple[int, int]:
        """Return the line and the column of step `index`."""
        place: Position | tuple[int, int] = self.reading.places.get(f"steps[{index}]", _START)
        return place[0], place[1]

    def slim(self) -> Source:
        """Return a copy without the places of single fields, which saves memory in a cache."""
        places = {
            path: place for path, place in self.reading.places.items() if _IS_STEP.fullmatch(path)
        }
        return replace(self, reading=replace(self.reading, places=places))


class Sources(Protocol):
    """Finds routine files by id."""

    def source(self, routine_id: str) -> Source | None:
        """Return the file of `routine_id`, or None."""

    def known_ids(self) -> tuple[str, ...]:
        """Return all ids, for "did you mean"."""


def signature(path: Path) -> Signature:
    """Return the signature of the file, which differs once it is changed or replaced."""
    try:
        status = os.stat(path)  # noqa: PTH116 - called for thousands of files at a time
    except (OSError, ValueError):
        return NO_FILE
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def read_source(path: Path) -> Source:
    """Read the file at `path`; its content never raises."""
    seen = signature(path)
    return Source(path, seen, read_routine(path))


class SiblingSources:
    """The routine files of one folder; each is read once, when it is needed.

    Args:
        folder: The folder.
        others: Finds the ids that are not in it.
    """

    def __init__(self, folder: Path, others: Sources) -> None:
        self._folder = folder
        self._others = others
        self._found: dict[str, Source | None] = {}

    def source(self, routine_id: str) -> Source | None:
        """Return the file of `routine_id`, or None."""
        if routine_id not in self._found:
            path = beside(self._folder, routine_id)
            self._found[routine_id] = read_source(path).slim() if path else None
        return self._found[routine_id] or self._others.source(routine_id)

    def known_ids(self) -> tuple[str, ...]:
        """Return all ids."""
        return self._others.known_ids()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A routine file as an entry of the library.

    Attributes:
        id: The stem of the file.
        path: The file.
        own: Whether it is the user's; one that ships is never changed.
        is_move: Whether it is a single exercise, a building block of routines.
        name: The name to show; the id if the file has none.
        draft: The draft as far as it could be read, or None.
        routine: The routine that runs; None exactly if there are problems.
        problems: Its problems, at most a hundred and one that counts the rest.
        modified_ns: When the file was last changed, in nanoseconds of wall time; 0 if unknown.
    """

    id: str
    path: Path
    own: bool
    is_move: bool
    name: str
    draft: Draft | None
    routine: Routine | None
    problems: tuple[Problem, ...] = ()
    modified_ns: int = 0


class Checked(NamedTuple):
    """A file, or a folder that cannot be read, and its problems."""

    path: Path
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A file with its references resolved.

    Attributes:
        entry: Its entry.
        uses: Every id that it depends on, even if it does not exist.
        problems: All problems, of which the entry shows a hundred.
    """

    entry: Entry
    uses: frozenset[str]
    problems: tuple[Problem, ...]


def resolve_uses(
    source: Source,
    sources: Sources,
    *,
    own: bool,
    is_move: bool = False,
    more: Iterable[Problem] = (),
) -> Resolved:
    """Return the entry of `source`.

    Args:
        source: The file.
        sources: Finds the routines that it uses.
        own: Whether it is the user's.
        is_move: Whether it is a single move.
        more: Problems of the file apart from its content.
    """
    draft = source.draft
    problems = [*more, *source.reading.problems]
    graph = _Graph(draft, sources) if draft else None
    routine = None
    if draft and graph:
        routine, faults = _unfolded(draft, graph, sources)
        problems += (_problem(source, fault) for fault in faults)
    problems.sort(key=lambda one: (one.line, one.column))
    entry = Entry(
        id=composed(source.path.stem),
        path=source.path,
        own=own,
        is_move=is_move,
        name=draft.name if draft else _in_one_row(composed(source.path.stem)),
        draft=draft,
        routine=None if problems else routine,
        problems=capped(problems),
        modified_ns=source.modified_ns,
    )
    return Resolved(entry, graph.reached if graph else frozenset(), tuple(problems))


def _in_one_row(name: str) -> str:
    """Return the name of a file without line breaks and marks that turn it round."""
    return "".join(one if one.isprintable() else "\ufffd" for one in name)


def _unfolded(
    draft: Draft, graph: _Graph, sources: Sources
) -> tuple[Routine | None, list[UnfoldError]]:
    """Unfold the lines where possible; return an error for each of the others."""
    faults: list[UnfoldError] = []
    kept: list[int] = []
    for index, line in enumerate(draft.steps):
        if isinstance(line, Use) and line.id in graph.broken_ids:
            faults.append(_broken_use(index, line.id, sources, guess=len(faults) < MOST_GUESSES))
        else:
            kept.append(index)
    if not kept:
        return None, faults
    lines = tuple(draft.steps[index] for index in kept)
    unfolded = unfold(replace(draft, steps=lines), graph.find)
    faults += (replace(fault, step=kept[fault.step]) for fault in unfolded.errors)
    return unfolded.routine, faults


MOST_GUESSES = 3
"""A file with more unknown ids has another trouble than a slip of the hand."""


def _broken_use(index: int, used: str, sources: Sources, *, guess: bool) -> UnfoldError:
    source = sources.source(used)
    if source is None:
        hint = did_you_mean(used, sources.known_ids()) if guess else ""
        return UnfoldError(step=index, text=f"there is no routine {used}", hint=hint)
    text = f"{used}, which is used here, has problems of its own"
    return UnfoldError(step=index, text=text, hint=f"look into {source.path}")


def _problem(source: Source, fault: UnfoldError) -> Problem:
    line, column = source.step_place(fault.step)
    return Problem(
        where=str(source.path),
        line=line,
        column=column,
        field=f"steps[{fault.step}]",
        text=fault.text,
        hint=fault.hint,
    )


class _Graph:
    """The routines that a draft uses, directly and through others.

    Attributes:
        reached: The ids of all of them.
        broken_ids: Those that lead to a file that is missing or has problems.
    """

    def __init__(self, draft: Draft, sources: Sources) -> None:
        self._drafts = {draft.id: draft}
        users: dict[str, list[str]] = {}
        broken: list[str] = []
        # The draft itself is not checked here: `unfold` reports a circle through it.
        waiting = [one for one in _used(draft) if one != draft.id]
        seen = {draft.id, *waiting}
        while waiting:
            one = waiting.pop()
            source = sources.source(one)
            if source is None or source.draft is None or not source.sound:
                broken.append(one)
                continue
            self._drafts[one] = source.draft
            for used in _used(source.draft):
                users.setdefault(used, []).append(one)
                if used not in seen:
                    seen.add(used)
                    waiting.append(used)
        self.reached = frozenset(seen) - {draft.id}
        self.broken_ids = _closure(broken, users)

    def find(self, routine_id: str) -> Draft | None:
        """Return the draft of an id, or None if it cannot be used."""
        return self._drafts.get(routine_id)


def _used(draft: Draft) -> dict[str, None]:
    return dict.fromkeys(line.id for line in draft.steps if isinstance(line, Use))


def _closure(broken: list[str], users: dict[str, list[str]]) -> frozenset[str]:
    broken_ids = set(broken)
    waiting = list(broken)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in broken_ids:
                broken_ids.add(user)
                waiting.append(user)
    return frozenset(broken_ids)
