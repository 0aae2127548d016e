"""Parses a drawing: the tree of its elements, and the values of their attributes.

The standard XML parser reads the file, without entities. A function for values returns None for one
that has no meaning, which browsers ignore too, and raises ValueError with the reason for one that
is valid but cannot be shown. Patterns match in linear time: a value can be as long as the file.
"""

from __future__ import annotations

import colorsys
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_NODES = 5_000
"""Elements of a drawing; those of other namespaces count too."""
DEEPEST = 30
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_HARMLESS_INSTRUCTION = "xpacket"
_PREFIXES: Final = {"": "", XLINK: "xlink:", _XML: "xml:"}
_DAMAGED = "it is damaged, or no SVG"
_ENTITIES = "it declares entities; save it as plain SVG"
LONGEST_FONTS = 300
"""Characters of a list of fonts."""
LONGEST_TRANSFORM = 200
LONGEST_NUMBERS = 1000
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_NUMBERS = re.compile(_NUMBER)
_LENGTH = re.compile(rf"({_NUMBER})\s*([a-zA-Z]*|%)")
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9+\-.,\s]*")
_POINTS = re.compile(r"[Ee0-9+\-.,\s]*")
_TRANSFORM = re.compile(r"\s*,?\s*([A-Za-z0-9]+)\s*\(([^()]*)\)\s*")
_URL = re.compile(r"url\(([^()\\]*)\)(.*)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r"([\"']?)([^\"']*)\1")
_FUNCTION = re.compile(r"([A-Za-z-]+)\(([^()]*)\)")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]{0,39}")
_FONTS = re.compile(r"[\w\s,.'\"+&/-]*")
_PIXELS: Final = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4,
    "q": 96 / 101.6,
}  # fmt: skip
_ANGLES: Final = {"": 1.0, "deg": 1.0, "rad": 180 / math.pi, "grad": 0.9, "turn": 360.0}
_ARGUMENTS: Final = {
    "matrix": {6},
    "translate": {1, 2},
    "scale": {1, 2},
    "rotate": {1, 3},
    "skewX": {1},
    "skewY": {1},
}
_ONE_AXIS: Final = {
    "translateX": ("translate", 1, 0.0),
    "translateY": ("translate", 0, 0.0),
    "scaleX": ("scale", 1, 1.0),
    "scaleY": ("scale", 0, 1.0),
}
_ACROSS = frozenset(("x", "dx", "width", "cx", "rx", "x1", "x2", "fx"))
_DOWN = frozenset(("y", "dy", "height", "cy", "ry", "y1", "y2", "fy"))
_SHORT_HEX = {3, 4}
_LONG_HEX = {6, 8}
_OUTSIDE = "it leads to something outside of itself"


class RefusedError(Exception):
    """A drawing is not shown.

    Args:
        reason: What is wrong with it, as it follows a colon.
        line: The line, from 1; 0 if there is none to name.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        self.line = line
        super().__init__(f"{reason}, in line {line}" if line else reason)


@dataclass(slots=True, eq=False)
class Element:
    """An element of the SVG namespace, or of none.

    Attributes:
        name: Its name without a prefix.
        attributes: Those without a namespace, and `xlink:` and `xml:` ones under these prefixes.
        classes: The names in its `class`.
        line: The line of the file in which it begins, from 1.
        parent: The element around it; None for the root.
        parts: Child elements and pieces of text, in order.
    """

    name: str
    attributes: dict[str, str]
    classes: frozenset[str]
    line: int
    parent: Element | None = field(default=None, repr=False)
    parts: list[Element | str] = field(default_factory=list, repr=False)

    def elements(self) -> Iterator[Element]:
        """Yield the child elements."""
        return (part for part in self.parts if isinstance(part, Element))

    def text(self) -> str:
        """Return the text directly inside."""
        return "".join(part for part in self.parts if isinstance(part, str))

    def target(self) -> str:
        """Return the id that its `href` names, or an empty string."""
        href = self.attributes.get("href") or self.attributes.get("xlink:href") or ""
        return href.strip()[1:]

    def needs_extension(self) -> bool:
        """Return whether it is only for programs with an extension, so it is left out here."""
        return bool(self.attributes.get("requiredExtensions", "").strip())


def parse_tree(data: bytes) -> Element:
    """Return the root of a drawing, without elements of other namespaces and all inside them.

    Raises:
        RefusedError: It is not well formed, too large, or needs more than its own text.
    """
    try:
        return _Parser().read(data)
    except expat.ExpatError as error:
        raise RefusedError(_DAMAGED, error.lineno) from error
    except (ValueError, LookupError) as error:
        # An unknown encoding raises LookupError in some versions of Python.
        raise RefusedError(_DAMAGED) from error


class _Parser:
    def __init__(self) -> None:
        self._open: list[Element | None] = []
        self._root: Element | None = None
        self._nodes = 0
        # With a separator the parser resolves prefixes itself, whatever they are called.
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def read(self, data: bytes) -> Element:
        parser = self._parser
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)  # noqa: FBT003 - the parser takes no keyword
        if self._root is None:
            raise RefusedError(_DAMAGED)
        return self._root

    def _refuse(self, reason: str) -> RefusedError:
        return RefusedError(reason, self._parser.CurrentLineNumber)

    def _doctype(
        self,
        _name: str,
        _system: str | None,
        _public: str | None,
        has_subset: bool,  # noqa: FBT001
    ) -> None:
        if has_subset:
            raise self._refuse(_ENTITIES)

    def _entity(self, *_declared: object) -> None:
        raise self._refuse(_ENTITIES)

    def _instruction(self, target: str, _data: str) -> None:
        if target != _HARMLESS_INSTRUCTION:
            raise self._refuse(f"it holds an instruction for other programs: {target[:40]}")

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        space, _, name = full_name.rpartition(" ")
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._refuse(f"it has more than {MOST_NODES:,} parts")
        if len(self._open) >= DEEPEST:
            raise self._refuse(f"its groups are more than {DEEPEST} deep")
        outer = self._open[-1] if self._open else None
        if self._root is None and (name != "svg" or space not in {"", SVG}):
            raise RefusedError("it is no SVG")
        element = None
        if space in {"", SVG} and (outer is not None or self._root is None):
            known = _known(attributes)
            classes = frozenset(known.get("class", "").split())
            element = Element(name, known, classes, self._parser.CurrentLineNumber, outer)
            if outer is not None:
                outer.parts.append(element)
        self._open.append(element)
        self._root = self._root or element

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open and (inside := self._open[-1]) is not None:
            inside.parts.append(text)


def _known(attributes: dict[str, str]) -> dict[str, str]:
    known = {}
    for full_name, value in attributes.items():
        space, _, name = full_name.rpartition(" ")
        if space in _PREFIXES:
            known[_PREFIXES[space] + name] = value
        elif name == "href":
            # Some programs know addresses by this name alone, whatever the namespace.
            known.setdefault("xlink:href", value)
    return known


class View(NamedTuple):
    """The area that a drawing or a symbol shows, in its own units."""

    left: float
    top: float
    width: float
    height: float

    def whole(self, name: str) -> float:
        """Return what 100 % are in the attribute `name`."""
        if name in _ACROSS:
            return self.width
        return self.height if name in _DOWN else math.hypot(self.width, self.height) / math.sqrt(2)


def as_text(*numbers: float) -> str:
    """Return numbers as they are written, with spaces between them; refuse infinite ones."""
    text = " ".join([f"{one:.9g}" for one in numbers])
    if "n" in text:  # as in inf and nan
        raise ValueError("it has a number that is too large")
    return text


def number(value: str) -> float | None:
    """Return a plain number."""
    found = _NUMBERS.fullmatch(value.strip())
    return _finite(float(found[0])) if found else None


def numbers(value: str) -> list[float]:
    """Return the numbers of a short list; empty if it holds anything else."""
    if len(value) > LONGEST_NUMBERS or _NUMBERS.sub(" ", value).strip(" ,\t\r\n"):
        return []
    found = [float(one) for one in _NUMBERS.findall(value)]
    return found if all(map(math.isfinite, found)) else []


def fraction(value: str) -> float | None:
    """Return a number or a percentage, from 0 to 1."""
    found = _LENGTH.fullmatch(value.strip())
    if found is None or found[2] not in {"", "%"}:
        return None
    return min(max(float(found[1]) / (100 if found[2] else 1), 0.0), 1.0)


def length(value: str, font_size: float, whole: float | None) -> float | None:
    """Return a length in pixels.

    Args:
        value: The length as it is written.
        font_size: One `em` in pixels.
        whole: 100 % in pixels; None where a percentage is refused.
    """
    found = _LENGTH.fullmatch(value.strip())
    if found is None:
        if "(" in value:
            raise ValueError(_unknown(value))
        return None
    amount, unit = float(found[1]), found[2].casefold()
    if unit in _PIXELS:
        return _finite(amount * _PIXELS[unit])
    if unit in {"em", "rem", "ex"}:
        return _finite(amount * font_size * (0.5 if unit == "ex" else 1))
    if unit == "%" and whole is not None:
        return _finite(amount * whole / 100)
    raise ValueError(f"it has a length in {unit[:10]}, which is not known here")


def view_box(value: str) -> View | None:
    """Return the area in a `viewBox`."""
    found = numbers(value)
    return View(*found) if len(found) == 4 and min(found[2:]) > 0 else None  # noqa: PLR2004


def path(value: str) -> str | None:
    """Return the commands of a path."""
    return " ".join(value.split()) if _PATH.fullmatch(value) else None


def points(value: str) -> str | None:
    """Return the corners of a polyline or polygon."""
    return " ".join(value.split()) if _POINTS.fullmatch(value) else None


def word(value: str) -> str | None:
    """Return a keyword of at most 40 letters."""
    return value.strip() if _WORD.fullmatch(value.strip()) else None


def fonts(value: str) -> str | None:
    """Return a list of fonts."""
    short = " ".join(value.split())
    return short if _FONTS.fullmatch(short) and len(short) <= LONGEST_FONTS else None


def transform(value: str) -> str | None:
    """Return a list of transforms with plain numbers."""
    value = value.strip()
    if value.casefold() in {"", "none"}:
        return None
    if len(value) > LONGEST_TRANSFORM:
        raise ValueError("it is moved or turned too often in one place")
    done, at = [], 0
    for found in _TRANSFORM.finditer(value):
        if found.start() != at:
            break
        at = found.end()
        done.append(_one_transform(found[1], found[2]))
    if at != len(value):
        raise ValueError(f"it is moved or turned in a way that is not known here: {value[:40]}")
    return " ".join(done)


def link(value: str) -> str:
    """Return the id in `#id`; refuse any other address, which leads outside of the drawing."""
    address = value.strip()
    if not address.startswith("#"):
        raise ValueError(_OUTSIDE)
    return address[1:]


def url(value: str) -> tuple[str, str] | None:
    """Return the id in `url(#id)` and what follows; None if the value is no `url`."""
    found = _URL.fullmatch(value.strip())
    address = _QUOTED.fullmatch(found[1].strip()) if found else None
    if found is None or address is None:
        if "url" in value.casefold():
            raise ValueError(_OUTSIDE)
        return None
    return link(address[2]), found[2].strip()


def colour(value: str) -> tuple[str, float] | None:
    """Return a colour as #rrggbb or by name, and its opacity from 0 to 1."""
    value = value.strip()
    if value.startswith("#"):
        return _hex(value[1:])
    if value.casefold() == "transparent":
        return "#000000", 0.0
    if _WORD.fullmatch(value):
        return value.casefold(), 1.0
    found = _FUNCTION.fullmatch(value)
    if found is None:
        if "(" in value:
            raise ValueError(_unknown(value))
        return None
    name, parts = found[1].casefold(), re.split(r"[\s,/]+", found[2].strip())
    if name not in {"rgb", "rgba", "hsl", "hsla"} or len(parts) not in {3, 4}:
        raise ValueError(_unknown(value))
    alpha = fraction(parts[3]) if len(parts) == 4 else 1.0  # noqa: PLR2004 - three channels and opacity
    channels = _rgb(parts) if name.startswith("rgb") else _hsl(parts)
    if alpha is None or channels is None:
        return None
    return "#" + "".join(f"{round(min(max(one, 0), 1) * 255):02x}" for one in channels), alpha


def _hex(digits: str) -> tuple[str, float] | None:
    if not re.fullmatch(r"[0-9A-Fa-f]+", digits):
        return None
    if len(digits) in _SHORT_HEX:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in _LONG_HEX:
        return None
    digits = digits.lower()
    return f"#{digits[:6]}", int(digits[6:] or "ff", 16) / 255


def _rgb(parts: list[str]) -> list[float] | None:
    channels = []
    for part in parts[:3]:
        found = _LENGTH.fullmatch(part)
        if found is None or found[2] not in {"", "%"}:
            return None
        channels.append(float(found[1]) / (100 if found[2] else 255))
    return channels


def _hsl(parts: list[str]) -> tuple[float, float, float] | None:
    hue = _LENGTH.fullmatch(parts[0])
    saturation, light = fraction(parts[1]), fraction(parts[2])
    if hue is None or hue[2] not in _ANGLES or saturation is None or light is None:
        return None
    turned = (_finite(float(hue[1]) * _ANGLES[hue[2]]) or 0.0) % 360
    return colorsys.hls_to_rgb(turned / 360, light, saturation)


def _one_transform(name: str, written: str) -> str:
    values, rest = numbers(written), ""
    if not values:
        values = [_with_unit(part, name) for part in _NUMBERS_WITH_UNITS.findall(written)]
        rest = _NUMBERS_WITH_UNITS.sub("", written).strip(" ,\t\r\n")
    if name in _ONE_AXIS and len(values) == 1:
        # Only styles know these.
        name, at, other = _ONE_AXIS[name]
        values.insert(at, other)
    if rest or len(values) not in _ARGUMENTS.get(name, ()):
        raise ValueError(f"it is moved or turned in a way that is not known here: {name[:40]}")
    return f"{name}({as_text(*values)})"


_NUMBERS_WITH_UNITS = re.compile(rf"({_NUMBER})(px|deg|rad|grad|turn)?(?![a-zA-Z%])")


def _with_unit(part: tuple[str, str], name: str) -> float:
    amount, unit = part
    turns = name.startswith(("rotate", "skew"))
    if (unit == "px") if turns else (unit not in {"", "px"}):
        raise ValueError(f"it is moved or turned in a way that is not known here: {name}")
    found = float(amount) * (_ANGLES[unit] if turns else 1.0)
    if not math.isfinite(found):
        raise ValueError(f"it is moved or turned in a way that is not known here: {name}")
    return found


def _finite(amount: float) -> float | None:
    return amount if math.isfinite(amount) else None


def _unknown(value: str) -> str:
    return f"it is drawn by what is not known here: {value.strip()[:40]}"
