"""`legato figure`: writes a figure as an SVG or PNG file, or lists their names."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from legato.cli.output import fail
from legato.domain.problems import BadData, did_you_mean
from legato.domain.routine import Side
from legato.resources import find_bundled
from legato.storage.atomic import write_atomic
from legato.storage.figures import FigureFolder

if TYPE_CHECKING:
    from legato.domain.figure.model import Figure

DEFAULT_SIZE = 640
SMALLEST, LARGEST = 16, 8192
ENDINGS = (".svg", ".png")


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("name", metavar="NAME", nargs="?", help="which one")
    what.add_argument("--list", action="store_true", help="print the names, one a line")
    parser.add_argument("-o", dest="out", metavar="FILE", type=_path, help="FILE.svg or FILE.png")
    sides = [side.value for side in Side]
    parser.add_argument("--side", choices=sides, default=Side.RIGHT.value, help="the working leg")
    parser.add_argument(
        "--size",
        type=_size,
        default=DEFAULT_SIZE,
        metavar="N",
        help=f"pixels of the longer edge, {SMALLEST} to {LARGEST} (default {DEFAULT_SIZE})",
    )
    parser.add_argument(
        "--pose", choices=("start", "hold"), default="hold", help="before or during the stretch"
    )
    parser.set_defaults(run=run, usage_error=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Print the names, or draw one figure into a file; return 1 on failure."""
    figures = FigureFolder(find_bundled().assets / "figures")
    if arguments.list:
        print("\n".join(figures.names()))
        return 0
    if arguments.out is None:
        arguments.usage_error("-o FILE.svg or -o FILE.png is needed")
    figure = figures.figure(arguments.name)
    if figure is None:
        return _unknown(arguments.name, figures)
    if not arguments.out.absolute().parent.is_dir():
        return fail(f"{arguments.out} cannot be written: there is no such folder")
    try:
        _draw(figure, arguments)
    except BadData as error:
        return fail(f"{arguments.out} cannot be written: {error.problems[0].text_and_hint}")
    except ImportError as error:  # Qt is installed, but a system library that it loads is missing
        return fail(f"figures cannot be drawn on this machine: {error}")
    return 0


def _unknown(name: str, figures: FigureFolder) -> int:
    problems = figures.problems(name)
    if problems:
        print("\n".join(str(problem) for problem in problems), file=sys.stderr)
        return 1
    hint = did_you_mean(name, figures.names()) or "legato figure --list names them"
    return fail(f"there is no figure {name!r} ({hint})")


def _draw(figure: Figure, arguments: argparse.Namespace) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - only now is Qt needed

    from legato.ui.figures.export import figure_as_png, figure_as_svg  # noqa: PLC0415
    from legato.ui.theme import THEMES  # noqa: PLC0415

    application = QGuiApplication.instance() or QGuiApplication(["legato"])
    pose = (figure.start if arguments.pose == "start" else figure.hold).pose
    theme = THEMES[arguments.theme or "day"]
    save = figure_as_svg if arguments.out.suffix.casefold() == ".svg" else figure_as_png
    data = save(figure, pose, theme, Side(arguments.side), arguments.size)
    write_atomic(arguments.out, data, shared=True)
    del application


def _path(word: str) -> Path:
    path = Path(word)
    if path.suffix.casefold() not in ENDINGS:
        raise argparse.ArgumentTypeError(f"{word!r} must end in {' or '.join(ENDINGS)}")
    return path


def _size(word: str) -> int:
    if word.isdecimal() and SMALLEST <= int(word) <= LARGEST:
        return int(word)
    raise argparse.ArgumentTypeError(f"{word!r} is no number from {SMALLEST} to {LARGEST}")
