"""What is fuzzed: an entry of the program, with good inputs to begin from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeAlias

from fuzz.limits import MOST_SECONDS
from fuzz.mutation import Mutator

DATA = Path(__file__).parents[1] / "data"
"""Files of the other tests, odd and strange ones among them."""

Trial: TypeAlias = Callable[[bytes], None]
"""Gives the program some bytes; whatever it raises is a finding."""


@dataclass(frozen=True, slots=True)
class Target:
    """One entry point of the program.

    Attributes:
        open: Makes the trial, which may write below the folder that it is given.
        seeds: Returns good inputs.
        tokens: Words of the format.
        reshape: Changes an input by its structure, or None.
        draw: Makes an input of nothing but chance; then there are no seeds.
        cases: How many are tried in `./run test`: a second or so.
        seconds: Processor time that one case may take.
        batch: How many cases one process tries; what a case leaves behind goes with it.
    """

    open: Callable[[Path], Trial]
    seeds: Callable[[], tuple[bytes, ...]]
    tokens: tuple[bytes, ...] = ()
    reshape: Callable[[Random, bytes], bytes] | None = None
    draw: Callable[[Random], bytes] | None = None
    cases: int = 150
    seconds: float = MOST_SECONDS
    batch: int = 1_000_000_000

    def maker(self) -> Callable[[Random], bytes]:
        """Return the function that makes inputs, each from a generator of its own."""
        return self.draw or Mutator(self.seeds(), self.tokens, self.reshape).case


def contents(*folders: Path, end: str = ".yaml") -> tuple[bytes, ...]:
    """Return the contents of the files of some folders, by name."""
    found = (path for folder in folders for path in sorted(folder.glob(f"*{end}")))
    return tuple(path.read_bytes() for path in found)


def chance(data: bytes) -> Random:
    """Return a generator that depends only on an input, so that the input repeats a case."""
    return Random(data)
