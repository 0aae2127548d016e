"""Writes a drawing with allowed elements and attributes only, and counts its cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from legato.storage.svg.cost import Tree
from legato.storage.svg.tree import DEEPEST, MOST_NODES, SVG, XLINK, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_SVG_BYTES = 2_000_000
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "switch",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "linearGradient",
        "radialGradient",
        "stop",
        "marker",
        "mask",
    ]
)
_SEEN = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"])
_SPECIAL = re.compile(r"[&<>\"]")


class Writer:
    """What is written is what is counted: each element passes here once, for both."""

    def __init__(self) -> None:
        self._tree = Tree()
        self._written: list[str] = []
        self._open: list[str] = []
        self._names: dict[object, str] = {}
        self._size = 0
        self._count = 0
        self._draws = False

    def name(self, key: object) -> str:
        """Return the id by which the drawing calls `key`, the same each time."""
        return self._names.setdefault(key, f"p{len(self._names) + 1}")

    def begin(
        self, name: str, attributes: Mapping[str, str], line: int, *, is_empty: bool = False
    ) -> None:
        """Write the start of an element, or the whole of an empty one; raises RefusedError."""
        if name not in ELEMENTS:
            raise RefusedError(f"it holds something that is not known here: {name}", line)
        self._count += 1
        self._draws |= name in _SEEN
        if self._count > MOST_NODES:
            raise RefusedError(f"it has more than {MOST_NODES:,} parts", line)
        if len(self._open) >= DEEPEST:
            raise RefusedError(f"its groups are more than {DEEPEST} deep", line)
        self._note(attributes)
        spaces = f' xmlns="{SVG}" xmlns:xlink="{XLINK}"' if not self._open else ""
        written = "".join([f' {key}="{_escaped(one)}"' for key, one in attributes.items()])
        self._add(f"<{name}{spaces}{written}{'/' if is_empty else ''}>")
        if is_empty:
            self._tree.close()
        else:
            self._open.append(name)

    def end(self) -> None:
        """Write the end of the innermost element."""
        self._tree.close()
        self._add(f"</{self._open.pop()}>")

    def text(self, text: str) -> None:
        """Write text."""
        self._add(_escaped(text))

    def whole(self) -> bytes:
        """Return what was written.

        Raises:
            TooMuchError: It costs too much to draw.
            RefusedError: It draws nothing at all.
        """
        self._tree.check()
        if not self._draws:
            raise RefusedError("it shows nothing")
        return "".join(self._written).encode()

    def _note(self, attributes: Mapping[str, str]) -> None:
        get = attributes.get
        costly_inside = (
            get("fill", "").startswith("url")
            or get("stroke", "").startswith("url")
            or get("fill-opacity", "1") != "1"
            or get("stroke-opacity", "1") != "1"
        )
        costly = get("opacity", "1") != "1"
        self._tree.open(get("id", ""), costly=costly, costly_inside=costly_inside)
        if "xlink:href" in attributes:
            self._tree.draws(attributes["xlink:href"][1:])
        for end in ("marker-start", "marker-end"):
            if end in attributes:
                self._tree.marks(_named(attributes[end]))
        if "mask" in attributes:
            self._tree.masks(_named(attributes["mask"]))

    def _add(self, written: str) -> None:
        self._written.append(written)
        self._size += len(written)
        if self._size > MOST_SVG_BYTES:
            raise RefusedError(f"it is larger than {MOST_SVG_BYTES // 1_000_000} MB")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_reference, text) if _SPECIAL.search(text) else text


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _named(url: str) -> str:
    return url.removeprefix("url(#").removesuffix(")")
