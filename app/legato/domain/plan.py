"""Makes a plan for painful places: exercises, sides, order and times.

A plan is an ordinary routine with a reason for each step. Places come with the sorest first. The
exercises of several places take turns, each place's likeliest first, so that a plan cut short by
its budget has done the likeliest for every place.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from legato.domain.draft import KEPT, Draft, Use
from legato.domain.routine import PLAN_ID, Kind, Place, Routine, Side, Sides, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LONGEST_WISH_MINUTES = 24 * 60


class FeelingName(StrEnum):
    """How a leg feels; RESTLESS is the urge to move."""

    ACHING = "aching"
    BURNING = "burning"
    CRAMPING = "cramping"
    RESTLESS = "restless"


PainfulPlace: TypeAlias = tuple[Place, Side]
"""A place and the leg it is on; BOTH is each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """The request for a plan.

    Attributes:
        sore: Places with their side, the sorest first; a plan needs one at least.
        feeling: How it feels, or None.
        minutes: Time there is, above 0, or None for all that it takes.
        massage_first: Whether massage of the sorest place comes first.
        foot_bath: Whether a foot bath comes before all.
    """

    sore: tuple[PainfulPlace, ...] = ()
    feeling: FeelingName | None = None
    minutes: float | None = None
    massage_first: bool = False
    foot_bath: bool = False

    def __post_init__(self) -> None:
        if self.minutes is not None and not 0.0 < self.minutes <= LONGEST_WISH_MINUTES:
            raise ValueError(f"minutes must be above 0, not {self.minutes}")


def merged(places: tuple[PainfulPlace, ...]) -> tuple[PainfulPlace, ...]:
    """Return each place once, on both legs where it was named for each."""
    sides: dict[Place, Side] = {}
    for place, side in places:
        before = sides.setdefault(place, side)
        if before is not side:
            sides[place] = Side.BOTH
    return tuple(sides.items())


MINUTE_SECONDS = 60.0

FOOT_BATH = "footbath"
"""The move of a foot bath, which goes with any place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMove:
    """A move that is done for a place.

    Attributes:
        move: Its id.
        why: Why it is here, one line.
        hold: Seconds, where it differs from the move's own.
        note: A line added to the setup, or empty.
    """

    move: str
    why: str = ""
    hold: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """The entry of the map for one place.

    Attributes:
        name: Shown and spoken.
        muscles: What is likely involved.
        order: Moves, the likeliest first.
        caution: Shown with the plan.
        massage: The move to begin with when massage is wanted first, or empty.
        forbids: Ids of moves, or kinds, that no plan with this place may hold.
        keeps_order: Whether no feeling may bring other moves forward.
    """

    name: str
    muscles: str = ""
    order: tuple[PlaceMove, ...] = ()
    caution: str = ""
    massage: str = ""
    forbids: frozenset[str] = frozenset()
    keeps_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelingEntry:
    """The entry of the map for one feeling.

    Attributes:
        name: Shown.
        care: Lines shown with the plan.
        prefer: Moves that come right after the first move of the sorest place.
        forbids: Ids of exercises, or kinds, to leave out.
        note: A line added to the setup of every stretch.
        notes: Such a line for single moves, in place of `note`.
        least: Seconds that a stretch is held at least, or None.
        most: Seconds that a stretch is held at most, or None.
        before: Put before the first stretch.
        between: Put between two stretches.
        after: Put after the last stretch.
    """

    name: str
    care: tuple[str, ...] = ()
    prefer: tuple[PlaceMove, ...] = ()
    forbids: frozenset[str] = frozenset()
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    least: float | None = None
    most: float | None = None
    before: PlaceMove | None = None
    between: PlaceMove | None = None
    after: PlaceMove | None = None


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The whole map, and the steps of its exercises by id."""

    places: Mapping[Place, PlaceEntry]
    feelings: Mapping[FeelingName, FeelingEntry]
    moves: Mapping[str, Step]


@dataclass(frozen=True, slots=True)
class Plan:
    """An ordinary routine, made for a request.

    Attributes:
        routine: What runs.
        why: For each step, why it is here.
        care: What to know, shown with the plan.
    """

    routine: Routine
    why: tuple[str, ...]
    care: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A step of the plan with its reason."""

    step: Step
    why: str


def make_plan(body: BodyMap, wish: PlanRequest) -> Plan | None:
    """Return the plan for `wish`, or None where the map forbids every move for it.

    The plan is at most `minutes` long, a single move aside.

    Raises:
        ValueError: No place was picked.
    """
    if not wish.sore:
        raise ValueError("a plan needs a place")
    feeling = body.feelings[wish.feeling] if wish.feeling else FeelingEntry(name="")
    entries = [(body.places[place], side) for place, side in wish.sore]
    forbids = _forbidden(body, wish)
    keeps_order = any(entry.keeps_order for entry, _ in entries)
    merged = _without_between(_merged(entries), feeling)
    wanted = merged if keeps_order else _preferred(merged, feeling.prefer)
    order = [move for move in wanted if _allowed(body, move.move, forbids)]
    core = [_chosen(body, move, entries, feeling) for move in order]
    if not core:
        return None
    first = _first_care(body, wish, entries[0], forbids)
    steps = _within(wish.minutes, first, core, feeling, body)
    return Plan(
        routine=_routine(wish, entries, tuple(chosen.step for chosen in steps)),
        why=tuple(chosen.why for chosen in steps),
        care=_care(entries, feeling),
    )


def as_draft(plan: Plan, body: BodyMap) -> Draft:
    """Return `plan` as it is written: a `use` wherever one says it all, else the whole step."""
    lines = tuple(_line(step, body) for step in plan.routine.steps)
    routine = plan.routine
    return Draft(id=routine.id, name=routine.name, steps=lines, eases=routine.eases)


def _line(step: Step, body: BodyMap) -> Step | Use:
    move = body.moves.get(step.move)
    if move is None:
        return step
    use = Use(
        id=step.move,
        hold=KEPT if step.hold == move.hold else step.hold,
        sides=KEPT if step.sides is move.sides else step.sides,
    )
    return use if use.applied_to(move) == step else step


def match_score(eases: Iterable[Place], places: Sequence[Place]) -> int:
    """Return how well a routine that eases some places fits the wanted ones; 0 is not at all."""
    eased = set(eases)
    return sum(len(places) - rank for rank, place in enumerate(places) if place in eased)


def match_order(eases: Sequence[Place], places: Sequence[Place]) -> tuple[int, int, int]:
    """Return the sort key of routines for the wanted places, the best fit first.

    Among those that fit the same, one that names the places first comes before one that names
    them later, and then one that is for few others.
    """
    named = [eases.index(place) for place in places if place in eases]
    return (-match_score(eases, places), sum(named), len(set(eases) - set(places)))


_Entries: TypeAlias = "Sequence[tuple[PlaceEntry, Side]]"


def _merged(entries: _Entries) -> list[PlaceMove]:
    """Let the places take turns; a move that comes again is left out."""
    merged: dict[str, PlaceMove] = {}
    for rank in range(max(len(entry.order) for entry, _ in entries)):
        for entry, _ in entries:
            if rank < len(entry.order):
                merged.setdefault(entry.order[rank].move, entry.order[rank])
    return list(merged.values())


def _without_between(order: list[PlaceMove], feeling: FeelingEntry) -> list[PlaceMove]:
    """Leave out the move that comes between all others anyway."""
    if feeling.between is None:
        return order
    return [move for move in order if move.move != feeling.between.move] or order


def _preferred(order: list[PlaceMove], prefer: tuple[PlaceMove, ...]) -> list[PlaceMove]:
    """Put the preferred moves right behind the first one; it keeps its own words."""
    if not order:
        return list(prefer)
    first, known = order[0], {move.move: move for move in order}
    moved = [
        replace(known.get(move.move, move), why=move.why)
        for move in prefer
        if move.move != first.move
    ]
    ids = {first.move, *(move.move for move in moved)}
    return [first, *moved, *(move for move in order if move.move not in ids)]


def _allowed(body: BodyMap, move: str, forbids: frozenset[str]) -> bool:
    return move not in forbids and body.moves[move].kind.value not in forbids


def _chosen(body: BodyMap, move: PlaceMove, entries: _Entries, feeling: FeelingEntry) -> _Chosen:
    step = body.moves[move.move]
    sides = _sides_of(move.move, entries)
    hold = step.hold if move.hold is None else move.hold
    notes = [move.note]
    if step.kind is Kind.STRETCH:
        notes.append(feeling.notes.get(move.move, feeling.note))
        if hold is not None:
            hold = min(max(hold, feeling.least or 0.0), feeling.most or hold)
    noted = dict.fromkeys(note for note in notes if note)
    turned = _turned(replace(step, hold=hold, setup=(*step.setup, *noted)), sides)
    return _Chosen(turned, move.why)


def _sides_of(move: str, entries: _Entries) -> tuple[Side, ...]:
    """Return the legs that need `move`, the sorest first; a move no place names is for all."""
    sides = [side for entry, side in entries if any(one.move == move for one in entry.order)]
    return tuple(dict.fromkeys(sides or [side for _, side in entries]))


def _turned(step: Step, sides: tuple[Side, ...]) -> Step:
    """Return `step` for the legs that need it; a step for both at once stays as it is."""
    if step.sides is Sides.BOTH:
        return step
    single = [side for side in sides if side is not Side.BOTH]
    if Side.BOTH in sides or len(single) > 1:
        return replace(step, sides=Sides.EACH, first=single[0] if single else step.first)
    return replace(step, sides=Sides(single[0].value))


def can_begin_with_massage(body: BodyMap, wish: PlanRequest) -> bool:
    """Return whether massage of the sorest place may come first."""
    if not wish.sore:
        return False
    massage = body.places[wish.sore[0][0]].massage
    return bool(massage) and _allowed(body, massage, _forbidden(body, wish))


def can_begin_with_foot_bath(body: BodyMap, wish: PlanRequest) -> bool:
    """Return whether a foot bath may come before all."""
    return bool(wish.sore) and _allowed(body, FOOT_BATH, _forbidden(body, wish))


def _forbidden(body: BodyMap, wish: PlanRequest) -> frozenset[str]:
    feeling = body.feelings[wish.feeling].forbids if wish.feeling else frozenset()
    return feeling.union(*(body.places[place].forbids for place, _ in wish.sore))


def _first_care(
    body: BodyMap, wish: PlanRequest, sorest: tuple[PlaceEntry, Side], forbids: frozenset[str]
) -> list[_Chosen]:
    """Return the care that was asked for and comes before all stretches."""
    entry, side = sorest
    care: list[_Chosen] = []
    if wish.foot_bath and _allowed(body, FOOT_BATH, forbids):
        care.append(_Chosen(body.moves[FOOT_BATH], "Pleasant warmth, one to two hours before bed."))
    if wish.massage_first and entry.massage and _allowed(body, entry.massage, forbids):
        step = _turned(body.moves[entry.massage], (side,))
        care.append(_Chosen(step, "Soft massage first, then the stretches."))
    return care


def _within(
    minutes: float | None,
    first: list[_Chosen],
    core: list[_Chosen],
    feeling: FeelingEntry,
    body: BodyMap,
) -> list[_Chosen]:
    """Drop the least likely moves from the end until all fits, then the care around them."""
    for count in range(len(core), 0, -1):
        steps = [*first, *_paced(core[:count], feeling, body)]
        if minutes is None or _seconds(steps) <= minutes * MINUTE_SECONDS:
            return steps
    with_care = [*first, core[0]]
    if minutes is not None and _seconds(with_care) <= minutes * MINUTE_SECONDS:
        return with_care
    return core[:1]


def _seconds(steps: Iterable[_Chosen]) -> float:
    return sum(chosen.step.seconds for chosen in steps)


def _paced(core: list[_Chosen], feeling: FeelingEntry, body: BodyMap) -> list[_Chosen]:
    """Put what the feeling asks for before, between and after the moves."""

    def care(move: PlaceMove | None) -> Iterator[_Chosen]:
        if move is not None:
            step = body.moves[move.move]
            hold = step.hold if move.hold is None else move.hold
            yield _Chosen(replace(step, hold=hold), move.why)

    paced = [*care(feeling.before)]
    for index, chosen in enumerate(core):
        if index:
            paced += care(feeling.between)
        paced.append(chosen)
    return [*paced, *care(feeling.after)]


def _routine(wish: PlanRequest, entries: _Entries, steps: tuple[Step, ...]) -> Routine:
    named = " and ".join(_called(entry, side) for entry, side in entries)
    return Routine(
        id=PLAN_ID,
        name=f"For your {named}",
        steps=steps,
        eases=tuple(dict.fromkeys(place for place, _ in wish.sore)),
    )


def _called(entry: PlaceEntry, side: Side) -> str:
    name = f"{entry.name[:1].lower()}{entry.name[1:]}"
    return name if side is Side.BOTH else f"{side.value} {name}"


def _care(entries: _Entries, feeling: FeelingEntry) -> tuple[str, ...]:
    cautions = [entry.caution for entry, _ in entries if entry.caution]
    return tuple(dict.fromkeys([*cautions, *feeling.care]))
