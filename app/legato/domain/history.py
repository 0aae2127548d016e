"""The history: what was used and chosen last, which no settings page shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from legato.domain.plan import FeelingName, PlanRequest
from legato.domain.routine import Place, Side
from legato.domain.setting_types import (
    ById,
    Flag,
    OneOf,
    OrNone,
    Pair,
    Quantity,
    Record,
    Several,
    TextOf,
    check_value,
    setting,
    settings_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_REMEMBERED = 500
"""Routines whose side, variant or last use is remembered; the longest unused is forgotten."""

_MOMENT = r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What was used and chosen last; the history file is derived from these fields.

    Raises:
        ValueError: A value is not among its choices.
    """

    sides: Mapping[str, Side] = field(
        default_factory=dict, metadata=setting(ById(OneOf(tuple(Side))))
    )
    """The side last chosen for a routine, by the routine's id."""
    variants: Mapping[str, str] = field(default_factory=dict, metadata=setting(ById(TextOf())))
    """The variant used instead of an exercise, by the exercise's id."""
    last_used: Mapping[str, str] = field(
        default_factory=dict, metadata=setting(ById(TextOf(_MOMENT)))
    )
    """When a routine was last used, by its id, as `2026-01-31T23:10`; the oldest first."""
    pick: PlanRequest | None = field(
        default=None,
        metadata=setting(
            OrNone(
                Record(
                    of=PlanRequest,
                    parts={
                        "sore": Several(
                            Pair(
                                first=OneOf(tuple(Place)),
                                second=OneOf(tuple(Side)),
                                about="a place and a side",
                            )
                        ),
                        "feeling": OrNone(OneOf(tuple(FeelingName))),
                        "minutes": OrNone(Quantity(unit="minutes")),
                        "massage_first": Flag(),
                        "foot_bath": Flag(),
                    },
                    about="what was picked",
                )
            )
        ),
    )
    """What was picked last where it hurts, or None."""
    legs_alike: str | None = field(default=None, metadata=setting(OrNone(TextOf(_MOMENT))))
    """When no leg was more swollen, warm or discoloured than the other, as `2026-01-31T23:10`.

    None if that was never said.
    """

    def __post_init__(self) -> None:
        for one in settings_of(type(self)):
            check_value(one.name, one.type, getattr(self, one.name))

    def with_side(self, routine_id: str, side: Side) -> History:
        """Return the same history with `side` remembered for a routine."""
        return replace(self, sides=_remembered(self.sides, routine_id, side))

    def with_variant(self, move_id: str, variant_id: str) -> History:
        """Return the same history with a variant chosen for a move; an empty id takes it back."""
        if variant_id and variant_id != move_id:
            return replace(self, variants=_remembered(self.variants, move_id, variant_id))
        kept = {one: chosen for one, chosen in self.variants.items() if one != move_id}
        return replace(self, variants=kept)

    def with_use(self, routine_id: str, when: str) -> History:
        """Return the same history with a routine used last; `when` is `2026-01-31T23:10`."""
        return replace(self, last_used=_remembered(self.last_used, routine_id, when))

    def with_pick(self, wish: PlanRequest) -> History:
        """Return the same history with what was picked where it hurts."""
        return replace(self, pick=wish)

    def with_legs_alike(self, when: str) -> History:
        """Return the same history with the legs found alike; `when` is `2026-01-31T23:10`."""
        return replace(self, legs_alike=when)

    def by_last_use(self) -> tuple[str, ...]:
        """Return the ids of used routines, the last used first."""
        return tuple(reversed(tuple(self.last_used)))


NO_HISTORY = History()
_Value = TypeVar("_Value")


def _remembered(known: Mapping[str, _Value], key: str, value: _Value) -> dict[str, _Value]:
    """Return `known` with `key` set and last, and no more of the oldest than may be kept."""
    pairs = [(one, kept) for one, kept in known.items() if one != key]
    return dict([*pairs, (key, value)][-MOST_REMEMBERED:])
