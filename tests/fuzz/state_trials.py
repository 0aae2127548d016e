"""What Legato keeps for itself, as somebody's editor or a bad disk may have left it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from fuzz.routine_trials import TOKENS, print_safe, routine_seeds, run
from fuzz.target import Target, Trial, chance
from fuzz.trees import reshape_json, reshape_yaml
from legato.domain.history import NO_HISTORY
from legato.domain.problems import Problem
from legato.domain.resume import prepare, restore
from legato.domain.routine import Side
from legato.domain.session import begin
from legato.domain.settings import DEFAULTS
from legato.resources import find_bundled
from legato.storage.history import DraftFolder, TrashFolder, VersionFolder
from legato.storage.home_snapshot import HomeSnapshotFile
from legato.storage.library import Library
from legato.storage.paths import Paths
from legato.storage.routine_files import RoutinePaths
from legato.storage.session_state import ResumeStore
from legato.storage.settings import JsonFile, as_values
from legato.storage.yaml.nodes import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _typeshed import DataclassInstance

    from legato.domain.routine import Routine

T = TypeVar("T", bound="DataclassInstance")
CHOSEN: dict[str, Any] = {
    **as_values(DEFAULTS),
    "theme": "day",
    "text_size": 150,
    "first_side": "left",
    "hold": 45.0,
    "dim_after": 30,
    "cue_files": {"begin": "/usr/share/bell.wav"},
    "cues_off": ["halfway"],
}
REMEMBERED: dict[str, Any] = {
    **as_values(NO_HISTORY),
    "sides": {"bedtime": "left"},
    "variants": {"ham-strap": "ham-edge"},
    "last_used": {"bedtime": "2026-01-02T22:10", "plan": "2026-01-03T22:10"},
    "pick": {"sore": [["calf", "left"], ["shin", "both"]], "feeling": "aching", "minutes": 12.5},
}
LEFT: dict[str, Any] = {
    "routine": "bedtime",
    "fingerprint": "0" * 32,
    "position": 61.5,
    "segment": 1,
    "spent": 41.5,
    "label": "Hamstrings",
    "leg": "right",
    "remaining": 78.5,
    "saved_at": 1.7e9,
    "side": None,
    "first": "left",
    "turned": [0, 2],
    "variants": [["ham-strap", "ham-edge"]],
}
SHOWN = dict.fromkeys(
    ("tonight", "name", "words", "spoken", "picture", "folder", "cramp_picture"), "figure:ham-strap"
)
RECORD = {"id": "mine", "name": "Mine"}
TOKENS_JSON = (
    *(b"null", b"true", b"[]", b"{}", b"NaN", b"-Infinity", b"1e999", b'"\\ud800"', b'"\\u0000"'),
    *(b'"plan"', b'"../x"', b'"/"', b'"left"', b'"~"', b",", b":", b'"', b"\\", b"[" * 2000),
)


def as_seed(*values: dict[str, Any]) -> tuple[bytes, ...]:
    """Return values as JSON files."""
    return tuple(json.dumps(one, indent=2).encode() for one in values)


def open_settings(folder: Path) -> Trial:
    """Load the settings, change one, save them, and load them again."""
    path = folder / "settings.json"
    routine = _bedtime(folder)

    def trial(data: bytes) -> None:
        settings = _save_and_load(
            path, data, DEFAULTS, lambda read: replace(read, soften=not read.soften)
        )
        prepare("bedtime", routine, settings, {}, side=None, step_of=lambda _move: None)

    return trial


def open_history(folder: Path) -> Trial:
    """Load the history, use a routine, save it, and load it again."""
    path = folder / "history.json"
    routine = _bedtime(folder)

    def trial(data: bytes) -> None:
        history = _save_and_load(
            path, data, NO_HISTORY, lambda read: read.with_use("x", "2026-05-05T05:05")
        )
        side, chosen = history.sides.get("bedtime"), history.variants
        prepare("bedtime", routine, DEFAULTS, chosen, side=side, step_of=lambda _move: None)
        history.by_last_use()

    return trial


def _save_and_load(path: Path, data: bytes, usual: T, change: Callable[[T], T]) -> T:
    """Write bytes as a record's file, save a changed record over it, and return what was read."""
    path.write_bytes(data)
    store = JsonFile(path, usual)
    read, problems = store.load()
    for problem in problems:
        print_safe(str(problem))
    changed = change(read)
    refused = store.save(changed)
    assert refused is None or "larger" in refused.text, refused
    if refused is None:
        assert JsonFile(path, usual).load()[0] == changed, "another record is read back"
    for aside in path.parent.glob("*.damaged-*"):
        aside.unlink()
    return read


def open_resume(folder: Path) -> Trial:
    """Resume a stored session."""
    path = folder / "resume.json"
    routine = _bedtime(folder)

    def trial(data: bytes) -> None:
        path.write_bytes(data)
        store = ResumeStore(path)
        left = store.load()
        if left is None:
            return
        told = store.save(left)
        assert told is None, told
        assert store.load() == left, "it is read back as another one"
        again = prepare(
            "bedtime", routine, DEFAULTS, {}, side=left.side, step_of=lambda _move: None
        )
        place = restore(replace(left, fingerprint=again.fingerprint), again)
        if place is not None:
            begin(place.timeline, 1000.0, index=place.index, spent=place.spent)
            run(again.routine, chance(data))

    return trial


def open_home_snapshot(folder: Path) -> Trial:
    """Load and show the home page of the last start."""
    path = folder / "glance.json"

    def trial(data: bytes) -> None:
        path.write_bytes(data)
        store = HomeSnapshotFile(path)
        glance = store.load()
        if glance is not None:
            store.save(glance)
            assert store.load() == glance

    return trial


def open_kept(folder: Path) -> Trial:
    """List trash, drafts and versions, all with the same random data in them."""
    paths = Paths(folder / "data")
    routines = RoutinePaths(paths.routines, find_bundled().routines)
    drafts = DraftFolder(paths.drafts, paths.routines)
    trash, versions = TrashFolder(paths.trash, routines, drafts), VersionFolder(paths.versions)
    for place in (paths.routines, paths.drafts, paths.versions / "mine"):
        place.mkdir(parents=True)

    def trial(data: bytes) -> None:
        thrown = paths.trash / "000001"
        thrown.mkdir(parents=True, exist_ok=True)
        (thrown / "record.json").write_bytes(data)
        (thrown / "routine.yaml").write_bytes(data)
        (paths.drafts / "mine.json").write_bytes(data)
        (paths.drafts / "mine.yaml").write_bytes(data)
        (paths.versions / "mine" / "000001-17.yaml").write_bytes(data)
        for left in drafts.all_left():
            print_safe(left.draft.name)
        key = versions.versions("mine")[0].key
        assert len(data) > MOST_BYTES or versions.read("mine", key) == data
        for deleted in trash.deleted():
            print_safe(deleted.name + deleted.id)
            restored = trash.restore(deleted.key)
            if isinstance(restored, str):
                assert routines.own(restored), "brought back to nowhere"
                again = trash.delete(restored)
                assert not isinstance(again, Problem), again

    return trial


def _bedtime(folder: Path) -> Routine:
    """Return a routine that ships."""
    entry = _library(folder).entry("bedtime")
    assert entry is not None
    assert entry.routine is not None
    return entry.routine


def _library(folder: Path) -> Library:
    return Library(find_bundled().routines, folder / "routines")


def resume_seeds() -> tuple[bytes, ...]:
    """Return stored sessions."""
    return as_seed(LEFT, {**LEFT, "side": Side.LEFT.value, "turned": [], "remaining": None})


SETTINGS_TARGET = Target(open_settings, lambda: as_seed(CHOSEN), TOKENS_JSON, reshape_json)
HISTORY_TARGET = Target(open_history, lambda: as_seed(REMEMBERED), TOKENS_JSON, reshape_json)
RESUME_TARGET = Target(open_resume, resume_seeds, TOKENS_JSON, reshape_json)
GLANCE_TARGET = Target(open_home_snapshot, lambda: as_seed(SHOWN), TOKENS_JSON, reshape_json)
KEPT_TARGET = Target(
    open_kept,
    lambda: (*as_seed(RECORD) * 20, *routine_seeds()),
    TOKENS_JSON + TOKENS,
    lambda random, data: (reshape_json if data[:1] == b"{" else reshape_yaml)(random, data),
)
