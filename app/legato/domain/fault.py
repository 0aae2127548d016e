"""An error that nobody expected, as a value that tells where in the program it was, and no more.

What the error says for itself may quote a routine, a file or a name. So its words are kept only
where Python makes them from the program's own text; its place never names a folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legato.domain.discretion import discreet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

MOST_PLACES = 20
"""Of one error; a recursion without end has a thousand, all alike."""
MOST_CAUSES = 4

_SPEAK_OF_CODE = frozenset(
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
"""What these say is made of names in the program; a ValueError quotes what was read."""

_FRAME = re.compile(r'\s*File "(?P<file>[^"]*)", line (?P<line>\d+) in (?P<name>.*)')
_FOLDERS = re.compile(r".*[\\/](?:site-packages|dist-packages|lib[\\/]python[\d.]+|app)[\\/]")


@dataclass(frozen=True, slots=True)
class Fault:
    """An unexpected error.

    Attributes:
        name: Its kind, with what it says where that can be told: `KeyError`.
        places: Where it happened, the innermost last, each as `module:line in function`; what
            led to it comes before.
    """

    name: str
    places: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, to be read one below the other."""
        return (self.name, *(f"  {place}" for place in self.places))


def fault_of(error: BaseException) -> Fault:
    """Return what may be told of `error`; nothing of it is held on to."""
    places: list[str] = []
    for cause in reversed(_causes(error)):
        if cause is not error:
            places.append(f"first {_name(cause)}")
        elif places:
            places.append("then")
        places += _places(cause.__traceback__)
    return Fault(_name(error), tuple(places))


def fault_of_crash(dump: str) -> Fault | None:
    """Return what may be told of a crash, from what `faulthandler` wrote; None for nothing.

    Args:
        dump: The text; of each file's path only what is inside of a package is kept.
    """
    lines = [line for line in dump.splitlines() if line.strip()]
    if not lines:
        return None
    places = [_frame(line) for line in lines[1:]]
    return Fault(discreet(lines[0]), _shortened(places))


def _causes(error: BaseException) -> list[BaseException]:
    """Return `error` and what led to it, the latest first."""
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
        said = f"[{error.errno}] {error.strerror}" if error.strerror else ""
    else:
        said = str(error) if kind in _SPEAK_OF_CODE else ""
    return discreet(f"{kind.__qualname__}: {said}" if said else kind.__qualname__)


def _places(trace: TracebackType | None) -> tuple[str, ...]:
    return _shortened(list(_walked(trace)))


def _walked(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code, module = trace.tb_frame.f_code, trace.tb_frame.f_globals.get("__name__", "?")
        yield f"{module}:{trace.tb_lineno} in {code.co_qualname}"
        trace = trace.tb_next


def _shortened(places: Sequence[str]) -> tuple[str, ...]:
    """Return the outermost and the innermost of too many places."""
    if len(places) <= MOST_PLACES:
        return tuple(places)
    half = MOST_PLACES // 2
    left_out = f"and {len(places) - 2 * half} more"
    return (*places[:half], left_out, *places[-half:])


def _frame(line: str) -> str:
    found = _FRAME.fullmatch(line)
    if found is None:
        return discreet(line)
    file = _FOLDERS.sub("", found["file"])
    inside = file if file != found["file"] else re.split(r"[\\/]", file)[-1]
    return f"{inside}:{found['line']} in {found['name']}"
