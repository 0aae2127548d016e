"""`legato list`: what eases a place, the best fit first."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from legato.cli import main


def listed(capsys: pytest.CaptureFixture[str], place: str) -> list[dict[str, object]]:
    """Return the ids that are listed for a place."""
    assert main.run(["list", "--place", place, "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_only_what_eases_the_place_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """No other routine is listed."""
    assert all("calf" in one["eases"] for one in listed(capsys, "calf"))  # type: ignore[operator]


def test_the_best_fit_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """A routine for the place alone comes before one for five places."""
    ids = [one["id"] for one in listed(capsys, "front-of-thigh")]
    assert ids[0] == "quads"
    assert ids.index("quads") < ids.index("bedtime") < ids.index("quad-side")


def test_an_unknown_place_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """The message on stderr lists the places."""
    with pytest.raises(SystemExit) as ended:
        main.run(["list", "--place", "elbow"])
    assert ended.value.code == 2
    assert "calf" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("command", ["list", "timeline bedtime", "schema", "figure --list"])
def test_a_full_disk_is_told(command: str) -> None:
    """Output that cannot be written is a problem with one line, and no traceback."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "legato", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("legato: the output cannot be written: ")
    assert len(done.stderr.splitlines()) == 1


def test_the_name_of_a_file_stays_in_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line break or a mark that turns the row round is written as an escape."""
    folder = tmp_path / "routines"
    folder.mkdir()
    (folder / "a\u202eb\nc.yaml").write_text("steps: [")
    main.run(["--data-dir", str(tmp_path), "list"])

    assert "a\\u202eb\\u000ac" in capsys.readouterr().out
