"""Takes out of a text what says something about a person: paths, names, addresses of files."""

from __future__ import annotations

import re

LONGEST_LINE = 500
LEFT_OUT = "…"

# From where a path begins to the end of what may belong to it: names of files have spaces. What
# follows a path is lost with it up to the next quote, colon, bracket or comma.
_PATH = re.compile(r"""(?:file://|(?<![\w.:/])~?/(?=\S)|(?<!\w)[A-Za-z]:[\\/])[^'"”:()<>,;|\n]*""")
_UNSHOWN = re.compile(r"[^\x20-\x7E\u00A0-\uD7FF\uE000-\uFFFD]")


def discreet(words: str) -> str:
    """Return `words` as one line without a path, a letter that cannot be shown, or undue length."""
    line = " ".join(words.split())
    line = _UNSHOWN.sub("", _PATH.sub(LEFT_OUT, line))
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + LEFT_OUT
