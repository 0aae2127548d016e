"""A routine laid out in time."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from builders import closed_routines, counted, five_steps, routine, routines, step
from legato.domain.cues import Cue
from legato.domain.routine import Ending, Routine, Side, Sides, Tempo, TimedLine, VoiceLevel
from legato.domain.timeline import Phase, Segment, lasting, lay_out, other_side_first


def phases(*steps: object, **values: object) -> list[tuple[str, str, float | None]]:
    """Return phase, side and seconds of each segment of a routine."""
    segments = lay_out(routine(*steps, **values)).segments  # type: ignore[arg-type]
    return [(s.phase.value, s.side.value, s.seconds) for s in segments]


def rung(some: Routine) -> list[tuple[float, str]]:
    """Return the tones of a routine, without its lines."""
    return [(mark.at, mark.cue.value) for mark in lay_out(some).cues() if mark.cue is not Cue.LINE]


def test_each_side_has_its_full_time_with_a_switch_between() -> None:
    """A plain step is ready, hold, switch, hold."""
    assert phases(step()) == [
        ("ready", "right", 20.0),
        ("hold", "right", 120.0),
        ("switch", "left", 15.0),
        ("hold", "left", 120.0),
    ]


def test_repeats_have_a_release_between_and_come_before_the_switch() -> None:
    """Between repeats there is a release, between sides a switch."""
    assert phases(step(repeat=2, hold=10.0, release=3.0)) == [
        ("ready", "right", 20.0),
        ("hold", "right", 10.0),
        ("release", "right", 3.0),
        ("hold", "right", 10.0),
        ("switch", "left", 15.0),
        ("hold", "left", 10.0),
        ("release", "left", 3.0),
        ("hold", "left", 10.0),
    ]


def test_both_legs_at_once_hold_once() -> None:
    """A step for both legs has no switch."""
    assert phases(step(sides=Sides.BOTH)) == [("ready", "both", 20.0), ("hold", "both", 120.0)]


def test_first_says_which_side_begins() -> None:
    """With `first: left` the left side is held first."""
    holds = [side for phase, side, _ in phases(step(first=Side.LEFT)) if phase == "hold"]
    assert holds == ["left", "right"]


def test_the_cues_of_a_two_minute_step() -> None:
    """A hold before its other side ends with switch, the last one with end and good night."""
    assert rung(routine(step())) == [
        (20.0, "begin"),
        (80.0, "halfway"),
        (130.0, "ten-seconds"),
        (140.0, "switch"),
        (155.0, "begin"),
        (215.0, "halfway"),
        (265.0, "ten-seconds"),
        (275.0, "end"),
        (275.0, "good-night"),
    ]


@pytest.mark.parametrize(
    ("seconds", "cues"),
    [
        (19.9, ["begin", "end"]),
        (20.0, ["begin", "halfway", "end"]),
        (29.9, ["begin", "halfway", "end"]),
        (30.0, ["begin", "halfway", "ten-seconds", "end"]),
    ],
)
def test_short_holds_ring_less(seconds: float, cues: list[str]) -> None:
    """Halfway is played from 20 s on, ten seconds from 30 s on."""
    some = routine(step(hold=seconds, sides=Sides.BOTH))

    assert [cue for _, cue in rung(some)] == [*cues, "good-night"]


def test_an_open_hold_has_only_its_begin_and_counts_nothing() -> None:
    """The length of an open hold is unknown, so totals count it as 0."""
    timeline = lay_out(routine(step(hold=None, sides=Sides.LEFT)))

    assert timeline.segments[1].seconds is None
    assert timeline.seconds == 20.0
    assert [mark.cue for mark in timeline.segments[1].marks] == [Cue.BEGIN]


def test_a_silent_end_rings_nothing_at_the_end() -> None:
    """With `end: silent` the last sound is ten seconds before the end."""
    assert rung(routine(step(), end=Ending.SILENT))[-1] == (265.0, "ten-seconds")


def test_setup_lines_come_while_getting_ready_for_the_right_side() -> None:
    """`{side}` and `{other}` are replaced for the side that works."""
    some = routine(
        step(setup=("Cross your {side} ankle over your {other} knee.",), first=Side.LEFT)
    )
    lines = [mark.text for mark in lay_out(some).segments[0].marks]

    assert lines == ["Next: Calf, left leg.", "Cross your left ankle over your right knee."]


def test_a_longer_hold_moves_its_cues() -> None:
    """Fifteen seconds more put the halfway mark in the new middle."""
    hold = lay_out(five_steps()).segments[1]
    longer = lasting(hold, 135.0, Ending.BELL)
    marks = {mark.cue: mark.at for mark in longer.marks if mark.cue is not Cue.LINE}

    assert marks == {Cue.BEGIN: 0.0, Cue.HALFWAY: 67.5, Cue.TEN_SECONDS: 125.0}


def test_turning_a_step_changes_the_order_of_its_sides() -> None:
    """A step that began with the right leg begins with the left."""
    turned = other_side_first(lay_out(five_steps()), 1)

    assert [s.side for s in turned.segments if s.step_index == 1 and s.phase is Phase.HOLD] == [
        Side.LEFT,
        Side.RIGHT,
    ]


def test_both_legs_cannot_be_swapped() -> None:
    """A step for both legs at once has no other side."""
    with pytest.raises(ValueError, match="no other side"):
        other_side_first(lay_out(routine(step(sides=Sides.BOTH))), 0)


def test_five_stretches_take_twenty_three_minutes() -> None:
    """Ten holds of two minutes, five times 20 s and 15 s around them."""
    assert lay_out(five_steps()).seconds == 10 * 120 + 5 * 20 + 5 * 15


@given(routines)
def test_the_total_is_the_sum_of_the_segments(some: Routine) -> None:
    """Timeline, routine and segments have the same total time."""
    timeline = lay_out(some)
    total = math.fsum(segment.counted_seconds for segment in timeline.segments)

    assert timeline.seconds == pytest.approx(total)
    assert some.seconds == pytest.approx(total)


@given(closed_routines)
def test_each_side_is_held_for_its_exact_time(some: Routine) -> None:
    """In any routine, a side's holds add up to hold times repeat."""
    for index, one in enumerate(some.steps):
        for side in one.worked_sides:
            holds = [
                s.counted_seconds
                for s in lay_out(some).segments
                if s.phase is Phase.HOLD and s.step_index == index and s.side is side
            ]
            assert holds == [one.hold_seconds or 0.0] * one.repeat


@given(routines)
def test_marks_lie_inside_their_segments_in_order(some: Routine) -> None:
    """No cue comes before its segment begins or after it has ended."""
    for segment in lay_out(some).segments:
        moments = [mark.at for mark in segment.marks]

        assert moments == sorted(moments)
        # A count without an end goes on for as long as somebody may want it.
        is_endless = segment.seconds is None and segment.count is not None
        last = math.inf if is_endless else segment.counted_seconds
        assert all(0 <= at <= last for at in moments)


@given(routines)
def test_good_night_rings_with_the_last_end(some: Routine) -> None:
    """Nothing is played after the last hold; a silent end has neither cue."""
    timeline = lay_out(some)
    marks = list(timeline.cues())
    farewells = [mark.at for mark in marks if mark.cue is Cue.GOOD_NIGHT]
    ends = [mark.at for mark in marks if mark.cue is Cue.END and mark.at == timeline.seconds]
    rings = some.end is Ending.BELL and timeline.segments[-1].seconds is not None

    assert farewells == ([timeline.seconds] if rings else [])
    assert rings or ends == [] or timeline.segments[-1].counted_seconds == 0.0


def sets(some: Routine) -> list[Segment]:
    """Return the holds of a routine."""
    return [one for one in lay_out(some).segments if one.phase is Phase.HOLD]


def numbers(segment: Segment) -> list[tuple[float, str]]:
    """Return the moment and the number of each repetition."""
    return [(mark.at, mark.text) for mark in segment.marks if mark.cue is Cue.COUNT]


def test_a_set_is_one_hold_with_a_mark_for_each_repetition() -> None:
    """Twelve repetitions of three seconds are a hold of 36 s; each is marked where it begins."""
    first, second = sets(counted())

    assert first.seconds == second.seconds == 36.0
    assert numbers(first) == [(3.0 * number, str(number + 1)) for number in range(12)]


def test_a_set_has_no_halfway_and_no_ten_seconds() -> None:
    """The numbers say how far it is."""
    assert {mark.cue for mark in sets(counted())[0].marks} == {Cue.BEGIN, Cue.COUNT, Cue.END}


def test_the_sets_have_their_rest_between() -> None:
    """`release` is the rest between two sets, and has words of its own."""
    rest = next(one for one in lay_out(counted()).segments if one.phase is Phase.RELEASE)

    assert (rest.seconds, rest.marks[0].text) == (30.0, "Rest. The next set in a moment.")


def test_how_often_is_said_while_getting_ready() -> None:
    """Sets and repetitions are announced after the title."""
    ready = lay_out(counted()).segments[0]

    assert ready.marks[1].text == "2 sets, 12 times each."


def test_nobody_who_repeats_is_told_to_hold_still() -> None:
    """A counted step has words of its own, whatever its kind."""
    spoken = {mark.text for mark in lay_out(routine(step(count=8))).cues()}

    assert not spoken & {"Begin. Ease in slowly.", "Find a mild pull and stay there."}


def test_lines_of_a_set_are_said() -> None:
    """`say` works in a counted step too."""
    (one,) = sets(counted(repeat=1, say=(TimedLine(4.0, "Slowly."),)))

    assert "Slowly." in [mark.text for mark in one.marks if mark.cue is Cue.LINE]


def test_quiet_speaks_each_fifth_number_and_the_last() -> None:
    """The numbers between are a tick alone."""
    marks = [mark for mark in sets(counted())[0].marks if mark.cue is Cue.COUNT]
    quiet = [mark.text for mark in marks if VoiceLevel.QUIET in (mark.spoken_at or ())]

    assert quiet == ["5", "10", "12"]


def test_numbers_that_come_fast_are_not_spoken() -> None:
    """Below two seconds there is no time for a number."""
    marks = [mark for mark in sets(counted(every=1.5))[0].marks if mark.cue is Cue.COUNT]

    assert {mark.spoken_at for mark in marks} == {frozenset()}


def test_a_count_without_an_end_is_marked_for_an_hour() -> None:
    """It has no end to ring, and counts for as long as anybody would."""
    (one,) = sets(counted(count=0, every=4.0, repeat=1))

    assert one.seconds is None
    assert numbers(one)[-1] == (3596.0, "900")
    assert Cue.END not in {mark.cue for mark in one.marks}


@pytest.mark.parametrize(
    ("spent", "number"), [(0.0, 1), (2.9, 1), (3.0, 2), (2.9999999, 2), (36.0, 12)]
)
def test_the_repetition_at_a_moment(spent: float, number: int) -> None:
    """It changes with its mark, also where a clock reads a hair too little."""
    assert sets(counted())[0].repetition(spent) == number


def test_the_parts_of_a_repetition_add_up() -> None:
    """Up, stay and down make its length."""
    (one,) = sets(counted(count=3, every=Tempo(1.0, 1.0, 2.0), repeat=1))

    assert one.seconds == 12.0


def test_sides_that_take_turns() -> None:
    """With `alternate` the sides change after each hold, and no release is between."""
    assert phases(step(hold=10.0, repeat=2, alternate=True, switch=4.0)) == [
        ("ready", "right", 20.0),
        ("hold", "right", 10.0),
        ("switch", "left", 4.0),
        ("hold", "left", 10.0),
        ("switch", "right", 4.0),
        ("hold", "right", 10.0),
        ("switch", "left", 4.0),
        ("hold", "left", 10.0),
    ]


@given(closed_routines)
def test_a_routine_is_as_long_as_its_steps(some: Routine) -> None:
    """The sum over the steps is the length of the timeline."""
    assert lay_out(some).seconds == pytest.approx(some.seconds)
