"""What becomes of routines that are brought in: under which ids, with which parts, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from legato.domain.draft import Draft, Use
from legato.domain.editing import label
from legato.domain.editor_ports import Incoming, Part, PartState
from legato.domain.problems import BadData
from legato.domain.routine import Variants
from legato.storage.incoming_files import file_fault
from legato.storage.pictures import MOST_PICTURE_BYTES
from legato.storage.regular_file import read_regular
from legato.storage.routine_writer import rewritten
from legato.storage.routine_yaml import parse_routine
from legato.storage.shelf import ENDINGS, is_routine_file

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from legato.domain.editing import Line
    from legato.storage.own_shelf import OwnShelf

_ALREADY = "it is here already, just the same"
_NO_ROUTINE = "it belongs to no routine in this file"


@dataclass(slots=True, kw_only=True)
class _Guest:
    """A routine that wants to come in.

    Attributes:
        name: Its name in the file.
        data: Its text.
        draft: What it says, its id that of its file.
        files: Its pictures and figures by path in its folder.
        becomes: The id that it gets here.
        title: The name that it gets here.
        same: Whether it is here already.
        text: Its text with the ids and the name that are used here.
        problem: What is wrong with it.
        note: What a person should know of it.
        refused: Whether it cannot come in after all.
    """

    name: str
    data: bytes
    draft: Draft
    files: dict[str, bytes] = field(default_factory=dict)
    becomes: str = ""
    title: str = ""
    same: bool = False
    text: bytes = b""
    problem: str = ""
    note: str = ""
    refused: bool = False

    @property
    def used(self) -> set[str]:
        """The ids of routines that it uses or names as other ways."""
        ids: set[str] = set()
        for line in self.draft.steps:
            if isinstance(line, Use):
                ids.add(line.id)
            else:
                ids |= {line.variants.easier, line.variants.seated, line.variants.standing}
        return ids - {""}


class Reception:
    """Looks at files that want to come in, and finds each of them a place.

    Args:
        shelf: Where routines are kept.
        files: Their content by name: routines at the top, the main one first, and the pictures
            of each in a folder of its id.
    """

    def __init__(self, shelf: OwnShelf, files: Mapping[str, bytes]) -> None:
        self._shelf = shelf
        self._files = files
        self._guests: dict[str, _Guest] = {}
        self._refused: dict[str, str] = {}
        self._kept: dict[str, bytes] = {}

    def look(self, path: Path) -> Incoming:
        """Return what would become of each file of the one at `path`."""
        for name, data in self._files.items():
            if "/" not in name:
                self._take_routine(name, data)
        for name, data in self._files.items():
            if "/" in name:
                self._take_file(name, data)
        self._find_places()
        for guest in self._guests.values():
            self._settle(guest)
        came = (guest for guest in self._guests.values() if not guest.refused)
        return Incoming(
            path=path,
            parts=tuple(self._part(name) for name in self._files),
            routine=next((guest.becomes for guest in came), ""),
            files=self._kept,
        )

    def _take_routine(self, name: str, data: bytes) -> None:
        if not is_routine_file(name):
            self._refused[name] = "it is neither a routine nor a picture of one"
            return
        routine_id = PurePosixPath(name).stem
        reading = parse_routine(data, routine_id=routine_id, where=name)
        if reading.draft is None:
            self._refused[name] = f"it cannot be read: {reading.problems[0].text}"
        elif routine_id in self._guests:
            self._refused[name] = "there are two routines of this id"
        else:
            guest = _Guest(name=name, data=data, draft=reading.draft)
            if count := len(reading.problems):
                guest.problem = "it has a problem" if count == 1 else f"it has {count} problems"
            self._guests[routine_id] = guest

    def _take_file(self, name: str, data: bytes) -> None:
        routine_id, _, rest = name.partition("/")
        guest = self._guests.get(routine_id)
        if guest is None:
            self._refused[name] = _NO_ROUTINE
        elif fault := file_fault(rest, data):
            self._refused[name] = fault
        else:
            guest.files[rest] = data

    def _find_places(self) -> None:
        """Give each routine its id; the text of one depends on the ids of those that it uses."""
        for _ in range(len(self._guests) + 1):
            before = self._ids()
            taken: set[str] = set()
            for guest in self._guests.values():
                self._find_place(guest, before, taken)
                taken.add(guest.becomes)
            if self._ids() == before:
                return

    def _ids(self) -> dict[str, str]:
        """Return under which id each routine would be here."""
        return {one: guest.becomes or one for one, guest in self._guests.items()}

    def _find_place(self, guest: _Guest, ids: Mapping[str, str], taken: Collection[str]) -> None:
        """Take the first id that is free, or under which the very same is here already."""
        names = self._shelf.numbered(guest.draft.id, guest.draft.name)
        guest.refused, guest.same = False, False
        for guest.becomes, guest.title in names:
            try:
                guest.text = _text(guest, ids)
            except BadData as error:
                guest.refused, guest.problem = True, error.problems[0].text
                return
            if guest.becomes in taken:
                continue
            guest.same = self._is_here(guest)
            if guest.same or self._shelf.is_free(guest.becomes):
                return

    def _is_here(self, guest: _Guest) -> bool:
        path = self._shelf.found(guest.becomes)
        folder = self._shelf.folder(guest.becomes)
        return (
            path is not None
            and _holds(path, guest.text)
            and all(_holds(folder / rest, data) for rest, data in guest.files.items())
        )

    def _settle(self, guest: _Guest) -> None:
        """Set down what is written for a routine, and what a person should know of it."""
        if guest.refused or guest.same:
            guest.note = guest.problem if guest.refused else _ALREADY
            return
        notes = [guest.problem] if guest.problem else []
        if guest.becomes != guest.draft.id:
            notes.append(f"another {guest.draft.id} is here and stays")
        if missing := self._missing(guest):
            notes.append(f"it uses {missing}, which is not here")
        guest.note = "; ".join(notes)
        for rest, content in guest.files.items():
            self._kept[f"{guest.becomes}/{rest}"] = content
        # The routine comes after its pictures: it is never here without them.
        self._kept[f"{guest.becomes}{ENDINGS[0]}"] = guest.text

    def _missing(self, guest: _Guest) -> str:
        """Return the ids that a routine uses and that are nowhere."""
        nowhere = sorted(
            one for one in guest.used if one not in self._guests and not self._shelf.found(one)
        )
        return ", ".join(nowhere)

    def _part(self, name: str) -> Part:
        if name in self._refused:
            return Part(
                name=name,
                state=PartState.REFUSED,
                title=PurePosixPath(name).name,
                note=self._refused[name],
                is_routine="/" not in name and is_routine_file(name),
            )
        top, _, rest = name.partition("/")
        guest = self._guests[top if rest else PurePosixPath(name).stem]
        state = _state(guest)
        if not rest:
            title = guest.title or guest.draft.name
            return Part(
                name=name,
                state=state,
                title=title,
                becomes=guest.becomes,
                note=guest.note,
                is_routine=True,
                about=guest.draft.about,
                steps=tuple(map(label, guest.draft.steps)),
            )
        state = PartState.NEW if state is PartState.RENAMED else state
        note = "" if state is not PartState.REFUSED else "its routine cannot come in"
        return Part(
            name=name, state=state, title=rest, becomes=f"{guest.becomes}/{rest}", note=note
        )


def _state(guest: _Guest) -> PartState:
    if guest.refused:
        return PartState.REFUSED
    if guest.same:
        return PartState.SAME
    return PartState.NEW if guest.becomes == guest.draft.id else PartState.RENAMED


def _text(guest: _Guest, ids: Mapping[str, str]) -> bytes:
    """Return the text of a routine that uses those it came with by their ids here.

    Raises:
        BadData: It is written in a way that cannot be changed.
    """
    steps = tuple(_line(line, ids) for line in guest.draft.steps)
    wanted = replace(guest.draft, name=guest.title, steps=steps)
    if wanted == guest.draft:
        return guest.data
    return rewritten(guest.data.decode(), wanted, guest.name).encode()


def _line(line: Line, ids: Mapping[str, str]) -> Line:
    if isinstance(line, Use):
        return replace(line, id=ids.get(line.id, line.id))
    ways = line.variants
    variants = Variants(
        easier=ids.get(ways.easier, ways.easier),
        seated=ids.get(ways.seated, ways.seated),
        standing=ids.get(ways.standing, ways.standing),
    )
    return replace(line, variants=variants)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read_regular(path, most_bytes=MOST_PICTURE_BYTES) == data
    except BadData:
        return False
