"""Tests of the settings file: nothing in it is lost, and no error in it stops a start."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.domain.cues import Cue
from legato.domain.routine import Side, VoiceLevel
from legato.domain.setting_types import Flag, setting
from legato.domain.settings import DEFAULTS, Advance, Motion, Settings, ThemeChoice
from legato.storage.settings import JsonFile, as_values

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = Settings(
    theme=ThemeChoice.DAY,
    motion=Motion.OFF,
    text_size=150,
    voice=VoiceLevel.QUIET,
    voice_volume=30,
    cue_volume=40,
    voice_pace=90,
    voice_pitch=110,
    whisper=True,
    soften=False,
    advance=Advance.WAIT,
    ready=10.0,
    switch=5.0,
    hold=60.0,
    first_side=Side.LEFT,
    dim_after=90.0,
    cues_off=(Cue.HALFWAY, Cue.END),
    cue_files={Cue.BEGIN: "/home/me/bell.wav"},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a path in a folder that does not exist yet."""
    return tmp_path / "data" / "settings.json"


def write(path: Path, values: object) -> None:
    """Write `values` as another program would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(values if isinstance(values, str) else json.dumps(values), encoding="utf-8")


def values_of(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return the content of the file."""
    return json.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreSettings(Settings):
    """The settings with an additional one."""

    incense: bool = field(default=False, metadata=setting(Flag()))


def test_a_setting_that_is_declared_is_in_the_file(path: Path) -> None:
    """Its declaration is all that the file needs."""
    JsonFile(path, MoreSettings()).save(MoreSettings(incense=True))

    assert values_of(path) == {"incense": True}
    assert JsonFile(path, MoreSettings()).load() == (MoreSettings(incense=True), ())


def test_no_file_is_the_usual_settings(path: Path) -> None:
    """A first start asks nothing and complains of nothing."""
    assert JsonFile(path, DEFAULTS).load() == (Settings(), ())


def test_what_is_saved_is_loaded(path: Path) -> None:
    """Every setting comes back as it was."""
    assert JsonFile(path, DEFAULTS).save(EVERYTHING) is None

    assert JsonFile(path, DEFAULTS).load() == (EVERYTHING, ())


def test_a_setting_can_be_taken_back(path: Path) -> None:
    """A usual value is written where another one stood."""
    file = JsonFile(path, DEFAULTS)
    file.save(EVERYTHING)
    file.save(replace(EVERYTHING, hold=None, theme=ThemeChoice.NIGHT))
    settings, _ = JsonFile(path, DEFAULTS).load()

    assert (settings.hold, settings.theme) == (None, ThemeChoice.NIGHT)


def test_unknown_keys_are_kept(path: Path) -> None:
    """Settings of a newer version survive."""
    write(path, {"future": {"a": [1]}, "theme": "day"})
    file = JsonFile(path, DEFAULTS)
    settings, problems = file.load()
    file.save(replace(settings, text_size=120))

    assert problems == ()
    assert values_of(path) == {"future": {"a": [1]}, "theme": "day", "text_size": 120}


def test_a_value_that_cannot_be_used_is_kept_until_it_is_changed(path: Path) -> None:
    """An unusable value may be one of a newer version."""
    write(path, {"theme": "sepia"})
    file = JsonFile(path, DEFAULTS)
    settings, _ = file.load()
    file.save(replace(settings, text_size=120))
    assert values_of(path)["theme"] == "sepia"
    file.save(replace(settings, theme=ThemeChoice.DAY))

    assert values_of(path)["theme"] == "day"


def test_two_programs_do_not_undo_each_other(path: Path) -> None:
    """Each writes what it changed, not what it once read."""
    one, other = JsonFile(path, DEFAULTS), JsonFile(path, DEFAULTS)
    settings, _ = one.load()
    other.load()
    one.save(replace(settings, theme=ThemeChoice.DAY))
    other.save(replace(settings, text_size=120))

    assert values_of(path) == {"theme": "day", "text_size": 120}


def test_saving_first_and_loading_never_loses_nothing(path: Path) -> None:
    """Saving without loading keeps other settings."""
    write(path, {"theme": "day"})
    JsonFile(path, DEFAULTS).save(Settings(text_size=120))

    assert values_of(path) == {"theme": "day", "text_size": 120}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("theme", "nigth", "did you mean night?"),
        ("theme", 3, "one of night, day, system"),
        ("text_size", 300, "text_size must be 100 to 200"),
        ("text_size", True, "a whole number of percent"),
        ("text_size", "120", "a whole number of percent"),
        ("hold", -1, "hold must be 1 to 3600"),
        ("hold", float("nan"), "hold must be"),
        ("hold", 10**400, "hold is not used"),
        ("hold", "2 min", "a number of seconds"),
        ("soften", "yes", "true or false"),
        ("first_side", "both", "one of left, right"),
        ("cues_off", "halfway", "a list"),
        ("cues_off", ["nothing"], "cues_off[0]: one of"),
        ("cue_files", {"gong": "a.wav"}, "cue_files[gong]: one of"),
        ("voise", "full", "did you mean voice?"),
    ],
)
def test_a_wrong_value_is_reported_and_the_usual_one_used(
    path: Path, name: str, value: object, words: str
) -> None:
    """A wrong value is a problem, and its default is used."""
    write(path, {"voice_volume": 10, name: value})
    settings, (problem,) = JsonFile(path, DEFAULTS).load()

    assert settings == Settings(voice_volume=10)
    assert (problem.where, problem.field) == (str(path), name)
    assert words in problem.text


def test_the_sound_part_of_a_value_is_used(path: Path) -> None:
    """A wrong entry of many costs that entry alone."""
    write(path, {"cues_off": ["x", "end", "end"]})
    settings, _ = JsonFile(path, DEFAULTS).load()

    assert settings.cues_off == (Cue.END,)


@pytest.mark.parametrize(
    "values",
    [
        {f"themes{number}": 1 for number in range(40_000)},
        {"cue_files": {f"r{number}": "up" for number in range(40_000)}},
        {"cue_files": {"r" * 900_000: "up"}, "theme": "x" * 50_000},
    ],
)
def test_a_file_full_of_nonsense_is_reported_in_short(
    path: Path, values: dict[str, object]
) -> None:
    """Many problems are counted, because the start waits."""
    write(path, values)
    began = time.process_time()
    settings, problems = JsonFile(path, DEFAULTS).load()

    assert time.process_time() - began < 2.0
    assert settings == Settings()
    assert 1 < len(problems) < 10
    assert all(len(problem.text) < 300 for problem in problems)


def test_a_problem_has_its_line(path: Path) -> None:
    """The problem has the line in the file."""
    write(path, '{\n  "voice_volume": 10,\n  "theme": "x"\n}')
    _, (problem,) = JsonFile(path, DEFAULTS).load()

    assert problem.line == 3


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "[" * 100_000, '{"a": ' * 100_000, f'{{"a": {"9" * 5000}}}', "\0", "é"],
)
def test_a_damaged_file_is_kept_aside(path: Path, content: str) -> None:
    """A damaged file is renamed, not overwritten."""
    write(path, content)
    settings, (problem,) = JsonFile(path, DEFAULTS).load()

    assert settings == Settings()
    assert problem.hint == "kept as settings.json.damaged-1; Legato starts without it"
    assert path.with_name("settings.json.damaged-1").read_text(encoding="utf-8") == content
    assert not path.exists()


def test_a_second_damaged_file_gets_a_name_of_its_own(path: Path) -> None:
    """The first damaged file is not overwritten."""
    for content in ("{", "}"):
        write(path, content)
        JsonFile(path, DEFAULTS).load()

    assert path.with_name("settings.json.damaged-1").read_text(encoding="utf-8") == "{"
    assert path.with_name("settings.json.damaged-2").read_text(encoding="utf-8") == "}"


def test_a_file_damaged_while_running_loses_no_choice(path: Path) -> None:
    """What was chosen is written again."""
    file = JsonFile(path, DEFAULTS)
    file.save(EVERYTHING)
    write(path, "{")
    file.save(replace(EVERYTHING, text_size=200))

    assert JsonFile(path, DEFAULTS).load()[0] == replace(EVERYTHING, text_size=200)


def test_a_folder_of_that_name_is_put_aside(path: Path) -> None:
    """A folder in place of the file is renamed."""
    path.mkdir(parents=True)
    settings, (problem,) = JsonFile(path, DEFAULTS).load()

    assert settings == Settings()
    assert "folder" in problem.text


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    """Saving returns the reason and raises nothing."""
    (tmp_path / "data").touch()
    problem = JsonFile(tmp_path / "data" / "settings.json", DEFAULTS).save(EVERYTHING)

    assert problem is not None
    assert "move it away" in problem.hint


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*as_values(Settings()), "other"]), _json, max_size=4))
def test_any_values_can_be_loaded_and_saved(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, Any]
) -> None:
    """Random values never raise, and unchanged ones are kept."""
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    write(path, values)
    file = JsonFile(path, DEFAULTS)
    settings, _ = file.load()
    size = 100 if settings.text_size == 200 else 200

    assert file.save(replace(settings, text_size=size)) is None
    assert json.dumps(values_of(path), sort_keys=True) == json.dumps(
        values | {"text_size": size}, sort_keys=True
    )


def test_what_could_not_be_read_again_is_not_written(path: Path) -> None:
    """A file that would exceed the limit is not written."""
    deep: object = 1
    for _ in range(60):
        deep = [deep]
    write(path, {"x-theirs": [deep] * 1600})
    store = JsonFile(path, DEFAULTS)
    settings, _ = store.load()
    before = path.read_bytes()

    problem = store.save(replace(settings, whisper=not settings.whisper))

    assert problem is not None
    assert "larger than 1 MB" in problem.text
    assert path.read_bytes() == before
