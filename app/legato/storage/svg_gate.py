"""Decides whether a user's drawing may be drawn, before the SVG library sees it.

The library reads local files that a drawing names, and some drawings of a few lines make it hang
or fall over. Every such construct is refused here with its reason, by the standard XML parser,
which itself is given no entity to expand.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from legato.storage.svg_references import TooMuchError, Tree

MOST_SVG_BYTES = 2_000_000
MOST_NODES = 20_000
DEEPEST = 30
MOST_CSS = 16_000
"""Characters of style sheets: each rule is tried on each element."""

_FORBIDDEN: Final = {
    "image": "an image inside the drawing",
    "feImage": "an image inside the drawing",
    "filter": "a filter, such as a blur or a shadow",
    "pattern": "a pattern",
    "mask": "a mask",
    "script": "a script",
    "foreignObject": "something that is no drawing",
}
_LINKING = frozenset(("use", "linearGradient", "radialGradient"))
_HARMLESS_INSTRUCTION = "xpacket"

# Possessive, so that white space and quotes cannot be given back to get round what must follow.
_DASHES = re.compile(r"stroke-dasharray(?!\s*+:\s*+none\s*+(?:[;}!]|$))", re.IGNORECASE)
_URL = re.compile(r"url\s*+\(\s*+[\"']?+\s*+(?!#)", re.IGNORECASE)
_LOCAL_URL = re.compile(r"url\s*+\(\s*+[\"']?+\s*+#([^\"')]*)", re.IGNORECASE)
_MARKER = re.compile(r"marker(-[a-z]+)?\s*+:\s*+(?!none\b)([^;]*)", re.IGNORECASE)
_TRANSLUCENT = re.compile(r"(?<!stop-)opacity\s*+:\s*+(?!1(?:\.0*)?\s*+(?:[;}!]|$))", re.IGNORECASE)
_INHERITED = re.compile(r"(?:fill|stroke)-" + _TRANSLUCENT.pattern, re.IGNORECASE)
_SHADED = re.compile(r"(?:fill|stroke)\s*:\s*url", re.IGNORECASE)
_STYLED = frozenset(
    ("fill", "stroke", "opacity", "fill-opacity", "stroke-opacity", "stroke-dasharray")
)


def svg_fault(data: bytes) -> str:
    """Return why the drawing in `data` is not shown, or an empty string if it may be."""
    if data.startswith(b"\x1f\x8b"):
        return "it is compressed; save it as plain SVG"
    if len(data) > MOST_SVG_BYTES:
        return f"it is larger than {MOST_SVG_BYTES // 1_000_000} MB"
    try:
        _Gate().read(data)
    except (_RefusedError, TooMuchError) as refused:
        return str(refused)
    except (expat.ExpatError, ValueError, LookupError):
        # Text in an encoding that the parser does not know is no ValueError in every version.
        return "it is damaged, or no SVG"
    return ""


class _RefusedError(Exception):
    """A drawing holds something that is not shown; the message says what."""


class _Gate:
    """One reading of one drawing; raises at the first thing that is refused."""

    def __init__(self) -> None:
        self._tree = Tree()
        self._depth = 0
        self._nodes = 0
        self._css = 0
        self._styles: list[list[str]] = []
        self._all_costly = False

    def read(self, data: bytes) -> None:
        """Look through the whole drawing."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)  # noqa: FBT003 - the parser takes no keyword
        self._tree.check(all_costly=self._all_costly)

    def _doctype(
        self,
        _name: str,
        _system: str | None,
        _public: str | None,
        has_subset: bool,  # noqa: FBT001
    ) -> None:
        if has_subset:
            raise _RefusedError("it declares entities; save it as plain SVG")

    def _entity(self, *_declared: object) -> None:
        raise _RefusedError("it declares entities; save it as plain SVG")

    def _instruction(self, target: str, _data: str) -> None:
        if target != _HARMLESS_INSTRUCTION:
            raise _RefusedError(f"it holds an instruction for other programs: {target[:40]}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._depth += 1
        self._nodes += 1
        if self._nodes == 1 and local != "svg":
            raise _RefusedError("it is no SVG")
        if self._nodes > MOST_NODES:
            raise _RefusedError(f"it has more than {MOST_NODES:,} parts")
        if self._depth > DEEPEST:
            raise _RefusedError(f"its groups are more than {DEEPEST} deep")
        if local in _FORBIDDEN:
            raise _RefusedError(f"it holds {_FORBIDDEN[local]}")
        if local == "style":
            self._styles.append([])
        self._element(local, attributes)

    def _element(self, local: str, attributes: dict[str, str]) -> None:
        styles, links = [], []
        for key, value in attributes.items():
            name = key.rpartition(":")[2] if ":" in key else key
            if name == "href":
                links.append(_inner_link(value))
            elif name == "style":
                styles.append(value)
            elif name in _STYLED or name.startswith("marker"):
                styles.append(f"{name}:{value}")
            elif "(" in value and _URL.search(value):
                raise _RefusedError("it leads to something outside of itself")
        style = ";".join(styles)
        _check_css(style)
        shaded = bool(_SHADED.search(style) or _INHERITED.search(style))
        self._tree.open(
            attributes.get("id", ""),
            costly=bool(_TRANSLUCENT.search(style)),
            costly_inside=shaded,
        )
        if local in _LINKING:
            for link in links:
                self._tree.draws(link)
        self._markers(style)

    def _markers(self, style: str) -> None:
        for which, value in _MARKER.findall(style):
            if which.casefold() not in {"-start", "-end"}:
                raise _RefusedError("it has markers along its lines")
            for target in _LOCAL_URL.findall(value):
                self._tree.marks(target)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._tree.close()
        if name.rpartition(":")[2] == "style":
            css = "".join(self._styles.pop())
            _check_css(css)
            if _MARKER.search(css):
                raise _RefusedError("its style sheet sets markers")
            self._all_costly |= bool(_SHADED.search(css) or _TRANSLUCENT.search(css))

    def _text(self, text: str) -> None:
        # Text comes in pieces, and a word may be cut in two: it is looked at when it is whole.
        if self._styles:
            self._css += len(text)
            self._styles[-1].append(text)
            if self._css > MOST_CSS:
                raise _RefusedError(f"its style sheet is longer than {MOST_CSS // 1000} kB")


def _inner_link(value: str) -> str:
    """Return the id that a link leads to; raises where it leads out of the drawing."""
    link = value.strip()
    if not link.startswith("#"):
        raise _RefusedError("it leads to something outside of itself")
    return link[1:]


def _check_css(css: str) -> None:
    if _DASHES.search(css):
        raise _RefusedError("it has dashed lines; draw them as single lines")
    if "\\" in css or "@import" in css.casefold() or _URL.search(css):
        raise _RefusedError("its style leads to something outside of itself")
