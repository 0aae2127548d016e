"""Makes of a person's drawing one that may be drawn: what is judged here is what is drawn.

The SVG library reads local files that a drawing names, hangs or falls over on some drawings of a
few lines, and leaves out without a word what it does not know. So it never sees a person's file.
The file is read once, by the standard XML parser, into a tree; of this tree another drawing is
written that holds only elements, attributes and values known here, no style sheet, and no address
but of its own parts. What would be shown wrong is refused, with the reason and the line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from legato.storage.svg import values
from legato.storage.svg.cost import TooMuchError
from legato.storage.svg.look import Look, Looks, View, stroke_first
from legato.storage.svg.styles import Styles
from legato.storage.svg.text import TextLines
from legato.storage.svg.tree import Element, RefusedError, parse_tree
from legato.storage.svg.writer import MOST_SVG_BYTES, Writer

__all__ = ["RefusedError", "safe_svg", "svg_fault"]

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")
Path = tuple[Element, ...]
Attributes = dict[str, str]

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
_MOVING = frozenset(
    ["animate", "animateColor", "animateMotion", "animateTransform", "set", "discard"]
)
_UNSEEN = {"title", "desc", "metadata", "font"}
_LEFT_OUT = frozenset(
    [
        "title",
        "desc",
        "metadata",
        "style",
        "view",
        "font",
        "font-face",
        "color-profile",
        "cursor",
        "clipPath",
        "marker",
        "mask",
    ]
)
"""What is not seen itself; clip paths and markers are written with what they are used by."""
_GROUPS = {"g": "g", "a": "g", "defs": "defs", "symbol": "symbol"}
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
_ACROSS = frozenset(("x", "width", "cx", "rx", "x1", "x2", "fx"))
_DOWN = frozenset(("y", "height", "cy", "ry", "y1", "y2", "fy"))
_MASK: Final = {
    "maskUnits": "userSpaceOnUse",
    "x": "-100000",
    "y": "-100000",
    "width": "200000",
    "height": "200000",
}
"""A clip path is written as a mask, which the library knows: all of what is white is seen."""
_ALIGNED = {"xMin": 0.0, "xMid": 0.5, "xMax": 1.0}
_NOT_CUT = {"none", "inherit", "initial", "unset", ""}
_CLIP = "it is cut out by what is not known here (clip-path)"


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
        RefusedError: It is not shown; the message says why.
    """
    if data.startswith(b"\x1f\x8b"):
        raise RefusedError("it is compressed; save it as plain SVG")
    if len(data) > MOST_SVG_BYTES:
        raise RefusedError(f"it is larger than {MOST_SVG_BYTES // 1_000_000} MB")
    try:
        return _Filter(parse_tree(data)).written()
    except (TooMuchError, ValueError) as error:
        raise RefusedError(str(error)) from error


class _Filter:
    """One drawing: raises at the first thing in it that cannot be shown."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._writer = Writer()
        self._styles = Styles()
        self._looks = Looks(self._gradient_name)
        self._named: dict[str, Path] = {}
        self._view: View | None = None
        self._later: list[tuple[object, Path, Look]] = []
        self._noted: set[object] = set()
        self._wanted: dict[str, None] = {}
        self._placed: set[str] = set()

    def written(self) -> bytes:
        """Return the filtered drawing."""
        self._survey((self._root,))
        attributes = self._size()
        path = (self._root,)
        own, look = self._read(path, Look())
        own.pop("transform", None)
        self._begin("svg", {**self._id(self._root), **attributes, **own}, path)
        self._inside(path, look)
        while self._later or self._missing():
            while self._later:
                key, of, seen = self._later.pop(0)
                (self._marker if of[-1].name == "marker" else self._mask)(key, of, seen)
            for name in self._missing():
                self._elsewhere(self._named[name])
        self._writer.end()
        return self._writer.whole()

    def _missing(self) -> list[str]:
        """Return what is referred to and stands where nothing is written, as in a clip path."""
        return [name for name in self._wanted if name not in self._placed]

    def _elsewhere(self, path: Path) -> None:
        self._placed.add(path[-1].attributes["id"])
        self._begin("defs", {}, path)
        self._element(path, self._look_at(path))
        self._writer.end()

    def _survey(self, path: Path) -> None:
        """Note ids and style sheets, and refuse what cannot be shown wherever it stands."""
        element = path[-1]
        if name := element.attributes.get("id"):
            # Two elements of one name are a mistake; the first one counts, as in browsers.
            self._named.setdefault(name, path)
        if element.name == "style":
            self._styles.add(element)
        for href in ("href", "xlink:href"):
            if href in element.attributes:
                _with_line(element, values.link, element.attributes[href])
        for inner in element.elements() if element.name not in _UNSEEN else ():
            if inner.attributes.get("requiredExtensions", "").strip():
                continue
            if inner.name in _MOVING:
                raise RefusedError("it moves, and drawings are shown still", inner.line)
            if inner.name in _FORBIDDEN:
                raise RefusedError(f"it holds {_FORBIDDEN[inner.name]}", inner.line)
            self._survey((*path, inner))

    def _size(self) -> Attributes:
        """Return what is told of the drawing's size, and note its measures."""
        attributes = self._root.attributes
        sizes = []
        for name in ("width", "height"):
            written = attributes.get(name, "").strip()
            absolute = written and not written.endswith("%") and "(" not in written
            sizes.append(
                _with_line(self._root, values.length, written, 16.0, 0.0) if absolute else None
            )
        width, height = sizes
        view = values.numbers(attributes.get("viewBox", ""))
        size: Attributes = {}
        if width and height and min(width, height) > 0:
            size = {"width": values.text_of(width), "height": values.text_of(height)}
            view = view if len(view) == 4 else [0.0, 0.0, width, height]  # noqa: PLR2004
        if len(view) == 4 and min(view[2:]) > 0:  # noqa: PLR2004 - left, top, width, height
            self._view = (view[0], view[1], view[2], view[3])
            size["viewBox"] = " ".join(map(values.text_of, view))
        return size

    def _read(self, path: Path, outer: Look) -> tuple[Attributes, Look]:
        """Return the attributes that show the style of the last of `path`, and its look."""
        style = self._styles.of(path)
        return _with_line(path[-1], self._looks.read, path[-1], style, outer, self._view)

    def _look_at(self, path: Path) -> Look:
        """Return the look that the last of `path` inherits from where it stands."""
        look = Look()
        for depth in range(1, len(path)):
            _, look = self._read(path[:depth], look)
        return look

    def _begin(self, name: str, attributes: Attributes, path: Path) -> None:
        self._writer.begin(name, attributes, path[-1].line)

    def _empty(self, name: str, attributes: Attributes, path: Path) -> None:
        self._writer.begin(name, attributes, path[-1].line, is_empty=True)

    def _inside(self, path: Path, look: Look) -> None:
        for inner in path[-1].elements():
            self._element((*path, inner), look)

    def _element(self, path: Path, outer: Look) -> None:
        element = path[-1]
        if element.name in _LEFT_OUT or element.attributes.get("requiredExtensions", "").strip():
            return
        own, look = self._read(path, outer)
        clip = self._clip(path)
        own = {**self._id(element), **own}
        if element.name in _GROUPS or element.name == "switch":
            self._group(path, look, {**own, **clip} if element.name != "defs" else own)
        elif element.name in _GRADIENTS:
            self._gradient(path, look, own)
        elif element.name in _DRAWN:
            if clip:
                transform = {"transform": own.pop("transform")} if "transform" in own else {}
                self._begin("g", {**transform, **clip}, path)
            self._drawn(path, look, own)
            if clip:
                self._writer.end()
        elif element.name not in {"stop", "tspan"}:
            raise RefusedError(
                f"it holds something that is not known here: {element.name[:40]}", element.line
            )

    def _drawn(self, path: Path, look: Look, own: Attributes) -> None:
        element = path[-1]
        if element.name == "use":
            self._use(path, look, own)
        elif element.name == "text":
            self._text(path, look, own)
        else:
            if stroke_first(look):
                text = "its outline lies under its colour (paint-order)"
                raise RefusedError(text, element.line)
            own.update(self._shape(path, look))
            markers = self._markers(element, look) if element.name in _MARKED else {}
            name = element.name
            if markers and (corners := own.pop("points", "")):
                # The library turns markers at the end of such lines the wrong way.
                own["d"] = f"M{corners}{'Z' if name == 'polygon' else ''}"
                name = "path"
            self._empty(name, {**own, **markers}, path)

    def _id(self, element: Element) -> Attributes:
        name = element.attributes.get("id")
        if not name or self._named[name][-1] is not element:
            return {}
        self._placed.add(name)
        return {"id": self._writer.name(name)}

    def _group(self, path: Path, look: Look, own: Attributes) -> None:
        element = path[-1]
        if element.name == "switch":
            self._switch(path, look, own)
            return
        if element.name != "symbol":
            self._begin(_GROUPS[element.name], own, path)
            self._inside(path, look)
            self._writer.end()
            return
        # The library knows neither the measures of a symbol nor how to use one within another.
        mask = own.pop("mask", "")
        box = _box(element)
        if box is not None and self._overflow(path) != "visible":
            mask = f"url(#{self._later_name(('box', *box), path, Look())})"
        self._begin("symbol", own, path)
        self._grouped(path, look, {"mask": mask} if mask else {})
        self._writer.end()

    def _grouped(self, path: Path, look: Look, own: Attributes) -> None:
        """Write what is inside as one group."""
        self._begin("g", own, path)
        self._inside(path, look)
        self._writer.end()

    def _overflow(self, path: Path) -> str:
        style = self._styles.of(path)
        return style.get("overflow", "").casefold().replace("auto", "visible")

    def _switch(self, path: Path, look: Look, own: Attributes) -> None:
        """Write the first part that fits here, or all where that depends on the language."""
        fitting = [
            one
            for one in path[-1].elements()
            if one.name in _DRAWN and not one.attributes.get("requiredExtensions", "").strip()
        ]
        if any("systemLanguage" in one.attributes for one in fitting[:1]):
            raise RefusedError("it looks different in each language", path[-1].line)
        self._begin("g", own, path)
        if fitting:
            self._element((*path, fitting[0]), look)
        self._writer.end()

    def _shape(self, path: Path, look: Look) -> Attributes:
        """Return where the corners and sides of a shape are."""
        element, found = path[-1], {}
        style = self._styles.of(path)
        for name in _MEASURES[element.name]:
            written = style.get(name, element.attributes.get(name, ""))
            if written and written != "auto":
                length = self._length(element, name, written, look)
                if length is not None:
                    found[name] = values.text_of(length)
        if element.name == "rect" and ("rx" in found) != ("ry" in found):
            radius = found.pop("rx", "") or found.pop("ry", "")
            found.update(rx=radius, ry=radius)
        for name, read in (("d", values.path), ("points", values.points)):
            written = element.attributes.get(name, "")
            if written and (name == "d") == (element.name == "path"):
                steps = read(written)
                if steps is None:
                    raise RefusedError("it has a line that is damaged", element.line)
                found[name] = steps
        return found

    def _length(self, element: Element, name: str, written: str, look: Look) -> float | None:
        whole = None
        if self._view is not None:
            _, _, width, height = self._view
            whole = width if name in _ACROSS else height if name in _DOWN else None
            whole = ((width**2 + height**2) / 2) ** 0.5 if whole is None else whole
        return _with_line(element, values.length, written, look.font_size, whole)

    def _use(self, path: Path, look: Look, own: Attributes) -> None:
        element = path[-1]
        link = element.attributes.get("href") or element.attributes.get("xlink:href") or ""
        target = self._named.get(link.strip()[1:])
        if target is None or target[-1].name not in _DRAWN:
            return
        x, y = (
            self._length(element, name, element.attributes.get(name, "0"), look) or 0.0
            for name in ("x", "y")
        )
        box = _box(target[-1]) if target[-1].name == "symbol" else None
        if box is not None:
            moved = self._moved(element, target[-1], box, (x, y), look)
            own["transform"] = f"{own.get('transform', '')} {moved}".strip()
        elif x or y:
            own.update(x=values.text_of(x), y=values.text_of(y))
        self._wanted[link.strip()[1:]] = None
        name = self._writer.name(link.strip()[1:])
        self._empty("use", {**own, "xlink:href": f"#{name}"}, path)

    def _moved(
        self,
        element: Element,
        symbol: Element,
        box: View,
        place: tuple[float, float],
        look: Look,
    ) -> str:
        """Return how a symbol with measures of its own is moved and scaled where it is used."""
        sizes = []
        for at, name in enumerate(("width", "height")):
            default = symbol.attributes.get(name, "100%")
            written = element.attributes.get(name, default)
            if self._view is None and written.endswith("%"):
                sizes.append(box[2 + at])
            else:
                sizes.append(self._length(element, name, written, look) or 0.0)
        fit = symbol.attributes.get("preserveAspectRatio", "xMidYMid meet").split()
        scales = [sizes[0] / box[2], sizes[1] / box[3]]
        fit = fit or ["xMidYMid"]
        if fit[0] != "none":
            scales = [max(scales) if "slice" in fit[1:] else min(scales)] * 2
        shares = (fit[0][:4], fit[0][4:].replace("Y", "x", 1))
        moves = [
            place[at]
            + (sizes[at] - box[2 + at] * scales[at])
            * (_ALIGNED.get(shares[at], 0.5) if fit[0] != "none" else 0.0)
            - box[at] * scales[at]
            for at in (0, 1)
        ]
        return f"matrix({' '.join(map(values.text_of, (scales[0], 0, 0, scales[1], *moves)))})"

    def _text(self, path: Path, look: Look, own: Attributes) -> None:
        def read(inner: Path, outer: Look) -> tuple[Attributes, Look]:
            return self._read(inner, outer)

        lines = _with_line(path[-1], TextLines(read, self._view).of, path, look)
        if len(lines) > 1:
            self._begin("g", own, path)
        for line in lines:
            attributes = dict(line.attributes) if len(lines) > 1 else {**own, **line.attributes}
            attributes["xml:space"] = "preserve"
            self._begin("text", attributes, path)
            for style, text in line.runs:
                if style:
                    self._begin("tspan", style, path)
                self._writer.text(text)
                if style:
                    self._writer.end()
            self._writer.end()
        if len(lines) > 1:
            self._writer.end()

    def _gradient_name(self, name: str) -> str:
        """Return what the gradient `name` is called when written; empty where there is none."""
        target = self._named.get(name)
        if target is None or target[-1].name not in _GRADIENTS:
            return ""
        self._wanted[name] = None
        return self._writer.name(name)

    def _gradient(self, path: Path, look: Look, own: Attributes) -> None:
        element = path[-1]
        found = {name: one for name, one in own.items() if name == "id"}
        in_box = self._inherited(path, "gradientUnits") != "userSpaceOnUse"
        for name in ("x1", "y1", "x2", "y2", "cx", "cy", "r", "fx", "fy"):
            written = element.attributes.get(name, "").strip()
            if written and in_box and written.endswith("%"):
                part = values.number(written[:-1])
                length = None if part is None else part / 100
            else:
                length = self._length(element, name, written, look) if written else None
            if length is not None:
                found[name] = values.text_of(length)
        for name, known in _GRADIENT_WORDS.items():
            if element.attributes.get(name) in known:
                found[name] = element.attributes[name]
        transform = element.attributes.get("gradientTransform", "")
        if turned := _with_line(element, values.transform, transform):
            found["gradientTransform"] = turned
        link = element.attributes.get("href") or element.attributes.get("xlink:href") or ""
        if written := self._gradient_name(link.strip()[1:]):
            found["xlink:href"] = f"#{written}"
        self._begin(element.name, found, path)
        for inner in element.elements():
            if inner.name == "stop":
                self._stop((*path, inner), look)
        self._writer.end()

    def _stop(self, path: Path, outer: Look) -> None:
        own, _ = self._read(path, outer)
        offset = values.fraction(path[-1].attributes.get("offset", "0")) or 0.0
        shown = {"offset": values.text_of(offset)}
        shown.update((name, own[name]) for name in ("stop-color", "stop-opacity") if name in own)
        self._empty("stop", shown, path)

    def _inherited(self, path: Path, name: str) -> str:
        """Return an attribute of a gradient, or of the one that it is made after."""
        for _ in range(20):
            element = path[-1]
            if name in element.attributes:
                return element.attributes[name]
            link = element.attributes.get("href") or element.attributes.get("xlink:href") or ""
            if (next_path := self._named.get(link.strip()[1:])) is None:
                break
            path = next_path
        return ""

    def _markers(self, element: Element, look: Look) -> Attributes:
        found = {}
        for end in ("marker-start", "marker-end"):
            written = look.kept.get(end, "none")
            url = _with_line(element, values.url, written)
            target = self._named.get(url[0]) if url else None
            if target is None or target[-1].name != "marker":
                continue
            # A marker in the colour of its line is another one for each line.
            paints = (look.kept.get("fill", "#000000"), look.kept.get("stroke", "none"))
            if any(one.startswith("url") for one in paints) or not _uses_context(target[-1]):
                key: object = target[-1].attributes["id"]
                name = self._later_name(key, target, Look(context=("none", "none")))
            else:
                key = (target[-1].attributes["id"], *paints)
                name = self._later_name(key, target, Look(context=paints))
            found[end] = f"url(#{name})"
        return found

    def _later_name(self, key: object, path: Path, look: Look) -> str:
        """Return the name of what is written at the end of the drawing, for all who use it."""
        if key not in self._noted:
            self._noted.add(key)
            self._later.append((key, path, look))
        return self._writer.name(key)

    def _marker(self, key: object, path: Path, seen: Look) -> None:
        element = path[-1]
        outer = replace(self._look_at(path), context=seen.context)
        own, look = self._read(path, outer)
        own = {"id": self._writer.name(key), **own}
        own.pop("transform", None)
        sizes = {"refX": 0.0, "refY": 0.0, "markerWidth": 3.0, "markerHeight": 3.0}
        for name, default in sizes.items():
            written = element.attributes.get(name, "")
            length = self._length(element, name, written, look) if written else None
            sizes[name] = default if length is None else length
            own[name] = values.text_of(sizes[name])
        # Without a box of its own the library does not scale a marker with its line.
        box = _box(element) or (0.0, 0.0, sizes["markerWidth"], sizes["markerHeight"])
        own["viewBox"] = " ".join(map(values.text_of, box))
        orient = element.attributes.get("orient", "").strip()
        turned = values.number(orient)
        if orient in {"auto", "auto-start-reverse"}:
            own["orient"] = orient
        elif turned is not None:
            own["orient"] = values.text_of(turned)
        for name, known in _MARKER_WORDS.items():
            if element.attributes.get(name, "").strip() in known:
                own[name] = element.attributes[name].strip()
        if self._overflow(path) == "visible":
            own["overflow"] = "visible"
        self._begin("marker", own, path)
        self._grouped(path, look, {})
        self._writer.end()

    def _clip(self, path: Path) -> Attributes:
        """Return the mask that cuts the last of `path`, if anything does."""
        written = self._styles.of(path).get("clip-path", "none").strip()
        if written.casefold() in _NOT_CUT:
            return {}
        url = _with_line(path[-1], values.url, written)
        if url is None or url[1]:
            raise RefusedError(_CLIP, path[-1].line)
        target = self._named.get(url[0])
        if target is None or target[-1].name != "clipPath":
            return {}
        return {"mask": f"url(#{self._later_name(('clip', url[0]), target, Look())})"}

    def _mask(self, key: object, path: Path, _look: Look) -> None:
        """Write a clip path, or the box of a symbol, as a mask."""
        self._begin("mask", {"id": self._writer.name(key), **_MASK}, path)
        if isinstance(key, tuple) and key[0] == "box":
            names = ("x", "y", "width", "height")
            box = {name: values.text_of(one) for name, one in zip(names, key[1:], strict=True)}
            self._empty("rect", {"fill": "#ffffff", "stroke": "none", **box}, path)
        else:
            self._clip_parts(path)
        self._writer.end()

    def _clip_parts(self, path: Path) -> None:
        element, style = path[-1], self._styles.of(path)
        if element.attributes.get("clipPathUnits", "") == "objectBoundingBox":
            raise RefusedError(
                "it is cut out by a share of each part (clipPathUnits)", element.line
            )
        if style.get("clip-path", "none").casefold() != "none":
            raise RefusedError("it is cut out twice (a clip path in a clip path)", element.line)
        own, look = self._read(path, self._look_at(path))
        if "transform" in own:
            self._begin("g", {"transform": own["transform"]}, path)
        for inner in element.elements():
            self._clip_part((*path, inner), look)
        if "transform" in own:
            self._writer.end()

    def _clip_part(self, path: Path, outer: Look) -> None:
        element = path[-1]
        if element.name in {"title", "desc", "metadata", "style"}:
            return
        own, look = self._read(path, outer)
        if own.get("display") == "none" or own.get("visibility") in {"hidden", "collapse"}:
            return
        if self._styles.of(path).get("clip-path", "none").casefold() != "none":
            raise RefusedError("it is cut out twice (a clip path in a clip path)", element.line)
        moved = {"transform": own["transform"]} if "transform" in own else {}
        if element.name in _MEASURES:
            rule = look.kept.get("clip-rule", "").strip().casefold()
            ruled = {"fill-rule": "evenodd"} if rule == "evenodd" else {}
            shape = self._shape(path, look)
            plain = {"fill": "#ffffff", "stroke": "none"}
            self._empty(element.name, {**moved, **plain, **ruled, **shape}, path)
        elif element.name == "use":
            self._clip_use(path, look, moved)
        else:
            raise RefusedError(f"it is cut out by {element.name[:40]}", element.line)

    def _clip_use(self, path: Path, look: Look, moved: Attributes) -> None:
        element = path[-1]
        link = element.attributes.get("href") or element.attributes.get("xlink:href") or ""
        target = self._named.get(link.strip()[1:])
        if target is None:
            return
        if target[-1].name not in _MEASURES:
            raise RefusedError(f"it is cut out by {target[-1].name[:40]}", element.line)
        x, y = (
            self._length(element, name, element.attributes.get(name, "0"), look) or 0.0
            for name in ("x", "y")
        )
        place = f"translate({values.text_of(x)} {values.text_of(y)})" if x or y else ""
        transform = f"{moved.get('transform', '')} {place}".strip()
        self._begin("g", {"transform": transform} if transform else {}, path)
        self._clip_part(target, look)
        self._writer.end()


_GRADIENT_WORDS: Final = {
    "gradientUnits": {"userSpaceOnUse", "objectBoundingBox"},
    "spreadMethod": {"pad", "reflect", "repeat"},
}
_MARKER_WORDS: Final = {
    "markerUnits": {"strokeWidth", "userSpaceOnUse"},
    "preserveAspectRatio": {
        "none",
        *(f"x{x}Y{y}{more}" for x in ("Min", "Mid", "Max") for y in ("Min", "Mid", "Max")
          for more in ("", " meet", " slice")),
    },
}  # fmt: skip


def _with_line(element: Element, read: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Return what `read` makes of the arguments; a refusal names the line of the element."""
    try:
        return read(*arguments, **named)
    except ValueError as error:
        raise RefusedError(str(error), element.line) from error


def _box(element: Element) -> View | None:
    found = values.numbers(element.attributes.get("viewBox", ""))
    if len(found) != 4 or min(found[2:]) <= 0:  # noqa: PLR2004 - left, top, width, height
        return None
    return found[0], found[1], found[2], found[3]


def _uses_context(element: Element) -> bool:
    return any(
        "context-" in one
        for inner in (element, *element.elements())
        for one in inner.attributes.values()
    ) or any(_uses_context(inner) for inner in element.elements())
