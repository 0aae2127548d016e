"""The history file: read as far as it can be used, and taken over from the settings file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from legato.domain.history import NO_HISTORY, History
from legato.domain.plan import FeelingName, PlanRequest
from legato.domain.routine import Place, Side
from legato.domain.setting_types import settings_of
from legato.domain.settings import DEFAULTS, Settings
from legato.storage.history_file import HistoryFile
from legato.storage.paths import Paths
from legato.storage.settings import MOVED, JsonFile, open_settings

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = History(
    sides={"bedtime": Side.LEFT},
    variants={"ham-strap": "ham-wall"},
    last_used={"lower-leg": "2026-01-30T22:00", "bedtime": "2026-01-31T23:10"},
    pick=PlanRequest(
        sore=((Place.CALF, Side.LEFT), (Place.SHIN, Side.BOTH)),
        feeling=FeelingName.CRAMPING,
        minutes=10.0,
        massage_first=True,
    ),
    legs_alike="2026-01-31T23:10",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the history file in a data folder."""
    return tmp_path / "history.json"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Return the paths of the same data folder."""
    return Paths(tmp_path)


def write(path: Path, values: object) -> None:
    """Write `values` as somebody else would."""
    path.write_text(json.dumps(values), encoding="utf-8")


def test_what_is_saved_is_loaded(paths: Paths) -> None:
    """Every value comes back as it was."""
    assert HistoryFile(paths).save(EVERYTHING) is None

    assert HistoryFile(paths).load() == (EVERYTHING, ())


def test_no_file_is_no_history(paths: Paths) -> None:
    """A first start asks nothing, complains of nothing and writes nothing."""
    assert HistoryFile(paths).load() == (NO_HISTORY, ())
    assert not paths.history.exists()


def test_the_history_of_an_earlier_version_is_taken_from_the_settings(paths: Paths) -> None:
    """It is kept in a file of its own from then on, and dropped from the settings' file."""
    JsonFile(paths.settings, NO_HISTORY).save(EVERYTHING)

    assert HistoryFile(paths).load() == (EVERYTHING, ())
    assert open_settings(paths).load() == (DEFAULTS, ())
    assert open_settings(paths).save(Settings(text_size=120)) is None
    assert json.loads(paths.settings.read_text(encoding="utf-8")) == {"text_size": 120}
    assert HistoryFile(paths).load() == (EVERYTHING, ())


def test_a_deleted_history_does_not_come_back(paths: Paths) -> None:
    """What was taken over is no longer in the settings' file, whose other values stay."""
    JsonFile(paths.settings, NO_HISTORY).save(EVERYTHING)
    open_settings(paths).save(Settings(text_size=120))
    HistoryFile(paths).load()
    paths.history.unlink()

    assert HistoryFile(paths).load() == (NO_HISTORY, ())
    assert open_settings(paths).load() == (Settings(text_size=120), ())


def test_a_history_that_could_not_be_moved_stays_in_the_settings_file(paths: Paths) -> None:
    """A save of the settings loses nothing of it."""
    JsonFile(paths.settings, NO_HISTORY).save(EVERYTHING)
    open_settings(paths).save(Settings(text_size=120))

    assert HistoryFile(paths).load() == (EVERYTHING, ())


def test_every_value_of_the_history_moved_out_of_the_settings() -> None:
    """None of them is left behind in the settings file, or taken for a misspelt setting."""
    assert {one.name for one in settings_of(History)} == MOVED


def test_the_history_is_taken_over_once(paths: Paths) -> None:
    """An older program that still writes into the settings file changes it no more."""
    HistoryFile(paths).save(EVERYTHING)
    write(paths.settings, {"sides": {"other": "right"}})

    assert HistoryFile(paths).load() == (EVERYTHING, ())


def test_the_order_of_last_use_is_kept(path: Path) -> None:
    """Who was last stays last."""
    JsonFile(path, NO_HISTORY).save(EVERYTHING)
    history, _ = JsonFile(path, NO_HISTORY).load()

    assert history.by_last_use() == ("bedtime", "lower-leg")


def test_a_part_of_a_pick_that_is_wrong_is_left_out(path: Path) -> None:
    """A place that there is none of costs that place alone."""
    write(path, {"pick": {"sore": [["calf", "left"], ["elbow", "left"]], "feeling": "odd"}})

    history, problems = JsonFile(path, NO_HISTORY).load()

    assert history.pick == PlanRequest(sore=((Place.CALF, Side.LEFT),))
    assert len(problems) == 2


def test_a_pick_of_no_time_is_no_pick(path: Path) -> None:
    """Minutes out of range take the whole pick, and the rest is read."""
    write(path, {"pick": {"minutes": 0}, "legs_alike": "2026-01-31T23:10"})

    history, problems = JsonFile(path, NO_HISTORY).load()

    assert (history.pick, history.legs_alike) == (None, "2026-01-31T23:10")
    assert [problem.field for problem in problems] == ["pick"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("sides", [], "a value for each id"),
        ("sides", {"a": "up"}, "sides[a]: one of"),
        ("last_used", {"a": "yesterday"}, "last_used[a]: a text"),
        ("legs_alike", "yesterday", "a text"),
    ],
)
def test_a_wrong_value_is_reported_and_left_out(
    path: Path, name: str, value: object, words: str
) -> None:
    """One wrong value costs that value alone."""
    write(path, {"variants": {"a": "b"}, name: value})
    history, (problem,) = JsonFile(path, NO_HISTORY).load()

    assert history == History(variants={"a": "b"})
    assert (problem.where, problem.field) == (str(path), name)
    assert words in problem.text


def test_the_sound_part_of_a_value_is_used(path: Path) -> None:
    """A wrong entry of many costs that entry alone."""
    write(path, {"sides": {"a": "up", "b": "left"}})
    history, _ = JsonFile(path, NO_HISTORY).load()

    assert history.sides == {"b": Side.LEFT}
