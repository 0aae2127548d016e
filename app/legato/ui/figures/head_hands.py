"""Draws the head (from the side and the front, eyes closed) and the hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from legato.domain.figure.model import Rest
from legato.ui.figures.curves import Bone, closed, pieced, smooth
from legato.ui.figures.ink import faded

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from legato.domain.figure.joints import Joints
    from legato.domain.figure.model import Pose
    from legato.ui.figures.curves import Placement
    from legato.ui.figures.ink import Cloth, FigureCanvas

Outline: TypeAlias = tuple[tuple[float, float], ...]
"""Pairs of along and across a bone, in heights; on the head towards the crown and the face."""

NECK_SHADE = 0.10
"""Opacity of the shade on the neck."""

FACE_SIDE = (
    (0.1815, -0.004),
    (0.1755, 0.024),
    (0.158, 0.042),
    (0.1385, 0.0475),
    (0.1265, 0.0455),
    (0.116, 0.0505),
    (0.1035, 0.0600),
    (0.0985, 0.0575),
    (0.0955, 0.0510),
    (0.0895, 0.0515),
    (0.0850, 0.0530),
    (0.0815, 0.0500),
    (0.0780, 0.0520),
    (0.0725, 0.0475),
    (0.0640, 0.0490),
    (0.0545, 0.0440),
    (0.0505, 0.0320),
    (0.0560, 0.0100),
    (0.0660, -0.0080),
    (0.0740, -0.0260),
    (0.0900, -0.0430),
    (0.1150, -0.0505),
    (0.1400, -0.0490),
    (0.1650, -0.0350),
    (0.1780, -0.0190),
)
HAIR_SIDE = (
    (0.1610, 0.0400),
    (0.1750, 0.0350),
    (0.1865, 0.0130),
    (0.1885, -0.0120),
    (0.1800, -0.0350),
    (0.1600, -0.0520),
    (0.1330, -0.0580),
    (0.1050, -0.0545),
    (0.0860, -0.0440),
    (0.0770, -0.0310),
    (0.0800, -0.0220),
    (0.0950, -0.0200),
    (0.1120, -0.0160),
    (0.1180, -0.0020),
    (0.1080, 0.0060),
    (0.1120, 0.0130),
    (0.1280, 0.0140),
    (0.1400, 0.0210),
    (0.1520, 0.0310),
)
EAR_SIDE = (
    (0.118, -0.009),
    (0.1185, -0.0015),
    (0.110, 0.0015),
    (0.099, -0.003),
    (0.0935, -0.009),
    (0.098, -0.0135),
    (0.110, -0.0145),
)
EYE_SIDE = ((0.1205, 0.0255), (0.1180, 0.0310), (0.1190, 0.0365))
BROW_SIDE = ((0.1325, 0.0235), (0.1360, 0.0305), (0.1345, 0.0385))
MOUTH_SIDE = ((0.0815, 0.0490), (0.0805, 0.0420), (0.0820, 0.0365))
FACE_FRONT: Outline = (
    (0.1815, 0.000),
    (0.1750, 0.0230),
    (0.1580, 0.0370),
    (0.1300, 0.0410),
    (0.1000, 0.0385),
    (0.0760, 0.0325),
    (0.0580, 0.0190),
    (0.0510, 0.0000),
)
HAIR_FRONT = (
    (0.1230, 0.0430),
    (0.1500, 0.0470),
    (0.1760, 0.0330),
    (0.1885, 0.0100),
    (0.1885, -0.0100),
    (0.1760, -0.0330),
    (0.1500, -0.0470),
    (0.1230, -0.0430),
)
FRINGE = (
    (0.1230, -0.0385),
    (0.1440, -0.0345),
    (0.1560, -0.0200),
    (0.1600, 0.0020),
    (0.1560, 0.0220),
    (0.1420, 0.0350),
    (0.1230, 0.0385),
)
EAR_FRONT = ((0.120, 0.038), (0.122, 0.045), (0.112, 0.048), (0.100, 0.044), (0.098, 0.038))
EYE_FRONT = ((0.1200, 0.0100), (0.1175, 0.0165), (0.1200, 0.0230))
BROW_FRONT = ((0.1330, 0.0085), (0.1360, 0.0165), (0.1330, 0.0245))
NOSE_FRONT = ((0.1120, 0.0025), (0.1000, 0.0065), (0.0970, 0.0010))
MOUTH_FRONT = ((0.0810, 0.0130), (0.0785, 0.0000), (0.0810, -0.0130))
NECK_SIDE: Outline = ((-0.030, 0.030), (0.010, 0.0235), (0.040, 0.0215), (0.075, 0.020))
NECK_SIDE_BACK: Outline = ((0.100, -0.034), (0.060, -0.0290), (0.020, -0.033), (-0.030, -0.044))
NECK_FRONT: Outline = ((-0.030, 0.036), (0.005, 0.0250), (0.040, 0.0220), (0.080, 0.022))


class DrawnHead:
    """The paths of head and neck.

    Args:
        placement: The placement of the figure.
        pose: The pose.
        joints: Its joints.
        facing_viewer: Whether the face is seen from the front.
    """

    def __init__(
        self, placement: Placement, pose: Pose, joints: Joints, *, facing_viewer: bool
    ) -> None:
        self.bone = Bone(placement, joints.neck, pose.neck, -pose.facing)
        self._front = facing_viewer

    def paint_neck(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        """Paint the neck, which extends under shirt and head."""
        front = NECK_FRONT if self._front else NECK_SIDE
        back = NECK_SIDE_BACK
        if self._front:
            back = tuple((along, -across) for along, across in reversed(front))
        neck = pieced(self.bone.through(front), self.bone.through(back))
        canvas.shape(neck, cloth.skin, cloth.skin_edge)
        canvas.fill(neck, faded(canvas.tones.shade, NECK_SHADE))

    def paint_head(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        """Paint face, hair and ears."""
        if self._front:
            self._paint_front(canvas, cloth)
        else:
            self._paint_side(canvas, cloth)

    def _paint_side(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        canvas.shape(closed(self.bone.through(FACE_SIDE)), cloth.skin, cloth.skin_edge)
        canvas.fill(closed(self.bone.through(HAIR_SIDE)), canvas.tones.hair)
        ear = closed(self.bone.through(EAR_SIDE))
        canvas.fill(ear, cloth.skin)
        canvas.line(ear, cloth.skin_edge, 0.8)
        for line in (EYE_SIDE, BROW_SIDE, MOUTH_SIDE):
            canvas.line(smooth(self.bone.through(line)), canvas.tones.features)

    def _paint_front(self, canvas: FigureCanvas, cloth: Cloth) -> None:
        for ear in (EAR_FRONT, _other(EAR_FRONT)):
            canvas.shape(closed(self.bone.through(ear)), cloth.skin, cloth.skin_edge)
        whole = (*FACE_FRONT, *_other(FACE_FRONT[-2:0:-1]))
        canvas.shape(closed(self.bone.through(whole)), cloth.skin, cloth.skin_edge)
        hair = pieced(self.bone.through(HAIR_FRONT), self.bone.through(FRINGE))
        canvas.fill(hair, canvas.tones.hair)
        for line in (EYE_FRONT, BROW_FRONT):
            for side in (line, _other(line)):
                canvas.line(smooth(self.bone.through(side)), canvas.tones.features)
        canvas.line(smooth(self.bone.through(NOSE_FRONT)), cloth.skin_edge, 0.9)
        canvas.line(smooth(self.bone.through(MOUTH_FRONT)), canvas.tones.features)


def _other(outline: Outline) -> Outline:
    """Return `outline` mirrored to the other side of the face."""
    return tuple((along, -across) for along, across in outline)


@dataclass(frozen=True, slots=True)
class Hand:
    """The outlines of one shape of a hand.

    Attributes:
        palm: Palm and fingers as one shape.
        thumb: The thumb, open where it joins the palm.
        creases: Lines between fingers.
    """

    palm: Outline
    thumb: Outline
    creases: tuple[Outline, ...] = ()


FLAT = Hand(
    palm=(
        (-0.012, -0.0125),
        (0.012, -0.0135),
        (0.040, -0.0130),
        (0.070, -0.0105),
        (0.094, -0.0060),
        (0.1065, 0.0010),
        (0.104, 0.0065),
        (0.080, 0.0070),
        (0.050, 0.0080),
        (0.020, 0.0115),
        (-0.012, 0.0120),
    ),
    thumb=((0.016, 0.0000), (0.034, -0.0010), (0.054, 0.0030), (0.060, 0.0080), (0.046, 0.0110)),
)
RELAXED = Hand(
    palm=(
        (-0.012, -0.0125),
        (0.014, -0.0165),
        (0.040, -0.0180),
        (0.066, -0.0150),
        (0.086, -0.0070),
        (0.0975, 0.0035),
        (0.0960, 0.0105),
        (0.082, 0.0115),
        (0.062, 0.0125),
        (0.040, 0.0145),
        (0.015, 0.0150),
        (-0.012, 0.0125),
    ),
    thumb=(
        (0.014, -0.0010),
        (0.032, 0.0040),
        (0.052, 0.0130),
        (0.062, 0.0195),
        (0.054, 0.0235),
        (0.034, 0.0195),
        (0.014, 0.0145),
    ),
    creases=(((0.062, 0.0010), (0.090, 0.0075)),),
)
FIST = Hand(
    palm=(
        (-0.012, -0.0125),
        (0.008, -0.0165),
        (0.030, -0.0205),
        (0.048, -0.0205),
        (0.060, -0.0150),
        (0.0635, -0.0020),
        (0.0600, 0.0120),
        (0.0500, 0.0190),
        (0.0340, 0.0205),
        (0.0140, 0.0160),
        (-0.012, 0.0125),
    ),
    thumb=(
        (0.008, 0.0080),
        (0.022, -0.0010),
        (0.040, -0.0060),
        (0.0535, -0.0050),
        (0.0560, 0.0020),
        (0.0430, 0.0060),
        (0.0300, 0.0130),
    ),
    creases=(((0.0630, 0.0040), (0.0500, 0.0070)), ((0.0590, 0.0130), (0.0460, 0.0125))),
)
CUPPED = Hand(
    palm=(
        (-0.012, -0.0125),
        (0.012, -0.0165),
        (0.036, -0.0190),
        (0.058, -0.0165),
        (0.077, -0.0070),
        (0.0880, 0.0070),
        (0.0880, 0.0200),
        (0.0790, 0.0265),
        (0.0690, 0.0235),
        (0.0610, 0.0160),
        (0.0400, 0.0150),
        (0.0150, 0.0155),
        (-0.012, 0.0125),
    ),
    thumb=(
        (0.010, -0.0010),
        (0.026, 0.0020),
        (0.042, 0.0130),
        (0.0500, 0.0245),
        (0.0435, 0.0295),
        (0.0300, 0.0230),
        (0.0140, 0.0150),
    ),
    creases=(((0.056, -0.0030), (0.074, 0.0050), (0.0800, 0.0190)),),
)
GRIPPING = (Rest.STRAP, Rest.GLASS, Rest.CHAIR)


class DrawnHand:
    """The paths of one hand.

    Args:
        bone: From the wrist to the finger tips; the palm faces its front.
        seen: Visible share of its length, 0 to 1.
        on: What it holds or rests on.
    """

    def __init__(self, bone: Bone, seen: float, on: Rest) -> None:
        self._bone = bone
        self._seen = seen
        self._hand = _held(on)

    def palm(self) -> QPainterPath:
        """Return palm and fingers."""
        return closed(self._through(self._hand.palm))

    def thumb(self) -> QPainterPath:
        """Return the thumb as an open path, to fill and to outline."""
        return smooth(self._through(self._hand.thumb))

    def creases(self) -> tuple[QPainterPath, ...]:
        """Return the lines between fingers."""
        return tuple(smooth(self._through(line)) for line in self._hand.creases)

    def _through(self, outline: Outline) -> list[tuple[float, float]]:
        return self._bone.through((along * self._seen, across) for along, across in outline)


def _held(on: Rest) -> Hand:
    if on in GRIPPING:
        return FIST
    if on.on_body or on is Rest.HIP:
        return CUPPED
    return RELAXED if on is Rest.NOTHING else FLAT
