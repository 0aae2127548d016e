"""Tests of scheduling: tones at their moments, lines where there is room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.audio_fakes import FakeLines, flat, scheduler_with, tone_of
from legato.devices.audio.schedule import CueScheduler, Spoken
from legato.domain.cues import Cue, ScheduledCue


def line(at: float, text: str = "hello", until: float | None = None) -> ScheduledCue:
    """Return a spoken line."""
    return ScheduledCue(at, Cue.LINE, text, until)


def moments(program: CueScheduler, before: float, now: float = 0.0) -> list[float]:
    """Return the moments at which sounds begin, rounded."""
    return [round(start.at, 3) for start in program.begin_before(before, now)]


def test_tone_begins_at_its_moment() -> None:
    """A tone begins when it is due."""
    program = scheduler_with(ScheduledCue(10.0, Cue.BEGIN))

    assert moments(program, 10.1) == [10.0]


def test_tone_begins_once() -> None:
    """A sound that has begun is removed."""
    program = scheduler_with(ScheduledCue(10.0, Cue.BEGIN))
    moments(program, 10.1)

    assert moments(program, 20.0, now=10.0) == []


def test_tone_waits() -> None:
    """No sound begins before its moment."""
    assert moments(scheduler_with(ScheduledCue(10.0, Cue.BEGIN)), 9.9) == []


def test_tones_begin_in_order_of_time() -> None:
    """The order of adding does not matter."""
    program = scheduler_with(ScheduledCue(12.0, Cue.END), ScheduledCue(10.0, Cue.BEGIN))

    assert moments(program, 20.0) == [10.0, 12.0]


def test_two_tones_of_one_moment_both_begin() -> None:
    """The last end and the good night have the same moment."""
    program = scheduler_with(ScheduledCue(10.0, Cue.END), ScheduledCue(10.0, Cue.GOOD_NIGHT))

    assert moments(program, 11.0) == [10.0, 10.0]


def test_slightly_late_tone_begins_at_once() -> None:
    """A tone up to half a second late is played."""
    assert moments(scheduler_with(ScheduledCue(10.0, Cue.BEGIN)), 10.5, now=10.4) == [10.4]


def test_late_tone_is_dropped() -> None:
    """A tone more than half a second late is dropped."""
    assert moments(scheduler_with(ScheduledCue(10.0, Cue.BEGIN)), 10.7, now=10.6) == []


def test_cue_without_a_sound_is_left_out() -> None:
    """A cue that is off is not scheduled."""
    assert scheduler_with(ScheduledCue(10.0, Cue.HALFWAY)).next_moment(0.0) is None


def test_line_waits_for_the_body_of_the_tone() -> None:
    """A line of the same moment follows the tone's body and a pause."""
    program = scheduler_with(ScheduledCue(10.0, Cue.BEGIN), line(10.0), hello=1.0)

    assert moments(program, 12.0) == [10.0, 10.8]


def test_lines_follow_each_other_with_a_pause() -> None:
    """The second line begins a pause after the first has ended."""
    program = scheduler_with(line(10.0, "one"), line(11.0, "two"), one=1.0, two=1.0)

    assert moments(program, 12.0) == [10.0, 11.5]


def test_a_line_that_is_late_is_given_less_of_a_pause() -> None:
    """A late line follows the one before after a shorter pause."""
    program = scheduler_with(line(10.0, "one"), line(10.5, "two"), one=1.0, two=1.0)

    assert moments(program, 12.0) == [10.0, 11.2]


def test_a_line_does_not_run_into_a_tone_that_is_not_handed_over_yet() -> None:
    """It waits for it, and is spoken after it."""
    program = scheduler_with(line(10.0)._replace(tones_at=(13.0,)), hello=4.0)
    before = program.begin_before(12.9, 10.0)
    program.add(ScheduledCue(13.0, Cue.BEGIN))

    assert before == []
    assert moments(program, 16.0) == [13.0, 13.8]


def test_a_line_that_must_end_in_time_is_not_spoken_much_too_late() -> None:
    """A late line is dropped, even with room."""
    program = scheduler_with(line(10.0, until=70.0), hello=1.0)

    assert moments(program, 12.0, now=20.5) == []


def test_lines_of_one_moment_keep_their_order() -> None:
    """Lines of the same moment keep the order of adding."""
    program = scheduler_with(line(10.0, "one"), line(10.0, "two"), one=1.0, two=2.0)

    assert [start.pcm.seconds for start in program.begin_before(12.0, 0.0)] == [1.0, 2.0]


def test_line_that_would_run_into_a_tone_follows_it() -> None:
    """A line that cannot end before the next tone waits for it."""
    program = scheduler_with(line(9.5), ScheduledCue(10.0, Cue.BEGIN), hello=1.0)

    assert moments(program, 12.0) == [10.0, 10.8]


def test_line_that_cannot_end_in_time_is_dropped() -> None:
    """A line that cannot end before `until` is dropped."""
    assert moments(scheduler_with(line(10.0, until=10.9), hello=1.0), 12.0) == []


def test_line_that_just_fits_is_spoken() -> None:
    """A line may end exactly at `until`."""
    assert moments(scheduler_with(line(10.0, until=11.0), hello=1.0), 12.0) == [10.0]


def test_line_pushed_beyond_its_end_is_dropped() -> None:
    """A line that fits only without the tone is dropped."""
    program = scheduler_with(ScheduledCue(10.0, Cue.BEGIN), line(10.0, until=11.5), hello=1.0)

    assert moments(program, 12.0) == [10.0]


def test_dropped_line_makes_room_for_the_next() -> None:
    """A dropped line takes no time."""
    program = scheduler_with(line(10.0, "long", 11.0), line(10.5, "short"), long=3.0, short=1.0)

    assert moments(program, 12.0) == [10.5]


def test_line_not_yet_rendered_waits() -> None:
    """A line begins once it is rendered."""
    lines = FakeLines()
    program = CueScheduler(tone_of, lines, 0.5)
    program.add(line(10.0))
    before = moments(program, 10.5, now=10.0)
    lines.answers["hello"] = Spoken(flat(1.0))

    assert (before, moments(program, 10.6, now=10.5)) == ([], [10.5])


def test_line_never_rendered_does_not_hold_up_the_next() -> None:
    """After a timeout the next line is spoken."""
    program = scheduler_with(line(10.0, "stuck"), line(10.0, "next"), next=1.0)

    assert moments(program, 11.7, now=11.6) == [11.6]


def test_line_not_yet_rendered_does_not_delay_a_tone() -> None:
    """An engine that hangs never delays cues."""
    program = scheduler_with(line(9.0, "stuck"), ScheduledCue(10.0, Cue.BEGIN))

    assert moments(program, 10.1) == [10.0]


def test_line_that_cannot_be_spoken_is_dropped() -> None:
    """A failed line is dropped."""
    lines = FakeLines(next=1.0)
    lines.answers["stuck"] = Spoken(None)
    program = CueScheduler(tone_of, lines, 0.5)
    program.add(line(10.0, "stuck"))
    program.add(line(10.0, "next"))

    assert moments(program, 10.1) == [10.0]


def test_line_without_an_end_is_dropped_when_very_late() -> None:
    """A line without `until` has a limit, too."""
    assert moments(scheduler_with(line(10.0), hello=1.0), 15.2, now=15.1) == []


def test_unrendered_line_opens_nothing() -> None:
    """A line that is not rendered has no next moment."""
    assert scheduler_with(line(10.0)).next_moment(0.0) is None


def test_next_moment_is_the_earliest() -> None:
    """Tones and lines are both considered."""
    program = scheduler_with(ScheduledCue(12.0, Cue.END), line(10.0), hello=1.0)

    assert program.next_moment(0.0) == pytest.approx(10.0)


def test_clear_forgets_all() -> None:
    """After `clear` no sound begins."""
    program = scheduler_with(ScheduledCue(12.0, Cue.END), line(10.0), hello=1.0)
    program.clear()

    assert moments(program, 20.0) == []


def test_clear_forgets_what_was_spoken() -> None:
    """After `clear` a new line does not wait for the old one."""
    program = scheduler_with(line(10.0, "long"), long=9.0, short=1.0)
    moments(program, 10.1)
    program.clear()
    program.add(line(10.5, "short"))

    assert moments(program, 10.6, now=10.2) == [10.5]


def test_drop_before_keeps_what_comes_later() -> None:
    """Only sounds before the moment are dropped."""
    program = scheduler_with(ScheduledCue(10.0, Cue.BEGIN), ScheduledCue(12.0, Cue.END))
    program.drop_before(11.0)

    assert program.next_moment(0.0) == pytest.approx(12.0)


@given(
    tones=st.lists(st.floats(0.0, 30.0), max_size=5),
    lines=st.lists(
        st.tuples(st.floats(0.0, 30.0), st.sampled_from(["one", "two"]), st.floats(0.0, 10.0)),
        max_size=6,
    ),
)
def test_nothing_spoken_ever_overlaps(
    tones: list[float], lines: list[tuple[float, str, float]]
) -> None:
    """Random lines overlap no line and no tone's body, and end in time."""
    program = scheduler_with(
        *(ScheduledCue(at, Cue.BEGIN) for at in tones),
        *(line(at, text, at + room) for at, text, room in lines),
        one=1.0,
        two=2.5,
    )
    begun = [
        start
        for block in range(400)
        for start in program.begin_before(block / 10 + 0.1, block / 10)
    ]
    spoken = [(one.at, one.at + one.pcm.seconds) for one in begun if one.is_line]
    sounded = [(one.at, one.at + 0.3) for one in begun if not one.is_line]

    assert len(sounded) == len(tones)
    assert all(end <= start for (_, end), (start, _) in pairwise(spoken))
    assert all(
        end <= begin or finish <= start for start, end in spoken for begin, finish in sounded
    )
    assert all(
        any(at <= start and end <= at + room + 1e-6 for at, _, room in lines)
        for start, end in spoken
    )


def test_a_number_begins_with_its_tick() -> None:
    """Both have the same first sample, and the number is as loud as speech."""
    program = scheduler_with(ScheduledCue(10.0, Cue.COUNT, "7"), **{"7": 0.4})
    starts = program.begin_before(10.1, 0.0)

    assert [(one.at, one.is_line) for one in starts] == [(10.0, False), (10.0, True)]


def test_a_number_that_is_not_rendered_leaves_its_tick() -> None:
    """A tick never waits for the voice."""
    assert moments(scheduler_with(ScheduledCue(10.0, Cue.COUNT, "7")), 10.1) == [10.0]


def test_a_line_waits_for_the_end_of_a_number() -> None:
    """Two voices never speak at once."""
    program = scheduler_with(
        ScheduledCue(10.0, Cue.COUNT, "7"), line(10.0), hello=0.5, **{"7": 0.6}
    )

    assert moments(program, 12.0) == [10.0, 10.0, 11.1]
