"""Reads what `strace` wrote: which sockets a program opened, and what it wrote to in the file system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WATCHED = "trace=%network,%file"
_CALL = re.compile(r"\d+ +(?P<name>\w+)\((?P<rest>.*)")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>[^>]*)>, )?"(?P<path>(?:[^"\\]|\\.)*)"')
_FAMILY = re.compile(r"\b(?:AF|PF)_\w+")
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
_OPENING = frozenset({"open", "openat", "openat2"})
_CHANGING = re.compile(
    r"creat|(?:mk|rm)dir(?:at)?|rename(?:at2?)?|unlink(?:at)?|link(?:at)?|symlink(?:at)?"
    r"|f?ch(?:mod|own)(?:at2?)?|lchown|truncate|mknod(?:at)?|utime\w*|futimesat|l?setxattr"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """The actions of one run.

    Attributes:
        code: Its exit code.
        said: What it printed.
        complained: What it said of errors.
        families: The kinds of addresses that it opened sockets for, or named in a call.
        touched: What it opened for writing, made, renamed or took away, whether that went well or
            not, with links in the folders followed.
    """

    code: int
    said: str
    complained: str
    families: frozenset[str]
    touched: frozenset[Path]

    def outside(self, *places: Path) -> list[Path]:
        """Return what was touched and lies in none of `places`."""
        roots = [place.resolve() for place in places]
        return sorted(
            path for path in self.touched if not any(path.is_relative_to(root) for root in roots)
        )


def trace(words: Sequence[str], record: Path, env: Mapping[str, str], folder: Path) -> Trace:
    """Run a program with its children, and return their actions.

    Skips the test where strace is not there, or may not look at other programs.

    Args:
        words: The program and its arguments.
        record: Where strace writes to.
        env: The environment.
        folder: The working folder.
    """
    strace = _usable_strace()
    watch = ("-f", "-qq", "-y", "-s", "4096", "--seccomp-bpf", "-e", WATCHED, "-o", str(record))
    done = subprocess.run(
        [strace, *watch, *words],
        env=env,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        umask=0,
    )
    calls = list(_calls(record.read_text(encoding="utf-8", errors="replace").splitlines()))
    return Trace(
        code=done.returncode,
        said=done.stdout,
        complained=done.stderr,
        families=frozenset(family for call in calls for family in _families(*call)),
        touched=frozenset(path for call in calls for path in _touched(*call, folder)),
    )


def _usable_strace() -> str:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("there is no strace here")
    tried = subprocess.run(
        [strace, "-f", "--seccomp-bpf", "-o", os.devnull, "true"], capture_output=True, check=False
    )
    if tried.returncode:
        pytest.skip("strace may not be used here")
    return strace


def _calls(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the names of the calls with their arguments; the end of one that waited says no more."""
    for line in lines:
        found = _CALL.match(line)
        if found:
            yield found["name"], found["rest"]


def _families(name: str, rest: str) -> Iterator[str]:
    if name in {"socket", "socketpair"} or "sa_family=" in rest:
        yield from _FAMILY.findall(rest)


def _touched(name: str, rest: str, folder: Path) -> Iterator[Path]:
    opens = name in _OPENING and _WRITES.search(rest)
    if opens or _CHANGING.fullmatch(name):
        for found in _PATH.finditer(rest):
            path = Path(found["folder"] or folder, found["path"])
            yield path.parent.resolve() / path.name
