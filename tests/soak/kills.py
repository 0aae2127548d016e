"""Saves in a child that is killed at a random moment, and looks what is left.

python -m soak.kills FOLDER TIMES
"""

from __future__ import annotations

import os
import signal
import struct
import sys
import time
from collections import Counter
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NoReturn, Protocol

from legato.storage.cleanup import remove_all_leftovers
from legato.storage.paths import Paths
from soak.routine_saver import RoutineSaver
from soak.small_savers import HistorySaver, ResumeSaver

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER = struct.Struct("i")
BEGUN = -1


class Saver(Protocol):
    """A saver whose files can be checked after it was killed."""

    @property
    def longest_seconds(self) -> float:
        """The latest moment of a kill: a little more than saving once takes."""

    def prepare(self) -> None:
        """Write the files before the first kill."""

    def do(self, number: int) -> None:
        """Do the save with this number."""

    def check(self, done: int | None) -> None:
        """Raise AssertionError if a file is not whole; `done` is the last finished save."""


def kill(saver: Saver, random: Random, first: int) -> int | None:
    """Let a child process save, from number `first` on, and kill it; return the last finished save."""
    hearing, saying = os.pipe()
    child = os.fork()
    if not child:
        _save_for_ever(saver, saying, first)
    os.close(saying)
    assert NUMBER.unpack(os.read(hearing, NUMBER.size)) == (BEGUN,)
    time.sleep(random.uniform(0.0, saver.longest_seconds))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child fell over by itself"
    assert os.WTERMSIG(status) == signal.SIGKILL, "the child fell over by itself"
    with open(hearing, "rb") as heard:  # noqa: PTH123 - a descriptor, not a path
        said = heard.read()
    return NUMBER.unpack(said[-NUMBER.size :])[0] if said else None


def _save_for_ever(saver: Saver, saying: int, first: int) -> NoReturn:
    """Save until killed, and print the number of each finished save."""
    os.write(saying, NUMBER.pack(BEGUN))
    for number in count(first):
        saver.do(number)
        os.write(saying, NUMBER.pack(number))
    raise AssertionError("numbers do not end")


def leftovers(folder: Path) -> list[Path]:
    """Return the leftovers of killed writes."""
    return [path for path in folder.rglob("*") if path.name.endswith(".tmp")]


def main(folder: Path, times: int) -> None:
    """Kill a saving child process `times` times, and check the files after each."""
    paths = Paths(folder)
    savers: Sequence[Saver] = (RoutineSaver(paths), HistorySaver(paths), ResumeSaver(paths))
    for saver in savers:
        saver.prepare()
    random = Random(1000)  # noqa: S311 - no secret
    next_numbers: Counter[Saver] = Counter()
    kills, saves = Counter[str](), 0
    for _ in range(times):
        saver = random.choice(savers)
        first = next_numbers[saver]
        done = kill(saver, random, first)
        for one in savers:
            one.check(done if one is saver else None)
        kills[type(saver).__name__] += 1
        saves += 0 if done is None else done + 1 - first
        next_numbers[saver] = first if done is None else done + 1
    left = len(leftovers(folder))
    remove_all_leftovers(paths, before=time.time() + 1.0)
    assert not leftovers(folder)
    each = ", ".join(f"{number} in {name}" for name, number in sorted(kills.items()))
    sys.stdout.write(
        f"{times} kills ({each}), {saves} saves done between them, nothing lost;"
        f" {left} unfinished files were left and swept\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
