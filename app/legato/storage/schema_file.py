"""Keeps the JSON Schema in the data folder, where the first line of routine files points to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from legato.domain.problems import BadData
from legato.storage.atomic import write_atomic
from legato.storage.regular_file import read_regular
from legato.storage.schema import routine_schema
from legato.storage.yaml_nodes import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path


def keep_schema(path: Path) -> None:
    """Write the schema to `path` where it is missing or another one.

    A schema that cannot be written is no reason not to save a routine: then editors do without.
    """
    data = (json.dumps(routine_schema(), ensure_ascii=False, indent=2) + "\n").encode()
    try:
        if read_regular(path, most_bytes=MOST_BYTES) == data:
            return
    except BadData:
        pass
    try:
        write_atomic(path, data, lasting=False)
    except BadData:
        return
