"""Starts Legato and prints the monotonic moment of its first paint, with what was on the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from legato.cli import main, window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


def _watch(shown: QMainWindow) -> None:
    from first_paint import tell_first_paint  # noqa: PLC0415 - Qt is imported as Legato does it

    shown.resize(1280, 800)
    tell_first_paint(shown)


if __name__ == "__main__":
    window.when_built = _watch
    sys.exit(main.run(sys.argv[1:]))
