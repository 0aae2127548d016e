"""Checks that a drawing has only elements, attributes and values that the SVG filter writes.

The decoder process checks the very bytes that it draws. This shares nothing with the filter but the
names of elements, so that a mistake in one does not open the other.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from legato.storage.svg.tree import SVG
from legato.storage.svg.writer import ELEMENTS

_NUMBER = r"-?[0-9.]+(?:e[+-][0-9]+)?"
_PAINT = r"#[0-9a-f]{6}|[a-z-]{1,40}|url\(#p[0-9]+\)"
_WORDS = r"[A-Za-z -]{1,60}"
_TRANSFORM = rf"(?:matrix|translate|scale|rotate|skew[XY])\({_NUMBER}(?: {_NUMBER})*\)"


def _all(names: str, pattern: str) -> dict[str, re.Pattern[str]]:
    return dict.fromkeys(names.split(), re.compile(pattern))


_ATTRIBUTES: Final = {
    **_all("id", r"p[0-9]+"),
    **_all("xlink:href", r"#p[0-9]+"),
    **_all("mask marker-start marker-end", r"url\(#p[0-9]+\)"),
    **_all("fill stroke stop-color", _PAINT),
    **_all("transform gradientTransform", rf"{_TRANSFORM}(?: {_TRANSFORM})*"),
    **_all(
        "x y width height x1 y1 x2 y2 cx cy r rx ry fx fy offset refX refY markerWidth markerHeight "
        "opacity fill-opacity stroke-opacity stop-opacity stroke-width stroke-miterlimit font-size",
        _NUMBER,
    ),
    **_all("viewBox", rf"{_NUMBER}(?: {_NUMBER}){{3}}"),
    **_all("d", r"[MmZzLlHhVvCcSsQqTtAaEe0-9+\-., ]*"),
    **_all("points", r"[Ee0-9+\-., ]*"),
    **_all("orient", rf"{_NUMBER}|auto(?:-start-reverse)?"),
    **_all("font-weight", r"[A-Za-z-]{1,10}|[0-9]{1,10}"),
    **_all("font-family", r"[\w\s,.'\"+&/-]{1,300}"),
    **_all(
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
        """Check an element; raise ValueError if the filter never writes it."""
        if self._is_first:
            self._is_first = False
            spaces = (attributes.pop("xmlns", ""), attributes.pop("xmlns:xlink", ""))
            if name != "svg" or spaces != (SVG, "http://www.w3.org/1999/xlink"):
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
