"""Where the parts of the session page go, in windows of all shapes and texts of all sizes."""

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
    """Return the arrangement with buttons as high as they are at that text size."""
    return compute_layout(QSize(*size), small, BUTTONS[small])


def rects(places: Layout) -> dict[str, QRect]:
    """Return all places by name."""
    values = {field.name: getattr(places, field.name) for field in fields(places)}
    return {name: value for name, value in values.items() if isinstance(value, QRect)}


@pytest.mark.parametrize("small", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_everything_is_inside_and_apart(size: tuple[int, int], small: int) -> None:
    """No part is cut off and none lies over another."""
    places = rects(placed(size, small))

    for name, rect in places.items():
        assert QRect(0, 0, *size).contains(rect), name
    for (one, first), (two, second) in itertools.combinations(places.items(), 2):
        assert not first.intersects(second), (one, two)


@pytest.mark.parametrize("small", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_the_ring_is_round_and_large(size: tuple[int, int], small: int) -> None:
    """At least two fifths of the window's smaller side, whatever the text size."""
    ring = placed(size, small).ring

    assert ring.width() == ring.height()
    assert ring.width() >= 0.4 * min(size)


@pytest.mark.parametrize("size", SIZES)
def test_the_picture_has_room(size: tuple[int, int]) -> None:
    """At the usual text size it is never a stamp."""
    assert placed(size, 16).picture.height() >= 0.15 * min(size)


def test_a_wide_window_has_the_picture_beside_the_ring() -> None:
    """Picture to the left, ring to the right."""
    places = placed((800, 600), 16)

    assert places.wide
    assert places.picture.right() < places.ring.left()


def test_a_high_window_has_the_picture_below_the_ring() -> None:
    """A phone's shape, or half a screen."""
    places = placed((600, 900), 16)

    assert not places.wide
    assert places.picture.top() > places.ring.bottom()


def test_words_are_large_enough_for_two_metres() -> None:
    """Name and caption take a twentieth of the window."""
    assert placed((1280, 800), 16).large == 36
