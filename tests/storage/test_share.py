"""Tests of exporting and importing routines; an import overwrites nothing."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from editor_fakes import OTHER_PNG, PNG, Desk
from legato.domain.documents import Incoming, Part, PartState
from legato.domain.draft import Use
from legato.domain.problems import Problem
from legato.resources import find_bundled
from legato.storage.share_import import read_archive

if TYPE_CHECKING:
    from pathlib import Path

FIGURE = (find_bundled().assets / "figures" / "ham-strap.yaml").read_bytes()
MAIN = """\
# from Anna
name: Main
steps:
  - use: part      # hers
  - use: quads
  - title: Photo
    picture: a.png
  - title: Pose
    picture: figure:my-pose
  - title: Shipped pose
    picture: figure:ham-strap
"""
PART = "name: Part\nsteps:\n  - title: Own\n    variants: {easier: quads}\n"
OTHER = "name: Other\nsteps:\n  - use: water\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return stores with a routine that uses another and has pictures."""
    made = Desk(tmp_path / "data")
    made.write("main.yaml", MAIN)
    made.write("main/a.png", PNG)
    made.write("main/my-pose.yaml", FIGURE)
    made.write("part.yaml", PART)
    return made


@pytest.fixture
def archive(desk: Desk, tmp_path: Path) -> Path:
    """Return that routine as an exported file."""
    path = tmp_path / "main.legato"
    assert desk.sharing.export("main", path) is None
    return path


@pytest.fixture
def friend(tmp_path: Path) -> Desk:
    """Return the empty stores of another user."""
    return Desk(tmp_path / "friend")


def looked(desk: Desk, path: Path) -> Incoming:
    """Inspect a valid file."""
    found = desk.sharing.inspect(path)
    assert isinstance(found, Incoming), found
    return found


def brought(desk: Desk, path: Path) -> Incoming:
    """Import a file."""
    found = desk.sharing.import_parts(looked(desk, path))
    assert isinstance(found, Incoming)
    desk.library.refresh()
    return found


def states(incoming: Incoming) -> dict[str, PartState]:
    """Return the state of each part by its name in the file."""
    return {part.name: part.state for part in incoming.parts}


def part(incoming: Incoming, name: str) -> Part:
    """Return a part by name."""
    return next(one for one in incoming.parts if one.name == name)


def test_all_of_ones_own_goes_with_it(archive: Path) -> None:
    """Used routines and pictures are included, shipped ones are not."""
    assert read_archive(archive) == {
        "main.yaml": MAIN.encode(),
        "main/a.png": PNG,
        "main/my-pose.yaml": FIGURE,
        "part.yaml": PART.encode(),
    }


def test_the_same_routine_makes_the_same_file(desk: Desk, archive: Path, tmp_path: Path) -> None:
    """The file does not depend on date or machine."""
    desk.sharing.export("main", tmp_path / "again.legato")

    assert (tmp_path / "again.legato").read_bytes() == archive.read_bytes()


def test_what_is_not_there_is_not_exported(desk: Desk, tmp_path: Path) -> None:
    """A missing picture is a problem, and no file is written."""
    assert isinstance(desk.sharing.export("nothing", tmp_path / "x.legato"), Problem)
    assert not (tmp_path / "x.legato").exists()


def test_what_ships_can_be_given_away_too(desk: Desk, friend: Desk, tmp_path: Path) -> None:
    """Importing a shipped routine writes nothing."""
    desk.sharing.export("bedtime", tmp_path / "bedtime.legato")

    assert set(states(brought(friend, tmp_path / "bedtime.legato")).values()) == {PartState.SAME}
    assert not friend.routines.exists()


def test_a_file_comes_in_whole(friend: Desk, archive: Path) -> None:
    """Files are imported unchanged, and the routine runs."""
    incoming = brought(friend, archive)

    assert set(states(incoming).values()) == {PartState.NEW}
    assert incoming.routine == "main"
    assert friend.text("main") == MAIN
    assert (friend.routines / "main" / "a.png").read_bytes() == PNG
    entry = friend.library.entry("main")
    assert entry is not None
    assert entry.routine is not None


def test_looking_writes_nothing(friend: Desk, archive: Path) -> None:
    """Inspecting a file writes nothing."""
    looked(friend, archive)

    assert not friend.paths.data.exists()


def test_what_is_here_already_is_left_alone(friend: Desk, archive: Path) -> None:
    """Importing the same file twice makes one copy."""
    brought(friend, archive)

    again = brought(friend, archive)

    assert set(states(again).values()) == {PartState.SAME}
    assert len(list(friend.routines.glob("*.yaml"))) == 2


def test_another_of_the_same_id_stays(friend: Desk, archive: Path) -> None:
    """The imported routine gets a new name, also in routines that use it."""
    friend.write("part.yaml", OTHER)

    incoming = brought(friend, archive)

    assert states(incoming)["part.yaml"] is PartState.RENAMED
    assert part(incoming, "part.yaml").becomes == "part-2"
    assert part(incoming, "part.yaml").note == "another part is here and stays"
    assert friend.text("part") == OTHER
    assert friend.text("part-2") == PART.replace("Part", "Part (2)")
    assert friend.text("main") == MAIN.replace("use: part ", "use: part-2 ")


def test_what_came_in_under_another_name_is_known_again(friend: Desk, archive: Path) -> None:
    """Importing it once more makes no further copy."""
    friend.write("part.yaml", OTHER)
    brought(friend, archive)

    again = brought(friend, archive)

    assert set(states(again).values()) == {PartState.SAME}
    assert len(list(friend.routines.glob("*.yaml"))) == 3


def test_a_routine_that_ships_is_not_hidden(friend: Desk, tmp_path: Path) -> None:
    """An imported routine with a shipped id gets another id."""
    path = tmp_path / "bedtime.yaml"
    path.write_text("name: Bedtime\nsteps: [{use: water}]\n")

    incoming = brought(friend, path)

    assert incoming.routine == "bedtime-2"
    entry = friend.library.entry("bedtime")
    assert entry is not None
    assert not entry.own


def test_other_pictures_make_it_another_routine(desk: Desk, friend: Desk, archive: Path) -> None:
    """The same text with another picture is not the same routine."""
    brought(friend, archive)
    (friend.routines / "main" / "a.png").write_bytes(OTHER_PNG)

    incoming = brought(friend, archive)

    assert part(incoming, "main.yaml").becomes == "main-2"
    assert (friend.routines / "main" / "a.png").read_bytes() == OTHER_PNG
    assert (friend.routines / "main-2" / "a.png").read_bytes() == PNG
    assert desk.text("main") == MAIN


def test_other_ways_follow_too(desk: Desk, friend: Desk, tmp_path: Path) -> None:
    """A variant with a new id is renamed in the routine, too."""
    desk.write("part.yaml", PART.replace("quads", "main"))
    desk.sharing.export("part", tmp_path / "p.legato")
    friend.write("main.yaml", OTHER)

    brought(friend, tmp_path / "p.legato")

    assert "{easier: main-2}" in friend.text("part")


def test_a_plain_file_comes_in_with_its_pictures(friend: Desk, tmp_path: Path) -> None:
    """Pictures beside a YAML file or in its folder are imported."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.yaml").write_text(
        "name: Mine\nsteps:\n  - title: T\n    picture: a.png\n  - use: nowhere\n"
    )
    (tmp_path / "x" / "a.png").write_bytes(PNG)

    incoming = brought(friend, tmp_path / "x" / "mine.yaml")

    assert (friend.routines / "mine" / "a.png").read_bytes() == PNG
    assert "it uses nowhere, which is not here" in part(incoming, "mine.yaml").note


def test_a_routine_with_problems_comes_in_and_says_so(friend: Desk, tmp_path: Path) -> None:
    """It is imported with a note, for the editor."""
    path = tmp_path / "mine.yaml"
    path.write_text("name: Mine\nsteps:\n  - title: T\n    hold: long\n")

    incoming = brought(friend, path)

    assert part(incoming, "mine.yaml").note == "it has a problem"
    assert not incoming.refused


def test_what_was_put_there_meanwhile_stays(friend: Desk, archive: Path) -> None:
    """A file saved between inspecting and importing is not overwritten."""
    incoming = looked(friend, archive)
    friend.write("part.yaml", OTHER)

    after = friend.sharing.import_parts(incoming)

    assert isinstance(after, Incoming)
    assert [one.name for one in after.refused] == ["part.yaml"]
    assert friend.text("part") == OTHER


def test_it_can_be_edited_after(friend: Desk, archive: Path) -> None:
    """An imported routine can be opened and saved."""
    brought(friend, archive)
    opened = friend.open("main")
    assert opened.draft is not None

    friend.store.save(opened, replace(opened.draft, steps=(*opened.draft.steps, Use(id="water"))))

    assert friend.text("main") == MAIN + "  - use: water\n"


def test_a_name_too_long_for_the_disk_is_refused(friend: Desk, tmp_path: Path) -> None:
    """Other parts are imported."""
    name = "🦵" * 100
    path = tmp_path / "x.legato"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{name}.yaml", "name: A\nsteps: [{use: quads}]\n")
        file.writestr("b.yaml", "name: B\nsteps: [{use: quads}]\n")

    came = brought(friend, path)

    assert states(came) == {f"{name}.yaml": PartState.REFUSED, "b.yaml": PartState.NEW}
