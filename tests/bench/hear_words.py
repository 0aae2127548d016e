"""Tells by a recording whether the words that are heard name the right side, and come at once.

    PYTHONPATH=tests python -m bench.hear_words                        the lines of a left session
    PYTHONPATH=tests python -m bench.hear_words --side right --routine lower-leg
    PYTHONPATH=tests python -m bench.hear_words --window               the first line, by the clock

The lines of a routine that name a side are spoken one after the other by the real engine to a sound
server of their own. Each is looked for in the recording by a rendering made for the comparison, and
so is the same line for the other side, which must be less like what was heard.

With `--window` the real window is opened on a screen of its own: a key asks for help with a cramp,
and a session is started from the command line. What is measured is the time until the first spoken
line is heard, and the longest turn of the window in the first five seconds.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bench.ear import RATE, CannotHear, Ear
from bench.evening import Evening
from bench.screen import NoScreen
from legato.controllers.content import move_step
from legato.devices.audio.output import open_sound
from legato.devices.voice import SpeechCache, find_speaker
from legato.domain import cramp
from legato.domain.cues import Cue, ScheduledCue
from legato.domain.routine import Side, on_side
from legato.domain.settings import Settings
from legato.domain.sound import SoundSettings, sound_settings_of
from legato.domain.timeline import lay_out
from legato.resources import find_bundled
from legato.storage.library import Library

if TYPE_CHECKING:
    from array import array

    from bench.ear import Recording
    from legato.domain.routine import Routine

BUNDLED = find_bundled()
SOUNDS = BUNDLED.assets / "sounds"
LIBRARY = Library(BUNDLED.routines, Path("nowhere"), BUNDLED.assets)
NAMED = re.compile(r"\b(left|right)\b")
GOOD_LIKENESS = 0.9
PLAIN_DIFFERENCE = 0.02
"""By so much a line is more like itself than like the one with another side."""
PIECE_SECONDS = 0.25
QUIET = 400
"""Pieces whose loudest sample is below this are pauses."""
AFTER_SECONDS = 1.0
"""Between two lines."""
FIRST_SECONDS = 5.0
LINE_SECONDS_AT_MOST = 1.0
SLOW_TURN_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Compared:
    """A line, how like itself it was heard, and how like the same line for the other side."""

    text: str
    own: float
    crossed: float


@cache
def rendered(text: str) -> array[int]:
    """Return a line as the engine speaks it, rendered anew, apart from the sound that is heard."""
    box = SpeechCache(find_speaker, lambda: None, sound_settings_of(Settings()).voice)
    box.prepare(text)
    while (answer := box.spoken(text)) is None:
        time.sleep(0.01)
    box.close()
    if answer.pcm is None:
        raise CannotHear(f"nothing here can speak: {text}")
    return answer.pcm.samples


def other_side(text: str) -> str:
    """Return the line with its sides crossed."""
    crossed = {"left": "right", "right": "left"}
    return NAMED.sub(lambda found: crossed[found[0]], text)


def routine_of(name: str) -> Routine:
    """Return a routine that ships."""
    entry = LIBRARY.entry(name)
    if entry is None or entry.routine is None:
        raise SystemExit(f"no routine {name}")
    return entry.routine


def named_lines(name: str, side: Side) -> list[str]:
    """Return the lines of a routine on that side that name a side, each once."""
    cues = lay_out(on_side(routine_of(name), side)).cues()
    return list(dict.fromkeys(mark.text for mark in cues if NAMED.search(mark.text)))


def say(texts: list[str]) -> tuple[Recording, list[float]]:
    """Have lines spoken one after the other; return what was heard, and when each was due."""
    settings = SoundSettings(voice_volume=1.0)
    with Ear() as ear:
        os.environ.update(ear.env)
        sound = open_sound(SOUNDS, settings)
        moments, at = [], time.monotonic() + 3.0
        for text in texts:
            moments.append(at)
            sound.schedule([ScheduledCue(at, Cue.LINE, text)])
            at += len(rendered(text)) / RATE + AFTER_SECONDS
        time.sleep(at - time.monotonic() + 1.0)
        sound.close()
        return ear.recording(), moments


def compare(name: str, side: Side) -> list[Compared]:
    """Return how each line that names a side was heard."""
    texts = named_lines(name, side)
    recording, moments = say(texts)
    found = []
    for text, at in zip(texts, moments, strict=True):
        own = likeness(recording, rendered(text), at)
        crossed = likeness(recording, rendered(other_side(text)), at)
        found.append(Compared(text, own, crossed))
    return found


def likeness(recording: Recording, line: array[int], at: float) -> float:
    """Return how like a line what was heard is, 0 to 1: the mean over its pieces.

    A busy machine loses a block of sound now and then, which spoils the piece it falls into and not
    the whole line.
    """
    size = round(PIECE_SECONDS * RATE)
    found = []
    for start in range(0, len(line) - size, size):
        piece = line[start : start + size]
        if max(map(abs, piece)) > QUIET:
            found.append(recording.find(piece, at + start / RATE).likeness)
    return statistics.fmean(found)


def report(name: str, side: Side) -> bool:
    """Print a row for each line; return whether every one was heard with its own side."""
    rows = compare(name, side)
    print(f"{name}, {side}: {len(rows)} lines that name a side")
    print(f"{'as meant':>9} {'crossed':>8}  line")
    for row in rows:
        print(f"{row.own:9.3f} {row.crossed:8.3f}  {row.text}")
    return all(row.own > row.crossed + PLAIN_DIFFERENCE for row in rows)


def first_line(evening: Evening, text: str, since: float) -> float:
    """Return how long after `since` a line was heard, or infinity."""
    recording = evening.ear.recording()
    onsets = [one.moment for one in recording.soundings() if one.moment > since]
    if not onsets:
        return float("inf")
    match = recording.find(rendered(text), onsets[0], within=0.1)
    return match.moment - since if match.likeness >= GOOD_LIKENESS else float("inf")


def slow_turn(evening: Evening, since: float) -> float:
    """Return the longest turn of the window in the first seconds; 0 where all were short."""
    turns = evening.told.all("turn")
    near = [one["seconds"] for one in turns if since <= one["now"] <= since + FIRST_SECONDS]
    return max(near, default=0.0)


def give_focus(evening: Evening) -> None:
    """Make the window the active one: there is no window manager to do it.

    Raises:
        NoScreen: There is no xdotool.
    """
    program = shutil.which("xdotool")
    if not program:
        raise NoScreen("xdotool is not installed (apt: xdotool)")
    wanted = [program, "search", "--onlyvisible", "--name", "^Legato$", "windowfocus", "--sync"]
    environ = os.environ | {"DISPLAY": evening.screen.name}
    subprocess.run(wanted, env=environ, stdout=subprocess.DEVNULL, check=True, timeout=10)


def from_first_page(key: str, text: str) -> tuple[float, float]:
    """Press a key on the first page of a real window; return until the line, and the longest turn."""
    with Evening("--theme", "night") as evening:
        evening.open()
        evening.told.wait("shown", page="home")
        time.sleep(FIRST_SECONDS)
        give_focus(evening)
        pressed = evening.screen.press(key)
        time.sleep(FIRST_SECONDS + 1.0)
        return first_line(evening, text, pressed), slow_turn(evening, pressed)


def cramp_now() -> tuple[float, float]:
    """Ask for help with a cramp by its key."""
    step = move_step(LIBRARY, cramp.CrampVariant.IN_BED.value)
    if step is None:
        raise SystemExit("the move of a cramp cannot be read")
    return from_first_page("F8", cramp.lines(step, Side.RIGHT)[0].text)


def tonight() -> tuple[float, float]:
    """Start tonight's routine by its key."""
    return from_first_page("Return", first_words(routine_of("bedtime")))


def from_the_shell() -> tuple[float, float]:
    """Start a session from the command line; counted from the session's own beginning."""
    text = first_words(on_side(routine_of("quads"), Side.LEFT))
    with Evening("start", "quads", "--side", "left") as evening:
        evening.open()
        began = evening.began()
        time.sleep(FIRST_SECONDS + 3.0)
        return first_line(evening, text, began), slow_turn(evening, began)


def first_words(routine: Routine) -> str:
    """Return what is said first."""
    return next(mark.text for mark in lay_out(routine).cues() if mark.text)


TRIALS = {
    "cramp now, by F8": cramp_now,
    "tonight's routine, by Enter": tonight,
    "a session from the command line": from_the_shell,
}


def by_the_clock() -> bool:
    """Print when the first line was heard in the real window; return whether it was soon enough."""
    print(f"{'what':34} {'first line heard':>17} {'longest turn':>14}")
    good = True
    for words, trial in TRIALS.items():
        heard, turn = trial()
        longest = f"{turn * 1000:.0f} ms" if turn else "below 50 ms"
        print(f"{words:34} {heard * 1000:14.0f} ms {longest:>14}")
        good = good and heard <= LINE_SECONDS_AT_MOST and turn <= SLOW_TURN_SECONDS
    return good


def main() -> int:
    """Measure; exit 1 where a side was wrong or the first line late."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--routine", default="bedtime")
    parser.add_argument("--side", type=Side, choices=[Side.LEFT, Side.RIGHT], default=Side.LEFT)
    parser.add_argument("--window", action="store_true")
    options = parser.parse_args()
    try:
        good = by_the_clock() if options.window else report(options.routine, options.side)
    except (CannotHear, NoScreen) as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
