"""The benchmark table: what Legato costs, beside a floor measured in the same run.

    ./run bench            all of it, about ten minutes
    ./run bench --quick    few and short rounds, for a first look
    ./run bench --peers    also how fast other programs start, those of them that are installed

It needs Linux; screen, bus and sound server are its own. Programs and their floors are measured by
turns, so that a machine that becomes slower does so for both; each figure is the median of its
rounds, each ratio that of the rounds' own ratios. Processor time is the process's own. Ratios hold
on a busy machine, too; milliseconds against a goal count on a quiet one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from operator import sub, truediv
from pathlib import Path
from typing import TYPE_CHECKING

from bench import responses
from bench.in_process import bedtime_ms, breathing, files_ratio
from bench.outside import Watcher
from bench.processes import PYTHON_PATH, Cost, clean_environ, cost, spawn, stop, told
from bench.screen import NoScreen, Screen
from bench.stock import SOURCE, Stock
from legato.storage.paths import find_paths
from private_bus import private_bus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SIZE = "1400x900x24"
SETTLE_SECONDS = 20.0
"""Until the buttons have faded and what is done after the first frame is done."""
TURN_CASES = {
    "few": "20 routines",
    "many": f"{responses.MANY_FILES:,} routines",
    "silent": "no bus, no sound, no voice",
}
PEERS = {
    "Workrave": ("workrave",),
    "GNOME Clocks": ("gnome-clocks",),
    "Safe Eyes, its settings": ("safeeyes", "--settings"),
    "Chromium, a page as an app": (
        *("chromium", "--no-sandbox", "--no-first-run", "--user-data-dir={data}"),
        "--app=data:text/html,<h1>60",
    ),
}

HOLD = """name: Bench
voice: chime
ready: 1 s
steps:
  - use: ham-strap
    hold: 20 min
"""
"""For each leg: before one leg's routine something would be asked."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured.

    Attributes:
        starts: Starts of each program.
        rounds: Rounds of all else.
        seconds: Of a hold that are measured.
        presses: Of keys.
    """

    starts: int
    rounds: int
    seconds: float
    presses: int


WHOLE = Extent(starts=9, rounds=3, seconds=60.0, presses=100)
QUICK = Extent(starts=3, rounds=1, seconds=10.0, presses=20)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        what: What is measured.
        measured: In Legato.
        floor: In what it is compared with, or "".
        figure: What the goal is about, or None.
        unit: Of the figure and the goal.
        goal: The most that `figure` may be, or None.
    """

    what: str
    measured: str
    floor: str = ""
    figure: float | None = None
    unit: str = ""
    goal: float | None = None

    def cells(self) -> list[str]:
        """Return the words of the line."""
        digits = 2 if self.unit == "x" else 0
        figure = "" if self.figure is None else f"{self.figure:.{digits}f} {self.unit}"
        goal = "" if self.goal is None else f"{self.goal:g} {self.unit}"
        is_over = self.figure is not None and self.goal is not None and self.figure > self.goal
        return [self.what, self.measured, self.floor, figure, goal, "over" if is_over else ""]


def start_rows(screen: Screen, data: Path, stock: Stock, starts: int, *, peers: bool) -> list[Row]:
    """Return the start of programs, from the command to the first pixels on the screen."""
    bare, run, installed = "bare", "./run", "legato, from a wheel"
    commands: dict[str, Sequence[str]] = {
        bare: (str(stock.python), "-P", "-m", "bench.floors", "bare"),
        run: (str(SOURCE / "run"), "--data-dir", str(data / "run")),
        installed: (str(stock.legato), "--data-dir", str(data / "installed")),
    }
    if peers:
        for name, words in PEERS.items():
            if shutil.which(words[0]):
                commands[name] = [word.format(data=data / "peer") for word in words]
            else:
                print(f"{name}: not installed", file=sys.stderr)
    watcher = Watcher(screen.name)
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(starts + 1):
        for name in list(seconds):
            environ = clean_environ() | ({"PYTHONPATH": PYTHON_PATH} if name == bare else {})
            try:
                seconds[name].append(watcher.seconds_to_paint(commands[name], environ))
            except TimeoutError as error:
                if name not in PEERS:
                    raise
                print(error, file=sys.stderr)
                del seconds[name]
    # The first round reads files that the others find in memory.
    floor = seconds.pop(bare)[1:]
    goals = {run: 1.35, installed: 1.3}
    return [
        Row(
            f"start to the first painted window: {name}",
            _ms(found[1:]),
            f"stock bare window {_ms(floor)}",
            statistics.median(map(truediv, found[1:], floor)),
            "x",
            goals.get(name),
        )
        for name, found in seconds.items()
    ]


def memory_rows(data: Path, routine: Path, rounds: int) -> list[Row]:
    """Return the memory of a window, one program at a time so that none shares its pages."""
    programs = {
        "bare": ("floors", "bare"),
        "on the first page": ("app_start", "--data-dir", str(data / "home")),
        "in a session": ("app_start", *_session(data / "moving", routine)),
    }
    memory: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, words in programs.items():
            process = spawn(*words)
            told(process, "painted")
            time.sleep(responses.READY_SECONDS)
            memory[name].append(cost(process).memory_mb)
            stop(process)
    floor = memory.pop("bare")
    goals = {"on the first page": 25.0, "in a session": 28.0}
    return [
        Row(
            f"memory (PSS) {name}",
            f"{statistics.median(found):.1f} MB",
            f"bare window {statistics.median(floor):.1f} MB",
            statistics.median(map(sub, found, floor)),
            "MB more",
            goals[name],
        )
        for name, found in memory.items()
    ]


def hold_rows(rounds: int, seconds: float, data: Path, routine: Path) -> list[Row]:
    """Return processor time during a hold, all programs side by side."""
    programs = {
        "label": ("floors", "label"),
        "still": ("app_start", "--motion", "off", *_session(data / "still", routine)),
        "moving": ("app_start", "--motion", "on", *_session(data / "moving", routine)),
    }
    spent: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, used in _side_by_side(programs, seconds, data).items():
            spent[name].append(used.processor_seconds)
    return [
        Row(
            f"processor in {seconds:.0f} s of a hold, {how}",
            _percent(spent[name], seconds),
            f"1 Hz label {_percent(spent['label'], seconds)}",
            statistics.median(map(truediv, spent[name], spent["label"])),
            "x",
            goal,
        )
        for name, how, goal in (
            ("still", "motion off", 2.0),
            ("moving", "ring and breathing figure moving", 3.0),
        )
    ]


def _session(data: Path, routine: Path) -> tuple[str, ...]:
    return ("--data-dir", str(data), "start", str(routine))


def _side_by_side(
    programs: dict[str, tuple[str, ...]], seconds: float, data: Path
) -> dict[str, Cost]:
    running = {name: spawn(*words) for name, words in programs.items()}
    try:
        for process in running.values():
            told(process, "painted")
        time.sleep(SETTLE_SECONDS)
        marks = _resume_points(data)
        before = {name: cost(process) for name, process in running.items()}
        time.sleep(seconds)
        after = {name: cost(process) for name, process in running.items()}
        for name, mark in _resume_points(data).items():
            if mark == marks[name]:
                raise RuntimeError(f"no session ran in the window that was measured: {name}")
    finally:
        for process in running.values():
            stop(process)
    return {
        name: Cost(
            after[name].processor_seconds - before[name].processor_seconds, after[name].memory_mb
        )
        for name in programs
    }


def _resume_points(data: Path) -> dict[str, bytes]:
    """Return what each session wrote down last; it does so each second that passes."""
    paths = {name: find_paths(str(data / name)).resume for name in ("still", "moving")}
    return {name: path.read_bytes() if path.exists() else b"" for name, path in paths.items()}


def response_rows(screen: Screen, data: Path, routine: Path, extent: Extent) -> list[Row]:
    """Return how fast keys are answered, and how long the window is busy at most."""
    home, session = ("--data-dir", str(data / "home")), _session(data / "keys", routine)
    idle = responses.key_seconds(screen, session, extent.presses)
    with responses.all_cores_busy():
        busy = responses.key_seconds(screen, session, extent.presses)
    opened = responses.cramp_seconds(screen, home, extent.presses // 5)
    first = [responses.first_cramp_seconds(screen, home) for _ in range(extent.rounds * 3)]
    return [
        _response_row("key to its painted answer, 99 of 100", ninety_ninth(idle), idle, 30),
        _response_row("the same with all cores busy", ninety_ninth(busy), busy, 100),
        _response_row("F8 to the painted line, longest", max(opened), opened, 50),
        _response_row("F8 in the first frame's moment, longest", max(first), first, 150),
    ]


def _response_row(what: str, found: float, answers: list[float], goal: float) -> Row:
    return Row(what, f"median {_ms(answers)}", "", 1000 * found, "ms", goal)


def turn_rows(screen: Screen, data: Path, rounds: int) -> list[Row]:
    """Return the longest turns of the window after its first frame."""
    rows = []
    for case, how in TURN_CASES.items():
        found = [responses.longest_turn(screen, data / case, case) for _ in range(rounds)]
        spent = [worked for _, worked in found]
        turns = [seconds for seconds, _ in found]
        longest = 1000 * statistics.median(turns)
        of_processor = f"of them processor {_ms(spent)}"
        rows.append(Row(f"longest turn, {how}", _ms(turns), of_processor, longest, "ms", 50))
    return rows


def in_process_rows(rounds: int) -> list[Row]:
    """Return what needs no window of its own, or an unseen one."""
    load, floor = files_ratio(rounds)
    frames, cost_ms = breathing()
    return [
        Row(
            "1,000 routine files listed",
            f"{load * 1000:.0f} ms",
            f"CSafeLoader {floor * 1000:.0f} ms",
            load / floor,
            "x",
            3.0,
        ),
        Row("a breathing figure", f"{frames:.1f} frames/s", f"{cost_ms:.1f} ms/s"),
        Row("a whole bedtime session, fake clock", f"{bedtime_ms(rounds):.0f} ms"),
    ]


def _ms(seconds: list[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f} ms"


def _percent(spent: list[float], seconds: float) -> str:
    return f"{100 * statistics.median(spent) / seconds:.3f} %"


def ninety_ninth(answers: list[float]) -> float:
    """Return the answer than which 99 of 100 are no slower."""
    return sorted(answers)[(99 * len(answers) - 1) // 100]


def print_table(rows: list[Row]) -> None:
    """Print the rows in columns."""
    table = [["what", "Legato", "floor", "figure", "goal", ""], *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        cells = (word.ljust(width) for word, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


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


def measure(extent: Extent, *, peers: bool) -> list[Row]:
    """Return all rows, the start as a person starts it first."""
    with ExitStack() as around:
        enter = around.enter_context
        data = Path(enter(tempfile.TemporaryDirectory(prefix="legato-bench-")))
        screen = enter(Screen(SIZE))
        screen.manage_windows()
        for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LEGATO_DATA_DIR"):
            os.environ.pop(name, None)
        (data / "runtime").mkdir(mode=0o700)
        bus = enter(private_bus())
        os.environ |= {
            "DISPLAY": screen.name,
            "DBUS_SESSION_BUS_ADDRESS": bus.address,
            "DBUS_SYSTEM_BUS_ADDRESS": bus.address,
            "XDG_RUNTIME_DIR": str(data / "runtime"),
        }
        enter(sound())
        for kind in ("still", "moving"):
            # Dark after half a minute, a hold would cost less than the figure says.
            (data / kind).mkdir()
            (data / kind / "settings.json").write_text('{"dim_after": null}')
        routine = data / "hold.yaml"
        routine.write_text(HOLD)
        stock = Stock(Path(enter(tempfile.TemporaryDirectory(prefix="stock-", dir=sys.prefix))))
        steps: list[Callable[[], list[Row]]] = [
            lambda: start_rows(screen, data, stock, extent.starts, peers=peers),
            lambda: memory_rows(data, routine, extent.rounds),
            lambda: hold_rows(extent.rounds, extent.seconds, data, routine),
            lambda: turn_rows(screen, data, extent.rounds),
            lambda: response_rows(screen, data, routine, extent),
            lambda: in_process_rows(extent.rounds),
        ]
        rows: list[Row] = []
        for number, step in enumerate(steps, 1):
            print(f"measuring, part {number} of {len(steps)}", file=sys.stderr)
            rows += step()
        return rows


def print_load(when: str) -> None:
    """Print how busy the machine is with whatever else runs."""
    print(f"load {when}: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few and short rounds")
    parser.add_argument("--peers", action="store_true", help="also start other programs")
    options = parser.parse_args()
    if sys.platform != "linux":
        sys.exit("The benchmark measures on Linux only: it needs an X screen of its own and /proc.")
    print_load("before")
    try:
        print_table(measure(QUICK if options.quick else WHOLE, peers=options.peers))
    except NoScreen as error:
        sys.exit(f"No screen to measure on: {error}.")
    print_load("after")
    return 0


if __name__ == "__main__":
    sys.exit(main())
