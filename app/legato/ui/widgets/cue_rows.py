"""The sounds on the settings page: each is heard, replaced by an own file, or turned off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from legato.ui.announcing import announce
from legato.ui.settings_table import CUE_WORDS
from legato.ui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from legato.domain.ports import Cue
    from legato.domain.settings import Settings

BESIDE_FROM_EMS = 20
"""Rows narrower than this many letters' heights have their buttons below their words."""


@dataclass(frozen=True, slots=True)
class _Row:
    row: QBoxLayout
    on: TickBox
    choose: QPushButton
    file: QLabel


class CueRows(QWidget):
    """Shows which sounds are on and from which files they come."""

    changed = Signal(object)
    """The Settings as they are to be."""
    tried = Signal(object)
    """A sound is to be heard: its Cue."""
    file_wanted = Signal(object)
    """A file is to be chosen for a Cue."""

    def __init__(self) -> None:
        super().__init__()
        self._settings: Settings | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._rows = {cue: self._add(cue, words) for cue, words in CUE_WORDS.items()}
        self._notes = _quiet_label("caution")
        self._column.addWidget(self._notes)

    def _add(self, cue: Cue, words: str) -> _Row:
        on = TickBox(words)
        on.clicked.connect(lambda checked: self._turn(cue, on=checked))
        hear, choose = QPushButton("Hear"), QPushButton()
        hear.setAccessibleName(f"Hear: {words}")
        hear.clicked.connect(lambda _checked=False: self.tried.emit(cue))
        choose.clicked.connect(lambda _checked=False: self._choose_file(cue))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(hear)
        buttons.addWidget(choose)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(8)
        row.addWidget(on, 1)
        row.addLayout(buttons)
        file = _quiet_label("quiet")
        self._column.addLayout(row)
        self._column.addWidget(file)
        return _Row(row, on, choose, file)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._settings = settings
        for cue, row in self._rows.items():
            row.on.setChecked(cue not in settings.cues_off)
            own = settings.cue_files.get(cue)
            row.choose.setText("Take back" if own else "Own file …")
            spoken = "Take your own sound back" if own else "Choose a sound of your own"
            row.choose.setAccessibleName(f"{spoken}: {CUE_WORDS[cue]}")
            row.file.setText(f"Your own: {PurePath(own).name}" if own else "")
            row.file.setVisible(bool(own))

    def show_notes(self, notes: Sequence[str]) -> None:
        """Show why own files are not heard, one sentence each."""
        words = "\n".join(notes)
        self._notes.setVisible(bool(words))
        if words != self._notes.text():
            self._notes.setText(words)
            announce(self, words)

    def _turn(self, cue: Cue, *, on: bool) -> None:
        if self._settings is not None:
            kept = tuple(one for one in self._settings.cues_off if one is not cue)
            self.changed.emit(replace(self._settings, cues_off=kept if on else (*kept, cue)))

    def _choose_file(self, cue: Cue) -> None:
        if self._settings is None or cue not in self._settings.cue_files:
            self.file_wanted.emit(cue)
            return
        kept = {one: file for one, file in self._settings.cue_files.items() if one is not cue}
        self.changed.emit(replace(self._settings, cue_files=kept))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room for them."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for a larger text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= BESIDE_FROM_EMS * self.fontMetrics().ascent()
        ways = QBoxLayout.Direction
        for each in self._rows.values():
            each.row.setDirection(ways.LeftToRight if wide else ways.TopToBottom)


def _quiet_label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.hide()
    return label
