"""Settings are always valid."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from legato.domain.routine import Side
from legato.domain.setting_types import Flag, OneOf, OrNone, Quantity, settings_of
from legato.domain.settings import DEFAULTS, Settings

SETTINGS = settings_of(Settings)


def test_every_field_is_declared_as_a_setting() -> None:
    """Every field is a setting, so that the settings file has it."""
    assert [one.name for one in SETTINGS] == [one.name for one in fields(Settings)]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_every_option_of_a_row_is_allowed(setting: Any) -> None:  # noqa: ANN401 - parametrized
    """Every option of a row is valid, and the default is among them."""
    if setting.row is None:
        return
    values = [value for _, value in setting.row.options]
    of = setting.type.of if isinstance(setting.type, OrNone) else setting.type
    for value in values:
        assert getattr(Settings(**{setting.name: value}), setting.name) == value
    if values:
        assert getattr(DEFAULTS, setting.name) in values
    else:
        assert isinstance(of, (Flag, Quantity))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_every_choice_has_a_label(setting: Any) -> None:  # noqa: ANN401 - parametrized
    """Every member of an enumeration can be chosen on the page."""
    of = setting.type.of if isinstance(setting.type, OrNone) else setting.type
    if setting.row is not None and isinstance(of, OneOf):
        assert {value for _, value in setting.row.options if value is not None} == set(of.choices)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text_size": 99},
        {"text_size": 201},
        {"cue_volume": -1},
        {"voice_volume": 101},
        {"voice_pace": 49},
        {"voice_pitch": 151},
        {"voice_pause": 5.1},
        {"hold": 0.5},
        {"ready": -1.0},
        {"switch": 3601.0},
        {"hold": float("nan")},
        {"dim_after": 0.0},
        {"first_side": Side.BOTH},
    ],
)
def test_a_wrong_value_cannot_exist(wrong: dict[str, Any]) -> None:
    """A value out of its range is refused."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Settings(**wrong)
