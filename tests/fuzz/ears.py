"""Hears of errors in slots, threads and destructors, and of what Qt says."""

from __future__ import annotations

import sys
import threading
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext

EXPECTED = ("This plugin does not support ", "Keyboard event not accepted by receiving widget")
"""What Qt says of a screen without a window manager, and of a key that nobody wanted."""


class Ears:
    """Receives errors that are only logged, such as those of slots."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        sys.excepthook = self._hear_error
        sys.unraisablehook = self._hear_late
        threading.excepthook = self._hear_late
        qInstallMessageHandler(self._hear_qt)

    def check(self) -> None:
        """Raise AssertionError if there was an error."""
        if self._heard:
            heard, self._heard = self._heard, []
            raise AssertionError("\n".join(heard))

    def _hear_error(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._heard += traceback.format_exception(kind, error, trace)

    def _hear_late(self, one: sys.UnraisableHookArgs | threading.ExceptHookArgs) -> None:
        self._hear_error(one.exc_type, one.exc_value, one.exc_traceback)

    def _hear_qt(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(EXPECTED):
            self._heard += [f"Qt: {message}\n", *traceback.format_stack(limit=12)]
