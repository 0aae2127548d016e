"""The editor's stores over an empty data folder, and what tests put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.documents import Opened
from legato.domain.ports import PictureData
from legato.domain.problems import not_shown
from legato.resources import find_bundled
from legato.storage.editor_files import EditorFiles, open_editor_files
from legato.storage.library import Library
from legato.storage.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from legato.domain.problems import Problem

PNG = b"\x89PNG\r\n\x1a\n" + b"not drawn by these tests"
OTHER_PNG = b"\x89PNG\r\n\x1a\n" + b"another one"


class FakeScaler:
    """Makes large pictures smaller, and refuses those that are marked as damaged."""

    def __init__(self, most: int = 1000) -> None:
        self.most = most

    def shrunk(self, picture: PictureData, longest: int) -> PictureData | Problem:
        """Return a small picture, the same one, or a problem."""
        assert longest > 0
        if b"damaged" in picture.data:
            return not_shown(picture.kind, "it is damaged")
        return PictureData(PNG, "png") if len(picture.data) > self.most else picture


class Desk:
    """The editor's stores, with short methods for tests.

    Args:
        folder: The data folder, as yet empty.
    """

    def __init__(self, folder: Path) -> None:
        self.paths = Paths(folder)
        self.routines = self.paths.routines
        self.shipped = find_bundled().routines
        self.library = Library(self.shipped, self.routines)
        self.scaler = FakeScaler()
        files = open_editor_files(self.paths, self.shipped, self.library, self.scaler)
        self.files: EditorFiles = files
        self.store = files.store
        self.trash = files.trash
        self.pictures = files.pictures
        self.sharing = files.sharing
        self.clipboard = files.clipboard

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file into the user's routines."""
        path = self.routines / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def text(self, routine_id: str) -> str:
        """Return the text of the user's routine."""
        return (self.routines / f"{routine_id}.yaml").read_text(encoding="utf-8")

    def open(self, routine_id: str) -> Opened:
        """Open an existing routine."""
        return done(self.store.open(routine_id))


def done(opened: object | Problem) -> Opened:
    """Return the opened routine; fail if it is anything else."""
    assert isinstance(opened, Opened), opened
    return opened
