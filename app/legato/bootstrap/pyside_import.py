"""Makes the imports of PySide6 cost less; import this after the first module of PySide6.

PySide6 puts a function of its own in the place of Python's import. It reads the whole source of each
module after importing it, to look for `PySide6` in it, and `linecache` keeps all of it: 7 MB, and 15 ms
of a start. Only `from __feature__ import ...` needs that, which Legato does without.
"""

from __future__ import annotations

import builtins
import os
import sys

import shiboken6

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def unpack_pyside(folder: str = os.path.dirname(shiboken6.__file__)) -> None:  # noqa: PTH120 - early
    """Have PySide6 write the Python sources in its library beside it, in a child process.

    Otherwise it compiles them at each start, which takes a fifth of it. `./run` does this when it
    installs; for an installed wheel the end of the first run is the first occasion. Returns at once.

    Args:
        folder: The folder of shiboken6; one that cannot be written is left alone.
    """
    if os.path.exists(os.path.join(folder, "files.dir")) or not os.access(folder, os.W_OK):  # noqa: PTH110, PTH118
        return
    import subprocess  # noqa: PLC0415 - once

    subprocess.Popen(
        [sys.executable, "-I", "-c", "import PySide6.QtCore"],
        env={**os.environ, "SBK_EMBED": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
