"""Computes which properties each element sets: by attributes, style sheets and `style`.

Raises ValueError with the reason where style sheets or styles cannot be understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legato.storage.svg.parse import Element

MOST_CSS = 16_000
"""Characters of style sheets in a drawing."""
MOST_TRIES = 50_000
"""How often parts of a selector are compared with an element."""
PROPERTIES = frozenset((
    "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "direction",
    "display", "dominant-baseline", "fill", "fill-opacity", "fill-rule", "filter", "font-family",
    "font-size", "font-style", "font-variant", "font-weight", "letter-spacing", "marker",
    "marker-end", "marker-mid", "marker-start", "mask", "mix-blend-mode", "opacity", "overflow",
    "paint-order", "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width",
    "text-anchor", "text-decoration", "text-decoration-line", "text-transform", "transform",
    "transform-box", "transform-origin", "vector-effect", "visibility", "white-space",
    "word-spacing", "writing-mode",
))  # fmt: skip
"""Properties that an attribute can set as well as a style."""
_KNOWN = PROPERTIES | frozenset((
    "animation", "animation-name", "background", "background-color", "cx", "cy", "d", "font",
    "height", "mask-image", "offset-path", "r", "rotate", "rx", "ry", "scale", "translate", "width",
    "x", "y",
))  # fmt: skip

_STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_TOKEN = re.compile(rf"/\*.*?(?:\*/|\Z)|<!--|-->|{_STRING}|[^/\"'\\<\-]+|[/<\-]", re.DOTALL)
_RULE = re.compile(
    rf"((?:{_STRING}|[^\"'{{;])*)(?:(;)|\{{((?:{_STRING}|[^\"'{{}}])*)\}})\s*", re.DOTALL
)
"""The selectors or @rule, and a semicolon or the declarations."""
_DECLARATION = re.compile(rf"((?:{_STRING}|\([^()]*\)|[^\"';(]|\()*);?", re.DOTALL)
"""A semicolon in quotes or brackets ends no declaration."""
_URL = re.compile(r"url\s*\(", re.IGNORECASE)
_IMPORTANT = re.compile(r"!\s*important\s*$", re.IGNORECASE)
_COMPOUND = re.compile(r"(\*|[^\W\d][\w-]*)?((?:[.#]-?[^\W\d][\w-]*)*)")
_UNSEEN = re.compile(r":(?:hover|active|focus|focus-within|focus-visible|visited|target)\b")
_HARMLESS_RULES = ("@charset", "@font-face", "@namespace")
_DAMAGED = "its style sheet is damaged"
_ESCAPED = "its style is written with escapes (\\)"
_LEADS_OUTSIDE = "its style leads to something outside of itself"

Declarations = tuple[dict[str, str], dict[str, str]]
"""Properties with their values, and those that are important."""


@dataclass(frozen=True, slots=True)
class _Compound:
    name: str
    ids: frozenset[str]
    classes: frozenset[str]
    is_child: bool

    def fits(self, element: Element) -> bool:
        return (
            self.name in {"", "*", element.name}
            and (not self.ids or self.ids == {element.attributes.get("id")})
            and self.classes <= element.classes
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    compounds: tuple[_Compound, ...]
    weight: tuple[int, int, int, int]
    declarations: Declarations

    def fits(self, element: Element) -> bool:
        """Return whether the selector matches `element`.

        Goes down from the root and notes how many compounds match up to each element, because
        trying all ways up from the element takes exponential time.
        """
        if not self.compounds[-1].fits(element):
            return False
        above, parent = {0}, {0}
        for one in (*_ancestors(element), element):
            here = {
                count + 1
                for count in above
                if count < len(self.compounds)
                and (count in parent or not self.compounds[count].is_child)
                and self.compounds[count].fits(one)
            }
            above, parent = above | here, here
        return len(self.compounds) in parent


class Styles:
    """The style sheets of a drawing."""

    def __init__(self) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        self._read = 0
        self._count = 0
        self._tries = 0
        self._known: dict[Element, dict[str, str]] = {}

    def add(self, sheet: Element) -> None:
        """Add the rules of a `style` element."""
        if sheet.attributes.get("type", "").strip().casefold() not in {"", "text/css"}:
            return
        css = sheet.text()
        self._read += len(css)
        if self._read > MOST_CSS:
            raise ValueError(f"its style sheet is longer than {MOST_CSS // 1000} kB")
        if sheet.attributes.get("media", "").strip().casefold() not in {"", "all", "screen"}:
            raise ValueError("its style sheet is for other screens only")
        for selectors, block in _rules(css):
            declarations = _declarations(block)
            for selector in selectors.split(","):
                if not _UNSEEN.search(selector):
                    self._add_rule(selector, declarations)

    def of(self, element: Element) -> dict[str, str]:
        """Return what is set for `element` itself, without what it inherits; do not change it."""
        if element not in self._known:
            self._known[element] = self._style_of(element)
        return self._known[element]

    def _style_of(self, element: Element) -> dict[str, str]:
        found = {
            name: value.strip() for name, value in element.attributes.items() if name in PROPERTIES
        }
        blocks = [rule.declarations for rule in self._fitting(element)] if self._rules else []
        if written := element.attributes.get("style", ""):
            blocks.append(_declarations(_uncommented(written)))
        for normal, _ in blocks:
            found.update(normal)
        for _, important in blocks:
            found.update(important)
        return found

    def _add_rule(self, selector: str, declarations: Declarations) -> None:
        compounds = tuple(_compounds(selector))
        last = compounds[-1]
        self._count += 1
        weight = (
            sum(len(one.ids) for one in compounds),
            sum(len(one.classes) for one in compounds),
            sum(one.name not in {"", "*"} for one in compounds),
            self._count,
        )
        key = next((f".{name}" for name in last.classes), "")
        key = key or next((f"#{name}" for name in last.ids), last.name or "*")
        self._rules.setdefault(key, []).append(_Rule(compounds, weight, declarations))

    def _fitting(self, element: Element) -> list[_Rule]:
        keys = {"*", element.name, f"#{element.attributes.get('id')}"}
        keys.update(f".{name}" for name in element.classes)
        rules = [rule for key in keys for rule in self._rules.get(key, ())]
        depth = len(_ancestors(element)) + 1
        self._tries += sum(
            depth * len(rule.compounds) if len(rule.compounds) > 1 else 1 for rule in rules
        )
        if self._tries > MOST_TRIES:
            raise ValueError("its style sheet has too many rules for so many parts")
        return sorted((rule for rule in rules if rule.fits(element)), key=_weight)


def _weight(rule: _Rule) -> tuple[int, int, int, int]:
    return rule.weight


def _ancestors(element: Element) -> list[Element]:
    """Return the elements around `element`, the root first."""
    found = []
    while (outer := element.parent) is not None:
        found.append(outer)
        element = outer
    return found[::-1]


def _uncommented(css: str) -> str:
    """Return `css` without comments; refuse escapes, which spell any word in many ways."""
    if not any(one in css for one in "/\"'\\<"):
        return css
    pieces, at = [], 0
    while found := _TOKEN.match(css, at):
        at = found.end()
        word = found[0]
        pieces.append(" " if word.startswith("/*") or word in {"<!--", "-->"} else word)
    if at != len(css):
        raise ValueError(_ESCAPED if css[at] == "\\" else _DAMAGED)
    return "".join(pieces)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of each rule; refuse rules that depend on the screen."""
    css = _uncommented(css).strip()
    at = 0
    while at < len(css):
        if css.startswith("@", at) and not css[at:].casefold().startswith(_HARMLESS_RULES):
            raise ValueError(_at_rule(re.split(r"[^@\w-]", css[at:], maxsplit=1)[0]))
        found = _RULE.match(css, at)
        if found is None or (found[2] and not found[1].startswith("@")):
            raise ValueError(_DAMAGED)
        if not found[1].startswith("@"):
            yield found[1].strip(), found[3]
        at = found.end()


def _at_rule(name: str) -> str:
    name = name.casefold()
    if name.startswith("@import"):
        return _LEADS_OUTSIDE
    if name.startswith("@media"):
        return "its style sheet has rules for some screens only (@media)"
    if name.startswith("@keyframes"):
        return "it moves, and drawings are shown still"
    return f"its style sheet has a rule that is not known here: {name[:40]}"


def _declarations(block: str) -> Declarations:
    """Return the known properties of a block, and those that are important."""
    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    addresses = _URL.split(block)[1:] if "(" in block else ()
    if not all(one.lstrip(" \t\r\n\"'").startswith("#") for one in addresses):
        raise ValueError(_LEADS_OUTSIDE)
    is_plain = not any(one in block for one in "'\"(")
    for declaration in block.split(";") if is_plain else _DECLARATION.findall(block):
        name, colon, value = declaration.partition(":")
        name = name.strip().casefold()
        if not colon or name not in _KNOWN:
            continue
        short = _IMPORTANT.sub("", value).strip()
        if "\\" in short:
            raise ValueError(_ESCAPED)
        (normal if short == value.strip() else important)[name] = short
    return normal, important


def _compounds(selector: str) -> Iterator[_Compound]:
    is_child = False
    words = selector.replace(">", " > ").split()
    if not words or words[0] == ">" or words[-1] == ">":
        raise ValueError(_DAMAGED)
    for word in words:
        if word == ">":
            is_child = True
            continue
        found = _COMPOUND.fullmatch("svg" if word == ":root" else word)
        if found is None:
            raise ValueError(
                f"its style sheet chooses parts in a way that is not known here: {word[:40]}"
            )
        names = re.findall(r"[.#][^.#]+", found[2])
        ids = frozenset(name[1:] for name in names if name.startswith("#"))
        classes = frozenset(name[1:] for name in names if name.startswith("."))
        yield _Compound(found[1] or "", ids, classes, is_child)
        is_child = False
