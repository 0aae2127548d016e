"""What the domain and the window need from the machine, as small Protocols with Null versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.cues import ScheduledCue
    from legato.domain.draft import Draft
    from legato.domain.figure.model import Figure
    from legato.domain.problems import Problem
    from legato.domain.resume import Resume
    from legato.domain.routine import Routine
    from legato.domain.session import Session
    from legato.domain.settings import Pcm, Settings, VoiceSettings

Clock: TypeAlias = Callable[[], float]
"""Seconds of a clock that never goes back."""


class Sound(Protocol):
    """Plays what is due, to the sample, whatever the window's thread does."""

    def schedule(self, due: Sequence[ScheduledCue]) -> None:
        """Take what comes in the next seconds; each is handed over once. Returns at once."""

    def cancel(self) -> None:
        """Drop all that has not begun and fade what sounds."""

    def problem(self) -> str:
        """Say in words for a person why nothing is heard, or return an empty string."""


class Speaker(Protocol):
    """An engine that turns words into sound; called from one thread that is not the window's."""

    @property
    def name(self) -> str:
        """What it is called, in words for a person; empty where nothing can speak."""

    def render(self, text: str, voice: VoiceSettings) -> Pcm | None:
        """Return `text` as sound, or None; never takes longer than a few seconds."""

    def close(self) -> None:
        """Give back what it holds; a later `render` begins anew."""


class NullSpeaker:
    """Says nothing."""

    name = ""

    def render(self, text: str, voice: VoiceSettings) -> Pcm | None:  # noqa: ARG002 - the port's shape
        """Return None."""
        return None

    def close(self) -> None:
        """Do nothing."""


class Listed(Protocol):
    """A routine's file as the library shows it, be it whole or broken."""

    @property
    def id(self) -> str:
        """The stem of the file."""

    @property
    def name(self) -> str:
        """The name shown; the file's stem where it cannot be read."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def own(self) -> bool:
        """Whether it is the user's."""

    @property
    def is_move(self) -> bool:
        """Whether it is a single move that others are made of."""

    @property
    def draft(self) -> Draft | None:
        """What is written, as far as it can be read."""

    @property
    def routine(self) -> Routine | None:
        """What runs, or None where the file has problems."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file."""


class Figures(Protocol):
    """The drawn moves, by their hyphenated names."""

    def names(self) -> Sequence[str]:
        """All names in order."""

    def figure(self, name: str, folder: str = "") -> Figure | None:
        """The figure of that name, one in a routine's own `folder` first, or None."""


@dataclass(frozen=True, slots=True)
class PictureData:
    """An image that passed the gate; `kind` is svg, png, jpeg, webp or gif.

    The bytes of a drawing are what the gate wrote, never what somebody brought.
    """

    data: bytes
    kind: str


class PictureSource(Protocol):
    """The files of the user's own images, beside their routines."""

    def picture(self, folder: str, name: str) -> PictureData | Problem:
        """The image `name` of a routine's folder, or why it is not shown."""


@dataclass(frozen=True, slots=True)
class OpenedPicture:
    """An image as plain pixels, which nothing has to decode any more.

    Attributes:
        width: In pixels, at least 1.
        height: Likewise.
        pixels: Rows from the top; four bytes a pixel: red, green, blue, how opaque; the colours
            are multiplied by the last.
        moving: The image itself, where it moves and its frames may be played.
    """

    width: int
    height: int
    pixels: bytes = field(repr=False)
    moving: PictureData | None = None


class Pictures(Protocol):
    """The user's own images, opened where they can do no harm."""

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Open the image `name` of a routine's folder; this returns at once.

        `then` gets the pixels, or why the image is not shown: now or later, in the thread that
        asked.
        """


class KeepAwake(Protocol):
    """Keeps the screen and the machine from sleeping; every call returns at once."""

    def hold(self) -> None:
        """Ask for it."""

    def release(self) -> None:
        """Let the machine sleep again."""

    def granted(self) -> bool | None:
        """Whether it is granted; None while it is not asked for or not yet answered."""

    def description(self) -> str:
        """Say in words for a person by what the machine is kept awake, or what to do without."""


class MediaCommand(StrEnum):
    """What a headset button, a media key, a lock screen or a phone asks for."""

    PLAY = "play"
    PAUSE = "pause"
    PLAY_PAUSE = "play-pause"
    NEXT = "next"
    PREVIOUS = "previous"
    STOP = "stop"


class MediaKeys(Protocol):
    """Shows a session to the machine as what is playing, and hears its media keys."""

    def show(self, session: Session | None) -> None:
        """Show where `session` stands, after each change of it; None is no session."""

    def close(self) -> None:
        """Be gone from the machine's list of players."""


class NullMediaKeys:
    """Shows nothing."""

    def show(self, session: Session | None) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class SleepMonitor(Protocol):
    """Tells before the machine sleeps and after it woke."""

    def close(self) -> None:
        """Tell no more."""


class NullSleepMonitor:
    """Tells nothing."""

    def close(self) -> None:
        """Do nothing."""


class RoutineLookup(Protocol):
    """All routines, as the window needs them."""

    def entry(self, routine_id: str) -> Listed | None:
        """The routine of that id, or None."""

    def scan(self) -> Iterator[Listed]:
        """All of them one by one, reading each only when its turn comes."""

    def refresh(self) -> frozenset[str]:
        """Look for edited, new and deleted files; the ids whose entries are others now."""


class SettingsStore(Protocol):
    """Where the settings are kept."""

    def load(self) -> tuple[Settings, tuple[Problem, ...]]:
        """The settings, and what in them could not be used."""

    def save(self, settings: Settings) -> Problem | None:
        """Keep them; what kept that from being done."""


class ResumeKeeper(Protocol):
    """Where the last session stands, so that it can be taken up again."""

    def save(self, resume: Resume, *, lasting: bool = False) -> Problem | None:
        """Keep it; `lasting` waits until it would survive a power cut."""

    def load(self) -> Resume | None:
        """What was kept, or None."""

    def clear(self) -> None:
        """Forget it."""
