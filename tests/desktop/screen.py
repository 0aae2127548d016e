"""A virtual X11 screen with a window manager, and hands on its keyboard and mouse."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

PROGRAMS = ("Xvfb", "openbox", "xdotool", "setxkbmap", "xprop", "xrandr")
"""What the screen is made of; Debian's packages xvfb, openbox, xdotool,
x11-xkb-utils, x11-utils and x11-xserver-utils."""


class Screen:
    """An Xvfb with openbox for as long as the `with` block lasts.

    Args:
        size: Width and height in pixels, such as `1280x900`.

    Raises:
        FileNotFoundError: One of PROGRAMS is not installed.
        RuntimeError: The X server did not start.
    """

    def __init__(self, size: str) -> None:
        self._size = size
        self._stack = ExitStack()
        self.name = ""
        """The display, such as `:99`."""

    def __enter__(self) -> Self:
        with self._stack:
            ours, theirs = os.pipe()
            # Without -noreset the server starts over when its last client goes, which may be the
            # question whether openbox is there yet; openbox would end with it.
            self._run("Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{self._size}x24",
                      "-nolisten", "tcp", "-noreset", inherit=theirs)  # fmt: skip
            os.close(theirs)
            with os.fdopen(ours) as reply:
                number = reply.readline().strip()
            if not number:
                raise RuntimeError("Xvfb did not start")
            self.name = f":{number}"
            self._run("openbox", "--sm-disable")
            self._wait_for_window_manager()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each by its X name with modifiers, such as `ctrl+d`."""
        self._call("xdotool", "key", "--clearmodifiers", *keys)

    def press_codes(self, *codes: int, modifier: int | None = None) -> None:
        """Press keys by their X key codes, independent of the layout.

        Args:
            codes: The keys, one after the other.
            modifier: The key that is held down meanwhile.
        """
        keys = [str(code) for code in codes]
        if modifier is None:
            self._call("xdotool", "key", *keys)
        else:
            self._call("xdotool", "keydown", str(modifier), "key", *keys, "keyup", str(modifier))

    def type(self, words: str) -> None:
        """Type text."""
        self._call("xdotool", "type", "--delay", "5", words)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Move the mouse to a place on the screen and click there."""
        self._call("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def set_layout(self, layout: str) -> None:
        """Set the keyboard layout, such as `us` or `ru`."""
        self._call("setxkbmap", layout)

    @contextmanager
    def lowered_to(self, width: int, height: int) -> Iterator[None]:
        """Have the screen at a smaller resolution within the `with` block."""
        mode = [str(one) for one in (60, *[width] * 4, *[height] * 4)]
        self._call("xrandr", "--newmode", "smaller", *mode)
        self._call("xrandr", "--addmode", "screen", "smaller")
        self._call("xrandr", "--output", "screen", "--mode", "smaller")
        yield
        self._call("xrandr", "--output", "screen", "--mode", self._size)

    def run(self, *command: str, **environ: str) -> subprocess.Popen[bytes]:
        """Start a program on this screen; it ends with the screen."""
        return self._run(*command, environ=environ)

    def ask(self, *command: str) -> str:
        """Run a program on this screen and return its output."""
        done = subprocess.run(
            command, env=self._environ(), stdout=subprocess.PIPE, check=True, timeout=20, text=True
        )
        return done.stdout

    def _wait_for_window_manager(self) -> None:
        """Wait until a window manager has set its property, ten seconds at most."""
        end = time.monotonic() + 10
        while "window id" not in self.ask("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"):
            if time.monotonic() > end:
                raise RuntimeError("openbox did not start")
            time.sleep(0.02)

    def _environ(self, **more: str) -> dict[str, str]:
        return os.environ | {"DISPLAY": self.name} | more

    def _call(self, *command: str) -> None:
        subprocess.run(
            command, env=self._environ(), stdout=subprocess.DEVNULL, check=True, timeout=20
        )

    def _run(
        self, *command: str, inherit: int = -1, environ: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env=self._environ(**(environ or {})),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(inherit,) if inherit >= 0 else (),
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)
        return process
