"""Help during a cramp: its time, lines and questions, and the routine afterwards."""

from __future__ import annotations

from builders import step
from legato.domain import cramp
from legato.domain.cramp import CrampVariant
from legato.domain.routine import Ending, Side, Sides

NOW = 400.0


def test_it_counts_up_from_the_key() -> None:
    """A minute and a half after the key the cramp has lasted 90 s."""
    assert cramp.lasted(cramp.begin(NOW), NOW + 90) == 90.0


def test_it_begins_in_bed() -> None:
    """The first variant is never standing."""
    assert cramp.begin(NOW).variant is CrampVariant.IN_BED


def test_it_asks_every_half_minute_until_answered() -> None:
    """The question is open from 30 s on, is closed by an answer and opens again at 60 s."""
    now = cramp.begin(NOW)
    assert not cramp.asks(now, NOW + 29.9)
    assert cramp.asks(now, NOW + 30)

    now = cramp.still_holding(now, NOW + 40)
    assert not cramp.asks(now, NOW + 59)
    assert cramp.asks(now, NOW + 60)


def test_an_unanswered_question_does_not_insist() -> None:
    """After minutes without an answer a single answer closes the question."""
    now = cramp.still_holding(cramp.begin(NOW), NOW + 200)

    assert not cramp.asks(now, NOW + 205)


def test_another_variant_keeps_counting_and_begins_its_own_lines() -> None:
    """Choosing another variant does not reset the time of the cramp."""
    now = cramp.choose(cramp.begin(NOW), CrampVariant.CANNOT_REACH, NOW + 20)

    assert (now.variant_since, cramp.lasted(now, NOW + 25)) == (NOW + 20, 25.0)


def test_the_other_leg_is_the_other_leg() -> None:
    """One command changes the side of figure and lines."""
    assert cramp.other_leg(cramp.begin(NOW), NOW + 31).side is Side.LEFT


def test_the_first_line_is_spoken_at_once() -> None:
    """The first line is due at 0 seconds."""
    held = step(setup=("You're all right. Stay in bed.", "Straighten the {side} knee."))

    assert cramp.line_at(held, Side.LEFT, 0.0) == "You're all right. Stay in bed."
    assert cramp.line_at(held, Side.LEFT, 6.0) == "Straighten the left knee."


def test_afterwards_is_on_the_leg_that_cramped_and_silent_at_the_end() -> None:
    """Massage is for the cramped leg; steps for both legs stay for both."""
    moves = {"calf-rub": step("Rub"), "pumps": step("Pumps", sides=Sides.BOTH)}
    after = cramp.afterwards(moves, Side.LEFT)

    assert after is not None
    assert [one.sides for one in after.steps] == [Sides.LEFT, Sides.BOTH]
    assert after.end is Ending.SILENT


def test_the_calf_is_rubbed_for_a_cramp_of_the_calf_alone() -> None:
    """After a cramp of the thigh there is no massage of the calf."""
    moves = {"calf-rub": step("Rub"), "pumps": step("Pumps", sides=Sides.BOTH)}
    after = cramp.afterwards(moves, Side.LEFT, CrampVariant.THIGH_BACK)

    assert after is not None
    assert [one.title for one in after.steps] == ["Pumps"]


def test_still_holding_says_it_all_again() -> None:
    """The answer "Still holding" repeats the lines from the first one, and the time counts on."""
    now = cramp.still_holding(cramp.begin(NOW), NOW + 45)

    assert (now.variant_since, cramp.lasted(now, NOW + 50)) == (NOW + 45, 50.0)


def test_the_last_words_belong_to_the_last_step() -> None:
    """Additional lines follow the last step's own ones."""
    moves = {"calf-rub": step("Rub"), "water": step("Water", setup=("A few sips.",))}
    after = cramp.afterwards(moves, Side.LEFT, last_words=("Sore for a day is usual.",))

    assert after is not None
    assert [one.setup for one in after.steps] == [(), ("A few sips.", "Sore for a day is usual.")]
