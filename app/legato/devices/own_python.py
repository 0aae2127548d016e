"""Builds the command line of child processes that run Legato's own code."""

from __future__ import annotations

import sys


def own_python() -> tuple[str, str]:
    """Return the interpreter and its option, as isolated as this process is.

    With either option the current folder cannot shadow a module. `-I` ignores `PYTHONPATH` too;
    `-P` keeps it, because Legato itself may have been found there.
    """
    return sys.executable, "-I" if sys.flags.isolated else "-P"
