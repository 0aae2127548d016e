"""Reads the drawing of the legs, an SVG of plain paths, into a chart.

Each group of the file is a view, `front` or `back`, and draws the leg on the left of the page; the
other one is its mirror image about `data-axis`. A path's class says what it is: a `region` names
its place in `data-place`. Paths use the absolute commands M, L, C and Z alone, the letter written
each time, and there are no transforms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from legato.domain.leg_map import (
    POINTS_OF,
    Command,
    LegChart,
    LegView,
    Outline,
    Region,
    Shape,
    ShapeKind,
)
from legato.domain.problems import BadData, Problem
from legato.domain.routine import Place
from legato.storage.regular_file import read_regular

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 1_000_000
_STRETCH = re.compile(r"\s*([A-Za-z])([-0-9.,\s]*)")


def read_leg_chart(path: Path) -> LegChart:
    """Return the chart drawn in the file at `path`.

    Raises:
        BadData: It cannot be read, or is not such a drawing; the problem says where.
    """
    reader = _Reader()
    data = read_regular(path, most_bytes=_MOST_BYTES)
    try:
        reader.parser.Parse(data, True)  # noqa: FBT003 - the whole file at once
        return reader.chart()
    except KeyError as error:
        text = f"{error.args[0]} is missing"
    except (expat.ExpatError, ValueError) as error:
        text = str(error)
    problem = Problem(where=str(path), line=max(1, reader.parser.CurrentLineNumber), text=text)
    raise BadData([problem])


def outline_of(text: str) -> Outline:
    """Return the outline that an SVG path's `d` spells.

    Raises:
        ValueError: It is empty, or holds more than absolute M, L, C and Z.
    """
    commands = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _STRETCH.match(text, at)
        if found is None:
            raise ValueError(f"a path cannot go on with {text[at : at + 10]!r}")
        commands.append(_command(found[1], found[2]))
        at = found.end()
    return Outline(tuple(commands))


def _command(letter: str, text: str) -> Command:
    numbers = [float(word) for word in text.replace(",", " ").split()]
    if len(numbers) != 2 * POINTS_OF.get(letter, 0):
        raise ValueError(f"{letter} does not take {len(numbers)} numbers")
    return Command(letter, tuple(zip(numbers[::2], numbers[1::2], strict=True)))


class _Reader:
    """Follows the file from tag to tag."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._on_start
        self._size: tuple[float, ...] = ()
        self._axes: dict[LegView, float] = {}
        self._view = LegView.FRONT
        self._shapes: list[Shape] = []
        self._regions: list[Region] = []

    def chart(self) -> LegChart:
        """Return what was read."""
        if len(self._size) != 4:  # noqa: PLR2004 - left, top, width, height
            raise ValueError("viewBox needs four numbers")
        return LegChart(
            width=self._size[2],
            height=self._size[3],
            axes=tuple(self._axes.items()),
            shapes=tuple(self._shapes),
            regions=tuple(self._regions),
        )

    def _on_start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "svg":
            self._size = tuple(float(word) for word in given["viewBox"].split())
        elif tag == "g":
            self._view = LegView(given["id"])
            self._axes[self._view] = float(given["data-axis"])
        elif tag == "path":
            self._take(given["class"], outline_of(given["d"]), given)
        else:
            raise ValueError(f"a drawing of the legs has no <{tag}>")

    def _take(self, kind: str, outline: Outline, given: dict[str, str]) -> None:
        if self._view not in self._axes:
            raise ValueError("a path stands in the group of its view")
        both = (outline, outline.mirrored(self._axes[self._view]))
        if kind == "region":
            place = Place(given["data-place"])
            first = self._view.side_on_left
            for side, drawn in zip((first, first.other), both, strict=True):
                self._regions.append(Region(place, side, self._view, drawn))
        else:
            self._shapes.extend(Shape(ShapeKind(kind), self._view, drawn) for drawn in both)
