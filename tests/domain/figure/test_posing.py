"""Pose editing: joints follow the drag as far as a body can, with the limbs beyond them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anatomy import strains
from legato import resources
from legato.domain.figure.joints import joints
from legato.domain.figure.model import Figure, Muscle, Pose
from legato.domain.figure.posing import (
    Handle,
    dragged,
    fitted,
    place_of,
    two_frames,
    with_pose,
    with_works,
)
from legato.storage.figures import FigureFolder

if TYPE_CHECKING:
    from pathlib import Path

ASSETS: Path = resources.find_bundled().assets


def drawn(name: str) -> Figure:
    """Return a figure that ships."""
    figure = FigureFolder(ASSETS / "figures").figure(name)
    assert figure is not None
    return figure


WALL = drawn("calf1-wall")
POSE: Pose = WALL.hold.pose
places = st.tuples(st.floats(-2, 2), st.floats(-2, 2))


@given(st.lists(st.tuples(st.sampled_from(Handle), places), max_size=8))
def test_no_drag_bends_a_body_too_far(drags: list[tuple[Handle, tuple[float, float]]]) -> None:
    """No drag takes knees and feet beyond their limits."""
    pose = POSE
    for handle, to in drags:
        pose = dragged(pose, handle, to)
    assert strains(pose) == ()


@pytest.mark.parametrize("handle", [Handle.NEAR_HAND, Handle.FAR_ELBOW, Handle.NECK])
def test_a_joint_points_where_it_is_dragged(handle: Handle) -> None:
    """A joint within its limits turns to the pointer."""
    before = place_of(POSE, handle)
    wanted = (before[0] - 0.02, before[1] + 0.03)
    assert math.dist(place_of(dragged(POSE, handle, wanted), handle), wanted) < math.dist(
        before, wanted
    )


def test_the_hips_take_everything_along() -> None:
    """Moving the hips moves each joint by the same distance."""
    x, y = POSE.hip
    moved = dragged(POSE, Handle.HIP, (x + 0.1, y))
    pairs = zip(joints(POSE).points(), joints(moved).points(), strict=True)
    assert all(math.isclose(new[0] - old[0], 0.1, abs_tol=1e-9) for old, new in pairs)


def test_a_knee_takes_the_foot_along() -> None:
    """Dragging a knee keeps the angle of the knee."""
    moved = dragged(POSE, Handle.NEAR_KNEE, (1.0, 0.2)).leg_near
    before = POSE.leg_near
    assert math.isclose(moved.shin - moved.thigh, before.shin - before.thigh, abs_tol=1e-6)


def test_the_head_turns_only_so_far() -> None:
    """A head that is dragged to the feet stops at its limit."""
    assert abs(dragged(POSE, Handle.CROWN, (0.0, -1.0)).neck - POSE.torso) <= 60.0 + 1e-6


def test_only_the_posed_frame_changes() -> None:
    """Posing the hold does not change the start."""
    posed = with_pose(WALL, 1, dragged(POSE, Handle.NEAR_KNEE, (1.0, 0.2)))
    assert two_frames(posed)[0].pose == two_frames(WALL)[0].pose
    assert two_frames(posed)[1].pose != two_frames(WALL)[1].pose


def test_the_window_shows_every_joint() -> None:
    """A stretched arm is within the picture, however far."""
    posed = fitted(with_pose(WALL, 1, dragged(POSE, Handle.HIP, (-1.0, 1.0))))
    window = posed.window
    for x, y in joints(posed.hold.pose).points():
        assert window.left < x < window.right
        assert window.bottom < y < window.top


def test_what_works_glows_in_the_hold() -> None:
    """The chosen muscles glow in the hold and not in the start."""
    posed = with_works(WALL, [Muscle.QUADS])
    assert posed.hold.works == (Muscle.QUADS,)
    assert posed.start.works == ()
