"""Opens the window, as it is or in help with a cramp."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from legato import bootstrap
from legato.cli.output import fail

if TYPE_CHECKING:
    import argparse

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
NO_DISPLAY = "there is no display to open a window on; legato --help lists what works without one"


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `legato cramp`."""
    parser.set_defaults(run=run_cramp)


def run_app(arguments: argparse.Namespace) -> int:
    """Open the window."""
    return open_window(arguments)


def run_cramp(arguments: argparse.Namespace) -> int:
    """Open the window in cramp now."""
    return open_window(arguments, cramp=True)


def open_window(
    arguments: argparse.Namespace, start: bootstrap.Start | None = None, *, cramp: bool = False
) -> int:
    """Open the window and run until it is closed; return the exit code."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
        # Qt would abort the whole process.
        return fail(NO_DISPLAY)
    options = bootstrap.Options(
        data_dir=arguments.data_dir,
        theme=arguments.theme,
        motion=None if arguments.motion is None else arguments.motion == "on",
        start=start,
        cramp=cramp,
    )
    return bootstrap.run_window(options)
