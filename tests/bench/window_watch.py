"""Watches the window of a running Legato from inside: its turns, its keys, and what it says."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from legato.controllers.session_machine import SessionServices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from legato.domain.events import Event

BEAT_MS = 1
LONG_SECONDS = 0.05


class Turns(QObject):
    """Beats in the window's thread and measures the longest time between two beats.

    Args:
        on_long: Called with the seconds of each turn that is longer than `LONG_SECONDS`.
        on_longest: Called with the seconds of each turn that is longer than all before, and with
            the processor time that the thread spent in it.
    """

    def __init__(
        self,
        on_long: Callable[[float], object] = lambda _seconds: None,
        on_longest: Callable[[float, float], object] = lambda _seconds, _spent: None,
    ) -> None:
        super().__init__()
        self.longest = 0.0
        self._on_long = on_long
        self._on_longest = on_longest
        self._last, self._spent = time.monotonic(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.on_beat)
        self._timer.start()

    def on_beat(self) -> None:
        """Note how long the window's thread was busy."""
        now, spent = time.monotonic(), time.thread_time()
        seconds, worked = now - self._last - BEAT_MS / 1000, spent - self._spent
        self._last, self._spent = now, spent
        if seconds > self.longest:
            self.longest = seconds
            self._on_longest(seconds, worked)
        if seconds > LONG_SECONDS:
            self._on_long(seconds)

    def forget(self) -> None:
        """Count from now on."""
        self.longest = 0.0
        self._last, self._spent = time.monotonic(), time.thread_time()


class WindowWatch(QObject):
    """Tells each thing that happens to a window, as `bench.watched` lists them.

    Args:
        window: Just built, not yet shown.
        tell: Takes what happened and its values.
    """

    def __init__(self, window: QWidget, tell: Callable[..., None]) -> None:
        super().__init__(window)
        self._window = window
        self._tell = tell
        self._said: dict[str, str] = {}
        self._key: tuple[int, float] | None = None
        self._page = ""
        self._has_painted = False
        self.turns = Turns(
            lambda seconds: tell("turn", seconds=seconds),
            lambda seconds, spent: tell("longest", seconds=seconds, spent=spent),
        )
        window.page_shown.connect(self._tell_page)  # type: ignore[attr-defined]
        window.installEventFilter(self)
        build = SessionServices.__init__

        def build_and_follow(parts: SessionServices, *arguments: object) -> None:
            build(parts, *arguments)  # type: ignore[arg-type]
            self._follow(parts)

        SessionServices.__init__ = build_and_follow  # type: ignore[assignment, method-assign]

    def _tell_page(self, name: str) -> None:
        self._page = name
        self._tell("shown", page=name)

    def _follow(self, parts: SessionServices) -> None:
        parts._driver.happened.connect(self._tell_events)
        parts._driver.changed.connect(lambda _session: self._tell_words(parts))

    def _tell_events(self, events: Sequence[Event]) -> None:
        for event in events:
            self._tell("event", event=type(event).__name__, at=event.at)

    def _tell_words(self, parts: SessionServices) -> None:
        toast = self._window.toast.shown  # type: ignore[attr-defined]
        for what, text in (("note", parts._page.stage._note), ("toast", toast)):
            if text != self._said.get(what, ""):
                self._said[what] = text
                self._tell(what, text=text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when keys come and when the window has painted after them."""
        if event.type() is QEvent.Type.UpdateRequest and watched is self._window:
            watched.removeEventFilter(self)
            watched.event(event)
            watched.installEventFilter(self)
            if not self._has_painted:
                self._has_painted = True
                self.turns.forget()
                self._tell("painted", event="first")
            if self._page:
                self._tell("opened", page=self._page)
                self._page = ""
            if self._key:
                key, came = self._key
                self._key = None
                self._tell("painted", key=key, came=came)
            return True
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize} and watched is self._window:
            self._tell("stands", place=self._window.frameGeometry().getRect())
        elif event.type() is QEvent.Type.Show and watched is self._window:
            self._window.windowHandle().installEventFilter(self)
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is not self._window:
                self._key = (event.key(), time.monotonic())
        elif event.type() is QEvent.Type.Close and watched is self._window:
            self._tell("closed", longest=self.turns.longest)
        return False
