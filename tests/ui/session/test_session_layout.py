"""The layout of the session page, at all window shapes and text sizes."""

from __future__ import annotations

import itertools
from dataclasses import fields

import pytest
from PySide6.QtCore import QRect, QSize

from legato.ui.session.layout import Layout, compute_layout

SIZES = [(1280, 800), (800, 600), (1920, 1080), (3840, 2160), (600, 900), (1024, 768), (480, 800)]
TEXTS = [16, 24, 32]
BUTTONS = {16: 80, 24: 86, 32: 96}


def placed(size: tuple[int, int], small: int) -> Layout:
    """Return the layout for buttons of the height that they have at a text size."""
    return compute_layout(QSize(*size), small, BUTTONS[small])


def rects(places: Layout) -> dict[str, QRect]:
    """Return all rectangles by name."""
    values = {field.name: getattr(places, field.name) for field in fields(places)}
    return {name: value for name, value in values.items() if isinstance(value, QRect)}


@pytest.mark.parametrize("small", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_everything_is_inside_and_apart(size: tuple[int, int], small: int) -> None:
    """No part is cut off, and no two overlap."""
    places = rects(placed(size, small))

    for name, rect in places.items():
        assert QRect(0, 0, *size).contains(rect), name
    for (one, first), (two, second) in itertools.combinations(places.items(), 2):
        assert not first.intersects(second), (one, two)


@pytest.mark.parametrize("small", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_the_ring_is_round_and_large(size: tuple[int, int], small: int) -> None:
    """The ring has at least two fifths of the window's shorter side, at every text size."""
    ring = placed(size, small).ring

    assert ring.width() == ring.height()
    assert ring.width() >= 0.4 * min(size)


@pytest.mark.parametrize("size", SIZES)
def test_the_picture_has_room(size: tuple[int, int]) -> None:
    """At 100 % text the picture has a useful size."""
    assert placed(size, 16).picture.height() >= 0.15 * min(size)


def test_a_wide_window_has_the_picture_beside_the_ring() -> None:
    """The picture is on the left, the ring on the right."""
    places = placed((800, 600), 16)

    assert places.wide
    assert places.picture.right() < places.ring.left()


def test_a_high_window_has_the_picture_below_the_ring() -> None:
    """This is for a phone's shape, or half a screen."""
    places = placed((600, 900), 16)

    assert not places.wide
    assert places.picture.top() > places.ring.bottom()


def test_words_are_large_enough_for_two_metres() -> None:
    """Name and caption have a twentieth of the window's height."""
    assert placed((1280, 800), 16).large == 36
