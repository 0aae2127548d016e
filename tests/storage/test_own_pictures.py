"""Tests of the user's own pictures: copied, never linked, never overwritten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from editor_fakes import OTHER_PNG, PNG, Desk
from legato.domain import editing
from legato.domain.documents import AddedPicture, Opened
from legato.domain.figure.model import Arm, Figure, Frame, Leg, Pose, View
from legato.domain.figure.props import Box
from legato.domain.problems import Problem
from legato.domain.routine import Step
from legato.resources import find_bundled
from legato.storage.figures import FigureFolder, figure_text, parse_figure, rounded
from legato.storage.pictures import read_picture

if TYPE_CHECKING:
    from pathlib import Path

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>'
SHIPPED = FigureFolder(find_bundled().assets / "figures")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return stores over an empty folder."""
    return Desk(tmp_path / "data")


def added(desk: Desk, data: bytes, name: str) -> AddedPicture:
    """Add an image that must be accepted."""
    found = desk.pictures.add_image("mine", data, name)
    assert isinstance(found, AddedPicture), found
    return found


def refused(desk: Desk, data: bytes, name: str = "a.png") -> str:
    """Return why an image is refused; no file of it may remain."""
    problem = desk.pictures.add_image("mine", data, name)
    assert isinstance(problem, Problem)
    assert not (desk.routines / "mine").exists()
    return problem.text


def test_a_file_is_copied(desk: Desk, tmp_path: Path) -> None:
    """The copy does not depend on the original file."""
    source = tmp_path / "photo.png"
    source.write_bytes(PNG)

    found = desk.pictures.add_picture("mine", source)
    source.unlink()

    assert found == AddedPicture(picture="photo.png", folder=str(desk.routines / "mine"))
    assert read_picture(desk.routines / "mine", "photo.png").data == PNG


def test_a_step_shows_it_before_it_is_saved(desk: Desk) -> None:
    """The result has all that a step needs to show the picture."""
    found = added(desk, PNG, "pasted")

    step = Step(title="T", picture=found.picture, folder=found.folder)

    assert (desk.routines / "mine" / step.picture).exists()


def test_another_of_the_same_name_gets_its_own(desk: Desk) -> None:
    """A second picture of the same name gets a number, also where case is ignored."""
    names = [
        added(desk, data, name).picture
        for data, name in ((PNG, "a.png"), (OTHER_PNG, "a.png"), (OTHER_PNG, "A.PNG"))
    ]

    assert names == ["a.png", "a-2.png", "A-3.png"]
    assert (desk.routines / "mine" / "a.png").read_bytes() == PNG


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../evil.png", "evil.png"),
        ("C:\\Users\\x\\My photo (2).png", "My photo (2).png"),
        (".hidden.png", "hidden.png"),
        ("a:b?.png", "a-b.png"),
        ("", "picture.png"),
        ("x" * 200 + ".png", "x" * 60 + ".png"),
        ("Fuß🦶.png", "Fuß.png"),
    ],
)
def test_a_name_becomes_one_that_all_can_hold(desk: Desk, name: str, kept: str) -> None:
    """The name is valid on every system and in the routine file."""
    found = added(desk, PNG, name)

    assert found.picture == kept
    assert "picture: " + kept in _saved_text(desk, found)


def _saved_text(desk: Desk, found: AddedPicture) -> str:
    desk.write("mine.yaml", "name: Mine\nsteps:\n  - title: T\n")
    opened = desk.open("mine")
    assert opened.draft is not None
    step = Step(title="T", picture=found.picture, folder=found.folder)
    saved = desk.store.save(opened, replace(opened.draft, steps=(step,)))
    assert not isinstance(saved, Problem)
    return desk.text("mine")


def test_the_ending_is_that_of_the_content(desk: Desk) -> None:
    """The ending follows from the content."""
    assert added(desk, b"\xff\xd8\xff photo", "a.png").picture == "a.jpg"
    assert added(desk, SVG, "a.txt").picture == "a.svg"


def test_what_is_too_large_is_made_smaller_with_a_note(desk: Desk) -> None:
    """A large photo is scaled down, and the result has a note."""
    found = added(desk, b"\xff\xd8\xff" + b"x" * 5000, "big.jpg")

    assert found.picture == "big.png"
    assert found.note == "The picture was made smaller, to 1600 pixels at most."
    assert (desk.routines / "mine" / "big.png").read_bytes() == PNG


def test_what_is_no_picture_is_refused(desk: Desk) -> None:
    """The content decides, whatever the name."""
    assert "no picture of a known kind" in refused(desk, b"MZ program")


def test_what_cannot_be_drawn_is_refused(desk: Desk) -> None:
    """A damaged picture is refused when it is added."""
    assert "not shown: it is damaged" in refused(desk, PNG + b"damaged")


def test_a_drawing_that_the_gate_refuses_is_refused(desk: Desk) -> None:
    """The SVG filter applies to added drawings, too."""
    assert "not shown" in refused(desk, b"<svg><script/></svg>", "a.svg")


def test_a_picture_that_stays_too_large_is_refused(desk: Desk) -> None:
    """A picture that could not be shown later is refused."""
    desk.scaler.most = 100_000_000

    assert "larger than 20 MB" in refused(desk, PNG + b"x" * 20_000_001)


def test_a_folder_is_refused(desk: Desk, tmp_path: Path) -> None:
    """Only regular files are accepted."""
    assert isinstance(desk.pictures.add_picture("mine", tmp_path), Problem)


@pytest.mark.parametrize("name", SHIPPED.names())
def test_every_figure_that_ships_is_written_and_read_back(name: str) -> None:
    """Writing and reading keeps every field of a figure."""
    figure = SHIPPED.figure(name)
    assert figure is not None

    assert parse_figure(name, figure_text(rounded(figure)).encode(), name) == rounded(figure)
    assert rounded(figure) == figure


def pose(torso: float) -> Pose:
    """Return a pose with numbers of many decimals."""
    arm, leg = (
        Arm(upper=100 / 3, fore=200 / 3, hand=-0.00001),
        Leg(thigh=1e-9, shin=-90.0, foot=0.0),
    )
    return Pose(
        hip=(1 / 3, 2 / 3),
        torso=torso,
        neck=0.0,
        arm_near=arm,
        arm_far=arm,
        leg_near=leg,
        leg_far=leg,
    )


def drawn(name: str = "own") -> Figure:
    """Return a figure as the pose editor makes it."""
    box = Box(left=-1.0, bottom=-0.1, right=1.0, top=2 / 3)
    frames = (Frame(name="start", pose=pose(90.0)), Frame(name="hold", pose=pose(45.0)))
    return Figure(name=name, shows="mine:  own", view=View.SIDE, window=box, frames=frames)


def test_a_drawn_pose_is_kept_in_the_routines_folder(desk: Desk) -> None:
    """It is read back with the precision of the file."""
    found = desk.pictures.save_figure("mine", drawn())

    assert isinstance(found, AddedPicture)
    assert found.picture == "figure:own"
    assert desk.pictures.figure(found.folder, "own") == rounded(drawn())


def test_a_pose_that_is_changed_takes_its_own_place(desk: Desk) -> None:
    """Editing a pose again replaces its file."""
    desk.pictures.save_figure("mine", drawn())
    desk.pictures.save_figure("mine", replace(drawn(), shows="another"))

    changed = desk.pictures.figure(str(desk.routines / "mine"), "own")

    assert changed is not None
    assert changed.shows == "another"


def test_a_new_pose_gets_a_name_that_is_free(desk: Desk) -> None:
    """The name is made of the step's title."""
    desk.pictures.save_figure("mine", drawn("my-step"))

    assert desk.pictures.free_figure_name("mine", "My step!") == "my-step-2"


def test_a_pose_that_no_file_can_hold_is_refused(desk: Desk) -> None:
    """Nothing is written."""
    problem = desk.pictures.save_figure("mine", replace(drawn(), shows=""))

    assert isinstance(problem, Problem)
    assert not (desk.routines / "mine").exists()


def test_what_is_taken_away_is_gone_with_its_folder(desk: Desk) -> None:
    """The named picture and figure are deleted, nothing else."""
    photo = added(desk, PNG, "photo.png")
    assert isinstance(desk.pictures.save_figure("mine", drawn("mine")), AddedPicture)
    other = desk.write("mine/notes.txt", "mine")

    desk.pictures.remove("mine", {photo.picture, "figure:mine", "gone.png"})
    assert [path.name for path in (desk.routines / "mine").iterdir()] == ["notes.txt"]
    other.unlink()
    desk.pictures.remove("mine", ())
    assert not (desk.routines / "mine").exists()


def test_pictures_are_named_by_the_file_its_versions_and_its_draft(desk: Desk) -> None:
    """Pictures of all of them count as used."""
    desk.write("mine.yaml", "name: Mine\nsteps:\n  - title: A\n    picture: old.png\n")
    opened = desk.open("mine")
    assert opened.draft is not None
    newer = editing.change_step(opened.draft, 0, picture="new.png").draft
    assert isinstance(desk.store.save(opened, newer), Opened)
    typed = editing.change_step(newer, 0, picture="typed.png").draft
    desk.store.keep_draft(desk.open("mine"), typed)

    assert desk.store.pictures_named("mine") == frozenset({"old.png", "new.png", "typed.png"})


def test_a_text_that_cannot_be_read_may_name_any_picture(desk: Desk) -> None:
    """Then it is unknown which pictures are unused."""
    desk.write("mine.yaml", "name: [Mine\n")
    assert desk.store.pictures_named("mine") is None
