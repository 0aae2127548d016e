"""Checks a pose against what a body can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.figure.joints import (
    FOOT_DOWN_MOST,
    FOOT_UP_MOST,
    KNEE_MOST,
    foot_lift,
    knee_bend,
)
from legato.domain.figure.model import Limb, View

if TYPE_CHECKING:
    from legato.domain.figure.model import Pose

ROUNDING_DEGREES = 0.5


def strains(pose: Pose) -> tuple[str, ...]:
    """Return what no body can do in `pose`, as sentences.

    Only limbs that show their true angles are checked: none from the front, none foreshortened.
    """
    if pose.view is View.FRONT:
        return ()
    found = []
    for limb in Limb:
        leg = pose.leg(limb)
        if min(leg.lengths) < 1.0:
            continue
        facing = leg.facing(pose.facing)
        bend, lift = knee_bend(leg, facing), foot_lift(leg, facing)
        if not -ROUNDING_DEGREES <= bend <= KNEE_MOST:
            found.append(f"the {limb} knee is bent {bend:.0f} degrees, not 0 to {KNEE_MOST:.0f}")
        if not -FOOT_DOWN_MOST <= lift <= FOOT_UP_MOST:
            found.append(
                f"the {limb} foot is drawn up {lift:.0f} degrees,"
                f" not -{FOOT_DOWN_MOST:.0f} to {FOOT_UP_MOST:.0f}"
            )
    return tuple(found)
