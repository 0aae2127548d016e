"""Stand-ins for the machine that several tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from legato.domain.cues import ScheduledCue
    from legato.domain.ports import OpenedPicture
    from legato.domain.problems import Problem


class FakeClock:
    """A monotonic clock that moves only by `pass_seconds`."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Return the current time in seconds."""
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        """Let `seconds` pass at once."""
        self.now += seconds


class FakeSound:
    """Records the scheduled cues and the cancels."""

    def __init__(self, reason: str = "") -> None:
        self.scheduled: list[ScheduledCue] = []
        self.cancels = 0
        self._reason = reason

    def schedule(self, due: Sequence[ScheduledCue]) -> None:
        """Record `due`."""
        self.scheduled += due

    def cancel(self) -> None:
        """Count the call."""
        self.cancels += 1

    def problem(self) -> str:
        """Return the given problem."""
        return self._reason


class FakeKeepAwake:
    """Records whether the machine is kept awake."""

    held = False

    def hold(self) -> None:
        """Keep the machine awake."""
        self.held = True

    def release(self) -> None:
        """Release the machine."""
        self.held = False

    def granted(self) -> bool | None:
        """Return True."""
        return self.held

    def description(self) -> str:
        """Return an empty text."""
        return ""


class LazyPictures:
    """Opens pictures when the test requests it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[OpenedPicture | Problem], None]]] = []

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Record the request."""
        del folder
        self.asked.append((name, then))
