"""`legato figure` as a person uses it."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from legato.cli import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")


def run(*words: str) -> int:
    """Run `legato figure` with arguments and return its exit code."""
    try:
        return main.run(["figure", *words])
    except SystemExit as end:
        return int(end.code or 0)


def test_list_prints_one_name_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A script can read the names."""
    assert run("--list") == 0

    names = capsys.readouterr().out.splitlines()
    assert names == sorted(names)
    assert "ham-strap" in names


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_svg_is_drawn(tmp_path: Path, side: str) -> None:
    """The SVG can be rendered and has the requested size."""
    out = tmp_path / "a.svg"

    assert run("calf1-strap", "-o", str(out), "--side", side, "--size", "300") == 0

    renderer = QSvgRenderer(str(out))
    assert renderer.isValid()
    assert max(renderer.defaultSize().width(), renderer.defaultSize().height()) == 300


def test_start_and_hold_differ(tmp_path: Path) -> None:
    """Each pose has its own picture."""
    for pose in ("start", "hold"):
        assert run("ham-strap", "-o", str(tmp_path / f"{pose}.PNG"), "--pose", pose) == 0

    assert QImage(str(tmp_path / "start.PNG")) != QImage(str(tmp_path / "hold.PNG"))


def test_unknown_name_gets_a_proposal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelled name gets the nearest one, and nothing is written."""
    assert run("ham-strop", "-o", str(tmp_path / "a.svg")) == 1

    assert "did you mean ham-strap?" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_file_that_cannot_be_written_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing folder gives one line, not a traceback."""
    assert run("ham-strap", "-o", str(tmp_path / "none" / "a.png")) == 1

    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("ham-strap",),
        ("ham-strap", "-o", "a.gif"),
        ("ham-strap", "-o", "a.png", "--size", "3"),
        ("ham-strap", "-o", "a.png", "--size", "many"),
        ("ham-strap", "-o", "a.png", "--side", "up"),
        ("ham-strap", "--list"),
    ],
)
def test_wrong_usage_is_2(words: tuple[str, ...]) -> None:
    """Invalid arguments end with exit code 2."""
    assert run(*words) == 2


def test_an_older_picture_survives_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write is atomic here too."""
    target = tmp_path / "a.svg"
    target.write_text("older")

    def full(_descriptor: int, _data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)

    assert run("ham-strap", "-o", str(target)) == 1
    assert target.read_text() == "older"
