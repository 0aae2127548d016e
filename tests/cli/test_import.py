"""`legato import`: a report of each part, and an exit code that a script can go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor_fakes import PNG, Desk
from legato.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MINE = "name: Mine\nsteps:\n  - title: Photo\n    picture: a.png\n"


def shared(tmp_path: Path, picture: bytes = PNG) -> str:
    """Return a shared file."""
    desk = Desk(tmp_path / "theirs")
    desk.write("mine.yaml", MINE)
    desk.write("mine/a.png", picture)
    assert desk.sharing.export("mine", tmp_path / "mine.legato") is None
    return str(tmp_path / "mine.legato")


def imported(tmp_path: Path, file: str) -> int:
    """Run the command on a data folder of its own."""
    return run(["--data-dir", str(tmp_path / "data"), "import", file])


def test_each_part_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report is on stdout, the summary on stderr."""
    code = imported(tmp_path, shared(tmp_path))

    out, err = capsys.readouterr()
    assert code == 0
    assert out == "new       Mine (mine)\nnew       a.png\n"
    assert err == "legato: 1 routine brought in\n"
    assert (tmp_path / "data" / "routines" / "mine.yaml").read_text() == MINE


def test_a_second_time_nothing_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second import is not a problem."""
    file = shared(tmp_path)
    imported(tmp_path, file)
    capsys.readouterr()

    code = imported(tmp_path, file)

    out, err = capsys.readouterr()
    assert code == 0
    assert "skipped   Mine (mine): it is here already, just the same" in out
    assert err == "legato: nothing new\n"


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another routine of the same id is unchanged."""
    own = Desk(tmp_path / "data").write("mine.yaml", "name: My own\nsteps: [{use: quads}]\n")

    code = imported(tmp_path, shared(tmp_path))

    assert code == 0
    assert "new name  Mine (2) (mine-2): another mine is here and stays" in capsys.readouterr().out
    assert "My own" in own.read_text()


def test_a_refused_part_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The other parts are imported, and the exit code is 1."""
    file = shared(tmp_path, b"\xff\xd8\xff photo under another name")
    code = imported(tmp_path, file)

    out, err = capsys.readouterr()
    assert code == 1
    assert "refused   a.png: it is not what its name says" in out
    assert err == "legato: 1 routine brought in, 1 refused\n"


def test_what_is_no_archive_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason is on stderr, and nothing is written."""
    (tmp_path / "x.legato").write_text("hello")

    assert imported(tmp_path, str(tmp_path / "x.legato")) == 1
    assert "this is no .legato file" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_file_that_is_not_there_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message has the file's name."""
    assert imported(tmp_path, str(tmp_path / "none.yaml")) == 1
    assert "none.yaml:1:1: there is no such file" in capsys.readouterr().err
