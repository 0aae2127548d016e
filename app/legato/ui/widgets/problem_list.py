"""What is wrong with a routine that is edited, one line each, which leads to its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from legato.ui import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from legato.domain.problems import Problem

MOST_LINES = 3


class ProblemList(QListWidget):
    """Shows problems; Enter or a click on one leads to its field.

    Args:
        parent: The page.
    """

    place_wanted = Signal(object)
    """A Problem whose place is to be shown."""

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
        """Show these, or hide where there are none."""
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
