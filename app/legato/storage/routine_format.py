"""The one table of the fields of a routine file; the reader and the JSON Schema follow from it."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.domain.draft import Use
from legato.domain.problems import BadData
from legato.domain.routine import (
    FIGURE_PREFIX,
    LONGEST_SECONDS,
    MOST_COUNT,
    MOST_STEPS,
    OPEN_COUNT,
    SHORTEST_HOLD_SECONDS,
    Ending,
    Kind,
    Place,
    Side,
    Sides,
    Step,
    Variants,
    VoiceLevel,
    Where,
)
from legato.storage.atomic import write_atomic
from legato.storage.file_names import composed
from legato.storage.safe_read import read_regular
from legato.storage.yaml.nodes import MOST_BYTES, is_null, position, shown
from legato.storage.yaml.schema import Block
from legato.storage.yaml.types import (
    LONGEST_NAME,
    YES,
    Choice,
    Duration,
    Field,
    Fields,
    Json,
    ListOf,
    NightChoice,
    Pace,
    Repeats,
    Text,
    TimedLines,
    WrongValueError,
    YesNo,
    scalar_text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from legato.storage.yaml.types import ProblemCollector

PICTURE_ENDINGS = ("svg", "png", "jpg", "jpeg", "webp", "gif")

_FIGURE_NAME = rf"{FIGURE_PREFIX}[a-z0-9]+(?:-[a-z0-9]+)*"
# Parts joined by /, none of them empty or made of dots at its beginning; no drive, no backslash.
_PART = r"[^./\\:\x00-\x1f\x7f][^/\\:\x00-\x1f\x7f]{0,120}"
_ANY_CASE = "|".join("".join(f"[{c}{c.upper()}]" for c in ending) for ending in PICTURE_ENDINGS)
PATTERN = rf"^(?:{_FIGURE_NAME}|(?!~)(?:{_PART}/){{0,5}}{_PART}\.(?:{_ANY_CASE}))$"


class PictureName:
    """`figure:NAME`, or a relative path without `..`, which stays in the routine's folder."""

    def read(self, node: Node, field: str, findings: ProblemCollector) -> str:  # noqa: ARG002
        """Return the name."""
        written = scalar_text(node, "a picture")
        # `re` compiles it for the first picture and caches it.
        if not written.endswith("\n") and re.match(PATTERN, written):
            return composed(written)
        raise WrongValueError(node, *_refused(written))

    def schema(self) -> Json:
        """Return the schema of both forms."""
        return {"type": "string", "pattern": PATTERN}


def _refused(written: str) -> tuple[str, str]:
    if written.startswith(FIGURE_PREFIX):
        return f"{shown(written)} is no name of a figure", "write it like figure:ham-strap"
    # A colon is part of a URL, of a drive name, or of a stream within a file.
    if ".." in written.split("/") or written.startswith(("/", "~")) or set(":\\") & set(written):
        return (
            f"{shown(written)} leads out of the routine's folder",
            "put the picture beside the routine and write its name only",
        )
    return f"{shown(written)} is no picture", f"a file that ends in {', '.join(PICTURE_ENDINGS)}"


UNTITLED = "Untitled step"
"""The title of a step whose title cannot be read."""

_TITLE = Text(longest=LONGEST_NAME, filled=True)
_LINE = Text(sided=True)
_LINES = ListOf(Text(filled=True, sided=True))
_ID = Text(longest=LONGEST_NAME, filled=True)
_HOLD = Field(
    kind=Duration(least=SHORTEST_HOLD_SECONDS, may_be_open=True),
    about="How long one hold lasts (default 2 min); open counts up until you go on.",
)
_REPEAT = Field(kind=Repeats(), about="Holds on one side before the other (default 1).")
_SIDES = Field(
    kind=Choice(tuple(Sides)),
    about="each (default: full time per side), left, right, or both (together, once).",
)

VARIANT_FIELDS: Fields = {
    "easier": Field(kind=_ID, about="Id of a milder way."),
    "seated": Field(kind=_ID, about="Id of a way to do it seated."),
    "standing": Field(kind=_ID, about="Id of a way to do it standing."),
}
_VARIANTS = Block(VARIANT_FIELDS, lambda values: Variants(**values))

STEP_FIELDS: Fields = {
    "title": Field(kind=_TITLE, about="The name shown and spoken.", required=True),
    "kind": Field(kind=Choice(tuple(Kind)), about="What it is (default stretch)."),
    "hold": _HOLD,
    "count": Field(
        kind=Repeats(MOST_COUNT, opened=OPEN_COUNT),
        about="Repetitions in place of a time to hold; open counts until you go on.",
    ),
    "every": Field(
        kind=Pace(), about="How long one repetition takes (default 4 s), or its up, stay and down."
    ),
    "repeat": _REPEAT,
    "release": Field(kind=Duration(), about="Time to let go between two holds (default 5 s)."),
    "sides": _SIDES,
    "first": Field(
        kind=Choice((Side.LEFT, Side.RIGHT)), about="Which side comes first (default right)."
    ),
    "alternate": Field(
        kind=YesNo(), about="yes lets the sides take turns with each hold (default no)."
    ),
    "ready": Field(
        kind=Duration(), about="This step's own time to get into place.", attribute="own_ready"
    ),
    "switch": Field(
        kind=Duration(), about="This step's own time to change sides.", attribute="own_switch"
    ),
    "where": Field(kind=Choice(tuple(Where)), about="Where it is done."),
    "night": Field(kind=NightChoice(), about="Whether it is fit for 3 a.m. (default yes)."),
    "variants": Field(kind=_VARIANTS, about="Other ways to do it, by id."),
    "evidence": Field(kind=ListOf(_ID), about="Ids of entries of the list of evidence."),
    "picture": Field(
        kind=PictureName(), about="figure:NAME, or an image file beside this one (or in ID/)."
    ),
    "needs": Field(kind=_LINES, about="What to have at hand."),
    "setup": Field(kind=_LINES, about="Lines spoken and shown while getting ready."),
    "feel": Field(kind=_LINE, about="Where it should be felt."),
    "easier": Field(kind=_LINE, about="How to make it milder."),
    "skip_if": Field(kind=_LINE, about="When to leave it out."),
    "say": Field(kind=TimedLines(), about="More lines during the hold, by their time."),
    "note": Field(kind=_LINE, about="Shown during the hold and never spoken."),
}

USE_FIELDS: Fields = {
    "use": Field(
        kind=_ID, about="Id of the routine whose steps come here.", required=True, attribute="id"
    ),
    "hold": _HOLD,
    "sides": _SIDES,
    "repeat": _REPEAT,
}

_STEP_ONLY = dict.fromkeys(
    STEP_FIELDS.keys() - USE_FIELDS.keys(), "beside use only hold, sides and repeat may stand"
)


def _check_count(values: Mapping[str, Any], _: Collection[str]) -> tuple[str, str] | None:
    if "hold" in values:
        return "a step has either hold or count", "take one of the two out"
    paced = {name: values[name] for name in ("count", "every") if name in values}
    seconds = Step(title=UNTITLED, **paced).hold_seconds or 0.0
    if seconds > LONGEST_SECONDS:
        hint = "at most 60 min: fewer of them, in more sets by repeat"
        return f"these repetitions take {seconds / 60:.0f} min", hint
    return None


def _check_every(_: Mapping[str, Any], written: Collection[str]) -> tuple[str, str] | None:
    return None if "count" in written else ("every belongs to count", "add a line count: 12")


def _check_turns(values: Mapping[str, Any], _: Collection[str]) -> tuple[str, str] | None:
    if not values["alternate"] or values.get("sides", Sides.EACH) is Sides.EACH:
        return None
    return "alternate needs both sides in turn", "write sides: each"


_STEP_RULES = {"count": _check_count, "every": _check_every, "alternate": _check_turns}
_WRITTEN = {"not": {"type": "null"}}
_STEP_RULES_SCHEMA: Json = {
    "allOf": [
        {
            "not": {
                "required": ["count", "hold"],
                "properties": {"hold": _WRITTEN, "count": _WRITTEN},
            }
        },
        {"not": {"required": ["every"], "properties": {"every": _WRITTEN, "count": False}}},
        {
            "not": {
                "required": ["alternate", "sides"],
                "properties": {
                    "alternate": {"enum": [True, *YES]},
                    "sides": {"enum": [one.value for one in Sides if one is not Sides.EACH]},
                },
            }
        },
    ]
}
_STEP = Block(
    STEP_FIELDS,
    lambda values: Step(**{"title": UNTITLED} | values),
    rules=_STEP_RULES,
    rules_schema=_STEP_RULES_SCHEMA,
)
_USE = Block(USE_FIELDS, lambda values: Use(**{"id": ""} | values), _STEP_ONLY)


class _StepOrUse:
    """A step, or the use of all steps of another routine."""

    def read(self, node: Node, field: str, findings: ProblemCollector) -> Step | Use:
        """Return the step or the use; the key `use` makes it a use."""
        if is_null(node):
            raise WrongValueError(node, "nothing is written here", "take the line out")
        if isinstance(node, ScalarNode):
            hint = f"write use: {node.value}" if len(node.value) < LONGEST_NAME else ""
            raise WrongValueError(node, f"{shown(node.value)} is not a step", hint)
        if isinstance(node, MappingNode) and any(key.value == "use" for key, _ in node.value):
            return _USE.read(node, field, findings)
        return _STEP.read(node, field, findings)

    def schema(self) -> Json:
        """Return both schemas, chosen by the key `use` so that editors show a fitting message."""
        return {"if": {"required": ["use"]}, "then": _USE.schema(), "else": _STEP.schema()}


_STEP_OR_USE = _StepOrUse()


class _Steps:
    """The list of steps."""

    def read(self, node: Node, field: str, findings: ProblemCollector) -> tuple[Step | Use, ...]:
        """Return a step for each item; an item that is no step becomes an empty step and a problem."""
        if not isinstance(node, SequenceNode):
            hint = "begin each step with a dash: - use: … or - title: …"
            raise WrongValueError(node, "a list of steps is expected here", hint)
        if not node.value:
            raise WrongValueError(node, "there is no step", "add a line - use: … or - title: …")
        return tuple(
            self._step(item, f"{field}[{index}]", findings) for index, item in enumerate(node.value)
        )

    def _step(self, node: Node, field: str, findings: ProblemCollector) -> Step | Use:
        findings.places[field] = position(node)
        try:
            return _STEP_OR_USE.read(node, field, findings)
        except WrongValueError as wrong:
            findings.note(wrong.node, field, wrong.text, wrong.hint)
            return Step(title=UNTITLED)

    def schema(self) -> Json:
        """Return the schema of the list."""
        return {
            "type": "array",
            "items": _STEP_OR_USE.schema(),
            "minItems": 1,
            "maxItems": MOST_STEPS,
        }


ROUTINE_FIELDS: Fields = {
    "name": Field(kind=_TITLE, about="The name shown.", required=True),
    "about": Field(kind=Text(), about="What it is for, in one or two sentences."),
    "eases": Field(kind=ListOf(Choice(tuple(Place))), about="Places on the leg that it eases."),
    "ready": Field(kind=Duration(), about="Time before a step's first hold (default 20 s)."),
    "switch": Field(kind=Duration(), about="Time to change sides (default 15 s)."),
    "voice": Field(kind=Choice(tuple(VoiceLevel)), about="How much is said (default: yours)."),
    "end": Field(kind=Choice(tuple(Ending)), about="What is heard at the end (default bell)."),
    "steps": Field(kind=_Steps(), about="What is done, in order.", required=True),
}

_STEPS_HINT = "it belongs to a step: indent it below one"
_ROUTINE_ELSEWHERE = dict.fromkeys(STEP_FIELDS.keys() - ROUTINE_FIELDS.keys(), _STEPS_HINT)


def _unchanged(values: dict[str, Any]) -> dict[str, Any]:
    return values


ROUTINE = Block(ROUTINE_FIELDS, _unchanged, _ROUTINE_ELSEWHERE)
"""The whole file: the values that can be read, by field."""


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def routine_schema() -> Json:
    """Return the schema as plain values, ready for `json.dumps`.

    It covers all rules for a single file except three: `use` must name an existing routine, the
    range of a time that is spelled out, and no time in `say` occurs twice.
    """
    return {
        "$schema": DIALECT,
        "title": "Legato routine",
        "description": "A guided stretching routine. The file's name without its ending is its id.",
    } | ROUTINE.schema()


@cache
def _schema_file() -> bytes:
    return (json.dumps(routine_schema(), ensure_ascii=False, indent=2) + "\n").encode()


def keep_schema(path: Path) -> None:
    """Write the schema to `path` if the file is missing or differs.

    A failure is ignored: saving a routine does not depend on the schema.
    """
    data = _schema_file()
    try:
        if read_regular(path, most_bytes=MOST_BYTES) == data:
            return
    except BadData:
        pass
    try:
        write_atomic(path, data, lasting=False)
    except BadData:
        return
