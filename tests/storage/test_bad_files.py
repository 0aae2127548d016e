"""Tests of bad files, each in a process limited to 5 s and 500 MB: clear messages only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from legato.resources import find_bundled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_SECONDS = 5
MOST_BYTES = 500_000_000

_CHILD = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
from legato.storage.library import Library
routines, assets, folder = map(Path, sys.argv[2:5])
library = Library(routines, folder / "none", assets)
for name in sys.argv[5:]:
    start = time.process_time()
    told = [str(one) for _, problems in library.check([folder / name]) for one in problems]
    print(json.dumps([name, time.process_time() - start, told]))
"""


def _mapping_bomb() -> str:
    lines = ["x-0: &a0 {a: b, c: d}"]
    lines += [f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    return "\n".join(lines)


FILES: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "fifty-megabytes": (lambda: b"name: " + b"x" * 50_000_000, "larger than 1 MB"),
    "binary": (lambda: bytes(range(256)) * 1000, "not a text file"),
    "noise": (lambda: bytes(range(128, 256)) * 1000, "not UTF-8"),
    "empty": (lambda: "", "empty"),
    "tabs": (lambda: "name: A\nsteps:\n\t- title: T\n", "spaces, not tabs"),
    "twice": (lambda: "name: A\nname: B\nsteps: [{title: T}]", "written twice"),
    "bomb": (_mapping_bomb, "aliases make this"),
    "endless": (lambda: "name: A\nsteps: &a [*a]", "aliases make this"),
    "steps": (lambda: "name: A\nsteps:\n" + "- title: T\n" * 20_000, "10,000 values"),
    "steps-flow": (lambda: "name: A\nsteps: [" + "{title: T}," * 2000 + "]", "1,000 steps"),
    "deep-lists": (lambda: "[" * 10_000, "levels deep"),
    "deep-blocks": (lambda: "- " * 10_000, "levels deep"),
    "deep-keys": (lambda: "{a: " * 10_000, "levels deep"),
    "unknown": (lambda: "nmae: A\n" + "".join(f"k{n}: 1\n" for n in range(4000)), "and "),
    "long-key": (lambda: f"? {'k' * 900_000}\n: 1", "is not known here"),
    "types": (lambda: "name: [A]\nsteps: {a: b}", "is expected here"),
    "negative": (lambda: "name: A\nsteps: [{title: T, hold: -1}]", "out of range"),
    "not-a-number": (lambda: "name: A\nsteps: [{title: T, hold: .nan}]", "not a length of time"),
    "huge": (lambda: "name: A\nsteps: [{title: T, hold: 1e308}]", "not a length of time"),
    "digits": (lambda: f"name: A\nsteps: [{{title: T, hold: {'9' * 900_000}}}]", "not a length"),
    "itself": (lambda: "name: A\nsteps: [{use: itself}]", "uses itself"),
    "nowhere": (
        lambda: "name: A\nsteps:\n" + "".join(f"- use: no-{n}\n" for n in range(1000)),
        "there is no routine",
    ),
    "doubling": (
        lambda: "name: A\nsteps:\n" + "- use: doubling-1\n" * 1000,
        "1,000 steps once every use is unfolded",
    ),
}


def _write(folder: Path) -> None:
    for name, (content, _) in FILES.items():
        data = content()
        (folder / f"{name}.yaml").write_bytes(data.encode() if isinstance(data, str) else data)
    for level in range(1, 40):
        text = "name: A\nsteps:\n" + f"- use: doubling-{level + 1}\n" * 1000
        (folder / f"doubling-{level}.yaml").write_text(text)
    (folder / "doubling-40.yaml").write_text("name: A\nsteps: [{title: T}]")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, list[str]]]:
    """Return the seconds and the messages of each file."""
    folder = tmp_path_factory.mktemp("bad")
    _write(folder)
    shipped = find_bundled()
    names = [*(f"{name}.yaml" for name in FILES), "missing.yaml", "folder.yaml", "pipe.yaml"]
    where = [shipped.routines, shipped.assets, folder]
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(MOST_BYTES), *map(str, where), *names],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    assert child.stderr == ""
    lines = [json.loads(line) for line in child.stdout.splitlines()]
    return {name: (seconds, problems) for name, seconds, problems in lines}


@pytest.mark.parametrize(("name", "words"), [(name, words) for name, (_, words) in FILES.items()])
def test_a_bad_file_is_reported(
    told: dict[str, tuple[float, list[str]]], name: str, words: str
) -> None:
    """The problem has its position, in limited time and with few lines."""
    seconds, problems = told[f"{name}.yaml"]

    assert seconds < MOST_SECONDS
    assert any(words in problem for problem in problems)
    assert len(problems) <= 101
    assert max(map(len, problems)) < 500


def test_a_missing_file_is_reported(told: dict[str, tuple[float, list[str]]]) -> None:
    """A missing file is reported."""
    assert "there is no such file" in told["missing.yaml"][1][0]


def test_a_folder_of_that_name_is_reported(told: dict[str, tuple[float, list[str]]]) -> None:
    """A folder is searched for routines."""
    assert "there is no routine in this folder" in told["folder.yaml"][1][0]


def test_a_pipe_is_reported(told: dict[str, tuple[float, list[str]]]) -> None:
    """A FIFO is refused without waiting for it."""
    assert "not an ordinary file" in told["pipe.yaml"][1][0]
