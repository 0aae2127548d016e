"""Protocols of what the window, the devices and the files do for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.cues import ScheduledCue
    from legato.domain.documents import Conflict, LeftDraft, Opened, Preview
    from legato.domain.draft import Draft, Use
    from legato.domain.editing import Unread
    from legato.domain.figure.model import Figure
    from legato.domain.problems import Problem
    from legato.domain.resume import Resume
    from legato.domain.routine import Routine, Step
    from legato.domain.session import Session
    from legato.domain.sound import Pcm, VoiceSettings

T = TypeVar("T")
Clock: TypeAlias = Callable[[], float]
"""Seconds of a clock that never goes back."""


class Sound(Protocol):
    """Plays scheduled cues exact to the sample, even while the window's thread is busy."""

    def schedule(self, due: Sequence[ScheduledCue]) -> None:
        """Add the cues of the next seconds; pass each cue once. Return at once."""

    def cancel(self) -> None:
        """Drop the cues that have not begun and fade out the one that sounds."""

    def problem(self) -> str:
        """Return why there is no sound, for the user to read; empty while there is."""


class Speaker(Protocol):
    """A speech engine; called from a single thread that is not the window's."""

    @property
    def name(self) -> str:
        """The engine's name for the user; empty if nothing can speak."""

    def render(self, text: str, voice: VoiceSettings) -> Pcm | None:
        """Return `text` as samples, or None on failure; take a few seconds at most."""

    def close(self) -> None:
        """Release the engine; a later `render` opens it again."""


class NullSpeaker:
    """A speech engine that never speaks."""

    name = ""

    def render(self, text: str, voice: VoiceSettings) -> Pcm | None:  # noqa: ARG002 - the port's shape
        """Return None."""
        return None

    def close(self) -> None:
        """Do nothing."""


class Listed(Protocol):
    """A routine file as the library shows it, with or without problems."""

    @property
    def id(self) -> str:
        """The file's stem."""

    @property
    def name(self) -> str:
        """The name to show; the file's stem if the file has none."""

    @property
    def path(self) -> Path:
        """Path of the file."""

    @property
    def own(self) -> bool:
        """Whether the file is the user's and not one that ships."""

    @property
    def is_move(self) -> bool:
        """Whether it is a single exercise that routines are made of."""

    @property
    def draft(self) -> Draft | None:
        """What the file says, or None if nothing of it can be read."""

    @property
    def routine(self) -> Routine | None:
        """The routine that runs, or None if the file has problems."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of the file."""


class Figures(Protocol):
    """The drawn exercises, by their hyphenated names."""

    def names(self) -> Sequence[str]:
        """Return all names, sorted."""

    def figure(self, name: str, folder: str = "") -> Figure | None:
        """Return the figure `name`, or None; look in a routine's own `folder` first."""


@dataclass(frozen=True, slots=True)
class PictureData:
    """An image that passed the checks of `storage.pictures`.

    Attributes:
        data: The bytes; those of a drawing are written by the SVG filter, never the original.
        kind: One of svg, png, jpeg, webp and gif.
    """

    data: bytes
    kind: str


class PictureSource(Protocol):
    """Reads the user's own images, which lie beside their routines."""

    def picture(self, folder: str, name: str) -> PictureData | Problem:
        """Return the image `name` of a routine's folder, or why it is not shown."""


@dataclass(frozen=True, slots=True)
class OpenedPicture:
    """A decoded image.

    Attributes:
        width: In pixels, at least 1.
        height: In pixels, at least 1.
        pixels: RGBA with premultiplied alpha, 4 bytes a pixel, rows from the top.
        moving: The encoded image, if it is animated and may be played.
    """

    width: int
    height: int
    pixels: bytes = field(repr=False)
    moving: PictureData | None = None


class Pictures(Protocol):
    """Opens the user's own images in a process where they can do no harm."""

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Open the image `name` of a routine's folder; return at once.

        Call `then` in the caller's thread, now or later, with the pixels or why there are none.
        """


class KeepAwake(Protocol):
    """Keeps the screen and the machine from sleeping; every method returns at once."""

    def hold(self) -> None:
        """Ask the machine to stay awake."""

    def release(self) -> None:
        """Let the machine sleep again."""

    def granted(self) -> bool | None:
        """Return whether the request is granted; None before it is made or answered."""

    def description(self) -> str:
        """Return which service keeps the machine awake, or why none does, for the user to read."""


class MediaCommand(StrEnum):
    """A command from a headset button, a media key, a lock screen or a phone."""

    PLAY = "play"
    PAUSE = "pause"
    PLAY_PAUSE = "play-pause"
    NEXT = "next"
    PREVIOUS = "previous"
    STOP = "stop"


class MediaKeys(Protocol):
    """Shows a session to the desktop as what is playing, and receives its media keys."""

    def show(self, session: Session | None) -> None:
        """Show the state of `session` after each change; None is no session."""

    def close(self) -> None:
        """Unregister from the desktop's list of players."""


class NullMediaKeys:
    """Media keys on a machine that has none."""

    def show(self, session: Session | None) -> None:
        """Show nothing."""

    def close(self) -> None:
        """Do nothing."""


class SleepMonitor(Protocol):
    """Notifies before the machine sleeps and after it wakes."""

    def close(self) -> None:
        """Stop notifying."""


class NullSleepMonitor:
    """A monitor on a machine that does not announce its sleep."""

    def close(self) -> None:
        """Do nothing."""


class RoutineLookup(Protocol):
    """Finds routines."""

    def entry(self, routine_id: str) -> Listed | None:
        """Return the routine of that id, or None."""

    def scan(self) -> Iterator[Listed]:
        """Yield all routines, reading each file only when its turn comes."""

    def refresh(self) -> frozenset[str]:
        """Read changed, new and deleted files; return the ids whose entries differ now."""


class RecordStore(Protocol[T]):
    """Stores one record: the settings, or the history."""

    def load(self) -> tuple[T, tuple[Problem, ...]]:
        """Return the record, and the problems of what could not be used."""

    def save(self, record: T) -> Problem | None:
        """Write the record; return why it could not be written."""


class ResumeKeeper(Protocol):
    """Stores the state of the last session, so that it can be resumed."""

    def save(self, resume: Resume, *, lasting: bool = False) -> Problem | None:
        """Write the state; with `lasting`, wait until it would survive a power cut."""

    def load(self) -> Resume | None:
        """Return the stored state, or None."""

    def clear(self) -> None:
        """Delete the stored state."""


class PictureScaler(Protocol):
    """Scales pictures down; this needs Qt, which `storage` does not have."""

    def shrunk(self, picture: PictureData, longest: int) -> PictureData | Problem:
        """Return `picture` with its longer edge at most `longest` pixels; take up to seconds.

        Returns:
            The same object if it is small enough; a Problem if the picture cannot be shown.
        """


class RoutineDesk(Protocol):
    """Opens, previews and saves the routines that are edited."""

    def open(self, routine_id: str) -> Opened | Problem:
        """Open the routine of that id, or return why it cannot be."""

    def begin(self, draft: Draft) -> Opened:
        """Begin a new routine from `draft` under a free id, without writing a file."""

    def copy(self, routine_id: str) -> Opened | Problem:
        """Begin a copy of another routine, called `Name (2)`, without writing a file."""

    def resume(self, left: LeftDraft) -> Opened:
        """Open an unsaved draft, whether its routine was ever saved or not."""

    def preview(self, opened: Opened, draft: Draft) -> Preview | Problem:
        """Return what saving `draft` would write and run."""

    def save(self, opened: Opened, draft: Draft) -> Opened | Conflict | Problem:
        """Write the changes of `draft` into the file, and keep the rest of it as it is."""

    def save_text(self, opened: Opened, text: str) -> Opened | Conflict | Problem:
        """Write `text` as the whole file, valid or not."""


class DraftKeeper(Protocol):
    """Stores unsaved drafts, so that a crash loses nothing."""

    def keep_draft(
        self, opened: Opened, draft: Draft, unread: tuple[Unread, ...] = ()
    ) -> Problem | None:
        """Store `draft` and texts that are not understood; return why that failed."""

    def forget_draft(self, routine_id: str) -> None:
        """Delete the stored draft of that routine."""

    def left_drafts(self) -> tuple[LeftDraft, ...]:
        """Return the stored drafts of all routines, the latest first."""


class StepClipboard(Protocol):
    """Converts steps to and from YAML for the clipboard."""

    def steps_text(self, lines: Sequence[Step | Use]) -> str:
        """Return `lines` as a YAML list."""

    def steps_of(self, text: str) -> tuple[Step | Use, ...] | Problem:
        """Return the lines in `text`, a YAML list of steps or a whole routine."""
