"""The JSON Schema of a routine file, for editors: from the table that the reader goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.storage.routine_fields import ROUTINE

if TYPE_CHECKING:
    from legato.storage.field_kinds import Json

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def routine_schema() -> Json:
    """Return the schema as plain values, ready for `json.dumps`.

    It says all that can be said of one file alone, save that `use` must lead somewhere, the range
    of a time that is spelled out, and that no time in `say` comes twice.
    """
    return {
        "$schema": DIALECT,
        "title": "Legato routine",
        "description": "A guided stretching routine. The file's name without its ending is its id.",
    } | ROUTINE.schema()
