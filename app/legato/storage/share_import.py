"""Plans the import of routines: their ids, their parts, and why a part is refused."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from legato.domain.documents import Incoming, Part, PartState
from legato.domain.draft import Draft, Use
from legato.domain.editing import label
from legato.domain.problems import BadData
from legato.domain.routine import Variants
from legato.storage.figures import MOST_BYTES as MOST_FIGURE_BYTES
from legato.storage.figures import is_figure_name, parse_figure
from legato.storage.file_names import ENDINGS, composed, is_routine_file
from legato.storage.pictures import MOST_PICTURE_BYTES, SVG, kind_of
from legato.storage.routine_files import numbered
from legato.storage.routine_format import PICTURE_ENDINGS
from legato.storage.routine_reader import parse_routine
from legato.storage.routine_writer import rewritten
from legato.storage.safe_read import read_regular, refusal, size
from legato.storage.svg.filter import svg_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
    from pathlib import Path

    from legato.domain.editing import Line
    from legato.storage.routine_files import RoutinePaths

FIGURE_ENDING = "yaml"
_KIND_OF = {"jpg": "jpeg"}


def file_fault(name: str, data: bytes) -> str:
    """Return why a file cannot be imported, or an empty string.

    Args:
        name: Its path in the routine's folder.
        data: Its content.
    """
    stem, _, ending = name.rpartition(".")
    ending = ending.casefold()
    if ending == FIGURE_ENDING:
        return _figure_fault(stem, data)
    if not stem or ending not in PICTURE_ENDINGS:
        return "it is neither a picture nor a drawn pose"
    if len(data) > MOST_PICTURE_BYTES:
        return f"the picture is larger than {size(MOST_PICTURE_BYTES)}"
    if kind_of(data) != _KIND_OF.get(ending, ending):
        return "it is not what its name says"
    if ending == SVG and (fault := svg_fault(data)):
        return f"the drawing is not shown: {fault}"
    return ""


def _figure_fault(name: str, data: bytes) -> str:
    if not is_figure_name(name) or len(data) > MOST_FIGURE_BYTES:
        return "it is no drawn pose"
    try:
        parse_figure(name, data, name)
    except BadData as error:
        return f"the drawn pose cannot be read: {error.problems[0].text}"
    return ""


_ALREADY = "it is here already, just the same"
_NO_ROUTINE = "it belongs to no routine in this file"


def used_ids(draft: Draft) -> set[str]:
    """Return the ids of routines that `draft` uses or names as variants."""
    ids: set[str] = set()
    for line in draft.steps:
        if isinstance(line, Use):
            ids.add(line.id)
        else:
            ids |= {line.variants.easier, line.variants.seated, line.variants.standing}
    return ids - {""}


@dataclass(slots=True, kw_only=True)
class _ImportedRoutine:
    """A routine to import.

    Attributes:
        name: Its name in the file.
        data: Its text.
        draft: Its content; the id is that of its file.
        files: Its pictures and figures, by path in its folder.
        becomes: The id that it gets here.
        title: The name that it gets here.
        same: Whether the same routine exists here already.
        text: Its text with the ids and the name that it gets here.
        problem: What is wrong with it.
        note: A note for the user.
        refused: Whether it cannot be imported.
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


class ImportPlan:
    """Decides for each file of an import whether it is imported, and under which id.

    Args:
        routines: Finds the files of routines here.
        files: Their content by path: routines at the top, the main one first, and the
            pictures of each in a folder of its id.
    """

    def __init__(self, routines: RoutinePaths, files: Mapping[str, bytes]) -> None:
        self._routines = routines
        self._files = files
        self._imported: dict[str, _ImportedRoutine] = {}
        self._refused: dict[str, str] = {}
        self._kept: dict[str, bytes] = {}
        self._texts: dict[tuple[str, str, tuple[tuple[str, str], ...]], bytes] = {}

    def look(self, path: Path) -> Generator[None, None, Incoming]:
        """Return the result that importing would have for each part of the file at `path`.

        Yields after each part, so that a window can do something else between them.
        """
        for name, data in self._files.items():
            if "/" not in name and not self._is_picture(name):
                self._take_routine(name, data)
                yield
        self._files = {self._moved(name): data for name, data in self._files.items()}
        for name, data in self._files.items():
            if "/" in name:
                self._take_file(name, data)
                yield
            elif self._is_picture(name):
                self._refused[name] = _NO_ROUTINE
        yield from self._find_places()
        for imported in self._imported.values():
            self._settle(imported)
        came = (imported for imported in self._imported.values() if not imported.refused)
        return Incoming(
            path=path,
            parts=tuple(self._part(name) for name in self._files),
            routine=next((imported.becomes for imported in came), ""),
            files=self._kept,
        )

    @staticmethod
    def _is_picture(name: str) -> bool:
        return name.rpartition(".")[2].casefold() in PICTURE_ENDINGS

    def _moved(self, name: str) -> str:
        """Return the path of a picture that lies beside the routine that names it: its folder."""
        if "/" in name or not self._is_picture(name):
            return name
        for routine_id, imported in self._imported.items():
            for line in imported.draft.steps:
                if not isinstance(line, Use) and line.picture == name:
                    moved = f"{routine_id}/{name}"
                    return name if moved in self._files else moved
        return name

    def _take_routine(self, name: str, data: bytes) -> None:
        if not is_routine_file(name):
            self._refused[name] = "it is neither a routine nor a picture of one"
            return
        routine_id = PurePosixPath(name).stem
        reading = parse_routine(data, routine_id=routine_id, where=name)
        if reading.draft is None:
            self._refused[name] = f"it cannot be read: {reading.problems[0].text}"
        elif routine_id in self._imported:
            self._refused[name] = "there are two routines of this id"
        else:
            imported = _ImportedRoutine(name=name, data=data, draft=reading.draft)
            if count := len(reading.problems):
                imported.problem = "it has a problem" if count == 1 else f"it has {count} problems"
            self._imported[routine_id] = imported

    def _take_file(self, name: str, data: bytes) -> None:
        routine_id, _, rest = name.partition("/")
        imported = self._imported.get(routine_id)
        if imported is None:
            self._refused[name] = _NO_ROUTINE
        elif fault := file_fault(rest, data):
            self._refused[name] = fault
        else:
            imported.files[rest] = data

    def _find_places(self) -> Iterator[None]:
        """Choose all ids; the text of a routine depends on the ids of those that it uses."""
        for _ in range(len(self._imported) + 1):
            before = self._ids()
            taken: set[str] = set()
            for imported in self._imported.values():
                self._find_place(imported, before, taken)
                yield
                taken.add(imported.becomes)
            if self._ids() == before:
                return

    def _ids(self) -> dict[str, str]:
        """Return the new id of each routine, by its old one."""
        return {one: imported.becomes or one for one, imported in self._imported.items()}

    def _find_place(
        self, imported: _ImportedRoutine, ids: Mapping[str, str], taken: Collection[str]
    ) -> None:
        """Choose the first id that is free, or that the same routine has here already."""
        names = numbered(imported.draft.id, imported.draft.name)
        imported.refused, imported.same = False, False
        for imported.becomes, imported.title in names:
            if imported.becomes in taken:
                continue
            try:
                imported.text = self._text(imported, ids)
            except BadData as error:
                imported.refused, imported.problem = True, error.problems[0].text
                return
            imported.same = self._is_here(imported)
            if imported.same or self._routines.is_free(imported.becomes):
                return

    def _text(self, imported: _ImportedRoutine, ids: Mapping[str, str]) -> bytes:
        """Return what `_text` does; the same change of ids is made once."""
        used = tuple(sorted((one, ids[one]) for one in used_ids(imported.draft) if one in ids))
        key = (imported.draft.id, imported.title, used)
        if key not in self._texts:
            self._texts[key] = _text(imported, ids)
        return self._texts[key]

    def _is_here(self, imported: _ImportedRoutine) -> bool:
        path = self._routines.found(imported.becomes)
        folder = self._routines.folder(imported.becomes)
        return (
            path is not None
            and _holds(path, imported.text)
            and all(_holds(folder / rest, data) for rest, data in imported.files.items())
        )

    def _settle(self, imported: _ImportedRoutine) -> None:
        """Decide which files are written for a routine, and set its note."""
        if imported.refused or imported.same:
            imported.note = imported.problem if imported.refused else _ALREADY
            return
        notes = [imported.problem] if imported.problem else []
        if imported.becomes != imported.draft.id:
            notes.append(f"another {imported.draft.id} is here and stays")
        if missing := self._missing(imported):
            notes.append(f"it uses {missing}, which is not here")
        imported.note = "; ".join(notes)
        for rest, content in imported.files.items():
            self._kept[f"{imported.becomes}/{rest}"] = content
        # The routine is written after its pictures, so that it is never here without them.
        self._kept[f"{imported.becomes}{ENDINGS[0]}"] = imported.text

    def _missing(self, imported: _ImportedRoutine) -> str:
        """Return the ids of routines that it uses and that are missing, as text."""
        nowhere = sorted(
            one
            for one in used_ids(imported.draft)
            if one not in self._imported and not self._routines.found(one)
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
        imported = self._imported[top if rest else PurePosixPath(name).stem]
        state = _state(imported)
        if not rest:
            title = imported.title or imported.draft.name
            return Part(
                name=name,
                state=state,
                title=title,
                becomes=imported.becomes,
                note=imported.note,
                is_routine=True,
                about=imported.draft.about,
                steps=tuple(map(label, imported.draft.steps)),
            )
        state = PartState.NEW if state is PartState.RENAMED else state
        note = "" if state is not PartState.REFUSED else "its routine cannot come in"
        return Part(
            name=name, state=state, title=rest, becomes=f"{imported.becomes}/{rest}", note=note
        )


def _state(imported: _ImportedRoutine) -> PartState:
    if imported.refused:
        return PartState.REFUSED
    if imported.same:
        return PartState.SAME
    return PartState.NEW if imported.becomes == imported.draft.id else PartState.RENAMED


def _text(imported: _ImportedRoutine, ids: Mapping[str, str]) -> bytes:
    """Return the text of a routine, with the new ids of the routines that it uses.

    Raises:
        BadData: It is written in a way that cannot be changed.
    """
    steps = tuple(_line(line, ids) for line in imported.draft.steps)
    wanted = replace(imported.draft, name=imported.title, steps=steps)
    if wanted == imported.draft:
        return imported.data
    return rewritten(imported.data.decode(), imported.draft, wanted, imported.name).encode()


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


MOST_ENTRIES = 200
MOST_UNPACKED = 50_000_000
MOST_PACKED = 50_000_000
MOST_RATIO = 200
"""Highest ratio of size to packed size: that of text is about 10, that of a bomb far higher."""
SMALL = 100_000
"""Bytes up to which any ratio is harmless."""
DEEPEST = 6
LONGEST_PART = 120

_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BAD_LETTERS = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069<>:"|?*\\]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_HOSTILE = "this file is not opened: "
_ASK = "ask whoever gave it to you for another copy"
_ADDED_FOLDERS = frozenset({"__MACOSX"})
_ADDED_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
"""What systems put into folders and archives by themselves."""


def read_archive(path: Path) -> dict[str, bytes]:
    """Return the files in the archive at `path` by their names, in their order.

    Nothing is unpacked to the disk. One refused part refuses the whole file, because no program
    writes such a file.

    Raises:
        BadData: It is no ZIP file, damaged, or made to harm.
    """
    data = read_regular(path, most_bytes=MOST_PACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not _is_added(info.filename)]
            if fault := _fault(infos):
                raise refusal(path, _HOSTILE + fault, _ASK)
            files = [info for info in infos if not info.is_dir()]
            contents = {composed(info.filename): _content(archive, info) for info in files}
            return _without_folder_around(contents)
    except _TooMuchError as error:
        raise refusal(path, f"{_HOSTILE}{error}", _ASK) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise refusal(path, "this is no .legato file, or it is damaged", _ASK) from error
    except (ValueError, ArithmeticError, NotImplementedError, RuntimeError) as error:
        raise refusal(path, "this .legato file cannot be read", _ASK) from error


def _is_added(name: str) -> bool:
    """Return whether a part was added by the system that packed the archive."""
    parts = name.rstrip("/").split("/")
    is_ours = parts[-1].casefold() not in _ADDED_FILES and not parts[-1].startswith("._")
    return not (is_ours and _ADDED_FOLDERS.isdisjoint(parts))


def _without_folder_around(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files without one folder around all of them, in which somebody packed them."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) != 1 or any("/" not in name for name in files):
        return files
    inner = {name.partition("/")[2]: data for name, data in files.items()}
    has_routine = any(is_routine_file(name) for name in inner if "/" not in name)
    return inner if has_routine else files


def name_fault(name: str) -> str:
    """Return why the name of a part is refused, or an empty string."""
    parts = name.split("/")
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name):
        return "a name in it leads outside"
    if len(parts) > DEEPEST or any(len(part) > LONGEST_PART for part in parts):
        return "a name in it is too long or too deep"
    for part in parts:
        if not part or part != part.strip(" ") or part.startswith(".") or part.endswith("."):
            return "a name in it is hidden or empty"
        if _BAD_LETTERS.search(part) or _DEVICES.fullmatch(part):
            return "a name in it is none on every system"
    return ""


class _TooMuchError(Exception):
    """A part is larger than its entry in the table of contents."""


def _fault(infos: list[zipfile.ZipInfo]) -> str:
    """Return why an archive is refused by its table of contents, or an empty string."""
    if len(infos) > MOST_ENTRIES:
        return f"it has more than {MOST_ENTRIES} parts"
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        return f"it holds more than {size(MOST_UNPACKED)}"
    if fault := next((fault for info in infos if (fault := _part_fault(info))), ""):
        return fault
    names = [info.filename.rstrip("/") for info in infos]
    if len({name.casefold() for name in names}) < len(names):
        return "two of its parts have the same name"
    if set(_folders(names)) & {i.filename.casefold() for i in infos if not i.is_dir()}:
        return "a part is both a file and a folder"
    return ""


def _folders(names: Iterable[str]) -> list[str]:
    return [name.casefold().rpartition("/")[0] for name in names if "/" in name]


def _part_fault(info: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    most = max(SMALL, MOST_RATIO * info.compress_size)
    faults = (
        ("\0" in info.orig_filename, "a name in it hides another"),
        (bool(info.flag_bits & _ENCRYPTED), "it is locked by a password"),
        (kind not in (0, stat.S_IFREG, stat.S_IFDIR), "it holds a link or a device"),
        (info.compress_type not in _PACKINGS, "it is packed in an unusual way"),
        (info.file_size > most, "it would unpack to far more than it is"),
    )
    reasons = (text for is_so, text in faults if is_so)
    return name_fault(info.filename.rstrip("/")) or next(reasons, "")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the content of a part; raise _TooMuchError beyond its size in the table."""
    with archive.open(info) as stream:
        data = stream.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise _TooMuchError("a part holds more than it says")
    return data
