"""How commands speak: results on stdout, what went wrong on stderr."""

from __future__ import annotations

import sys


def fail(text: str) -> int:
    """Say what went wrong and return the exit code of a problem."""
    print(f"legato: {text}" if ":" not in text.split(" ", maxsplit=1)[0] else text, file=sys.stderr)
    return 1


def print_json(value: object) -> None:
    """Print `value` as indented JSON, letters of all languages as they are."""
    import json  # noqa: PLC0415 - the window does without

    print(json.dumps(value, ensure_ascii=False, indent=2))
