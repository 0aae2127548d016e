"""Prints results to stdout and errors to stderr."""

from __future__ import annotations

import re
import sys

_TURNS_OR_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def fail(text: str) -> int:
    """Print an error to stderr and return 1, the exit code of a problem."""
    print(f"legato: {text}" if ":" not in text.split(" ", maxsplit=1)[0] else text, file=sys.stderr)
    return 1


def in_one_row(text: str) -> str:
    """Return `text` with line breaks and marks that turn it round written as escapes.

    The name of a file may hold any of them.
    """
    return _TURNS_OR_BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(value: object) -> None:
    """Print `value` as indented JSON, with non-ASCII letters unescaped."""
    import json  # noqa: PLC0415 - the window does not need it

    print(json.dumps(value, ensure_ascii=False, indent=2))
