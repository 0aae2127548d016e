"""The things around the person of a figure, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PropKind(StrEnum):
    """A thing around the person; a bolster is a cushion under the working knee."""

    MATTRESS = "mattress"
    BED = "bed"
    SHEET = "sheet"
    PILLOW = "pillow"
    CUSHION = "cushion"
    BOLSTER = "bolster"
    WALL = "wall"
    FLOOR = "floor"
    WOOD = "wood"
    ROLLER = "roller"
    BALL = "ball"
    BASIN = "basin"
    STRAP = "strap"
    GLASS = "glass"


class Anchor(StrEnum):
    """A place on the body that a strap or a glass is fixed to."""

    NEAR_GRIP = "near-grip"
    FAR_GRIP = "far-grip"
    NEAR_BALL = "near-ball"
    NEAR_ANKLE = "near-ankle"


class When(StrEnum):
    """The frames in which a thing is seen; it fades in and out between them."""

    ALWAYS = "always"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle: left, bottom, right, top, in heights of the person."""

    left: float
    bottom: float
    right: float
    top: float

    def __post_init__(self) -> None:
        if not (self.left < self.right and self.bottom < self.top):
            raise ValueError("a box needs left < right and bottom < top")

    @property
    def width(self) -> float:
        """The distance from left to right, in heights of the person."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The distance from bottom to top, in heights of the person."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing around the person.

    Attributes:
        kind: The kind of thing.
        box: Its place; None for a floor, a strap and a glass.
        ends: The two anchors of a strap, or the one anchor of a glass.
        when: The frames in which it is seen.
        rolls: Its movement from the first frame to the last, to the right and up, in heights.
    """

    kind: PropKind
    box: Box | None = None
    ends: tuple[Anchor, ...] = ()
    when: When = When.ALWAYS
    rolls: tuple[float, float] = (0.0, 0.0)

    def box_at(self, progress: float) -> Box | None:
        """Return the rectangle at `progress` from the first frame (0) to the last (1), or None."""
        if self.box is None or not any(self.rolls):
            return self.box
        right, up = (offset * progress for offset in self.rolls)
        return Box(
            left=self.box.left + right,
            bottom=self.box.bottom + up,
            right=self.box.right + right,
            top=self.box.top + up,
        )
