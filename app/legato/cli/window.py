"""Opens the window, as it is or in help with a cramp."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from legato import bootstrap
from legato.bootstrap import Options
from legato.cli.output import fail

if TYPE_CHECKING:
    import argparse

    from legato.bootstrap import Start

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
NO_DISPLAY = "there is no display to open a window on; legato --help lists what works without one"


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `legato cramp`."""
    parser.set_defaults(run=run_cramp)


def run_app(arguments: argparse.Namespace) -> int:
    """Open the window."""
    return open_window(options(arguments))


def run_cramp(arguments: argparse.Namespace) -> int:
    """Open the window in cramp now."""
    return open_window(options(arguments, cramp=True))


def options(
    arguments: argparse.Namespace, start: Start | None = None, *, cramp: bool = False
) -> Options:
    """Return what the arguments say of one run."""
    return Options(
        data_dir=arguments.data_dir,
        theme=arguments.theme,
        motion=None if arguments.motion is None else arguments.motion == "on",
        start=start,
        cramp=cramp,
    )


def open_window(options: Options) -> int:
    """Open the window and run until it is closed; return the exit code."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
        # Qt would abort the whole process.
        return fail(NO_DISPLAY)
    return bootstrap.run_window(options)
