"""Makes a plan for painful places: exercises, sides, order and times.

A plan is an ordinary routine with a reason for each step. Places are listed with the most painful
first. The exercises of several places take turns, each place's likeliest first, so that a plan
that is cut to its minutes has the likeliest exercise for every place.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from legato.domain.draft import INHERIT, Draft, Use
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
"""A place and the leg it is on; BOTH is that place on each leg."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """The request for a plan.

    Attributes:
        sore: Painful places with their side, the most painful first; a plan needs at least one.
        feeling: How it feels, or None.
        minutes: The time available, above 0, or None for no limit.
        massage_first: Whether to begin with massage of the most painful place.
        foot_bath: Whether to begin with a foot bath.
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
    """Return each place once, on both legs if it was named for each."""
    sides: dict[Place, Side] = {}
    for place, side in places:
        before = sides.setdefault(place, side)
        if before is not side:
            sides[place] = Side.BOTH
    return tuple(sides.items())


MINUTE_SECONDS = 60.0

FOOT_BATH = "footbath"
"""The exercise of a foot bath, which suits any place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMove:
    """An exercise for a place.

    Attributes:
        move: The id of the exercise.
        why: The reason for it, one line.
        hold: Seconds of its hold, or None for the exercise's own.
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
        muscles: The muscles that are likely involved.
        order: Exercises, the likeliest to help first.
        caution: Shown with the plan.
        massage: The id of the massage to begin with on request, or empty.
        forbids: Ids of exercises, or kinds, that no plan with this place may contain.
        keeps_order: Whether no feeling may change the order of its exercises.
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
        prefer: Exercises to put right after the first one of the most painful place.
        forbids: Ids of exercises, or kinds, to leave out.
        note: A line added to the setup of every stretch.
        notes: Such a line for an exercise by its id, instead of `note`.
        least: The shortest hold of a stretch in seconds, or None.
        most: The longest hold of a stretch in seconds, or None.
        before: Ids of exercises to put before the first stretch.
        between: The id of an exercise to put between two stretches.
        after: Ids of exercises to put after the last stretch.
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
    """A routine that was made for a plan request.

    Attributes:
        routine: The routine.
        why: The reason for each step.
        care: Advice that is shown with the plan.
    """

    routine: Routine
    why: tuple[str, ...]
    care: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A step of the plan with its reason."""

    step: Step
    why: str


def make_plan(body: BodyMap, request: PlanRequest) -> Plan | None:
    """Return the plan for `request`, or None if the map forbids every exercise for it.

    The plan is at most `minutes` long, unless a single exercise is longer.

    Raises:
        ValueError: The request has no place.
    """
    if not request.sore:
        raise ValueError("a plan needs a place")
    feeling = body.feelings[request.feeling] if request.feeling else FeelingEntry(name="")
    entries = [(body.places[place], side) for place, side in request.sore]
    forbids = _forbidden(body, request)
    keeps_order = any(entry.keeps_order for entry, _ in entries)
    merged = _without_between(_merged(entries), feeling)
    wanted = merged if keeps_order else _preferred(merged, feeling.prefer)
    order = [move for move in wanted if _allowed(body, move.move, forbids)]
    core = [_chosen(body, move, entries, feeling) for move in order]
    if not core:
        return None
    first = _first_care(body, request, entries[0], forbids)
    steps = _within(request.minutes, first, core, feeling, body)
    return Plan(
        routine=_routine(request, tuple(chosen.step for chosen in steps)),
        why=tuple(chosen.why for chosen in steps),
        care=_care(entries, feeling),
    )


def as_draft(plan: Plan, body: BodyMap) -> Draft:
    """Return `plan` as a draft, with a `use` line for each step that one can express."""
    lines = tuple(_line(step, body) for step in plan.routine.steps)
    routine = plan.routine
    return Draft(id=routine.id, name=routine.name, steps=lines, eases=routine.eases)


def _line(step: Step, body: BodyMap) -> Step | Use:
    move = body.moves.get(step.move)
    if move is None:
        return step
    use = Use(
        id=step.move,
        hold=INHERIT if step.hold == move.hold else step.hold,
        sides=INHERIT if step.sides is move.sides else step.sides,
    )
    return use if use.applied_to(move) == step else step


def match_score(eases: Iterable[Place], places: Sequence[Place]) -> int:
    """Return how well a routine that eases `eases` fits the wanted places; 0 is not at all."""
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
    """Return the exercises of all places in turns, each exercise once."""
    merged: dict[str, PlaceMove] = {}
    for rank in range(max(len(entry.order) for entry, _ in entries)):
        for entry, _ in entries:
            if rank < len(entry.order):
                merged.setdefault(entry.order[rank].move, entry.order[rank])
    return list(merged.values())


def _without_between(order: list[PlaceMove], feeling: FeelingEntry) -> list[PlaceMove]:
    """Leave out the exercise that the feeling puts between all others."""
    if feeling.between is None:
        return order
    return [move for move in order if move.move != feeling.between.move] or order


def _preferred(order: list[PlaceMove], prefer: tuple[PlaceMove, ...]) -> list[PlaceMove]:
    """Put the preferred exercises right after the first one; it keeps its own reason."""
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
    """Return the legs that need `move`, the most painful first; all legs if no place names it."""
    sides = [side for entry, side in entries if any(one.move == move for one in entry.order)]
    return tuple(dict.fromkeys(sides or [side for _, side in entries]))


def _turned(step: Step, sides: tuple[Side, ...]) -> Step:
    """Return `step` for the legs that need it; a step for both at once is unchanged."""
    if step.sides is Sides.BOTH:
        return step
    single = [side for side in sides if side is not Side.BOTH]
    if Side.BOTH in sides or len(single) > 1:
        return replace(step, sides=Sides.EACH, first=single[0] if single else step.first)
    return replace(step, sides=Sides(single[0].value))


def can_begin_with_massage(body: BodyMap, request: PlanRequest) -> bool:
    """Return whether the plan may begin with massage of the most painful place."""
    if not request.sore:
        return False
    massage = body.places[request.sore[0][0]].massage
    return bool(massage) and _allowed(body, massage, _forbidden(body, request))


def can_begin_with_foot_bath(body: BodyMap, request: PlanRequest) -> bool:
    """Return whether the plan may begin with a foot bath."""
    return bool(request.sore) and _allowed(body, FOOT_BATH, _forbidden(body, request))


def _forbidden(body: BodyMap, request: PlanRequest) -> frozenset[str]:
    feeling = body.feelings[request.feeling].forbids if request.feeling else frozenset()
    return feeling.union(*(body.places[place].forbids for place, _ in request.sore))


def _first_care(
    body: BodyMap, request: PlanRequest, sorest: tuple[PlaceEntry, Side], forbids: frozenset[str]
) -> list[_Chosen]:
    """Return the requested massage and foot bath, which come before all stretches."""
    entry, side = sorest
    care: list[_Chosen] = []
    if request.foot_bath and _allowed(body, FOOT_BATH, forbids):
        care.append(_Chosen(body.moves[FOOT_BATH], "Pleasant warmth, one to two hours before bed."))
    if request.massage_first and entry.massage and _allowed(body, entry.massage, forbids):
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
    """Drop the least likely exercises from the end until all fits, then those around them."""
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
    """Add the exercises of the feeling before, between and after the others."""

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


_SORE = {
    Place.FRONT_OF_THIGH: ("the front of your {side} thigh", "the front of your thighs"),
    Place.BACK_OF_THIGH: ("the back of your {side} thigh", "the back of your thighs"),
    Place.OUTER_THIGH: ("your {side} outer thigh", "your outer thighs"),
    Place.INNER_THIGH: ("your {side} inner thigh", "your inner thighs"),
    Place.BUTTOCK: ("your {side} buttock", "your buttocks"),
    Place.FRONT_OF_KNEE: ("your {side} knee, at the front", "your knees, at the front"),
    Place.BACK_OF_KNEE: ("your {side} knee, at the back", "your knees, at the back"),
    Place.INNER_KNEE: ("your {side} knee, on the inside", "your knees, on the inside"),
    Place.OUTER_KNEE: ("your {side} knee, on the outside", "your knees, on the outside"),
    Place.CALF: ("your {side} calf", "your calves"),
    Place.SHIN: ("your {side} shin", "your shins"),
    Place.ANKLE: ("your {side} ankle and foot", "your ankles and feet"),
    Place.BACK_OF_LEG: ("the back of your {side} leg", "the back of your legs"),
    Place.WHOLE_LEG: ("your whole {side} leg", "both your legs"),
}
"""Each place as one says it, on one leg and on both: nothing is glued together."""


def _routine(request: PlanRequest, steps: tuple[Step, ...]) -> Routine:
    named = " and ".join(_called(place, side) for place, side in request.sore)
    return Routine(
        id=PLAN_ID,
        name=f"For {named}",
        steps=steps,
        eases=tuple(dict.fromkeys(place for place, _ in request.sore)),
    )


def _called(place: Place, side: Side) -> str:
    one, both = _SORE[place]
    return both if side is Side.BOTH else one.format(side=side.value)


def _care(entries: _Entries, feeling: FeelingEntry) -> tuple[str, ...]:
    cautions = [entry.caution for entry, _ in entries if entry.caution]
    return tuple(dict.fromkeys([*cautions, *feeling.care]))
