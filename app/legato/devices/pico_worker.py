"""Speaks what it is told on stdin, as a child process; run as a script, never imported.

    python pico_worker.py FOLDER    FOLDER is the one in which py_nanotts lies

One order a line, in JSON: text, voice, speed, pitch. The answer to each: four bytes of length, most
significant first, then so many bytes of 16 kHz mono 16-bit little-endian samples; length 0 where
the engine failed. Ends when stdin does, and so with its parent.
"""

import json
import struct
import sys

VOLUME = 0.6
"""At the engine's own volume loud syllables are cut off."""


def main() -> int:
    """Answer orders until there are no more."""
    sys.path.append(sys.argv[1])
    from py_nanotts import NanoTTS  # noqa: PLC0415 - found in the folder just named

    engine = NanoTTS()
    for line in sys.stdin.buffer:
        order = json.loads(line)
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
        sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
