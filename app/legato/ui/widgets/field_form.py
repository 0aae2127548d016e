"""Fields of a table under headings, each with its label above and what is wrong below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from legato.ui.text import sentence
from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.field_controls import control_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from legato.domain.editing import Unread
    from legato.ui.step_table import Field, Group
    from legato.ui.widgets.field_controls import Control


class FieldForm(QWidget):
    """Controls for the fields of a table.

    Args:
        groups: The table.
    """

    changed = Signal(str, object)
    """A field has another value: its name and the value."""
    refused = Signal(str, str, str)
    """What is typed into a field is no value: its name, the text, and why."""
    entered = Signal()
    """Another field has the keyboard."""

    def __init__(self, groups: Iterable[Group]) -> None:
        super().__init__()
        self._controls: dict[str, QWidget] = {}
        self._troubles: dict[str, QLabel] = {}
        self._labels: dict[str, QLabel] = {}
        self._unread: dict[str, str] = {}
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for group in groups:
            if group.title:
                column.addSpacing(8)
                column.addWidget(plain_label(group.title, "title"))
            for field in group.fields:
                self._add(field, column)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields by their names."""
        return tuple(self._controls)

    def show_values(
        self, values: Mapping[str, object], unread: Mapping[str, Unread] | None = None
    ) -> None:
        """Show these values, and in the place of a value the text that stands for none."""
        for name, value in values.items():
            text = unread.get(name) if unread else None
            control: Control = self._controls[name]  # type: ignore[assignment] # made as one
            if text is None:
                self._unread.pop(name, None)
                control.show_value(value)
            else:
                self._unread[name] = text.why
                control.show_text(text.text)
            self.show_trouble(name, "")

    def label(self, name: str) -> str:
        """Return what a field is called beside it, or nothing where there is none of that name."""
        label = self._labels.get(name)
        return label.text() if label else ""

    def show_trouble(self, name: str, why: str) -> None:
        """Show what is wrong with a field, or nothing; first of all that it is not understood."""
        why = self._unread.get(name, why)
        label = self._troubles[name]
        label.setText(sentence(why))
        label.setVisible(bool(why))

    def show_field(self, name: str, *, wanted: bool) -> None:
        """Show a field, or leave it out where it has no meaning."""
        self._controls[name].setVisible(wanted)
        self._labels[name].setVisible(wanted)
        if not wanted:
            self.show_trouble(name, "")

    def add_after(self, name: str, widget: QWidget) -> None:
        """Put `widget` below a field and what is wrong with it."""
        self._column.insertWidget(self._column.indexOf(self._troubles[name]) + 1, widget)
        self.setTabOrder(self._controls[name], widget)

    def begin(self, name: str) -> bool:
        """Put the keyboard into a field; return whether there is one of that name."""
        control = self._controls.get(name)
        if control is not None:
            # As by Tab: what stands in a line is replaced by what is typed.
            control.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(control)
        return control is not None

    def _add(self, field: Field, column: QVBoxLayout) -> None:
        control, name = control_for(field), field.name
        control.picked.connect(lambda value: self.changed.emit(name, value))
        control.refused.connect(lambda text, why: self.refused.emit(name, text, why))
        control.entered.connect(self.entered)
        label, trouble = plain_label(field.label, "quiet"), plain_label("", "caution")
        label.setBuddy(control)
        trouble.hide()
        column.addWidget(label)
        column.addWidget(control)
        column.addWidget(trouble)
        self._controls[name], self._labels[name] = control, label
        self._troubles[name] = trouble


def bring_into_view(control: QWidget) -> None:
    """Scroll to a field and, where there is room, to the words below it; in Qt only Tab does so."""
    around = control.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    inside = around.widget() if isinstance(around, QScrollArea) else None
    if isinstance(around, QScrollArea) and inside is not None:
        # Not ensureWidgetVisible: of a field it shows the text cursor only.
        below = 4 * control.fontMetrics().lineSpacing()
        top, shown = control.mapTo(inside, QPoint()).y(), around.viewport().height()
        bar = around.verticalScrollBar()
        bar.setValue(min(top, max(bar.value(), top + control.height() + below - shown)))
