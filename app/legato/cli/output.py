"""Prints results to stdout and errors to stderr."""

from __future__ import annotations

import sys


def fail(text: str) -> int:
    """Print an error to stderr and return 1, the exit code of a problem."""
    print(f"legato: {text}" if ":" not in text.split(" ", maxsplit=1)[0] else text, file=sys.stderr)
    return 1


def print_json(value: object) -> None:
    """Print `value` as indented JSON, with non-ASCII letters unescaped."""
    import json  # noqa: PLC0415 - the window does not need it

    print(json.dumps(value, ensure_ascii=False, indent=2))
