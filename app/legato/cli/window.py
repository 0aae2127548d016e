"""`legato start`, `legato cramp` and double clicks: open the window at a page."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from legato.bootstrap import stores
from legato.bootstrap.stores import Options
from legato.cli.output import fail

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from legato.bootstrap.stores import Start

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
NO_DISPLAY = "there is no display to open a window on; legato --help lists what works without one"


def fill_cramp(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `legato cramp`."""
    parser.set_defaults(run=run_cramp)


def run_app(arguments: argparse.Namespace) -> int:
    """Open the window."""
    return open_window(options(arguments))


def run_cramp(arguments: argparse.Namespace) -> int:
    """Open the window at the help with a cramp."""
    return open_window(options(arguments, cramp=True))


def options(
    arguments: argparse.Namespace, start: Start | None = None, *, cramp: bool = False
) -> Options:
    """Return the options of one run from the parsed arguments."""
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
    return run_window(options)


def run_window(options: Options, when_built: Callable[[QWidget], None] | None = None) -> int:
    """Open the window and run until it is closed; return the exit code.

    Args:
        options: The options of the run.
        when_built: Called with the window before it is shown.
    """
    gc.disable()  # nothing is garbage yet; once all is built it is enabled again
    from legato.bootstrap.main import run  # noqa: PLC0415 - needs a display and its libraries

    return run(options, when_built)


def fill_start(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    from legato.cli.routines import add_routine, add_side  # noqa: PLC0415 - not for the usual start
    from legato.domain.routine import VoiceLevel  # noqa: PLC0415 - likewise

    add_routine(parser)
    add_side(parser)
    parser.add_argument(
        "--voice",
        metavar="LEVEL",
        choices=[level.value for level in VoiceLevel],
        help="how much is said: full, quiet, chime or silent",
    )
    parser.set_defaults(run=run_start)


def run_start(arguments: argparse.Namespace) -> int:
    """Open the window in a session; report a routine that cannot run before any window opens."""
    from legato.cli.routines import (  # noqa: PLC0415 - not for the usual start
        chosen_side,
        is_path,
        open_routine,
    )
    from legato.domain.routine import VoiceLevel  # noqa: PLC0415 - likewise

    entry = open_routine(arguments)
    word = str(entry.path.absolute()) if is_path(arguments.routine) else entry.id
    level = VoiceLevel(arguments.voice) if arguments.voice else None
    start = stores.Start(word, entry.routine, chosen_side(arguments), level)
    return open_window(options(arguments, start))


def fill_open(parser: argparse.ArgumentParser) -> None:
    """Add the argument for the file."""
    parser.add_argument("file", metavar="FILE.legato", help="what somebody gave you")
    parser.set_defaults(run=run_open)


def run_open(arguments: argparse.Namespace) -> int:
    """Show the content of a shared file, in the window that is open or in a new one."""
    path = Path(arguments.file).absolute()
    if not path.is_file():
        return fail(f"there is no file {arguments.file}")
    return open_window(options(arguments)._replace(bring=str(path)))
