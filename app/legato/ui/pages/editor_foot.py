"""What stands below the editor: the time in all, the strip of it, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from legato.domain.timeline import lay_out
from legato.ui import text
from legato.ui.widgets.problem_list import ProblemList
from legato.ui.widgets.timeline_strip import TimelineStrip

if TYPE_CHECKING:
    from legato.domain.editor_ports import Preview
    from legato.ui.theme import Theme


class EditorFoot(QWidget):
    """Shows what saving would make of the routine.

    Args:
        theme: The colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._total = QLabel()
        self.strip = TimelineStrip(theme)
        self.problems = ProblemList()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._total)
        row.addWidget(self.strip, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.problems)

    def show_preview(self, preview: Preview | None) -> None:
        """Show what would run and what is wrong, or nothing yet."""
        routine = preview.routine if preview else None
        self._total.setText(text.routine_time(routine) if routine else "")
        spoken = f"In all {text.routine_time(routine, spoken=True)}" if routine else ""
        self._total.setAccessibleName(spoken)
        self.strip.show_timeline(lay_out(routine) if routine else None)
        self.problems.show_problems(preview.problems if preview else ())
