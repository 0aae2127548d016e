"""Lays out the text of a drawing: each line becomes a text element at its own place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from legato.storage.svg import values
from legato.storage.svg.look import spacing_fault
from legato.storage.svg.tree import Element, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.storage.svg.look import Look, View

    Read = Callable[[tuple[Element, ...], Look], tuple[dict[str, str], Look]]

_WITHOUT_TEXT = {"title", "desc", "metadata"}
_SPACE = re.compile(r"[ \t\r\n]+")
_LOWERED: Final = {
    "middle": 0.26, "central": 0.35, "mathematical": 0.4, "hanging": 0.75, "text-before-edge": 0.9,
    "text-top": 0.9, "before-edge": 0.9, "text-after-edge": -0.2, "ideographic": -0.2,
    "text-bottom": -0.2, "after-edge": -0.2,
}  # fmt: skip
"""How far below the place that is written the letters stand, in sizes of the font."""
_OTHER_END = {"start": "end", "end": "start"}
_WITHIN = "it has text that is moved within its line"


@dataclass(slots=True)
class Line:
    """Letters that stand one after the other from one place on.

    Attributes:
        attributes: Those of the whole line.
        runs: Pieces of text with what is other about each than about the whole text.
    """

    attributes: dict[str, str]
    runs: list[tuple[dict[str, str], str]] = field(default_factory=list)


class TextLines:
    """The lines of one `text` element.

    Args:
        read: Returns the attributes and the look of an element, given those around it.
        view: The drawing's own measures, for percentages.
    """

    def __init__(self, read: Read, view: View | None) -> None:
        self._read = read
        self._view = view
        self._lines: list[Line] = []
        self._x: float | None = 0.0
        self._y = 0.0
        self._blank = True

    def of(self, path: tuple[Element, ...], look: Look) -> list[Line]:
        """Return the lines of the last element of `path`, whose look is `look`."""
        self._go_through(path, look, {})
        # Each blank that is left counts.
        return [line for line in self._lines if any(text.strip() for _, text in line.runs)]

    def _go_through(
        self, path: tuple[Element, ...], look: Look, attributes: dict[str, str]
    ) -> None:
        element = path[-1]
        places = self._places(element, look)
        if sum(map(len, places.values())) > len([one for one in places.values() if one]):
            self._spread(element, look, attributes, places)
            return
        self._move({name: one[0] for name, one in places.items() if one}, element, look)
        for part in element.parts:
            if isinstance(part, str):
                self._add(part, look, attributes, element)
            elif part.name in {"tspan", "a"}:
                own, inner = self._read((*path, part), look)
                if own.get("display") != "none":
                    self._go_through((*path, part), inner, {**attributes, **_of_letters(own)})
            elif part.name not in _WITHOUT_TEXT:
                raise RefusedError(f"it holds text with {part.name} in it", part.line)

    def _spread(
        self,
        element: Element,
        look: Look,
        attributes: dict[str, str],
        places: dict[str, list[float]],
    ) -> None:
        """Place the letters of an element one by one."""
        if any(part.name not in _WITHOUT_TEXT for part in element.elements()):
            raise RefusedError("it has text with a place for each letter", element.line)
        text = element.text()
        text = text if look.preserve else _SPACE.sub(" ", text).strip()
        count = max(map(len, places.values()))
        for at, letter in enumerate(text):
            if at < count:
                here = {name: one[at] for name, one in places.items() if at < len(one)}
                self._move(here, element, look)
                rest = letter if at < count - 1 else text[at:]
                self._add(rest, look, attributes, element)

    def _places(self, element: Element, look: Look) -> dict[str, list[float]]:
        return {
            name: self._lengths(element.attributes.get(name, ""), name, look)
            for name in ("x", "y", "dx", "dy")
        }

    def _lengths(self, written: str, name: str, look: Look) -> list[float]:
        whole = self._view[2 if name.endswith("x") else 3] if self._view else None
        words = re.split(r"[\s,]+", written.strip())
        found = (values.length(word, look.font_size, whole) for word in words if word)
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
        attributes = {"x": values.text_of(self._x), "y": values.text_of(y)}
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
            text = text.lstrip(" ") if self._blank else text
        if not text:
            return
        self._blank = text.endswith(" ")
        text = _in_case(text, look.kept.get("text-transform", "none").casefold())
        if text.strip() and (fault := spacing_fault(look)):
            raise RefusedError(fault, element.line)
        self._lines[-1].runs.append((attributes, text))
        self._x = None


def _of_letters(attributes: dict[str, str]) -> dict[str, str]:
    if "transform" in attributes or attributes.get("opacity", "1") != "1":
        attributes = {k: v for k, v in attributes.items() if k not in {"transform", "opacity"}}
    return attributes


def _in_case(text: str, case: str) -> str:
    if case in {"uppercase", "lowercase"}:
        return text.upper() if case == "uppercase" else text.lower()
    if case not in {"", "none"}:
        raise ValueError(f"it has text with letters changed (text-transform: {case[:20]})")
    return text
