"""Converts steps to YAML for the clipboard, and back."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from legato.domain.draft import Use
from legato.domain.problems import Problem
from legato.domain.routine import Step
from legato.storage.routine_reader import parse_routine
from legato.storage.routine_store import own_picture
from legato.storage.routine_text import line_values
from legato.storage.yaml.spans import find_pair, parse_spans, resolved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml.nodes import Node

    from legato.storage.routine_reader import Reading
    from legato.storage.yaml.emit import Plain

WHERE = "the clipboard"
_PICTURES_OF = "x-pictures-of"
_NO_STEPS = "there are no steps of a routine on the clipboard"


class StepText:
    """Writes steps as they are in a routine file; reads such steps and whole routines.

    Args:
        own_dir: The user's routines, with a folder of pictures for each.
    """

    def __init__(self, own_dir: Path) -> None:
        self._own_dir = own_dir

    def steps_text(self, lines: Sequence[Step | Use]) -> str:
        """Return `lines` as a YAML list; a step with a picture names the routine that has it."""
        from legato.storage.yaml.emit import block_piece  # noqa: PLC0415 - seldom

        return block_piece([self._values(line) for line in lines]) + "\n"

    def steps_of(self, text: str) -> tuple[Step | Use, ...] | Problem:
        """Return the lines in `text`, or why there are none.

        It may be a list of steps, indented or not, or a whole routine. If one step has a problem,
        all are refused: otherwise half a step would be pasted silently.
        """
        root, reading = self._read(text)
        if reading.draft is None or not reading.draft.steps:
            return Problem(where=WHERE, text=_NO_STEPS, hint="copy steps in the editor first")
        if reading.problems:
            return reading.problems[0]
        found = find_pair(root, "steps") if root else None
        items = resolved(found[1]).value if found else []
        pairs = zip(reading.draft.steps, items, strict=True)
        return tuple(self._with_folder(line, resolved(item)) for line, item in pairs)

    def _read(self, text: str) -> tuple[Node | None, Reading]:
        whole = f"name: '-'\nsteps:\n{textwrap.indent(text.strip(chr(10)), '  ')}\n"
        body = text if re.search(r"^steps:", text, re.MULTILINE) else whole
        data = body.encode(errors="replace")
        reading = parse_routine(data, routine_id="-", where=WHERE)
        return (parse_spans(data.decode()) if reading.draft else None), reading

    def _values(self, line: Step | Use) -> dict[str, Plain]:
        values = line_values(line)
        is_own = isinstance(line, Step) and Path(line.folder).parent == self._own_dir
        if isinstance(line, Step) and is_own and own_picture(line):
            values[_PICTURES_OF] = Path(line.folder).name
        return values

    def _with_folder(self, line: Step | Use, item: Node) -> Step | Use:
        found = find_pair(item, _PICTURES_OF)
        name = str(resolved(found[1]).value) if found else ""
        if isinstance(line, Use) or not line.picture or not name or Path(name).name != name:
            return line
        return replace(line, folder=str(self._own_dir / name))
