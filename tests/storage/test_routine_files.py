"""Tests of saving a plan as a new file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.domain.draft import Draft, Use
from legato.domain.problems import Problem
from legato.storage.routine_files import RoutineFolder, id_for
from legato.storage.routine_reader import read_routine

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = Draft(id="plan", name="For your left calf", steps=(Use(id="calf1-strap"),))


def test_it_is_written_as_a_routine(tmp_path: Path) -> None:
    """The file is valid and has the given name."""
    folder = tmp_path / "routines"

    assert RoutineFolder(folder, tuple).keep(DRAFT) == "For your left calf"

    reading = read_routine(folder / "for-your-left-calf.yaml")
    assert reading.problems == ()
    assert reading.draft is not None
    assert (reading.draft.name, reading.draft.steps) == (DRAFT.name, DRAFT.steps)


def test_a_second_of_the_same_name_is_numbered(tmp_path: Path) -> None:
    """The first file is unchanged."""
    keeper = RoutineFolder(tmp_path, tuple)
    keeper.keep(DRAFT)
    before = (tmp_path / "for-your-left-calf.yaml").read_bytes()

    assert keeper.keep(DRAFT) == "For your left calf (2)"
    assert keeper.keep(DRAFT) == "For your left calf (3)"
    assert (tmp_path / "for-your-left-calf.yaml").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 3


def test_it_hides_nothing_that_ships(tmp_path: Path) -> None:
    """A plan with the name of a shipped routine gets another id."""
    draft = Draft(id="plan", name="Bedtime", steps=DRAFT.steps)

    assert RoutineFolder(tmp_path, lambda: ("bedtime",)).keep(draft) == "Bedtime (2)"


def test_what_is_there_under_the_other_ending_is_kept(tmp_path: Path) -> None:
    """A file that ends in .yml is not replaced."""
    (tmp_path / "for-your-left-calf.yml").write_text("mine")

    assert RoutineFolder(tmp_path, tuple).keep(DRAFT) == "For your left calf (2)"


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    """The problem is returned, nothing raised."""
    (tmp_path / "routines").write_text("a file")

    assert isinstance(RoutineFolder(tmp_path / "routines", tuple).keep(DRAFT), Problem)


@pytest.mark.parametrize(
    ("name", "routine_id"),
    [
        ("Calf, tonight!", "calf-tonight"),
        ("Für Mama", "fur-mama"),
        ("夜", "routine"),
        ("../../etc", "etc"),
        ("a" * 200, "a" * 60),
    ],
)
def test_a_name_becomes_a_plain_id(name: str, routine_id: str) -> None:
    """Ids are safe file names on every system."""
    assert id_for(name) == routine_id


def test_the_first_line_points_text_editors_at_the_schema(tmp_path: Path) -> None:
    """The schema file is written, too."""
    schema = tmp_path / "routine.schema.json"

    RoutineFolder(tmp_path / "routines", tuple, schema).keep(DRAFT)

    (path,) = (tmp_path / "routines").iterdir()
    assert path.read_text().startswith("# yaml-language-server: $schema=../routine.schema.json\n")
    assert schema.exists()
