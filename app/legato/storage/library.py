"""The library: every routine that ships and every one of the user's, read when it is needed.

A file is read once and looked at again only when it has changed; a broken one is an entry with
its problems and never hides another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.problems import Problem
from legato.storage.routine_files import FileLocation, scan
from legato.storage.sources import (
    Checked,
    Entry,
    Resolved,
    SiblingSources,
    Source,
    read_source,
    resolve_uses,
    signature,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from legato.domain.draft import Draft
    from legato.storage.routine_checks import PictureFault

__all__ = ["Checked", "Entry", "Library"]


class Library:
    """All routines by their id: the user's copy of an id wins over the one that ships.

    It looks into the folders when it is made and at each `refresh`; between them what it gives
    does not change.

    Args:
        shipped_dir: The shipped routines, with the single moves in `moves/`.
        own_dir: The user's routines; it need not exist.
        assets_dir: The shipped assets, by which `check` knows what may be named.
    """

    def __init__(self, shipped_dir: Path, own_dir: Path, assets_dir: Path | None = None) -> None:
        self._shipped_dir = shipped_dir
        self._own_dir = own_dir
        self._assets_dir = assets_dir
        self._shelf = scan(shipped_dir, own_dir)
        self._sources: dict[str, Source] = {}
        self._linked: dict[str, Resolved] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the folders themselves."""
        return self._shelf.problems

    def known_ids(self) -> tuple[str, ...]:
        """Return every id: whole routines first, then single moves, each by name."""
        places = self._shelf.places
        return tuple(sorted(places, key=lambda one: (places[one].is_move, one)))

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries in the order of `known_ids`."""
        return tuple(self.scan())

    def scan(self) -> Iterator[Entry]:
        """Give all entries one by one, so that a window may read a few at a time.

        One step reads one file and those that it uses. Files that vanish on the way, by a
        `refresh` in between, are left out.
        """
        for routine_id in self.known_ids():
            entry = self.entry(routine_id)
            if entry:
                yield entry

    def entry(self, routine_id: str) -> Entry | None:
        """Return the entry of `routine_id`, or None; reads no more than it needs."""
        linked = self._linked.get(routine_id)
        if linked is None:
            source = self.source(routine_id)
            if source is None:
                return None
            place = self._shelf.places[routine_id]
            more = _twin_problems(place)
            linked = resolve_uses(source, self, own=place.own, is_move=place.is_move, more=more)
            self._linked[routine_id] = linked
        return linked.entry

    def find_draft(self, routine_id: str) -> Draft | None:
        """Return what is written under `routine_id`, as far as it could be read, or None."""
        source = self.source(routine_id)
        return source.draft if source else None

    def source(self, routine_id: str) -> Source | None:
        """Return the file of `routine_id`, or None."""
        source = self._sources.get(routine_id)
        if source is None:
            place = self._shelf.places.get(routine_id)
            if place is None:
                return None
            source = self._sources[routine_id] = read_source(place.path).slim()
        return source

    def refresh(self) -> frozenset[str]:
        """Look for edited, new and deleted files; return the ids whose entries are others now.

        A file that has not changed is looked at, not read. Routines that use a changed one are
        among the ids.
        """
        return frozenset(changed for changed in self.refreshing() if changed)

    def refreshing(self) -> Iterator[str]:
        """Do as `refresh` in small steps, so that a window may look at a few files at a time.

        Gives the id of each entry that is another one now, and an empty string for a file that
        has not changed. Routines that use a changed one come last. It is to be run to its end.
        """
        before, self._shelf = self._shelf, scan(self._shipped_dir, self._own_dir)
        changed = set()
        for one in list(before.places.keys() | self._shelf.places.keys()):
            if not self._has_changed(one, before.places.get(one)):
                yield ""
                continue
            changed.add(one)
            self._sources.pop(one, None)
            self._linked.pop(one, None)
            yield one
        for one in [one for one, linked in self._linked.items() if linked.uses & changed]:
            del self._linked[one]
            yield one

    def open_path(self, path: Path) -> Entry:
        """Return the entry of any routine file.

        What it uses is looked for beside it, then in the library.
        """
        place = self._shelf.places.get(path.stem)
        if place and _same(place.path, path):
            entry = self.entry(path.stem)
            if entry:
                return entry
        return resolve_uses(read_source(path), SiblingSources(path.parent, self), own=True).entry

    def check(
        self, paths: Iterable[Path], picture_fault: PictureFault | None = None
    ) -> Iterator[Checked]:
        """Give what is wrong with each file of `paths`, folders with all that is in them.

        Every file is read anew, and looked over for missing figures, pictures, evidence and ways
        too, without which a session goes on.

        Args:
            paths: Files and folders.
            picture_fault: Opens a picture as a session would; returns why it is not shown, or
                None.
        """
        from legato.storage.routine_checks import (  # noqa: PLC0415 - likewise
            Checker,
            no_fault,
            read_known,
        )

        known = (
            read_known(self._assets_dir, picture_fault or no_fault) if self._assets_dir else None
        )
        checker = Checker(self, known)
        for path, problems in checker.check(paths):
            place = self._shelf.places.get(path.stem)
            twins = _twin_problems(place) if place and _same(place.path, path) else ()
            yield Checked(path, twins + problems)

    def _has_changed(self, routine_id: str, before: FileLocation | None) -> bool:
        place = self._shelf.places.get(routine_id)
        if place is None or place != before:
            return True
        source = self._sources.get(routine_id)
        return source is not None and signature(source.path) != source.signature


def _twin_problems(place: FileLocation) -> tuple[Problem, ...]:
    if not place.twin:
        return ()
    text = f"{place.twin} has the same id"
    return (Problem(where=str(place.path), text=text, hint="rename one of the two files"),)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False
