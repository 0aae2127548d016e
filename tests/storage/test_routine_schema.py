"""Tests that the JSON Schema accepts what the reader accepts, by an independent validator."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from legato.domain.routine import Ending, Kind, Place, Sides, VoiceLevel, Where
from legato.resources import find_bundled
from legato.storage.routine_format import ROUTINE_FIELDS, STEP_FIELDS, USE_FIELDS, routine_schema
from legato.storage.routine_reader import parse_routine

if TYPE_CHECKING:
    from pathlib import Path

ROUTINES = find_bundled().routines
VALIDATOR = Draft202012Validator(routine_schema())


def is_taken(document: object) -> bool:
    """Return whether the reader finds no problem."""
    text = json.dumps(document)  # which is YAML too
    reading = parse_routine(text.encode(), routine_id="a", where="a.yaml")
    return not reading.problems


def test_it_is_a_schema() -> None:
    """The schema is valid in its dialect, and plain JSON."""
    Draft202012Validator.check_schema(json.loads(json.dumps(routine_schema())))


def test_it_knows_every_field() -> None:
    """It has every key of the tables, with a description."""
    schema = routine_schema()
    step = schema["properties"]["steps"]["items"]

    assert schema["properties"].keys() == ROUTINE_FIELDS.keys()
    assert step["then"]["properties"].keys() == USE_FIELDS.keys()
    assert step["else"]["properties"].keys() == STEP_FIELDS.keys()
    assert all(one["description"] for one in step["else"]["properties"].values())


@pytest.mark.parametrize("path", sorted(ROUTINES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_it_takes_what_ships(path: Path) -> None:
    """Every shipped file is valid."""
    text = path.read_text(encoding="utf-8")
    document = json.loads(json.dumps(yaml.load(text, Loader=yaml.CSafeLoader)))

    assert list(VALIDATOR.iter_errors(document)) == []


# Times in words are all within their range, which no pattern can tell.
_words = st.sampled_from(
    [
        "",
        " ",
        "a",
        "yes",
        "no",
        "lamp",
        "open",
        "Open",
        "open\u00a0",
        "2 Min",
        "1,5 min",
        "1'30",
        '30"',
        "90",
        "90 s",
        "2:00",
        "-1",
        "null",
        "~",
        "x-",
        "{side}",
        "{leg}",
        "figure:ham-strap",
        "figure:",
        "a.png",
        "../a.png",
        "a/b.SVG",
        "a\nb",
        "3",
        "100",
        "101",
        "2.0",
        "1 min 30 s",
        "61:",
        "calf",
        "left",
        "true",
        "on",
        "\x07",
    ]
)
_scalars = st.none() | st.booleans() | st.integers(-2, 200) | _words
_scalars |= st.sampled_from([0.5, 1.5, 3.0, 3600.5, 1e30])


def _likely(*words: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([str(word) for word in words]) | _scalars


_lists = st.lists(_scalars, max_size=3)
_values: dict[str, st.SearchStrategy[Any]] = {
    "eases": st.lists(_likely(*Place), max_size=2),
    "voice": _likely(*VoiceLevel),
    "end": _likely(*Ending),
    "kind": _likely(*Kind),
    "sides": _likely(*Sides),
    "first": _likely("left", "right", "both"),
    "where": _likely(*Where),
    "variants": st.dictionaries(_likely("easier", "seated", "up").filter(bool), _scalars),
    "say": st.dictionaries(
        st.sampled_from(["15", "0:30", "1 min", "soon", "-1", ""]), _scalars | _lists, max_size=1
    ),
}


def _blocks(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return mappings of some of `names`, with mostly valid values."""
    pairs = [
        st.tuples(st.just(name), _values.get(name, st.nothing()) | _scalars | _lists)
        for name in names
    ]
    return st.lists(st.one_of(pairs), max_size=3).map(dict)


_steps = st.builds(
    lambda base, more: base | more,
    st.sampled_from([{"title": "T"}, {"use": "b"}, {"title": "T"}, {}]),
    _blocks([*STEP_FIELDS, *USE_FIELDS, "x-own", "unknown", "<<"]),
)
_documents = st.builds(
    lambda steps, more: {"name": "A", "steps": steps} | more,
    st.lists(_steps, min_size=1, max_size=2) | _scalars | st.lists(_scalars, max_size=2),
    _blocks([*(name for name in ROUTINE_FIELDS if name != "steps"), "x-own", "hold"]),
)


def _has_text_keys(value: object) -> bool:
    """Return whether all keys are strings; the validator fails on others."""
    if isinstance(value, dict):
        return all(isinstance(k, str) and _has_text_keys(v) for k, v in value.items())
    return not isinstance(value, list) or all(map(_has_text_keys, value))


@given(_documents | _scalars | _lists)
def test_it_takes_what_the_reader_takes(document: object) -> None:
    """Schema and reader agree about random documents."""
    assume(_has_text_keys(document))

    assert VALIDATOR.is_valid(document) == is_taken(document)
