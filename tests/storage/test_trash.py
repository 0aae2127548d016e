"""Tests of deleting and restoring routines."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from editor_fakes import PNG, Desk
from legato.domain.documents import Deleted
from legato.domain.problems import Problem
from legato.storage.cleanup import remove_all_leftovers

if TYPE_CHECKING:
    from pathlib import Path

MINE = "# mine\nname: Mine   # really\nsteps:\n  - title: Photo\n    picture: a.png\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return stores with one routine and its picture."""
    made = Desk(tmp_path / "data")
    made.write("mine.yaml", MINE)
    made.write("mine/a.png", PNG)
    return made


def deleted(desk: Desk) -> Deleted:
    """Delete the routine."""
    found = desk.trash.delete("mine")
    assert isinstance(found, Deleted)
    return found


def test_a_deleted_routine_is_gone_with_its_pictures(desk: Desk) -> None:
    """No file of it remains among the routines."""
    found = deleted(desk)

    assert list(desk.routines.iterdir()) == []
    assert (found.id, found.name) == ("mine", "Mine")
    assert desk.trash.deleted() == (found,)


def test_it_comes_back_as_it_was(desk: Desk) -> None:
    """Text and pictures are restored unchanged, and the trash is empty."""
    assert desk.trash.restore(deleted(desk).key) == "mine"

    assert desk.text("mine") == MINE
    assert (desk.routines / "mine" / "a.png").read_bytes() == PNG
    assert desk.trash.deleted() == ()


def test_it_comes_back_beside_another_of_its_id(desk: Desk) -> None:
    """The restored routine gets another name and keeps its comments."""
    key = deleted(desk).key
    desk.write("mine.yaml", "name: Another\nsteps: [{use: quads}]\n")

    assert desk.trash.restore(key) == "mine-2"

    assert "name: Another" in desk.text("mine")
    assert desk.text("mine-2") == MINE.replace("Mine ", "Mine (2) ")
    assert (desk.routines / "mine-2" / "a.png").exists()


def test_the_latest_comes_first(desk: Desk) -> None:
    """Deleted routines are listed with the latest first."""
    desk.write("b.yaml", "name: B\nsteps: [{use: quads}]\n")
    deleted(desk)
    desk.trash.delete("b")

    assert [one.name for one in desk.trash.deleted()] == ["B", "Mine"]


def test_what_is_not_restored_twice(desk: Desk) -> None:
    """Restoring it again is a problem."""
    key = deleted(desk).key
    desk.trash.restore(key)

    assert isinstance(desk.trash.restore(key), Problem)
    assert isinstance(desk.trash.restore("../routines"), Problem)


def test_what_ships_cannot_be_deleted(desk: Desk) -> None:
    """A shipped routine is refused, and the trash stays empty."""
    problem = desk.trash.delete("bedtime")

    assert isinstance(problem, Problem)
    assert problem.hint == "what ships with Legato stays"
    assert desk.trash.deleted() == ()


def test_a_broken_file_is_deleted_and_restored_too(desk: Desk) -> None:
    """A file that cannot be read is restored unchanged."""
    desk.write("mine.yaml", b"\x00\xff")
    key = deleted(desk).key
    desk.write("mine.yaml", MINE)

    assert desk.trash.restore(key) == "mine-2"
    assert (desk.routines / "mine-2.yaml").read_bytes() == b"\x00\xff"


def test_what_was_typed_goes_with_it(desk: Desk) -> None:
    """The draft of a deleted routine is deleted, too."""
    opened = desk.open("mine")
    assert opened.draft is not None
    desk.store.keep_draft(opened, opened.draft.__class__(id="mine", name="Typed"))

    deleted(desk)

    assert desk.store.left_drafts() == ()


def test_what_a_killed_deletion_left_is_swept(desk: Desk) -> None:
    """An old record without a routine is deleted; a routine never is."""
    key = deleted(desk).key
    empty = desk.paths.trash / "000009"
    empty.mkdir()
    (empty / "record.json").write_text("{}")
    for path in (empty, desk.paths.trash / key):
        os.utime(path, (1, 1))

    remove_all_leftovers(desk.paths, before=1000.0)

    assert not empty.exists()
    assert [one.key for one in desk.trash.deleted()] == [key]


def test_leftovers_of_writes_are_swept_everywhere(desk: Desk) -> None:
    """Temporary files are deleted in all folders."""
    left = [
        desk.write(".mine.yaml.12345678.tmp", "half"),
        desk.write("mine/.a.png.12345678.tmp", "half"),
    ]
    for path in left:
        os.utime(path, (1, 1))

    remove_all_leftovers(desk.paths, before=1000.0)

    assert not any(path.exists() for path in left)
    assert desk.text("mine") == MINE


def test_a_record_that_leads_elsewhere_is_none(desk: Desk) -> None:
    """A record with a path as id is skipped."""
    key = deleted(desk).key
    (desk.paths.trash / key / "record.json").write_text('{"id": "../settings", "name": "X"}')

    assert desk.trash.deleted() == ()
    assert isinstance(desk.trash.restore(key), Problem)


@pytest.mark.parametrize("routine_id", ["", "..", "a/b", "a\0b", "a\ud800", "x" * 300, 7])
def test_a_record_of_no_id_brings_nothing_back(desk: Desk, routine_id: object) -> None:
    """A damaged record is skipped and raises nothing."""
    record = desk.paths.trash / deleted(desk).key / "record.json"
    record.write_text(json.dumps({"id": routine_id, "name": "Mine"}))

    assert desk.trash.deleted() == ()


def test_half_a_character_is_no_name(desk: Desk) -> None:
    """A routine with an impossible name is restored under its id."""
    key = deleted(desk).key
    record = desk.paths.trash / key / "record.json"
    record.write_text(json.dumps({"id": "mine", "name": "\ud800"}))
    desk.write("mine.yaml", "name: Another\nsteps: [{use: quads}]\n")

    assert desk.trash.deleted()[0].name == "mine"
    assert desk.trash.restore(key) == "mine-2"
