"""Opens the user's own images in a thread, so that the window never waits for one."""

from __future__ import annotations

import queue
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from legato.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.devices.picture_process import ImageProcess
    from legato.domain.ports import OpenedPicture, PictureSource

IDLE_SECONDS = 20.0
"""The thread and the child process end after this long without work, to free their memory."""

T = TypeVar("T")


class ImageLoader(QObject):
    """Opens images in a thread, the last request first: it is the one on screen.

    Args:
        files: Reads the image files.
        child: Decodes them.
        idle_seconds: How long thread and child wait for the next request.
    """

    _done = Signal(object, object)

    def __init__(
        self, files: PictureSource, child: ImageProcess, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        super().__init__()
        self._files = files
        self._child = child
        self._idle = idle_seconds
        self._jobs: queue.LifoQueue[tuple[Callable[[], object], object]] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._done.connect(self._hand_over)

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Open the image `name` of a routine's folder; call `then` later, in the caller's thread."""
        self.do(partial(self._opened, folder, name), then)

    def do(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run `job` in the thread, and call `then` with its result in the caller's thread."""
        with self._lock:
            self._jobs.put((job, then))
            if self._thread is None:
                self._begin()

    def close(self) -> None:
        """End the child process; drop the requests that are still waiting."""
        self._is_closed = True
        self._child.close()

    def _opened(self, folder: str, name: str) -> OpenedPicture | Problem:
        found = self._files.picture(folder, name)
        if isinstance(found, Problem):
            return found
        opened = self._child.open(found)
        return replace(opened, where=name) if isinstance(opened, Problem) else opened

    def _begin(self) -> None:
        self._thread = threading.Thread(target=self._run, name="pictures", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            while not self._is_closed and (wanted := self._next()):
                job, then = wanted
                self._done.emit(then, job())
        finally:
            self._child.close()
            with self._lock:
                self._thread = None
                if not self._is_closed and not self._jobs.empty():
                    self._begin()

    def _next(self) -> tuple[Callable[[], object], object] | None:
        """Return the next job, or None after `idle_seconds` without one."""
        try:
            return self._jobs.get(timeout=self._idle)
        except queue.Empty:
            return None

    @Slot(object, object)
    def _hand_over(self, then: Callable[[object], None], result: object) -> None:
        if not self._is_closed:
            then(result)
