"""Decodes the user's own pictures in a child process: run with `python -m`.

It reads pictures from stdin and writes pixels or the reason of a refusal to stdout, until stdin
ends. `devices.picture_process` starts and ends it.
"""

from __future__ import annotations

import sys
import time
from typing import IO, TYPE_CHECKING

from legato.devices.picture_process import Header, receive, send
from legato.devices.sandbox import end_with_parent, limit_resources, limit_wait, limit_work
from legato.domain.ports import PictureData
from legato.domain.problems import DRAWING, MOST_SOURCE_BYTES, Problem, not_shown
from legato.storage.svg.output import is_plain

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

MORE_BYTES = 400_000_000
"""Limit for memory in bytes; a picture of 64 MB takes about 200 MB to decode, rotate and scale."""
WORK_SECONDS = 3.0
"""Limit of CPU time for one picture; the parent has given up by then."""
WAIT_SECONDS = 10.0
"""Limit for one picture; the parent has killed this process by then, or is gone."""


def serve(requests: IO[bytes], replies: IO[bytes]) -> int:
    """Answer requests until the end of the stream; return the exit code."""
    # Set before the first message: sending it fails if the parent is gone by then.
    end_with_parent()
    application = _application()
    send(replies, {"draws": application is not None})
    if application is None:
        return 1
    limit_resources(MORE_BYTES)
    while True:
        try:
            request, data = receive(requests, MOST_SOURCE_BYTES)
        except EOFError:
            return 0
        limit_work(WORK_SECONDS)
        with limit_wait(WAIT_SECONDS):
            reply = _answer(request, PictureData(data, str(request.get("kind"))))
        send(replies, *reply)


def _answer(request: Header, picture: PictureData) -> tuple[Header, bytes]:
    if picture.kind == DRAWING and not is_plain(picture.data):
        return _refused(not_shown(DRAWING, "it did not come through the gate for drawings"))
    longest = request.get("shrink")
    return _shrunk(picture, longest) if isinstance(longest, int) else _opened(picture)


def _opened(picture: PictureData) -> tuple[Header, bytes]:
    from legato.ui.pictures.decode import open_picture  # noqa: PLC0415 - needs Qt's libraries

    opened = open_picture(picture, time.perf_counter)
    if isinstance(opened, Problem):
        return _refused(opened)
    moves = opened.moving is not None
    return {"width": opened.width, "height": opened.height, "moves": moves}, opened.pixels


def _shrunk(picture: PictureData, longest: int) -> tuple[Header, bytes]:
    from legato.ui.pictures.decode import shrunk  # noqa: PLC0415 - needs Qt's libraries

    small = shrunk(picture, longest)
    if isinstance(small, Problem):
        return _refused(small)
    return {"kind": small.kind}, b"" if small is picture else small.data


def _refused(problem: Problem) -> tuple[Header, bytes]:
    return {"text": problem.text, "hint": problem.hint}, b""


def _application() -> QGuiApplication | None:
    """Return the application that fonts of drawings need, or None without Qt's libraries."""
    try:
        from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - see above

        from legato.ui.pictures import decode  # noqa: F401, PLC0415 - fails if a library is missing
    except ImportError:
        return None
    return QGuiApplication(sys.argv[:1])


if __name__ == "__main__":
    sys.exit(serve(sys.stdin.buffer, sys.stdout.buffer))
