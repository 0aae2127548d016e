"""The history remembers without growing."""

from __future__ import annotations

from dataclasses import fields

import pytest

from legato.domain.history import MOST_REMEMBERED, History
from legato.domain.routine import Side
from legato.domain.setting_types import settings_of
from legato.domain.settings import Settings

NAMES = {one.name for one in settings_of(History)}


def test_every_field_is_kept_in_the_file() -> None:
    """None is missing from the history file."""
    assert {one.name for one in fields(History)} == NAMES


def test_no_field_is_a_setting_too() -> None:
    """What the history holds is dropped from the settings file."""
    assert not NAMES & {one.name for one in settings_of(Settings)}


def test_a_side_is_remembered_for_a_routine() -> None:
    """The last choice counts."""
    history = History().with_side("a", Side.LEFT).with_side("a", Side.RIGHT)

    assert history.sides == {"a": Side.RIGHT}


def test_the_last_used_comes_first() -> None:
    """A routine that is used again moves to the front."""
    history = History()
    for routine_id in ("a", "b", "a"):
        history = history.with_use(routine_id, "2026-01-31T23:10")

    assert history.by_last_use() == ("a", "b")


def test_the_longest_unused_is_forgotten() -> None:
    """What is remembered does not grow for ever."""
    history = History()
    for number in range(MOST_REMEMBERED + 1):
        history = history.with_use(str(number), "2026-01-31T23:10")

    assert len(history.last_used) == MOST_REMEMBERED
    assert "0" not in history.last_used


@pytest.mark.parametrize("taken_back", ["", "a"])
def test_a_variant_is_chosen_and_taken_back(taken_back: str) -> None:
    """No variant and the move itself are the same."""
    history = History().with_variant("a", "b")

    assert history.variants == {"a": "b"}
    assert history.with_variant("a", taken_back).variants == {}
