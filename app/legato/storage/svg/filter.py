"""Turns a user's drawing into one that is safe to draw: what is judged here is what is drawn.

QtSvg reads local files that a drawing names, hangs or crashes on some drawings of a few lines, and
leaves out without a message what it does not know. So it never reads a user's file. The standard
XML parser reads the file once into a tree, and another drawing is written from that tree. It has
only known elements, attributes and values, no style sheet, and no address but of its own parts.
What QtSvg would draw wrong is refused with the reason and the line.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from legato.storage.svg import parse
from legato.storage.svg.look import Look, Looks
from legato.storage.svg.output import MOST_SVG_BYTES, Writer
from legato.storage.svg.parse import Element, RefusedError, View, parse_tree
from legato.storage.svg.styles import Styles
from legato.storage.svg.text import TextLines

__all__ = ["RefusedError", "safe_svg", "svg_fault"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from legato.storage.svg.look import Attributes

_FORBIDDEN: Final = {
    "image": "an image inside the drawing",
    "feImage": "an image inside the drawing",
    "filter": "a filter, such as a blur or a shadow",
    "pattern": "a pattern",
    "mask": "a mask",
    "script": "a script",
    "foreignObject": "something that is no drawing",
    "svg": "a drawing inside the drawing",
    "textPath": "text along a path",
    "tref": "text from elsewhere",
    "textArea": "text in a frame",
    "flowRoot": "text in a frame; turn it into plain text",
    "solidColor": "a colour by name",
    "meshgradient": "a mesh of colours",
    "meshGradient": "a mesh of colours",
    "hatch": "a hatching",
}
_MOVING = {"animate", "animateColor", "animateMotion", "animateTransform", "set", "discard"}
_UNSEEN = {"title", "desc", "metadata", "font"}
_LEFT_OUT = _UNSEEN | {
    "style", "view", "font-face", "color-profile", "cursor", "clipPath", "marker", "mask"
}  # fmt: skip
"""Elements that are not seen; clip paths and markers are written for what uses them."""
_GROUPS = {"g": "g", "a": "g", "defs": "defs"}
_GRADIENTS = {"linearGradient", "radialGradient"}
_MARKED = {"path", "line", "polyline", "polygon"}
_MEASURES: Final = {
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "path": (),
    "polyline": (),
    "polygon": (),
}
_DRAWN = frozenset(("g", "a", "symbol", "use", "text", "switch", "svg", *_MEASURES))
_EVERYWHERE: Final = {"x": "-100000", "y": "-100000", "width": "200000", "height": "200000"}
_ALIGNED: Final = {"xMin": 0.0, "xMid": 0.5, "xMax": 1.0}
_NOT_CUT = {"none", "inherit", "initial", "unset", ""}
_INITIAL = Look()
_MARKER_SIZES: Final = {"refX": 0.0, "refY": 0.0, "markerWidth": 3.0, "markerHeight": 3.0}
_KEYWORDS: Final = {
    "gradientUnits": {"userSpaceOnUse", "objectBoundingBox"},
    "spreadMethod": {"pad", "reflect", "repeat"},
    "markerUnits": {"strokeWidth", "userSpaceOnUse"},
    "preserveAspectRatio": {
        "none",
        *(f"x{x}Y{y}{more}" for x in ("Min", "Mid", "Max") for y in ("Min", "Mid", "Max")
          for more in ("", " meet", " slice")),
    },
}  # fmt: skip


def svg_fault(data: bytes) -> str:
    """Return why the drawing in `data` is not shown, or an empty string if it may be."""
    try:
        safe_svg(data)
    except RefusedError as refused:
        return str(refused)
    return ""


def safe_svg(data: bytes) -> bytes:
    """Return a drawing that shows what the one in `data` shows, and can be drawn safely.

    Raises:
        RefusedError: It cannot be shown; the message says why.
    """
    if data.startswith(b"\x1f\x8b"):
        raise RefusedError("it is compressed; save it as plain SVG")
    if len(data) > MOST_SVG_BYTES:
        raise RefusedError(f"it is larger than {MOST_SVG_BYTES // 1_000_000} MB")
    return _Filter(parse_tree(data)).written()


class _Filter:
    """One drawing: raises at the first thing in it that cannot be shown."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._writer = Writer()
        self._styles = Styles()
        self._by_id: dict[str, Element] = {}
        self._survey(root)
        self._view, self._size = _view_and_size(root)
        self._looks = Looks(self._gradient_id, self._view)
        self._looks_inside: dict[Element, Look] = {}
        self._deferred: list[tuple[Element, Callable[[], None]]] = []
        self._deferred_keys: set[object] = set()
        self._wanted: dict[str, None] = {}
        self._placed: set[str] = set()

    def written(self) -> bytes:
        """Return the safe drawing."""
        own, look = self._read(self._root, _INITIAL)
        own.pop("transform", None)
        attributes = {**self._id(self._root), **self._size, **own}
        with self._writer.element("svg", attributes, self._root.line):
            self._children(self._root, look)
            while self._deferred or self._missing():
                while self._deferred:
                    element, write = self._deferred.pop(0)
                    with _refused_at(element):
                        write()
                for name in self._missing():
                    self._placed.add(name)
                    element = self._by_id[name]
                    with self._writer.element("defs", {}, element.line):
                        self._element(element, self._look_inside(element.parent))
        return self._writer.whole()

    def _missing(self) -> list[str]:
        """Return the ids that are used, but whose elements are in parts that are not written."""
        return [name for name in self._wanted if name not in self._placed]

    def _survey(self, element: Element) -> None:
        """Note ids and style sheets, and refuse what cannot be shown wherever it is."""
        if name := element.attributes.get("id"):
            # If two elements have the same id, the first one counts, as in browsers.
            self._by_id.setdefault(name, element)
        with _refused_at(element):
            if element.name == "style":
                self._styles.add(element)
            for href in ("href", "xlink:href"):
                if href in element.attributes:
                    parse.link(element.attributes[href])
        for inner in element.elements() if element.name not in _UNSEEN else ():
            if inner.needs_extension():
                continue
            if inner.name in _MOVING:
                raise RefusedError("it moves, and drawings are shown still", inner.line)
            if inner.name in _FORBIDDEN:
                raise RefusedError(f"it holds {_FORBIDDEN[inner.name]}", inner.line)
            self._survey(inner)

    def _read(self, element: Element, outer: Look) -> tuple[Attributes, Look]:
        """Return the attributes to write for the style of `element`, and its look."""
        try:
            return self._looks.read(element, self._styles.of(element), outer)
        except ValueError as error:
            raise RefusedError(str(error), element.line) from error

    def _look_inside(self, element: Element | None) -> Look:
        """Return the look that the children of `element` inherit."""
        if element is None:
            return _INITIAL
        if element not in self._looks_inside:
            outer = self._look_inside(element.parent)
            self._looks_inside[element] = self._read(element, outer)[1]
        return self._looks_inside[element]

    def _children(self, element: Element, look: Look) -> None:
        for inner in element.elements():
            self._element(inner, look)

    def _element(self, element: Element, outer: Look) -> None:
        if element.name in _LEFT_OUT or element.needs_extension():
            return
        with _refused_at(element):
            self._write(element, outer)

    def _write(self, element: Element, outer: Look) -> None:
        name = element.name
        own, look = self._read(element, outer)
        clip = self._clip(element)
        own = {**self._id(element), **own}
        if name in _GRADIENTS:
            self._gradient(element, look, own)
        elif name == "defs":
            self._group(element, look, own)
        elif name in _GROUPS:
            self._group(element, look, {**own, **clip})
        elif name == "switch":
            self._switch(element, look, {**own, **clip})
        elif name == "symbol":
            self._symbol(element, look, {**own, **clip})
        elif name in _DRAWN and clip:
            moved = {"transform": own.pop("transform")} if "transform" in own else {}
            with self._writer.element("g", {**moved, **clip}, element.line):
                self._drawn(element, look, own)
        elif name in _DRAWN:
            self._drawn(element, look, own)
        elif name not in {"stop", "tspan"}:
            raise ValueError(f"it holds something that is not known here: {name[:40]}")

    def _drawn(self, element: Element, look: Look, own: Attributes) -> None:
        name = element.name
        if name == "use":
            self._use(element, look, own)
            return
        if name == "text":
            self._text(element, look, own)
            return
        if look.stroke_first():
            raise ValueError("its outline lies under its colour (paint-order)")
        own.update(self._shape(element, look))
        markers = self._markers(look) if name in _MARKED else {}
        if markers and (corners := own.pop("points", "")):
            # QtSvg turns markers at the end of such lines the wrong way.
            own["d"] = f"M{corners}{'Z' if name == 'polygon' else ''}"
            name = "path"
        self._writer.empty(name, {**own, **markers}, element.line)

    def _id(self, element: Element) -> Attributes:
        name = element.attributes.get("id")
        if not name or self._by_id[name] is not element:
            return {}
        self._placed.add(name)
        return {"id": self._writer.name(name)}

    def _group(self, element: Element, look: Look, own: Attributes) -> None:
        with self._writer.element(_GROUPS[element.name], own, element.line):
            self._children(element, look)

    def _symbol(self, element: Element, look: Look, own: Attributes) -> None:
        """Write a symbol around a group: QtSvg knows no size of a symbol, nor one in another."""
        mask = {"mask": own.pop("mask")} if "mask" in own else {}
        box = parse.view_box(element.attributes.get("viewBox", ""))
        if box is not None and not self._overflows(element):
            mask = self._mask(("box", *box), element, partial(self._box, box))
        with self._writer.element("symbol", own, element.line):
            self._plain_group(element, look, mask)

    def _plain_group(self, element: Element, look: Look, own: Attributes) -> None:
        with self._writer.element("g", own, element.line):
            self._children(element, look)

    def _overflows(self, element: Element) -> bool:
        return self._styles.of(element).get("overflow", "").casefold() in {"visible", "auto"}

    def _switch(self, element: Element, look: Look, own: Attributes) -> None:
        """Write the first child that suits this program; refuse a choice by language."""
        fitting = [
            one for one in element.elements() if one.name in _DRAWN and not one.needs_extension()
        ]
        if fitting and "systemLanguage" in fitting[0].attributes:
            raise ValueError("it looks different in each language")
        with self._writer.element("g", own, element.line):
            if fitting:
                self._element(fitting[0], look)

    def _shape(self, element: Element, look: Look) -> Attributes:
        """Return the position and size of a shape."""
        found = {}
        style = self._styles.of(element)
        for name in _MEASURES[element.name]:
            written = style.get(name, element.attributes.get(name, ""))
            if written and written != "auto":
                length = self._length(name, written, look)
                if length is not None:
                    found[name] = parse.as_text(length)
        if element.name == "rect" and ("rx" in found) != ("ry" in found):
            radius = found.pop("rx", "") or found.pop("ry", "")
            found.update(rx=radius, ry=radius)
        name, read = ("d", parse.path) if element.name == "path" else ("points", parse.points)
        if written := element.attributes.get(name, ""):
            steps = read(written)
            if steps is None:
                raise ValueError("it has a line that is damaged")
            found[name] = steps
        return found

    def _length(self, name: str, written: str, look: Look) -> float | None:
        whole = self._view.whole(name) if self._view else None
        return parse.length(written, look.font_size, whole)

    def _offset(self, element: Element, look: Look) -> tuple[float, float]:
        x = self._length("x", element.attributes.get("x", "0"), look) or 0.0
        return x, self._length("y", element.attributes.get("y", "0"), look) or 0.0

    def _use(self, element: Element, look: Look, own: Attributes) -> None:
        target = self._by_id.get(element.target())
        if target is None or target.name not in _DRAWN:
            return
        offset = self._offset(element, look)
        is_symbol = target.name == "symbol"
        box = parse.view_box(target.attributes.get("viewBox", "")) if is_symbol else None
        if box is not None:
            fitted = self._fitted(element, target, box, look)
            own["transform"] = f"{own.get('transform', '')} {fitted}".strip()
        elif any(offset):
            own.update(x=parse.as_text(offset[0]), y=parse.as_text(offset[1]))
        self._wanted[element.target()] = None
        own["xlink:href"] = f"#{self._writer.name(element.target())}"
        self._writer.empty("use", own, element.line)

    def _fitted(self, element: Element, symbol: Element, box: View, look: Look) -> str:
        """Return the transform that fits the area `box` of a symbol into the `use` of it."""
        sizes = []
        for at, name in enumerate(("width", "height")):
            written = element.attributes.get(name, symbol.attributes.get(name, "100%"))
            if self._view is None and written.endswith("%"):
                sizes.append(box[2 + at])
            else:
                sizes.append(self._length(name, written, look) or 0.0)
        fit = symbol.attributes.get("preserveAspectRatio", "").split() or ["xMidYMid"]
        scales = [sizes[0] / box.width, sizes[1] / box.height]
        shares = [0.0, 0.0]
        if fit[0] != "none":
            scales = [max(scales) if "slice" in fit[1:] else min(scales)] * 2
            shares = [_ALIGNED.get(one, 0.5) for one in (fit[0][:4], f"x{fit[0][5:]}")]
        moves = [
            start + (size - length * scale) * share - edge * scale
            for start, size, length, scale, share, edge in zip(
                self._offset(element, look), sizes, box[2:], scales, shares, box[:2], strict=True
            )
        ]
        return f"matrix({parse.as_text(scales[0], 0, 0, scales[1], *moves)})"

    def _text(self, element: Element, look: Look, own: Attributes) -> None:
        lines = TextLines(self._read, self._view).of(element, look)
        if len(lines) == 1:
            self._line(element, lines[0].runs, {**own, **lines[0].attributes})
        elif lines:
            with self._writer.element("g", own, element.line):
                for line in lines:
                    self._line(element, line.runs, line.attributes)

    def _line(
        self, element: Element, runs: list[tuple[Attributes, str]], attributes: Attributes
    ) -> None:
        attributes = {**attributes, "xml:space": "preserve"}
        with self._writer.element("text", attributes, element.line):
            for style, text in runs:
                if style:
                    with self._writer.element("tspan", style, element.line):
                        self._writer.text(text)
                else:
                    self._writer.text(text)

    def _gradient_id(self, name: str) -> str:
        """Return the written id of the gradient `name`; an empty string if there is none."""
        target = self._by_id.get(name)
        if target is None or target.name not in _GRADIENTS:
            return ""
        self._wanted[name] = None
        return self._writer.name(name)

    def _gradient(self, element: Element, look: Look, own: Attributes) -> None:
        attributes = element.attributes
        found = {name: one for name, one in own.items() if name == "id"}
        in_box = self._inherited(element, "gradientUnits") != "userSpaceOnUse"
        for name in ("x1", "y1", "x2", "y2", "cx", "cy", "r", "fx", "fy"):
            written = attributes.get(name, "").strip()
            if written and in_box and written.endswith("%"):
                part = parse.number(written[:-1])
                length = None if part is None else part / 100
            else:
                length = self._length(name, written, look) if written else None
            if length is not None:
                found[name] = parse.as_text(length)
        found.update(_keywords(element, "gradientUnits", "spreadMethod"))
        if turned := parse.transform(attributes.get("gradientTransform", "")):
            found["gradientTransform"] = turned
        if written := self._gradient_id(element.target()):
            found["xlink:href"] = f"#{written}"
        with self._writer.element(element.name, found, element.line):
            for inner in element.elements():
                if inner.name == "stop":
                    self._stop(inner, look)

    def _stop(self, element: Element, outer: Look) -> None:
        own, _ = self._read(element, outer)
        offset = parse.fraction(element.attributes.get("offset", "0")) or 0.0
        shown = {"offset": parse.as_text(offset)}
        shown.update((name, own[name]) for name in ("stop-color", "stop-opacity") if name in own)
        self._writer.empty("stop", shown, element.line)

    def _inherited(self, element: Element, name: str) -> str:
        """Return an attribute of a gradient, or of the gradient that it refers to."""
        for _ in range(20):
            if name in element.attributes:
                return element.attributes[name]
            target = self._by_id.get(element.target())
            if target is None:
                break
            element = target
        return ""

    def _defer(self, key: object, element: Element, write: Callable[[str], None]) -> str:
        """Return the id of what `write` writes at the end of the drawing, once for all users.

        Args:
            key: Equal for all who use it.
            element: The element that it is made of, for refusals.
            write: Writes it; takes the id.
        """
        name = self._writer.name(key)
        if key not in self._deferred_keys:
            self._deferred_keys.add(key)
            self._deferred.append((element, partial(write, name)))
        return name

    def _markers(self, look: Look) -> Attributes:
        found = {}
        paints = (look.kept.get("fill", "#000000"), look.kept.get("stroke", "none"))
        if any(one.startswith("url") for one in paints):
            paints = _INITIAL.context
        for end in ("marker-start", "marker-end"):
            url = parse.url(look.kept.get(end, "none"))
            target = self._by_id.get(url[0]) if url else None
            if target is not None and target.name == "marker":
                # A marker can have the colours of its line: it is another one for each colour.
                key = (target.attributes["id"], *paints)
                name = self._defer(key, target, partial(self._marker, target, paints))
                found[end] = f"url(#{name})"
        return found

    def _marker(self, element: Element, paints: tuple[str, str], name: str) -> None:
        outer = replace(self._look_inside(element.parent), context=paints)
        own, look = self._read(element, outer)
        own = {"id": name, **own}
        own.pop("transform", None)
        sizes = {}
        for size, default in _MARKER_SIZES.items():
            written = element.attributes.get(size, "")
            length = self._length(size, written, look) if written else None
            sizes[size] = default if length is None else length
            own[size] = parse.as_text(sizes[size])
        # Without an area of its own QtSvg does not scale a marker with its line.
        box = parse.view_box(element.attributes.get("viewBox", ""))
        box = box or View(0.0, 0.0, sizes["markerWidth"], sizes["markerHeight"])
        own["viewBox"] = parse.as_text(*box)
        orient = element.attributes.get("orient", "").strip()
        turned = parse.number(orient)
        if orient in {"auto", "auto-start-reverse"}:
            own["orient"] = orient
        elif turned is not None:
            own["orient"] = parse.as_text(turned)
        own.update(_keywords(element, "markerUnits", "preserveAspectRatio"))
        if self._overflows(element):
            own["overflow"] = "visible"
        with self._writer.element("marker", own, element.line):
            self._plain_group(element, look, {})

    def _mask(self, key: object, element: Element, write: Callable[[], None]) -> Attributes:
        """Return the attribute for a mask; a clip path becomes one, as QtSvg knows only masks."""

        def mask(name: str) -> None:
            attributes = {"id": name, "maskUnits": "userSpaceOnUse", **_EVERYWHERE}
            with self._writer.element("mask", attributes, element.line):
                write()

        return {"mask": f"url(#{self._defer(key, element, mask)})"}

    def _box(self, box: View) -> None:
        edges = zip(("x", "y", "width", "height"), map(parse.as_text, box), strict=True)
        self._writer.empty("rect", {"fill": "#ffffff", "stroke": "none", **dict(edges)}, 0)

    def _clip(self, element: Element) -> Attributes:
        """Return the attribute for the clip path of `element`, if it has one."""
        written = self._styles.of(element).get("clip-path", "").strip()
        if written.casefold() in _NOT_CUT:
            return {}
        url = parse.url(written)
        if url is None or url[1]:
            raise ValueError("it is cut out by what is not known here (clip-path)")
        target = self._by_id.get(url[0])
        if target is None or target.name != "clipPath":
            return {}
        return self._mask(("clip", url[0]), target, partial(self._clip_path, target))

    def _clip_path(self, element: Element) -> None:
        if element.attributes.get("clipPathUnits", "") == "objectBoundingBox":
            raise ValueError("it is cut out by a share of each part (clipPathUnits)")
        self._refuse_clipped(element)
        own, look = self._read(element, self._look_inside(element.parent))
        if "transform" in own:
            with self._writer.element("g", {"transform": own["transform"]}, element.line):
                self._clip_parts(element, look)
        else:
            self._clip_parts(element, look)

    def _refuse_clipped(self, element: Element) -> None:
        if self._styles.of(element).get("clip-path", "none").casefold() != "none":
            raise ValueError("it is cut out twice (a clip path in a clip path)")

    def _clip_parts(self, element: Element, look: Look) -> None:
        for inner in element.elements():
            if inner.name not in {"title", "desc", "metadata", "style"}:
                self._clip_part(inner, look)

    def _clip_part(self, element: Element, outer: Look) -> None:
        own, look = self._read(element, outer)
        if own.get("display") == "none" or own.get("visibility") in {"hidden", "collapse"}:
            return
        moved = {"transform": own["transform"]} if "transform" in own else {}
        with _refused_at(element):
            self._refuse_clipped(element)
            if element.name in _MEASURES:
                self._clip_shape(element, look, moved)
            elif element.name == "use":
                self._clip_use(element, look, moved)
            else:
                raise ValueError(f"it is cut out by {element.name[:40]}")

    def _clip_shape(self, element: Element, look: Look, moved: Attributes) -> None:
        rule = look.kept.get("clip-rule", "").strip().casefold()
        ruled = {"fill-rule": "evenodd"} if rule == "evenodd" else {}
        attributes = {**moved, "fill": "#ffffff", "stroke": "none", **ruled}
        attributes.update(self._shape(element, look))
        self._writer.empty(element.name, attributes, element.line)

    def _clip_use(self, element: Element, look: Look, moved: Attributes) -> None:
        target = self._by_id.get(element.target())
        if target is None:
            return
        if target.name not in _MEASURES:
            raise ValueError(f"it is cut out by {target.name[:40]}")
        offset = self._offset(element, look)
        if any(offset):
            transform = f"{moved.get('transform', '')} translate({parse.as_text(*offset)})"
            moved = {"transform": transform.strip()}
        with self._writer.element("g", moved, element.line):
            self._clip_part(target, look)


@contextmanager
def _refused_at(element: Element) -> Iterator[None]:
    """Add the line of `element` to an error of the block that has none."""
    try:
        yield
    except ValueError as error:
        raise RefusedError(str(error), element.line) from error


def _view_and_size(root: Element) -> tuple[View | None, Attributes]:
    """Return the area that the drawing shows, and the attributes for it and for its size."""
    attributes = root.attributes
    sizes = []
    for name in ("width", "height"):
        written = attributes.get(name, "").strip()
        is_absolute = written and not written.endswith("%") and "(" not in written
        with _refused_at(root):
            sizes.append(parse.length(written, 16.0, None) if is_absolute else None)
    width, height = sizes
    view = parse.view_box(attributes.get("viewBox", ""))
    size: Attributes = {}
    if width and height and min(width, height) > 0:
        size = {"width": parse.as_text(width), "height": parse.as_text(height)}
        view = view or View(0.0, 0.0, width, height)
    if view is not None:
        size["viewBox"] = parse.as_text(*view)
    return view, size


def _keywords(element: Element, *names: str) -> Attributes:
    """Return those of the attributes `names` that have a known keyword as value."""
    written = {name: element.attributes.get(name, "").strip() for name in names}
    return {name: one for name, one in written.items() if one in _KEYWORDS[name]}
