"""The sounds on the settings page, each played, replaced or turned off; and the device status."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from legato.domain.cues import SPECS, TONES
from legato.ui.settings.rows import BESIDE_FROM_EMS
from legato.ui.text import announce
from legato.ui.widgets.basic import CheckBox, plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QResizeEvent

    from legato.domain.cues import Cue
    from legato.domain.settings import Settings


@dataclass(frozen=True, slots=True)
class _Row:
    row: QBoxLayout
    on: CheckBox
    choose: QPushButton
    file: QLabel


class CueSettings(QWidget):
    """Shows which sounds are on and from which files they come."""

    changed = Signal(object)
    """The user changed a sound: the new Settings."""
    tried = Signal(object)
    """The user wants to hear a sound: its Cue."""
    file_wanted = Signal(object)
    """The user wants to choose a file for a Cue."""

    def __init__(self) -> None:
        super().__init__()
        self._settings: Settings | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._rows = {spec.cue: self._add(spec.cue, spec.label) for spec in TONES}
        self._notes = plain_label("", "caution")
        self._notes.hide()
        self._column.addWidget(self._notes)

    def _add(self, cue: Cue, words: str) -> _Row:
        on = CheckBox(words)
        on.clicked.connect(lambda checked: self._turn(cue, on=checked))
        hear = push_button("Hear", "", partial(self.tried.emit, cue))
        hear.setAccessibleName(f"Hear: {words}")
        choose = push_button("", "", partial(self._choose_file, cue))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(hear)
        buttons.addWidget(choose)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(8)
        row.addWidget(on, 1)
        row.addLayout(buttons)
        file = plain_label("", "quiet")
        file.hide()
        self._column.addLayout(row)
        self._column.addWidget(file)
        return _Row(row, on, choose, file)

    def show_settings(self, settings: Settings) -> None:
        """Show the values of `settings`."""
        self._settings = settings
        for cue, row in self._rows.items():
            row.on.setChecked(cue not in settings.cues_off)
            own = settings.cue_files.get(cue)
            row.choose.setText("Take back" if own else "Own file …")
            spoken = "Take your own sound back" if own else "Choose a sound of your own"
            row.choose.setAccessibleName(f"{spoken}: {SPECS[cue].label}")
            row.file.setText(f"Your own: {PurePath(own).name}" if own else "")
            row.file.setVisible(bool(own))

    def show_notes(self, notes: Sequence[str]) -> None:
        """Show why the user's own files are not played, one sentence each."""
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


NO_VOICE = (
    "No voice was found: every line is shown instead. On Linux and Windows lines are spoken once"
    " Python's package py-nanotts is installed."
)
NOT_HEARD_YET = "Sounds have not been tried yet."
REPORT = "What goes wrong in Legato is noted in the folder log beside them."
WHAT_TO_DO = "Check that loudspeakers or headphones are on, then try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceStatus:
    """The devices found on this computer.

    Attributes:
        sound: The audio backend, or empty until a sound was played.
        silence: Why there is no sound, as a sentence, or empty.
        voice: The voice that speaks the lines, or empty if there is none.
        awake: How the screen is kept on, as a sentence.
        folder: The folder of the user's files.
        notes: What could not be done as set, one sentence each.
    """

    sound: str
    silence: str = ""
    voice: str
    awake: str
    folder: str
    notes: tuple[str, ...] = ()


class DeviceStatusRows(QWidget):
    """A line for sound, voice, keeping awake and the files, each with its button."""

    sound_tried = Signal()
    voice_tried = Signal()
    awake_tried = Signal()
    folder_wanted = Signal()
    report_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._sound = self._add("Hear a sound", self.sound_tried)
        self._voice = self._add("Hear the voice", self.voice_tried)
        self._awake = self._add("Try to keep the screen on", self.awake_tried)
        self._files = self._add("Open the folder", self.folder_wanted)
        self._add("Report a problem", self.report_wanted).setText(REPORT)

    def _add(self, button: str, pressed: SignalInstance) -> QLabel:
        words = plain_label("", "")
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._column.addWidget(words)
        self._column.addWidget(push_button(button, "", pressed.emit), 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(8)
        return words

    def show_found(self, found: DeviceStatus) -> None:
        """Show what was found."""
        self._sound.setText(sound_words(found))
        voice = f"Lines are spoken by {found.voice}." if found.voice else NO_VOICE
        self._voice.setText(voice)
        self._awake.setText(found.awake)
        self._files.setText(f"Your routines and settings are in {found.folder}")


def sound_words(found: DeviceStatus) -> str:
    """Return the state of the sound as a sentence, with what to do if there is none."""
    if found.silence:
        return f"{found.silence} {WHAT_TO_DO}"
    return f"Sounds are played by {found.sound}." if found.sound else NOT_HEARD_YET
