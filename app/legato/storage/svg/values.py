"""Reads the values of a drawing's attributes, and writes them as the SVG library understands them.

Each function returns a value in one spelling, made of what it understood; None is a value that
means nothing here. What is understood, but cannot be shown, raises ValueError with the reason.
"""

from __future__ import annotations

import colorsys
import math
import re
from typing import Final

LONGEST_WORDS = 300
"""Characters of a list of fonts."""
LONGEST_TRANSFORM = 1000
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_NUMBERS = re.compile(_NUMBER)
_LENGTH = re.compile(rf"({_NUMBER})\s*([a-zA-Z]*|%)")
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9+\-.,\s]*")
_POINTS = re.compile(r"[Ee0-9+\-.,\s]*")
_TRANSFORM = re.compile(r"\s*,?\s*([A-Za-z0-9]+)\s*\(([^()]*)\)\s*")
_URL = re.compile(
    r"url\(\s*(?:\"([^\"()\\]*)\"|'([^'()\\]*)'|([^\"'()\\\s]*))\s*\)\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
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
_SHORT_HEX = {3, 4}
_LONG_HEX = {6, 8}
_OUTSIDE = "it leads to something outside of itself"


def text_of(number: float) -> str:
    """Return a number as it is written."""
    return f"{number:.9g}"


def number(value: str) -> float | None:
    """Return a plain number."""
    found = _NUMBERS.fullmatch(value.strip())
    return _finite(float(found[0])) if found else None


def numbers(value: str) -> list[float]:
    """Return numbers, whatever divides them; empty if there is anything else."""
    rest = _NUMBERS.sub(" ", value)
    if rest.strip(" ,\t\r\n"):
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
        value: As written.
        font_size: What one `em` is.
        whole: What 100 % are; None where that is not known.
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


def path(value: str) -> str | None:
    """Return the steps of a path."""
    return " ".join(value.split()) if _PATH.fullmatch(value) else None


def points(value: str) -> str | None:
    """Return the corners of a shape."""
    return " ".join(value.split()) if _POINTS.fullmatch(value) else None


def word(value: str) -> str | None:
    """Return one word."""
    return value.strip() if _WORD.fullmatch(value.strip()) else None


def fonts(value: str) -> str | None:
    """Return a list of fonts."""
    short = " ".join(value.split())
    return short if _FONTS.fullmatch(short) and len(short) <= LONGEST_WORDS else None


def transform(value: str) -> str | None:
    """Return turns and moves, with plain numbers."""
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
    """Return the name that an address leads to, all of which has to be within the drawing."""
    address = value.strip()
    if not address.startswith("#"):
        raise ValueError(_OUTSIDE)
    return address[1:]


def url(value: str) -> tuple[str, str] | None:
    """Return the name in `url(#name)` and what follows, or None if the value is no address."""
    found = _URL.fullmatch(value.strip())
    if found is None:
        if "url" in value.casefold():
            raise ValueError(_OUTSIDE)
        return None
    return link(found[1] or found[2] or found[3] or ""), found[4].strip()


def colour(value: str) -> tuple[str, float] | None:
    """Return a colour, and how opaque it is, from 0 to 1."""
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
    alpha = fraction(parts[3]) if len(parts) == 4 else 1.0  # noqa: PLR2004 - three and how opaque
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
    turned = float(hue[1]) * _ANGLES[hue[2]] % 360
    return colorsys.hls_to_rgb(turned / 360, light, saturation)


def _one_transform(name: str, written: str) -> str:
    values, rest = numbers(written), ""
    if not values:
        values = [_with_unit(part, name) for part in _NUMBERS_WITH_UNITS.findall(written)]
        rest = _NUMBERS_WITH_UNITS.sub("", written).strip(" ,\t\r\n")
    name, values = _plain(name, values)
    if rest or len(values) not in _ARGUMENTS.get(name, ()):
        raise ValueError(f"it is moved or turned in a way that is not known here: {name[:40]}")
    return f"{name}({' '.join(map(text_of, values))})"


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


def _plain(name: str, values: list[float]) -> tuple[str, list[float]]:
    """Return a transform of a style as one that an attribute knows."""
    if len(values) == 1:
        one = values[0]
        more = {
            "translateX": ("translate", [one, 0.0]),
            "translateY": ("translate", [0.0, one]),
            "scaleX": ("scale", [one, 1.0]),
            "scaleY": ("scale", [1.0, one]),
        }
        return more.get(name, (name, values))
    return name, values


def _finite(amount: float) -> float | None:
    return amount if math.isfinite(amount) else None


def _unknown(value: str) -> str:
    return f"it is drawn by what is not known here: {value.strip()[:40]}"
