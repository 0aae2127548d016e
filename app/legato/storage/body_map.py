"""Reads `places.yaml`, from places on the leg to exercises, and the drawn leg map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
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
from legato.domain.plan import BodyMap, FeelingEntry, FeelingName, PlaceEntry, PlaceMove
from legato.domain.problems import BadData, Problem, did_you_mean
from legato.domain.routine import SHORTEST_HOLD_SECONDS, Kind, Place, Step
from legato.storage.safe_read import read_regular
from legato.storage.yaml.nodes import Position, shown
from legato.storage.yaml.schema import Block, Literal, MapOf, read_whole
from legato.storage.yaml.types import Duration, Field, ListOf, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from enum import StrEnum
    from pathlib import Path

LONGEST_LINE = 90
_LINE = Text(longest=LONGEST_LINE, filled=True, sided=True)
_TEXT = Text(filled=True)
_HOLD = Duration(least=SHORTEST_HOLD_SECONDS)
_IDS = ListOf(Text(filled=True))


_MOVE = Block(
    fields={
        "move": Field(kind=_TEXT, about="The id of a move.", required=True),
        "why": Field(kind=_TEXT, about="Why it is here.", required=True),
        "hold": Field(kind=_HOLD, about="Its length."),
        "note": Field(kind=_LINE, about="A line added to its setup."),
    },
    make=lambda values: PlaceMove(**({"move": ""} | values)),
)


def _place(values: dict[str, Any]) -> PlaceEntry:
    values["forbids"] = frozenset(values.get("forbids", ()))
    return PlaceEntry(**({"name": ""} | values))


def _feeling(values: dict[str, Any]) -> FeelingEntry:
    values["forbids"] = frozenset(values.get("forbids", ()))
    values["least"], values["most"] = values.pop("hold", (None, None))
    return FeelingEntry(**({"name": ""} | values))


_PLACE = Block(
    fields={
        "name": Field(kind=_TEXT, about="Shown and spoken.", required=True),
        "muscles": Field(kind=_TEXT, about="What is likely involved.", required=True),
        "order": Field(kind=ListOf(_MOVE), about="Moves, the likeliest first.", required=True),
        "caution": Field(kind=_TEXT, about="Shown with the plan.", required=True),
        "massage": Field(kind=_TEXT, about="The move for massage first."),
        "forbids": Field(kind=_IDS, about="What no plan with this place may hold."),
        "keeps_order": Field(kind=Literal("yes"), about="No feeling brings other moves forward."),
    },
    make=_place,
)

_RANGE: Block[tuple[float | None, float | None]] = Block(
    fields={
        "least": Field(kind=_HOLD, about="Held at least.", required=True),
        "most": Field(kind=_HOLD, about="Held at most.", required=True),
    },
    make=lambda values: (values.get("least"), values.get("most")),
)

_FEELING = Block(
    fields={
        "name": Field(kind=_TEXT, about="Shown.", required=True),
        "care": Field(kind=ListOf(_TEXT), about="Shown with the plan.", required=True),
        "prefer": Field(kind=ListOf(_MOVE), about="Moves that come early."),
        "forbids": Field(kind=_IDS, about="What the plan leaves out."),
        "note": Field(kind=_LINE, about="A line added to every stretch."),
        "notes": Field(kind=MapOf(_LINE), about="Such a line for single moves."),
        "hold": Field(kind=_RANGE, about="How long a stretch is held."),
        "before": Field(kind=_MOVE, about="Put before the first stretch."),
        "between": Field(kind=_MOVE, about="Put between two stretches."),
        "after": Field(kind=_MOVE, about="Put after the last stretch."),
    },
    make=_feeling,
)

_MAP = Block(
    fields={
        "places": Field(kind=MapOf(_PLACE, tuple(Place)), about="Every place.", required=True),
        "feelings": Field(
            kind=MapOf(_FEELING, tuple(FeelingName)), about="Every feeling.", required=True
        ),
    },
    make=dict,
)


def read_body_map(path: Path, step_of: Callable[[str], Step | None]) -> BodyMap:
    """Return the map in the file at `path`.

    Args:
        path: The file.
        step_of: Returns the step of an exercise by its id, or None.

    Raises:
        BadData: Something in it is wrong or missing; has all its problems.
    """
    where = str(path)
    read, findings = read_whole(path, _MAP)
    values: dict[str, Any] = read or {}
    places, feelings = values.get("places", {}), values.get("feelings", {})
    named = set(_named_moves(places, feelings))
    steps = {move: step for move in sorted(named) if (step := step_of(move)) is not None}
    problems = [
        *findings.problems,
        *_missing(where, "places", places, Place, findings.places),
        *_missing(where, "feelings", feelings, FeelingName, findings.places),
        *(
            Problem(
                where=where,
                text=f"there is no move {shown(move)}",
                hint=did_you_mean(move, steps),
            )
            for move in sorted(named - set(steps))
        ),
    ]
    if problems:
        raise BadData(problems)
    return BodyMap(places, feelings, steps)


def _named_moves(
    places: Mapping[Place, PlaceEntry], feelings: Mapping[FeelingName, FeelingEntry]
) -> Iterator[str]:
    kinds = {kind.value for kind in Kind}
    yield "footbath"
    for entry in places.values():
        yield from (move.move for move in entry.order)
        yield from (name for name in (entry.massage, *entry.forbids) if name and name not in kinds)
    for feeling in feelings.values():
        around = (*feeling.prefer, feeling.before, feeling.between, feeling.after)
        yield from (move.move for move in around if move)
        yield from (name for name in (*feeling.forbids, *feeling.notes) if name not in kinds)


def _missing(
    where: str,
    field: str,
    read: Mapping[Any, object],
    names: Iterable[StrEnum],
    places: Mapping[str, Position],
) -> Iterator[Problem]:
    at = places.get(field, Position(1, 1))
    for name in names:
        if name not in read:
            yield Problem(
                where=where,
                line=at.line,
                column=at.column,
                field=field,
                text=f"{name.value} is missing",
                hint=f"add it to {field}",
            )


_MOST_BYTES = 1_000_000
_STRETCH = re.compile(r"\s*([A-Za-z])([-0-9.,\s]*)")


def read_leg_chart(path: Path) -> LegChart:
    """Return the leg chart of the SVG file at `path`.

    Raises:
        BadData: It cannot be read, or is no such drawing; has the line.
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
    """Return the outline in the `d` of an SVG path.

    Raises:
        ValueError: It is empty, or has other commands than absolute M, L, C and Z.
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
    """Builds a chart from the events of the XML parser."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._on_start
        self._size: tuple[float, ...] = ()
        self._axes: dict[LegView, float] = {}
        self._view = LegView.FRONT
        self._shapes: list[Shape] = []
        self._regions: list[Region] = []

    def chart(self) -> LegChart:
        """Return the chart; raise ValueError if it is incomplete."""
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
