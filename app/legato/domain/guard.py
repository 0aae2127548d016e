"""Goes on after an unexpected error in a call, and reports it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def report_errors() -> Iterator[None]:
    """Go on after the `with` block, whatever goes wrong in it, and report the error.

    For what a running session asks of others: a bug in the sound must not silence the picture, nor
    either of them stop the time. It hides nothing: the error goes to `sys.excepthook`, as Qt reports
    what goes wrong in a slot. What ends the program is let through. Not for outside data, whose
    faults are `Problem` values.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - reported, not hidden
        sys.excepthook(type(error), error, error.__traceback__)
