"""What a file is by its name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from legato.storage.file_names import composed, name_problem, named
from legato.storage.routine_files import beside, scan

if TYPE_CHECKING:
    from pathlib import Path

ROUTINE = "name: A\nsteps:\n  - title: Calf\n"
APART = unicodedata.normalize("NFD", "\u00fcbung")


@pytest.mark.parametrize(
    "name",
    [
        "knees.sync-conflict-20260203-101112-ABCDEFG.yaml",
        "knees (Anna's conflicted copy 2026-02-03).yaml",
        "knees (conflicted copy 2026-02-03 101112).yaml",
        "knees_conflict-20260203-101112.yaml",
        "knees (In Konflikt stehende Kopie von Anna 2026-02-03).yaml",
        "knees (Copie en conflit de Anna 2026-02-03).yaml",
        "knees (Copia en conflicto de Anna 2026-02-03).yaml",
        "knees (Copia in conflitto di Anna 2026-02-03).yaml",
        "knees-DESKTOP-4F2K9QX.yaml",
        "knees 2.yaml",
    ],
)
def test_copies_of_sync_programs_are_told(name: str) -> None:
    """They are named after their original."""
    problem = name_problem("own", name, ("knees.yaml", name))

    assert problem is not None
    assert "copy of knees.yaml" in problem.text


@pytest.mark.parametrize(
    "name",
    ["knees.yaml", "knees-2.yaml", "knees (2).yaml", "evening 2.yaml", "Conflict.yaml", "a.png"],
)
def test_other_names_are_none(name: str) -> None:
    """Routines that somebody named so are listed."""
    assert name_problem("own", name, ("knees.yaml", name)) is None


@pytest.mark.parametrize("name", ["HIPS.YAML", "hips.Yml", "hips.yaml.txt"])
def test_what_looks_like_a_routine_is_told(name: str) -> None:
    """It is not passed over in silence because of its name."""
    problem = name_problem("own", name)

    assert problem is not None
    assert problem.hint.casefold() == "rename it to hips.yaml"


def test_a_copy_is_not_listed(tmp_path: Path) -> None:
    """Two routines of one name would be told apart by nothing."""
    for name in ("knees.yaml", "knees.sync-conflict-20260203-101112-ABCDEFG.yaml"):
        (tmp_path / name).write_text(ROUTINE)
    index = scan(tmp_path / "shipped", tmp_path)

    assert list(index.places) == ["knees"]
    assert len(index.problems) == 1


def test_a_name_from_a_mac_is_found(tmp_path: Path) -> None:
    """There accents stand apart from their letters; keyboards join them."""
    (tmp_path / f"{APART}.yaml").write_text(ROUTINE)

    assert list(scan(tmp_path / "shipped", tmp_path).places) == ["\u00fcbung"]
    assert beside(tmp_path, "\u00fcbung") == tmp_path / f"{APART}.yaml"


def test_a_picture_from_a_mac_is_found(tmp_path: Path) -> None:
    """A routine names it as it was typed."""
    (tmp_path / f"{APART}.png").touch()

    assert named(tmp_path, "\u00fcbung.png") == tmp_path / f"{APART}.png"


def test_texts_are_joined() -> None:
    """Both ways of writing become one."""
    assert composed(APART) == "\u00fcbung"
