"""Texts on care as values: when to get help, what to ask first, the evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One section of "When to get help".

    Attributes:
        title: The heading.
        advice: What to do.
        signs: When it applies, one line each.
        notes: What else to know.
        evidence: Ids of the evidence for it.
    """

    title: str = ""
    advice: str = ""
    signs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalfQuestion:
    """The question before a calf is worked or a leg is rubbed, and the reply to a yes.

    Attributes:
        ask: The question.
        detail: What counts as yes.
        choose_yes: The label of the button for yes.
        choose_no: The label of the button for no.
        emergency: When to call for help at once; shown before the reply.
        reply_yes: Shown instead of any exercise: what to avoid, and whom to ask.
        see: The sections shown with the reply, the most urgent first.
    """

    ask: str = ""
    detail: str = ""
    choose_yes: str = ""
    choose_no: str = ""
    emergency: str = ""
    reply_yes: str = ""
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LongCramp:
    """The card that is shown when a cramp lasts long.

    Attributes:
        after: Seconds from the beginning of the cramp.
        title: The heading.
        advice: What to do.
        see: The sections that the card has a button for.
    """

    after: float = 600.0
    title: str = ""
    advice: str = ""
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """All texts on care.

    Attributes:
        disclaimer: What Legato is and is not.
        sections: "When to get help", by id, in order.
        calf_question: Asked before a calf is worked or a leg is rubbed.
        ten_minutes: Shown when a cramp lasts.
        after_cramp: What is usual after a cramp and what is not, one line each.
    """

    disclaimer: str
    sections: dict[str, Advice]
    calf_question: CalfQuestion
    ten_minutes: LongCramp
    after_cramp: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The evidence for a claim.

    Attributes:
        claim: What is often said.
        text: What the evidence says.
        strength: How strong the evidence is.
        source: Where it can be read.
    """

    claim: str = ""
    text: str = ""
    strength: str = ""
    source: str = ""
