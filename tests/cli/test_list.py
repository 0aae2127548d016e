"""`legato list`: what eases a place, the best fit first."""

from __future__ import annotations

import json

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
