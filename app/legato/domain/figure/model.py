"""The data of a figure: the poses of one exercise, the muscles that work, and the props.

Lengths are fractions of the person's height, y grows upwards, and y = 0 is the floor or the top of
the mattress. Angles are degrees on the page, 0 to the right and counter-clockwise, each from the
joint nearer to the trunk to the one further away. The near limb is the working one, and it is the
right one as drawn; the left is the whole drawing mirrored.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from legato.domain.figure.props import When

if TYPE_CHECKING:
    from legato.domain.figure.props import Box, Prop

Point: TypeAlias = tuple[float, float]
"""A place on the page: x and y in heights of the person."""


class Limb(StrEnum):
    """One of two arms or legs; NEAR is the working side."""

    NEAR = "near"
    FAR = "far"


class View(StrEnum):
    """The direction of view: from the side, from above a person lying on the side, or in front."""

    SIDE = "side"
    TOP = "top"
    FRONT = "front"


class Muscle(StrEnum):
    """A part that works and glows; CALF_UPPER with the knee straight, CALF_LOWER with it bent."""

    HAMSTRINGS = "hamstrings"
    QUADS = "quads"
    GLUTES = "glutes"
    IT_BAND = "it-band"
    CALF_UPPER = "calf-upper"
    CALF_LOWER = "calf-lower"
    SOLE = "sole"


class Rest(StrEnum):
    """What a hand or a foot holds or rests on; GROUND is the floor or the mattress."""

    NOTHING = "nothing"
    GROUND = "ground"
    WALL = "wall"
    PILLOW = "pillow"
    CHAIR = "chair"
    BOARD = "board"
    BALL = "ball"
    STRAP = "strap"
    GLASS = "glass"
    HIP = "hip"
    NEAR_THIGH = "near-thigh"
    FAR_THIGH = "far-thigh"
    NEAR_KNEE = "near-knee"
    FAR_KNEE = "far-knee"
    NEAR_SHIN = "near-shin"
    FAR_SHIN = "far-shin"
    NEAR_ANKLE = "near-ankle"
    NEAR_FOOT = "near-foot"

    @property
    def on_body(self) -> bool:
        """Whether this is a part of a leg, which moves with the leg."""
        return self.value.startswith(("near-", "far-"))


class Order(StrEnum):
    """The order of drawing, where it differs from the usual one.

    ARM_BEHIND_LEG puts the near arm behind the near leg, NEAR_LEG_BEHIND the near leg behind the
    far one, and NEAR_LEG_ACROSS, seen from the front, the near leg before the trunk.
    """

    USUAL = "usual"
    ARM_BEHIND_LEG = "arm-behind-leg"
    NEAR_LEG_BEHIND = "near-leg-behind"
    NEAR_LEG_ACROSS = "near-leg-across"


class Face(StrEnum):
    """The direction of the face: as the body, or to the viewer; from the front both are the same."""

    AHEAD = "ahead"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One arm.

    Attributes:
        upper: Degrees of the upper arm, from the shoulder to the elbow.
        fore: Degrees of the forearm, from the elbow to the wrist.
        hand: Degrees of the hand, from the wrist to the finger tips.
        lengths: Visible share of upper arm, forearm and hand (foreshortening), 0 to 1 each.
        on: What the hand holds or rests on.
    """

    upper: float
    fore: float
    hand: float
    lengths: tuple[float, float, float] = (1.0, 1.0, 1.0)
    on: Rest = Rest.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg.

    Attributes:
        thigh: Degrees of the thigh, from the hip to the knee.
        shin: Degrees of the shank, from the knee to the ankle.
        foot: Degrees of the sole, from the heel to the toes.
        lengths: Visible share of thigh, shank and foot (foreshortening), 0 to 1 each.
        on: What the foot rests on; NOTHING if it is in the air or lies.
        turned: Whether the leg is turned out so far that its front and back change places.
    """

    thigh: float
    shin: float
    foot: float
    lengths: tuple[float, float, float] = (1.0, 1.0, 1.0)
    on: Rest = Rest.NOTHING
    turned: bool = False

    def facing(self, person: int) -> int:
        """Return where the leg faces if the person faces `person`: 1 as drawn, -1 mirrored."""
        return -person if self.turned else person


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """The whole person at one moment.

    Attributes:
        hip: Where the hips are.
        torso: Degrees from the hips to the shoulders.
        neck: Degrees from the shoulders to the crown.
        arm_near: The arm on the working side.
        arm_far: The other arm.
        leg_near: The working leg.
        leg_far: The other leg.
        view: The direction of view.
        torso_length: Visible share of the length of the trunk.
        face: Where the face is turned.
        facing: 1 as drawn, -1 for the mirror image.
        progress: 0 in the first frame of the figure, 1 in the last.
        breath: -1 breathed out, 1 breathed in, 0 between the two.
    """

    hip: Point
    torso: float
    neck: float
    arm_near: Arm
    arm_far: Arm
    leg_near: Leg
    leg_far: Leg
    view: View = View.SIDE
    torso_length: float = 1.0
    face: Face = Face.AHEAD
    facing: int = 1
    progress: float = 0.0
    breath: float = 0.0

    def arm(self, limb: Limb) -> Arm:
        """Return the near or the far arm."""
        return self.arm_near if limb is Limb.NEAR else self.arm_far

    def leg(self, limb: Limb) -> Leg:
        """Return the near or the far leg."""
        return self.leg_near if limb is Limb.NEAR else self.leg_far


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A named pose of a figure: its start or hold, or one end of a movement.

    Attributes:
        name: Its name within the figure.
        pose: Where the body is.
        works: The muscles that glow in it.
        order: The order of drawing.
    """

    name: str
    pose: Pose
    works: tuple[Muscle, ...] = ()
    order: Order = Order.USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The picture of one exercise.

    Attributes:
        name: The name of its file and of the exercise that it shows.
        shows: A short description for users who cannot see it.
        view: The direction of view.
        window: The part of the page that is shown.
        frames: One or two poses, the first one first.
        props: Things around the person, from back to front.
        cycle_seconds: Seconds from the first frame to the last and back; 0 if the figure
            moves from start to hold and stays there.
        both: Whether both legs can do it at once.
    """

    name: str
    shows: str
    view: View
    window: Box
    frames: tuple[Frame, ...]
    props: tuple[Prop, ...] = ()
    cycle_seconds: float = 0.0
    both: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.frames) <= 2:  # noqa: PLR2004 - a start and an end
            raise ValueError(f"a figure has one or two frames, not {len(self.frames)}")
        if self.cycle_seconds < 0:
            raise ValueError(f"cycle_seconds must not be below 0, but is {self.cycle_seconds}")

    @property
    def cycles(self) -> bool:
        """Whether the figure moves to and fro instead of from start to hold."""
        return self.cycle_seconds > 0

    @property
    def start(self) -> Frame:
        """The first frame."""
        return self.frames[0]

    @property
    def hold(self) -> Frame:
        """The last frame, which is shown if there is room for only one picture."""
        return self.frames[-1]

    def frame(self, name: str) -> Frame:
        """Return the frame called `name`.

        Raises:
            KeyError: The figure has no such frame.
        """
        for frame in self.frames:
            if frame.name == name:
                return frame
        raise KeyError(name)

    def glow(self, pose: Pose) -> tuple[tuple[Muscle, float], ...]:
        """Return the muscles that work in `pose`, each with a strength above 0 and up to 1."""
        muscles = dict.fromkeys((*self.start.works, *self.hold.works))
        strengths = (
            (muscle, self._share(muscle in self.start.works, muscle in self.hold.works, pose))
            for muscle in muscles
        )
        return tuple((muscle, strength) for muscle, strength in strengths if strength > 0)

    def presence(self, prop: Prop, pose: Pose) -> float:
        """Return the opacity of `prop` in `pose`, 0 to 1."""
        return self._share(prop.when is not When.LAST, prop.when is not When.FIRST, pose)

    def order(self, pose: Pose) -> Order:
        """Return the order of drawing of the frame that is nearer to `pose`."""
        return (self.start if pose.progress < 0.5 else self.hold).order  # noqa: PLR2004 - half

    @staticmethod
    def _share(at_start: bool, at_hold: bool, pose: Pose) -> float:  # noqa: FBT001 - two flags
        return at_start * (1.0 - pose.progress) + at_hold * pose.progress
