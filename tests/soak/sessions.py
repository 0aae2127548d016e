"""Runs sessions end to end in one window at high speed, and looks what they leave behind.

python -m soak.sessions FOLDER TIMES [--real-sound]
"""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from legato.domain.session import Move, Status
from soak.footprint import Footprint, measure
from soak.hasty_window import HastyWindow, hasty_window, run_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = 20
"""So many sessions may still fill what is kept: pictures, fonts, sounds."""

OFTEN = 0.03
"""How often something happens between two paintings: all of it in the first sessions already."""

SHIPPED = ("tiny-starter", "lower-leg", "one-minute", "restless-legs", "quads", "desk-day",
           "calf-bent-knee", "bedtime", "back-to-sleep", "both-legs-together",
           "foot-bath-evening", "massage-and-stretch")  # fmt: skip
EVERY = 4
"""One session in so many is of a routine that ships; the others are of a short one. In a long
trial those that ship come first, each once, so that what is kept of them is there early."""
SHORT = "short"
SHORT_FILE = """name: Short
ready: 5 s
switch: 5 s
steps:
  - use: calf-straight-knee
    hold: 20 s
  - use: quads
    hold: 20 s
  - title: Doorway
    kind: rest
    hold: 10 s
    say: {0:05: Soften your jaw.}
"""
REST_TURNS = 200
MOVES = (
    Move.GO_ON,
    Move.NEXT,
    Move.BACK,
    Move.MORE,
    Move.LESS,
    Move.OTHER_SIDE,
    Move.HURTS,
    Move.AGAIN,
)


def sessions(window: HastyWindow, times: int, seen: list[Footprint]) -> Iterator[None]:
    """Run `times` sessions; append the resources after each `FIRST` of them, or after a half.

    Each time after the same undisturbed session: what a page still shows differs by megabytes.
    """
    yield from window.until_read()
    random = Random(500)  # noqa: S311 - no secret
    every = min(FIRST, times // 2)
    shipped, early = cycle(SHIPPED), len(SHIPPED) if times > FIRST else 0
    for number in range(1, times + 1):
        routine = next(shipped) if number <= early or number % EVERY == 0 else SHORT
        yield from _session(window, routine, random)
        if number % every == 0:
            yield from _session(window, SHORT, None)
            yield from at_rest(window)
            note(number, seen)


def _session(window: HastyWindow, routine: str, random: Random | None) -> Iterator[None]:
    """Run a routine to its end, with some random commands, or with none."""
    window.sessions.controller.start_by_id(routine)
    assert window.page == "session", routine
    leaps = 0
    while window.driver.session is not None and not window.driver.session.is_over:
        # What lasts longer is painted less often.
        yield from window.leap(times=2 + leaps // 20)
        leaps += 1
        assert leaps < 1_000, "it does not end"
        if random is not None and random.random() < OFTEN:
            yield from _something_happens(window, random)
        if window.driver.session.is_waiting:
            window.driver.move(Move.GO_ON)
    assert window.driver.session is not None
    assert window.driver.session.status is Status.FINISHED
    # Who calls for help in the last second finds the first page after it.
    assert window.page in {"end", "home"}, window.page
    yield from window.turns()
    window.sessions._back_home()
    yield from window.turns()


def _something_happens(window: HastyWindow, random: Random) -> Iterator[None]:
    """Do a random command of a session; at the end the session runs."""
    driver, conductor = window.driver, window.sessions.controller
    match random.randrange(6):
        case 0:
            driver.toggle_pause()
            yield from window.turns()
            driver.toggle_pause()
        case 1:
            driver.toggle_mute()
            yield from window.leap()
            driver.toggle_mute()
        case 2:
            driver.interrupt(3600.0)
            yield from window.turns()
            driver.move(Move.RESUME)
        case 3:
            window.joined.cramp.cramp_now()
            yield from window.turns()
            window.joined.cramp._leave_cramp()
            driver.move(Move.RESUME)
        case 4:
            driver.move(Move.STOP)
            yield from window.turns()
            window.sessions._back_home()
            yield from window.turns()
            conductor.continue_session()
        case _:
            driver.move(random.choice(MOVES))
    yield


def at_rest(window: HastyWindow) -> Iterator[None]:
    """End all sounds, and show all pending messages."""
    while window.joined.window.toast.shown:
        window.joined.window.toast._show_next()
    silent_turns = 0
    while silent_turns < REST_TURNS:
        window.clock.pass_seconds(1.0)
        yield
        silent_turns = silent_turns + 1 if window.is_silent else 0


def main(folder: Path, times: int, *, real_sound: bool) -> None:
    """Run the sessions; return 1 if something leaks."""
    seen: list[Footprint] = []
    (folder / "routines").mkdir(parents=True)
    (folder / "routines" / f"{SHORT}.yaml").write_text(SHORT_FILE)
    with hasty_window(folder, real_sound=real_sound) as window:
        run_steps(window.app, sessions(window, times, seen))
    report(f"{times} sessions", seen[0], seen[-1])


def note(number: int, seen: list[Footprint]) -> None:
    """Append the current resources to the earlier ones, and print them."""
    seen.append(measure())
    sys.stdout.write(f"  {number:4}: {seen[-1]}\n")
    sys.stdout.flush()


def report(what: str, before: Footprint, after: Footprint) -> None:
    """Print how much memory has grown; raise SystemExit if something leaks."""
    grown = (after.memory_kb - before.memory_kb) / 1024
    sys.stdout.write(f"{what}: memory {grown:+.2f} MB\n")
    leaks = after.leaks(before)
    if leaks:
        sys.exit(f"left behind: {leaks}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), real_sound="--real-sound" in sys.argv)
