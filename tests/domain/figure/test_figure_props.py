"""The places of the things around a figure."""

from __future__ import annotations

import pytest

from legato.domain.figure.props import Anchor, Box, Prop, PropKind

PLACE = Box(left=0.0, bottom=0.1, right=0.2, top=0.3)


def test_thing_that_does_not_roll_stays() -> None:
    """Without `rolls` the rectangle is the same at any progress."""
    prop = Prop(kind=PropKind.BALL, box=PLACE)

    assert prop.box_at(0.7) is PLACE


@pytest.mark.parametrize("progress", [0.0, 0.5, 1.0])
def test_ball_rolls_with_the_body(progress: float) -> None:
    """The ball moves in proportion to the progress and keeps its size."""
    prop = Prop(kind=PropKind.BALL, box=PLACE, rolls=(0.04, -0.02))

    at = prop.box_at(progress)

    assert at is not None
    assert (at.left, at.top) == pytest.approx((0.04 * progress, 0.3 - 0.02 * progress))
    assert (at.width, at.height) == pytest.approx((PLACE.width, PLACE.height))


def test_strap_has_no_place_of_its_own() -> None:
    """A strap has no rectangle: it is where the hands are."""
    strap = Prop(kind=PropKind.STRAP, ends=(Anchor.NEAR_GRIP, Anchor.NEAR_BALL))

    assert strap.box_at(0.5) is None
