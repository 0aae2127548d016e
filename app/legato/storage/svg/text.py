"""Lays out the text of a drawing: each line becomes a text element at its own position."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from legato.storage.svg import parse
from legato.storage.svg.parse import Element, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.storage.svg.look import Look
    from legato.storage.svg.parse import View

    Read = Callable[[Element, Look], tuple[dict[str, str], Look]]

_WITHOUT_TEXT = {"title", "desc", "metadata"}
_SPACE = re.compile(r"[ \t\r\n]+")
_LOWERED: Final = {
    "middle": 0.26, "central": 0.35, "mathematical": 0.4, "hanging": 0.75, "text-before-edge": 0.9,
    "text-top": 0.9, "before-edge": 0.9, "text-after-edge": -0.2, "ideographic": -0.2,
    "text-bottom": -0.2, "after-edge": -0.2,
}  # fmt: skip
"""How far below the written position the letters stand, in sizes of the font."""
_OTHER_END = {"start": "end", "end": "start"}
_WITHIN = "it has text that is moved within its line"
_WIDEST_SPACING = 0.15
"""In sizes of the font; less is not missed where QtSvg leaves it out."""
MOST_PLACED = 5_000
"""Letters of an element with a position of their own."""


@dataclass(slots=True)
class Line:
    """Letters that follow one another from one position on.

    Attributes:
        attributes: Those of the whole line.
        runs: Pieces of text, each with the attributes in which it differs from the line.
    """

    attributes: dict[str, str]
    runs: list[tuple[dict[str, str], str]] = field(default_factory=list)


class TextLines:
    """The lines of one `text` element.

    Args:
        read: Returns the attributes and the look of an element, given the look around it.
        view: The area that the drawing shows, for percentages.
    """

    def __init__(self, read: Read, view: View | None) -> None:
        self._read = read
        self._view = view
        self._lines: list[Line] = []
        self._x: float | None = 0.0
        self._y = 0.0
        self._ends_in_space = True

    def of(self, element: Element, look: Look) -> list[Line]:
        """Return the lines of `element`, whose look is `look`.

        Raises:
            RefusedError: QtSvg would place its letters elsewhere.
            ValueError: The same, without a line.
        """
        self._visit(element, look, {})
        return [line for line in self._lines if any(text.strip() for _, text in line.runs)]

    def _visit(self, element: Element, look: Look, attributes: dict[str, str]) -> None:
        places = {
            name: lengths
            for name in ("x", "y", "dx", "dy")
            if (lengths := self._lengths(element.attributes.get(name, ""), name, look))
        }
        if any(len(one) > 1 for one in places.values()):
            self._place_letters(element, look, attributes, places)
            return
        self._move({name: one[0] for name, one in places.items()}, element, look)
        for part in element.parts:
            if isinstance(part, str):
                self._add(part, look, attributes, element)
            elif part.name in {"tspan", "a"}:
                own, inner = self._read(part, look)
                if own.get("display") != "none":
                    own.pop("transform", None)
                    own.pop("opacity", None)
                    self._visit(part, inner, {**attributes, **own})
            elif part.name not in _WITHOUT_TEXT:
                raise RefusedError(f"it holds text with {part.name} in it", part.line)

    def _place_letters(
        self,
        element: Element,
        look: Look,
        attributes: dict[str, str],
        places: dict[str, list[float]],
    ) -> None:
        if any(part.name not in _WITHOUT_TEXT for part in element.elements()):
            raise RefusedError("it has text with a place for each letter", element.line)
        text = element.text()
        text = text if look.preserve else _SPACE.sub(" ", text).strip()
        last = max(map(len, places.values())) - 1
        for at, letter in enumerate(text[: last + 1]):
            here = {name: one[at] for name, one in places.items() if at < len(one)}
            self._move(here, element, look)
            self._add(letter if at < last else text[at:], look, attributes, element)

    def _lengths(self, written: str, name: str, look: Look) -> list[float]:
        if not written:
            return []
        whole = self._view.whole(name) if self._view else None
        words = re.split(r"[\s,]+", written.strip(), maxsplit=MOST_PLACED)
        if len(words) > MOST_PLACED:
            raise ValueError("it has text with too many places for letters")
        found = (parse.length(word, look.font_size, whole) for word in words if word)
        return [one for one in found if one is not None]

    def _move(self, to: dict[str, float], element: Element, look: Look) -> None:
        x, y = to.get("x"), to.get("y", self._y)
        dx, dy = to.get("dx", 0.0), to.get("dy", 0.0)
        if x is None and not dx and y + dy == self._y:
            return
        started = x if x is not None else self._x
        if started is None:
            raise RefusedError(_WITHIN, element.line)
        self._x, self._y = started + dx, y + dy
        self._begin(look, element)

    def _begin(self, look: Look, element: Element) -> None:
        if self._x is None:
            raise RefusedError(_WITHIN, element.line)
        raised = look.kept.get("dominant-baseline", "").casefold()
        raised = element.attributes.get("alignment-baseline", raised).casefold()
        y = self._y + _LOWERED.get(raised, 0.0) * look.font_size
        attributes = {"x": parse.as_text(self._x), "y": parse.as_text(y)}
        anchor = look.kept.get("text-anchor", "start").strip().casefold()
        if look.kept.get("direction", "").casefold() == "rtl":
            anchor = _OTHER_END.get(anchor, anchor)
        if anchor in {"middle", "end"}:
            attributes["text-anchor"] = anchor
        self._lines.append(Line(attributes))

    def _add(self, text: str, look: Look, attributes: dict[str, str], element: Element) -> None:
        if not self._lines:
            if not text.strip():
                return
            self._begin(look, element)
        if look.preserve or look.kept.get("white-space", "").startswith(("pre", "break")):
            text = re.sub(r"[\t\r\n]", " ", text)
        else:
            text = _SPACE.sub(" ", text)
            text = text.lstrip(" ") if self._ends_in_space else text
        if not text:
            return
        self._ends_in_space = text.endswith(" ")
        text = _in_case(text, look.kept.get("text-transform", "none").casefold())
        if text.strip():
            _refuse_wide_gaps(look, element)
        self._lines[-1].runs.append((attributes, text))
        self._x = None


def _refuse_wide_gaps(look: Look, element: Element) -> None:
    for name in ("letter-spacing", "word-spacing"):
        written = look.kept.get(name, "normal")
        if written.casefold() == "normal":
            continue
        gap = parse.length(written, look.font_size, look.font_size)
        if gap is not None and abs(gap) > _WIDEST_SPACING * look.font_size:
            raise RefusedError(f"it has text with wide gaps ({name})", element.line)


def _in_case(text: str, case: str) -> str:
    if case in {"uppercase", "lowercase"}:
        return text.upper() if case == "uppercase" else text.lower()
    if case not in {"", "none"}:
        raise ValueError(f"it has text with letters changed (text-transform: {case[:20]})")
    return text
