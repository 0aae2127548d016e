"""What is killed while it saves the settings, or the place of a session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legato.domain.resume import Resume
from legato.domain.routine import Side
from legato.domain.settings import MOST_REMEMBERED, Settings
from legato.storage.session_state import ResumeStore
from legato.storage.settings import SettingsFile

if TYPE_CHECKING:
    from legato.storage.paths import Paths

SIZES = range(100, 201)
FULL = {
    f"routine-{number}": f"2026-01-01T{number // 60:02}:{number % 60:02}"
    for number in range(MOST_REMEMBERED)
}
"""As much as is ever remembered: the file is as long as it gets."""


class SettingsSaver:
    """Saves the settings, each time with another text size.

    Args:
        paths: The data folder.
    """

    longest_seconds = 0.02

    def __init__(self, paths: Paths) -> None:
        self._path = paths.settings

    def prepare(self) -> None:
        """Save for the first time."""
        self.do(0)

    def do(self, number: int) -> None:
        """Load the settings and save them with the size for `number`."""
        file = SettingsFile(self._path)
        settings, problems = file.load()
        assert not problems
        settings = replace(settings, text_size=SIZES[number % len(SIZES)], last_used=FULL)
        assert file.save(settings) is None

    def check(self, done: int | None) -> None:
        """Raise AssertionError unless the settings are the last or the interrupted ones."""
        settings, problems = SettingsFile(self._path).load()
        assert not problems
        assert settings.last_used == FULL
        if done is not None:
            assert settings.text_size in {SIZES[n % len(SIZES)] for n in (done, done + 1)}
        assert settings == Settings(text_size=settings.text_size, last_used=FULL)


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
