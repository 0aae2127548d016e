"""Problems of outside data, with what the user can do about them; the base of all errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in one place of a file.

    Attributes:
        where: The file's path as the user would name it.
        line: Line of the place, from 1; 1 for a problem of the whole file.
        column: Column of the place, from 1.
        field: Dotted path of the field (`steps[2].hold`), or empty.
        text: What is wrong, one sentence without a full stop.
        hint: What to do about it, or empty.
    """

    where: str
    text: str
    line: int = 1
    column: int = 1
    field: str = ""
    hint: str = ""

    @property
    def text_and_hint(self) -> str:
        """`text (hint)`, or the text alone if there is no hint."""
        return f"{self.text} ({self.hint})" if self.hint else self.text

    def __str__(self) -> str:
        """Return `PATH:LINE:COLUMN: text (hint)`, as `legato check` prints it."""
        return f"{self.where}:{self.line}:{self.column}: {self.text_and_hint}"


class LegatoError(Exception):
    """The base of the errors that Legato raises itself."""


class IllegalMove(LegatoError):  # noqa: N818 - named for what it is
    """A move was made in a state that does not allow it: a bug of the caller."""


class BadData(LegatoError):  # noqa: N818 - named for what it is
    """Outside data cannot be used; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


MOST_COMPARED = 500
"""How many names are compared with a word: each takes 10 to 20 microseconds."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that `word` was probably meant to be, or an empty string."""
    import difflib  # noqa: PLC0415 - only mistakes need it, and the first frame is waited for

    word, names = word.casefold(), list(known)
    if len(names) > MOST_COMPARED:
        # Who mistypes a name seldom mistypes both its ends.
        ends = {word[:1], word[-1:]}
        names = [name for name in names if not ends.isdisjoint((name[:1], name[-1:]))]
    close = difflib.get_close_matches(word, names[:MOST_COMPARED], n=1, cutoff=0.6)
    return close[0] if close else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean NAME?` for the nearest known word, or an empty string."""
    name = nearest(word, known)
    return f"did you mean {name}?" if name else ""


DRAWING = "svg"
MOST_SOURCE_BYTES = 100_000_000
"""The largest picture that is accepted in order to be scaled down."""
SAVE_AS_PNG = "save it as a PNG and use that instead"
SAVE_AGAIN = "save it again with another program, or take another picture"


def not_shown(kind: str, reason: str, hint: str = "", where: str = "") -> Problem:
    """Return the problem of an image that is not shown.

    Args:
        kind: The format: svg, png, jpeg, webp or gif.
        reason: Why, worded to follow a colon: `it is damaged`.
        hint: What to do about it; if empty, the hint that helps most often.
        where: The file's path as the user would name it.
    """
    what, helps = ("drawing", SAVE_AS_PNG) if kind == DRAWING else ("picture", SAVE_AGAIN)
    return Problem(where=where, text=f"the {what} is not shown: {reason}", hint=hint or helps)
