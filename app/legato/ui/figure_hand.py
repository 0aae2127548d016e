"""Hands: flat on something, relaxed, closed around a strap, or laid around a limb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from legato.domain.figure import Rest
from legato.ui.figure_curves import closed, smooth

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from legato.ui.figure_curves import Bone

Outline: TypeAlias = tuple[tuple[float, float], ...]
"""Places from the wrist, in heights: towards the finger tips, and towards the palm."""


@dataclass(frozen=True, slots=True)
class Hand:
    """One way to hold a hand.

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
        bone: From the wrist to the finger tips; its front is where the palm faces.
        seen: How much of its length is seen, 0 to 1.
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
        """Return the thumb as an open line, to be filled and drawn."""
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
