"""Variants of a step that are offered by day and late at night."""

from __future__ import annotations

import pytest

from builders import step
from legato.domain.personalize import VariantName, is_late, other_variants
from legato.domain.routine import Night, Step, Variants

CALF = step("Calf", move="calf", variants=Variants(easier="soft", seated="edge", standing="wall"))
MOVES = {
    "calf": CALF,
    "soft": step("Softer", move="soft"),
    "edge": step("On the edge", move="edge", night=Night.LAMP),
    "wall": step("At the wall", move="wall", night=Night.NO),
    "lamp": step("At the lamp", move="lamp", night=Night.LAMP),
}


def offered(
    some: Step, written: Step = CALF, *, late: bool = False
) -> list[tuple[VariantName, str]]:
    """Return the names and exercises that are offered."""
    return [(way.name, way.move) for way in other_variants(some, written, MOVES.get, late=late)]


def test_by_day_every_variant_is_offered() -> None:
    """By day all variants are offered, the easier one first."""
    assert offered(CALF) == [
        (VariantName.EASIER, "soft"),
        (VariantName.SEATED, "edge"),
        (VariantName.STANDING, "wall"),
    ]


def test_late_at_night_nothing_is_done_standing() -> None:
    """Late at night no standing variant is offered, and none that is unfit for 3 a.m."""
    assert offered(CALF, late=True) == [(VariantName.EASIER, "soft"), (VariantName.SEATED, "edge")]


def test_standing_by_a_lamp_is_still_standing() -> None:
    """A lamp does not make standing safe for someone half asleep."""
    some = step("Calf", move="calf", variants=Variants(standing="lamp"))
    assert offered(some, some, late=True) == []


def test_a_variant_leads_back_to_the_written_step() -> None:
    """With a variant running, the written step is offered and the variant is not."""
    assert offered(MOVES["soft"]) == [(VariantName.AS_WRITTEN, "calf")]


def test_one_exercise_is_offered_once() -> None:
    """An exercise that is both easier and seated is offered once."""
    some = step("Thigh", move="thigh", variants=Variants(easier="edge", seated="edge"))
    assert offered(some, some) == [(VariantName.EASIER, "edge")]


def test_a_missing_variant_is_not_offered() -> None:
    """A variant without a file is not offered."""
    some = step("Thigh", move="thigh", variants=Variants(easier="gone"))
    assert offered(some, some) == []


@pytest.mark.parametrize(
    ("word", "hour", "late"),
    [
        ("bedtime", 22, False),
        ("bedtime", 23, True),
        ("bedtime", 4, True),
        ("bedtime", 5, False),
        ("back-to-sleep", 12, True),
    ],
)
def test_late_is_from_eleven_to_five(word: str, hour: int, late: bool) -> None:
    """Routines made for 3 a.m. count as late at any hour."""
    assert is_late(word, hour) is late
