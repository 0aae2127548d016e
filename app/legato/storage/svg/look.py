"""Computes the inherited properties of each element, and the attributes to write for them.

Raises ValueError with the reason for properties that QtSvg would leave out or draw wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from legato.storage.svg import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from legato.storage.svg.parse import Element, View

Attributes = dict[str, str]

_INHERITED_WORDS = (
    "fill-rule",
    "font-style",
    "font-variant",
    "stroke-linecap",
    "stroke-linejoin",
    "visibility",
)
_KEPT = frozenset((
    "clip-rule", "direction", "dominant-baseline", "letter-spacing", "marker-end", "marker-start",
    "paint-order", "text-anchor", "text-transform", "white-space", "word-spacing", "writing-mode",
))  # fmt: skip
"""Inherited properties that are written only where they are used."""
_NOT_INHERITED = frozenset(("clip-path", "display", "opacity", "overflow", "stop-color", "mask"))
_INHERITED_KINDS = ("fill", "stroke", "font", "color")
_DEFAULTS = {"inherit", "initial", "unset", "revert", "revert-layer"}
_FONT_SIZES: Final = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
    "x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0,
}  # fmt: skip
_FONT = re.compile(
    r"((?:(?:normal|italic|oblique|small-caps|bold|bolder|lighter|[1-9]00)\s+)*)"
    r"([\w.%+-]+)(?:\s*/\s*[\w.%+-]+)?\s+(.+)",
    re.DOTALL | re.IGNORECASE,
)
_MOVING = "it moves, and drawings are shown still"
_TURNED = "it is turned about a point that is not known here (transform-origin)"
_OWN_BOXES = {"fill-box", "stroke-box", "content-box", "border-box"}
_POINTS_IN_PERCENT: Final = {
    "left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"
}  # fmt: skip
_SOLID: Final = {"fill": 1.0, "stroke": 1.0}


@dataclass(frozen=True, slots=True)
class Look:
    """The properties that an element passes on to its children.

    Attributes:
        kept: Properties that are written where they are used, as in the file; fill and stroke.
        colour: The value of `currentColor`, and its opacity.
        opaque: Opacity of the colours of fill and stroke.
        opacity: Values of `fill-opacity` and `stroke-opacity`.
        written: The products of `opaque` and `opacity`, as last written.
        font_size: In pixels.
        preserve: Whether each space of a text counts.
        context: Fill and stroke of the line that a marker is drawn on.
    """

    kept: Mapping[str, str] = field(default_factory=dict)
    colour: tuple[str, float] = ("#000000", 1.0)
    opaque: Mapping[str, float] = field(default_factory=lambda: _SOLID)
    opacity: Mapping[str, float] = field(default_factory=lambda: _SOLID)
    written: Mapping[str, float] = field(default_factory=lambda: _SOLID)
    font_size: float = 16.0
    preserve: bool = False
    context: tuple[str, str] = ("none", "none")

    def stroke_first(self) -> bool:
        """Return whether the outline has to be drawn below the fill."""
        order = self.kept.get("paint-order", "").casefold().split()
        if "stroke" not in order or "fill" in order[: order.index("stroke")]:
            return False
        return self.kept.get("fill", "") != "none" and self.kept.get("stroke", "none") != "none"


class Looks:
    """Computes looks, and remembers them: most elements of a drawing look like others.

    Args:
        gradient: Returns the written id of a gradient, or an empty string if there is none.
        view: The area that the drawing shows, for percentages.
    """

    def __init__(self, gradient: Callable[[str], str], view: View | None) -> None:
        self._gradient = gradient
        self._view = view
        self._known: dict[object, tuple[Attributes, Look, Look]] = {}

    def read(self, element: Element, style: dict[str, str], outer: Look) -> tuple[Attributes, Look]:
        """Return the attributes to write for the style of `element`, and its look."""
        more = [element.attributes.get(name) for name in ("xml:space", "textLength")]
        key = (id(outer), element.name, *more, *style.items())
        if key not in self._known:
            # The entry keeps `outer` alive, so that its id stays unique.
            self._known[key] = (*self._computed(element, style, outer), outer)
        attributes, look, _ = self._known[key]
        return dict(attributes), look

    def _computed(
        self, element: Element, style: dict[str, str], outer: Look
    ) -> tuple[Attributes, Look]:
        if "font" in style:
            style = {**_font(style["font"]), **style}
        style = {name: one for name, one in style.items() if not _is_default(name, one)}
        _refuse_unshown(element, style)
        attributes: Attributes = {}
        look = self._inherited(element, style, outer)
        for name in _INHERITED_WORDS:
            if name in style and (one := parse.word(style[name])) is not None:
                attributes[name] = one
        look = self._paints(style, outer, look, attributes)
        self._numbers(style, look, attributes)
        _write_font(style, look, attributes)
        if style.get("display", "").casefold() == "none":
            attributes["display"] = "none"
        if style.get("vector-effect", "") == "non-scaling-stroke":
            attributes["vector-effect"] = "non-scaling-stroke"
        self._stop(style, look, attributes)
        if transform := self._transform(style):
            attributes["transform"] = transform
        return attributes, look

    def _inherited(self, element: Element, style: dict[str, str], outer: Look) -> Look:
        kept = {name: one for name, one in style.items() if name in _KEPT}
        size = _font_size(style["font-size"], outer.font_size) if "font-size" in style else None
        space = element.attributes.get("xml:space")
        colour = _colour(style["color"], outer) if "color" in style else None
        if not (kept or size or space or colour):
            return outer
        return replace(
            outer,
            kept={**outer.kept, **kept} if kept else outer.kept,
            font_size=outer.font_size if size is None else size,
            preserve=outer.preserve if space is None else space == "preserve",
            colour=colour or outer.colour,
        )

    def _paints(
        self, style: dict[str, str], outer: Look, look: Look, attributes: Attributes
    ) -> Look:
        """Write fill and stroke, each with the opacity of its colour and its own multiplied."""
        if not any(name in style for name in ("fill", "stroke", "fill-opacity", "stroke-opacity")):
            return look
        kept, opaque = dict(look.kept), dict(outer.opaque)
        opacity, written = dict(outer.opacity), dict(outer.written)
        for name in ("fill", "stroke"):
            if name in style:
                found = self._paint(style[name], look)
                if found is not None:
                    kept[name] = attributes[name] = found[0]
                    opaque[name] = found[1]
            if f"{name}-opacity" in style:
                own = parse.fraction(style[f"{name}-opacity"])
                opacity[name] = opacity[name] if own is None else own
            product = opaque[name] * opacity[name]
            if product != written[name] or f"{name}-opacity" in style:
                written[name] = product
                attributes[f"{name}-opacity"] = parse.as_text(product)
        return replace(look, kept=kept, opaque=opaque, opacity=opacity, written=written)

    def _paint(self, value: str, look: Look) -> tuple[str, float] | None:
        found = parse.url(value)
        if found is not None:
            name, otherwise = found
            if written := self._gradient(name):
                return f"url(#{written})", 1.0
            value = otherwise or "none"
        short = value.strip().casefold()
        if short == "none":
            return "none", 1.0
        if short in {"context-fill", "context-stroke"}:
            return look.context[short == "context-stroke"], 1.0
        return _colour(value, look)

    def _numbers(self, style: dict[str, str], look: Look, attributes: Attributes) -> None:
        for name, read in (("opacity", parse.fraction), ("stroke-miterlimit", parse.number)):
            if name in style and (number := read(style[name])) is not None:
                attributes[name] = parse.as_text(number)
        if "stroke-width" in style:
            whole = self._view.whole("stroke-width") if self._view else None
            width = parse.length(style["stroke-width"], look.font_size, whole)
            if width is not None:
                attributes["stroke-width"] = parse.as_text(width)

    def _stop(self, style: dict[str, str], look: Look, attributes: Attributes) -> None:
        """Write the colour and opacity of a stop of a gradient."""
        opacity = parse.fraction(style["stop-opacity"]) if "stop-opacity" in style else None
        if "stop-color" in style and (found := _colour(style["stop-color"], look)):
            attributes["stop-color"] = found[0]
            own = opacity if "stop-opacity" in style else 1.0
            opacity = found[1] * (own or 0.0)
        if opacity is not None:
            attributes["stop-opacity"] = parse.as_text(opacity)

    def _transform(self, style: Mapping[str, str]) -> str:
        transform = parse.transform(style.get("transform", ""))
        if transform is None:
            return ""
        if style.get("transform-box", "").casefold() in _OWN_BOXES:
            raise ValueError(_TURNED)
        if "transform-origin" not in style:
            return transform
        x, y = self._origin(style["transform-origin"])
        if not x and not y:
            return transform
        return f"translate({parse.as_text(x, y)}) {transform} translate({parse.as_text(-x, -y)})"

    def _origin(self, value: str) -> list[float]:
        """Return the fixed point of a transform; keywords and percentages refer to the view."""
        words = value.casefold().split() or ["0", "0"]
        if len(words) == 1:
            words.insert(words[0] not in {"top", "bottom"}, "center")
        if words[0] in {"top", "bottom"} or words[1] in {"left", "right"}:
            words[:2] = words[1::-1]
        found = []
        for at, word in enumerate(words[:2]):
            percent = _POINTS_IN_PERCENT.get(word, word)
            one = parse.length(percent, 0, self._view[2 + at] if self._view else None)
            if one is None:
                raise ValueError(_TURNED)
            of_view = self._view is not None and percent.endswith("%")
            found.append(one + (self._view[at] if self._view and of_view else 0.0))
        return found


def _write_font(style: dict[str, str], look: Look, attributes: Attributes) -> None:
    if "font-size" in style:
        attributes["font-size"] = parse.as_text(look.font_size)
    if "font-family" in style and (names := parse.fonts(style["font-family"])):
        attributes["font-family"] = names
    weight = style.get("font-weight", "").strip()
    if weight and ((weight.isascii() and weight.isdigit()) or parse.word(weight)):
        attributes["font-weight"] = weight[:10]


def _refuse_unshown(element: Element, style: Mapping[str, str]) -> None:
    """Refuse a style with properties that QtSvg ignores without a message."""
    for name, value in style.items():
        if name in _UNSHOWN and _is_set(value):
            raise ValueError(_UNSHOWN[name])
        if "var(" in value.casefold():
            raise ValueError(f"its style uses names for values (var) in {name}")
    if style.get("stroke-dasharray", "none").strip().casefold() != "none":
        raise ValueError("it has dashed lines; draw them as single lines")
    if style.get("mix-blend-mode", "normal").casefold() != "normal":
        raise ValueError("its colours are mixed with those below (mix-blend-mode)")
    if style.get("writing-mode", "h").casefold().startswith(("tb", "vertical", "sideways")):
        raise ValueError("it has text from top to bottom")
    if style.get("baseline-shift", "").casefold() not in {"", "baseline", "0", "0%", "0px"}:
        raise ValueError("it has text that is raised or lowered")
    if element.name in {"text", "tspan"} and "textLength" in element.attributes:
        raise ValueError("it has text that is drawn out to a length (textLength)")


def _colour(value: str, look: Look) -> tuple[str, float] | None:
    if value.strip().casefold() == "currentcolor":
        return look.colour
    return parse.colour(value)


def _is_default(name: str, value: str) -> bool:
    short = value.strip().casefold()
    if short not in _DEFAULTS:
        return False
    inherited = name in _KEPT or name in _INHERITED_WORDS or name.startswith(_INHERITED_KINDS)
    if short == ("inherit" if name in _NOT_INHERITED else "initial" if inherited else ""):
        raise ValueError(f"its style sets {name} to {short}, which is not known here")
    return True


def _is_set(value: str) -> bool:
    short = value.strip().casefold()
    return short not in {"", "none", "normal", "auto"} and not short.startswith("none ")


_UNSHOWN: Final = {
    "animation": _MOVING,
    "animation-name": _MOVING,
    "d": "its style sheet draws a path",
    "filter": "it holds a filter, such as a blur or a shadow",
    "marker": "it has markers along its lines",
    "marker-mid": "it has markers along its lines",
    "mask": "it holds a mask",
    "mask-image": "it holds a mask",
    "offset-path": "it is moved along a path",
    "rotate": "it is turned by its style sheet",
    "scale": "it is scaled by its style sheet",
    "text-decoration": "it has text with a line under or through it",
    "text-decoration-line": "it has text with a line under or through it",
    "translate": "it is moved by its style sheet",
}


def _font(value: str) -> dict[str, str]:
    """Return the properties that the shorthand `font` sets."""
    found = _FONT.fullmatch(value.strip())
    if found is None:
        return {}
    style = {"font-size": found[2], "font-family": found[3]}
    for one in found[1].casefold().split():
        if one in {"italic", "oblique"}:
            style["font-style"] = one
        elif one == "small-caps":
            style["font-variant"] = one
        elif one != "normal":
            style["font-weight"] = one
    return style


def _font_size(value: str, outer: float) -> float | None:
    short = value.strip().casefold()
    if short in _FONT_SIZES:
        return _FONT_SIZES[short]
    if short in {"smaller", "larger"}:
        return outer / 1.2 if short == "smaller" else outer * 1.2
    return parse.length(value, outer, outer)
