"""The settings page: a row for each setting, the sounds, and the devices that were found."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from legato.domain.setting_types import Group, settings_of
from legato.domain.settings import DEFAULTS
from legato.ui.settings.devices import CueSettings, DeviceStatusRows
from legato.ui.settings.rows import FileTypeRow, SettingRow, ToggleControl, control_of
from legato.ui.widgets.basic import push_button

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

    from legato.domain.settings import Settings
    from legato.ui.settings.devices import DeviceStatus
    from legato.ui.settings.rows import Control

MARGIN = 24
READABLE_WIDTH = 760
LOOK_EVERY_MS = 400
"""Milliseconds between two updates of the device status while the page is shown."""
KEYS = (
    ("Tab", "Next setting"),
    ("Space, arrows", "Change it"),
    ("Esc", "Back to where you were"),
)


class SettingsPage(QWidget):
    """Shows the settings, and emits each change at once.

    Args:
        settings: The settings shown first; their class declares the rows.
    """

    changed = Signal(object)
    """The user changed a setting: the new Settings."""
    voice_tried = Signal()
    """The user wants to hear the voice."""
    look_wanted = Signal()
    """The device status is to be updated."""
    left = Signal()
    """The user leaves the page."""

    def __init__(self, settings: Settings = DEFAULTS) -> None:
        super().__init__()
        self._settings = settings
        self._controls: dict[str, Control] = {}
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
        for group in Group:
            column.addWidget(self._section(group))
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
        back = push_button("Back", "", self.left, key="Esc")
        self.setFocusProxy(back)
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(back)
        return row

    def _section(self, group: Group) -> QFrame:
        frame, column = _framed(group.value)
        for setting in settings_of(type(self._settings)):
            if setting.row is None or setting.row.group is not group:
                continue
            control = control_of(setting, setting.row)
            control.picked.connect(partial(self._change, setting.name))
            self._controls[setting.name] = control
            is_toggle = isinstance(control, ToggleControl)
            column.addWidget(control if is_toggle else SettingRow(setting.row.label, control))
        if group is Group.SOUND:
            column.addWidget(self.cues)
        if group is Group.VOICE:
            try_it = push_button("Try it", "", self.voice_tried, spoken="Try it: hear the voice")
            column.addWidget(try_it, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def show_settings(self, settings: Settings) -> None:
        """Show the values of `settings`."""
        self._settings = settings
        for name, control in self._controls.items():
            control.show_value(getattr(settings, name))
        self.cues.show_settings(settings)

    def show_found(self, found: DeviceStatus) -> None:
        """Show the device status, and the notes on the user's own sounds."""
        self.found.show_found(found)
        self.cues.show_notes(found.notes)

    def _change(self, name: str, value: object) -> None:
        changed: dict[str, Any] = {name: value}
        self.changed.emit(replace(self._settings, **changed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the page on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Update the device status while the page is shown."""
        super().showEvent(event)
        self._looks.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop updating the device status."""
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
