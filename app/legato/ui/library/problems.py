"""The problems of a broken file, and a list that leads to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from legato.ui import text
from legato.ui.widgets.basic import plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from legato.domain.ports import Listed
    from legato.domain.problems import Problem


class ProblemPanel(QFrame):
    """Names the file, lists its problems with their lines, and offers to open it.

    Args:
        parent: The page.
    """

    open_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "raised")
        self._title = plain_label("", "title")
        self._list = plain_label("", "")
        self._list.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._list.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._path = plain_label("", "quiet")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(self._list)
        self._open = push_button("Open the file", "", self.open_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addWidget(push_button("Close", "", self._close))
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self._title)
        column.addWidget(self._path)
        column.addWidget(scroll, 1)
        column.addLayout(buttons)
        self.setFocusProxy(self._open)
        self.hide()

    def show_problems(self, listed: Listed) -> None:
        """Show what is wrong with a file."""
        count = text.problem_count(len(listed.problems))
        self._title.setText(f"{listed.name}: {count}")
        self._path.setText(str(listed.path))
        self._list.setText("\n".join(map(text.problem, listed.problems)))
        self.show()
        self.setFocus()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)


MOST_LINES = 3


class ProblemList(QListWidget):
    """Shows problems; Enter or a click on one leads to its field.

    Args:
        parent: The page.
    """

    place_wanted = Signal(object)
    """The user wants to see the place of a Problem: the Problem."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Problems")
        self.setProperty("role", "caution")
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._take)
        self.itemActivated.connect(self._take)
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these problems; hide the list without any."""
        self.clear()
        for problem in problems:
            item = QListWidgetItem(text.problem(problem))
            item.setData(Qt.ItemDataRole.UserRole, problem)
            self.addItem(item)
        lines = min(MOST_LINES, len(problems))
        self.setFixedHeight(lines * (self.fontMetrics().lineSpacing() + 6) + 8)
        self.setVisible(bool(problems))

    def _take(self, item: QListWidgetItem) -> None:
        self.place_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
