"""Head and neck: in profile and facing the viewer, always calm, eyes closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.ui.figure_curves import Bone, closed, pieced, smooth

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from legato.domain.figure import Pose
    from legato.domain.figure_joints import Joints
    from legato.ui.figure_curves import Placement

# From the top of the trunk, in heights: towards the crown, towards the face.
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
EYE_SIDE = ((0.1215, 0.0275), (0.1190, 0.0330), (0.1205, 0.0390))
BROW_SIDE = ((0.1335, 0.0260), (0.1370, 0.0340), (0.1345, 0.0420))
MOUTH_SIDE = ((0.0815, 0.0490), (0.0805, 0.0420), (0.0820, 0.0365))
FACE_FRONT = (
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
NECK_SIDE = ((-0.030, 0.030), (0.010, 0.0235), (0.040, 0.0215), (0.075, 0.020))
NECK_SIDE_BACK = ((0.100, -0.034), (0.060, -0.0290), (0.020, -0.033), (-0.030, -0.044))
NECK_FRONT = ((-0.030, 0.036), (0.005, 0.0250), (0.040, 0.0220), (0.080, 0.022))


class DrawnHead:
    """The paths of head and neck.

    Args:
        placement: Where the figure is drawn.
        pose: The pose.
        joints: Its joints.
        facing_viewer: Whether the face is seen from the front.
    """

    def __init__(
        self, placement: Placement, pose: Pose, joints: Joints, *, facing_viewer: bool
    ) -> None:
        self.bone = Bone(placement, joints.neck, pose.neck, -pose.facing)
        self._front = facing_viewer

    def neck(self) -> QPainterPath:
        """Return the neck, which reaches into shirt and head."""
        if self._front:
            back = [(along, -across) for along, across in reversed(NECK_FRONT)]
            return pieced(self.bone.through(NECK_FRONT), self.bone.through(back))
        return pieced(self.bone.through(NECK_SIDE), self.bone.through(NECK_SIDE_BACK))

    def face(self) -> QPainterPath:
        """Return the skin of the head."""
        if not self._front:
            return closed(self.bone.through(FACE_SIDE))
        other = [(along, -across) for along, across in FACE_FRONT[-2:0:-1]]
        return closed(self.bone.through((*FACE_FRONT, *other)))

    def hair(self) -> QPainterPath:
        """Return the hair."""
        if not self._front:
            return closed(self.bone.through(HAIR_SIDE))
        return pieced(self.bone.through(HAIR_FRONT), self.bone.through(FRINGE))

    def ears(self) -> tuple[QPainterPath, ...]:
        """Return the ears that are seen."""
        if not self._front:
            return (closed(self.bone.through(EAR_SIDE)),)
        other = [(along, -across) for along, across in EAR_FRONT]
        return (closed(self.bone.through(EAR_FRONT)), closed(self.bone.through(other)))

    def features(self) -> tuple[QPainterPath, ...]:
        """Return eyes, brows, nose and mouth as lines."""
        lines = (EYE_SIDE, BROW_SIDE, MOUTH_SIDE)
        if self._front:
            pairs = (EYE_FRONT, BROW_FRONT)
            mirrored = tuple(tuple((a, -b) for a, b in line) for line in pairs)
            lines = (*pairs, *mirrored, NOSE_FRONT, MOUTH_FRONT)  # type: ignore[assignment]
        return tuple(smooth(self.bone.through(line)) for line in lines)
