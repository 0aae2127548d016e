"""Tells what becomes of cues when the sound server goes, comes or hangs.

    PYTHONPATH=tests python -m bench.hear_faults

A process of its own plays a cue every four seconds, handed over two seconds ahead from a loop that
looks every 10 ms how long it was held up, as a window would be.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.ear import CannotHear, Ear, Recording
from legato.devices.audio.output import open_sound
from legato.devices.audio.samples import read_wav
from legato.domain.cues import Cue, ScheduledCue
from legato.domain.sound import SoundSettings
from legato.resources import find_bundled

if TYPE_CHECKING:
    from collections.abc import Callable

SOUNDS = find_bundled().assets / "sounds"
CUE = Cue.TEN_SECONDS
CUES = 6
EVERY_SECONDS = 4.0
FAULT_AT = 6.0
"""Between the second cue and the third."""
BACK_AT = 12.8
"""After the fourth cue, and soon enough to be recorded by the fifth."""
AHEAD_SECONDS = 2.0
GOOD_LIKENESS = 0.9


def play(began: float) -> None:
    """Play the cues, and print how long the loop was held up and what problems were told."""
    sound = open_sound(SOUNDS, SoundSettings())
    waiting = [ScheduledCue(began + number * EVERY_SECONDS, CUE) for number in range(CUES)]
    end = waiting[-1].at + 3.0
    longest, before, told = 0.0, time.monotonic(), [""]
    while (now := time.monotonic()) < end:
        longest, before = max(longest, now - before), now
        if waiting and waiting[0].at - now < AHEAD_SECONDS:
            sound.schedule([waiting.pop(0)])
        if (problem := sound.problem()) != told[-1]:
            told.append(problem)
        time.sleep(0.01)
    closing = time.monotonic()
    sound.close()
    seconds = {"longest": longest, "closing": time.monotonic() - closing}
    print(json.dumps(seconds | {"told": told[1:], "way": sound.backend()}))


def hold(ear: Ear) -> None:
    """Let the server hang."""
    os.kill(ear.server_id, signal.SIGSTOP)


def go_on(ear: Ear) -> None:
    """Let a hanging server go on."""
    os.kill(ear.server_id, signal.SIGCONT)


def measure(name: str, fault: Callable[[Ear], None], mend: Callable[[Ear], None]) -> bool:
    """Play beside a fault; print which cues were heard; return whether all came that could."""
    recordings: list[Recording] = []
    with Ear() as ear:
        began = time.monotonic() + 3.0
        if name == "absent":
            ear.close()
        child = subprocess.Popen(
            [sys.executable, "-m", "bench.hear_faults", "--play", str(began)],
            env=ear.env | {"PYTHONPATH": str(Path(__file__).parents[1])},
            stdout=subprocess.PIPE,
        )
        time.sleep(began + FAULT_AT - time.monotonic())
        recordings += [] if name == "absent" else [ear.recording()]
        fault(ear)
        time.sleep(began + BACK_AT - time.monotonic())
        mend(ear)
        output, _ = child.communicate()
        recordings.append(ear.recording())
    told = json.loads(output)
    heard = [is_heard(began + number * EVERY_SECONDS, recordings) for number in range(CUES)]
    marks = " ".join("x" if one else "-" for one in heard)
    print(
        f"{name:8} {marks}   {told['longest'] * 1000:7.1f} ms   {told['closing'] * 1000:7.1f} ms"
        f"   {told['way']}; {' / '.join(one or 'mended' for one in told['told'])}"
    )
    expected = [name != "absent"] * 2 + [False] * 2 + [True] * 2
    return heard == expected


def is_heard(moment: float, recordings: list[Recording]) -> bool:
    """Return whether a cue lies in one of the recordings at its moment."""
    shape = read_wav(SOUNDS / f"{CUE}.wav").samples
    found = (one.find(shape, moment, 0.15) for one in recordings if one.covers(moment))
    return any(one.likeness > GOOD_LIKENESS for one in found)


def main() -> int:
    """Try each fault; exit 1 if a cue was missed that could be heard."""
    if sys.argv[1:2] == ["--play"]:
        play(float(sys.argv[2]))
        return 0
    print(f"{'fault':8} {'cues heard':11}   {'held up':>10}   {'closing':>10}   told")
    try:
        results = [
            measure("killed", Ear.close, Ear.open),
            measure("hung", hold, go_on),
            measure("absent", lambda ear: None, Ear.open),  # noqa: ARG005 - the others' shape
        ]
    except CannotHear as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
