"""Runs the Pico voice as a child process; run as a script, never imported.

    python pico_worker.py FOLDER    FOLDER is the one that holds py_nanotts

It reads one request a line in JSON: text, voice, speed, pitch. The reply is a big-endian 4-byte
length and that many bytes of 16 kHz mono 16-bit little-endian samples; length 0 if the engine
failed. It ends at the end of stdin, and so with its parent, or when the engine hangs.
"""

import faulthandler
import json
import os
import struct
import sys

VOLUME = 0.6
"""At the engine's own volume loud syllables are cut off."""

LONGEST_SECONDS = 10.0
"""Limit for one line; the parent has killed this process by then, or is gone."""


def main() -> int:
    """Answer requests until the end of stdin."""
    sys.path.append(sys.argv[1])
    from py_nanotts import NanoTTS  # noqa: PLC0415 - found in the folder just named

    engine = NanoTTS()
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - kept for the watch
    for line in sys.stdin.buffer:
        request = json.loads(line)
        # The engine keeps Python's lock; this watch needs none.
        faulthandler.dump_traceback_later(LONGEST_SECONDS, exit=True, file=nowhere)
        try:
            data = engine.speak(
                request["text"],
                voice=request["voice"],
                speed=request["speed"],
                pitch=request["pitch"],
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
