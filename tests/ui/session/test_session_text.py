"""The texts of the session page, from a session alone."""

from __future__ import annotations

import pytest

from builders import counted, routine, step
from legato.domain.routine import Kind, Routine, Side, Sides
from legato.domain.session import Move, Session, begin, interrupt, move, tick
from legato.domain.timeline import lay_out
from legato.ui.session import text as session_text

START = 5000.0


def at(seconds: float, some: Routine | None = None, **values: object) -> Session:
    """Return a session that has run for `seconds`."""
    session, _ = begin(lay_out(some or routine()), START, **values)  # type: ignore[arg-type]
    return tick(session, START + seconds)[0]


def test_a_massage_is_not_held() -> None:
    """The word for a hold depends on the kind of step."""
    assert session_text.phase(at(30, routine(step(kind=Kind.MASSAGE)))) == "Massage"


def test_a_sleep_is_distinguished_from_a_pause() -> None:
    """The text says that the computer slept."""
    assert session_text.phase(interrupt(at(30), 900.0)[0]) == session_text.SLEPT


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (30, "Step 1 of 2. Next: the left leg"),
        (160, "Step 1 of 2. Next: Thigh, left leg"),
        (310, "Step 2 of 2, the last one"),
    ],
)
def test_what_comes_next(seconds: float, words: str) -> None:
    """Which step it is; the next is the other side, then the next step, then nothing."""
    some = routine(step("Calf"), step("Thigh", first=Side.LEFT, sides=Sides.LEFT))

    assert session_text.following(at(seconds, some)) == words


def test_what_comes_next_for_both_legs_names_none() -> None:
    """A step for both legs is announced without a leg."""
    some = routine(step(sides=Sides.LEFT), step("Foot bath", sides=Sides.BOTH, kind=Kind.SOAK))

    assert session_text.following(at(30, some)) == "Step 1 of 2. Next: Foot bath"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "5 min left in all"),
        (35.5, "4 min left in all"),
        (215, "1 min left in all"),
        (216, "Less than a minute left"),
    ],
)
def test_time_in_all_is_rounded_up_to_minutes(seconds: float, words: str) -> None:
    """It changes once a minute and is never too short."""
    assert session_text.left_in_all(at(seconds)) == words


def test_time_in_all_does_not_know_an_open_hold() -> None:
    """With an open hold only the minimum is shown, and nothing below a minute."""
    some = routine(step(hold=None, sides=Sides.LEFT), step(sides=Sides.LEFT))
    last = routine(step(hold=None, sides=Sides.LEFT))

    assert session_text.left_in_all(at(30, some)) == "At least 3 min left in all"
    assert session_text.left_in_all(at(30, last)) == ""


def test_getting_ready_comes_with_all_cautions() -> None:
    """The notes are: feel, easier, when to leave it out, and when to stop."""
    some = routine(step(feel="The calf.", easier="Bend more.", skip_if="It is red."))

    assert session_text.notes(at(1, some)) == (
        "Feel it: The calf.",
        "Easier: Bend more.",
        "Leave it out: It is red.",
        "Stop on sharp pain, tingling, numbness or a new cramp.",
    )


def test_a_hold_comes_with_what_helps_there() -> None:
    """During a hold there are fewer notes."""
    some = routine(step(feel="The calf.", easier="Bend more.", skip_if="It is red."))

    assert session_text.notes(at(30, some)) == ("Feel it: The calf.", "Easier: Bend more.")


def test_notes_name_the_side() -> None:
    """`{side}` is replaced in notes."""
    some = routine(step(feel="The {side} calf."))

    assert session_text.notes(at(30, some)) == ("Feel it: The right calf.",)


def test_a_drink_needs_no_warning_of_pain() -> None:
    """A step without exercise has no note about when to stop."""
    some = routine(step(kind=Kind.DRINK, sides=Sides.BOTH))

    assert session_text.notes(at(1, some)) == ()


@pytest.mark.parametrize(
    ("session", "hint"),
    [
        (move(at(30), Move.PAUSE, START + 30)[0], session_text.RESUME_HINT),
        (at(30, waits=True), session_text.GO_ON_HINT),
        (at(30, routine(step(hold=None))), session_text.OPEN_HINT),
    ],
    ids=["paused", "waiting", "open"],
)
def test_a_paused_session_names_the_key_to_resume(session: Session, hint: str) -> None:
    """The key is in the first note."""
    assert session_text.notes(session)[0] == hint


def test_the_longest_time_is_that_of_the_longest_hold() -> None:
    """Ten minutes need one more digit than two."""
    assert len(session_text.longest_time(lay_out(routine(step(), step(hold=600.0))))) == 5


def test_an_open_hold_may_last() -> None:
    """An open hold reserves space for an hour."""
    assert session_text.longest_time(lay_out(routine(step(hold=None)))) == "59:59"


def test_a_set_says_how_often() -> None:
    """Above the number stands how many there are."""
    assert session_text.phase(at(21, counted())) == "12 times"


def test_a_set_says_which_it_is() -> None:
    """The notes name the set, and show the note of the step."""
    shown = session_text.lasting_note(at(21, counted(note="The red band.")))

    assert shown == "Set 1 of 2. The red band."


def test_a_screen_reader_hears_how_often() -> None:
    """The length in seconds says nothing about repetitions."""
    assert session_text.spoken(at(21, counted())).endswith(", 12 times")
