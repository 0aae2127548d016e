"""What the editor needs from the files, as values and small Protocols."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from legato.domain.draft import Draft, Use
    from legato.domain.editing import Unread
    from legato.domain.figure.model import Figure
    from legato.domain.ports import PictureData
    from legato.domain.problems import Problem
    from legato.domain.routine import Routine, Step

Signature: TypeAlias = tuple[int, int, int, int]
"""What differs once a file is changed or replaced; all zero for a file that is not there."""

NO_FILE: Signature = (0, 0, 0, 0)

CHANGED_SINCE: Signature = (-1, -1, -1, -1)
"""Of a file that was changed since the draft of it was begun; it is that of no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftDraft:
    """What somebody had typed and not saved when the program last ended.

    Attributes:
        draft: The routine as it was typed.
        at_ns: When, in nanoseconds of wall time.
        unread: The texts of fields that were not understood.
        begun: The text of the file that it began from, empty where there was none; None where that
            is not known.
    """

    draft: Draft
    at_ns: int
    unread: tuple[Unread, ...] = ()
    begun: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A routine opened to be edited.

    Attributes:
        id: Its id.
        path: Where it will be saved, in the user's folder.
        own: Whether it is the user's already; otherwise saving makes a copy that wins.
        ships: Whether one of this id ships, so that deleting the user's copy resets it.
        text: The text of its file, or of the one that it is a copy of; empty for a new one.
        draft: What is written, as far as it can be read; None where nothing can.
        problems: What is wrong in the file itself.
        places: Line and column of each field by dotted path: `name`, `steps[2]`, `steps[2].hold`.
        signature: The state of the file at `path` when it was read; CHANGED_SINCE where `left` began
            from another text, which `text` and `draft` are then of, so that saving is a conflict.
        left: What was left unsaved, if anything.
    """

    id: str
    path: Path
    own: bool
    ships: bool
    text: str
    draft: Draft | None
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    signature: Signature = NO_FILE
    left: LeftDraft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """The file was changed by something else since it was opened; nothing was written.

    To keep one's own: `save(conflict.theirs, draft)`, which changes their text as the draft says.

    Attributes:
        mine: The text that would have been written.
        theirs: The file as it is now.
    """

    mine: str
    theirs: Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a draft would be once it is saved.

    Attributes:
        text: The text of the file.
        routine: What would run, as far as it can be unfolded, or None.
        problems: All that is wrong, with lines of `text`; their `field` tells whose they are.
        places: Line and column in `text` of each field, by dotted path.
    """

    text: str
    routine: Routine | None
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An earlier text of a routine.

    Attributes:
        key: Tells it from the others of the same routine.
        at_ns: When it was written, in nanoseconds of wall time.
        size: Its bytes.
    """

    key: str
    at_ns: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A routine in the trash.

    Attributes:
        key: Tells it from the others in the trash.
        id: The id that it had.
        name: The name that it had.
        at_ns: When it was deleted, in nanoseconds of wall time.
    """

    key: str
    id: str
    name: str
    at_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPicture:
    """An image that was copied into a routine's own folder.

    Attributes:
        picture: What to write as the step's `picture`.
        folder: What to give the step as its `folder`, so that it is found before it is saved.
        note: What was done to it, one sentence for a person, or empty.
    """

    picture: str
    folder: str
    note: str = ""


class PartState(StrEnum):
    """What becomes of one part of a file that is brought in."""

    NEW = "new"
    RENAMED = "renamed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a file that is brought in.

    Attributes:
        name: Its name in the file.
        state: What becomes of it; SAME is there already, with the same content.
        title: What a person calls it: the routine's name, or the picture's.
        becomes: Under which name it is kept; for a routine its id.
        note: Why, one sentence for a person, or empty.
        is_routine: Whether it is a routine, not a picture or a figure.
        about: What a routine says of itself.
        steps: What a routine's steps are called.
    """

    name: str
    state: PartState
    title: str
    becomes: str = ""
    note: str = ""
    is_routine: bool = False
    about: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file looked into and ready to be brought in; nothing is written yet.

    Attributes:
        path: The file.
        parts: What would become of each part.
        routine: The id under which its main routine would be kept, or empty.
        files: What would be written, by path within the folder of routines.
    """

    path: Path
    parts: tuple[Part, ...]
    routine: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def refused(self) -> tuple[Part, ...]:
        """The parts that cannot be brought in."""
        return tuple(part for part in self.parts if part.state is PartState.REFUSED)


class PictureScaler(Protocol):
    """Makes pictures smaller; it draws, which files alone cannot."""

    def shrunk(self, picture: PictureData, longest: int) -> PictureData | Problem:
        """Return `picture` with its longer edge at most `longest` pixels; this may take seconds.

        Returns:
            The very same where it is small enough, or why it is not shown at all.
        """


class RoutineDesk(Protocol):
    """Opens, tries and saves routines."""

    def open(self, routine_id: str) -> Opened | Problem:
        """Open the routine of that id."""

    def begin(self, draft: Draft) -> Opened:
        """Begin a new routine with what `draft` says, under a free id; nothing is written yet."""

    def copy(self, routine_id: str) -> Opened | Problem:
        """Begin a new routine as a copy of another, with its pictures, called `Name (2)`."""

    def resume(self, left: LeftDraft) -> Opened:
        """Open what was left of a routine, whether it was ever saved or not."""

    def preview(self, opened: Opened, draft: Draft) -> Preview | Problem:
        """Return what saving `draft` would make of it."""

    def save(self, opened: Opened, draft: Draft) -> Opened | Conflict | Problem:
        """Change the file as `draft` differs from what was read; all else in it stays."""

    def save_text(self, opened: Opened, text: str) -> Opened | Conflict | Problem:
        """Write `text` as the file, as somebody typed it."""


class DraftKeeper(Protocol):
    """Keeps what is typed, so that a crash loses nothing."""

    def keep_draft(
        self, opened: Opened, draft: Draft, unread: tuple[Unread, ...] = ()
    ) -> Problem | None:
        """Keep `draft`, and texts that are not understood, until the routine is saved or `forget_draft` is called."""

    def forget_draft(self, routine_id: str) -> None:
        """Forget what was left of that routine."""

    def left_drafts(self) -> tuple[LeftDraft, ...]:
        """What was left unsaved of all routines, the latest first."""


class VersionKeeper(Protocol):
    """The last ten texts of each own routine."""

    def versions(self, routine_id: str) -> tuple[Version, ...]:
        """All of them, the latest first."""

    def version_text(self, routine_id: str, key: str) -> str | Problem:
        """The text of one."""

    def bring_back(self, opened: Opened, key: str) -> Opened | Conflict | Problem:
        """Make an earlier text the present one, which itself is kept as a version."""


class Trash(Protocol):
    """Deleted routines, which can be brought back."""

    def delete(self, routine_id: str) -> Deleted | Problem:
        """Put the user's routine and its pictures into the trash; a copy of what ships: reset."""

    def restore(self, key: str) -> str | Problem:
        """Bring a deleted one back; returns its id, a new one where the old is taken."""

    def deleted(self) -> tuple[Deleted, ...]:
        """What is in the trash, the latest first."""


class OwnPictures(Protocol):
    """The pictures and drawn poses in a routine's own folder."""

    def add_picture(self, routine_id: str, source: Path) -> AddedPicture | Problem:
        """Copy the image at `source` into the routine's folder."""

    def add_image(self, routine_id: str, data: bytes, name: str) -> AddedPicture | Problem:
        """Keep an image that is no file, from the clipboard, say; `name` is how to call it."""

    def save_figure(self, routine_id: str, figure: Figure) -> AddedPicture | Problem:
        """Write a drawn move under its own name, in the place of the one of that name."""

    def free_figure_name(self, routine_id: str, wanted: str) -> str:
        """Return a name for a new figure that nothing has yet, made of `wanted`."""

    def figure(self, folder: str, name: str) -> Figure | None:
        """Return the figure `name` of a routine's own folder, or None."""

    def take_away(self, routine_id: str, pictures: Collection[str]) -> None:
        """Take pictures and figures, as steps name them, out of the routine's folder."""


class StepClipboard(Protocol):
    """Steps as YAML, to be copied from one routine to another."""

    def steps_text(self, lines: Sequence[Step | Use]) -> str:
        """Return `lines` as text."""

    def steps_of(self, text: str) -> tuple[Step | Use, ...] | Problem:
        """Return the lines that `text` holds; a whole routine gives all of its own."""


class Sharing(Protocol):
    """Routines as one file for somebody else."""

    def export(self, routine_id: str, target: Path) -> Problem | None:
        """Write a routine with what it uses and its pictures as one `.legato` file."""

    def look_into(self, path: Path) -> Incoming | Problem:
        """Look into a `.legato` or `.yaml` file and say what would become of its parts."""

    def bring_in(self, incoming: Incoming) -> Incoming | Problem:
        """Write the parts that can be; returns what became of each."""
