"""Makes a line safe to hand to a speech engine: words and marks of punctuation, nothing else."""

from __future__ import annotations

import unicodedata

LONGEST = 300
"""Characters of a line; more than half a minute of speech."""
_MARKUP = frozenset("<>&\\[]{}|^`~@#*_=$")
"""Characters with which engines take commands: Pico's tags can write files, `say` has [[...]]."""


def speakable(text: str) -> str:
    """Return `text` without markup and control characters, its blanks single, cut at a word.

    Empty if no letter or digit is left to speak.
    """
    plain = "".join(
        " " if one in _MARKUP or unicodedata.category(one)[0] in "CZ" else one
        for one in unicodedata.normalize("NFC", text[: LONGEST * 4])
    )
    words: list[str] = []
    length = 0
    for word in plain.split():
        length += len(word) + 1
        if length > LONGEST:
            break
        words.append(word)
    line = " ".join(words)
    return line if any(one.isalnum() for one in line) else ""
