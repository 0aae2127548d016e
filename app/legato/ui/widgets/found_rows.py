"""What was found on this machine, in words that a person can act on, with a button to try each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

NO_VOICE = (
    "No voice was found: every line is shown instead. On Linux and Windows lines are spoken once"
    " Python's package py-nanotts is installed."
)
NOT_HEARD_YET = "Sounds have not been tried yet."
REPORT = "What goes wrong in Legato is noted in the folder log beside them."
WHAT_TO_DO = "Check that loudspeakers or headphones are on, then try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found on this machine.

    Attributes:
        sound: By what the sounds are heard; empty until they were tried.
        silence: Why they are not, as a sentence, or empty.
        voice: By what lines are spoken; empty where nothing can.
        awake: By what the screen is kept on, as a sentence.
        folder: The folder of the user's files.
        notes: What is not as it was set, one sentence each.
    """

    sound: str
    silence: str = ""
    voice: str
    awake: str
    folder: str
    notes: tuple[str, ...] = ()


class FoundRows(QWidget):
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

    def _add(self, button: str, told: SignalInstance) -> QLabel:
        words = QLabel()
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        press = QPushButton(button)
        press.clicked.connect(lambda _checked=False: told.emit())
        self._column.addWidget(words)
        self._column.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(8)
        return words

    def show_found(self, found: Found) -> None:
        """Show what was found."""
        self._sound.setText(sound_words(found))
        voice = f"Lines are spoken by {found.voice}." if found.voice else NO_VOICE
        self._voice.setText(voice)
        self._awake.setText(found.awake)
        self._files.setText(f"Your routines and settings are in {found.folder}")


def sound_words(found: Found) -> str:
    """Return what is so with the sound, and what to do where there is none."""
    if found.silence:
        return f"{found.silence} {WHAT_TO_DO}"
    return f"Sounds are played by {found.sound}." if found.sound else NOT_HEARD_YET
