"""Reads a small JSON file that holds one object, as untrusted as any other file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legato.domain.problems import BadData, Problem
from legato.storage.regular_file import read_regular

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1_000_000


def read_object(path: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of the file at `path` and its object.

    Raises:
        BadData: It cannot be read, is no JSON, or holds something else.
    """
    import json  # noqa: PLC0415 - a first start has no such file

    data = read_regular(path, most_bytes=MOST_BYTES)
    line = column = 1
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text)
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
    except (ValueError, RecursionError):
        pass  # not UTF-8, a number of thousands of digits, thousands of brackets
    else:
        if isinstance(value, dict):
            return text, value
    text = "the file is damaged"
    raise BadData([Problem(where=str(path), line=line, column=column, text=text)])
