"""What a routine says of itself: its name, what it eases, its times, its voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from legato.domain.routine import Place
from legato.ui import text
from legato.ui.step_table import ENDINGS, VOICES, Field, Group, Takes
from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.field_form import FieldForm
from legato.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from legato.domain.draft import Draft

_BRINGS = "As the steps bring it"

_ABOUT = Group(
    "",
    (
        Field(name="name", label="Name", takes=Takes.WORDS, hint="My evening"),
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
    """Shows what is written of the whole routine and tells each change."""

    changed = Signal(str, object)
    """A field has another value."""

    def __init__(self) -> None:
        super().__init__()
        self._about, self._times = FieldForm((_ABOUT,)), FieldForm((_TIMES,))
        self._places = {place: self._toggle(place) for place in Place}
        places = QWidget()
        places.setAccessibleName("Eases")
        row = FlowLayout(spacing=4)
        places.setLayout(row)
        for button in self._places.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._about)
        column.addWidget(plain_label("Eases", "quiet"))
        column.addWidget(places)
        column.addWidget(self._times)
        column.addStretch(1)
        self._about.changed.connect(self.changed)
        self._times.changed.connect(self.changed)

    def show_draft(self, draft: Draft) -> None:
        """Show what `draft` says."""
        for form in (self._about, self._times):
            form.show_values({name: getattr(draft, name) for name in form.names})
        for place, button in self._places.items():
            button.setChecked(place in draft.eases)

    def show_troubles(self, troubles: dict[str, str]) -> None:
        """Show beside its field what is wrong with it."""
        for form in (self._about, self._times):
            for name in form.names:
                form.show_trouble(name, troubles.get(name, ""))

    def begin(self, name: str = "name") -> None:
        """Put the keyboard into a field."""
        if not self._times.begin(name) and not self._about.begin(name):
            self._about.begin("name")

    def _toggle(self, place: Place) -> QPushButton:
        button = QPushButton(text.sentence(text.place(place)))
        button.setCheckable(True)
        button.setProperty("role", "toggle")
        button.clicked.connect(self._tell_places)
        return button

    def _tell_places(self) -> None:
        chosen = tuple(place for place, button in self._places.items() if button.isChecked())
        self.changed.emit("eases", chosen)
