"""Keeps ALSA's own library from writing to the terminal what it tries in vain."""

from __future__ import annotations

import contextlib
import ctypes

LIBRARY = "libasound.so.2"


def hush() -> None:
    """Let ALSA report errors to its caller alone; harmless where there is no ALSA.

    Its library writes a line for each of its configuration's entries that leads nowhere. The
    handler it gets instead is one of its own functions that takes no arguments and does nothing:
    unlike a function of ours it outlives the program's end, which ALSA's threads may see.
    """
    with contextlib.suppress(OSError, AttributeError):
        alsa = ctypes.CDLL(LIBRARY)
        alsa.snd_lib_error_set_handler(ctypes.cast(alsa.snd_asoundlib_version, ctypes.c_void_p))
