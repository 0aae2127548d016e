"""Tests of `legato check`: problems of files, of folders, and of the names in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from legato.domain.ports import PictureData
from legato.domain.problems import not_shown
from legato.resources import find_bundled
from legato.storage.library import Library

if TYPE_CHECKING:
    from legato.domain.problems import Problem

SHIPPED = find_bundled()
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Return the shipped routines and an empty user folder."""
    routines, assets = SHIPPED.routines, SHIPPED.assets
    return Library(routines, tmp_path / "own", assets)


def routine(path: Path, line: str = "hold: 90") -> Path:
    """Write a routine of one step with an additional line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"name: A\nsteps:\n  - title: T\n    {line}\n")
    return path


def found(library: Library, *paths: Path) -> list[str]:
    """Return every problem as it is printed, without the folder."""
    return [
        str(problem).rpartition("/")[2].partition(":")[2]
        for _, problems in library.check(paths)
        for problem in problems
    ]


def test_a_sound_file_has_no_problems(library: Library, tmp_path: Path) -> None:
    """A valid file is listed without problems."""
    path = routine(tmp_path / "a.yaml")

    assert list(library.check([path])) == [(path, ())]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("picture: figure:ham-strp", "4:14: there is no figure ham-strp (did you mean ham-strap?)"),
        ("picture: no.png", "4:14: there is no such picture (put no.png beside the routine)"),
        ("evidence: pooled-veiw", "4:15: there is no evidence pooled-veiw (did you mean pooled-"),
        ("evidence: [pooled-view, x]", "4:29: there is no evidence x"),
        ("variants: {easier: ham-wal}", "4:24: there is no routine ham-wal (did you mean ham-wall"),
    ],
)
def test_what_is_named_must_be_there(
    library: Library, tmp_path: Path, line: str, words: str
) -> None:
    """A missing figure, picture or evidence is a problem of a check."""
    (problem,) = found(library, routine(tmp_path / "a.yaml", line))

    assert problem.startswith(words)


def test_what_is_named_does_not_break_the_routine(library: Library, tmp_path: Path) -> None:
    """A routine with a missing figure can still run."""
    path = routine(tmp_path / "a.yaml", "picture: figure:nowhere")

    assert library.open_path(path).routine is not None


def test_a_refused_drawing_is_reported_at_its_step(library: Library, tmp_path: Path) -> None:
    """The reason is the same as in the session, at the line of the step."""
    (tmp_path / "a.svg").write_text("<svg><image/></svg>")
    path = routine(tmp_path / "a.yaml", "picture: a.svg")

    (told,) = found(library, path)
    assert told == (
        "4:14: the drawing is not shown: it holds an image inside the drawing, in line 1"
        " (save it as a PNG and use that instead)"
    )


def test_a_raster_picture_is_tried_by_who_can_draw(library: Library, tmp_path: Path) -> None:
    """The given function decides whether a raster image can be shown."""
    (tmp_path / "a.png").write_bytes(PNG)
    path = routine(tmp_path / "a.yaml", "picture: a.png")
    seen: list[PictureData] = []

    def fault(picture: PictureData) -> Problem:
        seen.append(picture)
        return not_shown(picture.kind, "it is cut short", "copy it again")

    ((_, problems),) = library.check([path], fault)

    assert str(problems[0]).endswith(
        "a.yaml:4:14: the picture is not shown: it is cut short (copy it again)"
    )
    assert seen == [PictureData(PNG, "png")]


def test_a_folder_is_checked_with_all_that_is_in_it(library: Library, tmp_path: Path) -> None:
    """Subfolders are included; hidden and other files are not."""
    for name in ("b/c.yml", "b/a.yaml", "a.yaml", ".git/x.yaml", "b/.y.yaml"):
        routine(tmp_path / "in" / name)
    (tmp_path / "in" / "photo.png").write_bytes(PNG)

    paths = [path.relative_to(tmp_path / "in") for path, _ in library.check([tmp_path / "in"])]

    assert paths == [Path("a.yaml"), Path("b/a.yaml"), Path("b/c.yml")]


def test_a_link_to_the_folder_itself_ends(library: Library, tmp_path: Path) -> None:
    """A loop of links is not followed forever."""
    routine(tmp_path / "in" / "a.yaml")
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")

    assert len(list(library.check([tmp_path / "in"]))) == 1


def test_a_folder_without_routines_is_reported(library: Library, tmp_path: Path) -> None:
    """A folder without routines is a problem."""
    assert "there is no routine in this folder" in "".join(
        str(problem) for _, problems in library.check([tmp_path]) for problem in problems
    )


def test_files_beside_each_other_may_use_each_other(library: Library, tmp_path: Path) -> None:
    """An id is searched beside the file first, then among the shipped ones."""
    routine(tmp_path / "b.yaml")
    path = tmp_path / "a.yaml"
    path.write_text("name: A\nsteps: [{use: b}, {use: hamstrings}]")

    assert found(library, path) == []


def test_a_routine_s_own_figures_are_checked_as_figures(library: Library, tmp_path: Path) -> None:
    """Files in the folder of a routine are not checked as routines."""
    routine(tmp_path / "a.yaml", "picture: figure:own")
    (tmp_path / "a").mkdir()
    good = (SHIPPED.assets / "figures" / "ham-strap.yaml").read_text(encoding="utf-8")
    (tmp_path / "a" / "own.yaml").write_text(good)
    (tmp_path / "a" / "other.yaml").write_text("shows: x")

    checked = {path.name: bool(problems) for path, problems in library.check([tmp_path])}

    assert checked == {"a.yaml": False, "own.yaml": False, "other.yaml": True}
    assert list(library.check([tmp_path / "a" / "own.yaml"])) == [(tmp_path / "a" / "own.yaml", ())]


def test_a_file_of_two_names_is_reported_in_the_library(tmp_path: Path) -> None:
    """Two files with the same id in the user's folder are a problem."""
    own = tmp_path / "own"
    routine(own / "a.yaml")
    routine(own / "a.yml")

    checked = Library(own / "no", own).check([own])

    assert sum("has the same id" in one.text for _, problems in checked for one in problems) == 1


def test_no_more_than_a_hundred_problems_a_file(library: Library, tmp_path: Path) -> None:
    """A hundred problems are listed, the rest is counted."""
    path = tmp_path / "a.yaml"
    path.write_text("name: A\nsteps:\n" + "- {title: T, hodl: 1}\n" * 150)
    problems = found(library, path)

    assert len(problems) == 101
    assert problems[-1].endswith("and 50 more")


def test_the_folder_one_stands_in_is_checked(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`legato check .` works, although `.` has no name."""
    routine(tmp_path / "a.yaml")
    monkeypatch.chdir(tmp_path)

    assert found(library, Path()) == []


def test_a_name_too_long_is_reported(library: Library, tmp_path: Path) -> None:
    """A name that is too long for any system is a problem, of a file and of a figure."""
    assert len(found(library, tmp_path / f"{'x' * 300}.yaml")) == 1
    figure = routine(tmp_path / "a.yaml", f"picture: figure:{'x' * 300}")
    assert "there is no figure" in found(library, figure)[0]
