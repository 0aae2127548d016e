"""Tests of the sound of whole sessions, shipped and random, in simulated time."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import closed_steps, five_steps, routine, routines_of, step
from legato.cli.routines import timeline_as_json
from legato.devices.voice import SpeechCache
from legato.domain import spoken_lines
from legato.domain.cues import Cue
from legato.domain.routine import Routine, Side, Sides, VoiceLevel, on_side
from legato.domain.session import Move
from legato.domain.sound import Pcm, VoiceSettings
from legato.domain.timeline import Phase, Segment, Timeline, lay_out
from legato.resources import find_bundled
from legato.storage.library import Library
from recorded_audio import Evening, Heard, spoken_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

BUNDLED = find_bundled()
LIBRARY = Library(BUNDLED.routines, Path("nowhere"), BUNDLED.assets)
SHIPPED = {entry.id: entry.routine for entry in LIBRARY.entries() if entry.routine}
CLOSED = {
    name: some
    for name, some in SHIPPED.items()
    if all(step.hold is not None for step in some.steps)
}
TALKING = [VoiceLevel.FULL, VoiceLevel.QUIET]
SIDE_WORDS = re.compile(r"\b(left|(?<!all )right)\b")
"""Who is told to be all right is told of no side."""
ENDS_LATE = 1e-6
some_routines = routines_of(
    closed_steps.map(
        lambda one: replace(one, hold=min(one.hold or 0.0, 60.0), repeat=1 + one.repeat % 2)
    )
).map(lambda some: replace(some, steps=some.steps[:2]))
"""Short ones: there is more of what is odd in less time."""


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Let there be timers."""
    assert qapp


def evening(some: Routine, level: VoiceLevel = VoiceLevel.FULL) -> tuple[Heard, ...]:
    """Return all sounds of a session."""
    return Evening(lay_out(some), level).finish()


def lines(heard: tuple[Heard, ...]) -> list[str]:
    """Return the spoken lines, in order."""
    return [one.text for one in heard if one.cue is Cue.LINE]


def overlaps(heard: tuple[Heard, ...]) -> list[tuple[Heard, Heard]]:
    """Return lines that begin before the one before has ended, or end after the next begins.

    The tick of a repetition rings together with its number, the first of them over the begin.
    """
    rest = [one for one in heard if one.cue is not Cue.COUNT]
    return [
        (one, other)
        for one, other in itertools.pairwise(rest)
        if other.at < one.end - ENDS_LATE
        and Cue.LINE in {one.cue, other.cue}
        and not (one.cue is Cue.BEGIN and other.text == "1")
    ]


def late(heard: tuple[Heard, ...], timeline: Timeline) -> list[Heard]:
    """Return the lines that end after the segment in which they were due."""
    ends = {
        mark.text: [end for start, end, marks in spans(timeline) for m in marks if m == mark.text]
        for mark in timeline.cues()
    }
    return [
        one
        for one in heard
        if one.text and not any(one.end <= e + ENDS_LATE for e in ends[one.text])
    ]


def spans(timeline: Timeline) -> Iterator[tuple[float, float, list[str]]]:
    """Yield start, end and captions of each segment; its last lines may last until the next."""
    for start, segment in zip(timeline.starts, timeline.segments, strict=False):
        length = segment.counted_seconds
        yield (
            start,
            start + length,
            [m.text for m in segment.marks if start + m.at < start + length],
        )
        yield start, float("inf"), [m.text for m in segment.marks if start + m.at >= start + length]


@pytest.mark.parametrize("level", TALKING)
@pytest.mark.parametrize("name", CLOSED)
def test_no_line_runs_into_anything(name: str, level: VoiceLevel) -> None:
    """No line overlaps a tone, a line or the next phase."""
    heard = evening(CLOSED[name], level)

    assert overlaps(heard) == []
    assert late(heard, lay_out(CLOSED[name])) == []


@pytest.mark.parametrize("name", CLOSED)
def test_what_rings_is_what_the_timeline_tells(name: str) -> None:
    """Tones and lines are those of `legato timeline`, at their moments."""
    timeline = lay_out(CLOSED[name])
    told = timeline_as_json(timeline)["cues"]
    heard = evening(CLOSED[name])

    assert [(one.at, one.cue) for one in heard if one.cue is not Cue.LINE] == [
        (one["at"], one["cue"]) for one in told if one["cue"] != Cue.LINE
    ]
    assert set(lines(heard)) <= {one["text"] for one in told}


def test_a_line_that_waits_long_keeps_clear_of_later_tones() -> None:
    """A slow voice that says `Begin` late avoids later tones."""
    twice = step(hold=30.0, repeat=2, release=0.0, ready=0.0, sides=Sides.BOTH)
    timeline = lay_out(routine(twice))
    heard = Evening(timeline, VoiceLevel.FULL, lambda text: 2.0 * spoken_seconds(text)).finish()

    assert overlaps(heard) == []


@given(some_routines, st.floats(0.4, 3.0), st.sampled_from(TALKING))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_line_of_any_routine_runs_into_anything(
    some: Routine, slowness: float, level: VoiceLevel
) -> None:
    """No line overlaps, however slow the voice is."""
    timeline = lay_out(some)
    heard = Evening(timeline, level, lambda text: slowness * spoken_seconds(text)).finish()

    assert overlaps(heard) == []
    assert late(heard, timeline) == []


@given(some_routines, st.floats(0.0, 200.0), st.sampled_from([Move.NEXT, Move.HURTS, Move.STOP]))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_skip_takes_back_what_was_to_be_said(some: Routine, after: float, what: Move) -> None:
    """After a skip no line of the old phase is heard."""
    running = Evening(lay_out(some), VoiceLevel.FULL)
    running.pass_seconds(after)
    before = len(running.heard)
    if not running.driver.move(what):
        return
    session, skipped_at = running.driver.session, running.clock.now
    assert session is not None
    heard = running.heard if session.is_over else running.finish()
    allowed = {spoken_lines.HURTS, spoken_lines.STOPPED} | {
        mark.text
        for segment in session.timeline.segments[session.index :]
        for mark in segment.marks
    }

    assert all(one.end <= skipped_at for one in heard[:before])
    assert set(lines(heard[before:])) <= allowed


@given(st.floats(0.0, 400.0), st.floats(0.1, 300.0))
@settings(max_examples=30, deadline=None)
def test_nothing_is_heard_in_a_pause(after: float, paused: float) -> None:
    """Only the pause itself is announced, and nothing is caught up afterwards."""
    running = Evening(lay_out(five_steps()), VoiceLevel.FULL)
    running.pass_seconds(after)
    running.driver.toggle_pause()
    paused_at = running.clock.now
    running.pass_seconds(paused)
    resumed_at = running.clock.now
    running.driver.toggle_pause()
    running.pass_seconds(10.0)
    between = tuple(one for one in running.heard if paused_at <= one.at < resumed_at)
    running.driver.close()

    assert lines(between) in ([spoken_lines.PAUSED], [])
    assert [one.cue for one in between if one.cue is not Cue.LINE] == []
    assert overlaps(running.heard) == []


def test_less_is_said_at_each_lower_level() -> None:
    """The levels are full, quiet, tones only and silent."""
    full, quiet, chime, silent = (evening(five_steps(), level) for level in VoiceLevel)

    assert len(lines(full)) > len(lines(quiet)) > 0
    assert set(lines(quiet)) < set(lines(full))
    assert lines(chime) == []
    assert chime
    assert silent == ()


def test_good_night_is_the_last_that_is_heard() -> None:
    """Its tone and its words end the session."""
    *_, end, tone, release, words = evening(five_steps())

    assert [end.cue, tone.cue, release.text] == [Cue.END, Cue.GOOD_NIGHT, "And slowly release."]
    assert words.text.endswith("Good night.")


def side_problems(segment: Segment, said: list[str]) -> list[str]:
    """Return the lines of a segment with wrong side words."""
    step, side = segment.step, segment.side
    own = [*step.setup, *(line.text for line in step.say)]
    with_side = {spoken_lines.format_line(line, side) for line in own} | {
        spoken_lines.announcement(step, side),
        *spoken_lines.switch(side),
    }
    return [line for line in said if SIDE_WORDS.search(line) and line not in with_side]


@pytest.mark.parametrize("asked", [None, Side.LEFT, Side.RIGHT, Side.BOTH])
@pytest.mark.parametrize("name", SHIPPED)
def test_every_line_names_the_side_that_works(name: str, asked: Side | None) -> None:
    """The side words match the working leg; both legs have none."""
    for segment in lay_out(on_side(SHIPPED[name], asked)).segments:
        said = [mark.text for mark in segment.marks]
        other = (
            re.compile(rf"(?<!all )\b{segment.side.other}\b")
            if segment.side is not Side.BOTH
            else SIDE_WORDS
        )
        crossed = [line for line in segment.step.setup if "{other}" in line]

        assert side_problems(segment, said) == []
        assert not [line for line in said if "{" in line or "}" in line]
        assert crossed or not [line for line in said if other.search(line)]


def test_no_line_that_ships_has_a_side_of_its_own() -> None:
    """A written `left` would be wrong for the right leg."""
    steps = [step for some in SHIPPED.values() for step in some.steps]
    written = [line for step in steps for line in (*step.setup, *(one.text for one in step.say))]

    assert [line for line in written if SIDE_WORDS.search(line)] == []


class Scribe:
    """An engine that records its lines."""

    name = "scribe"

    def __init__(self) -> None:
        self.said: list[str] = []

    def render(self, text: str, voice: VoiceSettings) -> Pcm | None:  # noqa: ARG002 - the port's shape
        """Record the line."""
        self.said.append(text)
        return None

    def close(self) -> None:
        """Do nothing."""


def test_the_engine_is_given_the_very_words() -> None:
    """Shipped lines reach the engine unchanged, for both sides."""
    sides = (Side.LEFT, Side.RIGHT)
    timelines = (lay_out(on_side(some, side)) for some in SHIPPED.values() for side in sides)
    wanted = {mark.text for timeline in timelines for mark in timeline.cues() if mark.text}
    scribe = Scribe()
    box = SpeechCache(lambda: scribe, lambda: None, VoiceSettings())
    for text in sorted(wanted):
        box.prepare(text)
    box.prepare("The last of all.")
    while box.spoken("The last of all.") is None:
        assert box._thread is not None
        box._thread.join(0.01)
    box.close()

    assert {*scribe.said} == wanted | {"The last of all."}


def test_holds_of_a_left_session_are_left() -> None:
    """A session of the left leg has no right holds."""
    timeline = lay_out(on_side(SHIPPED["bedtime"], Side.LEFT))

    assert {s.side for s in timeline.segments if s.phase is Phase.HOLD} == {Side.LEFT}
