"""Computes the inherited properties of each element, and the attributes to write for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from legato.storage.svg import values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from legato.storage.svg.tree import Element

_INHERITED_WORDS = (
    "fill-rule",
    "font-style",
    "font-variant",
    "stroke-linecap",
    "stroke-linejoin",
    "visibility",
)
_KEPT = frozenset(
    [
        "clip-rule",
        "direction",
        "dominant-baseline",
        "fill",
        "letter-spacing",
        "marker-end",
        "marker-start",
        "paint-order",
        "stroke",
        "text-anchor",
        "text-transform",
        "white-space",
        "word-spacing",
        "writing-mode",
    ]
)
"""What is inherited, but written only where it is used."""
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
_WIDEST_SPACING = 0.15
"""Of the font's size; what is less is not seen to be missing."""
_MOVING = "it moves, and drawings are shown still"
_TURNED = "it is turned about a point that is not known here (transform-origin)"
_OWN_BOXES = {"fill-box", "stroke-box", "content-box", "border-box"}

View = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """What an element hands down to those inside.

    Attributes:
        kept: Properties that are written where they are used, as they stand.
        colour: What `currentColor` is, and how opaque.
        opaque: How opaque fill and stroke are by their colour.
        opacity: What `fill-opacity` and `stroke-opacity` are.
        written: What was written for both: the product.
        font_size: In pixels.
        preserve: Whether each blank of a text counts.
        context: The fill and stroke of what a marker stands at.
    """

    kept: Mapping[str, str] = field(default_factory=dict)
    colour: tuple[str, float] = ("#000000", 1.0)
    opaque: Mapping[str, float] = field(default_factory=lambda: {"fill": 1.0, "stroke": 1.0})
    opacity: Mapping[str, float] = field(default_factory=lambda: {"fill": 1.0, "stroke": 1.0})
    written: Mapping[str, float] = field(default_factory=lambda: {"fill": 1.0, "stroke": 1.0})
    font_size: float = 16.0
    preserve: bool = False
    context: tuple[str, str] | None = None


class Looks:
    """Reads styles.

    Args:
        gradient: Returns what a gradient is called when written; empty where there is none.
    """

    def __init__(self, gradient: Callable[[str], str]) -> None:
        self._gradient = gradient
        self._known: dict[object, tuple[dict[str, str], Look, Look]] = {}

    def read(
        self, element: Element, style: dict[str, str], outer: Look, view: View | None
    ) -> tuple[dict[str, str], Look]:
        """Return the attributes that show the style of `element`, and what those inside inherit.

        Raises:
            ValueError: It cannot be shown right; the message says why.
        """
        more = [element.attributes.get(name) for name in ("xml:space", "textLength")]
        key = (id(outer), view, element.name, *more, *style.items())
        if key not in self._known:
            # What is kept holds `outer` too, whose id it goes by.
            self._known[key] = (*self._worked_out(element, style, outer, view), outer)
        attributes, look, _ = self._known[key]
        return dict(attributes), look

    def _worked_out(
        self, element: Element, style: dict[str, str], outer: Look, view: View | None
    ) -> tuple[dict[str, str], Look]:
        if "font" in style:
            style = {**_font(style["font"]), **style}
        style = {name: one for name, one in style.items() if not _is_default(name, one)}
        refuse_unshown(element, style)
        attributes: dict[str, str] = {}
        look = self._handed_down(element, style, outer)
        for name in _INHERITED_WORDS:
            if name in style and (one := values.word(style[name])) is not None:
                attributes[name] = one
        look = self._paints(style, outer, look, attributes)
        self._numbers(style, look, view, attributes)
        self._font(style, look, attributes)
        if style.get("display", "").casefold() == "none":
            attributes["display"] = "none"
        if style.get("vector-effect", "") == "non-scaling-stroke":
            attributes["vector-effect"] = "non-scaling-stroke"
        if "stop-color" in style and (found := self._colour(style["stop-color"], look)):
            attributes["stop-color"] = found[0]
            opaque = found[1] * (values.fraction(style.get("stop-opacity", "1")) or 0.0)
            style = {**style, "stop-opacity": values.text_of(opaque)}
        if "stop-opacity" in style and (part := values.fraction(style["stop-opacity"])) is not None:
            attributes["stop-opacity"] = values.text_of(part)
        if transform := _transform(style, view):
            attributes["transform"] = transform
        return attributes, look

    def _handed_down(self, element: Element, style: dict[str, str], outer: Look) -> Look:
        kept = {name: one for name, one in style.items() if name in _KEPT}
        size = _font_size(style["font-size"], outer.font_size) if "font-size" in style else None
        space = element.attributes.get("xml:space")
        colour = self._colour(style["color"], outer) if "color" in style else None
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
        self, style: dict[str, str], outer: Look, look: Look, attributes: dict[str, str]
    ) -> Look:
        """Write fill and stroke, and how opaque each is by its colour and its opacity."""
        if not any(name in style for name in ("fill", "stroke", "fill-opacity", "stroke-opacity")):
            return look
        kept, opaque = dict(look.kept), dict(outer.opaque)
        opacity, written = dict(outer.opacity), dict(outer.written)
        for name in ("fill", "stroke"):
            if name in style:
                found = self._paint(style[name], look)
                kept[name] = outer.kept.get(name, "") if found is None else found[0]
                if found is not None:
                    attributes[name], opaque[name] = found
                elif not kept[name]:
                    del kept[name]
            if f"{name}-opacity" in style:
                own = values.fraction(style[f"{name}-opacity"])
                opacity[name] = opacity[name] if own is None else own
            product = opaque[name] * opacity[name]
            if product != written[name] or f"{name}-opacity" in style:
                written[name] = product
                attributes[f"{name}-opacity"] = values.text_of(product)
        return Look(
            kept, look.colour, opaque, opacity, written, look.font_size, look.preserve, look.context
        )

    def _paint(self, value: str, look: Look) -> tuple[str, float] | None:
        found = values.url(value)
        if found is not None:
            name, otherwise = found
            if written := self._gradient(name):
                return f"url(#{written})", 1.0
            value = otherwise or "none"
        short = value.strip().casefold()
        if short == "none":
            return "none", 1.0
        if short in {"context-fill", "context-stroke"}:
            context = look.context or ("none", "none")
            return context[short == "context-stroke"], 1.0
        return self._colour(value, look)

    def _colour(self, value: str, look: Look) -> tuple[str, float] | None:
        if value.strip().casefold() == "currentcolor":
            return look.colour
        return values.colour(value)

    def _numbers(
        self, style: dict[str, str], look: Look, view: View | None, attributes: dict[str, str]
    ) -> None:
        if "opacity" in style and (part := values.fraction(style["opacity"])) is not None:
            attributes["opacity"] = values.text_of(part)
        if "stroke-width" in style:
            whole = _diagonal(view)
            width = values.length(style["stroke-width"], look.font_size, whole)
            if width is not None:
                attributes["stroke-width"] = values.text_of(width)
        if "stroke-miterlimit" in style:
            limit = values.number(style["stroke-miterlimit"])
            if limit is not None:
                attributes["stroke-miterlimit"] = values.text_of(limit)

    def _font(self, style: dict[str, str], look: Look, attributes: dict[str, str]) -> None:
        if "font-size" in style:
            attributes["font-size"] = values.text_of(look.font_size)
        if "font-family" in style and (names := values.fonts(style["font-family"])):
            attributes["font-family"] = names
        weight = style.get("font-weight", "").strip()
        if weight and ((weight.isascii() and weight.isdigit()) or values.word(weight)):
            attributes["font-weight"] = weight[:10]


def refuse_unshown(element: Element, style: Mapping[str, str]) -> None:
    """Raise ValueError where a style asks for what would be left out without a word."""
    for name, reason in _UNSHOWN.items():
        if name in style and _is_set(style[name]):
            raise ValueError(reason)
    if "stroke-dasharray" in style and style["stroke-dasharray"].strip().casefold() != "none":
        raise ValueError("it has dashed lines; draw them as single lines")
    if style.get("mix-blend-mode", "normal").casefold() != "normal":
        raise ValueError("its colours are mixed with those below (mix-blend-mode)")
    if style.get("writing-mode", "h").casefold().startswith(("tb", "vertical", "sideways")):
        raise ValueError("it has text from top to bottom")
    if style.get("baseline-shift", "").casefold() not in {"", "baseline", "0", "0%", "0px"}:
        raise ValueError("it has text that is raised or lowered")
    for name, value in style.items():
        if "var(" in value.casefold():
            raise ValueError(f"its style uses names for values (var) in {name}")
    if element.name in {"text", "tspan"} and "textLength" in element.attributes:
        raise ValueError("it has text that is drawn out to a length (textLength)")


def spacing_fault(look: Look) -> str:
    """Return why text of this look is not shown right, or an empty string."""
    for name in ("letter-spacing", "word-spacing"):
        written = look.kept.get(name, "normal")
        if written.casefold() == "normal":
            continue
        wide = values.length(written, look.font_size, look.font_size)
        if wide is not None and abs(wide) > _WIDEST_SPACING * look.font_size:
            return f"it has text with wide gaps ({name})"
    return ""


def stroke_first(look: Look) -> bool:
    """Say whether an outline is to lie under the colour that it is drawn around."""
    order = look.kept.get("paint-order", "").casefold().split()
    if "stroke" not in order or ("fill" in order and order.index("fill") < order.index("stroke")):
        return False
    return look.kept.get("fill", "") != "none" and look.kept.get("stroke", "none") != "none"


def _is_default(name: str, value: str) -> bool:
    short = value.strip().casefold()
    if short not in _DEFAULTS:
        return False
    inherited = name in _KEPT or name in _INHERITED_WORDS or name.startswith(_INHERITED_KINDS)
    if short == ("inherit" if name in _NOT_INHERITED else "initial" if inherited else ""):
        raise ValueError(f"its style sets {name} to {short}, which is not known here")
    return True


def _is_set(value: str) -> bool:
    return value.strip().casefold() not in {"", "none", "normal", "auto"} and not (
        value.strip().casefold().startswith("none ")
    )


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
    return values.length(value, outer, outer)


def _transform(style: Mapping[str, str], view: View | None) -> str:
    transform = values.transform(style.get("transform", ""))
    if transform is None:
        return ""
    if style.get("transform-box", "").casefold() in _OWN_BOXES:
        raise ValueError(_TURNED)
    if "transform-origin" not in style:
        return transform
    x, y = _origin(style["transform-origin"], view)
    if not x and not y:
        return transform
    there = f"{values.text_of(x)} {values.text_of(y)}"
    back = f"{values.text_of(-x)} {values.text_of(-y)}"
    return f"translate({there}) {transform} translate({back})"


def _origin(value: str, view: View | None) -> tuple[float, float]:
    """Return the point that is turned about; words and percentages are of the whole drawing."""
    words = value.casefold().split()
    if len(words) == 1:
        words = [words[0], "center"] if words[0] not in {"top", "bottom"} else ["center", words[0]]
    if words[0] in {"top", "bottom"} or words[1] in {"left", "right"}:
        words[:2] = words[1::-1]
    found = []
    for at, word in enumerate(words[:2]):
        part = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}
        one = values.length(part.get(word, word), 0, view[2 + at] if view else None)
        if one is None:
            raise ValueError(_TURNED)
        of_view = word in part or word.endswith("%")
        found.append(one + (view[at] if view and of_view else 0.0))
    return found[0], found[1]


def _diagonal(view: View | None) -> float | None:
    return ((view[2] ** 2 + view[3] ** 2) / 2) ** 0.5 if view else None
