"""Stand-ins for the machine that several tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from legato.domain.cues import ScheduledCue
    from legato.domain.ports import OpenedPicture
    from legato.domain.problems import Problem


class FakeClock:
    """A monotonic clock that moves only when told."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Return the time it was set to."""
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        """Let `seconds` pass at once."""
        self.now += seconds


class FakeSound:
    """Remembers what it was given, and when it was told to cancel."""

    def __init__(self, reason: str = "") -> None:
        self.scheduled: list[ScheduledCue] = []
        self.cancels = 0
        self._reason = reason

    def schedule(self, due: Sequence[ScheduledCue]) -> None:
        """Remember `due`."""
        self.scheduled += due

    def cancel(self) -> None:
        """Count."""
        self.cancels += 1

    def problem(self) -> str:
        """Return the reason given at the start."""
        return self._reason


class FakeKeepAwake:
    """Remembers whether it is held."""

    held = False

    def hold(self) -> None:
        """Be held."""
        self.held = True

    def release(self) -> None:
        """Be held no more."""
        self.held = False

    def granted(self) -> bool | None:
        """Grant it."""
        return self.held

    def description(self) -> str:
        """Return nothing."""
        return ""


class LazyPictures:
    """Opens pictures when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[OpenedPicture | Problem], None]]] = []

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Keep what is asked for."""
        del folder
        self.asked.append((name, then))
