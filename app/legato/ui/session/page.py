"""The session page: shows a running session and turns keys and clicks into signals."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHoverEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from legato.domain.session import Move, Status
from legato.domain.timeline import Phase
from legato.ui.session import text as session_text
from legato.ui.session.controls import Action
from legato.ui.session.dark import DarkScreen
from legato.ui.session.keys import LOOKS, action
from legato.ui.session.motion import FLASH_SECONDS
from legato.ui.session.view import SessionView
from legato.ui.text import announce
from legato.ui.widgets.key_list import LOOKING_KEYS, MODIFIER_KEYS
from legato.ui.widgets.pointer_watch import PointerWatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QHideEvent, QMouseEvent, QResizeEvent, QShowEvent

    from legato.domain.events import Event
    from legato.domain.personalize import VariantOption
    from legato.domain.session import Session
    from legato.domain.timeline import Timeline
    from legato.ui.icons import Icons
    from legato.ui.pictures.loader import PictureLoader

FADE_AFTER_MS = 10_000


class Darkness(Enum):
    """Whether the page is dark, and whether the user or the page darkened it."""

    NONE = auto()
    BY_USER = auto()
    BY_ITSELF = auto()


class SessionPage(QWidget):
    """Shows a session and emits what the user asks for.

    It reads no clock: animations follow the session's own seconds. One timer fades buttons and
    pointer when nothing is touched; the other ends the light of a cue in a session that was paused
    meanwhile.

    Args:
        loader: Loads the pictures of steps.
        icons: The icons.

    Signals:
        move_wanted(Move): The user asks for a move of the session.
        pause_toggled: The user asks to pause or to go on.
        mute_toggled: The user asks for silence, or for sound again.
        full_screen_toggled: The user asks for the whole screen, or for the window.
        keys_wanted: The user asks for the list of keys.
        why_wanted(Step): The user asks what is known about the step.
        variant_wanted(str): The user asks for another way to do the step: the id of its move.
        dark_changed(bool): Nothing on it needs to move any more, for it is dark or out of sight;
            or, with False, it does again.
    """

    move_wanted = Signal(object)
    pause_toggled = Signal()
    mute_toggled = Signal()
    full_screen_toggled = Signal()
    keys_wanted = Signal()
    why_wanted = Signal(object)
    variant_wanted = Signal(str)
    dark_changed = Signal(bool)

    def __init__(self, loader: PictureLoader, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("session")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoFillBackground(True)
        self._session: Session | None = None
        self._darkness = Darkness.NONE
        self._dim_after = 0.0
        self._lit_since: float | None = None
        self._woken_by_modifier = False
        self._pointer = PointerWatch()
        self.stage = SessionView(loader, icons, self)
        self.stage.controls.wanted.connect(self._do)
        self.stage.extras.why_wanted.connect(self._ask_why)
        self.stage.extras.variant_wanted.connect(self.variant_wanted)
        self.dark = DarkScreen(loader.theme, self)
        self._stillness = QTimer(self)
        self._stillness.setSingleShot(True)
        self._stillness.setInterval(FADE_AFTER_MS)
        self._stillness.timeout.connect(self.on_stillness)
        self._light = QTimer(self)
        self._light.setSingleShot(True)
        self._light.setInterval(round(1000 * FLASH_SECONDS))
        self._light.timeout.connect(self.on_light_over)

    @property
    def is_dark(self) -> bool:
        """Whether the page is dark."""
        return self._darkness is not Darkness.NONE

    def set_motion(self, moves: bool) -> None:
        """Turn animations on or off; without them the page changes once a second."""
        self.stage.set_motion(moves)

    def set_dim_after(self, seconds: float) -> None:
        """Darken the page that many seconds into a hold; 0 never does."""
        self._dim_after = seconds

    def show_muted(self, muted: bool) -> None:
        """Show whether the session is muted."""
        self.stage.show_muted(muted)

    def show_full_screen(self, full: bool) -> None:
        """Offer to enter full screen, or to leave it."""
        self.stage.controls.show_full_screen(full)

    def show_variants(self, variants: Sequence[VariantOption]) -> None:
        """Offer variants of the current step."""
        self.stage.show_variants(variants)

    def show_note(self, note: str) -> None:
        """Show a note until the next step, such as why there is no sound."""
        self.stage.show_note(note)

    def begin(self, timeline: Timeline) -> None:
        """Prepare for a new session of `timeline`."""
        self._session = None
        longest = session_text.longest_time(timeline)
        self.stage.begin(timeline)
        self.dark.ring.set_longest(longest)
        self.wake()

    def show_session(self, session: Session) -> None:
        """Show the state of a session, and announce a new phase to screen readers."""
        stood, (before, self._session) = self._stands(), (self._session, session)
        if before is None or before.index != session.index or session.spent < before.spent:
            self._lit_since = None
        if self.is_dark:
            self._show_in_the_dark(session)
        else:
            self.stage.show_session(session)
        if before is None or _place(before) != _place(session):
            announce(self, session_text.spoken(session))
        if before is not None and stood != self._stands():
            self._wait_for_stillness()
        self._follow_light(session)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show the spoken lines, and flash where a cue rang."""
        if self.stage.show_events(events):
            self._light.start()
        self.dark.ring.show_flash(self.stage.flash())

    def on_light_over(self) -> None:
        """End the light of a cue, also if the session is paused."""
        self.stage.end_light()
        self.dark.ring.show_flash(0.0)

    def wake(self) -> None:
        """Show the lit page, its buttons and the pointer."""
        # Before the page becomes light: a listener may tick the session at once and so darken the
        # page again. The light counts from that tick, since the last one may be a second old.
        self._lit_since = None
        self._set_darkness(Darkness.NONE)
        self.stage.controls.set_shown(True)
        self.unsetCursor()
        self._wait_for_stillness()

    def darken(self) -> None:
        """Leave a faint ring and the time, until a key or the pointer wakes the page."""
        self._set_darkness(Darkness.BY_USER)

    def on_stillness(self) -> None:
        """Fade buttons and pointer, unless the session is paused or waits."""
        if self._stands():
            return
        self._take_keyboard()
        self.stage.controls.set_shown(False)
        self.setCursor(Qt.CursorShape.BlankCursor)

    def _take_keyboard(self) -> None:
        """Take the focus from the page's own buttons, but not from a layer over the page."""
        focus = self.window().focusWidget()
        if focus is None or self.isAncestorOf(focus):
            self.setFocus()

    def _stands(self) -> bool:
        session = self._session
        return session is None or session.status is not Status.RUNNING or session.is_waiting

    def _wait_for_stillness(self) -> None:
        if self._stands() or not self.isVisible():
            self._stillness.stop()
            self.stage.controls.set_shown(True)
        else:
            self._stillness.start()

    def _follow_light(self, session: Session) -> None:
        """Darken when a hold has lasted long enough, and be light again when it is over."""
        holds = session.status is Status.RUNNING and session.segment.phase is Phase.HOLD
        if self._lit_since is None:
            self._lit_since = session.spent
        long_enough = session.spent - self._lit_since >= self._dim_after > 0.0
        if self._darkness is Darkness.BY_ITSELF and not holds:
            self._set_darkness(Darkness.NONE)
        elif self._darkness is Darkness.NONE and holds and long_enough:
            self._set_darkness(Darkness.BY_ITSELF)

    def _set_darkness(self, darkness: Darkness) -> None:
        was_dark, self._darkness = self.is_dark, darkness
        if was_dark == self.is_dark:
            return
        if self.is_dark:
            # Hidden children must not keep the keyboard.
            self._take_keyboard()
            self.setCursor(Qt.CursorShape.BlankCursor)
        self.dark.setVisible(self.is_dark)
        self.stage.setVisible(not self.is_dark)
        if self.is_dark:
            self.stage.controls.set_shown(False)
        if self._session is not None:
            if self.is_dark:
                self._show_in_the_dark(self._session)
            else:
                self.stage.show_session(self._session)
        self.dark_changed.emit(self.is_dark)

    def _show_in_the_dark(self, session: Session) -> None:
        self.stage.keep(session)
        self.dark.show_session(session, self.stage.flash())

    def _do(self, what: Move | Action) -> None:
        """Emit the signal of an action; darken the page by itself."""
        if isinstance(what, Move):
            self.move_wanted.emit(what)
        elif what is Action.DIM:
            self.darken()
        elif what is Action.WHY:
            self._ask_why()
        elif what is Action.ANOTHER_WAY:
            self._ask_another_way()
        else:
            self._wishes()[what].emit()

    def _ask_why(self) -> None:
        step = self._session.segment.step if self._session else None
        if step is not None and step.evidence:
            self.why_wanted.emit(step)

    def _ask_another_way(self) -> None:
        if self.stage.variants:
            self.variant_wanted.emit(self.stage.variants[0].move)

    def _wishes(self) -> dict[Action, SignalInstance]:
        return {
            Action.PAUSE: self.pause_toggled,
            Action.MUTE: self.mute_toggled,
            Action.FULL_SCREEN: self.full_screen_toggled,
            Action.KEYS: self.keys_wanted,
        }

    def _takes_from_window(self, event: QEvent) -> bool:
        """Return whether a key that is the window's shortcut comes here instead, only to wake."""
        is_dark = self.is_dark or self._woken_by_modifier
        return is_dark and isinstance(event, QKeyEvent) and event.key() in LOOKING_KEYS

    def event(self, event: QEvent) -> bool:
        """Wake on pointer and touch; in the dark claim the window shortcuts that only show something."""
        kind = event.type()
        if kind is QEvent.Type.HoverMove and isinstance(event, QHoverEvent):
            if self._pointer.has_moved(event.globalPosition()):
                self.wake()
        elif kind is QEvent.Type.ShortcutOverride and self._takes_from_window(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the action of a key. On a dark page keys that only show something just wake it."""
        was_dark = self.is_dark or self._woken_by_modifier
        what = action(event.key(), event.modifiers(), repeats=event.isAutoRepeat())
        if was_dark and what is None and event.isAutoRepeat():
            return  # a key held down, such as the D that has darkened the page
        self._woken_by_modifier = was_dark and event.key() in MODIFIER_KEYS
        self.wake()
        if was_dark and (what is None or what in LOOKS):
            return
        if what is None:
            super().keyPressEvent(event)
        else:
            self._do(what)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Treat a key pressed after the modifier as a key of its own."""
        if event.key() in MODIFIER_KEYS:
            self._woken_by_modifier = False
        super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wake the page; the click does not press a hidden button."""
        event.accept()
        self.wake()

    def showEvent(self, event: QShowEvent) -> None:
        """Start the timer that hides the buttons."""
        super().showEvent(event)
        self._wait_for_stillness()
        self.dark_changed.emit(self.is_dark)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop all timers while the page is hidden."""
        super().hideEvent(event)
        self._stillness.stop()
        self._light.stop()
        self.on_light_over()
        self.dark_changed.emit(True)

    def changeEvent(self, event: QEvent) -> None:
        """Wake when the list of keys over the page is closed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange and self.isEnabled():
            self.wake()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Resize the lit and the dark view with the page."""
        super().resizeEvent(event)
        self.show_full_screen(self.window().isFullScreen())
        self.stage.setGeometry(self.rect())
        self.dark.setGeometry(self.rect())


def _place(session: Session) -> tuple[int, Status, bool]:
    """Return the values whose change is announced to screen readers."""
    return session.index, session.status, session.is_waiting
