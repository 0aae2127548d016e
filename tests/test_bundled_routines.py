"""Everything that ships is whole: each file loads, and each thing that it names is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from legato.domain.draft import Use
from legato.domain.routine import Step
from legato.resources import find_bundled
from legato.storage.library import Library

BUNDLED = find_bundled()
LIBRARY = Library(BUNDLED.routines, Path("nowhere"), BUNDLED.assets)
FILES = sorted(BUNDLED.routines.rglob("*.y*ml"))
LONGEST_LINE = 90
NAMED = {
    "hamstrings quads glutes-it-band calf-straight-knee calf-bent-knee bedtime",
    "both-legs-together just-this-leg upper-leg lower-leg back-of-the-leg around-the-knee",
    "outer-hip one-minute tiny-starter back-to-sleep cramp-now restless-legs",
    "massage-and-stretch foot-bath-evening desk-day",
}


def own_steps(path: Path) -> list[Step]:
    """Return the steps that a file has itself."""
    draft = LIBRARY.open_path(path).draft
    return [line for line in draft.steps if isinstance(line, Step)] if draft else []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_has_no_problems(path: Path) -> None:
    """It loads, and its figures, evidence and variants exist."""
    ((_, problems),) = LIBRARY.check([path])

    assert problems == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_lines_can_be_spoken(path: Path) -> None:
    """No spoken line is longer than a caption."""
    for step in own_steps(path):
        lines = [*step.setup, *(line.text for line in step.say)]

        assert [line for line in lines if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_steps_are_drawn(path: Path) -> None:
    """Every step has a figure."""
    assert [step.title for step in own_steps(path) if not step.picture] == []


def test_the_named_routines_are_there() -> None:
    """The best-known routines exist under their ids."""
    routines = {entry.id for entry in LIBRARY.entries() if not entry.is_move}

    assert routines == {name for names in NAMED for name in names.split()}


def test_bedtime_is_the_five_stretches() -> None:
    """The main routine has these five, in their order."""
    bedtime = LIBRARY.entry("bedtime")
    draft = bedtime.draft if bedtime else None
    order = ["hamstrings", "quads", "glutes-it-band", "calf-straight-knee", "calf-bent-knee"]

    assert draft is not None
    assert [line.id for line in draft.steps if isinstance(line, Use)] == order


def test_bedtime_takes_twenty_three_minutes() -> None:
    """Five times two minutes a side, with ready and switch times."""
    entry = LIBRARY.entry("bedtime")

    assert entry is not None
    assert entry.routine is not None
    assert round(entry.routine.seconds / 60) == 23
