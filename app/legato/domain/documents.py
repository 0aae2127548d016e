"""Values that the editor and the files exchange: opened routines, drafts, versions, imports."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from legato.domain.draft import Draft
    from legato.domain.editing import Unread
    from legato.domain.problems import Problem
    from legato.domain.routine import Routine

Signature: TypeAlias = tuple[int, int, int, int]
"""Size, times of change and inode of a file: differs once the file is changed or replaced."""

NO_FILE: Signature = (0, 0, 0, 0)
"""The signature of a file that does not exist or cannot be read."""

CHANGED_SINCE: Signature = (-1, -1, -1, -1)
"""The signature of a file that was changed after its draft was begun; equal to no real one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftDraft:
    """A draft that was not saved when the program last ended.

    Attributes:
        draft: The routine as typed.
        at_ns: When it was stored, in nanoseconds of wall time.
        unread: Texts of fields that were not understood.
        begun: The file's text when editing began; empty for a new routine, None if unknown.
    """

    draft: Draft
    at_ns: int
    unread: tuple[Unread, ...] = ()
    begun: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A routine that is open in the editor.

    Attributes:
        id: Its id.
        path: Where it is saved, in the user's folder.
        own: Whether that file exists; otherwise saving makes a copy that hides the shipped one.
        ships: Whether a routine of this id ships, so that deleting the user's copy resets it.
        text: The text of its file, or of the one it is a copy of; empty for a new routine.
        draft: What the file says, or None if nothing of it can be read.
        problems: Problems of the file itself, not of the routines it uses.
        places: Line and column of each field by dotted path: `name`, `steps[2]`, `steps[2].hold`.
        signature: The signature of the file at `path` when it was read. CHANGED_SINCE if `left`
            began from another text: `text` and `draft` are of that one, and saving is a conflict.
        left: The unsaved draft, or None.
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
    """A save that wrote nothing, because another program changed the file meanwhile.

    To keep the draft: `save(conflict.theirs, draft)`, which writes its changes into their text.

    Attributes:
        mine: The text that would have been written.
        theirs: The file as it is now.
    """

    mine: str
    theirs: Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What saving a draft would write and run.

    Attributes:
        text: The text of the file.
        routine: The routine that would run, or None.
        problems: All problems, with lines of `text` and the field of each.
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
        key: Identifies it among the versions of its routine.
        at_ns: When it was written, in nanoseconds of wall time.
        size: Its size in bytes.
    """

    key: str
    at_ns: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A routine in the trash.

    Attributes:
        key: Identifies it in the trash.
        id: Its id before it was deleted.
        name: Its name before it was deleted.
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
        folder: The value of the step's `folder`, so that the picture is found before a save.
        note: How the image was changed, one sentence for the user, or empty.
    """

    picture: str
    folder: str
    note: str = ""


class PartState(StrEnum):
    """What an import does with one part of a file."""

    NEW = "new"
    RENAMED = "renamed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a file that is imported.

    Attributes:
        name: Its name in the file.
        state: What the import does with it; SAME is there already, with the same content.
        title: The name of the routine or picture for the user.
        becomes: The name under which it is kept; for a routine its id.
        note: The reason for `state`, one sentence for the user, or empty.
        is_routine: Whether it is a routine, not a picture or a figure.
        about: The description of a routine.
        steps: The titles of a routine's steps.
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
    """A checked file that can be imported; nothing is written yet.

    Attributes:
        path: The file.
        parts: What the import would do with each part.
        routine: The id that its main routine would get, or empty.
        files: The bytes to write, by path within the folder of routines.
    """

    path: Path
    parts: tuple[Part, ...]
    routine: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def refused(self) -> tuple[Part, ...]:
        """The parts that cannot be imported."""
        return tuple(part for part in self.parts if part.state is PartState.REFUSED)
