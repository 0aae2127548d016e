"""Whether a file that comes with a routine is what its name says, and nothing else."""

from __future__ import annotations

from legato.domain.problems import BadData
from legato.storage.figure_files import MOST_BYTES as MOST_FIGURE_BYTES
from legato.storage.figure_files import is_figure_name, parse_figure
from legato.storage.picture_kind import ENDINGS
from legato.storage.pictures import MOST_PICTURE_BYTES, SVG, kind_of
from legato.storage.regular_file import size
from legato.storage.svg_gate import svg_fault

FIGURE_ENDING = "yaml"
_KIND_OF = {"jpg": "jpeg"}


def file_fault(name: str, data: bytes) -> str:
    """Return why a file may not come in, or an empty string.

    Args:
        name: Its path in the routine's folder.
        data: Its content.
    """
    stem, _, ending = name.rpartition(".")
    ending = ending.casefold()
    if ending == FIGURE_ENDING:
        return _figure_fault(stem, data)
    if not stem or ending not in ENDINGS:
        return "it is neither a picture nor a drawn pose"
    if len(data) > MOST_PICTURE_BYTES:
        return f"the picture is larger than {size(MOST_PICTURE_BYTES)}"
    if kind_of(data) != _KIND_OF.get(ending, ending):
        return "it is not what its name says"
    if ending == SVG and (fault := svg_fault(data)):
        return f"the drawing is not shown: {fault}"
    return ""


def _figure_fault(name: str, data: bytes) -> str:
    if not is_figure_name(name) or len(data) > MOST_FIGURE_BYTES:
        return "it is no drawn pose"
    try:
        parse_figure(name, data, name)
    except BadData as error:
        return f"the drawn pose cannot be read: {error.problems[0].text}"
    return ""
