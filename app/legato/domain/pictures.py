"""Why a user's own image is not shown, in the same words wherever that is told."""

from __future__ import annotations

from legato.domain.problems import Problem

DRAWING = "svg"
MOST_SOURCE_BYTES = 100_000_000
"""What somebody brings may be so large, if it can be made smaller."""
SAVE_AS_PNG = "save it as a PNG and use that instead"
SAVE_ANEW = "save it anew with another program, or take another picture"


def not_shown(kind: str, reason: str, hint: str = "", where: str = "") -> Problem:
    """Return the problem of an image that is not shown.

    Args:
        kind: What it is: svg, png, jpeg, webp or gif.
        reason: Why, as it follows a colon: `it is damaged`.
        hint: What to do about it; empty is what helps most often.
        where: The file's path as the user would name it.
    """
    what, helps = ("drawing", SAVE_AS_PNG) if kind == DRAWING else ("picture", SAVE_ANEW)
    return Problem(where=where, text=f"the {what} is not shown: {reason}", hint=hint or helps)
