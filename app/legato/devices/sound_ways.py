"""What the ways to a sound have in common: each opens for a while, and closes again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.sound_mixer import Levels
    from legato.devices.sound_program import Program


class NoSound(Exception):  # noqa: N818 - named for what it is
    """A way leads to no sound now; its text says why, for a person."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be heard, and how loud it is to be at the moment of asking."""

    program: Program
    levels: Callable[[], Levels]


class Way(Protocol):
    """One way to a sound. All methods are called from one thread, and may block it."""

    @property
    def name(self) -> str:
        """What it is called, in words for a person."""

    def open(self, source: Source) -> None:
        """Begin to play what `source` holds, each sound at its moment.

        Raises:
            NoSound: It cannot.
        """

    def tick(self, now: float) -> float:
        """Do what there is to do; return after how many seconds to be called again.

        Raises:
            NoSound: It was lost meanwhile.
        """

    def is_sounding(self) -> bool:
        """Return whether something that began has not ended."""

    def fade(self) -> None:
        """Let what sounds fall silent."""

    def close(self) -> None:
        """Give the device back; harmless when it is not open."""
