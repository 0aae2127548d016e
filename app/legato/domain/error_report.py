"""Unexpected errors as values, and the text of an error report, without private data.

The message of an error may quote a routine, a file or a name. So it is kept only for types whose
messages Python makes from the program's own text; places never name a folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

LOG_LINES = 40
"""How many of the last lines of the log are in a report."""

_TO_FILL_IN = ("What I did: ", "What I expected: ", "What happened instead: ")


@dataclass(frozen=True, slots=True)
class ErrorCount:
    """An unexpected error, and how often it occurred."""

    error: ErrorReport
    times: int = 1


def report(counts: Sequence[ErrorCount], machine: Sequence[str], log: Sequence[str]) -> str:
    """Return the text of a report for the user to send.

    Args:
        counts: The errors since the start, the first one first.
        machine: Versions and the devices of this machine, a line each.
        log: The lines of the log; only the last ones are used.
    """
    parts = [_TO_FILL_IN, machine]
    if counts:
        parts.append(
            [f"Errors: {errors(counts)}", *(line for one in counts for line in _lines(one))]
        )
    if log:
        parts.append(["The end of the log:", *log[-LOG_LINES:]])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def errors(counts: Sequence[ErrorCount]) -> int:
    """Return the number of errors in all, repeated ones included."""
    return sum(one.times for one in counts)


def _lines(one: ErrorCount) -> tuple[str, ...]:
    first, *rest = one.error.lines
    return (f"{first} ({one.times} times)" if one.times > 1 else first, *rest)


LONGEST_LINE = 500
LEFT_OUT = "…"

# A path and all that may belong to it: file names may have spaces, so the text after a path is
# removed with it, up to the next quote, colon, bracket or comma.
_PATH = re.compile(r"""(?:file://|(?<![\w.:/])~?/(?=\S)|(?<!\w)[A-Za-z]:[\\/])[^'"”:()<>,;|\n]*""")
_UNSHOWN = re.compile(r"[^\x20-\x7E\u00A0-\uD7FF\uE000-\uFFFD]")


def redact(text: str) -> str:
    """Return `text` as one line of limited length, without paths and control characters."""
    line = " ".join(text.split())
    line = _UNSHOWN.sub("", _PATH.sub(LEFT_OUT, line))
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + LEFT_OUT


MOST_PLACES = 20
"""The most places shown of one error; an endless recursion has a thousand equal ones."""
MOST_CAUSES = 4

_SAFE_MESSAGES = frozenset(
    {
        AssertionError,
        AttributeError,
        ImportError,
        IndexError,
        MemoryError,
        ModuleNotFoundError,
        NameError,
        NotImplementedError,
        RecursionError,
        RuntimeError,
        TypeError,
        UnboundLocalError,
        ZeroDivisionError,
    }
)
"""Types whose messages consist of names in the program; a ValueError quotes what was read."""

_FRAME = re.compile(r'\s*File "(?P<file>[^"]*)", line (?P<line>\d+) in (?P<name>.*)')
_FOLDERS = re.compile(r".*[\\/](?:site-packages|dist-packages|lib[\\/]python[\d.]+|app)[\\/]")


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """An unexpected error.

    Attributes:
        name: The type of the error, with its message if that is safe to show: `KeyError`.
        places: Where it happened, the innermost last, each as `module:line in function`; the
            places of its causes come first.
    """

    name: str
    places: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The report as lines of text."""
        return (self.name, *(f"  {place}" for place in self.places))


def report_of(error: BaseException) -> ErrorReport:
    """Return the report of `error`, without a reference to it."""
    places: list[str] = []
    for cause in reversed(_causes(error)):
        if cause is not error:
            places.append(f"first {_name(cause)}")
        elif places:
            places.append("then")
        places += _places(cause.__traceback__)
    return ErrorReport(_name(error), tuple(places))


def report_of_crash(dump: str) -> ErrorReport | None:
    """Return the report of a crash from the dump of `faulthandler`; None for an empty dump.

    Args:
        dump: The text; of a file's path only the part inside its package is used.
    """
    lines = [line for line in dump.splitlines() if line.strip()]
    if not lines:
        return None
    places = [_frame(line) for line in lines[1:]]
    return ErrorReport(redact(lines[0]), _shortened(places))


def _causes(error: BaseException) -> list[BaseException]:
    """Return `error` and its causes, the latest first."""
    found = [error]
    while len(found) <= MOST_CAUSES:
        last = found[-1]
        cause = last.__cause__ or (None if last.__suppress_context__ else last.__context__)
        if cause is None or cause in found:
            break
        found.append(cause)
    return found


def _name(error: BaseException) -> str:
    kind = type(error)
    if isinstance(error, OSError):
        message = f"[{error.errno}] {error.strerror}" if error.strerror else ""
    else:
        message = str(error) if kind in _SAFE_MESSAGES else ""
    return redact(f"{kind.__qualname__}: {message}" if message else kind.__qualname__)


def _places(trace: TracebackType | None) -> tuple[str, ...]:
    return _shortened(list(_walked(trace)))


def _walked(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code, module = trace.tb_frame.f_code, trace.tb_frame.f_globals.get("__name__", "?")
        yield f"{module}:{trace.tb_lineno} in {code.co_qualname}"
        trace = trace.tb_next


def _shortened(places: Sequence[str]) -> tuple[str, ...]:
    """Return `places`, or the outermost and innermost ones if there are too many."""
    if len(places) <= MOST_PLACES:
        return tuple(places)
    half = MOST_PLACES // 2
    left_out = f"and {len(places) - 2 * half} more"
    return (*places[:half], left_out, *places[-half:])


def _frame(line: str) -> str:
    found = _FRAME.fullmatch(line)
    if found is None:
        return redact(line)
    file = _FOLDERS.sub("", found["file"])
    inside = file if file != found["file"] else re.split(r"[\\/]", file)[-1]
    return f"{inside}:{found['line']} in {found['name']}"
