"""Writes the safe drawing, estimates its cost meanwhile, and checks it where it is drawn.

Each element is written and counted in one place, so that what is counted is what is drawn.
References to other parts of the drawing are followed: a few lines can draw a part a million times.

The decoder process checks the very bytes that it draws with `is_plain`, which shares only the names
of elements with the filter, so that a mistake in one does not make the other unsafe.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from legato.storage.svg.parse import DEEPEST, MOST_NODES, SVG, XLINK, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_SVG_BYTES = 2_000_000
MOST_DRAWN = 30_000
"""Limit of a drawing's cost; a plain element costs one, and takes well under 0.1 ms to draw."""
COSTLY = 15
"""Cost of an element that is filled with a gradient or translucent."""
MASKED = 500
"""Cost of a mask: QtSvg paints whole images for it."""
DEEPEST_REFERENCE = 20
ELEMENTS = frozenset((
    "svg", "g", "defs", "symbol", "use", "switch", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "marker",
    "mask",
))  # fmt: skip
_TOO_MUCH = "it draws too much, or repeats its parts too often"
_ENDLESS = "its parts refer to each other without end"
_SEEN = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"])
_SPECIAL = re.compile(r"[&<>\"]")


@dataclass(slots=True)
class _Part:
    """An element that is written.

    Attributes:
        cost: Its own cost and that of all inside it.
        is_costly: Whether all that is inside it is costly.
        drawn: The ids of elements that it draws from elsewhere, and how often.
    """

    cost: int = 1
    is_costly: bool = False
    drawn: list[tuple[str, int]] = field(default_factory=list)


class Writer:
    """The drawing that is written; `RefusedError` is raised where a limit is exceeded."""

    def __init__(self) -> None:
        self._whole = _Part()
        self._open = [self._whole]
        self._by_id: dict[str, list[_Part]] = {}
        self._known: dict[str, tuple[int, int]] = {}
        self._written: list[str] = []
        self._names: dict[object, str] = {}
        self._size = 0
        self._count = 0
        self._draws = False

    def name(self, key: object) -> str:
        """Return the id that is written for `key`, the same each time."""
        return self._names.setdefault(key, f"p{len(self._names) + 1}")

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str], line: int) -> Iterator[None]:
        """Write an element around what is written within the context.

        Args:
            name: One of `ELEMENTS`.
            attributes: Its attributes with values as `plain.is_plain` accepts them.
            line: The line of the file that it comes from, for refusals.
        """
        self._begin(name, attributes, line, ">")
        yield
        self._end()
        self._add(f"</{name}>")

    def empty(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """Write an element with nothing inside; see `element`."""
        self._begin(name, attributes, line, "/>")
        self._end()

    def text(self, text: str) -> None:
        """Write text."""
        self._add(_escaped(text))

    def whole(self) -> bytes:
        """Return the drawing; refuse one that costs too much or draws nothing."""
        self._cost_of(self._whole, ())
        if not self._draws:
            raise RefusedError("it shows nothing")
        return "".join(self._written).encode()

    def _begin(self, name: str, attributes: Mapping[str, str], line: int, end: str) -> None:
        if name not in ELEMENTS:
            raise RefusedError(f"it holds something that is not known here: {name}", line)
        self._count += 1
        self._draws |= name in _SEEN
        if self._count > MOST_NODES:
            raise RefusedError(f"it has more than {MOST_NODES:,} parts", line)
        if len(self._open) > DEEPEST:
            raise RefusedError(f"its groups are more than {DEEPEST} deep", line)
        spaces = "" if self._written else f' xmlns="{SVG}" xmlns:xlink="{XLINK}"'
        written = "".join([f' {key}="{_escaped(one)}"' for key, one in attributes.items()])
        self._add(f"<{name}{spaces}{written}{end}")
        self._open.append(self._part(attributes))

    def _part(self, attributes: Mapping[str, str]) -> _Part:
        get = attributes.get
        is_costly = (
            self._open[-1].is_costly
            or get("fill", "").startswith("url")
            or get("stroke", "").startswith("url")
            or get("fill-opacity", "1") != "1"
            or get("stroke-opacity", "1") != "1"
        )
        cost = COSTLY if is_costly or get("opacity", "1") != "1" else 1
        part = _Part(cost, is_costly)
        if "id" in attributes:
            self._by_id.setdefault(attributes["id"], []).append(part)
        if "xlink:href" in attributes:
            part.drawn.append((attributes["xlink:href"][1:], COSTLY if is_costly else 1))
        if "mask" in attributes:
            part.cost += MASKED
            part.drawn.append((_id_in(attributes["mask"]), 1))
        for end in ("marker-start", "marker-end"):
            if end in attributes:
                part.drawn.append((_id_in(attributes[end]), part.cost))
        return part

    def _end(self) -> None:
        part, outer = self._open.pop(), self._open[-1]
        outer.cost += part.cost
        outer.drawn += part.drawn

    def _cost_of(self, part: _Part, path: tuple[str, ...]) -> tuple[int, int]:
        """Return the cost of `part` with all references, and how deep those go.

        Args:
            part: The part of the drawing.
            path: The ids that lead to it, to notice those that lead back.
        """
        cost, deepest = part.cost, 0
        for name, times in part.drawn:
            inner, depth = self._cost_of_id(name, path)
            cost += times * inner
            deepest = max(deepest, depth + 1)
        if deepest > DEEPEST_REFERENCE:
            raise RefusedError(_ENDLESS)
        if cost > MOST_DRAWN:
            raise RefusedError(_TOO_MUCH)
        return cost, deepest

    def _cost_of_id(self, name: str, path: tuple[str, ...]) -> tuple[int, int]:
        if name not in self._known:
            if name in path or len(path) > DEEPEST_REFERENCE:
                raise RefusedError(_ENDLESS)
            # What a marker holds is written once for each colour, its ids too.
            costs = [self._cost_of(one, (*path, name)) for one in self._by_id.get(name, ())]
            self._known[name] = (
                max((cost for cost, _ in costs), default=0),
                max((depth for _, depth in costs), default=0),
            )
        return self._known[name]

    def _add(self, written: str) -> None:
        self._written.append(written)
        self._size += len(written)
        if self._size > MOST_SVG_BYTES:
            raise RefusedError(f"it is larger than {MOST_SVG_BYTES // 1_000_000} MB")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_reference, text) if _SPECIAL.search(text) else text


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _id_in(url: str) -> str:
    return url.removeprefix("url(#").removesuffix(")")


_NUMBER = r"-?[0-9.]+(?:e[+-][0-9]+)?"
_PAINT = r"#[0-9a-f]{6}|[a-z-]{1,40}|url\(#p[0-9]+\)"
_WORDS = r"[A-Za-z -]{1,60}"
_TRANSFORM = rf"(?:matrix|translate|scale|rotate|skew[XY])\({_NUMBER}(?: {_NUMBER})*\)"


def _each(names: str, pattern: str) -> dict[str, re.Pattern[str]]:
    return dict.fromkeys(names.split(), re.compile(pattern))


_ATTRIBUTES: Final = {
    **_each("id", r"p[0-9]+"),
    **_each("xlink:href", r"#p[0-9]+"),
    **_each("mask marker-start marker-end", r"url\(#p[0-9]+\)"),
    **_each("fill stroke stop-color", _PAINT),
    **_each("transform gradientTransform", rf"{_TRANSFORM}(?: {_TRANSFORM})*"),
    **_each(
        "x y width height x1 y1 x2 y2 cx cy r rx ry fx fy offset refX refY markerWidth markerHeight "
        "opacity fill-opacity stroke-opacity stop-opacity stroke-width stroke-miterlimit font-size",
        _NUMBER,
    ),
    **_each("viewBox", rf"{_NUMBER}(?: {_NUMBER}){{3}}"),
    **_each("d", r"[MmZzLlHhVvCcSsQqTtAaEe0-9+\-., ]*"),
    **_each("points", r"[Ee0-9+\-., ]*"),
    **_each("orient", rf"{_NUMBER}|auto(?:-start-reverse)?"),
    **_each("font-weight", r"[A-Za-z-]{1,10}|[0-9]{1,10}"),
    **_each("font-family", r"[\w\s,.'\"+&/-]{1,300}"),
    **_each(
        "fill-rule font-style font-variant stroke-linecap stroke-linejoin visibility display "
        "vector-effect text-anchor maskUnits gradientUnits spreadMethod markerUnits overflow "
        "preserveAspectRatio xml:space",
        _WORDS,
    ),
}


def is_plain(data: bytes) -> bool:
    """Return whether `data` is a drawing as the SVG filter writes it."""
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = _Elements().begin
    for name in (
        "StartDoctypeDeclHandler",
        "EntityDeclHandler",
        "SkippedEntityHandler",
        "ProcessingInstructionHandler",
        "XmlDeclHandler",
        "CommentHandler",
        "StartCdataSectionHandler",
    ):
        setattr(parser, name, _refuse)
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the parser takes no keyword
    except (expat.ExpatError, ValueError):
        return False
    return True


class _Elements:
    def __init__(self) -> None:
        self._is_first = True

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Raise ValueError for an element that the filter never writes."""
        if self._is_first:
            self._is_first = False
            spaces = (attributes.pop("xmlns", ""), attributes.pop("xmlns:xlink", ""))
            if name != "svg" or spaces != (SVG, XLINK):
                raise ValueError(name)
        elif name == "svg":
            raise ValueError(name)
        if name not in ELEMENTS:
            raise ValueError(name)
        for attribute, value in attributes.items():
            pattern = _ATTRIBUTES.get(attribute)
            if pattern is None or not pattern.fullmatch(value):
                raise ValueError(attribute)


def _refuse(*_found: object) -> None:
    raise ValueError("more than elements and text")
