"""The kind of value that names a step's picture: a figure, or an image file beside the routine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from legato.storage.field_kinds import Json, WrongValueError, scalar_text
from legato.storage.yaml_nodes import shown

if TYPE_CHECKING:
    from yaml.nodes import Node

    from legato.storage.findings import Findings

FIGURE = "figure:"
ENDINGS = ("svg", "png", "jpg", "jpeg", "webp", "gif")

_FIGURE_NAME = r"figure:[a-z0-9]+(?:-[a-z0-9]+)*"
# Parts joined by /, none of them empty or made of dots at its beginning; no drive, no backslash.
_PART = r"[^./\\:\x00-\x1f\x7f][^/\\:\x00-\x1f\x7f]{0,120}"
_ANY_CASE = "|".join("".join(f"[{c}{c.upper()}]" for c in ending) for ending in ENDINGS)
PATTERN = rf"^(?:{_FIGURE_NAME}|(?!~)(?:{_PART}/){{0,5}}{_PART}\.(?:{_ANY_CASE}))$"


class PictureName:
    """`figure:NAME`, or a path that cannot lead out of the routine's folder by its form."""

    def read(self, node: Node, field: str, findings: Findings) -> str:  # noqa: ARG002
        """Return what is written."""
        written = scalar_text(node, "a picture")
        # Compiled by `re` when the first picture is read, and kept there.
        if not written.endswith("\n") and re.match(PATTERN, written):
            return written
        raise WrongValueError(node, *_refused(written))

    def schema(self) -> Json:
        """Return the two forms."""
        return {"type": "string", "pattern": PATTERN}


def _refused(written: str) -> tuple[str, str]:
    if written.startswith(FIGURE):
        return f"{shown(written)} is no name of a figure", "write it like figure:ham-strap"
    # A colon is part of an address, of the name of a drive, or of a stream within a file.
    if ".." in written.split("/") or written.startswith(("/", "~")) or set(":\\") & set(written):
        return (
            f"{shown(written)} leads out of the routine's folder",
            "put the picture beside the routine and write its name only",
        )
    return f"{shown(written)} is no picture", f"a file that ends in {', '.join(ENDINGS)}"
