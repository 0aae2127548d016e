"""The controls of the editor: each shows one value as text and emits a changed one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from legato.domain.durations import (
    SPELLINGS,
    format_clock,
    format_range,
    is_open,
    parse_seconds,
    repeated_in,
    spelled,
)
from legato.domain.routine import LONGEST_SECONDS, OPEN_COUNT, Tempo, TimedLine, is_written
from legato.ui.editor.field_table import Takes
from legato.ui.text import sentence
from legato.ui.widgets.basic import ComboBox, plain_label
from legato.ui.widgets.scrolled import bring_into_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from legato.domain.editing import Unread
    from legato.ui.editor.field_table import Field, Group

OPEN = "open"
_PARTS = r" *\+ *".join([r"([0-9]{1,2}(?:\.[0-9]{1,3})?)"] * 3)
"""The parts of a repetition in seconds, as the control shows them: up, stay, down."""
DIFFERENT = "They differ"
_COMING_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""The focus reasons when the focus returns from another window or a menu: no field was entered."""
LEAST_LINES = 3
MOST_LINES = 8


class Control(Protocol):
    """The interface of a form's controls."""

    picked: Signal
    """The value has changed: the new value."""
    refused: Signal
    """The text typed is not a value: the text, and why."""
    entered: Signal
    """The control has the keyboard focus, which was elsewhere in the window."""

    def show_value(self, value: object) -> None:
        """Show `value`, but keep a text that already means it."""

    def show_text(self, text: str) -> None:
        """Show a text that is not a value."""


if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object  # Qt's class comes from the control that mixes it in


class _TypedValue(_Widget):
    """Turns the text of a control into a value and back."""

    picked: Signal
    refused: Signal
    entered: Signal

    def _typed(self) -> str:
        """Return the text of the control."""
        raise NotImplementedError

    def _write(self, text: str) -> None:
        """Replace the text of the control, without a change of the value."""
        raise NotImplementedError

    def _value(self, typed: str) -> object:
        """Return what `typed` means; raises ValueError with the reason in words for a person."""
        raise NotImplementedError

    def _means(self, value: object) -> bool:
        """Return whether the text already means `value`."""
        try:
            return self._value(self._typed()) == value
        except ValueError:
            return False

    def show_text(self, text: str) -> None:
        """Show a text that is not a value."""
        if text != self._typed():
            self._write(text)

    def _read(self) -> None:
        typed = self._typed()
        try:
            value = self._value(typed)
        except ValueError as why:
            self.refused.emit(typed, str(why))
        else:
            self.picked.emit(value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Emit `entered`."""
        super().focusInEvent(event)
        if event.reason() not in _COMING_BACK:
            self.entered.emit()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the page."""
        return leaves_undo(event) or super().event(event)


class LineControl(_TypedValue, QLineEdit):
    """A value as one line of text.

    Args:
        field: Which value.
    """

    picked = Signal(object)
    refused = Signal(str, str)
    entered = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self.setPlaceholderText(field.hint)
        self.setAccessibleName(field.label)
        self.textEdited.connect(self._read)

    def show_value(self, value: object) -> None:
        """Show `value`, but keep a text that already means it."""
        if not self._means(value) or not self.hasFocus():
            self.setText(self._text(value))
            self.setCursorPosition(0 if not self.hasFocus() else len(self.text()))

    def _typed(self) -> str:
        return self.text()

    def _write(self, text: str) -> None:
        self.setText(text)

    def _value(self, typed: str) -> object:
        if self._field.filled and not is_written(typed):
            raise ValueError("it cannot be empty")
        return typed

    def _text(self, value: object) -> str:
        return str(value)


class TimeControl(LineControl):
    """A length of time, as the files spell it."""

    def _value(self, typed: str) -> object:
        field, typed = self._field, typed.strip()
        if not typed and field.empty:
            return field.empty[0]
        if field.open and is_open(typed):
            return None
        if field.name == "every" and (parts := re.fullmatch(_PARTS, typed)):
            return Tempo(*map(float, parts.groups()))
        seconds = parse_seconds(typed)
        if seconds is None:
            raise ValueError(_no_time(typed, field))
        if not field.least <= seconds <= field.longest:
            raise ValueError(f"from {format_range(field.least, field.longest)}")
        return seconds

    def _text(self, value: object) -> str:
        if self._field.empty and value == self._field.empty[0]:
            return ""
        if isinstance(value, Tempo):
            return " + ".join(f"{seconds:g}" for seconds in value)
        return spelled(value) if isinstance(value, (int, float)) else OPEN


class ListControl(LineControl):
    """A few words with commas between."""

    def _value(self, typed: str) -> object:
        return tuple(word.strip() for word in typed.split(",") if word.strip())

    def _text(self, value: object) -> str:
        return ", ".join(value) if isinstance(value, tuple) else ""


class LinesControl(_TypedValue, QPlainTextEdit):
    """A value as several lines; the control grows with them.

    Args:
        field: Which value.
    """

    picked = Signal(object)
    refused = Signal(str, str)
    entered = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self.setPlaceholderText(field.hint)
        self.setAccessibleName(field.label)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        self.textChanged.connect(self._read)
        self._fit()

    def show_value(self, value: object) -> None:
        """Show `value`, but keep a text that already means it."""
        if not self._means(value):
            self._write(self._text(value))

    def _typed(self) -> str:
        return self.toPlainText()

    def _write(self, text: str) -> None:
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self._fit()

    def _value(self, typed: str) -> object:
        return _lines(typed)

    def _text(self, value: object) -> str:
        return "\n".join(value) if isinstance(value, tuple) else ""

    def _fit(self) -> None:
        """Set the height to that of the lines."""
        lines = max(LEAST_LINES, min(MOST_LINES, round(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 24)


class SaidControl(LinesControl):
    """Lines with the time at which each is said."""

    def _value(self, typed: str) -> object:
        said = []
        for line in _lines(typed):
            seconds, words = _timed(line)
            if seconds > LONGEST_SECONDS:
                raise ValueError(f"a time from {format_range(0)}: {line}")
            said.append(TimedLine(seconds, words))
        return tuple(said)

    def _text(self, value: object) -> str:
        return "\n".join(map(_said, value)) if isinstance(value, tuple) else ""


_MOST_TIME_WORDS = 6
"""`1 min 30 s` has four; the colon of `1 : 30` and an `and` are words of their own."""


def _timed(line: str) -> tuple[float, str]:
    """Return the time that `line` begins with and what is said then; raises ValueError.

    The longest beginning counts that spells a time. Where a number would end it that may belong to
    the words as well, as in `1 min 30 breaths`, neither is guessed.
    """
    words = line.split()
    for count in range(min(_MOST_TIME_WORDS, len(words) - 1), 0, -1):
        time = " ".join(words[:count]).removesuffix(":")
        seconds = parse_seconds(time)
        if seconds is None:
            continue
        shorter = parse_seconds(" ".join(words[: count - 1]))
        if shorter is not None and time == " ".join(words[:count]) and words[count - 1].isdecimal():
            raise ValueError(
                f"is the {words[count - 1]} part of the time? Write it as 1:30: {line}"
            )
        return seconds, " ".join(words[count:])
    raise ValueError(f"begin each line with its time, as 0:15 Soften your jaw: {line}")


class PickControl(ComboBox):
    """One of a few.

    Args:
        field: Which value, and what it can be.
    """

    picked = Signal(object)
    refused = Signal(str, str)
    entered = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._values = [value for _, value in field.options]
        self.addItems([words for words, _ in field.options])
        self.setAccessibleName(field.label)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.activated.connect(lambda index: self.picked.emit(self._values[index]))

    def show_value(self, value: object) -> None:
        """Show the choice, or none if several steps differ."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)
        self.setPlaceholderText(DIFFERENT if self.currentIndex() < 0 else "")

    def show_text(self, text: str) -> None:
        """Show nothing: every choice is a value."""


class NumberControl(LineControl):
    """A whole number."""

    def _value(self, typed: str) -> object:
        field, typed = self._field, typed.strip()
        if not typed and field.empty:
            return field.empty[0]
        if field.open and is_open(typed):
            return OPEN_COUNT
        if not (typed.isascii() and typed.isdecimal() and field.least <= int(typed) <= field.most):
            ending = ", or open" if field.open else ""
            raise ValueError(f"a whole number from {field.least:g} to {field.most}{ending}")
        return int(typed)

    def _text(self, value: object) -> str:
        if self._field.open and value == OPEN_COUNT:
            return OPEN
        return str(value) if isinstance(value, int) else ""


_CONTROLS: dict[Takes, type[QWidget]] = {
    Takes.WORDS: LineControl,
    Takes.LINES: LinesControl,
    Takes.LIST: ListControl,
    Takes.TIME: TimeControl,
    Takes.NUMBER: NumberControl,
    Takes.SAID: SaidControl,
    Takes.CHOICE: PickControl,
}


def control_for(
    field: Field,
) -> LineControl | LinesControl | PickControl:
    """Return the control for a field."""
    return _CONTROLS[field.takes](field)  # type: ignore[arg-type,return-value] # all take a Field


def leaves_undo(event: QEvent) -> bool:
    """Return whether `event` asks a field for an undo of its own, which is refused for the page's."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    key = QKeySequence.StandardKey
    wanted = event.matches(key.Undo) or event.matches(key.Redo)
    if wanted:
        event.ignore()
    return wanted


def _no_time(typed: str, field: Field) -> str:
    """Return why `typed` is no length of time and what to write instead."""
    repeated = repeated_in(typed)
    if repeated is None or not field.open:
        return SPELLINGS + (", or open" if field.open else "")
    times, seconds = repeated
    if seconds is None:
        count = typed.rsplit(maxsplit=1)[-1]
        return (
            f"for {times} sets of {count}, write {count} in \u201cRepetitions\u201d and {times} in"
            " \u201cHolds on a side\u201d"
        )
    return f"for {times} holds, write {spelled(seconds)} here and {times} in \u201cHolds on a side\u201d"


def _lines(typed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def _said(line: TimedLine) -> str:
    if line.at != round(line.at):
        return f"{line.at:g} {line.text}"
    return f"{format_clock(round(line.at))} {line.text}"


class FieldForm(QWidget):
    """Controls for the fields of a table.

    Args:
        groups: The table.
    """

    changed = Signal(str, object)
    """A field has changed: its name and the new value."""
    refused = Signal(str, str, str)
    """The text typed into a field is not a value: the field's name, the text, and why."""
    entered = Signal()
    """The keyboard focus is in another field."""

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
        """Show these values, or the text of a field whose text is not a value."""
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
        """Return the label of a field, or an empty string if there is no such field."""
        label = self._labels.get(name)
        return label.text() if label else ""

    def show_trouble(self, name: str, why: str) -> None:
        """Show what is wrong with a field, if anything; that its text is not a value comes first."""
        why = self._unread.get(name, why)
        label = self._troubles[name]
        label.setText(sentence(why))
        label.setVisible(bool(why))

    def show_field(self, name: str, *, wanted: bool) -> None:
        """Show a field, or hide one that has no meaning."""
        self._controls[name].setVisible(wanted)
        self._labels[name].setVisible(wanted)
        if not wanted:
            self.show_trouble(name, "")

    def add_after(self, name: str, widget: QWidget) -> None:
        """Put `widget` below a field and what is wrong with it."""
        self._column.insertWidget(self._column.indexOf(self._troubles[name]) + 1, widget)
        self.setTabOrder(self._controls[name], widget)

    def begin(self, name: str) -> bool:
        """Focus a field; return whether there is one of that name."""
        control = self._controls.get(name)
        if control is not None:
            # As by Tab: the text is selected, so that typing replaces it.
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
