"""A screen of a trial's own: an X server that nobody sees, and a hand on its keyboard."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

SIZE = "1920x1080x24"
MANAGER_SECONDS = 10.0


class NoScreen(RuntimeError):  # noqa: N818 - named for what it is
    """No screen could be had; its text says why."""


class Screen:
    """An Xvfb on a display that was free, for as long as the block lasts."""

    def __init__(self, size: str = SIZE) -> None:
        self._size = size
        self._server: subprocess.Popen[bytes] | None = None
        self._manager: subprocess.Popen[bytes] | None = None
        self._display = 0
        self.name = ""

    def __enter__(self) -> Self:
        if not shutil.which("Xvfb"):
            raise NoScreen("Xvfb is not installed (apt: xvfb)")
        ours, theirs = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(theirs), "-screen", "0", self._size, "-nolisten", "tcp"],
            stderr=subprocess.DEVNULL,
            pass_fds=(theirs,),
        )
        os.close(theirs)
        with os.fdopen(ours) as said:
            number = said.readline().strip()
        if not number:
            raise NoScreen("Xvfb did not start")
        self.name = f":{number}"
        self._x, self._xtest = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._display = self._x.XOpenDisplay(self.name.encode())
        if not self._display:
            raise NoScreen(f"{self.name} does not answer")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in (self._manager, self._server):
            if process:
                process.terminate()
                process.wait()

    def arrange(self, *words: str) -> None:
        """Plug and unplug what is shown as monitors, in the words of xrandr.

        Raises:
            NoScreen: There is no xrandr.
        """
        program = shutil.which("xrandr")
        if not program:
            raise NoScreen("xrandr is not installed (apt: x11-xserver-utils)")
        environ = os.environ | {"DISPLAY": self.name}
        subprocess.run([program, *words], env=environ, stdout=subprocess.DEVNULL, check=True)

    def manage_windows(self) -> None:
        """Run a window manager, which makes a new window the active one.

        Raises:
            NoScreen: There is none, or it did not start.
        """
        if not shutil.which("openbox"):
            raise NoScreen("openbox is not installed (apt: openbox)")
        environ = os.environ | {"DISPLAY": self.name}
        self._manager = subprocess.Popen(
            ["openbox", "--sm-disable"],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        display = ctypes.c_void_p(self._display)
        sign = ctypes.c_ulong(self._x.XInternAtom(display, b"WM_S0", 0))
        end = time.monotonic() + MANAGER_SECONDS
        while not self._x.XGetSelectionOwner(display, sign):
            if time.monotonic() > end:
                raise NoScreen("openbox did not start")
            time.sleep(0.02)

    def press(self, key: str) -> float:
        """Press a key by its X name, such as `space`, and return the moment before it."""
        display = ctypes.c_void_p(self._display)
        symbol = ctypes.c_ulong(self._x.XStringToKeysym(key.encode()))
        code = self._x.XKeysymToKeycode(display, symbol)
        pressed = time.monotonic()
        for down in (1, 0):
            self._xtest.XTestFakeKeyEvent(display, code, down, ctypes.c_ulong(0))
        self._x.XFlush(display)
        return pressed
