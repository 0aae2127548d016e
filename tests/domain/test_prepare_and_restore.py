"""Preparing a routine to run, and resuming a stopped session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import counted, five_steps, routine, step
from legato.domain.resume import (
    PreparedRoutine,
    in_place,
    prepare,
    restore,
    snapshot,
    with_time_to_get_ready,
    with_timeline,
)
from legato.domain.routine import Routine, Side, Sides
from legato.domain.session import LEAST_LEFT_SECONDS, Move, Session, begin, move, tick
from legato.domain.settings import Settings
from legato.domain.timeline import Phase, lay_out

if TYPE_CHECKING:
    from legato.domain.resume import Resume
    from legato.domain.timeline import Timeline

NOW = 100.0


def prepared(some: Routine, side: Side | None = None) -> PreparedRoutine:
    """Return a routine ready to run, with plain settings."""
    return prepare("r", some, Settings(), {}, side=side, step_of=lambda _id: None)


def left_after(run: PreparedRoutine, seconds: float, *moves: Move) -> tuple[Session, Resume]:
    """Return a session some seconds after its start, and its saved state."""
    session, _ = begin(run.timeline, NOW)
    for what in moves:
        session, _ = move(session, what, NOW)
    session, _ = tick(session, NOW + seconds)
    return session, snapshot(run, session, saved_at=5.0)


def test_the_saved_state_has_step_side_and_time() -> None:
    """Fifty seconds in: right leg, 90 s left of its hold."""
    _, left = left_after(prepared(five_steps()), 50)

    assert (left.label, left.leg, left.remaining) == ("Hamstrings", Side.RIGHT, 90.0)


def test_it_is_resumed_at_its_position() -> None:
    """The same segment with the same time spent in it."""
    run = prepared(five_steps())
    session, left = left_after(run, 187)
    going_on = restore(left, run)

    assert going_on is not None
    assert (going_on.index, going_on.spent) == (session.index, session.spent)
    assert going_on.timeline.segments == session.timeline.segments


def test_a_swapped_step_is_resumed_swapped() -> None:
    """The other side, chosen by the user, is kept."""
    run = prepared(five_steps())
    _, left = left_after(run, 40, Move.OTHER_SIDE)
    going_on = restore(left, run)

    assert going_on is not None
    assert going_on.timeline.segments[going_on.index].side is Side.LEFT


def test_the_chosen_side_is_resumed_for_all_later_steps() -> None:
    """After a crash no later step returns to the side as written."""
    run = prepared(routine(*(step(sides=Sides.RIGHT) for _ in range(3))))
    _, left = left_after(run, 40, Move.OTHER_SIDE)
    going_on = restore(left, run)

    assert going_on is not None
    assert {one.side for one in going_on.timeline.segments} == {Side.LEFT}


def test_a_variant_for_both_legs_ignores_a_swapped_side() -> None:
    """A swapped side has no effect on a variant that works both legs at once."""
    run = prepared(routine(step(sides=Sides.RIGHT), step(sides=Sides.RIGHT)))
    session, _ = left_after(run, 5, Move.OTHER_SIDE)
    again = prepared(routine(step(sides=Sides.BOTH), step(sides=Sides.RIGHT)))

    assert [one.side for one in in_place(run, session, again).segments] == [
        Side.BOTH, Side.BOTH, Side.LEFT, Side.LEFT,
    ]  # fmt: skip


def test_a_changed_routine_is_not_resumed() -> None:
    """With other times the position has no meaning."""
    _, left = left_after(prepared(five_steps()), 50)
    changed = prepared(routine(*(replace(s, hold=60.0) for s in five_steps().steps)))

    assert restore(left, changed) is None


def test_a_longer_hold_is_resumed_inside_its_written_length() -> None:
    """Fifteen seconds more are not saved, and are not needed."""
    run = prepared(routine(step()))
    session, _ = begin(run.timeline, NOW)
    session, _ = tick(session, NOW + 139)
    session, _ = move(session, Move.MORE, NOW + 139)
    session, _ = tick(session, NOW + 150)
    going_on = restore(snapshot(run, session, saved_at=5.0), run)

    assert going_on is not None
    assert (going_on.index, going_on.spent) == (1, 120.0)


def test_an_invalid_position_is_not_resumed() -> None:
    """A file with invalid values cannot break the start."""
    run = prepared(five_steps())
    _, left = left_after(run, 50)

    assert restore(replace(left, segment=999), run) is None
    assert restore(replace(left, turned=(7,)), run) is None


def shorter(run: PreparedRoutine, hold: float) -> Timeline:
    """Return the timeline of a run whose stretches are held for `hold` seconds."""
    steps = tuple(replace(one, hold=hold) for one in run.routine.steps)
    return lay_out(replace(run.routine, steps=steps))


def test_other_times_keep_the_position() -> None:
    """Thirty seconds into a hold of a minute, thirty are left."""
    run = prepared(five_steps())
    session, _ = left_after(run, 50)
    again = with_timeline(session, shorter(run, 60.0), NOW + 50, waits=False)

    assert (again.index, again.spent, again.remaining) == (session.index, 30.0, 30.0)


def test_a_hold_that_is_over_by_its_new_length_still_ends_in_a_moment() -> None:
    """Its end cue is played, and nothing is skipped."""
    run = prepared(five_steps())
    session, _ = left_after(run, 110)
    again = with_timeline(session, shorter(run, 60.0), NOW + 110, waits=False)

    assert (again.index, again.remaining) == (session.index, LEAST_LEFT_SECONDS)


def test_a_pause_stays_a_pause_with_other_times() -> None:
    """A paused session stays paused; only the length changes."""
    run = prepared(five_steps())
    session, _ = left_after(run, 50)
    session, _ = move(session, Move.PAUSE, NOW + 50)
    again = with_timeline(session, shorter(run, 60.0), NOW + 500, waits=True)

    assert again.is_paused
    assert (again.waits, again.remaining) == (True, 30.0)


def test_waiting_ends_when_it_is_turned_off() -> None:
    """The rest of the time to get ready runs out from now."""
    run = prepared(five_steps())
    session, _ = begin(run.timeline, NOW, waits=True)
    session, _ = tick(session, NOW + 300)
    again, _ = tick(with_timeline(session, run.timeline, NOW + 300, waits=False), NOW + 301)

    assert (again.index, again.spent) == (1, 1.0)


def test_another_routine_is_refused() -> None:
    """A timeline with other segments is refused."""
    session, _ = left_after(prepared(five_steps()), 50)

    with pytest.raises(ValueError, match="steps or sides"):
        with_timeline(session, lay_out(routine(step())), NOW + 50, waits=False)


def test_a_hold_is_led_up_to_when_it_is_continued() -> None:
    """The time to get ready comes before what was left of it."""
    run = prepared(five_steps())
    _, left = left_after(run, 50)
    place = restore(left, run)
    assert place is not None
    led = with_time_to_get_ready(place)

    assert (led.index, led.spent, led.held) == (place.index - 1, 0.0, 30.0)
    assert [one.seconds for one in led.timeline.segments[:2]] == [20.0, 90.0]


def test_the_second_side_is_led_up_to_by_the_change() -> None:
    """There is as much time as before a step, and the change says which leg comes."""
    run = prepared(five_steps())
    _, left = left_after(run, 20 + 120 + 15 + 30)
    place = restore(left, run)
    assert place is not None
    led = with_time_to_get_ready(place)

    lead = led.timeline.segments[led.index]
    assert (lead.phase, lead.side, lead.seconds) == (Phase.SWITCH, Side.LEFT, 20.0)


def test_what_is_no_hold_goes_on_where_it_was() -> None:
    """Getting ready needs no time to get ready."""
    run = prepared(five_steps())
    _, left = left_after(run, 5)
    place = restore(left, run)
    assert place is not None

    assert with_time_to_get_ready(place) == place


def test_a_set_begins_anew() -> None:
    """Nobody goes on at the seventh of twelve an hour later."""
    run = prepared(counted())
    _, left = left_after(run, 30)
    place = restore(left, run)
    assert place is not None

    assert with_time_to_get_ready(place).timeline.segments[1].seconds == 36.0
