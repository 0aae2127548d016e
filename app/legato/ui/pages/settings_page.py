"""The settings: every one in words, heard or seen at once, with what was found on this machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from legato.domain.settings import Settings
from legato.ui.settings_table import CUE_WORDS, SECTIONS, Toggle
from legato.ui.widgets.setting_rows import control

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.ports import Cue
    from legato.ui.settings_table import Section
    from legato.ui.widgets.setting_rows import AmountControl, ChoiceControl, ToggleControl

MARGIN = 24
READABLE_WIDTH = 760
KEYS = (("Tab", "Next setting"), ("Esc", "Back"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found on this machine, in words for a person.

    Attributes:
        sound: By what the sounds are heard, or why they are not.
        voice: By what lines are spoken, or that nothing can.
        awake: By what the screen is kept on.
        folder: The folder of the user's files.
        notes: What is not as it was set.
    """

    sound: str
    voice: str
    awake: str
    folder: str
    notes: tuple[str, ...] = ()


class SettingsPage(QWidget):
    """Shows the settings and tells each change at once."""

    changed = Signal(object)
    """The Settings as they are to be."""
    cue_tried = Signal(object)
    """A sound is to be heard: its Cue."""
    cue_file_wanted = Signal(object)
    """A file is to be chosen for a Cue."""
    voice_tried = Signal()
    """A line is to be spoken."""
    folder_wanted = Signal()
    """The folder of the user's files is to be opened."""
    left = Signal()
    """Back to where one came from."""

    def __init__(self) -> None:
        super().__init__()
        self._settings = Settings()
        self._controls: dict[str, ChoiceControl | AmountControl | ToggleControl] = {}
        self._cues: dict[Cue, tuple[QCheckBox, QPushButton]] = {}
        self._found = QLabel()
        self._build()

    def _build(self) -> None:
        page = QWidget()
        page.setMaximumWidth(READABLE_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(16)
        column.addLayout(self._head())
        for section in SECTIONS:
            column.addWidget(self._section(section))
        column.addWidget(self._machine())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        scroll.setWidget(middle)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)

    def _head(self) -> QHBoxLayout:
        title = QLabel("Settings")
        title.setProperty("role", "title")
        self._back = QPushButton("Back")
        self._back.clicked.connect(self.left)
        self.setFocusProxy(self._back)
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(self._back)
        return row

    def _section(self, section: Section) -> QFrame:
        frame, column = _framed(section.title)
        form = QFormLayout()
        form.setSpacing(12)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for item in section.items:
            made = control(item)
            made.picked.connect(partial(self._change, item.name))
            self._controls[item.name] = made
            if isinstance(item, Toggle):
                form.addRow(made)
            else:
                form.addRow(item.label, made)
        column.addLayout(form)
        if section.key == "sound":
            column.addLayout(self._cue_rows())
        if section.key == "voice":
            column.addWidget(
                _button("Try it", self.voice_tried.emit), 0, Qt.AlignmentFlag.AlignLeft
            )
        return frame

    def _cue_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setSpacing(8)
        for row, (cue, words) in enumerate(CUE_WORDS.items()):
            on = QCheckBox(words)
            on.clicked.connect(partial(self._turn_cue, cue))
            hear = _button("Hear", partial(self.cue_tried.emit, cue))
            hear.setAccessibleName(f"Hear: {words}")
            choose = _button("Own file …", partial(self._choose_file, cue))
            self._cues[cue] = (on, choose)
            grid.addWidget(on, row, 0)
            grid.addWidget(hear, row, 1)
            grid.addWidget(choose, row, 2)
        return grid

    def _machine(self) -> QFrame:
        frame, column = _framed("On this computer")
        self._found.setWordWrap(True)
        self._found.setTextFormat(Qt.TextFormat.PlainText)
        self._found.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column.addWidget(self._found)
        open_folder = _button("Open the folder", self.folder_wanted.emit)
        column.addWidget(open_folder, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._settings = settings
        for name, made in self._controls.items():
            made.show_value(getattr(settings, name))
        for cue, (on, choose) in self._cues.items():
            on.setChecked(cue not in settings.cues_off)
            own = cue in settings.cue_files
            choose.setText("Own file: take back" if own else "Own file …")
            choose.setAccessibleName(f"{choose.text()} {CUE_WORDS[cue]}")

    def show_found(self, found: Found) -> None:
        """Show what was found on this machine."""
        lines = (found.sound, found.voice, found.awake, f"Your files: {found.folder}", *found.notes)
        self._found.setText("\n".join(line for line in lines if line))

    def _change(self, name: str, value: object) -> None:
        changed: dict[str, Any] = {name: value}
        self.changed.emit(replace(self._settings, **changed))

    def _turn_cue(self, cue: Cue, on: bool) -> None:
        kept = tuple(one for one in self._settings.cues_off if one is not cue)
        self.changed.emit(replace(self._settings, cues_off=kept if on else (*kept, cue)))

    def _choose_file(self, cue: Cue) -> None:
        if cue not in self._settings.cue_files:
            self.cue_file_wanted.emit(cue)
            return
        files = {one: file for one, file in self._settings.cue_files.items() if one is not cue}
        self.changed.emit(replace(self._settings, cue_files=files))


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


def _button(words: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.clicked.connect(lambda _checked: do())
    return button
