"""Speaks what it is told on stdin, as a child process; run as a script, never imported.

    python pico_worker.py FOLDER    FOLDER is the one in which py_nanotts lies

One order a line, in JSON: text, voice, speed, pitch. The answer to each: four bytes of length, most
significant first, then so many bytes of 16 kHz mono 16-bit little-endian samples; length 0 where
the engine failed. Ends when stdin does, and so with its parent; where the engine hangs, after a
while.
"""

import faulthandler
import json
import os
import struct
import sys

VOLUME = 0.6
"""At the engine's own volume loud syllables are cut off."""

LONGEST_SECONDS = 10.0
"""For one line; whoever asked has ended this process by then, or is gone."""


def main() -> int:
    """Answer orders until there are no more."""
    sys.path.append(sys.argv[1])
    from py_nanotts import NanoTTS  # noqa: PLC0415 - found in the folder just named

    engine = NanoTTS()
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - kept for the watch
    for line in sys.stdin.buffer:
        order = json.loads(line)
        # The engine keeps Python's lock; this watch needs none.
        faulthandler.dump_traceback_later(LONGEST_SECONDS, exit=True, file=nowhere)
        try:
            data = engine.speak(
                order["text"],
                voice=order["voice"],
                speed=order["speed"],
                pitch=order["pitch"],
                volume=VOLUME,
            )
        except (RuntimeError, ValueError, MemoryError):
            data = b""
        faulthandler.cancel_dump_traceback_later()
        sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
