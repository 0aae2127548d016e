"""Tries a real session in a real window while the machine around it fails.

    PYTHONPATH=tests python -m bench.around                   every trial, some 20 minutes
    PYTHONPATH=tests python -m bench.around sound-killed ...  some of them

Each trial has a screen, a sound server and a message bus of its own, and Legato in a process of its
own. A key is pressed every now and then through the X server, and timed until the window has
painted. The cues are looked for in a recording.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from bench.ear import SINK, CannotHear
from bench.evening import BUSES_GONE, FORM, READER, SHORT, Environ, Evening, report
from bench.screen import NoScreen
from legato.devices.voice_pico import WORKER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def sound_killed() -> Evening:
    """The sound server is killed in a hold and is back 11 s later."""
    with Evening() as evening:
        evening.open()
        evening.until(6.0)
        evening.recordings.append(evening.ear.recording())
        os.kill(evening.ear.server_id, signal.SIGKILL)
        evening.until(17.0)
        evening.ear.close()
        evening.ear.open()
        evening.finish()
        return report("sound-killed", evening)


def sound_frozen() -> Evening:
    """The sound server hangs for 10 s in a hold."""
    with Evening() as evening:
        evening.open()
        evening.until(6.0)
        os.kill(evening.ear.server_id, signal.SIGSTOP)
        evening.until(16.0)
        os.kill(evening.ear.server_id, signal.SIGCONT)
        evening.finish()
        return report("sound-frozen", evening)


def sound_late() -> Evening:
    """There is no sound server until the session is 17 s old."""
    with Evening() as evening:
        evening.ear.close()
        evening.open()
        evening.until(17.0)
        evening.ear.open()
        evening.finish()
        return report("sound-late", evening)


def sound_none() -> Evening:
    """There is no sound server and no card."""
    with Evening() as evening:
        evening.ear.close()
        evening.open()
        evening.finish()
        return report("sound-none", evening)


def sink_gone() -> Evening:
    """A loudspeaker goes, as a wireless one does, and comes back 8 s later."""
    with Evening() as evening:
        evening.open()
        evening.until(6.0)
        evening.recordings.append(evening.ear.recording())
        evening.ear.tell("unload-module", "module-null-sink")
        evening.until(14.0)
        evening.ear.tell("load-module", "module-null-sink", f"sink_name={SINK}", *FORM)
        evening.ear.record()
        evening.finish()
        return report("sink-gone", evening)


def sink_other() -> Evening:
    """Another loudspeaker is chosen in a hold, and the sound that is on is moved to it."""
    with Evening(environ={"PULSE_SINK": None}) as evening:
        evening.open()
        evening.until(4.2)
        evening.ear.tell("load-module", "module-null-sink", "sink_name=other", *FORM)
        evening.ear.tell("set-default-sink", "other")
        for line in evening.ear.tell("list", "short", "sink-inputs").splitlines():
            evening.ear.tell("move-sink-input", line.split()[0], "other")
        evening.until(8.0)
        evening.recordings.append(evening.ear.recording())
        evening.ear.record("other")
        evening.finish()
        return report("sink-other", evening)


def voice(name: str, worker: str | None) -> Evening:
    """Speak with a worker that runs the given code; without one nothing can speak."""
    with Evening(routine=SHORT) as evening:
        script = evening.folder / "worker.py"
        script.write_text(worker or "")
        evening.environ["LEGATO_TRIAL_VOICE"] = str(script) if worker else ""
        evening.open()
        evening.finish()
        return report(name, evening)


def voice_missing() -> Evening:
    """Nothing can speak."""
    return voice("voice-missing", None)


def voice_hangs() -> Evening:
    """The engine takes a line and never answers."""
    return voice("voice-hangs", "import time; time.sleep(1e6)")


def voice_crashes() -> Evening:
    """The engine dies of each line."""
    return voice("voice-crashes", "import os, sys; sys.stdin.readline(); os.abort()")


def voice_slow() -> Evening:
    """The engine needs two seconds for each line."""
    text = WORKER.read_text().replace("json.loads(line)", "slowly(line)")
    slowly = "def slowly(line):\n    time.sleep(2.0)\n    return json.loads(line)\n\n\ndef main"
    return voice(
        "voice-slow",
        text.replace("import json", "import json, time").replace("def main", slowly, 1),
    )


def screen_unplugged() -> Evening:
    """Of two screens the one with the window is unplugged in a hold."""
    place: Environ = {"LEGATO_TRIAL_PLACE": "2000,60"}
    with Evening(routine=SHORT, environ=place, size="3200x900x24") as evening:
        evening.screen.arrange("--setmonitor", "left", "1600/400x900/200+0+0", "screen")
        evening.screen.arrange("--setmonitor", "right", "1600/400x900/200+1600+0", "none")
        evening.open()
        evening.until(6.0)
        evening.screen.arrange("--delmonitor", "right")
        evening.finish()
        places = [line["place"] for line in evening.told.all("stands")]
        print(f"window at {places[0][:2]}, and at {places[-1][:2]} in the end")
        return report("screen-unplugged", evening)


def busy() -> Evening:
    """Every core is busy from before the start to the end."""
    with ExitStack() as stack:
        for _ in range(os.cpu_count() or 1):
            loop = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            stack.callback(loop.wait)
            stack.callback(loop.kill)
        with Evening(routine=SHORT) as evening:
            evening.open()
            evening.finish()
            return report("busy", evening)


def idle() -> Evening:
    """Nothing fails; the baseline of all other figures."""
    with Evening() as evening:
        evening.open()
        evening.finish()
        return report("idle", evening)


def bus_gone() -> Evening:
    """There is no message bus at all."""
    with Evening(environ=BUSES_GONE, routine=SHORT) as evening:
        evening.open()
        evening.finish()
        return report("bus-gone", evening)


def bus_frozen() -> Evening:
    """The session's and the system's bus hang from before the start for 10 s."""
    return frozen_bus("bus-frozen", 0.0, {})


def bus_frozen_in_hold() -> Evening:
    """They hang for 10 s in a hold."""
    return frozen_bus("bus-frozen-in-hold", 6.0, {})


def bus_frozen_with_reader() -> Evening:
    """The same with a screen reader's interfaces in use, on a desktop that Qt knows."""
    return frozen_bus("bus-frozen-with-reader", 6.0, READER)


def frozen_bus(name: str, at: float, environ: Environ) -> Evening:
    """Stop the bus from `at` seconds into the session, or from before it, for 10 s."""
    with Evening(routine=SHORT, environ=environ) as evening:
        if not at:
            evening.bus.freeze()
        began = evening.open()
        if at:
            evening.until(at)
            evening.bus.freeze()
        first = evening.told.wait("painted", event="first")["now"] - began
        time.sleep(10.0)
        evening.bus.thaw()
        evening.finish()
        print(f"first paint after {first * 1000:.0f} ms")
        return report(name, evening)


def bus_killed() -> Evening:
    """The bus dies in a hold."""
    with Evening(routine=SHORT) as evening:
        evening.open()
        evening.until(6.0)
        evening.bus.kill()
        evening.finish()
        return report("bus-killed", evening)


TRIALS: dict[str, Callable[[], Evening]] = {
    "idle": idle,
    "busy": busy,
    "sound-killed": sound_killed,
    "sound-frozen": sound_frozen,
    "sound-late": sound_late,
    "sound-none": sound_none,
    "screen-unplugged": screen_unplugged,
    "voice-missing": voice_missing,
    "voice-hangs": voice_hangs,
    "voice-crashes": voice_crashes,
    "voice-slow": voice_slow,
    "sink-gone": sink_gone,
    "sink-other": sink_other,
    "bus-gone": bus_gone,
    "bus-frozen": bus_frozen,
    "bus-frozen-in-hold": bus_frozen_in_hold,
    "bus-frozen-with-reader": bus_frozen_with_reader,
    "bus-killed": bus_killed,
}


def main(words: Iterable[str] | None = None) -> int:
    """Run the trials that the arguments name, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "trials", nargs="*", choices=[*TRIALS, []], help="all, unless some are named"
    )
    asked = parser.parse_args(words).trials or list(TRIALS)
    try:
        for name in asked:
            TRIALS[name]()
    except (CannotHear, NoScreen) as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
