"""What the machine cannot do just now, written on the session page once for each trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class MachineNotes:
    """Writes a trouble from when it begins until it is over, but not beyond the running step.

    Args:
        show: Writes the notes, one a line; nothing where it is given an empty string.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._step = -1
        self._lasting: frozenset[str] = frozenset()
        self._told: frozenset[str] = frozenset()
        self._shown = ""

    def begin(self) -> None:
        """Begin another session, in which everything may be told anew."""
        self._step = -1
        self._lasting = self._told = frozenset()
        self._shown = ""

    def tell(self, step: int, troubles: Mapping[str, str]) -> None:
        """Write what is new.

        Args:
            step: The index of the step that runs.
            troubles: For each part of the machine what is wrong with it; empty where nothing is.
        """
        if step != self._step:
            self._step, self._told = step, self._lasting
        self._lasting = frozenset(part for part, words in troubles.items() if words)
        self._told &= self._lasting
        words = "\n".join(troubles[part] for part in troubles if part in self._lasting - self._told)
        if words != self._shown:
            self._shown = words
            self._show(words)
