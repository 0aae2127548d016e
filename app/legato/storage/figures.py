"""Finds and reads the figure files of a folder."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.figure.model import Face, Order, Rest
from legato.domain.figure.props import Box, When
from legato.domain.problems import BadData
from legato.storage.figure_format import FIGURE
from legato.storage.safe_read import read_regular
from legato.storage.yaml.nodes import compose
from legato.storage.yaml.types import ProblemCollector, WrongValueError, capped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from legato.domain.figure.model import Arm, Figure, Frame, Leg, Pose
    from legato.domain.figure.props import Prop
    from legato.domain.problems import Problem
    from legato.storage.yaml.emit import Plain

MOST_BYTES = 64_000
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_figure_name(name: str) -> bool:
    """Return whether `name` may name a figure: small letters and digits, joined by hyphens."""
    return bool(_NAME.fullmatch(name))


def parse_figure(name: str, data: bytes, where: str) -> Figure:
    """Parse the content of a figure file.

    Args:
        name: The name of the figure: the stem of its file.
        data: The file's content.
        where: The file's path for problems.

    Raises:
        BadData: It is no figure; has every problem with line and column.
    """
    root = compose(data, where)
    findings = ProblemCollector(where)
    figure = None
    try:
        figure = FIGURE.read(root, "", findings)
    except WrongValueError as wrong:
        findings.note(wrong.node, "", wrong.text, wrong.hint)
    if findings.problems or figure is None:
        raise BadData(capped(findings.problems))
    return replace(figure, name=name)


def read_figure(path: Path) -> Figure:
    """Return the figure in the file at `path`, which is at most 64 kB.

    Raises:
        BadData: The file cannot be read, or is no figure.
    """
    return parse_figure(path.stem, read_regular(path, most_bytes=MOST_BYTES), str(path))


def own_figures(folder: Path) -> FigureFolder:
    """Return the figures in the folder of a routine, whose file is beside that folder."""
    return FigureFolder(folder, within=folder.parent)


class FigureFolder:
    """The figures of one folder; each is read once, when it is first requested.

    Args:
        path: The folder; it need not exist.
        within: Links to files outside of this folder are ignored; None allows all links.
    """

    def __init__(self, path: Path, within: Path | None = None) -> None:
        self._path = path
        self._within = within
        self._read: dict[str, Figure | tuple[Problem, ...]] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of all figure files, sorted; broken ones too."""
        try:
            stems = [file.stem for file in self._path.iterdir() if file.suffix == ".yaml"]
        except OSError:
            return ()
        return tuple(sorted(stem for stem in stems if _NAME.fullmatch(stem)))

    def has(self, name: str) -> bool:
        """Return whether there is a file for `name`, without reading it."""
        # Path.is_file raises for a name that is too long.
        if not is_figure_name(name) or not os.path.isfile(self._file(name)):  # noqa: PTH113
            return False
        if self._within is None:
            return True
        return self._file(name).resolve().is_relative_to(self._within.resolve())

    def figure(self, name: str, folder: str = "") -> Figure | None:
        """Return the figure `name`; None if there is none or its file is broken.

        Args:
            name: Its name.
            folder: The folder of a routine; a figure in it wins, and is read each time.
        """
        if folder and (own := own_figures(Path(folder))).has(name):
            return own.figure(name)
        entry = self._entry(name)
        return None if isinstance(entry, tuple) else entry

    def problems(self, name: str) -> tuple[Problem, ...]:
        """Return the problems of the file of `name`; none if it is fine or missing."""
        entry = self._entry(name)
        return entry if isinstance(entry, tuple) else ()

    def _entry(self, name: str) -> Figure | tuple[Problem, ...]:
        if name not in self._read:
            if not self.has(name):
                return ()
            try:
                self._read[name] = read_figure(self._file(name))
            except BadData as error:
                self._read[name] = error.problems
        return self._read[name]

    def _file(self, name: str) -> Path:
        return self._path / f"{name}.yaml"


DECIMALS = 4
"""Precision of lengths: a fifth of a millimetre on a person."""

_SEEN_WHOLE = (1.0, 1.0, 1.0)


def figure_text(figure: Figure) -> str:
    """Return YAML that `parse_figure` reads back as `figure`, if that is `rounded`."""
    from legato.storage.yaml.emit import inline_piece  # noqa: PLC0415 - reading does without

    head: dict[str, Plain] = {
        "shows": figure.shows,
        "view": figure.view.value,
        "window": _box(figure.window),
    }
    if figure.cycle_seconds:
        head["cycle"] = _number(figure.cycle_seconds)
    if figure.both:
        head["both"] = "yes"
    lines = [*_lines(head, ""), "frames:"]
    for frame in figure.frames:
        lines += [f"  {frame.name}:", *_frame(frame)]
    if figure.props:
        lines += ["props:", *(f"  - {inline_piece(_prop(prop))}" for prop in figure.props)]
    return "\n".join(lines) + "\n"


def rounded(figure: Figure) -> Figure:
    """Return `figure` with the numbers and poses that reading its file would give."""
    last = len(figure.frames) - 1
    return replace(
        figure,
        shows=" ".join(figure.shows.split()),
        window=_rounded_box(figure.window),
        cycle_seconds=round(figure.cycle_seconds, DECIMALS),
        frames=tuple(
            replace(frame, pose=_rounded_pose(frame.pose, figure, index / last if last else 1.0))
            for index, frame in enumerate(figure.frames)
        ),
        props=tuple(map(_rounded_prop, figure.props)),
    )


def _frame(frame: Frame) -> Iterator[str]:
    pose = frame.pose
    head: dict[str, Plain] = {"hip": _numbers(pose.hip), "torso": _number(pose.torso)}
    if pose.torso_length != 1.0:
        head["torso-length"] = _number(pose.torso_length)
    head["neck"] = _number(pose.neck)
    if pose.face is not Face.AHEAD:
        head["face"] = pose.face.value
    yield from _lines(head, "    ")
    yield "    arms:"
    yield from _lines({"near": _arm(pose.arm_near), "far": _arm(pose.arm_far)}, "      ")
    yield "    legs:"
    yield from _lines({"near": _leg(pose.leg_near), "far": _leg(pose.leg_far)}, "      ")
    tail: dict[str, Plain] = {}
    if frame.works:
        tail["works"] = [muscle.value for muscle in frame.works]
    if frame.order is not Order.USUAL:
        tail["order"] = frame.order.value
    yield from _lines(tail, "    ")


def _arm(arm: Arm) -> Plain:
    values: dict[str, Plain] = {"upper": _number(arm.upper), "fore": _number(arm.fore)}
    if arm.hand != arm.fore:
        values["hand"] = _number(arm.hand)
    return values | _limb(arm)


def _leg(leg: Leg) -> Plain:
    values: dict[str, Plain] = {
        "thigh": _number(leg.thigh),
        "shin": _number(leg.shin),
        "foot": _number(leg.foot),
    }
    if leg.turned:
        values["turned"] = "yes"
    return values | _limb(leg)


def _limb(limb: Arm | Leg) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    if limb.lengths != _SEEN_WHOLE:
        values["lengths"] = _numbers(limb.lengths)
    if limb.on is not Rest.NOTHING:
        values["on"] = limb.on.value
    return values


def _prop(prop: Prop) -> Plain:
    values: dict[str, Plain] = {"kind": prop.kind.value}
    if prop.box:
        values["box"] = _box(prop.box)
    if prop.ends:
        values["ends"] = [end.value for end in prop.ends]
    if prop.when is not When.ALWAYS:
        values["when"] = prop.when.value
    if any(prop.rolls):
        values["rolls"] = _numbers(prop.rolls)
    return values


def _lines(values: Mapping[str, Plain], indent: str) -> Iterator[str]:
    from legato.storage.yaml.emit import inline_piece, scalar_piece  # noqa: PLC0415 - likewise

    for key, value in values.items():
        piece = scalar_piece(value) if isinstance(value, str) else inline_piece(value)
        yield f"{indent}{key}: {piece}"


def _box(box: Box) -> Plain:
    return _numbers((box.left, box.bottom, box.right, box.top))


def _numbers(numbers: Sequence[float]) -> Plain:
    return [_number(number) for number in numbers]


def _number(number: float) -> str:
    text = f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _rounded_box(box: Box) -> Box:
    left, bottom, right, top = _round(box.left, box.bottom, box.right, box.top)
    return Box(left=left, bottom=bottom, right=right, top=top)


def _rounded_prop(prop: Prop) -> Prop:
    right, up = _round(*prop.rolls)
    return replace(prop, box=prop.box and _rounded_box(prop.box), rolls=(right, up))


def _rounded_pose(pose: Pose, figure: Figure, progress: float) -> Pose:
    hip = _round(*pose.hip)
    torso, neck, torso_length = _round(pose.torso, pose.neck, pose.torso_length)
    return replace(
        pose,
        hip=(hip[0], hip[1]),
        torso=torso,
        neck=neck,
        torso_length=torso_length,
        arm_near=_rounded_arm(pose.arm_near),
        arm_far=_rounded_arm(pose.arm_far),
        leg_near=_rounded_leg(pose.leg_near),
        leg_far=_rounded_leg(pose.leg_far),
        view=figure.view,
        facing=1,
        progress=progress,
        breath=0.0,
    )


def _rounded_arm(arm: Arm) -> Arm:
    upper, fore, hand, *lengths = _round(arm.upper, arm.fore, arm.hand, *arm.lengths)
    seen = (lengths[0], lengths[1], lengths[2])
    return replace(arm, upper=upper, fore=fore, hand=hand, lengths=seen)


def _rounded_leg(leg: Leg) -> Leg:
    thigh, shin, foot, *lengths = _round(leg.thigh, leg.shin, leg.foot, *leg.lengths)
    seen = (lengths[0], lengths[1], lengths[2])
    return replace(leg, thigh=thigh, shin=shin, foot=foot, lengths=seen)


def _round(*numbers: float) -> tuple[float, ...]:
    return tuple(round(number, DECIMALS) for number in numbers)
