"""Reports unexpected errors of a call instead of passing them on."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def report_errors() -> Iterator[None]:
    """Report any exception of the `with` block, and continue after it.

    For the calls of a running session to ports: a bug in the sound must not stop the picture, and
    neither may stop the time. The error is not hidden: it goes to `sys.excepthook`, as Qt does with
    errors in slots. KeyboardInterrupt and SystemExit pass. Not for outside data, whose problems are
    `Problem` values.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - reported, not hidden
        sys.excepthook(type(error), error, error.__traceback__)
