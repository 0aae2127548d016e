"""The plan page: the user picks places on the leg map, and the plan for them is shown at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from legato.domain.plan import (
    PlanRequest,
    as_draft,
    can_begin_with_foot_bath,
    can_begin_with_massage,
    make_plan,
    merged,
)
from legato.domain.problems import Problem
from legato.domain.routine import Side
from legato.ui import text
from legato.ui.keyboard_layout import letter_of
from legato.ui.leg_map.map import RegionButton
from legato.ui.pictures.thumbnails import CardPictures
from legato.ui.plan import choices
from legato.ui.plan.choices import NamePrompt, PlanOptions
from legato.ui.plan.list import FittingRoutines, PlanList
from legato.ui.text import announce
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from legato.domain.plan import BodyMap, Plan
    from legato.domain.ports import Listed
    from legato.ui.leg_map.map import LegMap, Spot
    from legato.ui.pictures.loader import PictureLoader
    from legato.ui.widgets.key_list import Keys

MARGIN = 24
GAP = 16
BESIDE_FROM_EMS = 42
"""A page narrower than this many times the text size has the legs above the plan."""
LEGS_SHARE, PLAN_SHARE = 43, 57
LEGS_ABOVE_HEIGHT = 420


class PlanLayout(QWidget):
    """Holds the parts of the page; the foot with the buttons is always in sight.

    Args:
        legs: The leg map.
        planned: What is picked, and the plan.
        foot: The buttons.
    """

    def __init__(self, legs: QWidget, planned: QWidget, foot: QWidget) -> None:
        super().__init__()
        self._planned = planned
        self._beside: bool | None = None
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(plain_label("Where does it hurt?", "title"))
        left.addWidget(legs, 1)
        holder = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, holder)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        self._box.addWidget(planned)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(holder)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, GAP)
        column.setSpacing(GAP)
        column.addLayout(self._row, 1)
        column.addWidget(foot)
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._arrange(beside=True)

    def show_from_top(self) -> None:
        """Scroll to the beginning of the plan."""
        top = 0 if self._beside else self._planned.y()
        self._scroll.verticalScrollBar().setValue(top)

    def _arrange(self, *, beside: bool) -> None:
        if beside is self._beside:
            return
        self._beside = beside
        self._left.setMinimumHeight(0 if beside else LEGS_ABOVE_HEIGHT)
        while self._row.takeAt(0):
            pass
        if beside:
            self._box.removeWidget(self._left)
            self._row.addWidget(self._left, LEGS_SHARE)
        else:
            self._box.insertWidget(0, self._left)
        self._row.addWidget(self._scroll, PLAN_SHARE)
        self._left.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the legs beside the plan where there is room."""
        super().resizeEvent(event)
        self._arrange(beside=self._has_room())

    def changeEvent(self, event: QEvent) -> None:
        """Put them above it where the text becomes too large."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange(beside=self._has_room())

    def _has_room(self) -> bool:
        return self.width() >= BESIDE_FROM_EMS * self.fontInfo().pixelSize()


KEYS: tuple[Keys, ...] = (
    ("Arrows", "Another place on the legs"),
    ("Space", "Choose the place, or take it back"),
    ("1 to 4", "How it feels: aching, burning, cramping, urge to move"),
    ("T", "How much time there is"),
    ("M, B", "Massage first; a foot bath before"),
    ("Enter, S", "Start the plan"),
    ("K", "Keep the plan under a name"),
    ("Esc", "Back"),
)
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PlanPage(QWidget):
    """Turns what is touched and chosen into a plan, shows it, and starts or keeps it.

    Args:
        legs: The leg map.
        loader: Loads the pictures of steps.
        body: What is done for each place.
    """

    start_wanted = Signal(object, object)
    """The user starts the plan: the Plan, and the PlanRequest that it answers."""
    routine_wanted = Signal(str, object)
    """The user starts a ready-made routine: its id, and the one Side that hurts, or None."""
    keep_wanted = Signal(object, object)
    """The user keeps the plan: its Draft, and the PlanRequest that it answers."""
    why_wanted = Signal(object)
    """The user asks for the evidence on a step: the Step."""
    help_wanted = Signal(str)
    """The user opens "When to get help": the id of a section, or empty for the whole page."""

    left = Signal()
    """The user leaves the page."""

    def __init__(
        self,
        legs: LegMap,
        loader: PictureLoader,
        *,
        body: BodyMap,
    ) -> None:
        super().__init__()
        self._legs = legs
        self._body = body
        self._pictures = CardPictures(loader)
        self._wish = PlanRequest()
        self._plan: Plan | None = None
        self._bar = PlanOptions()
        self._list = PlanList(self._pictures)
        self._keep = NamePrompt()
        self._kept = plain_label("", "accent")
        self._fitting = FittingRoutines()
        self._build()
        self._connect()
        self._show_plan()

    def _build(self) -> None:
        planned = QWidget()
        column = QVBoxLayout(planned)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(16)
        for widget in (self._bar, self._kept, self._keep, self._list, self._fitting):
            column.addWidget(widget)
        column.addStretch(1)
        self._kept.hide()
        self._foot = QWidget()
        row = FlowLayout(spacing=8)
        self._foot.setLayout(row)
        help_wanted = partial(self.help_wanted.emit, "")
        self._start = _button("Start", "primary", self.start, key="Enter")
        self._start.setProperty("scale", "large")
        self._keep_it = _button("Keep under a name", "", self._ask_name, key="K")
        self._back = _button("Back", "quiet", self.left.emit, key="Esc")
        self._help = _button("When to get help", "quiet", help_wanted, key="G")
        for button in (self._start, self._keep_it, self._help, self._back):
            row.addWidget(button)
        self._arrangement = PlanLayout(self._legs, planned, self._foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._arrangement)

    def _connect(self) -> None:
        self._legs.chosen_changed.connect(self._on_picked)
        self._bar.changed.connect(self._on_picked)
        self._list.why_wanted.connect(self.why_wanted)
        self._fitting.wanted.connect(self._start_routine)
        self._keep.named.connect(self._keep_as)
        self._keep.closed.connect(self._focus_start)

    def set_routines(self, listed: Iterable[Listed]) -> None:
        """Set the routines of which those that fit are offered below the plan."""
        self._fitting.set_routines(listed)

    def show_wish(self, wish: PlanRequest) -> None:
        """Show what was picked elsewhere or before, with its plan ready to start."""
        self._legs.show_chosen(_spots(wish))
        self._bar.show_wish(wish)
        self._on_picked()

    def show_kept(self, kept: str | Problem) -> None:
        """Show under which name the plan was kept, or why it was not."""
        words = (
            text.problem(kept)
            if isinstance(kept, Problem)
            else f"Kept among your routines as “{kept}”."
        )
        self._kept.setText(words)
        self._kept.show()
        announce(self, words)

    def use(self, body: BodyMap) -> None:
        """Make plans by another map."""
        self._body = body
        self._show_plan()

    def start(self) -> None:
        """Start the plan."""
        if self._plan is not None:
            self.start_wanted.emit(self._plan, self._wish)

    def begin(self) -> None:
        """Move the keyboard focus to Start if there is a plan, otherwise to the legs."""
        if self._plan is not None:
            self._start.setFocus()
        else:
            self._legs.begin()

    def _on_picked(self) -> None:
        self._wish = PlanRequest(
            sore=merged(self._legs.chosen()),
            feeling=self._bar.feeling,
            minutes=self._bar.minutes,
            massage_first=self._bar.massage_first,
            foot_bath=self._bar.foot_bath,
        )
        self._show_plan()

    def _show_plan(self) -> None:
        wish = self._wish
        self._plan = make_plan(self._body, wish) if wish.sore else None
        self._bar.offer(
            massage=can_begin_with_massage(self._body, wish),
            foot_bath=can_begin_with_foot_bath(self._body, wish),
        )
        if self._plan is not None:
            self._list.show_plan(self._plan)
            announce(self, f"{self._plan.routine.name}: {choices.total(self._plan)}")
        else:
            self._list.show_none(choices.NOTHING_FITS if wish.sore else choices.NOTHING_PICKED)
        self._fitting.show_for([place for place, _ in wish.sore])
        self._kept.hide()
        self._keep.hide()
        for button in (self._start, self._keep_it):
            button.setEnabled(self._plan is not None)
        name = f"Start, {choices.total(self._plan)}" if self._plan else "Start"
        self._start.setAccessibleName(name)

    def _start_routine(self, routine_id: str) -> None:
        sides = {side for _, side in self._wish.sore}
        side = sides.pop() if len(sides) == 1 else None
        one = None if side is Side.BOTH else side
        self.routine_wanted.emit(routine_id, one)

    def _focus_start(self) -> None:
        self._start.setFocus()

    def _may_start_at(self, focus: QWidget | None) -> bool:
        """Return whether Enter starts: on the legs it does, once there is a plan."""
        return self._plan is not None and (focus is self or isinstance(focus, RegionButton))

    def _ask_name(self) -> None:
        if self._plan is not None:
            self._keep.ask(self._plan.routine.name)
            self._arrangement.show_from_top()

    def _keep_as(self, name: str) -> None:
        if self._plan is None:
            return
        draft = replace(as_draft(self._plan, self._body), name=name)
        self.keep_wanted.emit(draft, self._wish)
        self._focus_start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run the shortcut of a key; other keys go to the window."""
        key, focus = letter_of(event), self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == "S" or (event.key() in _ENTER and self._may_start_at(focus)):
            self.start()
        elif key == "K":
            self._ask_name()
        elif not self._bar.press(key):
            super().keyPressEvent(event)


def _spots(wish: PlanRequest) -> list[Spot]:
    """Return the places leg by leg, as the map shows them."""
    return [
        (place, one)
        for place, side in wish.sore
        for one in ((Side.RIGHT, Side.LEFT) if side is Side.BOTH else (side,))
    ]


def _button(words: str, role: str, on_click: Callable[[], object], *, key: str) -> QPushButton:
    """Return a button that also shows its key while the pointer is over it."""
    button = push_button(words, role, on_click, key=key)
    button.setToolTip(key)
    return button
