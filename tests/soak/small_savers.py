"""What is killed while it saves the settings, or the place of a session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.history import MOST_REMEMBERED, NO_HISTORY, History
from legato.domain.resume import Resume
from legato.domain.routine import Side
from legato.storage.session_state import ResumeStore
from legato.storage.settings import JsonFile

if TYPE_CHECKING:
    from legato.storage.paths import Paths

FULL = {
    f"routine-{number}": f"2026-01-01T{number // 60:02}:{number % 60:02}"
    for number in range(MOST_REMEMBERED)
}
"""As much as is ever remembered: the file is as long as it gets."""


class HistorySaver:
    """The history, each time with another variant.

    Args:
        paths: The data folder.
    """

    longest_seconds = 0.02

    def __init__(self, paths: Paths) -> None:
        self._path = paths.history

    def prepare(self) -> None:
        """Save for the first time."""
        self.do(0)

    def do(self, number: int) -> None:
        """Read the history and save it with the variant that goes with `number`."""
        file = JsonFile(self._path, NO_HISTORY)
        history, problems = file.load()
        assert not problems
        variants = {"a": str(number)}
        assert file.save(replace(history, variants=variants, last_used=FULL)) is None

    def check(self, done: int | None) -> None:
        """Raise AssertionError unless the last history is there, or the one under way."""
        history, problems = JsonFile(self._path, NO_HISTORY).load()
        assert not problems
        if done is not None:
            assert history.variants["a"] in {str(done), str(done + 1)}
        assert history == History(variants=history.variants, last_used=FULL)


class ResumeSaver:
    """Saves the position of a session, one second further each time.

    Args:
        paths: The data folder.
    """

    longest_seconds = 0.02

    def __init__(self, paths: Paths) -> None:
        self._store = ResumeStore(paths.resume)

    def prepare(self) -> None:
        """Save for the first time."""
        self.do(0)

    def do(self, number: int) -> None:
        """Save the position at second `number`; each tenth save waits for the disk."""
        assert self._store.save(_place(number), lasting=number % 10 == 0) is None

    def check(self, done: int | None) -> None:
        """Raise AssertionError if more than the interrupted second is missing."""
        found = self._store.load()
        assert found is not None
        second = int(found.position)
        assert found == _place(second)
        assert done is None or second in {done, done + 1}


def _place(second: int) -> Resume:
    return Resume(
        routine="bedtime",
        fingerprint="f" * 32,
        position=float(second),
        segment=3,
        spent=second / 2,
        label="Calf " * 10,
        leg=Side.LEFT,
        remaining=None,
        saved_at=1e9 + second,
        turned=(1, 2),
    )
