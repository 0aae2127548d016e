"""Keeps an unexpected error to the one call in which it happened."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


class Contained:
    """`with Contained(): call` goes on after the call, whatever goes wrong in it.

    For what a running session asks of others: a bug in the sound must not silence the picture, nor
    either of them stop the time. It hides nothing: the error is told to `sys.excepthook`, as Qt
    tells what goes wrong in a slot. Not for outside data, of which `Problem` values tell.
    """

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Tell of an error and go on; what ends a program is let through."""
        if kind is None or error is None or not issubclass(kind, Exception):
            return False
        sys.excepthook(kind, error, trace)
        return True
