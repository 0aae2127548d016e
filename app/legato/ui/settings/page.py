"""The settings: every one in words, heard or seen at once, with what was found on this machine."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from legato.domain.settings import Settings
from legato.ui.settings.devices import CueSettings, DeviceStatusRows
from legato.ui.settings.rows import FileTypeRow, SettingRow, control
from legato.ui.settings.table import SECTIONS, Toggle

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

    from legato.ui.settings.devices import DeviceStatus
    from legato.ui.settings.rows import AmountControl, ChoiceControl, ToggleControl
    from legato.ui.settings.table import Section

MARGIN = 24
READABLE_WIDTH = 760
LOOK_EVERY_MS = 400
"""How often the page looks for what was found meanwhile, as long as it is shown."""
KEYS = (
    ("Tab", "Next setting"),
    ("Space, arrows", "Change it"),
    ("Esc", "Back to where you were"),
)


class SettingsPage(QWidget):
    """Shows the settings and tells each change at once."""

    changed = Signal(object)
    """The Settings as they are to be."""
    voice_tried = Signal()
    """A line is to be spoken."""
    look_wanted = Signal()
    """What was found on this machine is to be shown anew."""
    left = Signal()
    """Back to where one came from."""

    def __init__(self) -> None:
        super().__init__()
        self._settings = Settings()
        self._controls: dict[str, ChoiceControl | AmountControl | ToggleControl] = {}
        self.cues = CueSettings()
        self.found = DeviceStatusRows()
        self.file_type = FileTypeRow()
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_EVERY_MS)
        self._looks.timeout.connect(self.look_wanted)
        self._build()
        self.cues.changed.connect(self.changed)
        self.found.voice_tried.connect(self.voice_tried)

    def _build(self) -> None:
        page = QWidget()
        page.setMaximumWidth(READABLE_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(16)
        column.addLayout(self._head())
        for section in SECTIONS:
            column.addWidget(self._section(section))
        machine, within = _framed("On this computer")
        within.addWidget(self.found)
        within.addWidget(self.file_type)
        column.addWidget(machine)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        self._scroll.setWidget(middle)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._scroll)

    def _head(self) -> QHBoxLayout:
        title = QLabel("Settings")
        title.setProperty("role", "title")
        back = QPushButton("Back")
        back.setAccessibleDescription("The key is Esc")
        back.clicked.connect(lambda _checked=False: self.left.emit())
        self.setFocusProxy(back)
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(back)
        return row

    def _section(self, section: Section) -> QFrame:
        frame, column = _framed(section.title)
        for item in section.items:
            made = control(item)
            made.picked.connect(partial(self._change, item.name))
            self._controls[item.name] = made
            row = made if isinstance(item, Toggle) else SettingRow(item.label, made)
            column.addWidget(row)
        if section.key == "sound":
            column.addWidget(self.cues)
        if section.key == "voice":
            try_it = QPushButton("Try it")
            try_it.setAccessibleName("Try it: hear the voice")
            try_it.clicked.connect(lambda _checked=False: self.voice_tried.emit())
            column.addWidget(try_it, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._settings = settings
        for name, made in self._controls.items():
            made.show_value(getattr(settings, name))
        self.cues.show_settings(settings)

    def show_found(self, found: DeviceStatus) -> None:
        """Show what was found on this machine."""
        self.found.show_found(found)
        self.cues.show_notes(found.notes)

    def _change(self, name: str, value: object) -> None:
        changed: dict[str, Any] = {name: value}
        self.changed.emit(replace(self._settings, **changed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what is found."""
        super().showEvent(event)
        self._looks.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        super().hideEvent(event)
        self._looks.stop()


def _framed(title: str) -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setProperty("role", "raised")
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(12)
    heading = QLabel(title)
    heading.setProperty("role", "title")
    column.addWidget(heading)
    return frame, column
