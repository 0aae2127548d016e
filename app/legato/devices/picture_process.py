"""Opens the user's own images in a child process, which is killed when it takes too long.

A decoder may hang, crash or take all memory on a hostile file. So the window never decodes one: a
child does, within its own limits (see `sandbox`), and returns plain pixels. The child stays for the
next image, which then costs milliseconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections import OrderedDict
from typing import IO, TYPE_CHECKING, TypeAlias

from legato.domain.ports import OpenedPicture, PictureData
from legato.domain.problems import Problem, not_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LONGEST_HEADER = 4000
_SIZE = "bytes"

Header: TypeAlias = "dict[str, object]"


def send(stream: IO[bytes], header: Mapping[str, object], data: bytes = b"") -> None:
    """Write a message; raise OSError if the other end is closed."""
    stream.write(json.dumps({**header, _SIZE: len(data)}).encode() + b"\n")
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], most_bytes: int) -> tuple[Header, bytes]:
    """Read a message.

    Args:
        stream: The stream to read from.
        most_bytes: The most bytes that may follow the header.

    Raises:
        EOFError: The other end is closed.
        ValueError: The message is malformed or incomplete.
    """
    line = stream.readline(LONGEST_HEADER)
    if not line:
        raise EOFError
    try:
        header = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("this is no message") from error
    count = header.get(_SIZE) if isinstance(header, dict) else None
    if not isinstance(count, int) or not 0 <= count <= most_bytes:
        raise ValueError("this is no message")
    data = stream.read(count)
    if len(data) < count:
        raise ValueError("the message is not whole")
    return header, data


PATIENCE_SECONDS = 2.0
START_SECONDS = 20.0
"""Limit for the start of a child: usually 0.2 s, longer on a busy machine."""
MOST_EDGE = 4000
MOST_REPLY_BYTES = 4 * MOST_EDGE * MOST_EDGE
MOST_CACHED_BYTES = 48_000_000
MOST_CACHED = 1000
_LONGEST_TEXT = 200
_BYTES_A_PIXEL = 4

_TOO_SLOW = "opening it takes longer than two seconds"
_FELL_OVER = "it cannot be opened"
_NO_CHILD = "nothing can open it safely here"


class ImageProcess:
    """Decodes images in one child process; its methods block, and may be called from any thread.

    Args:
        command: Starts the child, which speaks in messages of `send` and `receive`.
        patience_seconds: Limit for one image; then the child is killed and the image refused.
    """

    def __init__(self, command: Sequence[str], patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._command = tuple(command)
        self._patience = patience_seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._cache: OrderedDict[int, OpenedPicture | Problem] = OrderedDict()
        self._can_draw = True

    @property
    def can_draw(self) -> bool:
        """Whether the last child that was started had Qt's libraries."""
        return self._can_draw

    def open(self, picture: PictureData) -> OpenedPicture | Problem:
        """Return the pixels of `picture`, or why it is not shown; the results are cached by content."""
        key = hash(picture.data)  # 64 bits with a secret seed, and hashlib would load OpenSSL
        with self._lock:
            cached = self._cache.get(key)
            if cached is None:
                cached = self._opened(picture)
                if self._can_draw:
                    self._add_to_cache(key, cached)
            else:
                self._cache.move_to_end(key)
        return cached

    def shrunk(self, picture: PictureData, longest: int) -> PictureData | Problem:
        """Return `picture` with its longer edge at most `longest` pixels, or why it cannot be.

        Return the same object if it is small enough.
        """
        with self._lock:
            answer = self._asked(picture, {"shrink": longest})
        if not isinstance(answer, tuple):
            return answer
        header, data = answer
        return PictureData(data, str(header.get("kind"))[:8]) if data else picture

    def close(self) -> None:
        """Kill the child, even while it works; the next image starts another."""
        child = self._child
        if child is not None:
            child.kill()
        with self._lock:
            self._end()

    def _opened(self, picture: PictureData) -> OpenedPicture | Problem:
        answer = self._asked(picture, {})
        if not isinstance(answer, tuple):
            return answer
        header, pixels = answer
        width, height = header.get("width"), header.get("height")
        if not isinstance(width, int) or not isinstance(height, int) or min(width, height) < 1:
            return not_shown(picture.kind, _FELL_OVER)
        if len(pixels) != width * height * _BYTES_A_PIXEL:
            return not_shown(picture.kind, _FELL_OVER)
        moving = picture if header.get("moves") is True else None
        return OpenedPicture(width, height, pixels, moving)

    def _asked(
        self, picture: PictureData, request: dict[str, object]
    ) -> tuple[Header, bytes] | Problem:
        """Return the child's reply to a request, or why the picture is not shown."""
        child = self._running()
        if child is None or child.stdin is None or child.stdout is None:
            return not_shown(picture.kind, _NO_CHILD)
        with _ended_after(self._patience, child) as was_ended:
            try:
                send(child.stdin, {"kind": picture.kind, **request}, picture.data)
                header, data = receive(child.stdout, MOST_REPLY_BYTES)
            except (OSError, EOFError, ValueError):
                self._end()
                return not_shown(picture.kind, _TOO_SLOW if was_ended.is_set() else _FELL_OVER)
        if "text" in header:
            return Problem(
                where="", text=_printable(header["text"]), hint=_printable(header.get("hint"))
            )
        return header, data

    def _running(self) -> subprocess.Popen[bytes] | None:
        """Return a child that is ready for an image, or None if none can be started."""
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        self._can_draw = False
        try:
            self._child = child = subprocess.Popen(  # noqa: S603 - our own program
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            with _ended_after(START_SECONDS, child):
                header, _ = receive(_present(child.stdout), 0)
        except (OSError, EOFError, ValueError):
            header = {}
        self._can_draw = header.get("draws") is True
        if not self._can_draw:
            self._end()
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        child.wait()

    def _add_to_cache(self, key: int, opened: OpenedPicture | Problem) -> None:
        self._cache[key] = opened
        while (
            len(self._cache) > MOST_CACHED
            or sum(map(_size, self._cache.values())) > MOST_CACHED_BYTES
        ):
            self._cache.popitem(last=False)


@contextlib.contextmanager
def _ended_after(seconds: float, child: subprocess.Popen[bytes]) -> Iterator[threading.Event]:
    """Kill `child` if the block takes longer than `seconds`; the event is set then."""
    ended = threading.Event()

    def end() -> None:
        ended.set()
        child.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield ended
    finally:
        timer.cancel()


def _present(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise OSError("a child without a pipe")
    return stream


def _environment() -> dict[str, str]:
    # Otherwise each thread reserves an arena of its own, which counts as address space.
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MALLOC_ARENA_MAX": "1"}


def _printable(text: object) -> str:
    """Return text of the child, which a hostile file may have taken over, fit for a message."""
    return "".join(filter(str.isprintable, str(text)[:_LONGEST_TEXT]))


def _size(opened: OpenedPicture | Problem) -> int:
    if not isinstance(opened, OpenedPicture):
        return 0
    return len(opened.pixels) + (len(opened.moving.data) if opened.moving else 0)
