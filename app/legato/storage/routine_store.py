"""Opens, previews and saves routines for the editor; all its writes go through here."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.documents import CHANGED_SINCE, NO_FILE, Conflict, Opened, Preview
from legato.domain.draft import unfold
from legato.domain.problems import BadData, Problem
from legato.domain.routine import FIGURE_PREFIX, Step
from legato.storage.atomic import locked, write_atomic
from legato.storage.figures import MOST_BYTES as MOST_FIGURE_BYTES
from legato.storage.figures import own_figures
from legato.storage.history import DraftFolder, VersionFolder
from legato.storage.pictures import MOST_PICTURE_BYTES, read_picture_file
from legato.storage.routine_files import RoutinePaths
from legato.storage.routine_format import keep_schema
from legato.storage.routine_reader import parse_routine
from legato.storage.routine_text import (
    SCHEMA_LINE,
    line_values,
    routine_file_text,
    routine_values,
)
from legato.storage.routine_writer import rewrite, rewritten
from legato.storage.safe_read import read_regular, refusal
from legato.storage.sources import Source, resolve_uses, signature
from legato.storage.yaml.nodes import MOST_BYTES
from legato.storage.yaml.types import capped

if TYPE_CHECKING:
    from legato.domain.documents import LeftDraft, Signature, Version
    from legato.domain.draft import Draft, Use
    from legato.domain.editing import Unread
    from legato.storage.paths import Paths
    from legato.storage.routine_reader import Reading
    from legato.storage.sources import Sources


def own_picture(step: Step) -> tuple[str, bytes] | None:
    """Return the path and content of the picture of `step`, if it is a file of the user's.

    Return None for a shipped figure, and for a picture that is missing or must not be shown.
    """
    if not step.picture or not step.folder:
        return None
    folder = Path(step.folder)
    try:
        if not step.picture.startswith(FIGURE_PREFIX):
            return step.picture, read_picture_file(folder, step.picture)
        name = step.picture.removeprefix(FIGURE_PREFIX)
        if own_figures(folder).has(name):
            file = f"{name}.yaml"
            return file, read_regular(folder / file, most_bytes=MOST_FIGURE_BYTES)
    except BadData:
        pass
    return None


def own_pictures(draft: Draft) -> dict[str, bytes]:
    """Return the user's own pictures of all steps, by path in their folder."""
    steps = (line for line in draft.steps if isinstance(line, Step))
    return dict(found for step in steps if (found := own_picture(step)))


def copy_pictures(draft: Draft, folder: Path) -> Draft:
    """Copy the pictures of steps that come from another folder into `folder`.

    Such steps were pasted from another routine, or their routine is a copy. Nothing is
    overwritten: a different picture of the same name gets a new name.

    Returns:
        The routine with the pictures in `folder`.

    Raises:
        BadData: A picture cannot be written.
    """
    steps = (_copied(line, folder) if isinstance(line, Step) else line for line in draft.steps)
    return replace(draft, steps=tuple(steps))


def _copied(step: Step, folder: Path) -> Step:
    if not step.picture or step.folder == str(folder):
        return step
    found = own_picture(step)
    if found is None:
        return replace(step, folder=str(folder))
    file, data = found
    name = _kept(folder, Path(file), data)
    picture = (
        f"{FIGURE_PREFIX}{Path(name).stem}" if step.picture.startswith(FIGURE_PREFIX) else name
    )
    return replace(step, picture=picture, folder=str(folder))


def _kept(folder: Path, file: Path, data: bytes) -> str:
    """Write `data` into `folder` as `file`, or under the next free name; return the name."""
    for number in count(1):
        stem = file.stem if number == 1 else f"{file.stem}-{number}"
        name = file.with_name(stem + file.suffix).as_posix()
        path = folder / name
        if not os.path.lexists(path):
            write_atomic(path, data)
            return name
        if read_regular(path, most_bytes=MOST_PICTURE_BYTES) == data:
            return name
    raise AssertionError("numbers do not end")


_SCHEMA_MARK = "yaml-language-server"


class RoutineStore:
    """The user's routines for the editor, with their drafts and versions.

    Args:
        paths: The user's data folder.
        shipped_dir: The routines that ship.
        sources: Where used routines are found for a preview: the library.
    """

    def __init__(self, paths: Paths, shipped_dir: Path, sources: Sources) -> None:
        self._routines = RoutinePaths(paths.routines, shipped_dir)
        self._sources = sources
        self._schema_path = paths.schema
        self._drafts = DraftFolder(paths.drafts, paths.routines)
        self._versions = VersionFolder(paths.versions)

    def open(self, routine_id: str) -> Opened | Problem:
        """Open the user's routine with that id, else the shipped one."""
        opened = self._open_now(routine_id)
        return self._as_begun(opened) if isinstance(opened, Opened) and opened.own else opened

    def _open_now(self, routine_id: str) -> Opened | Problem:
        """Open the file as it is now, without its draft."""
        path = self._routines.found(routine_id)
        if path is None:
            return Problem(where=routine_id, text="there is no such routine")
        own = self._routines.own(routine_id) is not None
        seen = signature(path)
        try:
            data = read_regular(path, most_bytes=MOST_BYTES)
        except BadData as error:
            return error.problems[0]
        folder = str(path.parent / path.stem)
        reading = parse_routine(data, routine_id=routine_id, where=str(path), folder=folder)
        target = path if own else self._routines.new_path(routine_id)
        text = data.decode(errors="replace")
        return self._opened(routine_id, target, text, reading, seen if own else NO_FILE)

    def _opened(
        self, routine_id: str, path: Path, text: str, reading: Reading, seen: Signature
    ) -> Opened:
        """Return a file as it is opened; `seen` is its signature, or NO_FILE if it only ships."""
        return Opened(
            id=routine_id,
            path=path,
            own=seen != NO_FILE,
            ships=self._routines.shipped(routine_id) is not None,
            text=text,
            draft=reading.draft,
            problems=capped(reading.problems),
            places=reading.places,
            signature=seen,
            left=self._drafts.left(routine_id),
        )

    def _as_begun(self, opened: Opened) -> Opened:
        """Return the file as it was when editing of the stored draft began.

        Another program may have changed the file since. Saving then finds a conflict, as if the
        editor had stayed open.
        """
        begun = opened.left.begun if opened.left else None
        if begun is None or begun == opened.text:
            return opened
        folder = str(self._routines.folder(opened.id))
        where = str(opened.path)
        data = begun.encode(errors="replace")
        reading = parse_routine(data, routine_id=opened.id, where=where, folder=folder)
        return replace(
            opened,
            text=begun,
            draft=reading.draft,
            problems=capped(reading.problems),
            places=reading.places,
            signature=CHANGED_SINCE,
        )

    def begin(self, draft: Draft) -> Opened:
        """Begin a new routine from `draft`, under a free id; nothing is written yet."""
        routine_id, name = self._routines.free_name(draft.name, self._left_ids())
        return self._unsaved(replace(draft, id=routine_id, name=name), "")

    def copy(self, routine_id: str) -> Opened | Problem:
        """Begin a copy of a routine, named `Name (2)`; nothing is written yet.

        Its text is that of the original with the new name, comments included. Its pictures are
        copied when it is saved, or stored as a draft.
        """
        opened = self.open(routine_id)
        if isinstance(opened, Problem):
            return opened
        if opened.draft is None:
            return opened.problems[0]
        new_id, name = self._routines.free_id(routine_id, opened.draft.name, self._left_ids())
        draft = replace(opened.draft, id=new_id, name=name)
        try:
            text = rewritten(opened.text, opened.draft, draft, str(opened.path))
        except BadData as error:
            return error.problems[0]
        return self._unsaved(draft, text)

    def preview(self, opened: Opened, draft: Draft) -> Preview | Problem:
        """Return the result of saving `draft`: the text, the routine that runs, the problems."""
        try:
            text, reading = self._text(opened, draft)
        except BadData as error:
            return error.problems[0]
        source = Source(opened.path, NO_FILE, reading)
        entry = resolve_uses(source, self._sources, own=True).entry
        return Preview(
            text=text,
            routine=entry.routine or unfold(draft, self._used).routine,
            problems=entry.problems,
            places=reading.places,
        )

    def save(self, opened: Opened, draft: Draft) -> Opened | Conflict | Problem:
        """Write the changes of `draft` into the file; the rest of its text stays.

        A shipped routine becomes the user's copy. The old text is kept as a version.

        Returns:
            The routine as opened after saving; or a conflict, if another program has changed the
            file; or why it was not written.
        """
        try:
            draft = copy_pictures(draft, self._routines.folder(opened.id))
            text, reading = self._text(opened, draft)
            saved = self._write(opened, text, reading)
        except BadData as error:
            return error.problems[0]
        return _with_lines_of(saved, draft) if isinstance(saved, Opened) else saved

    def save_text(self, opened: Opened, text: str) -> Opened | Conflict | Problem:
        """Write `text` as the file, even if it has problems.

        A file that is not UTF-8 is left alone: the text that was opened is not what is in it.
        """
        try:
            _check_utf8(opened)
            return self._write(opened, text)
        except BadData as error:
            return error.problems[0]

    def keep_draft(
        self, opened: Opened, draft: Draft, unread: tuple[Unread, ...] = ()
    ) -> Problem | None:
        """Store `draft`, and the texts of fields that were not understood.

        They stay until the routine is saved or `forget_draft` is called.
        """
        if opened.own and not unread and draft == opened.draft:
            self._drafts.forget(opened.id)
            return None
        try:
            draft = copy_pictures(draft, self._routines.folder(opened.id))
        except BadData as error:
            return error.problems[0]
        return self._drafts.keep(replace(draft, id=opened.id), unread, opened.text)

    def forget_draft(self, routine_id: str) -> None:
        """Delete the stored draft of that routine."""
        self._drafts.forget(routine_id)

    def left_drafts(self) -> tuple[LeftDraft, ...]:
        """Return the stored drafts of all routines, the latest first."""
        return self._drafts.all_left()

    def resume(self, left: LeftDraft) -> Opened:
        """Open the draft of a routine that was never saved, or whose file is gone."""
        opened = self.open(left.draft.id)
        if isinstance(opened, Opened):
            return opened
        text = left.begun or ""
        unsaved = self._unsaved(left.draft, text)
        if text:  # The text is the base; the draft holds the changes.
            data, where = text.encode(errors="replace"), str(unsaved.path)
            reading = parse_routine(data, routine_id=unsaved.id, where=where)
            unsaved = replace(unsaved, draft=reading.draft or left.draft)
        return replace(unsaved, left=left)

    def versions(self, routine_id: str) -> tuple[Version, ...]:
        """Return the earlier versions of a routine, the latest first."""
        return self._versions.versions(routine_id)

    def version_text(self, routine_id: str, key: str) -> str | Problem:
        """Return the text of a version."""
        try:
            return self._versions.read(routine_id, key).decode(errors="replace")
        except BadData as error:
            return error.problems[0]

    def restore_version(self, opened: Opened, key: str) -> Opened | Conflict | Problem:
        """Write an earlier version as the file; the present text is kept as a version."""
        try:
            text = self._versions.read(opened.id, key).decode()
            return self._write(opened, text)
        except UnicodeDecodeError:
            return Problem(where=opened.id, text="this version is not UTF-8 text", hint=_CONVERT)
        except BadData as error:
            return error.problems[0]

    def pictures_named(self, routine_id: str) -> frozenset[str] | None:
        """Return all pictures that the routine, its draft or an earlier version uses.

        Returns:
            None if one of the texts cannot be read: any picture may be in use then.
        """
        texts: list[bytes] = []
        try:
            own = self._routines.own(routine_id)
            if own is not None:
                texts.append(read_regular(own, most_bytes=MOST_BYTES))
            kept = self._versions.versions(routine_id)
            texts += [self._versions.read(routine_id, version.key) for version in kept]
        except BadData:
            return None
        readings = [parse_routine(text, routine_id=routine_id, where="") for text in texts]
        if any(reading.problems for reading in readings):
            return None
        left = self._drafts.left(routine_id)
        drafts = [*(reading.draft for reading in readings), left.draft if left else None]
        lines = [line for draft in drafts if draft for line in draft.steps]
        return frozenset(line.picture for line in lines if isinstance(line, Step))

    def _text(self, opened: Opened, draft: Draft) -> tuple[str, Reading]:
        """Return the text for `draft`, and the reading of it; raise BadData."""
        draft = replace(draft, id=opened.id)
        where, folder = str(opened.path), str(self._routines.folder(opened.id))
        text = opened.text
        if not text:
            return _new_text(draft, where, folder)
        if opened.draft is None:
            raise BadData(opened.problems[:1])
        is_copy = not opened.own and _SCHEMA_MARK not in text.partition("\n")[0]
        if is_copy and not text.startswith("\ufeff"):
            text = SCHEMA_LINE + text
        return rewrite(text, opened.draft, draft, where, folder)

    def _write(
        self, opened: Opened, text: str, reading: Reading | None = None
    ) -> Opened | Conflict | Problem:
        """Write `text` if the file has not changed since it was read; raise BadData.

        Args:
            opened: The file as it was read.
            text: What is to be in it.
            reading: What the loader reads from `text`, where that is known.
        """
        with locked(opened.path.parent):
            return self._write_now(opened, text, reading)

    def _write_now(
        self, opened: Opened, text: str, reading: Reading | None
    ) -> Opened | Conflict | Problem:
        data, path = text.encode(), opened.path
        now = signature(path)
        old = read_regular(path, most_bytes=MOST_BYTES) if now != NO_FILE else b""
        if now not in (NO_FILE, opened.signature) and old not in (opened.text.encode(), data):
            theirs = self._open_now(opened.id)
            return theirs if isinstance(theirs, Problem) else Conflict(mine=text, theirs=theirs)
        if len(data) > MOST_BYTES:
            raise refusal(path, "the routine is larger than 1 MB", "make it smaller")
        if now != NO_FILE and old != data:
            self._versions.keep(opened.id, old, now[1])
        keep_schema(self._schema_path)
        write_atomic(path, data)
        self._drafts.forget(opened.id)
        seen = signature(path)
        # Another program may have written it since: then it is opened as it is now.
        if reading is None or read_regular(path, most_bytes=MOST_BYTES) != data:
            return self.open(opened.id)
        return self._opened(opened.id, path, text, reading, seen)

    def _unsaved(self, draft: Draft, text: str) -> Opened:
        return Opened(
            id=draft.id,
            path=self._routines.new_path(draft.id),
            own=False,
            ships=False,
            text=text,
            draft=draft,
        )

    def _left_ids(self) -> frozenset[str]:
        """Return the ids of new routines that were never saved."""
        return frozenset(left.draft.id for left in self._drafts.all_left())

    def _used(self, routine_id: str) -> Draft | None:
        source = self._sources.source(routine_id)
        return source.draft if source else None


_CONVERT = "convert the file to UTF-8 in your text editor; nothing was changed"


def _check_utf8(opened: Opened) -> None:
    """Raise BadData if the file of `opened` is there and is not UTF-8 text."""
    if not opened.own or not opened.path.exists():
        return
    try:
        read_regular(opened.path, most_bytes=MOST_BYTES).decode()
    except UnicodeDecodeError as error:
        raise refusal(opened.path, "the file is not UTF-8 text", _CONVERT) from error


def _new_text(draft: Draft, where: str, folder: str) -> tuple[str, Reading]:
    """Return the checked text of a new file, and the reading of it; raise BadData."""
    text = routine_file_text(draft)
    data = text.encode()
    reading = parse_routine(data, routine_id=draft.id, where=where, folder=folder)
    if reading.draft is None or routine_values(reading.draft) != routine_values(draft):
        problems = reading.problems or (Problem(where=where, text="it cannot be written"),)
        raise BadData(problems[:1])
    return text, reading


def _with_lines_of(opened: Opened, draft: Draft) -> Opened:
    """Return `opened` with the line objects of `draft` where lines are equal.

    The next save recognises by them which line is which.
    """
    if opened.draft is None or len(opened.draft.steps) != len(draft.steps):
        return opened
    pairs = zip(draft.steps, opened.draft.steps, strict=True)
    steps = tuple(
        mine if _is_same_text(mine, read) and _folder(mine) == _folder(read) else read
        for mine, read in pairs
    )
    return replace(opened, draft=replace(opened.draft, steps=steps))


def _is_same_text(one: Step | Use, other: Step | Use) -> bool:
    return one == other or line_values(one) == line_values(other)


def _folder(line: Step | Use) -> str:
    return line.folder if isinstance(line, Step) and line.picture else ""
