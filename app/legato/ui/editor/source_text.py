"""Keeps what a text field would change: kinds of line breaks, separators, a byte order mark."""

from __future__ import annotations

import re
from collections import Counter

_BOM = "\ufeff"
_BREAK = re.compile(r"\r\n|\n|\r")
_CHANGED = "\u2028\u2029\ufdd0\ufdd1"
"""Characters that a text field takes for line breaks, or uses for itself."""
_FIRST_STAND_IN = 0xE000
"""The first character of the private use area, which no text for people has."""


class SourceText:
    """A text for a field that knows one kind of line break.

    Args:
        text: The text as it is in the file.
    """

    def __init__(self, text: str) -> None:
        self._original = text
        self._bom = _BOM if text.startswith(_BOM) else ""
        self._stand_ins = _stand_ins(text)
        body = text.removeprefix(_BOM).translate(
            {ord(one): other for one, other in self._stand_ins.items()}
        )
        self._lines = _BREAK.split(body)
        self._ends = [*_BREAK.findall(body), ""]
        self._usual = Counter(self._ends[:-1] or ["\n"]).most_common(1)[0][0]

    @property
    def shown(self) -> str:
        """The text to show."""
        return "\n".join(self._lines)

    def restored(self, edited: str) -> str:
        """Return the text of the file for an edited one; untouched lines keep their bytes.

        Args:
            edited: The text of the field, its lines separated by line feeds.
        """
        new, old = edited.split("\n"), self._lines
        if new == old:
            return self._original
        most = min(len(new), len(old))
        head = next((at for at in range(most) if new[at] != old[at]), most)
        most -= head
        tail = next((at for at in range(most) if new[-1 - at] != old[-1 - at]), most)
        middle = len(new) - head - tail
        is_even = middle == len(old) - head - tail
        between = self._ends[head : head + middle] if is_even else [self._usual] * middle
        ends = [*self._ends[:head], *between, *self._ends[len(old) - tail :]]
        ends = [*(end or self._usual for end in ends[:-1]), ""]
        text = "".join(line + end for line, end in zip(new, ends, strict=True))
        back = {ord(other): one for one, other in self._stand_ins.items()}
        return self._bom + text.translate(back)


def _stand_ins(text: str) -> dict[str, str]:
    """Return for each character that a field would change one that stands for it meanwhile."""
    used = set(text)
    free = (one for code in range(_FIRST_STAND_IN, 0xF8FF) if (one := chr(code)) not in used)
    return {one: next(free) for one in _CHANGED if one in used}
