"""What the editor offers to choose from, as cards: moves, routines, versions, what was deleted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from legato.domain.routine import Step
from legato.ui import text
from legato.ui.models.step_list import StepCard
from legato.ui.widgets.card_pictures import pictured_step
from legato.ui.widgets.chooser import Offer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from legato.domain.editor_ports import Deleted, LeftDraft, Version
    from legato.domain.ports import Figures, Listed
    from legato.domain.routine import Routine

_NS = 1_000_000_000
_KIB = 1024


def routine_offers(listed: Iterable[Listed], *, moves_first: bool = False) -> tuple[Offer, ...]:
    """Return all routines that run, whole ones first or single moves first."""
    found = [(one, one.routine) for one in listed if one.routine is not None]
    found.sort(key=lambda pair: (pair[0].is_move is not moves_first, pair[0].name.casefold()))
    return tuple(
        Offer(key=one.id, card=_routine_card(routine), words=_words(routine))
        for one, routine in found
    )


def figure_offers(figures: Figures) -> tuple[Offer, ...]:
    """Return all drawn figures."""
    found = ((name, figures.figure(name)) for name in figures.names())
    return tuple(
        Offer(
            key=name,
            card=StepCard(
                title=text.sentence(figure.shows),
                time=name,
                pictured=Step(title=name, picture=f"figure:{name}"),
            ),
        )
        for name, figure in found
        if figure is not None
    )


def version_offers(versions: Sequence[Version]) -> tuple[Offer, ...]:
    """Return the earlier texts of a routine, each with its date and size."""
    return tuple(
        Offer(
            key=one.key,
            card=StepCard(title=_date(one.at_ns), time=f"{max(1, round(one.size / _KIB))} kB"),
        )
        for one in versions
    )


def bring_back_offers(left: Sequence[LeftDraft], deleted: Sequence[Deleted]) -> tuple[Offer, ...]:
    """Return what was never saved, then what was deleted."""
    unsaved = (
        Offer(
            key=one.draft.id,
            card=StepCard(title=one.draft.name, time="never saved", note=_date(one.at_ns)),
        )
        for one in left
    )
    gone = (
        Offer(key=one.key, card=StepCard(title=one.name, time="deleted", note=_date(one.at_ns)))
        for one in deleted
    )
    return (*unsaved, *gone)


def _routine_card(routine: Routine) -> StepCard:
    steps = len(routine.steps)
    note = f"{steps} steps" if steps > 1 else ""
    parts = [text.routine_time(routine), note]
    return StepCard(
        title=routine.name,
        time=", ".join(part for part in parts if part),
        note=text.eases(routine.eases),
        pictured=pictured_step(routine),
    )


def _words(routine: Routine) -> str:
    places = " ".join(text.search_words(place) for place in routine.eases)
    return f"{routine.id} {routine.about} {places} {' '.join(routine.needs)}"


def _date(at_ns: int) -> str:
    return datetime.fromtimestamp(at_ns / _NS).astimezone().strftime("%d %b %Y, %H:%M")
