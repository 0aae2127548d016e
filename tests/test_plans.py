"""Plans from places on the leg, on the map that ships."""

from __future__ import annotations

import functools
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato import resources
from legato.controllers import content
from legato.domain.doors import Strain, strain
from legato.domain.draft import Draft, unfold
from legato.domain.plan import (
    BodyMap,
    FeelingName,
    Plan,
    PlanRequest,
    as_draft,
    can_begin_with_foot_bath,
    can_begin_with_massage,
    make_plan,
    match_order,
    match_score,
)
from legato.domain.routine import Kind, Night, Place, Side, Sides
from legato.storage.library import Library

BUDGETS = (5.0, 10.0, 15.0, None)


@functools.cache
def library() -> Library:
    """Return the routines that ship."""
    return Library(resources.find_bundled().routines, Path("nowhere"))


@functools.cache
def body() -> BodyMap:
    """Return the map that ships."""
    return content.open_body_map(library())


def plan(*sore: tuple[Place, Side], **values: object) -> Plan:
    """Return the plan for a request that has one."""
    made = make_plan(body(), PlanRequest(sore=sore, **values))  # type: ignore[arg-type]
    assert made is not None
    return made


def moves(made: Plan) -> list[str]:
    """Return the ids of a plan's exercises."""
    return [step.move for step in made.routine.steps]


@pytest.mark.parametrize("place", Place)
def test_a_place_alone_gives_its_own_order(place: Place) -> None:
    """Without a limit of time the plan has the map's order for that place."""
    made = plan((place, Side.LEFT))

    assert moves(made) == [move.move for move in body().places[place].order]
    assert list(made.why) == [move.why for move in body().places[place].order]


@pytest.mark.parametrize(
    ("place", "feeling", "side", "minutes"),
    list(itertools.product(Place, [None, *FeelingName], Side, BUDGETS)),
)
def test_every_request_is_met_within_its_limits(
    place: Place, feeling: FeelingName | None, side: Side, minutes: float | None
) -> None:
    """Every place, feeling, side and limit: in time, on the right leg, nothing forbidden."""
    made = plan((place, side), feeling=feeling, minutes=minutes)
    steps = made.routine.steps

    assert minutes is None or len(steps) == 1 or made.routine.seconds <= minutes * 60
    assert len(made.why) == len(steps)
    assert all(made.why)
    for step in steps:
        assert step.sides is Sides.BOTH or step.sides is Sides(
            "each" if side is Side.BOTH else side.value
        )
        assert step.night is not Night.NO
        assert step.move not in body().places[place].forbids


def test_cramping_brings_calf_and_hamstring_forward() -> None:
    """They come right after the place's own first exercise."""
    made = plan((Place.FRONT_OF_THIGH, Side.LEFT), feeling=FeelingName.CRAMPING)

    assert moves(made)[:3] == ["quad-side", "calf1-strap", "ham-strap"]


def test_burning_is_softer_and_without_a_roller() -> None:
    """Each stretch has the note, and massage is left out even on request."""
    made = plan((Place.CALF, Side.LEFT), feeling=FeelingName.BURNING, massage_first=True)

    assert all(step.kind is not Kind.MASSAGE for step in made.routine.steps)
    assert all("half the usual pull" in step.setup[-1].lower() for step in made.routine.steps)


def test_an_urge_to_move_gets_short_holds_between_pumps() -> None:
    """Pumps are first, last and between; stretches last 30 to 45 s."""
    made = plan((Place.CALF, Side.BOTH), feeling=FeelingName.RESTLESS)
    ids = moves(made)
    holds = [s.hold for s in made.routine.steps if s.kind is Kind.STRETCH]

    assert ids[0] == ids[-1] == "pumps"
    assert ids[::2] == ["pumps"] * len(ids[::2])
    assert all(hold is not None and 30 <= hold <= 45 for hold in holds)


def test_several_places_merge_without_repeats_the_sorest_first() -> None:
    """Each place's likeliest exercise comes before any second one."""
    made = plan((Place.CALF, Side.LEFT), (Place.FRONT_OF_THIGH, Side.RIGHT))

    assert moves(made) == ["calf1-strap", "quad-side", "calf2-edge", "ham-strap", "glute-fig4"]


def test_an_exercise_for_two_legs_begins_with_the_more_painful() -> None:
    """With the left calf first, the shared hamstring is left, then right."""
    made = plan((Place.CALF, Side.LEFT), (Place.FRONT_OF_THIGH, Side.RIGHT))
    shared = next(step for step in made.routine.steps if step.move == "ham-strap")

    assert shared.worked_sides == (Side.LEFT, Side.RIGHT)


def test_a_short_time_drops_the_least_likely() -> None:
    """Ten minutes for one calf and thigh keep the likeliest exercises."""
    made = plan((Place.WHOLE_LEG, Side.LEFT), minutes=5)

    assert moves(made) == ["calf1-strap", "ham-strap"]


CALF_NEAR = (Place.CALF, Place.BACK_OF_KNEE, Place.SHIN, Place.ANKLE, Place.BACK_OF_LEG)


@pytest.mark.parametrize("feeling", [None, *FeelingName])
@pytest.mark.parametrize("minutes", [None, 5])
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("place", [*CALF_NEAR, Place.WHOLE_LEG])
def test_every_plan_near_one_calf_is_asked_about(
    place: Place, side: Side, minutes: int | None, feeling: FeelingName | None
) -> None:
    """The question comes at any length and feeling."""
    made = plan((place, side), minutes=minutes, feeling=feeling)

    assert strain(made.routine) is Strain.ONE_LEG


@pytest.mark.parametrize(
    ("sore", "asked"),
    [
        (((Place.CALF, Side.BOTH),), Strain.EACH_LEG),
        (((Place.CALF, Side.LEFT), (Place.CALF, Side.RIGHT)), Strain.EACH_LEG),
        (((Place.OUTER_THIGH, Side.LEFT),), Strain.NONE),
    ],
)
def test_a_plan_for_both_legs_or_the_hip_is_distinguished(
    sore: tuple[tuple[Place, Side], ...], asked: Strain
) -> None:
    """Neither works one calf alone."""
    assert strain(plan(*sore).routine) is asked


def test_massage_and_foot_bath_come_first_when_asked() -> None:
    """On request the order is foot bath, massage, stretches."""
    made = plan((Place.CALF, Side.LEFT), massage_first=True, foot_bath=True)

    assert moves(made)[:3] == ["footbath", "calf-rub", "calf1-strap"]


def test_a_plan_needs_a_place() -> None:
    """A request without a place is a bug of the caller."""
    with pytest.raises(ValueError, match="needs a place"):
        make_plan(body(), PlanRequest(sore=()))


def test_routines_are_ranked_by_how_well_they_fit() -> None:
    """The most painful place counts most."""
    wanted = (Place.CALF, Place.ANKLE)

    assert match_score([Place.CALF, Place.ANKLE], wanted) > match_score([Place.CALF], wanted)
    assert match_score([Place.CALF], wanted) > match_score([Place.ANKLE], wanted)
    assert match_score([Place.SHIN], wanted) == 0


wishes = st.builds(
    PlanRequest,
    sore=st.lists(
        st.tuples(st.sampled_from(Place), st.sampled_from(Side)),
        min_size=1,
        max_size=5,
        unique_by=lambda one: one[0],
    ).map(tuple),
    feeling=st.none() | st.sampled_from(FeelingName),
    minutes=st.none() | st.floats(1, 60),
    massage_first=st.booleans(),
    foot_bath=st.booleans(),
)


@given(wishes)
def test_any_request_keeps_its_promises(wanted: PlanRequest) -> None:
    """A plan is in time, on the right side, without forbidden and repeated exercises."""
    made = make_plan(body(), wanted)
    if made is None:
        return
    steps = made.routine.steps
    asked = {side for _, side in wanted.sore}
    one_side = asked.pop() if len(asked) == 1 else Side.BOTH
    stretches = [step.move for step in steps if step.kind is Kind.STRETCH]

    if wanted.minutes is not None and len(steps) > 1:
        assert made.routine.seconds <= wanted.minutes * 60
    if one_side is not Side.BOTH:
        assert all(s.sides in {Sides.BOTH, Sides(one_side.value)} for s in steps)
    for place, _ in wanted.sore:
        forbidden = body().places[place].forbids
        assert not any(s.move in forbidden or s.kind.value in forbidden for s in steps)
    assert len(stretches) == len(set(stretches))


def draft_of(routine_id: str) -> Draft | None:
    """Return the draft of a routine of the library, or None."""
    source = library().source(routine_id)
    return source.draft if source else None


@given(wishes)
def test_a_plan_as_written_is_the_plan_that_runs(wanted: PlanRequest) -> None:
    """The draft of a plan unfolds to the same steps."""
    made = make_plan(body(), wanted)
    if made is None:
        return
    unfolded = unfold(as_draft(made, body()), draft_of)

    assert unfolded.errors == ()
    assert unfolded.routine is not None
    for written, run in zip(unfolded.routine.steps, made.routine.steps, strict=True):
        assert (written.title, written.hold, written.sides, written.first, written.setup) == (
            (run.title, run.hold, run.sides, run.first, run.setup)
        )


def test_what_names_the_place_first_is_ranked_first() -> None:
    """Of routines that ease the same, one for that place alone is first."""
    alone, first, later = (Place.CALF,), (Place.CALF, Place.SHIN), (Place.SHIN, Place.CALF)
    wanted = [Place.CALF]
    ranked = sorted((later, first, alone), key=lambda eases: match_order(eases, wanted))
    assert ranked == [alone, first, later]


def test_the_sorest_place_counts_most() -> None:
    """Two places, each eased by one routine."""
    wanted = [Place.SHIN, Place.CALF]
    assert match_order([Place.SHIN], wanted) < match_order([Place.CALF], wanted)


def test_care_is_offered_where_nothing_forbids_it() -> None:
    """Massage is not offered for a burning leg, nor for the back of the knee; nor is a hot bath."""
    calf = PlanRequest(sore=((Place.CALF, Side.LEFT),))
    burning = PlanRequest(sore=calf.sore, feeling=FeelingName.BURNING)
    knee = PlanRequest(sore=((Place.BACK_OF_KNEE, Side.LEFT),))

    assert can_begin_with_massage(body(), calf)
    assert not can_begin_with_massage(body(), burning)
    assert not can_begin_with_massage(body(), knee)
    assert can_begin_with_foot_bath(body(), calf)
    assert not can_begin_with_foot_bath(body(), burning)
    assert not can_begin_with_foot_bath(body(), PlanRequest())


def test_massage_of_one_leg_is_asked_about() -> None:
    """Massage of a hip is for a leg that might have a clot."""
    made = plan((Place.OUTER_THIGH, Side.LEFT), massage_first=True)

    assert strain(made.routine) is Strain.ONE_LEG


def test_down_the_back_of_the_leg_starts_furthest_from_the_nerve() -> None:
    """No feeling changes the order."""
    made = plan((Place.BACK_OF_LEG, Side.LEFT), feeling=FeelingName.CRAMPING)

    assert moves(made) == ["glute-knee", "calf2-edge"]


def test_a_burning_foot_gets_no_ball() -> None:
    """It is often a numb one."""
    assert "sole-ball" not in moves(plan((Place.ANKLE, Side.LEFT), feeling=FeelingName.BURNING))


@pytest.mark.parametrize("feeling", [None, *FeelingName])
def test_down_the_back_of_the_leg_gets_no_pull_on_the_nerve(feeling: FeelingName | None) -> None:
    """A long pull with a straight leg is what the exercise's own warning excludes."""
    made = plan((Place.BACK_OF_LEG, Side.LEFT), feeling=feeling)

    assert not {"ham-strap", "calf1-strap"} & set(moves(made))


def test_pumps_of_the_place_are_not_done_twice_in_a_row() -> None:
    """The shin's own pumps are merged with those between all exercises."""
    ids = moves(plan((Place.SHIN, Side.LEFT), feeling=FeelingName.RESTLESS))

    assert ids == ["pumps", "calf2-edge", "pumps", "calf1-strap", "pumps"]
