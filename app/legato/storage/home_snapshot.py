"""Reads and writes the file with the last home page, which makes the start faster."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from legato.domain.home_snapshot import HomeSnapshot, PaintedPicture
from legato.domain.problems import BadData
from legato.domain.routine import Side
from legato.storage.safe_read import read_object, read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LONGEST = 2000
MOST_PICTURE_BYTES = 32_000_000
MOST_PIXELS = 4096
"""Along one edge of a picture."""
_BYTES_A_PIXEL = 4
_LEAST_RATIO, _MOST_RATIO = 0.1, 16.0


class HomeSnapshotFile:
    """Reads and writes the snapshot of the home page.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> HomeSnapshot | None:
        """Return the last snapshot, or None."""
        try:
            _, values = read_object(self._path)
        except BadData:
            return None
        words = {name: values.get(name) for name in HomeSnapshot._fields}
        if not all(isinstance(word, str) and len(word) <= LONGEST for word in words.values()):
            return None
        return HomeSnapshot(**{name: str(word) for name, word in words.items()})

    def save(self, glance: HomeSnapshot) -> None:
        """Write the snapshot; a failure only makes the next start a little slower."""
        # Imported late, because writing is no part of the start.
        import json  # noqa: PLC0415

        from legato.storage.atomic import write_atomic  # noqa: PLC0415

        with contextlib.suppress(BadData):
            write_atomic(self._path, json.dumps(glance._asdict()).encode(), lasting=False)


class HomePicturesFile:
    """Reads and writes the pictures of the home page as plain pixels, for the first frame.

    The first line of the file describes each picture in JSON; their pixels follow it.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> tuple[PaintedPicture, ...]:
        """Return the pictures; none where the file is missing or malformed."""
        import json  # noqa: PLC0415 - as for the snapshot

        try:
            data = read_regular(self._path, most_bytes=MOST_PICTURE_BYTES)
            head, _, pixels = data.partition(b"\n")
            return tuple(_pictures(json.loads(head), pixels))
        except (BadData, ValueError, TypeError, RecursionError):
            return ()

    def save(self, pictures: Sequence[PaintedPicture]) -> None:
        """Write the pictures; a failure only leaves their room empty in the next first frame."""
        import json  # noqa: PLC0415 - as for the snapshot

        from legato.storage.atomic import write_atomic  # noqa: PLC0415 - likewise

        head = json.dumps([one[:-1] for one in pictures]).encode()
        data = b"\n".join((head, b"".join(one.pixels for one in pictures)))
        with contextlib.suppress(BadData):
            write_atomic(self._path, data, lasting=False)


def _pictures(described: Any, pixels: bytes) -> Iterator[PaintedPicture]:  # noqa: ANN401 - JSON
    """Yield the pictures of a file; raises ValueError or TypeError where they are malformed."""
    start = 0
    for folder, picture, side, width, height, ratio, theme, columns, rows in described:
        texts = all(isinstance(one, str) for one in (folder, picture, theme))
        sizes = all(
            type(one) is int and 0 < one <= MOST_PIXELS for one in (width, height, columns, rows)
        )
        end = start + columns * rows * _BYTES_A_PIXEL
        if not (texts and sizes and _LEAST_RATIO <= ratio <= _MOST_RATIO and end <= len(pixels)):
            raise ValueError
        yield PaintedPicture(
            folder, picture, Side(side), width, height, float(ratio), theme, columns, rows,
            pixels[start:end],
        )  # fmt: skip
        start = end
