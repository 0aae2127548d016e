"""Makes `legs.svg`, the drawing of the legs from the front and from the back.

`python assets/body/make_legs.py` writes the file anew. Only the leg on the left of the page is
drawn, which facing us is the right one; whoever reads the file mirrors it about its view's axis. Lengths are in units of the
page, about 2.6 mm of a grown person; `d` is the distance from the axis, outwards.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

WIDTH, HEIGHT = 456, 424
AXES = {"front": 114.0, "back": 342.0}

Point: TypeAlias = tuple[float, float]
Piece: TypeAlias = tuple[str, tuple[Point, ...]]
Path_: TypeAlias = list[Piece]


class Edge:
    """A line down the leg, smooth through `(y, d)` points from top to bottom."""

    def __init__(self, *points: Point) -> None:
        self.points = points

    def at(self, y: float) -> Point:
        """Return `d` and its slope at `y`; beyond the ends the line goes straight on."""
        knots = self.points
        i = max(0, min(len(knots) - 2, sum(knot[0] <= y for knot in knots) - 1))
        (y0, d0), (y1, d1) = knots[i], knots[i + 1]
        h, t = y1 - y0, (y - y0) / (y1 - y0)
        m0, m1 = self._slope(i) * h, self._slope(i + 1) * h
        if not 0 <= t <= 1:
            end = (d0, m0, t) if t < 0 else (d1, m1, t - 1)
            return end[0] + end[1] * end[2], end[1] / h
        value = (
            (2 * t**3 - 3 * t**2 + 1) * d0
            + (t**3 - 2 * t**2 + t) * m0
            + (3 * t**2 - 2 * t**3) * d1
            + (t**3 - t**2) * m1
        )
        slope = 6 * (t**2 - t) * (d0 - d1) + (3 * t**2 - 4 * t + 1) * m0 + (3 * t**2 - 2 * t) * m1
        return value, slope / h

    def run(self, start: float, end: float) -> Path_:
        """Return the curves from `start` to `end`, either way round."""
        inner = sorted(y for y, _ in self.points if min(start, end) < y < max(start, end))
        ys = [start, *(inner if start < end else reversed(inner)), end]
        curves: Path_ = []
        for y0, y1 in pairwise(ys):
            (d0, m0), (d1, m1) = self.at(y0), self.at(y1)
            third = (y1 - y0) / 3
            controls = ((d0 + m0 * third, y0 + third), (d1 - m1 * third, y1 - third))
            curves.append(("C", (*controls, (d1, y1))))
        return curves

    def _slope(self, i: int) -> float:
        before, after = self.points[max(i - 1, 0)], self.points[min(i + 1, len(self.points) - 1)]
        return (after[1] - before[1]) / (after[0] - before[0])


class Bow:
    """A line across the leg, a parabola through three `(d, y)` points."""

    def __init__(self, outer: Point, middle: Point, inner: Point) -> None:
        self.points = (outer, middle, inner)

    def at(self, d: float) -> float:
        """Return `y` at `d`."""
        total = 0.0
        for i, (di, yi) in enumerate(self.points):
            share = yi
            for j, (dj, _) in enumerate(self.points):
                share *= 1.0 if i == j else (d - dj) / (di - dj)
            total += share
        return total

    def meets(self, edge: Edge) -> Point:
        """Return where it crosses `edge`."""
        y = self.points[1][1]
        for _ in range(40):
            y = self.at(edge.at(y)[0])
        return edge.at(y)[0], y

    def run(self, start: float, end: float) -> Path_:
        """Return the curve from `start` to `end`, both in `d`."""
        middle = self.at((start + end) / 2)
        y0, y1 = self.at(start), self.at(end)
        bend = 2 * middle - (y0 + y1) / 2
        controls = (
            (start + (end - start) / 3, y0 + (bend - y0) * 2 / 3),
            (start + (end - start) * 2 / 3, y1 + (bend - y1) * 2 / 3),
        )
        return [("C", (*controls, (end, y1)))]


def patch(outer: Edge, inner: Edge, top: Bow, bottom: Bow) -> Path_:
    """Return the closed shape between two lines down the leg and two across it."""
    a, b = top.meets(outer), top.meets(inner)
    c, e = bottom.meets(inner), bottom.meets(outer)
    return [
        ("M", (a,)),
        *top.run(a[0], b[0]),
        *inner.run(b[1], c[1]),
        *bottom.run(c[0], e[0]),
        *outer.run(e[1], a[1]),
        ("Z", ()),
    ]


def ended(outer: Edge, inner: Edge, top: Bow, foot: Path_) -> Path_:
    """Return the closed shape from a line across the leg down to a foot, drawn inner to outer."""
    a, b = top.meets(outer), top.meets(inner)
    start, end = foot[0][1][0], foot[-1][1][-1]
    return [
        ("M", (a,)),
        *top.run(a[0], b[0]),
        *inner.run(b[1], start[1]),
        *foot[1:],
        *outer.run(end[1], a[1]),
        ("Z", ()),
    ]


def oval(d: float, y: float, across: float, down: float) -> Path_:
    """Return an ellipse with the given half axes."""
    k = 0.5523
    a, b, ka, kb = across, down, across * k, down * k
    return [
        ("M", ((d + a, y),)),
        ("C", ((d + a, y + kb), (d + ka, y + b), (d, y + b))),
        ("C", ((d - ka, y + b), (d - a, y + kb), (d - a, y))),
        ("C", ((d - a, y - kb), (d - ka, y - b), (d, y - b))),
        ("C", ((d + ka, y - b), (d + a, y - kb), (d + a, y))),
        ("Z", ()),
    ]


def stroke(start: Point, *controls: Point) -> Path_:
    """Return an open line: a start, then three points for each curve."""
    triples = zip(controls[::3], controls[1::3], controls[2::3], strict=True)
    return [("M", (start,)), *(("C", triple) for triple in triples)]


def bracket(top: float, bottom: float) -> Path_:
    """Return the slim line beside a leg that takes in all of it."""
    tip, far, r = 86.0, 94.0, 8.0
    return [
        ("M", ((tip, top),)),
        ("C", ((tip + r / 2, top), (far, top + r / 2), (far, top + r))),
        ("L", ((far, bottom - r),)),
        ("C", ((far, bottom - r / 2), (tip + r / 2, bottom), (tip, bottom))),
    ]


def band(top: float, bottom: float) -> Path_:
    """Return the upright label on the bracket, which stands for all that it takes in."""
    near, far, r = 82.0, 106.0, 12.0
    k = r * 0.4477
    return [
        ("M", ((near, top + r),)),
        ("C", ((near, top + k), (near + k, top), (near + r, top))),
        ("C", ((far - k, top), (far, top + k), (far, top + r))),
        ("L", ((far, bottom - r),)),
        ("C", ((far, bottom - k), (far - k, bottom), (far - r, bottom))),
        ("C", ((near + k, bottom), (near, bottom - k), (near, bottom - r))),
        ("Z", ()),
    ]


OUTER = Edge(
    (10, 56), (32, 59.5), (58, 66), (84, 69.5), (112, 69), (142, 65.5), (170, 61), (194, 57.5),
    (208, 56.8), (222, 57.2), (236, 57), (252, 59.5), (270, 61), (290, 59.8), (314, 56.2),
    (338, 53), (358, 51.6), (372, 53), (382, 53), (391, 58), (400, 63.4),
)  # fmt: skip
INNER = Edge(
    (10, 0.3), (96, 0.3), (104, 1), (116, 3.2), (142, 7.6), (168, 12.6), (186, 14.6), (200, 14.8),
    (216, 13.4), (230, 15.4), (246, 15.4), (266, 13.6), (284, 13.8), (304, 17.4), (330, 23.6),
    (352, 27), (366, 26.2), (372, 25.8), (382, 27.4), (392, 24.6), (403, 21),
)  # fmt: skip
OUTER_STRIP = Edge(
    (40, 49), (62, 50.6), (90, 51.6), (120, 50.6), (150, 48.6), (180, 46.6), (200, 45.8),
    (216, 45.6), (244, 46.4),
)  # fmt: skip
INNER_STRIP = Edge((60, 20), (80, 20), (105, 21), (135, 24), (165, 26), (200, 25.4), (244, 25))
SEAT_STRIP = Edge(
    (36, 43), (60, 50), (84, 52.8), (104, 51.4), (122, 48.6), (146, 47.6), (172, 46), (204, 44.4),
)  # fmt: skip

HEM = Bow((74, 119), (36, 127), (2, 119))
WAIST = Bow((60, 30), (30, 30), (0, 30))
GROIN = Bow((52, 50), (30, 68), (3, 99))
HIP = Bow((70, 60), (60, 55), (48, 58))
THIGH_END = Bow((60, 195), (36, 190), (14, 196))
KNEE_END = Bow((60, 237), (36, 243), (14, 239))
SHIN_END = Bow((56, 360), (40, 364), (24, 360))
SEAT = Bow((52, 46), (28, 36), (0, 46))
FOLD = Bow((62, 112), (32, 126), (2, 113))
KNEE_BACK = Bow((60, 199), (36, 195), (14, 199))
CALF_START = Bow((60, 236), (36, 241), (14, 238))
CALF_END = Bow((56, 344), (38, 340), (22, 344))

TOES: Path_ = [
    ("M", ((21, 403),)),
    ("C", ((18.6, 410), (20.6, 417), (27, 417))),
    ("C", ((32.4, 417), (35.2, 413.4), (35.6, 408.6))),
    ("C", ((36.2, 416), (42.2, 416), (42.8, 407.6))),
    ("C", ((43.4, 414.2), (49, 414), (49.4, 406))),
    ("C", ((50.2, 411.8), (55.4, 411.2), (55.8, 403.8))),
    ("C", ((57.2, 408.4), (64.6, 407), (63.4, 400))),
]
HEEL_OUTER = Edge(*OUTER.points[:-3], (383, 50.6), (391, 52.8), (399, 58.6))
HEEL_INNER = Edge(*INNER.points[:-3], (382, 29.4), (392, 28), (402, 26.6))
HEEL: Path_ = [
    ("M", ((26.6, 402),)),
    ("C", ((26, 412), (31, 416.6), (38, 416.6))),
    ("C", ((44, 416.6), (48.2, 415), (50, 411))),
    ("C", ((52.400, 411.8), (57.6, 411.6), (60.4, 408.6))),
    ("C", ((63, 405.8), (61.6, 402.2), (58.6, 399))),
]


def silhouette(outer: Edge, inner: Edge, foot: Path_) -> Path_:
    """Return the whole leg from the waist down, a little over the middle where legs meet."""
    joined = Edge((10, -1), (98, -1), *inner.points[2:])
    return ended(outer, joined, WAIST, foot)


def shorts(hem: Bow) -> Path_:
    """Return half a pair of shorts, a little wider than what they cover."""
    outer = Edge((8, 57.6), (32, 61.4), (58, 68.2), (84, 72.2), (106, 73.4), (140, 73.8))
    inner = Edge((8, -1), (101, -1), (104, 0.4), (140, 2.4))
    return patch(outer, inner, Bow((60, 10), (30, 8.6), (0, 8)), hem)


FRONT = (
    ("skin", silhouette(OUTER, INNER, TOES)),
    ("light", oval(40, 150, 19, 50)),
    ("shade", oval(36, 205, 17, 30)),
    ("light", oval(35.4, 213, 10, 13)),
    ("light", oval(34, 286, 8, 52)),
    ("light", oval(48, 270, 8, 30)),
    ("light", oval(42, 392, 10, 12)),
    ("line", stroke((24, 178), (25, 190), (22, 198), (18, 200))),
    ("line", stroke((44, 206), (45, 216), (43, 225), (37, 228))),
    ("line", stroke((28, 208), (27, 216), (28.6, 223), (32.6, 227))),
    ("line", stroke((30, 250), (29, 285), (31, 315), (36, 345))),
    ("line", stroke((30, 371), (28, 374), (28.600, 378), (31, 380))),
    ("line", stroke((48.6, 372), (50.6, 375), (50, 379), (48, 381))),
    ("line", stroke((35.6, 408.6), (36, 405), (36.6, 402), (37.2, 399))),
    ("line", stroke((42.8, 407.6), (43.2, 404.4), (43.6, 402), (44.2, 399.4))),
    ("line", stroke((49.4, 406), (49.8, 403.4), (50.2, 401), (50.6, 399))),
    ("line", stroke((55.8, 403.8), (56, 401.6), (56.2, 399.4), (56.4, 397.6))),
    ("shade", oval(37, 122, 42, 18)),
    ("clothes", shorts(HEM)),
    ("seam", stroke((59.6, 22), (40, 20.6), (20, 20), (-1, 20))),
    ("seam", stroke((73.6, 113), (56, 119.6), (22, 122), (1.6, 113))),
    ("seam", stroke((0, 22), (0, 50), (0, 76), (0, 98))),
    ("seam", stroke((3, 22), (5, 28), (6, 34), (5, 40))),
    ("seam", stroke((58, 34), (54, 42), (50, 48), (44, 54))),
    ("bracket", bracket(40, 414)),
    ("region outer-thigh", patch(OUTER, OUTER_STRIP, HIP, THIGH_END)),
    ("region front-of-thigh", patch(OUTER_STRIP, INNER_STRIP, GROIN, THIGH_END)),
    ("region inner-thigh", patch(INNER_STRIP, INNER, GROIN, THIGH_END)),
    ("region outer-knee", patch(OUTER, OUTER_STRIP, THIGH_END, KNEE_END)),
    ("region front-of-knee", patch(OUTER_STRIP, INNER_STRIP, THIGH_END, KNEE_END)),
    ("region inner-knee", patch(INNER_STRIP, INNER, THIGH_END, KNEE_END)),
    ("region shin", patch(OUTER, INNER, KNEE_END, SHIN_END)),
    ("region ankle", ended(OUTER, INNER, SHIN_END, TOES)),
    ("region whole-leg", band(148, 308)),
)
BACK = (
    ("skin", silhouette(HEEL_OUTER, HEEL_INNER, HEEL)),
    ("light", oval(38, 158, 18, 34)),
    ("shade", oval(36, 216, 14, 22)),
    ("light", oval(48, 268, 9, 30)),
    ("light", oval(27, 276, 9, 34)),
    ("shade", oval(38, 318, 6, 22)),
    ("light", oval(38, 400, 8, 10)),
    ("line", stroke((47, 203), (44, 208), (29, 209), (25, 204))),
    ("line", stroke((46, 196), (49, 190), (50, 184), (50, 176))),
    ("line", stroke((24, 196), (22, 190), (21, 184), (21, 176))),
    ("line", stroke((37, 246), (38, 262), (38, 280), (37.600, 296))),
    ("line", stroke((52, 302), (47, 312), (43, 316), (40.600, 324))),
    ("line", stroke((24, 306), (29, 316), (33, 320), (35.600, 328))),
    ("line", stroke((43.4, 352), (42.6, 366), (43.4, 378), (45.4, 388))),
    ("line", stroke((34.6, 352), (35, 366), (34, 378), (32.4, 388))),
    ("line", stroke((50, 411), (50.6, 405), (51, 400), (52, 395))),
    ("shade", oval(37, 122, 42, 18)),
    ("clothes", shorts(HEM)),
    ("light", oval(34, 84, 24, 30)),
    ("seam", stroke((59.6, 22), (40, 20.6), (20, 20), (-1, 20))),
    ("seam", stroke((73.6, 113), (56, 119.6), (22, 122), (1.6, 113))),
    ("seam", stroke((0, 22), (0, 50), (0, 76), (0, 99))),
    ("seam", stroke((8, 106), (18, 113), (34, 113), (44, 106))),
    ("bracket", bracket(40, 414)),
    ("region outer-thigh", patch(OUTER, SEAT_STRIP, HIP, KNEE_BACK)),
    ("region buttock", patch(SEAT_STRIP, INNER, SEAT, FOLD)),
    ("region back-of-thigh", patch(SEAT_STRIP, INNER, FOLD, KNEE_BACK)),
    ("region back-of-knee", patch(OUTER, INNER, KNEE_BACK, CALF_START)),
    ("region calf", patch(OUTER, INNER, CALF_START, CALF_END)),
    ("region ankle", ended(HEEL_OUTER, HEEL_INNER, CALF_END, HEEL)),
    ("region back-of-leg", band(148, 308)),
)


def written(path: Path_, axis: float) -> str:
    """Return a path as SVG has it, with absolute commands only."""
    return " ".join(
        letter + " ".join(f"{round(axis - d, 2):g} {round(y, 2):g}" for d, y in points)
        for letter, points in path
    )


def svg() -> str:
    """Return the whole file."""
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">']
    for view, shapes in (("front", FRONT), ("back", BACK)):
        axis = AXES[view]
        lines.append(f'  <g id="{view}" data-axis="{axis:g}">')
        for name, path in shapes:
            kind, _, place = name.partition(" ")
            data = f' data-place="{place}"' if place else ""
            lines.append(f'    <path class="{kind}"{data} d="{written(path, axis)}"/>')
        lines.append("  </g>")
    return "\n".join([*lines, "</svg>", ""])


if __name__ == "__main__":
    Path(__file__).with_name("legs.svg").write_text(svg(), encoding="utf-8")
