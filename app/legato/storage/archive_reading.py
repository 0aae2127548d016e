"""Reads a `.legato` file, a ZIP that anybody may have made: its files, or why it is refused."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING

from legato.storage.regular_file import read_regular, refusal, size

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST_ENTRIES = 200
MOST_UNPACKED = 50_000_000
MOST_PACKED = 50_000_000
MOST_RATIO = 200
"""Text packs to a tenth or so; what packs to less than this was made to fill a disk."""
SMALL = 100_000
"""Bytes: whatever its ratio, so little fills no disk."""
DEEPEST = 6
LONGEST_PART = 120

_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BAD_LETTERS = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069<>:"|?*\\]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_HOSTILE = "this file is not opened: "
_ASK = "ask for it again from someone you trust"


def read_archive(path: Path) -> dict[str, bytes]:
    """Return the files in the archive at `path` by their names, in their order.

    Nothing is unpacked to the disk. Whatever one part is refused for, the whole file is: who made
    it did so by hand.

    Raises:
        BadData: It is no ZIP, or one that harms or may be meant to.
    """
    data = read_regular(path, most_bytes=MOST_PACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if fault := _fault(infos):
                raise refusal(path, _HOSTILE + fault, _ASK)
            files = [info for info in infos if not info.is_dir()]
            return {info.filename: _content(archive, info) for info in files}
    except _TooMuchError as error:
        raise refusal(path, f"{_HOSTILE}{error}", _ASK) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise refusal(path, "this is no .legato file, or it is damaged", _ASK) from error
    except (ValueError, NotImplementedError, RuntimeError, UnicodeError) as error:
        raise refusal(path, "this .legato file cannot be read", _ASK) from error


def name_fault(name: str) -> str:
    """Return why a name of a file may not be used, or an empty string."""
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
    """A part holds more than it says."""


def _fault(infos: list[zipfile.ZipInfo]) -> str:
    """Return why an archive is refused by what its table of contents says, or nothing."""
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
    told = (text for is_so, text in faults if is_so)
    return name_fault(info.filename.rstrip("/")) or next(told, "")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the content of a part, which is no more than its size says."""
    with archive.open(info) as stream:
        data = stream.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise _TooMuchError("a part holds more than it says")
    return data
