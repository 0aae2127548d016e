"""The transitions of a session, with a number as its clock."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import closed_routines, counted, five_steps, routine, routines, step
from legato.domain import events as happened
from legato.domain.cues import Cue
from legato.domain.problems import IllegalMove
from legato.domain.routine import Routine, Side, Sides
from legato.domain.schedule import upcoming
from legato.domain.session import Move, Session, Status, begin, can, interrupt, move, position, tick
from legato.domain.timeline import Phase, lay_out

START = 5000.0


def started(some: Routine | None = None, **values: object) -> Session:
    """Return a session that began at START."""
    return begin(lay_out(some or routine()), START, **values)[0]  # type: ignore[arg-type]


def at(session: Session, seconds: float) -> Session:
    """Return the session `seconds` after START."""
    return tick(session, START + seconds)[0]


def names(events: tuple[happened.Event, ...]) -> list[str]:
    """Return the kinds of events, for tones their cues, without lines."""
    return [
        e.cue.value if isinstance(e, happened.CueRang) else type(e).__name__
        for e in events
        if not isinstance(e, happened.LineDue)
    ]


def test_a_session_of_two_sides_returns_all_events() -> None:
    """One tick over the whole time returns every event once, in order."""
    session, first = begin(lay_out(routine()), START)
    _, rest = tick(session, START + 300)

    assert names(first + rest) == [
        "ReadyStarted", "HoldStarted", "begin", "halfway", "ten-seconds", "HoldEnded",
        "SidesSwitched", "switch", "HoldStarted", "begin", "halfway", "ten-seconds",
        "end", "good-night", "HoldEnded", "SessionFinished",
    ]  # fmt: skip


def test_time_left_is_the_difference_of_two_readings() -> None:
    """Half a minute into the hold 90 s are left."""
    assert at(started(), 50).remaining == 90.0


def test_the_pause_keeps_the_place_however_long_it_lasts() -> None:
    """A pause of an hour does not change the position."""
    paused, _ = move(started(), Move.PAUSE, START + 50)
    session, _ = move(paused, Move.RESUME, START + 3650)

    assert tick(session, START + 3660)[0].remaining == 80.0


def test_a_paused_session_does_not_move() -> None:
    """Ticks change nothing."""
    paused, _ = move(started(), Move.PAUSE, START + 50)

    assert tick(paused, START + 500) == (paused, ())


def test_a_gap_pauses_where_it_was_last_seen() -> None:
    """The time in which the machine slept does not count."""
    session, told = interrupt(at(started(), 50), 28800)

    assert session.status is Status.INTERRUPTED
    assert session.remaining == 90.0
    assert told == (happened.Interrupted(50.0, 28800),)


def test_a_pause_by_the_user_is_not_turned_into_one_by_the_machine() -> None:
    """A paused session cannot be interrupted."""
    paused, _ = move(started(), Move.PAUSE, START + 50)

    with pytest.raises(IllegalMove):
        interrupt(paused, 100)


def test_go_on_ends_getting_ready_early() -> None:
    """After five seconds the hold begins, with its full time."""
    session, _ = move(started(), Move.GO_ON, START + 5)

    assert (session.segment.phase, session.remaining) == (Phase.HOLD, 120.0)


def test_go_on_does_not_cut_a_hold() -> None:
    """Enter in a hold is refused."""
    with pytest.raises(IllegalMove):
        move(at(started(), 50), Move.GO_ON, START + 51)


def test_an_open_hold_runs_until_the_user_goes_on() -> None:
    """An open hold counts up and ends only by GO_ON."""
    session = started(routine(step(hold=None, sides=Sides.LEFT)))
    session = at(session, 920)
    assert (session.segment.phase, session.spent) == (Phase.HOLD, 900.0)

    session, _ = move(session, Move.GO_ON, START + 921)
    assert session.status is Status.FINISHED


def test_ready_waits_for_the_user() -> None:
    """With `waits` the ready time stays at 0 until GO_ON."""
    session = at(started(waits=True), 500)
    assert session.is_waiting

    session, _ = move(session, Move.GO_ON, START + 501)
    assert (session.segment.phase, session.remaining) == (Phase.HOLD, 120.0)


def test_next_goes_to_the_other_side_and_then_to_the_next_step() -> None:
    """Forward is by side and step, not by segment."""
    session, told = move(at(started(five_steps()), 50), Move.NEXT, START + 50)
    assert (session.segment.phase, session.segment.side) == (Phase.SWITCH, Side.LEFT)
    assert names(told) == ["Skipped", "SidesSwitched", "switch"]

    session, _ = move(session, Move.NEXT, START + 51)
    assert (session.segment.phase, session.segment.step_index) == (Phase.READY, 1)


def test_next_on_the_last_side_finishes() -> None:
    """NEXT on the last side finishes the session."""
    session = at(started(), 200)
    session, told = move(session, Move.NEXT, START + 200)

    assert session.status is Status.FINISHED
    assert names(told) == ["Skipped", "SessionFinished"]


def test_back_goes_to_the_start_of_the_side_first() -> None:
    """BACK in the middle of a side restarts that side."""
    session, _ = move(at(started(), 200), Move.BACK, START + 200)

    assert (session.segment.phase, session.spent) == (Phase.SWITCH, 0.0)


def test_back_twice_goes_to_the_side_before() -> None:
    """BACK at the start of a side goes to the side before."""
    session, _ = move(at(started(), 200), Move.BACK, START + 200)
    session, _ = move(session, Move.BACK, START + 201)

    assert (session.segment.phase, session.segment.side) == (Phase.READY, Side.RIGHT)


def test_more_and_less_change_the_hold_by_fifteen_seconds() -> None:
    """The time left and the total change at once."""
    session, _ = move(at(started(), 50), Move.MORE, START + 50)
    assert (session.remaining, session.timeline.seconds) == (105.0, 290.0)

    session, _ = move(session, Move.LESS, START + 50)
    assert session.remaining == 90.0


def test_less_leaves_a_second() -> None:
    """LESS leaves a second, so that the end is heard, and is refused after that."""
    session, _ = move(at(started(), 130), Move.LESS, START + 130)
    assert session.remaining == 1.0

    with pytest.raises(IllegalMove):
        move(session, Move.LESS, START + 130)


def test_more_does_not_ring_halfway_twice() -> None:
    """A mark that has fired does not fire again when MORE moves it."""
    session, _ = move(at(started(), 81), Move.MORE, START + 81)
    _, told = tick(session, START + 100)

    assert names(told) == []


def test_again_begins_this_hold_again() -> None:
    """AGAIN restarts the hold, also from the switch after it."""
    hold, _ = move(at(started(), 100), Move.AGAIN, START + 100)
    switch, _ = move(at(started(), 145), Move.AGAIN, START + 145)

    assert (hold.segment.side, hold.remaining) == (Side.RIGHT, 120.0)
    assert (switch.segment.side, switch.remaining) == (Side.RIGHT, 120.0)


def test_the_other_side_comes_first_when_asked() -> None:
    """In the right side's hold OTHER_SIDE goes to ready for the left; the right follows."""
    session, _ = move(at(started(), 50), Move.OTHER_SIDE, START + 50)

    assert (session.segment.phase, session.segment.side) == (Phase.READY, Side.LEFT)
    assert session.following is not None
    assert session.following.side is Side.RIGHT


def legs(session: Session) -> list[str]:
    """Return the legs of all holds from this one on."""
    segments = session.timeline.segments[session.index :]
    return [one.side.value for one in segments if one.phase is Phase.HOLD]


def sided(*sides: str) -> Session:
    """Return a session of steps with these sides, begun at START."""
    return started(routine(*(step(sides=Sides(side)) for side in sides)))


def other_side(session: Session) -> Session:
    """Return the session after OTHER_SIDE."""
    return move(session, Move.OTHER_SIDE, START)[0]


def test_the_other_side_holds_for_all_later_steps_of_one_side() -> None:
    """OTHER_SIDE applies to all later steps of one side, not to steps for both legs at once."""
    session = other_side(sided("right", "right", "both", "left", "right"))

    assert legs(session) == ["left", "left", "both", "left", "left"]


def test_the_other_side_leaves_what_was_done_as_it_was() -> None:
    """BACK from a swapped step leads to the side that was worked."""
    session, _ = move(sided("right", "right"), Move.NEXT, START)
    session, _ = move(other_side(session), Move.BACK, START)

    assert legs(session) == ["right", "left"]


def test_the_other_side_of_a_step_of_each_side_is_a_matter_of_order() -> None:
    """Both legs keep their time in the other order; steps of one side are unchanged."""
    session = other_side(sided("each", "each", "right"))

    assert legs(session) == ["left", "right", "left", "right", "right"]


def test_a_step_of_each_side_begins_with_the_leg_that_was_chosen_before_it() -> None:
    """After OTHER_SIDE to the left leg, steps of each side begin with the left."""
    assert legs(other_side(sided("right", "each"))) == ["left", "left", "right"]


def test_the_other_side_in_the_second_hold_is_for_this_hold_alone() -> None:
    """OTHER_SIDE in the second hold repeats the first side; the next step is as written."""
    session, _ = move(sided("each", "each", "right"), Move.NEXT, START)

    assert legs(other_side(session)) == ["right", "right", "left", "right"]


def test_the_other_side_twice_is_where_it_was() -> None:
    """OTHER_SIDE twice restores the timeline."""
    session = sided("right", "left", "each", "right")

    assert legs(other_side(other_side(session))) == legs(session)


@given(routines)
def test_the_other_side_changes_no_place_and_no_length(some: Routine) -> None:
    """OTHER_SIDE changes only the leg, not the position or the lengths."""
    session = started(some)
    if can(session, Move.OTHER_SIDE):
        shape = [(one.phase, one.step_index, one.seconds) for one in session.timeline.segments]
        turned = other_side(session).timeline.segments

        assert [(one.phase, one.step_index, one.seconds) for one in turned] == shape


def test_it_hurts_skips_this_side_and_says_why() -> None:
    """The event has `hurt`, so that something milder can be offered."""
    _, told = move(at(started(), 50), Move.HURTS, START + 50)

    assert [e.hurt for e in told if isinstance(e, happened.Skipped)] == [True]


def test_a_refused_move_changes_nothing() -> None:
    """The session is the same value as before."""
    session = at(started(), 50)
    with pytest.raises(IllegalMove):
        move(session, Move.RESUME, START + 50)

    assert session == at(started(), 50)


def test_nothing_moves_after_the_end() -> None:
    """Every move is refused."""
    session = at(started(), 1000)

    assert not any(can(session, what) for what in Move)


def test_it_can_be_resumed_in_the_middle() -> None:
    """Marks before the position do not fire again."""
    session, told = begin(lay_out(routine()), START, index=1, spent=72.0)

    assert session.remaining == 48.0
    assert names(told) == ["HoldStarted"]
    assert not [e for e in told if isinstance(e, happened.LineDue)]


@pytest.mark.parametrize(("index", "spent"), [(-1, 0.0), (9, 0.0), (1, 121.0), (1, -1.0)])
def test_it_cannot_be_resumed_outside(index: int, spent: float) -> None:
    """A position that is not in the timeline is refused."""
    with pytest.raises(IllegalMove):
        started(index=index, spent=spent)


def test_upcoming_marks_have_no_gaps_between_windows() -> None:
    """Windows of two seconds, half a second apart, return each mark once."""
    session, now, since = started(five_steps()), START, START
    due = []
    while not session.is_over:
        due += [c.mark for c in upcoming(session, now, 2.0, since=since)]
        since, now = now + 2.0, now + 0.5
        session, _ = tick(session, now)

    assert len(due) == sum(1 for _ in session.timeline.cues())


def test_a_mark_at_the_moment_of_a_move_is_due() -> None:
    """Skipping into a switch plays its tone."""
    session, _ = move(at(started(), 50), Move.NEXT, START + 50)
    due = upcoming(session, START + 50, 2.0)

    assert [c.mark.cue.value for c in due] == ["switch"]


def test_nothing_is_due_while_paused() -> None:
    """A pause schedules no sound."""
    paused, _ = move(started(), Move.PAUSE, START + 19)

    assert upcoming(paused, START + 19, 10.0) == ()


def test_nothing_behind_an_open_hold_is_certain() -> None:
    """Marks after an open hold have no known moment."""
    session = started(routine(step(hold=None, sides=Sides.LEFT), step()))

    assert all(c.moment <= START + 20 for c in upcoming(session, START, 10_000.0))


ticks = st.lists(st.floats(0, 40, allow_nan=False), max_size=60)


@given(closed_routines, ticks)
def test_each_cue_happens_once_however_ticks_fall(some: Routine, steps: list[float]) -> None:
    """Random ticks and one long tick return the same events."""
    session, told = begin(lay_out(some), START)
    whole, after = tick(session, START + 1e6)
    now, told_slowly = START, told
    for seconds in steps:
        now += seconds
        session, passed = tick(session, now)
        told_slowly += passed
    session, passed = tick(session, START + 1e6)

    assert names(told_slowly + passed) == names(told + after)
    assert session.status is whole.status is Status.FINISHED


@given(closed_routines, ticks)
def test_the_clock_may_go_back_without_harm(some: Routine, steps: list[float]) -> None:
    """A reading before the last one counts as no time."""
    session = started(some)
    for seconds in steps:
        seen = position(session)
        session, _ = tick(session, START + seconds)
        assert position(session) >= seen


moves = st.lists(st.tuples(st.sampled_from([*Move, None, "sleep"]), st.floats(0, 100)), max_size=40)


@given(routines, moves, st.booleans())
def test_any_move_is_valid_or_changes_nothing(
    some: Routine,
    asked: list[tuple[Move | str | None, float]],
    waits: bool,
) -> None:
    """Random moves never lead to an invalid state."""
    session, now = started(some, waits=waits), START
    for what, seconds in asked:
        now += seconds
        before = session
        try:
            if isinstance(what, Move):
                session, _ = move(session, what, now)
            elif what == "sleep":
                session, _ = interrupt(session, seconds)
            else:
                session, _ = tick(session, now)
        except IllegalMove:
            assert session is before
        assert 0 <= session.index < len(session.timeline.segments)
        assert session.spent >= 0.0
        assert session.remaining is None or session.remaining >= 0.0
        assert 0.0 <= position(session) <= session.timeline.seconds
        assert session.remaining_in_all >= 0.0
        assert (session.began is not None) == (session.status is Status.RUNNING)


@given(routines, moves, st.booleans())
def test_can_agrees_with_what_a_move_does(
    some: Routine,
    asked: list[tuple[Move | str | None, float]],
    waits: bool,
) -> None:
    """After random moves, `can` is true for exactly the moves that are not refused."""
    session, now = started(some, waits=waits), START
    for what, seconds in asked:
        now += seconds
        with contextlib.suppress(IllegalMove):
            if isinstance(what, Move):
                session, _ = move(session, what, now)
            elif what == "sleep":
                session, _ = interrupt(session, seconds)
            else:
                session, _ = tick(session, now)
        assert {each for each in Move if can(session, each)} == possible(session)


def possible(session: Session) -> set[Move]:
    """Return the moves that are possible now."""
    found = set()
    for what in Move:
        with contextlib.suppress(IllegalMove):
            move(session, what, session.seen)
            found.add(what)
    return found


@given(closed_routines, st.lists(st.floats(0.1, 50), min_size=1, max_size=10))
def test_skipping_while_paused_stays_paused_and_then_runs_the_full_time(
    some: Routine, pauses: list[float]
) -> None:
    """A hold that is entered by a skip in a pause keeps its whole length."""
    session, _ = move(started(some), Move.PAUSE, START)
    now = START
    for seconds in pauses:
        now += seconds
        if session.following is None:
            break
        session, _ = move(session, Move.NEXT, now)
        assert session.status is Status.PAUSED
        assert session.remaining == session.segment.seconds


def test_a_whole_bedtime_session_holds_each_side_exactly() -> None:
    """Ticked ten times a second for 23 minutes, each hold lasts 120 s to the microsecond."""
    session, now = started(five_steps()), START
    began: dict[int, float] = {}
    held: list[float] = []
    while not session.is_over:
        now += 0.1
        session, told = tick(session, now)
        for event in told:
            if isinstance(event, happened.HoldStarted):
                began[0] = event.at
            if isinstance(event, happened.HoldEnded):
                held.append(event.at - began[0])

    assert held == pytest.approx([120.0] * 10, abs=1e-6)
    assert now - START == pytest.approx(session.timeline.seconds, abs=0.2)


def test_more_is_one_repetition_more() -> None:
    """MORE adds a repetition to a set, and its number with it."""
    session, _ = begin(lay_out(counted()), START, index=1)
    session, _ = move(session, Move.MORE, START + 5.0)

    assert session.segment.count == 13
    assert [m.text for m in session.segment.marks if m.cue is Cue.COUNT][-1] == "13"


def test_less_keeps_the_repetition_that_runs() -> None:
    """LESS takes away repetitions that have not begun, and is refused then."""
    session, _ = begin(lay_out(counted()), START, index=1)
    for _ in range(10):
        session, _ = move(session, Move.LESS, START + 5.0)

    assert session.segment.count == 2
    with pytest.raises(IllegalMove):
        move(session, Move.LESS, START + 5.0)


def test_a_repetition_shows_no_line() -> None:
    """The ring has the number; the caption stays."""
    session, _ = begin(lay_out(counted()), START, index=1)
    _, told = tick(session, START + 3.5)

    assert [event.cue for event in told if isinstance(event, happened.CueRang)] == [Cue.COUNT]
    assert not [event for event in told if isinstance(event, happened.LineDue)]
