"""Variants of a step: offers them, stores the choice, leaves out what does not fit the hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.domain.personalize import fits_the_night, is_late, other_variants

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.controllers.settings_model import HistoryModel
    from legato.domain.personalize import VariantOption
    from legato.domain.ports import Listed, RoutineLookup
    from legato.domain.routine import Step

_HOUR = slice(11, 13)
"""The hour in `2026-01-31T23:10`."""


@dataclass(frozen=True, slots=True)
class LearnedVariant:
    """The choice of an easier variant for the next session.

    Attributes:
        move: The id of the move that hurt, as the routine names it.
        before: The id of the variant that was used before, or empty.
        title: The title of the easier variant.
    """

    move: str
    before: str
    title: str


class VariantSelector:
    """Offers the variants of moves and stores which was chosen.

    Args:
        routines: All routines.
        history: Stores what was chosen.
        wall_words: Returns the wall time as `2026-01-31T23:10`.
    """

    def __init__(
        self, routines: RoutineLookup, history: HistoryModel, wall_words: Callable[[], str]
    ) -> None:
        self._routines = routines
        self._history = history
        self._wall_words = wall_words

    def variants_for(self, word: str) -> Callable[[str], Step | None]:
        """Return a function from a move to its step, or to None if it does not fit the hour."""
        late = self._is_late(word)

        def variant(move: str) -> Step | None:
            step = self.step_of(move)
            return None if step and late and not fits_the_night(step) else step

        return variant

    def offered(self, word: str, step: Step, written: Step) -> tuple[VariantOption, ...]:
        """Return the variants of `step`, which replaces `written` in the routine `word`."""
        return other_variants(step, written, self.step_of, late=self._is_late(word))

    def take(self, written: Step, move: str) -> None:
        """Use `move` instead of `written` from now on."""
        self._history.change(self._history.current.with_variant(written.move, move))

    def learn(self, step: Step, written: Step) -> LearnedVariant | None:
        """Use the easier variant of `step`, which hurt, from now on; return None if it has none."""
        easier = self.step_of(step.variants.easier)
        if easier is None:
            return None
        before = self._history.current.variants.get(written.move, "")
        self.take(written, easier.move)
        return LearnedVariant(written.move, before, easier.title)

    def unlearn(self, learned: LearnedVariant) -> None:
        """Undo a learned variant."""
        history = self._history.current
        self._history.change(history.with_variant(learned.move, learned.before))

    def _is_late(self, word: str) -> bool:
        return is_late(word, int(self._wall_words()[_HOUR]))

    def step_of(self, routine_id: str) -> Step | None:
        """Return the step of a move by its id, or None."""
        entry: Listed | None = self._routines.entry(routine_id) if routine_id else None
        return entry.routine.steps[0] if entry and entry.routine else None
