"""Tests that the care texts contain the necessary warnings."""

from __future__ import annotations

from legato.controllers import content

CARE = content.open_care()


def test_that_a_clot_can_feel_like_a_cramp_is_said() -> None:
    """Both the question and the help page say it, and name hard, sore veins."""
    today = " ".join((*CARE.sections["same_day"].signs, *CARE.sections["same_day"].notes))
    for words in (CARE.calf_question.detail, today):
        assert "A clot can feel like a cramp." in words
        assert "veins that are hard and sore" in words


def test_a_yes_is_reported_of_the_lungs_and_whom_to_ask_tonight() -> None:
    """A yes leads to the signs in the lungs, and to help that is open at night."""
    question = CARE.calf_question
    assert question.see[0] == "emergency"
    assert all(one in question.emergency for one in ("breath", "chest pain", "emergency number"))
    assert all(one in question.reply_yes for one in ("rubbing", "foot bath", "tonight"))


def test_every_section_that_is_shown_with_a_yes_is_there() -> None:
    """The ids of those sections exist."""
    assert set(CARE.calf_question.see) <= set(CARE.sections)
