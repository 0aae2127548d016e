"""Words that a person types: times, lines, the command line, and what a second start hands over."""

from __future__ import annotations

import io
import re
from contextlib import chdir, redirect_stderr, redirect_stdout
from math import isfinite
from typing import TYPE_CHECKING

from fuzz.target import Target, Trial
from fuzz.trees import reshape_json
from legato.cli import window as cli_window
from legato.cli.main import run
from legato.devices.start_request import StartRequest, decode, encode
from legato.devices.voice import LONGEST, speakable
from legato.domain.durations import parse_seconds, spelled
from legato.domain.problems import nearest
from legato.domain.routine import LONGEST_SECONDS, Place, Side
from legato.domain.spoken_lines import format_line

if TYPE_CHECKING:
    from pathlib import Path

EXITS = frozenset({0, 1, 2})
ROUTINE = "name: Mine\nsteps:\n  - use: quads\n  - title: Own\n    hold: open\n"
COMMANDS = (
    *(
        "",
        "start bedtime --side left --voice quiet",
        "cramp",
        "check mine.yaml folder",
        "list --json",
    ),
    *("list --place calf", "timeline mine.yaml --side both --json", "timeline bedtime", "schema"),
    *(
        "plan --place calf:left --place shin --feeling aching --minutes 12 --json",
        "import mine.yaml",
    ),
    *("plan --place knee --yaml", "figure ham-strap -o out.svg --side left --size 64 --pose start"),
    *(
        "figure --list",
        "figure quad-side -o out.png --theme night",
        "--theme day --motion off list",
    ),
    *("--data-dir data list", "list --data-dir data --motion on", "--version", "--help", "start x"),
)
TOKENS_CLI = (
    *(
        b"\0--json",
        b"\0--place",
        b"\0--side",
        b"\0-o",
        b"\0--",
        b"\0-",
        b"\0--minutes\0nan",
        b"\0inf",
    ),
    *(
        b"\0--size\0999999",
        b"\0--data-dir\0mine.yaml",
        b"\0a.yaml",
        b"\0calf:left",
        b"\0\xff",
        b"\0@x",
    ),
    *(
        b"\0--theme\0night",
        b"\0--pl",
        b"=",
        b"\0import",
        b"\0check",
        b"\0.",
        b"\0folder/",
        b"\0fifo",
    ),
)
_LEADING_SLASHES = re.compile(r"(^|=|^-[a-z])[/~]+")


def try_times(data: bytes) -> None:
    """Read a duration, format it and read it again."""
    text = data.decode(errors="replace")
    seconds = parse_seconds(text)
    assert seconds is None or (isfinite(seconds) and seconds >= 0)
    if seconds is not None and seconds <= LONGEST_SECONDS:
        again = parse_seconds(spelled(seconds))
        assert again is not None
        assert abs(again - seconds) <= 0.001
    format_line(text[:5000], Side.LEFT)
    assert len(speakable(text)) <= LONGEST
    nearest(text[:200], [place.value for place in Place])


def open_commands(folder: Path) -> Trial:
    """Run a command line without opening a window."""
    (folder / "mine.yaml").write_text(ROUTINE)
    (folder / "folder").mkdir()
    (folder / "folder" / "mine.yaml").write_text(ROUTINE)
    cli_window.run_window = lambda *_options: 0

    def trial(data: bytes) -> None:
        # The system gives words of any bytes but NUL, at most a few hundred here.
        words = [one.decode(errors="surrogateescape") for one in data.split(b"\0")[:300]]
        # Nothing outside of the folder is read or written by a word that came by chance.
        words = [_LEADING_SLASHES.sub(r"\1", one.replace("..", "."))[:4000] for one in words if one]
        out, told = _terminal("strict"), _terminal("backslashreplace")
        with chdir(folder), redirect_stdout(out), redirect_stderr(told):
            code = _exit_code(words)
            out.flush()
        assert code in EXITS, f"exit code {code}"

    return trial


def _exit_code(words: list[str]) -> object:
    try:
        return run(words)
    except SystemExit as leaving:  # how argparse says it
        return leaving.code


def _terminal(errors: str) -> io.TextIOWrapper:
    """Return an output stream as Python makes one for a terminal."""
    return io.TextIOWrapper(io.BytesIO(), "utf-8", errors)


def try_second_start(data: bytes) -> None:
    """Decode the words of a request, and encode them again."""
    start = decode(data)
    if start is not None:
        assert isinstance(start, StartRequest)
        line = encode(start)
        assert line is None or decode(line) == start


def command_seeds() -> tuple[bytes, ...]:
    """Return command lines, with their arguments separated by NUL."""
    return tuple("\0".join(line.split()).encode() for line in COMMANDS)


TIMES_TARGET = Target(
    lambda _folder: try_times,
    lambda: (
        b"90",
        b"90 s",
        b"1 min 30 s",
        b"2:00",
        b"1:02:03",
        b"2.5 h",
        b"Rest your {side} leg.",
    ),
    (b" min", b" s", b":", b".", b"{side}", b"{other}", b"1" * 16, "٣".encode(), "½".encode()),
    cases=1500,
)
COMMAND_TARGET = Target(open_commands, command_seeds, TOKENS_CLI, cases=60)
SECOND_START_TARGET = Target(
    lambda _folder: try_second_start,
    lambda: (
        b'[["start", "bedtime", "left", "-"], "/home/x", "token"]\n',
        b'[["cramp"], "", ""]\n',
    ),
    (b"[", b"]", b'""', b"null", b"\n", b'"\\ud800"', b"[" * 5000),
    reshape_json,
    cases=800,
)
