"""Starts Legato and tells, one line of JSON for each thing, how its window fares.

    python -m bench.watched [ARGUMENTS OF LEGATO]

`now` in each line is monotonic seconds, the clock of all processes of this machine.

| what    | when                                                                         |
|---------|------------------------------------------------------------------------------|
| shown   | a page is shown: `page`                                                      |
| opened  | the window painted for the first time with another page: `page`             |
| event   | something happened in the session: `event`, and the session's own moment `at` |
| note    | the notes of the session page changed: `text`                                |
| toast   | the line at the foot of the window changed: `text`                           |
| painted | the window painted after a key had come: `key`, and `came`, when it came     |
| stands  | the window was moved or made larger or smaller: `place`, left, top, width, height |
| turn    | a turn of the window's loop took longer than `LONG_SECONDS`: `seconds`       |
| longest | a turn was longer than all since the first frame: `seconds`, `spent` of the processor |
| closed  | it ended: `longest`, the longest turn                                          |
"""

from __future__ import annotations

import json
import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from legato.cli import main
from legato.cli import window as cli_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


VOICE = "LEGATO_TRIAL_VOICE"
"""In the environment: a script to speak with instead of the engine's own, or nothing for none."""
PLACE = "LEGATO_TRIAL_PLACE"
"""Likewise: where the window opens, as `X,Y`."""


def tell(what: str, **values: object) -> None:
    """Print one line."""
    line = {"what": what, "now": time.monotonic(), **values}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def watch(window: QWidget) -> None:
    """Watch a window that has just been built."""
    from bench.window_watch import WindowWatch  # noqa: PLC0415 - Qt is imported as Legato does it

    WindowWatch(window, tell)
    if PLACE in os.environ:
        window.move(*map(int, os.environ[PLACE].split(",")))


def speak_with(worker: str) -> None:
    """Speak with another worker, or with nothing."""
    from legato.devices import voice_pico  # noqa: PLC0415 - only where it is asked for
    from legato.devices.audio import output  # noqa: PLC0415 - only where it is asked for
    from legato.domain.ports import NullSpeaker, Speaker  # noqa: PLC0415 - likewise

    def find() -> Speaker:
        engine = voice_pico.find_engine()
        return voice_pico.PicoSpeaker(engine, Path(worker)) if engine and worker else NullSpeaker()

    output.find_speaker = find  # type: ignore[attr-defined]


if __name__ == "__main__":
    if VOICE in os.environ:
        speak_with(os.environ[VOICE])
    cli_window.run_window = partial(cli_window.run_window, when_built=watch)
    sys.exit(main.run(sys.argv[1:]))
