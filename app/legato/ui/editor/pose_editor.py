"""The pose editor: the first and the hold pose of a figure, its working muscles and its props."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from legato.domain.figure.model import Muscle
from legato.domain.figure.motion import pose_at
from legato.domain.figure.posing import Handle, two_frames, with_pose, with_works
from legato.domain.figure.prop_set import PropSet, prop_sets_of, with_prop_sets
from legato.ui.editor.fields import leaves_undo
from legato.ui.editor.pose_canvas import PoseCanvas
from legato.ui.text import sentence
from legato.ui.widgets.basic import ComboBox, FlowLayout, plain_label, push_button, toggle_button
from legato.ui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from legato.domain.figure.model import Figure, Pose
    from legato.ui.theme import ThemeSource

PLAYS_MS = 4000
MOST_UNDO = 200

MUSCLES = {
    Muscle.HAMSTRINGS: "back of the thigh",
    Muscle.QUADS: "front of the thigh",
    Muscle.GLUTES: "buttock",
    Muscle.IT_BAND: "outer thigh",
    Muscle.CALF_UPPER: "calf, knee straight",
    Muscle.CALF_LOWER: "calf, knee bent",
    Muscle.SOLE: "sole",
}

_KEY = QKeySequence.StandardKey
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PoseEditor(QWidget):
    """Changes one figure; nothing else changes before the user accepts it.

    Args:
        theme: The theme, observable.
    """

    used = Signal(object)
    """The user accepts the pose as the step's picture: the Figure."""
    closed = Signal()
    """The user discards the pose."""
    other_wanted = Signal()
    """The user wants to start from another figure."""

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self._figure: Figure | None = None
        self._past: list[Figure] = []
        self._future: list[Figure] = []
        self._fresh = True
        self._frame = 1
        self.canvas = PoseCanvas(theme)
        self.canvas.posed.connect(self._take_pose)
        self.canvas.settled.connect(self._settle)
        self.canvas.handle_chosen.connect(self._show_handle)
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setDuration(PLAYS_MS)
        self._motion.valueChanged.connect(self._show_moment)
        self._motion.finished.connect(self._show)
        self._frames = QButtonGroup(self)
        self._muscles = {
            one: toggle_button(sentence(MUSCLES[one]), self._take_muscles) for one in Muscle
        }
        self._things = {
            one: toggle_button(sentence(one.value), self._take_things) for one in PropSet
        }
        self._build()
        self.setFocusProxy(self.canvas)

    def _build(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(plain_label("Pose", "quiet"))
        column.addLayout(self._frame_row())
        column.addWidget(plain_label("Joint", "quiet"))
        self._handle = ComboBox()
        self._handle.setAccessibleName("Joint to move")
        adjusts = ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._handle.setSizeAdjustPolicy(adjusts)
        self._handle.setMinimumContentsLength(10)
        self._handle.addItems([sentence(handle.value) for handle in Handle])
        self._handle.activated.connect(lambda index: self.canvas.choose(list(Handle)[index]))
        column.addWidget(self._handle)
        column.addWidget(plain_label("What works", "quiet"))
        column.addLayout(_flow(self._muscles.values()))
        column.addWidget(plain_label("Around it", "quiet"))
        column.addLayout(_flow(self._things.values()))
        column.addWidget(plain_label("What is seen, in words", "quiet"))
        self._shows = QLineEdit()
        self._shows.setAccessibleName("What is seen, for those who cannot see it")
        column.addWidget(self._shows)
        column.addWidget(push_button("Begin from another figure", "", self.other_wanted))
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.canvas, 5)
        row.addWidget(scrolled(side), 4)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(8)
        around.addWidget(plain_label("Drag the rings at the joints.", "quiet"))
        around.addLayout(row, 1)
        around.addLayout(self._buttons())

    def _frame_row(self) -> FlowLayout:
        buttons = []
        for index, words in enumerate(("Start", "Hold")):
            button = toggle_button(words, partial(self._show_frame, index))
            self._frames.addButton(button, index)
            buttons.append(button)
        about = "Gives this pose the joints of the other one"
        copy = push_button("As in the other", "", self._copy_other, about=about)
        return _flow((*buttons, copy))

    def _buttons(self) -> FlowLayout:
        use = push_button("Use this pose", "primary", self._use)
        use.setToolTip("Use this pose, Enter at the figure")
        play = push_button("See it move", "", self._motion.start)
        self._undo = push_button("Undo", "quiet", self.undo)
        self._redo = push_button("Redo", "quiet", self.redo)
        back = push_button("Back", "quiet", self.closed)
        return _flow((use, play, self._undo, self._redo, back))

    def begin(self, figure: Figure, shows: str) -> None:
        """Start with `figure`; `shows` describes the picture in words."""
        self._past.clear()
        self._future.clear()
        self._fresh = True
        self._figure = figure
        self._shows.setText(shows)
        self._show_handle(self.canvas.chosen)
        self._show_frame(1)

    def undo(self) -> None:
        """Undo the last move."""
        self._turn(self._past, self._future)

    def redo(self) -> None:
        """Redo the move that was undone last."""
        self._turn(self._future, self._past)

    def _turn(self, source: list[Figure], target: list[Figure]) -> None:
        if source and self._figure is not None:
            target.append(self._figure)
            self._figure = source.pop()
            self._fresh = True
            self._show()

    def _become(self, figure: Figure) -> None:
        """Replace the figure; the changes of one drag are one move."""
        if self._figure is None or figure == self._figure:
            return
        if self._fresh:
            self._past = [*self._past, self._figure][-MOST_UNDO:]
            self._future.clear()
            self._fresh = False
        self._figure = figure
        self._show()

    def _settle(self) -> None:
        self._fresh = True
        self._show()

    def _take_pose(self, pose: Pose) -> None:
        if self._figure is not None:
            self._become(with_pose(self._figure, self._frame, pose))

    def _take_muscles(self) -> None:
        if self._figure is not None:
            works = [one for one, button in self._muscles.items() if button.isChecked()]
            self._become(with_works(self._figure, works))
            self._settle()

    def _take_things(self) -> None:
        if self._figure is not None:
            wanted = {one for one, button in self._things.items() if button.isChecked()}
            self._become(with_prop_sets(self._figure, wanted))
            self._settle()

    def _copy_other(self) -> None:
        if self._figure is not None:
            other = two_frames(self._figure)[1 - self._frame].pose
            self._take_pose(replace(other, progress=float(self._frame)))
            self._settle()

    def _show_frame(self, index: int) -> None:
        self._frame = index
        self._frames.button(index).setChecked(True)
        self._show()

    def _show_handle(self, handle: Handle) -> None:
        self._handle.setCurrentIndex(list(Handle).index(handle))

    def _show(self) -> None:
        if self._figure is None:
            return
        frame = two_frames(self._figure)[self._frame]
        self.canvas.show_pose(self._figure, frame.pose)
        for muscle, button in self._muscles.items():
            button.setChecked(muscle in self._figure.hold.works)
        there = prop_sets_of(self._figure)
        for thing, button in self._things.items():
            button.setChecked(thing in there)
        self._undo.setEnabled(bool(self._past))
        self._redo.setEnabled(bool(self._future))

    def _show_moment(self, progress: float) -> None:
        if self._figure is not None:
            pose = pose_at(self._figure, progress)
            self.canvas.show_pose(self._figure, pose, with_handles=False)

    def _use(self) -> None:
        if self._figure is not None:
            shows = " ".join(self._shows.text().split()) or self._figure.shows
            self.used.emit(replace(self._figure, shows=shows))

    def event(self, event: QEvent) -> bool:
        """Claim the keys of undo and redo for the pose."""
        if leaves_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, redo, and go back on Esc."""
        if event.matches(_KEY.Undo):
            self.undo()
        elif event.matches(_KEY.Redo):
            self.redo()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _ENTER and self.canvas.hasFocus():
            self._use()
        else:
            super().keyPressEvent(event)


def _flow(widgets: Iterable[QWidget]) -> FlowLayout:
    row = FlowLayout(spacing=4)
    for widget in widgets:
        row.addWidget(widget)
    return row
