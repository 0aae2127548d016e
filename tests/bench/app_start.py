"""Starts Legato and prints the monotonic moment of its first paint."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from legato.cli import main
from legato.cli import window as cli_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

WINDOW = (1280, 800)


def _watch(window: QWidget) -> None:
    from bench.first_paint import tell_first_paint  # noqa: PLC0415 - Qt is imported as Legato does it

    window.resize(*WINDOW)
    tell_first_paint(window)


if __name__ == "__main__":
    cli_window.run_window = partial(cli_window.run_window, when_built=_watch)
    sys.exit(main.run(sys.argv[1:]))
