"""How this Python is started once more for a program of Legato's own."""

from __future__ import annotations

import sys


def own_python() -> tuple[str, str]:
    """Return the words that start this Python, as well protected as it is itself.

    The current folder never shadows a module. Isolated (`-I`), neither does `PYTHONPATH`; where
    Legato was not started so, it may have been found there.
    """
    return sys.executable, "-I" if sys.flags.isolated else "-P"
