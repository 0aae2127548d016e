"""Computes the style of each element from its attributes, style sheets and `style`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.storage.svg.tree import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from legato.storage.svg.tree import Element

MOST_CSS = 16_000
"""Characters of style sheets in a drawing."""
MOST_TRIES = 200_000
"""How often a rule of a style sheet is held against an element."""
PROPERTIES = frozenset(
    [
        "baseline-shift",
        "clip-path",
        "clip-rule",
        "color",
        "direction",
        "display",
        "dominant-baseline",
        "fill",
        "alignment-baseline",
        "fill-opacity",
        "fill-rule",
        "filter",
        "font-family",
        "font-size",
        "font-style",
        "font-variant",
        "font-weight",
        "letter-spacing",
        "marker",
        "marker-end",
        "marker-mid",
        "marker-start",
        "mask",
        "mix-blend-mode",
        "opacity",
        "overflow",
        "paint-order",
        "stop-color",
        "stop-opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
        "text-decoration",
        "text-decoration-line",
        "text-transform",
        "transform",
        "transform-box",
        "transform-origin",
        "vector-effect",
        "visibility",
        "white-space",
        "word-spacing",
        "writing-mode",
    ]
)
"""What may stand as an attribute and in a style alike."""
_ONLY_IN_STYLES = frozenset(
    [
        "animation",
        "animation-name",
        "background",
        "background-color",
        "cx",
        "cy",
        "d",
        "font",
        "height",
        "mask-image",
        "offset-path",
        "r",
        "rotate",
        "rx",
        "ry",
        "scale",
        "translate",
        "width",
        "x",
        "y",
    ]
)
_KNOWN = PROPERTIES | _ONLY_IN_STYLES

_TOKEN = re.compile(
    r"/\*.*?\*/|<!--|-->|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[^/\"'\\<\-]+|[/<\-]", re.DOTALL
)
_PIECE = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|\([^()]*\)|[^\"'();]+|[();]", re.DOTALL
)
_OUTSIDE = re.compile(r"url\s*\(\s*[\"']?\s*(?![#\s\"'])", re.IGNORECASE)
_IMPORTANT = re.compile(r"!\s*important\s*$", re.IGNORECASE)
_COMPOUND = re.compile(r"(\*|[^\W\d][\w-]*)?((?:[.#]-?[^\W\d][\w-]*)*)")
_UNSEEN = re.compile(r":(?:hover|active|focus|focus-within|focus-visible|visited|target)\b")
_HARMLESS_RULES = ("@charset", "@font-face", "@namespace")
_DAMAGED = "its style sheet is damaged"


@dataclass(frozen=True, slots=True)
class _Compound:
    name: str
    ids: frozenset[str]
    classes: frozenset[str]
    is_child: bool

    def fits(self, element: Element) -> bool:
        attributes = element.attributes
        return (
            self.name in {"", "*", element.name}
            and (not self.ids or self.ids == {attributes.get("id")})
            and (not self.classes or self.classes.issubset(attributes.get("class", "").split()))
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    compounds: tuple[_Compound, ...]
    weight: tuple[int, int, int, int]
    normal: dict[str, str]
    important: dict[str, str]

    def fits(self, path: Sequence[Element]) -> bool:
        """Say whether the last element of `path` is chosen; the others are around it."""
        return self.compounds[-1].fits(path[-1]) and self._around(path, len(path) - 1, -1)

    def _around(self, path: Sequence[Element], at: int, which: int) -> bool:
        if -which == len(self.compounds):
            return True
        outer = self.compounds[which - 1]
        nearest = at - 1 if self.compounds[which].is_child else 0
        return any(
            outer.fits(path[above]) and self._around(path, above, which - 1)
            for above in range(at - 1, max(nearest, 0) - 1, -1)
        )


class Styles:
    """The style sheets of a drawing."""

    def __init__(self) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        self._read = 0
        self._count = 0
        self._tries = 0
        self._inline: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
        self._alone = True
        self._chosen: dict[tuple[str | None, ...], list[_Rule]] = {}

    def add(self, sheet: Element) -> None:
        """Take in a `style` element; raises RefusedError."""
        kind = sheet.attributes.get("type", "").strip().casefold()
        if kind not in {"", "text/css"}:
            return
        css = sheet.text()
        self._read += len(css)
        if self._read > MOST_CSS:
            raise RefusedError(f"its style sheet is longer than {MOST_CSS // 1000} kB", sheet.line)
        if sheet.attributes.get("media", "").strip().casefold() not in {"", "all", "screen"}:
            raise RefusedError("its style sheet is for other screens only", sheet.line)
        for selectors, block in _rules(css, sheet.line):
            normal, important = _declarations(block, sheet.line)
            for selector in selectors.split(","):
                if not _UNSEEN.search(selector):
                    self._add_rule(selector, normal, important, sheet.line)

    def of(self, path: Sequence[Element]) -> dict[str, str]:
        """Return what is set for the last element of `path` itself, nothing inherited.

        The result is cached: an element has one place in the tree.

        Raises:
            RefusedError: Its style cannot be determined.
        """
        element = path[-1]
        if element.style is None:
            element.style = self._style_of(path)
        return element.style

    def _style_of(self, path: Sequence[Element]) -> dict[str, str]:
        element = path[-1]
        found = {
            name: value.strip() for name, value in element.attributes.items() if name in PROPERTIES
        }
        rules = self._fitting_of(path) if self._rules else []
        for rule in rules:
            found.update(rule.normal)
        written = element.attributes.get("style", "")
        normal, important = self._inline_of(written, element.line) if written else ({}, {})
        found.update(normal)
        for rule in rules:
            found.update(rule.important)
        found.update(important)
        return found

    def _check_tries(self, element: Element) -> None:
        if self._tries > MOST_TRIES:
            raise RefusedError("its style sheet has too many rules for so many parts", element.line)

    def _inline_of(self, written: str, line: int) -> tuple[dict[str, str], dict[str, str]]:
        if written not in self._inline:
            self._inline[written] = _declarations(_uncommented(written, line), line)
        return self._inline[written]

    def _add_rule(
        self, selector: str, normal: dict[str, str], important: dict[str, str], line: int
    ) -> None:
        compounds = tuple(_compounds(selector, line))
        last = compounds[-1]
        self._alone &= len(compounds) == 1
        self._count += 1
        weight = (
            sum(len(one.ids) for one in compounds),
            sum(len(one.classes) for one in compounds),
            sum(one.name not in {"", "*"} for one in compounds),
            self._count,
        )
        key = next((f".{name}" for name in last.classes), "")
        key = key or next((f"#{name}" for name in last.ids), last.name or "*")
        self._rules.setdefault(key, []).append(_Rule(compounds, weight, normal, important))

    def _fitting_of(self, path: Sequence[Element]) -> list[_Rule]:
        if not self._alone:
            return self._fitting(path)
        attributes = path[-1].attributes
        key = (path[-1].name, attributes.get("id"), attributes.get("class"))
        if key not in self._chosen:
            self._chosen[key] = self._fitting(path)
            return self._chosen[key]
        self._tries += len(self._chosen[key])
        self._check_tries(path[-1])
        return self._chosen[key]

    def _fitting(self, path: Sequence[Element]) -> list[_Rule]:
        element = path[-1]
        keys = {"*", element.name, f"#{element.attributes.get('id')}"}
        keys.update(f".{name}" for name in element.attributes.get("class", "").split())
        rules = [rule for key in keys for rule in self._rules.get(key, ())]
        self._tries += sum(len(path) if len(rule.compounds) > 1 else 1 for rule in rules)
        self._check_tries(element)
        return sorted((rule for rule in rules if rule.fits(path)), key=_weight)


def _weight(rule: _Rule) -> tuple[int, int, int, int]:
    return rule.weight


def _uncommented(css: str, line: int) -> str:
    """Return `css` without comments; refuses escapes, which write any word in many ways."""
    pieces, at = [], 0
    for token in _TOKEN.finditer(css):
        if token.start() != at:
            break
        at = token.end()
        word = token[0]
        pieces.append(" " if word.startswith("/*") or word in {"<!--", "-->"} else word)
    if at != len(css):
        escaped = css[at] == "\\"
        reason = "its style is written with escapes (\\)" if escaped else _DAMAGED
        raise RefusedError(reason, line)
    return "".join(pieces)


def _rules(css: str, line: int) -> Iterator[tuple[str, str]]:
    """Give selectors and declarations of each rule; refuses rules that depend on the screen."""
    rest = _uncommented(css, line).strip()
    while rest:
        end = _outside_strings(rest, "{;")
        if end < 0:
            raise RefusedError(_DAMAGED, line)
        head = rest[:end].strip()
        closing = _outside_strings(rest, "}") if rest[end] == "{" else end
        block = rest[end + 1 : closing]
        if head.startswith("@"):
            name = head.split()[0].casefold()
            if not name.startswith(_HARMLESS_RULES):
                raise RefusedError(_at_rule(name), line)
        elif rest[end] == ";":
            raise RefusedError(_DAMAGED, line)
        if closing < 0 or "{" in block:
            raise RefusedError(_DAMAGED, line)
        if not head.startswith("@"):
            yield head, block
        rest = rest[closing + 1 :].strip()


def _at_rule(name: str) -> str:
    if name.startswith("@import"):
        return "its style leads to something outside of itself"
    if name.startswith("@media"):
        return "its style sheet has rules for some screens only (@media)"
    if name.startswith("@keyframes"):
        return "it moves, and drawings are shown still"
    return f"its style sheet has a rule that is not known here: {name[:40]}"


def _outside_strings(text: str, wanted: str) -> int:
    """Return where one of the characters `wanted` stands first outside of quotes, or -1."""
    quote = ""
    for at, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in wanted:
            return at
    return -1


def _declarations(block: str, line: int) -> tuple[dict[str, str], dict[str, str]]:
    """Return the known properties of a block, and those that are important."""
    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    if "(" in block and _OUTSIDE.search(block):
        raise RefusedError("its style leads to something outside of itself", line)
    for declaration in _split(block):
        name, colon, value = declaration.partition(":")
        name = name.strip().casefold()
        if not colon or name not in _KNOWN:
            continue
        short = _IMPORTANT.sub("", value).strip()
        if "\\" in short:
            raise RefusedError("its style is written with escapes (\\)", line)
        (normal if short == value.strip() else important)[name] = short
    return normal, important


def _split(block: str) -> Iterator[str]:
    """Give the declarations of a block; a semicolon in quotes or an address divides nothing."""
    if not ("'" in block or '"' in block or "(" in block):
        yield from block.split(";")
        return
    current: list[str] = []
    for piece in _PIECE.findall(block):
        if piece == ";":
            yield "".join(current)
            current = []
        else:
            current.append(piece)
    yield "".join(current)


def _compounds(selector: str, line: int) -> Iterator[_Compound]:
    is_child = False
    words = selector.replace(">", " > ").split()
    if not words or words[0] == ">" or words[-1] == ">":
        raise RefusedError(_DAMAGED, line)
    for word in words:
        if word == ">":
            is_child = True
            continue
        found = _COMPOUND.fullmatch("svg" if word == ":root" else word)
        if found is None:
            text = f"its style sheet chooses parts in a way that is not known here: {word[:40]}"
            raise RefusedError(text, line)
        names = re.findall(r"[.#][^.#]+", found[2])
        ids = frozenset(name[1:] for name in names if name.startswith("#"))
        classes = frozenset(name[1:] for name in names if name.startswith("."))
        yield _Compound(found[1] or "", ids, classes, is_child)
        is_child = False
