"""The rows of the settings page: a label, and the control that changes the setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from legato.domain.setting_types import Flag, OrNone, Quantity
from legato.ui.widgets.basic import CheckBox, ComboBox, plain_label, push_button

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QWheelEvent

    from legato.domain.setting_types import Row, Setting

BESIDE_FROM_EMS = 20
"""A row narrower than this many letters' heights has its control below its label."""
_SYMBOLS = {"percent": "%", "seconds": "s"}


class ChoiceControl(ComboBox):
    """Chooses one of the row's options.

    Args:
        row: The label and the options.
    """

    picked = Signal(object)

    def __init__(self, row: Row) -> None:
        super().__init__()
        self._values = [value for _, value in row.options]
        self.addItems([words for words, _ in row.options])
        self.setAccessibleName(row.label)
        self.activated.connect(lambda index: self.picked.emit(self._values[index]))

    def show_value(self, value: object) -> None:
        """Show the value; one that is not among the options is added to them."""
        if value not in self._values:
            self._values.append(value)
            self.addItem(_words(value))
        self.setCurrentIndex(self._values.index(value))


class QuantityControl(QWidget):
    """A slider with its number beside it.

    Args:
        of: The unit and the range, of whole numbers.
        row: The label and the step.
    """

    picked = Signal(object)

    def __init__(self, of: Quantity, row: Row) -> None:
        super().__init__()
        self._of = of
        self._step = row.step
        self._slider = _Slider(Qt.Orientation.Horizontal)
        self._slider.setRange(int(of.least) // row.step, int(of.most) // row.step)
        self._slider.setPageStep(2)
        self._slider.setAccessibleName(row.label)
        self._number = QLabel()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(self._slider, 1)
        across.addWidget(self._number)
        self.setFocusProxy(self._slider)
        self._slider.valueChanged.connect(self._on_moved)

    def show_value(self, value: object) -> None:
        """Show the number."""
        if isinstance(value, int):
            self._slider.blockSignals(True)
            self._slider.setValue(round(value / self._step))
            self._slider.blockSignals(False)
            self._show_number(value)

    def _on_moved(self, position: int) -> None:
        value = position * self._step
        self._show_number(value)
        self.picked.emit(value)

    def _show_number(self, value: int) -> None:
        words = f"{value} {_SYMBOLS.get(self._of.unit, self._of.unit)}"
        self._number.setText(words)
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("000 %"))
        # A screen reader would read the slider's own value, which counts in steps.
        self._slider.setAccessibleDescription(words)


class ToggleControl(CheckBox):
    """Turns a setting on or off.

    Args:
        row: The label.
    """

    picked = Signal(object)

    def __init__(self, row: Row) -> None:
        super().__init__(row.label)
        self.clicked.connect(self.on_clicked)

    def on_clicked(self, on: bool) -> None:
        """Emit `picked` once the check box is turned on or off."""
        self.picked.emit(on)

    def show_value(self, value: object) -> None:
        """Show whether the setting is on."""
        self.setChecked(bool(value))


class SettingRow(QWidget):
    """A label with a control beside it, or below it in a narrow window.

    Args:
        words: The label.
        beside: A control, or a button.
    """

    def __init__(self, words: str, beside: QWidget) -> None:
        super().__init__()
        self.label = QLabel(words)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.label, 2)
        self._row.addWidget(beside, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the control where there is room for it."""
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
        self._row.setDirection(ways.LeftToRight if wide else ways.TopToBottom)


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


Control: TypeAlias = ChoiceControl | QuantityControl | ToggleControl


def control_of(setting: Setting, row: Row) -> Control:
    """Return the control for a setting's type.

    Raises:
        TypeError: Its type needs options, and its row has none.
    """
    of = setting.type.of if isinstance(setting.type, OrNone) else setting.type
    if row.options:
        return ChoiceControl(row)
    if isinstance(of, Quantity):
        return QuantityControl(of, row)
    if isinstance(of, Flag):
        return ToggleControl(row)
    raise TypeError(f"the row of {setting.name} needs options")


def _words(value: object) -> str:
    return f"{value:g} s" if isinstance(value, (int, float)) else str(value)


class FileTypeRow(QWidget):
    """Shows which program opens `.legato` files; hidden on systems where Legato cannot change it."""

    turned = Signal()
    """The user wants the other program to open them."""

    def __init__(self) -> None:
        super().__init__()
        self._words = plain_label("", "")
        self._turn = push_button("", "", self.turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_state(self, *, ours: bool) -> None:
        """Show whether Legato (`ours`) or another program opens them."""
        self._words.setText(
            "A double click on a .legato file shows what is in it."
            if ours
            else "Routines that people give away are .legato files."
        )
        self._turn.setText("Leave them alone" if ours else "Open them with Legato")
        self._turn.setAccessibleDescription(self._words.text())
        self.show()
