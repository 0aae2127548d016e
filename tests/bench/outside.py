"""Measures programs from outside, as a person starts them: from the command to pixels on the screen."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROWS = (40, 240, 400)
"""The lines of the screen that are watched; small windows open at the upper left."""
LOOK_SECONDS = 0.002
PATIENCE_SECONDS = 30.0
_Z_PIXMAP = 2


class _Image(ctypes.Structure):
    """The head of Xlib's XImage."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", ctypes.c_void_p),
    )


class Watcher:
    """Looks at an X screen that is empty when this is made.

    Args:
        display: Its name, such as `:7`.
    """

    def __init__(self, display: str) -> None:
        x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = x.XDefaultRootWindow.restype = ctypes.c_void_p
        x.XGetImage.restype = ctypes.POINTER(_Image)
        self._x = x
        self._display = ctypes.c_void_p(x.XOpenDisplay(display.encode()))
        self._root = ctypes.c_void_p(x.XDefaultRootWindow(self._display))
        self._width = x.XDisplayWidth(self._display, 0)
        self._empty = self._look()

    def seconds_to_paint(self, command: Sequence[str], environ: Mapping[str, str]) -> float:
        """Run a program until its first pixels are seen, end it, and return the seconds.

        Raises:
            TimeoutError: No pixels were seen within `PATIENCE_SECONDS`.
        """
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._wait_for(is_empty=False, what=command[0])
            return time.monotonic() - began
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self._wait_for(is_empty=True, what=command[0])

    def _wait_for(self, *, is_empty: bool, what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while (self._look() == self._empty) is not is_empty:
            if time.monotonic() > end:
                raise TimeoutError(f"{what}: the screen did not change")
            time.sleep(LOOK_SECONDS)

    def _look(self) -> list[bytes]:
        return [self._pixels(row) for row in ROWS]

    def _pixels(self, row: int) -> bytes:
        planes = ctypes.c_ulong(0xFFFFFFFF)
        image = self._x.XGetImage(
            self._display, self._root, 0, row, self._width, 1, planes, _Z_PIXMAP
        )
        pixels = ctypes.string_at(image.contents.data, 4 * self._width)
        self._x.XDestroyImage(image)
        return pixels
