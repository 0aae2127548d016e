"""The library of all routines, shipped and the user's; files are read when they are needed.

It is a cache: a file is read again only after it has changed. A file with problems is an entry too,
and never hides another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.problems import Problem
from legato.storage.file_names import composed
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

    from legato.storage.routine_checks import PictureFault

__all__ = ["Checked", "Entry", "Library"]


class Library:
    """All routines by their id: the user's copy of an id wins over the one that ships.

    It looks into the folders when it is created and at each `refresh`; between them its entries
    do not change.

    Args:
        shipped_dir: The shipped routines, with the single moves in `moves/`.
        own_dir: The user's routines; it need not exist.
        assets_dir: The shipped assets, whose figures and evidence `check` looks up.
    """

    def __init__(self, shipped_dir: Path, own_dir: Path, assets_dir: Path | None = None) -> None:
        self._shipped_dir = shipped_dir
        self._own_dir = own_dir
        self._assets_dir = assets_dir
        self._index = scan(shipped_dir, own_dir)
        self._sources: dict[str, Source] = {}
        self._resolved: dict[str, Resolved] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Problems of the folders themselves."""
        return self._index.problems

    def known_ids(self) -> tuple[str, ...]:
        """Return every id: whole routines first, then single moves, each by name."""
        places = self._index.places
        return tuple(sorted(places, key=lambda one: (places[one].is_move, one)))

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries in the order of `known_ids`."""
        return tuple(self.scan())

    def scan(self) -> Iterator[Entry]:
        """Yield all entries one by one, so that the window can read a few at a time.

        A step reads one file and those that it uses. Files that a `refresh` in between removes are
        skipped.
        """
        for routine_id in self.known_ids():
            entry = self.entry(routine_id)
            if entry:
                yield entry

    def entry(self, routine_id: str) -> Entry | None:
        """Return the entry of `routine_id`, or None; read only the files that it needs."""
        resolved = self._resolved.get(routine_id)
        if resolved is None:
            source = self.source(routine_id)
            if source is None:
                return None
            place = self._index.places[routine_id]
            more = _twin_problems(place)
            resolved = resolve_uses(source, self, own=place.own, is_move=place.is_move, more=more)
            self._resolved[routine_id] = resolved
        return resolved.entry

    def source(self, routine_id: str) -> Source | None:
        """Return the file of `routine_id`, or None."""
        source = self._sources.get(routine_id)
        if source is None:
            place = self._index.places.get(routine_id)
            if place is None:
                return None
            source = self._sources[routine_id] = read_source(place.path).slim()
        return source

    def refresh(self) -> frozenset[str]:
        """Read changed, new and deleted files; return the ids whose entries differ now.

        Only changed files are read. Routines that use a changed one are among the ids.
        """
        return frozenset(changed for changed in self.refreshing() if changed)

    def refresh_saved(self, routine_id: str) -> frozenset[str]:
        """Read the user's routine of that id again, which the program itself has written.

        Returns:
            Its id and those of the routines that use it.
        """
        place = self._index.places.get(routine_id)
        if place is None or not place.own:
            return self.refresh()
        self._sources.pop(routine_id, None)
        users = [one for one, resolved in self._resolved.items() if routine_id in resolved.uses]
        for one in (routine_id, *users):
            self._resolved.pop(one, None)
        return frozenset({routine_id, *users})

    def refreshing(self) -> Iterator[str]:
        """Refresh in small steps, so that the window can look at a few files at a time.

        Yield the id of each entry that differs now, and an empty string for an unchanged file.
        Routines that use a changed one come last. Run it to its end.
        """
        before, self._index = self._index, scan(self._shipped_dir, self._own_dir)
        changed = set()
        for one in list(before.places.keys() | self._index.places.keys()):
            if not self._has_changed(one, before.places.get(one)):
                yield ""
                continue
            changed.add(one)
            self._sources.pop(one, None)
            self._resolved.pop(one, None)
            yield one
        for one in [one for one, resolved in self._resolved.items() if resolved.uses & changed]:
            del self._resolved[one]
            yield one

    def open_path(self, path: Path) -> Entry:
        """Return the entry of any routine file.

        Routines that it uses are looked up beside it first, then in the library.
        """
        place = self._index.places.get(composed(path.stem))
        if place and _same(place.path, path):
            entry = self.entry(composed(path.stem))
            if entry:
                return entry
        return resolve_uses(read_source(path), SiblingSources(path.parent, self), own=True).entry

    def check(
        self, paths: Iterable[Path], picture_fault: PictureFault | None = None
    ) -> Iterator[Checked]:
        """Yield each file of `paths`, and of the folders among them, with its problems.

        Every file is read again, and its figures, pictures, evidence and variants are looked up
        too, which a session can do without.

        Args:
            paths: Files and folders.
            picture_fault: Opens a picture as a session would; returns why it is not shown, or
                None.
        """
        from legato.storage.routine_checks import (  # noqa: PLC0415 - not for the first frame
            Checker,
            no_fault,
            read_known,
        )

        known = (
            read_known(self._assets_dir, picture_fault or no_fault) if self._assets_dir else None
        )
        checker = Checker(self, known)
        for path, problems in checker.check(paths):
            place = self._index.places.get(composed(path.stem))
            twins = _twin_problems(place) if place and _same(place.path, path) else ()
            yield Checked(path, twins + problems)

    def _has_changed(self, routine_id: str, before: FileLocation | None) -> bool:
        place = self._index.places.get(routine_id)
        if place is None or place != before:
            return True
        source = self._sources.get(routine_id)
        return source is not None and signature(source.path) != source.signature


def _twin_problems(place: FileLocation) -> tuple[Problem, ...]:
    if not place.duplicate_of:
        return ()
    text = f"{place.duplicate_of} has the same id"
    return (Problem(where=str(place.path), text=text, hint="rename one of the two files"),)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False
