"""The lit part of the session page: picture, ring, words and buttons, each in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from legato.domain import events as happened
from legato.domain import spoken_lines
from legato.domain.cues import Cue
from legato.domain.routine import Side
from legato.domain.timeline import Phase
from legato.ui.pictures.step_picture import StepPicture
from legato.ui.session import motion as session_motion
from legato.ui.session import text as session_text
from legato.ui.session.controls import SessionControls, VariantBar
from legato.ui.session.dark import SideMark
from legato.ui.session.layout import Layout, compute_layout
from legato.ui.session.ring import CountdownRing
from legato.ui.session.ring_style import large_text
from legato.ui.widgets.fitted_text import FittedText, PagedNotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from legato.domain.personalize import VariantOption
    from legato.domain.session import Session
    from legato.domain.timeline import Timeline
    from legato.ui.icons import Icons
    from legato.ui.pictures.loader import PictureLoader

LEAST_SHARE = 0.7
"""A long title shrinks down to this share of the small text size before it is cut."""

_STARTING = (
    happened.ReadyStarted,
    happened.HoldStarted,
    happened.ReleaseStarted,
    happened.SidesSwitched,
)
_ANSWERS = {
    happened.Paused: spoken_lines.PAUSED,
    happened.Resumed: spoken_lines.CARRYING_ON,
}


class SessionView(QWidget):
    """Shows a session; everything has a fixed place, so that nothing jumps.

    Args:
        loader: Loads the pictures of steps.
        icons: The icons.
        parent: The parent widget.
    """

    def __init__(
        self,
        loader: PictureLoader,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme = loader.theme
        self._moves = True
        self._session: Session | None = None
        self._shown: tuple[object, ...] = ()
        self._rang_at: float | None = None
        self._note = ""
        self._muted = False
        self._title = FittedText(self)
        self._title.set_bold(True)
        self.picture = StepPicture(loader, icons, self)
        self.extras = VariantBar(self)
        self._variants: tuple[VariantOption, ...] = ()
        self._caption = FittedText(self)
        self._notes = PagedNotes(self)
        self.ring = CountdownRing(theme, parent=self)
        self._following = FittedText(self)
        self._total = FittedText(self, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._marks = {side: SideMark(theme, self) for side in (Side.LEFT, Side.RIGHT)}
        self.controls = SessionControls(icons, theme, self)
        theme.changed.connect(self._recolour)
        self._recolour()

    def set_motion(self, moves: bool) -> None:
        """Turn the motion of pictures and lights on or off."""
        self._moves = moves
        self.picture.set_motion(moves)
        self.controls.set_motion(moves)

    @property
    def variants(self) -> tuple[VariantOption, ...]:
        """The variants of the step that are offered."""
        return self._variants

    def show_variants(self, variants: Sequence[VariantOption]) -> None:
        """Offer variants of the step while it gets ready or is paused."""
        self._variants = tuple(variants)
        if self._session is not None:
            self._show_extras(self._session)

    def begin(self, timeline: Timeline) -> None:
        """Prepare for a new session."""
        self._session = None
        self._shown = ()
        self._rang_at = None
        self._note = ""
        self._caption.show_text("")
        self.ring.set_longest(session_text.longest_time(timeline))

    def show_note(self, note: str) -> None:
        """Show a note above the others until the next step, such as why there is no sound."""
        self._note = note
        self._shown = ()
        if self._session is not None:
            self.show_session(self._session)

    def keep(self, session: Session) -> None:
        """Remember a session without showing it, while the page is dark."""
        before, self._session = self._session, session
        if before is not None and before.segment.step_index != session.segment.step_index:
            self._note = ""

    def show_muted(self, muted: bool) -> None:
        """Show whether the session is muted."""
        self._muted = muted
        self.controls.show_muted(muted)
        if self._session is not None:
            self._show_time(self._session)

    def show_session(self, session: Session) -> None:
        """Show the state of a session."""
        self.keep(session)
        state = (session.index, session.status, session.is_waiting, session.timeline)
        is_new, self._shown = state != self._shown, state
        if is_new:
            self._show_words(session)
        before = self.ring.shown_time
        self.ring.show_session(session)
        if is_new or before != self.ring.shown_time:
            self._show_time(session)
        self.picture.show_session(session)
        # Also without a change: a light that ended while the page was dark is still painted.
        self._show_light(session)

    def show_events(self, events: Sequence[happened.Event]) -> bool:
        """Show the spoken lines, flash where a cue rang, and return whether one rang.

        A repetition is seen as a number in the ring and by the figure; it does not flash.
        """
        lines = [line for event in events if (line := _caption(event))]
        if lines:
            self._caption.show_text("\n".join(lines[-2:]))
        rang = any(
            isinstance(event, happened.CueRang) and event.cue is not Cue.COUNT for event in events
        )
        if self._session is not None and (rang or _starts(events)):
            self._rang_at = self._session.spent if rang else None
            self._show_light(self._session)
        return rang

    def end_light(self) -> None:
        """End the light of a cue."""
        self._rang_at = None
        if self._session is not None:
            self._show_light(self._session)

    def flash(self) -> float:
        """Return the strength of the light that is on now, 0 to 1."""
        if self._session is None or self._rang_at is None:
            return 0.0
        age = self._session.spent - self._rang_at
        if not 0.0 <= age < session_motion.FLASH_SECONDS:
            self._rang_at = None
        return session_motion.flash(age, moves=self._moves)

    def _recolour(self) -> None:
        theme = self._theme.current
        for label in (self._title, self._caption):
            label.set_colour(large_text(theme))
        for label in (self._notes, self._following, self._total):
            label.set_colour(QColor(theme.quiet_text))

    def _show_words(self, session: Session) -> None:
        segment = session.segment
        side = session_text.shown_side(segment)
        phase, leg = session_text.phase(session), session_text.side(segment)
        self._title.show_text(segment.step.title)
        self.ring.show_words(phase, leg, side, holds=_holds(session))
        self._following.show_text(session_text.following(session))
        self.controls.show_session(session)
        self._show_extras(session)
        # What keeps somebody safe comes before what the machine cannot do.
        notes = (*session_text.notes(session), *self._note.splitlines())
        self._notes.set_notes(notes, session_text.lasting_note(session))

    def _show_extras(self, session: Session) -> None:
        segment = session.segment
        self.extras.show_extras(self._variants, why=bool(segment.step.evidence))
        self.extras.setVisible(segment.phase is Phase.READY or session.is_paused)

    def _show_time(self, session: Session) -> None:
        """Show what changes at most once a second, except the ring."""
        self._total.show_text(session_text.left_in_all(session, muted=self._muted))
        is_stopped = session.is_paused or session.is_waiting
        self._notes.show_at(0.0 if is_stopped else session.spent)

    def _show_light(self, session: Session) -> None:
        light = self.flash()
        self.ring.show_flash(light)
        side = session_text.shown_side(session.segment)
        turning = light if session.segment.phase is Phase.SWITCH else 0.0
        for which, mark in self._marks.items():
            mark.show_lit(side in {which, Side.BOTH}, turning)

    def _place(self, places: Layout, small: int) -> None:
        self._title.setGeometry(places.title)
        extras = QRect(places.picture)
        extras.setTop(max(extras.top(), extras.bottom() + 1 - self.extras.sizeHint().height()))
        self.extras.setGeometry(extras)
        self.picture.setGeometry(places.picture.adjusted(0, 0, 0, -extras.height()))
        self._caption.setGeometry(places.caption)
        self._notes.setGeometry(places.notes)
        self.ring.setGeometry(places.ring)
        self._following.setGeometry(places.following)
        self._total.setGeometry(places.total)
        self.controls.setGeometry(places.controls)
        self._marks[Side.LEFT].setGeometry(places.left_mark)
        self._marks[Side.RIGHT].setGeometry(places.right_mark)
        least = round(LEAST_SHARE * small)
        for label in (self._title, self._caption):
            label.set_sizes(places.large, least)
        self._notes.set_sizes(places.medium, places.medium)
        for label in (self._following, self._total):
            label.set_sizes(small, least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out for the new size."""
        super().resizeEvent(event)
        small = self.fontInfo().pixelSize()
        self._place(
            compute_layout(self.size(), small, self.controls.height_for(self.width())), small
        )
        if self._session is not None:
            self._show_words(self._session)
            self._show_time(self._session)


def _holds(session: Session) -> bool:
    return session.segment.phase is Phase.HOLD and not session.is_paused


def _starts(events: Sequence[happened.Event]) -> bool:
    return any(isinstance(event, _STARTING) for event in events)


def _caption(event: happened.Event) -> str:
    if isinstance(event, happened.LineDue):
        return event.text
    if isinstance(event, happened.Skipped) and event.hurt:
        return spoken_lines.HURTS
    return _ANSWERS.get(type(event), "")
