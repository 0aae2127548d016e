"""Reads the user's pictures, and refuses those that must not be shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.ports import PictureData
from legato.domain.problems import BadData, Problem, not_shown
from legato.storage.file_names import named
from legato.storage.routine_format import PICTURE_ENDINGS
from legato.storage.safe_read import read_regular, refusal
from legato.storage.svg.filter import RefusedError, safe_svg

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PICTURE_BYTES = 20_000_000
SVG = "svg"

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)


class PictureFiles:
    """The user's pictures, in a routine's own folder or beside its file."""

    def picture(self, folder: str, name: str) -> PictureData | Problem:
        """Return the picture `name` of the routine whose own folder is `folder`.

        Returns:
            Its bytes and their kind, detected by content and not by name; or why it is not shown.
        """
        try:
            return read_picture(Path(folder), name)
        except BadData as error:
            return error.problems[0]


def read_picture(folder: Path, name: str) -> PictureData:
    """Return the picture as it may be decoded; raise BadData with why it is not shown.

    Of a drawing it returns the output of the SVG filter, not the file itself.
    """
    return _opened(folder, name)[1]


def read_picture_file(folder: Path, name: str) -> bytes:
    """Return the original bytes of a picture that may be shown, for a copy.

    Raises:
        BadData: The picture is not shown.
    """
    return _opened(folder, name)[0]


def gated(data: bytes, where: str) -> PictureData | None:
    """Return a picture as it may be decoded, or None if its kind is unknown.

    Args:
        data: The content of its file.
        where: The file's path for messages.

    Raises:
        BadData: It is a drawing that is not shown.
    """
    kind = kind_of(data)
    if kind != SVG:
        return PictureData(data, kind) if kind else None
    try:
        return PictureData(safe_svg(data), kind)
    except RefusedError as refused:
        raise BadData([not_shown(kind, str(refused), where=where)]) from refused


def _opened(folder: Path, name: str) -> tuple[bytes, PictureData]:
    path = _found(folder, name)
    data = read_regular(path, most_bytes=MOST_PICTURE_BYTES)
    picture = gated(data, str(path))
    if picture is None:
        hint = f"it may be {', '.join(PICTURE_ENDINGS)}"
        raise refusal(path, "the file is no picture of a known kind", hint)
    return data, picture


def kind_of(data: bytes) -> str:
    """Return svg, png, jpeg, webp or gif by the first bytes of `data`, or an empty string."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    # Text that begins with a tag can only be a drawing; the SVG filter parses it.
    is_text = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
    return SVG if is_text or data.startswith(b"\x1f\x8b") else ""


def _found(folder: Path, name: str) -> Path:
    """Return the real path of the picture; it must lie inside the folder of the routine's file."""
    asked = folder / name
    root = folder.parent.resolve()
    for path in _candidates(folder, name):
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError, ValueError):
            continue
        if not real.is_relative_to(root):
            hint = "put the picture itself beside the routine, not a link to it"
            raise refusal(path, "the picture lies outside the routine's folder", hint)
        return real
    raise refusal(asked, "there is no such picture", f"put {name} beside the routine")


def _candidates(folder: Path, name: str) -> Iterator[Path]:
    yield named(folder, name)
    yield named(folder.parent, name)
