"""Prop sets around a figure: recognised, placed to fit, and not moved again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legato import resources
from legato.domain.figure.joints import joints
from legato.domain.figure.model import Figure, Rest
from legato.domain.figure.posing import fitted
from legato.domain.figure.prop_set import PropSet, prop_sets_of, with_prop_sets
from legato.domain.figure.props import PropKind
from legato.storage.figures import FigureFolder, figure_text, rounded

FIGURES = FigureFolder(resources.find_bundled().assets / "figures")


def drawn(name: str) -> Figure:
    """Return a figure that ships."""
    figure = FIGURES.figure(name)
    assert figure is not None
    return figure


SITTING = drawn("footbath")


@pytest.mark.parametrize("name", FIGURES.names())
def test_every_figure_that_ships_keeps_its_things(name: str) -> None:
    """All things of shipped figures belong to a set, and wanting the same sets moves nothing."""
    figure = drawn(name)
    kept = with_prop_sets(figure, prop_sets_of(figure))
    assert sorted(kept.props, key=repr) == sorted(figure.props, key=repr)
    assert kept.frames == figure.frames


@pytest.mark.parametrize("name", ["footbath", "calf1-wall", "ham-strap", "itb-cross"])
@pytest.mark.parametrize("thing", PropSet)
def test_each_prop_set_can_be_added_and_removed(name: str, thing: PropSet) -> None:
    """Each set can be added alone, written to a file, and removed."""
    bare = with_prop_sets(drawn(name), ())
    put = with_prop_sets(bare, {thing})
    assert prop_sets_of(put) == {thing}
    assert figure_text(rounded(put))
    assert with_prop_sets(put, ()).props == ()


def test_things_that_were_there_stay_in_place() -> None:
    """Adding a mattress does not move the wall."""
    wall = drawn("calf1-wall")
    more = with_prop_sets(wall, prop_sets_of(wall) | {PropSet.MATTRESS})
    assert set(wall.props) < set(more.props)


def test_a_seat_is_below_the_hips() -> None:
    """A chair is placed below the person who sits."""
    put = with_prop_sets(with_prop_sets(SITTING, ()), {PropSet.CHAIR})
    seat = put.props[0].box
    assert seat is not None
    x, y = joints(SITTING.hold.pose).hip
    assert seat.left < x < seat.right
    assert 0.0 < y - seat.top < 0.08


def test_the_back_of_a_chair_is_behind() -> None:
    """A person who faces the other way has the back of the chair on the other side."""
    away = replace(SITTING.hold.pose, facing=-1)
    turned = fitted(replace(SITTING, frames=(replace(SITTING.hold, pose=away),), props=()))
    back = with_prop_sets(turned, {PropSet.CHAIR}).props[1].box
    assert back is not None
    assert back.left > joints(away).hip[0]


def test_the_feet_are_in_the_basin() -> None:
    """Both feet are in it, from heel to toes."""
    tub = with_prop_sets(with_prop_sets(SITTING, ()), {PropSet.BASIN}).props[0].box
    assert tub is not None
    at = joints(SITTING.hold.pose)
    for x, y in (at.leg_near.heel, at.leg_near.toe, at.leg_far.heel, at.leg_far.toe):
        assert tub.left < x < tub.right
        assert tub.bottom <= y < tub.top


def test_what_is_held_is_in_the_hand() -> None:
    """Adding a glass puts it into a hand, removing it empties the hand."""
    bare = with_prop_sets(drawn("calf1-wall"), ())
    held = with_prop_sets(bare, {PropSet.GLASS})
    assert all(frame.pose.arm_near.on is Rest.GLASS for frame in held.frames)
    let_go = with_prop_sets(held, ())
    assert all(frame.pose.arm_near.on is Rest.NOTHING for frame in let_go.frames)


def test_the_picture_shows_all_of_it() -> None:
    """The window grows with the things that are added."""
    put = with_prop_sets(drawn("footbath"), set(PropSet) - {PropSet.BOARD})
    boxes = [prop.box for prop in put.props if prop.box]
    assert PropKind.WALL in {prop.kind for prop in put.props}
    assert min(box.left for box in boxes) > put.window.left
    assert max(box.top for box in boxes) < put.window.top
