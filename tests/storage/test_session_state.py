"""Tests of the stored session: cheap, atomic, and without effect on failure."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.domain.problems import BadData, Problem
from legato.domain.resume import Resume
from legato.domain.routine import Side
from legato.storage import session_state
from legato.storage.session_state import ResumeStore

if TYPE_CHECKING:
    from pathlib import Path

LEFT = Resume(
    routine="bedtime",
    fingerprint="0123",
    position=1000.5,
    segment=12,
    spent=72.25,
    label="Calf",
    leg=Side.LEFT,
    remaining=47.75,
    saved_at=1_800_000_000.0,
    side=Side.LEFT,
    first=Side.RIGHT,
    turned=(0, 3),
    variants=(("quad-side", "quad-chair"),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a path in a folder that does not exist yet."""
    return tmp_path / "data" / "resume.json"


@pytest.mark.parametrize("lasting", [True, False])
@pytest.mark.parametrize(
    "left", [LEFT, replace(LEFT, remaining=None, side=None, first=None, turned=(), variants=None)]
)
def test_what_is_saved_is_loaded(path: Path, left: Resume, lasting: bool) -> None:
    """A loaded session equals the saved one."""
    assert ResumeStore(path).save(left, lasting=lasting) is None

    assert ResumeStore(path).load() == left


def test_without_a_file_there_is_nothing_to_take_up(path: Path) -> None:
    """Without a file there is no session."""
    assert ResumeStore(path).load() is None


def test_a_finished_session_is_forgotten(path: Path) -> None:
    """After `clear` there is no session; a second `clear` is harmless."""
    store = ResumeStore(path)
    store.save(LEFT)
    store.clear()
    store.clear()

    assert store.load() is None


def test_the_disk_is_waited_for_only_on_request(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A normal save does not sync the disk."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    ResumeStore(path).save(LEFT)
    assert synced == []
    ResumeStore(path).save(LEFT, lasting=True)

    assert synced != []


LATER = replace(LEFT, position=1001.5, spent=73.25, remaining=46.75, saved_at=1_800_000_001.0)
"""One second later."""


@pytest.fixture
def begun(path: Path) -> ResumeStore:
    """Return a store that has written `LEFT`."""
    store = ResumeStore(path)
    store.save(LEFT)
    return store


def test_the_next_second_is_written_into_the_same_file(path: Path, begun: ResumeStore) -> None:
    """A file is not created, read back and renamed each second."""
    before = path.stat().st_ino
    begun.save(LATER)

    assert (path.stat().st_ino, ResumeStore(path).load()) == (before, LATER)


@pytest.mark.parametrize("seconds", [0.0, 5e-324, 1.7976931348623157e308, 2 / 3])
def test_a_second_of_any_length_leaves_a_whole_file(
    path: Path, begun: ResumeStore, seconds: float
) -> None:
    """The longest and the shortest number have room in the place of the last one."""
    left = replace(LEFT, position=seconds, spent=seconds, remaining=seconds, saved_at=seconds)
    begun.save(left)
    begun.save(LATER)
    begun.save(left)

    assert ResumeStore(path).load() == left


@pytest.mark.parametrize(
    "change",
    [{"segment": 13}, {"label": "Calves"}, {"turned": (0,)}, {"variants": None}, {"side": None}],
)
def test_what_else_has_changed_is_written_too(
    path: Path, begun: ResumeStore, change: dict[str, Any]
) -> None:
    """A phase, a step or a side is never mixed with the seconds of another one."""
    begun.save(replace(LATER, **change))

    assert ResumeStore(path).load() == replace(LATER, **change)


def test_a_lasting_write_replaces_the_file(path: Path, begun: ResumeStore) -> None:
    """What a power cut must not damage is never written over."""
    before = path.stat().st_ino
    begun.save(LATER, lasting=True)

    assert (path.stat().st_ino == before, ResumeStore(path).load()) == (False, LATER)


def test_a_file_that_somebody_else_has_written_is_replaced(path: Path, begun: ResumeStore) -> None:
    """Whatever another program or another version left there."""
    path.write_text(json.dumps({"version": 9, **asdict(LEFT)}))
    begun.save(LATER)

    assert ResumeStore(path).load() == LATER


def test_a_file_that_was_deleted_is_written_again(path: Path, begun: ResumeStore) -> None:
    """Within a second."""
    path.unlink()
    begun.save(LATER)

    assert ResumeStore(path).load() == LATER


def test_a_linked_file_is_not_written_into(path: Path, begun: ResumeStore) -> None:
    """A copy that a backup keeps by a hard link stays as it was."""
    kept = path.with_name("kept.json")
    kept.hardlink_to(path)
    begun.save(LATER)

    assert (ResumeStore(kept).load(), ResumeStore(path).load()) == (LEFT, LATER)


def test_a_deleted_session_does_not_come_back_by_halves(path: Path, begun: ResumeStore) -> None:
    """After a clear the next save writes everything."""
    begun.clear()
    begun.save(LATER)

    assert ResumeStore(path).load() == LATER


def test_another_link_is_followed(path: Path, begun: ResumeStore) -> None:
    """A data folder may keep its files elsewhere: the link stays, the target is written."""
    elsewhere = path.with_name("elsewhere.json")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    begun.save(LATER)
    begun.save(LEFT)

    assert (path.is_symlink(), ResumeStore(elsewhere).load()) == (True, LEFT)


def test_the_seconds_are_kept_where_no_file_can_be_made(
    path: Path, begun: ResumeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk has no room for a new file, but the old one has its place."""

    def refuse(*_: object, **__: object) -> None:
        raise BadData((Problem(where=str(path), text="full"),))

    monkeypatch.setattr(session_state, "write_atomic", refuse)

    assert (begun.save(LATER), ResumeStore(path).load()) == (None, LATER)


def test_a_failure_is_reported_once(tmp_path: Path) -> None:
    """A session does not hear every second that the disk is full."""
    (tmp_path / "data").touch()
    store = ResumeStore(tmp_path / "data" / "resume.json")

    assert store.save(LEFT) is not None
    assert store.save(LEFT) is None


def test_it_is_reported_again_after_it_went_well(tmp_path: Path) -> None:
    """A failure after a success is returned again."""
    folder = tmp_path / "data"
    folder.touch()
    store = ResumeStore(folder / "resume.json")
    store.save(LEFT)
    folder.unlink()
    assert store.save(LEFT) is None
    (folder / "resume.json").unlink()
    folder.rmdir()
    folder.touch()

    assert store.save(LEFT) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"position": -1},
        {"position": "10"},
        {"position": True},
        {"spent": 10**400},
        {"segment": None},
        {"label": 3},
        {"label": "x" * 5000},
        {"side": "up"},
        {"leg": None},
        {"turned": 1},
        {"turned": ["a"]},
        {"turned": [0] * 1001},
        {"remaining": []},
        {"variants": "quad-side"},
        {"variants": [["quad-side"]]},
        {"variants": [3]},
        {"variants": [["quad-side", 3]]},
        {"variants": [["a", "b"]] * 1001},
    ],
)
def test_wrong_values_are_no_session(path: Path, change: dict[str, Any]) -> None:
    """Invalid values load as None."""
    path.parent.mkdir()
    path.write_text(json.dumps(asdict(LEFT) | change))

    assert ResumeStore(path).load() is None


_NEEDED = asdict(LEFT).keys() - {"side", "first", "remaining", "variants"}


@pytest.mark.parametrize("name", sorted(_NEEDED))
def test_a_missing_value_is_no_session(path: Path, name: str) -> None:
    """An incomplete file loads as None."""
    values = asdict(LEFT)
    del values[name]
    path.parent.mkdir()
    path.write_text(json.dumps(values))

    assert ResumeStore(path).load() is None


@given(st.binary(max_size=100))
def test_any_bytes_are_a_session_or_none(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """Loading never raises."""
    path = tmp_path_factory.mktemp("resume") / "resume.json"
    path.write_bytes(data)

    assert ResumeStore(path).load() is None
