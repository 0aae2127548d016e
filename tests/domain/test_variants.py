"""Other ways to do a step, by day and late at night."""

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
    """Return the names and moves that are offered."""
    return [(way.name, way.move) for way in other_variants(some, written, MOVES.get, late=late)]


def test_by_day_every_way_is_offered() -> None:
    """The easier one first."""
    assert offered(CALF) == [
        (VariantName.EASIER, "soft"),
        (VariantName.SEATED, "edge"),
        (VariantName.STANDING, "wall"),
    ]


def test_late_at_night_nothing_is_done_standing() -> None:
    """Nor anything that is not fit for 3 a.m."""
    assert offered(CALF, late=True) == [(VariantName.EASIER, "soft"), (VariantName.SEATED, "edge")]


def test_standing_by_a_lamp_is_still_standing() -> None:
    """A lamp does not make a stand safe for who is half asleep."""
    some = step("Calf", move="calf", variants=Variants(standing="lamp"))
    assert offered(some, some, late=True) == []


def test_a_way_leads_back_to_what_is_written() -> None:
    """Whoever took another way finds the first one again, and not the one that runs."""
    assert offered(MOVES["soft"]) == [(VariantName.AS_WRITTEN, "calf")]


def test_one_move_is_offered_once() -> None:
    """Easier and seated may be the same."""
    some = step("Thigh", move="thigh", variants=Variants(easier="edge", seated="edge"))
    assert offered(some, some) == [(VariantName.EASIER, "edge")]


def test_a_way_that_is_not_there_is_not_offered() -> None:
    """A file may be gone."""
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
    """What is made for 3 a.m. counts as late at any hour."""
    assert is_late(word, hour) is late
