"""Makes an entry of a routine file: unfolds what it uses, and tells what cannot be used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legato.domain.draft import Draft, Fault, Use, unfold
from legato.domain.problems import Problem, did_you_mean
from legato.storage.entry import Entry
from legato.storage.findings import MOST_PROBLEMS, capped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legato.domain.routine import Routine
    from legato.storage.sources import Source, Sources


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of a file.

    Attributes:
        entry: Its entry.
        uses: Every id that it depends on, those that do not exist too.
        problems: All that is wrong, of which the entry shows a hundred.
    """

    entry: Entry
    uses: frozenset[str]
    problems: tuple[Problem, ...]


def link(
    source: Source,
    sources: Sources,
    *,
    own: bool,
    is_move: bool = False,
    more: Iterable[Problem] = (),
) -> Linked:
    """Return the entry of `source`.

    Args:
        source: The file.
        sources: Where the routines that it uses are found.
        own: Whether it is the user's.
        is_move: Whether it is a single move.
        more: Problems of the file that its content does not show.
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
        id=source.path.stem,
        path=source.path,
        own=own,
        is_move=is_move,
        name=draft.name if draft else source.path.stem,
        draft=draft,
        routine=None if problems else routine,
        problems=capped(problems),
        modified_ns=source.modified_ns,
    )
    return Linked(entry, graph.reached if graph else frozenset(), tuple(problems))


def _unfolded(draft: Draft, graph: _Graph, sources: Sources) -> tuple[Routine | None, list[Fault]]:
    """Unfold the lines that can be, and say why the others cannot."""
    faults: list[Fault] = []
    kept: list[int] = []
    for index, line in enumerate(draft.steps):
        if isinstance(line, Use) and line.id in graph.doomed:
            faults.append(_doomed(index, line.id, sources, guess=len(faults) < MOST_PROBLEMS))
        else:
            kept.append(index)
    if not kept:
        return None, faults
    lines = tuple(draft.steps[index] for index in kept)
    unfolded = unfold(replace(draft, steps=lines), graph.find)
    faults += (replace(fault, step=kept[fault.step]) for fault in unfolded.faults)
    return unfolded.routine, faults


def _doomed(index: int, used: str, sources: Sources, *, guess: bool) -> Fault:
    source = sources.source(used)
    if source is None:
        hint = did_you_mean(used, sources.known_ids()) if guess else ""
        return Fault(step=index, text=f"there is no routine {used}", hint=hint)
    text = f"{used}, which is used here, has problems of its own"
    return Fault(step=index, text=text, hint=f"look into {source.path}")


def _problem(source: Source, fault: Fault) -> Problem:
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
    """What a draft uses, directly and through others.

    Attributes:
        reached: Every other id on the way.
        doomed: Those that lead to a file which is missing or broken.
    """

    def __init__(self, draft: Draft, sources: Sources) -> None:
        self._drafts = {draft.id: draft}
        users: dict[str, list[str]] = {}
        broken: list[str] = []
        # The draft itself is not judged: a ring through it is told as what it is.
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
        self.doomed = _closure(broken, users)

    def find(self, routine_id: str) -> Draft | None:
        """Return the draft of an id that can be used."""
        return self._drafts.get(routine_id)


def _used(draft: Draft) -> dict[str, None]:
    return dict.fromkeys(line.id for line in draft.steps if isinstance(line, Use))


def _closure(broken: list[str], users: dict[str, list[str]]) -> frozenset[str]:
    doomed = set(broken)
    waiting = list(broken)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in doomed:
                doomed.add(user)
                waiting.append(user)
    return frozenset(doomed)
