"""The benchmark table: what Legato costs, each figure as a ratio to a floor of the same run.

    ./run bench            all of it, about ten minutes
    ./run bench --quick    fewer and shorter rounds, for a first look

Programs and their floors are measured by turns, so that a machine that grows slower meanwhile
does so for both. Processor time is the process's own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.in_process import bedtime_ms, breathing, cramp_ms, files_ratio, rows_block_ms
from bench.processes import Cost, cost, seconds_to_paint, spawn, stop, told

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 5
HOLD_SECONDS = 60.0
SETTLE_SECONDS = 20.0
"""Until the buttons have faded and what is done after the first frame is done."""

HOLD = """name: Bench
voice: chime
ready: 1 s
steps:
  - use: ham-strap
    hold: 20 min
    sides: right
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    floor: str
    ratio: str
    goal: str


def start_row(rounds: int) -> Row:
    """Return the start to the first painted window, the library on it."""
    floors, apps = [], []
    for _ in range(rounds + 1):
        floors.append(seconds_to_paint("floors", "bare"))
        apps.append(seconds_to_paint("app_start"))
    # The first round reads files that the others find in memory.
    floor, app = statistics.median(floors[1:]), statistics.median(apps[1:])
    return Row(
        "start to the first painted window",
        f"{app * 1000:.0f} ms",
        f"bare window {floor * 1000:.0f} ms",
        f"{app / floor:.2f}",
        "1.5",
    )


def hold_rows(rounds: int, seconds: float, data: Path, routine: Path) -> list[Row]:
    """Return processor time and memory during a hold, all programs side by side."""
    programs = {
        "bare": ("floors", "bare"),
        "label": ("floors", "label"),
        "still": ("app_start", "--data-dir", str(data / "still"), "--motion", "off",
                  "start", str(routine)),
        "moving": ("app_start", "--data-dir", str(data / "moving"), "--motion", "on",
                   "start", str(routine)),
    }  # fmt: skip
    spent: dict[str, list[float]] = {name: [] for name in programs}
    memory: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, used in _side_by_side(programs, seconds).items():
            spent[name].append(used.processor_seconds)
            memory[name].append(used.memory_mb)
    label = statistics.median(spent["label"])
    rows = [
        Row(
            f"processor in {seconds:.0f} s of a hold, {how}",
            _percent(statistics.median(spent[name]), seconds),
            f"1 Hz label {_percent(label, seconds)}",
            f"{statistics.median(spent[name]) / label:.2f}",
            goal,
        )
        for name, how, goal in (
            ("still", "motion off", "2.5"),
            ("moving", "ring and breathing figure moving", "6"),
        )
    ]
    bare, app = statistics.median(memory["bare"]), statistics.median(memory["moving"])
    more = f"+{app - bare:.0f} MB"
    return [*rows, Row("memory (PSS)", f"{app:.0f} MB", f"bare {bare:.0f} MB", more, "+30 MB")]


def _side_by_side(programs: dict[str, tuple[str, ...]], seconds: float) -> dict[str, Cost]:
    running = {name: spawn(*words) for name, words in programs.items()}
    try:
        for process in running.values():
            told(process, "painted")
        _wait(SETTLE_SECONDS)
        before = {name: cost(process) for name, process in running.items()}
        _wait(seconds)
        after = {name: cost(process) for name, process in running.items()}
    finally:
        for process in running.values():
            stop(process)
    return {
        name: Cost(
            after[name].processor_seconds - before[name].processor_seconds, after[name].memory_mb
        )
        for name in programs
    }


def _wait(seconds: float) -> None:
    subprocess.run(["sleep", str(seconds)], check=True)


def _percent(spent: float, seconds: float) -> str:
    return f"{100 * spent / seconds:.2f} %"


def in_process_rows(rounds: int) -> list[Row]:
    """Return what needs no window of its own, or an unseen one."""
    load, floor = files_ratio(rounds)
    block = rows_block_ms()
    painted, handed = cramp_ms(rounds)
    frames, cost_ms = breathing()
    return [
        Row(
            "1,000 routine files listed",
            f"{load * 1000:.0f} ms",
            f"CSafeLoader {floor * 1000:.0f} ms",
            f"{load / floor:.2f}",
            "3",
        ),
        Row("10,000 shown: longest block", f"{block:.0f} ms", "", "", "50 ms"),
        Row("cramp now: key to painted line, longest", f"{painted:.0f} ms", "", "", "300 ms"),
        Row("cramp now: key to words at the sound", f"{handed:.1f} ms", "", "", "300 ms"),
        Row(
            "a breathing figure, frames a second",
            f"{frames:.1f}",
            "",
            f"{cost_ms:.1f} ms/s",
            "",
        ),
        Row("a whole bedtime session, fake clock", f"{bedtime_ms(rounds):.0f} ms", "", "", ""),
    ]


def print_table(rows: list[Row]) -> None:
    """Print the rows in columns."""
    heads = Row("what", "Legato", "floor", "ratio", "goal")
    table = [[r.what, r.measured, r.floor, r.ratio, r.goal] for r in (heads, *rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        print("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)))


@contextmanager
def screen() -> Iterator[None]:
    """Run inside a virtual screen of its own."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told_number:
            os.environ["DISPLAY"] = f":{told_number.readline().strip()}"
        os.environ.pop("WAYLAND_DISPLAY", None)
        os.environ.pop("QT_QPA_PLATFORM", None)
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def sound() -> Iterator[None]:
    """Let sounds go to a server of their own, where one is installed."""
    if not all(shutil.which(tool) for tool in ("pulseaudio", "parec", "pactl")):
        print("no PulseAudio here: measured without sound", file=sys.stderr)
        yield
        return
    from bench.ear import Ear  # noqa: PLC0415 - only where there is something to hear

    with Ear() as listening:
        os.environ.update(listening.env)
        yield


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    quick = parser.parse_args().quick
    rounds, seconds = (3, 10.0) if quick else (ROUNDS, HOLD_SECONDS)
    with ExitStack() as around:
        data = Path(around.enter_context(tempfile.TemporaryDirectory(prefix="legato-bench-")))
        os.environ["LEGATO_DATA_DIR"] = str(data / "start")
        around.enter_context(screen())
        around.enter_context(sound())
        for kind in ("still", "moving"):
            # Dark after half a minute, a hold would cost less than the figure says.
            (data / kind).mkdir()
            (data / kind / "settings.json").write_text('{"dim_after": null}')
        routine = data / "hold.yaml"
        routine.write_text(HOLD)
        rows = [start_row(rounds * 2), *hold_rows(rounds, seconds, data, routine)]
    print_table([*rows, *in_process_rows(rounds)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
