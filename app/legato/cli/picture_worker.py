"""The child process in which people's own pictures are opened: `python -m` this module.

It reads a picture from its standard input, writes pixels or a reason to its standard output, and
so on until nobody asks any more. See `devices.picture_child`, which starts and ends it.
"""

from __future__ import annotations

import sys
import time
from typing import IO, TYPE_CHECKING

from legato.devices.picture_process import Header, receive, send
from legato.devices.sandbox import end_with_parent, limit_resources, limit_wait, limit_work
from legato.domain.ports import PictureData
from legato.domain.problems import DRAWING, MOST_SOURCE_BYTES, Problem, not_shown
from legato.storage.svg.plain import is_plain

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

MORE_BYTES = 400_000_000
"""A picture of 64 MB is decoded, turned upright and made smaller in some 200."""
WORK_SECONDS = 3.0
"""Of the processor, for one picture; whoever asked has given it up by then."""
WAIT_SECONDS = 10.0
"""For one picture in all; whoever asked has ended this process by then, or is gone."""


def serve(asking: IO[bytes], answering: IO[bytes]) -> int:
    """Answer until nobody asks any more; return the exit code."""
    # Before the first message: a parent that is gone by then is seen when that is sent.
    end_with_parent()
    application = _application()
    send(answering, {"draws": application is not None})
    if application is None:
        return 1
    limit_resources(MORE_BYTES)
    while True:
        try:
            request, data = receive(asking, MOST_SOURCE_BYTES)
        except EOFError:
            return 0
        limit_work(WORK_SECONDS)
        with limit_wait(WAIT_SECONDS):
            answer = _answer(request, PictureData(data, str(request.get("kind"))))
        send(answering, *answer)


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
    """Return what drawings need for their fonts, or None where Qt's libraries are missing."""
    try:
        from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - see above

        from legato.ui.pictures import decode  # noqa: F401, PLC0415 - all that can be missing
    except ImportError:
        return None
    return QGuiApplication(sys.argv[:1])


if __name__ == "__main__":
    sys.exit(serve(sys.stdin.buffer, sys.stdout.buffer))
