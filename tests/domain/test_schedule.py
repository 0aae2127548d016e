"""The cues of each voice level, and the times at which lines are spoken."""

from __future__ import annotations

import pytest

from builders import counted, five_steps, routine, step
from legato.domain import events as happened
from legato.domain import spoken_lines
from legato.domain.cues import Cue, ScheduledCue
from legato.domain.routine import Routine, Sides, TimedLine, VoiceLevel
from legato.domain.schedule import (
    SENTENCE_SECONDS,
    TONE_SECONDS,
    feedback_lines,
    filter_cues,
    queue_after,
    upcoming,
)
from legato.domain.session import begin
from legato.domain.timeline import lay_out

START = 5000.0


def heard(level: VoiceLevel, some: Routine | None = None) -> tuple[ScheduledCue, ...]:
    """Return the cues of a whole session that begins at START."""
    session, _ = begin(lay_out(some or five_steps()), START)
    return filter_cues(upcoming(session, START, 10_000.0), level)


def tones(dues: tuple[ScheduledCue, ...]) -> set[Cue]:
    """Return the kinds of tones among `dues`."""
    return {due.cue for due in dues} - {Cue.LINE}


def lines(dues: tuple[ScheduledCue, ...]) -> list[str]:
    """Return what is spoken, in order."""
    return [due.text for due in dues if due.cue is Cue.LINE]


def test_full_rings_and_speaks_everything() -> None:
    """At `full` every mark is played or spoken, and every caption is spoken."""
    marks = list(lay_out(five_steps()).cues())
    dues = heard(VoiceLevel.FULL)

    assert sorted(lines(dues)) == sorted(mark.text for mark in marks if mark.text)
    assert len(dues) - len(lines(dues)) == sum(mark.cue is not Cue.LINE for mark in marks)


def test_quiet_rings_everything_and_speaks_at_the_turns_alone() -> None:
    """At `quiet` begin, halfway, switch and end are spoken, but no setup or farewell."""
    dues = heard(VoiceLevel.QUIET)

    assert tones(dues) == set(Cue) - {Cue.LINE, Cue.COUNT}
    assert set(lines(dues)) == {
        "Begin. Ease in slowly.",
        "Halfway. One more minute.",
        "Other side when you're ready.",
        "And slowly release.",
    }


def test_chime_rings_without_words_or_ten_seconds() -> None:
    """At `chime` only the tones of begin, halfway, switch and end are left."""
    dues = heard(VoiceLevel.CHIME)

    assert tones(dues) == {Cue.BEGIN, Cue.HALFWAY, Cue.SWITCH, Cue.END, Cue.GOOD_NIGHT}
    assert lines(dues) == []


def test_silent_is_silent() -> None:
    """At `silent` there is no cue."""
    assert heard(VoiceLevel.SILENT) == ()


@pytest.mark.parametrize("level", VoiceLevel)
def test_cues_are_in_order_of_time(level: VoiceLevel) -> None:
    """The sound port need not sort the cues."""
    moments = [due.at for due in heard(level)]

    assert moments == sorted(moments)


def test_a_tone_is_played_at_its_mark() -> None:
    """No voice level moves a tone."""
    timeline = lay_out(five_steps())
    planned = [START + m.at for m in timeline.cues() if m.cue is not Cue.LINE]

    rung = [due.at for due in heard(VoiceLevel.FULL) if due.cue is not Cue.LINE]
    assert rung == planned


def test_the_caption_of_a_tone_is_spoken_after_it() -> None:
    """The caption of `begin` starts after the tone."""
    dues = heard(VoiceLevel.FULL)
    tone = next(due for due in dues if due.cue is Cue.BEGIN)

    line = next(due for due in dues if due.text == tone.text and due.cue is Cue.LINE)
    assert line.at == tone.at + TONE_SECONDS


def test_the_next_step_is_announced_after_the_end_of_the_last() -> None:
    """Both lines are due at the same moment and are spoken in this order."""
    said = lines(heard(VoiceLevel.FULL, routine(step("One", sides=Sides.LEFT), step("Two"))))

    assert said.index("And slowly release.") < said.index("Next: Two, right leg.")


def test_a_line_ends_with_its_segment() -> None:
    """A line of a hold must end before the switch begins."""
    late = TimedLine(118.0, "Nearly there.")
    dues = heard(VoiceLevel.FULL, routine(step(ready=0.0, say=(late,))))

    assert next(due.until for due in dues if due.text == late.text) == START + 120.0


def test_a_line_of_an_open_hold_has_no_end() -> None:
    """A line of an open hold has no latest end."""
    dues = heard(VoiceLevel.FULL, routine(step(hold=None, ready=0.0)))

    assert dues[-1] == ScheduledCue(START + TONE_SECONDS, Cue.LINE, "Begin. Ease in slowly.", None)


def test_good_night_is_spoken_last() -> None:
    """The farewell is spoken after the release, and nothing after it."""
    assert lines(heard(VoiceLevel.FULL))[-2:] == [
        "And slowly release.",
        " ".join(spoken_lines.FAREWELL),
    ]


def test_commands_are_answered() -> None:
    """Pause, resume, pain and stop each have a spoken answer."""
    skipped = happened.Skipped(1.0, lay_out(routine()).segments[0], hurt=True)
    did = (happened.Paused(1.0), happened.Resumed(1.0), skipped, happened.SessionStopped(1.0))

    assert lines(feedback_lines(did, VoiceLevel.FULL, START)) == [
        spoken_lines.PAUSED,
        spoken_lines.CARRYING_ON,
        spoken_lines.HURTS,
        spoken_lines.STOPPED,
    ]


def test_a_wake_up_is_not_spoken_to() -> None:
    """After a sleep of the machine nothing is spoken."""
    assert feedback_lines((happened.Interrupted(1.0, 9.0),), VoiceLevel.FULL, START) == ()


def test_only_full_answers() -> None:
    """The quieter levels do not answer a pause."""
    assert feedback_lines((happened.Paused(1.0),), VoiceLevel.QUIET, START) == ()


def test_lines_wait_for_the_answer_and_tones_do_not() -> None:
    """After "It hurts" the announcement is delayed; the tone of the switch is not."""
    answer = (ScheduledCue(START, Cue.LINE, "Ease out."),)
    tone, line = ScheduledCue(START, Cue.SWITCH), ScheduledCue(START + 1.0, Cue.LINE, "Other side.")

    assert queue_after(answer, (tone, line)) == (
        *answer,
        tone,
        ScheduledCue(START + SENTENCE_SECONDS, Cue.LINE, "Other side."),
    )


def test_a_number_is_spoken_with_its_tick() -> None:
    """It has the tick's moment, and is no line that could be moved."""
    counts = [due for due in heard(VoiceLevel.FULL, counted(repeat=1)) if due.cue is Cue.COUNT]

    assert [(due.at - START - 20.0, due.text) for due in counts[:2]] == [(0.0, "1"), (3.0, "2")]


def test_chime_ticks_without_numbers() -> None:
    """At `chime` each repetition has its tick."""
    dues = heard(VoiceLevel.CHIME, counted(repeat=1))

    assert [due.text for due in dues if due.cue is Cue.COUNT] == [""] * 12


def test_a_set_begins_without_a_line() -> None:
    """The first number is spoken in that moment."""
    said = lines(heard(VoiceLevel.FULL, counted(repeat=1)))

    assert "Begin." not in said
