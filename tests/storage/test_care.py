"""What the words of care have to say, whatever else they say."""

from __future__ import annotations

from legato.controllers import content

CARE = content.open_care()


def test_that_a_clot_can_feel_like_a_cramp_is_said() -> None:
    """Where it is asked about and where help is offered; hard, sore veins are named, too."""
    today = " ".join((*CARE.sections["same_day"].signs, *CARE.sections["same_day"].notes))
    for words in (CARE.calf_question.detail, today):
        assert "A clot can feel like a cramp." in words
        assert "veins that are hard and sore" in words


def test_a_yes_is_told_of_the_lungs_and_whom_to_ask_tonight() -> None:
    """Today fails at half past eleven at night."""
    question = CARE.calf_question
    assert question.see[0] == "emergency"
    assert all(one in question.emergency for one in ("breath", "chest pain", "emergency number"))
    assert all(one in question.reply_yes for one in ("rubbing", "foot bath", "tonight"))


def test_every_section_that_is_shown_with_a_yes_is_there() -> None:
    """Their ids are those of the sections."""
    assert set(CARE.calf_question.see) <= set(CARE.sections)
