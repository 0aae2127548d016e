"""Tests of reading figure files, valid and invalid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.domain.figure.model import Face, Muscle, Order, Rest, View
from legato.domain.figure.props import Anchor, PropKind, When
from legato.domain.problems import BadData, Problem
from legato.storage.figures import MOST_BYTES, FigureFolder, parse_figure, read_figure

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
shows: lying on the back, one leg raised
view: side
window: [-0.6, -0.1, 0.6, 0.7]
both: yes
frames:
  start:
    hip: [0, 0.062]
    torso: 180
    neck: 172
    arms:
      near: {upper: 3, fore: 69}
      far: {upper: 5, fore: 74, hand: 80, lengths: [1, 0.5, 1]}
    legs:
      near: {thigh: 88, shin: 10, foot: 100}
      far: {thigh: 60, shin: -71, foot: 0, on: ground}
  hold:
    hip: [0, 0.062]
    torso: 180
    torso-length: 0.9
    neck: 172
    face: viewer
    arms:
      near: {upper: 16, fore: 88, on: strap}
      far: {upper: 19, fore: 92, on: strap}
    legs:
      near: {thigh: 74, shin: 71, foot: 170}
      far: {thigh: 60, shin: -71, foot: 0, on: ground}
    works: [hamstrings]
    order: arm-behind-leg
props:
  - {kind: mattress, box: [-0.58, -0.09, 0.62, 0]}
  - {kind: strap, ends: [near-grip, near-ball], when: last}
"""


def problems_of(text: str) -> tuple[Problem, ...]:
    """Return the problems of `text`."""
    with pytest.raises(BadData) as caught:
        parse_figure("one", text.encode(), "one.yaml")
    return caught.value.problems


def test_whole_figure_is_read() -> None:
    """Every field has the value of the file."""
    figure = parse_figure("one", WHOLE.encode(), "one.yaml")

    assert (figure.name, figure.view, figure.both) == ("one", View.SIDE, True)
    assert figure.window.width == pytest.approx(1.2)
    assert [frame.name for frame in figure.frames] == ["start", "hold"]
    hold = figure.hold
    assert (hold.works, hold.order) == ((Muscle.HAMSTRINGS,), Order.ARM_BEHIND_LEG)
    assert (hold.pose.face, hold.pose.torso_length) == (Face.VIEWER, 0.9)
    assert hold.pose.arm_near.on is Rest.STRAP
    strap = figure.props[1]
    assert (strap.kind, strap.when) == (PropKind.STRAP, When.LAST)
    assert strap.ends == (Anchor.NEAR_GRIP, Anchor.NEAR_BALL)


def test_hand_follows_the_forearm_if_not_written() -> None:
    """A hand without an angle is in line with its forearm."""
    start = parse_figure("one", WHOLE.encode(), "one.yaml").start.pose

    assert (start.arm_near.hand, start.arm_far.hand) == (69, 80)
    assert start.arm_far.lengths == (1.0, 0.5, 1.0)


def test_frames_know_their_place() -> None:
    """The first frame is at 0, the last at 1; a single one is at 1."""
    both = parse_figure("one", WHOLE.encode(), "one.yaml")
    lone = WHOLE[: WHOLE.index("  hold:")]

    assert [frame.pose.progress for frame in both.frames] == [0.0, 1.0]
    assert parse_figure("one", lone.encode(), "one.yaml").hold.pose.progress == 1.0


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "told"),
    [
        ("torso: 180\n    neck: 172\n    arms", "neck: 172\n    arms", 7, 5, "torso is missing"),
        ("view: side", "view: sidee", 2, 7, "is not known here"),
        ("shin: 10", "shin: ten", 14, 31, "is not a number"),
        ("shin: 10", "shin: .nan", 14, 31, "is not a number"),
        ("shin: 10", "shin: 900", 14, 31, "out of range"),
        ("foot: 100}", "foot: 100, toe: 1}", 14, 46, "is not known here"),
        ("[hamstrings]", "[hamstring]", 28, 13, "is not known here"),
        ("[0, 0.062]", "[0]", 7, 10, "2 numbers are expected"),
        ("[-0.6, -0.1, 0.6, 0.7]", "[0.6, -0.1, -0.6, 0.7]", 3, 9, "empty"),
        ("both: yes", "both: maybe", 4, 7, "is not known here"),
        ("[near-grip, near-ball]", "[near-grip]", 32, 5, "a strap has 2 ends"),
        ("kind: mattress, box: [-0.58, -0.09, 0.62, 0]", "kind: mattress", 31, 5, "has a box"),
        ("on: strap}\n      far", "on: rope}\n      far", 23, 39, "is not known here"),
        ("  start:", "  Start me:", 6, 3, "no name of a frame"),
        ("when: last", "when: later", 32, 55, "is not known here"),
        ("both: yes", "cycle: 0", 4, 8, "out of range"),
    ],
)
def test_problem_has_its_place(old: str, new: str, line: int, column: int, told: str) -> None:
    """The problem of a wrong value has line and column."""
    assert old in WHOLE
    problem = problems_of(WHOLE.replace(old, new, 1))[0]

    assert told in problem.text
    assert (problem.line, problem.column) == (line, column)


def test_nearest_word_is_proposed() -> None:
    """The hint for a misspelled word names the nearest one."""
    assert problems_of(WHOLE.replace("hamstrings", "hamstring"))[0].hint == (
        "did you mean hamstrings?"
    )


def test_all_problems_are_reported_at_once() -> None:
    """Two problems are both reported, in the order of the file."""
    told = problems_of(WHOLE.replace("view: side", "view: up").replace("shin: 10", "shin: x"))

    assert [problem.line for problem in told] == [2, 14]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("[]", "block of keys"),
        ("view: [side", "flow sequence"),
        ("a: 1\n---\nb: 2", "document"),
        ("shows: x\nview: side\nwindow: [0, 0, 1, 1]\nframes: {}", "one frame, or two"),
        ("shows: x\nview: side\nwindow: [0, 0, 1, 1]\nframes: 3", "poses under their names"),
        ("[" * 4000 + "]" * 4000, "levels deep"),
    ],
)
def test_no_figure_is_reported(text: str, told: str) -> None:
    """Any content that is no figure is reported as a problem."""
    assert any(told in problem.text for problem in problems_of(text))


def test_both_legs_cannot_be_shown_from_the_front() -> None:
    """A figure seen from the front must have one working leg."""
    assert "both legs" in problems_of(WHOLE.replace("view: side", "view: front"))[0].text


def test_to_and_fro_needs_two_ends() -> None:
    """A cycle of one frame is a problem."""
    lone = WHOLE[: WHOLE.index("  hold:")].replace("both: yes", "cycle: 4")

    assert "two frames" in problems_of(lone)[0].text


def test_files_are_refused_before_they_are_read(tmp_path: Path) -> None:
    """A missing file, a folder and a file that is too large are problems."""
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (MOST_BYTES + 1))

    for path, told in (
        (tmp_path / "none.yaml", "no such file"),
        (tmp_path, "a folder"),
        (large, "larger than 64 kB"),
    ):
        with pytest.raises(BadData) as caught:
            read_figure(path)
        assert told in caught.value.problems[0].text


def test_folder_names_its_figures(tmp_path: Path) -> None:
    """Names are stems, sorted; files with other names are skipped."""
    for name in ("b-two.yaml", "a.yaml", "Not This.yaml", "c.txt"):
        (tmp_path / name).write_text(WHOLE)
    folder = FigureFolder(tmp_path)

    assert folder.names() == ("a", "b-two")
    assert folder.has("a")
    assert not folder.has("c")
    assert not folder.has("../a")


def test_folder_gives_figures_and_problems(tmp_path: Path) -> None:
    """A valid file is a figure, a broken one has problems, a missing one has none."""
    (tmp_path / "good.yaml").write_text(WHOLE)
    (tmp_path / "bad.yaml").write_text("view: side")
    folder = FigureFolder(tmp_path)

    good = folder.figure("good")
    assert good is not None
    assert good.name == "good"
    assert folder.problems("good") == ()
    assert folder.figure("bad") is None
    assert folder.problems("bad")[0].where.endswith("bad.yaml")
    assert folder.figure("none") is None
    assert folder.problems("none") == ()


def test_file_is_read_once(tmp_path: Path) -> None:
    """A figure is cached when it is first requested."""
    path = tmp_path / "good.yaml"
    path.write_text(WHOLE)
    folder = FigureFolder(tmp_path)
    first = folder.figure("good")
    path.unlink()

    assert folder.figure("good") is first


def test_missing_folder_has_no_figures(tmp_path: Path) -> None:
    """A missing folder counts as empty."""
    assert FigureFolder(tmp_path / "none").names() == ()
