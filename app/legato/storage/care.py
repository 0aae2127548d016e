"""Reads the texts on care and the evidence for each exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legato.domain.care import Advice, CalfQuestion, Care, Evidence, LongCramp
from legato.storage.yaml.schema import Block, MapOf, read_sound
from legato.storage.yaml.types import Duration, Field, ListOf, Text

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = ("emergency", "same_day", "routine", "ask_first", "stop_on")
"""The sections of "When to get help", in the order in which they are shown."""

_TEXT = Text(filled=True)
_TEXTS = ListOf(_TEXT)


def _text(about: str) -> Field:
    return Field(kind=_TEXT, about=about, required=True)


_ADVICE = Block(
    fields={
        "title": _text("The heading."),
        "advice": _text("What to do."),
        "signs": Field(kind=_TEXTS, about="When it applies.", required=True),
        "notes": Field(kind=_TEXTS, about="What else to know."),
        "evidence": Field(kind=_TEXTS, about="What stands behind it."),
    },
    make=lambda values: Advice(**values),
)

_QUESTION = Block(
    fields={
        "ask": _text("The question."),
        "detail": _text("What counts as yes."),
        "choose_yes": _text("The button for yes."),
        "choose_no": _text("The button for no."),
        "emergency": _text("When to call for help at once."),
        "reply_yes": _text("Said instead of any exercise."),
        "see": Field(kind=_TEXTS, about="The sections shown with the reply.", required=True),
    },
    make=lambda values: CalfQuestion(**values),
)

_LONG_CRAMP = Block(
    fields={
        "after": Field(kind=Duration(), about="When it appears.", required=True),
        "title": _text("The heading."),
        "advice": _text("What to do."),
        "see": Field(kind=_TEXTS, about="Sections one touch away.", required=True),
    },
    make=lambda values: LongCramp(**values),
)


def _care(values: dict[str, Any]) -> Care:
    return Care(
        disclaimer=values.get("disclaimer", ""),
        sections={name: values[name] for name in SECTIONS if name in values},
        calf_question=values.get("calf_question", CalfQuestion()),
        ten_minutes=values.get("ten_minutes", LongCramp()),
        after_cramp=values.get("after_cramp", ()),
    )


_CARE = Block(
    fields={
        "disclaimer": _text("What Legato is and is not."),
        **{name: Field(kind=_ADVICE, about="A section.", required=True) for name in SECTIONS},
        "calf_question": Field(kind=_QUESTION, about="Asked of a clot.", required=True),
        "ten_minutes": Field(kind=_LONG_CRAMP, about="The long cramp's card.", required=True),
        "after_cramp": Field(kind=_TEXTS, about="Said once a cramp let go.", required=True),
    },
    make=_care,
)

_EVIDENCE: MapOf[Any, Evidence] = MapOf(
    Block(
        fields={
            "claim": _text("What is often said."),
            "text": _text("What the evidence says."),
            "strength": _text("How sure that is."),
            "source": _text("Where it can be read."),
        },
        make=lambda values: Evidence(**values),
    )
)


def read_care(path: Path) -> Care:
    """Return the care texts of the file at `path`; raise BadData with all its problems."""
    return read_sound(path, _CARE)


def read_evidence(path: Path) -> dict[str, Evidence]:
    """Return the evidence by id; raise BadData with all its problems."""
    return read_sound(path, _EVIDENCE)
