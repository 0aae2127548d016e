"""What a routine says of itself: its name, what it eases, its times, its voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from legato.ui.step_table import ENDINGS, VOICES, Field, Group, Takes
from legato.ui.text import sentence
from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.eases_map import EasesMap
from legato.ui.widgets.field_form import FieldForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from legato.domain.draft import Draft
    from legato.domain.editing import Unread
    from legato.ui.widgets.leg_map import LegMap

_BRINGS = "As the steps bring it"

_ABOUT = Group(
    "",
    (
        Field(name="name", label="Name", takes=Takes.WORDS, hint="My evening", filled=True),
        Field(name="about", label="About", takes=Takes.WORDS, hint="One sentence, or nothing"),
    ),
)
_TIMES = Group(
    "",
    (
        Field(name="ready", label="Get ready", takes=Takes.TIME, hint=_BRINGS, empty=(None,)),
        Field(name="switch", label="Change sides", takes=Takes.TIME, hint=_BRINGS, empty=(None,)),
        Field(name="voice", label="Voice", takes=Takes.CHOICE, options=VOICES),
        Field(name="end", label="At the end", takes=Takes.CHOICE, options=ENDINGS),
    ),
)


class RoutineFields(QWidget):
    """Shows what is written of the whole routine and tells each change.

    Args:
        legs: A leg map that asks for both legs.
    """

    changed = Signal(str, object)
    """A field has another value."""
    refused = Signal(str, str, str)
    """What is typed into a field is no value: its name, the text, and why."""
    entered = Signal()
    """Another field has the keyboard."""

    def __init__(self, legs: LegMap) -> None:
        super().__init__()
        self._about, self._times = FieldForm((_ABOUT,)), FieldForm((_TIMES,))
        self.eases = EasesMap(legs)
        self._eases_trouble = plain_label("", "caution")
        self._eases_trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._about)
        column.addWidget(plain_label("Eases", "quiet"))
        column.addWidget(self.eases)
        column.addWidget(self._eases_trouble)
        column.addWidget(self._times)
        column.addStretch(1)
        for form in (self._about, self._times):
            form.changed.connect(self.changed)
            form.refused.connect(self.refused)
            form.entered.connect(self.entered)
        self.eases.eases_changed.connect(lambda places: self.changed.emit("eases", places))

    def show_draft(self, draft: Draft, unread: Mapping[str, Unread]) -> None:
        """Show what `draft` says, and by their fields the texts that stand for no value."""
        for form in (self._about, self._times):
            form.show_values({name: getattr(draft, name) for name in form.names}, unread)
        self.eases.show_eases(draft.eases)

    def show_troubles(self, troubles: dict[str, str]) -> None:
        """Show beside its field what is wrong with it."""
        for form in (self._about, self._times):
            for name in form.names:
                form.show_trouble(name, troubles.get(name, ""))
        why = next((why for name, why in troubles.items() if name.startswith("eases")), "")
        self._eases_trouble.setText(sentence(why))
        self._eases_trouble.setVisible(bool(why))

    def label(self, name: str) -> str:
        """Return what a field is called beside it."""
        if name.startswith("eases"):
            return "Eases"
        return self._about.label(name) or self._times.label(name)

    def begin(self, name: str = "name") -> None:
        """Put the keyboard into a field."""
        if name.startswith("eases"):
            self.eases.begin()
        elif not self._times.begin(name) and not self._about.begin(name):
            self._about.begin("name")
