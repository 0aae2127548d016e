"""A step's fields, the file format and the editor's fields agree."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

import pytest

from legato.domain.draft import Draft, Use
from legato.domain.editing import FIELD_WORDS
from legato.domain.problems import Problem
from legato.domain.routine import Step, Variants
from legato.storage.routine_format import STEP_FIELDS, VARIANT_FIELDS
from legato.storage.routine_text import line_values
from legato.storage.step_clipboard import StepText
from legato.storage.yaml.types import Choice, YesNo
from legato.ui.editor.field_table import STEP_GROUPS, Field, Takes
from legato.ui.editor.step_fields import VARIANT

NOT_IN_THE_FILE = {"ready", "switch", "folder", "move"}
"""What reading and unfolding a routine gives its steps."""
IN_THE_FILE = {one.attribute or name for name, one in STEP_FIELDS.items()}
IN_A_PANEL = {"picture"}
"""What the editor changes outside its form."""

FORM = [field for group in STEP_GROUPS for field in group.fields]
DEFAULTS = {
    one.name: one.default_factory() if one.default_factory is not MISSING else one.default
    for one in fields(Step)
}
TAKEN = {
    Takes.WORDS: str,
    Takes.LINES: tuple,
    Takes.LIST: tuple,
    Takes.SAID: tuple,
    Takes.TIME: float,
    Takes.NUMBER: int,
}
TEXTS = [one.name for one in FORM if one.takes in {Takes.WORDS, Takes.LINES, Takes.LIST}]


def test_the_format_has_every_field_of_a_step() -> None:
    """The format has no other, so that everything the editor or a plan sets can be saved."""
    assert {one.name for one in fields(Step)} - NOT_IN_THE_FILE == IN_THE_FILE


def test_the_editor_has_every_field_of_the_format() -> None:
    """The editor has no other, so that a file needs no text editor."""
    names = {one.name.split(".")[0] for one in FORM}

    assert names | IN_A_PANEL == IN_THE_FILE


def test_the_editor_has_every_variant() -> None:
    """The variants of a step are fields of their own."""
    names = [one.name.removeprefix(VARIANT) for one in FORM if one.name.startswith(VARIANT)]

    assert set(names) == VARIANT_FIELDS.keys() == {one.name for one in fields(Variants)}


def test_the_editor_has_no_field_twice() -> None:
    """Field names are unique."""
    assert len({one.name for one in FORM}) == len(FORM)


@pytest.mark.parametrize("field", FORM, ids=lambda one: one.name)
def test_a_field_takes_what_the_step_holds(field: Field) -> None:
    """The control of a field gives values of the field's type."""
    if field.name.startswith(VARIANT):
        assert field.takes is Takes.WORDS
    elif field.takes is Takes.CHOICE:
        assert DEFAULTS[field.name] in [value for _, value in field.options]
    elif field.name not in {"title", "count", "own_ready", "own_switch"}:
        assert isinstance(DEFAULTS[field.name], TAKEN[field.takes])


@pytest.mark.parametrize(
    "field", [one for one in FORM if one.takes is Takes.CHOICE], ids=lambda one: one.name
)
def test_everything_that_a_file_can_say_can_be_chosen(field: Field) -> None:
    """Every member of an enumeration has a label in the editor."""
    kind = STEP_FIELDS[field.name].kind
    chosen = {value for _, value in field.options if value is not None}

    if isinstance(kind, YesNo):
        assert chosen == {False, True}
    elif isinstance(kind, Choice):
        assert chosen == set(kind.of)
    else:
        assert chosen == set(type(DEFAULTS[field.name]))  # type: ignore[call-overload] # an enum


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_compared_as_it_would_be_read(name: str) -> None:
    """Blanks and control characters are dropped by the file, which is not an error of a save."""
    untidy: Any = "  two \x07 words "
    step = Step(title="Calf")
    if name.startswith(VARIANT):
        variants = replace(step.variants, **{name.removeprefix(VARIANT): untidy})
        step = replace(step, variants=variants)
    else:
        value: Any = untidy if name == "title" or isinstance(DEFAULTS[name], str) else (untidy,)
        step = replace(step, **{name: value})
    clipboard = StepText(Path("/none"))

    pasted = clipboard.steps_of(clipboard.steps_text([step]))

    assert not isinstance(pasted, Problem)
    assert [line_values(line) for line in pasted] == [line_values(step)]


def test_the_names_of_edits_are_of_fields() -> None:
    """Every field with a name for edits exists."""
    known = {one.name for one in (*fields(Step), *fields(Use), *fields(Draft))}

    assert known >= FIELD_WORDS.keys()
