"""`legato list`: what eases a place, the best fit first."""

from __future__ import annotations

import json

import pytest

from legato.cli import main


def listed(capsys: pytest.CaptureFixture[str], place: str) -> list[dict[str, object]]:
    """Return what is listed for a place."""
    assert main.run(["list", "--place", place, "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_only_what_eases_the_place_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing else is there."""
    assert all("calf" in one["eases"] for one in listed(capsys, "calf"))  # type: ignore[operator]


def test_the_best_fit_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """What is for the front of the thigh before what is for five places."""
    ids = [one["id"] for one in listed(capsys, "front-of-thigh")]
    assert ids[0] == "quads"
    assert ids.index("quads") < ids.index("bedtime") < ids.index("quad-side")


def test_a_place_that_there_is_none_of_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """It is said on stderr, with the places that there are."""
    with pytest.raises(SystemExit) as ended:
        main.run(["list", "--place", "elbow"])
    assert ended.value.code == 2
    assert "calf" in capsys.readouterr().err
