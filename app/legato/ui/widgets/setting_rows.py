"""The controls of the settings page: each shows one setting and tells when it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSlider, QWidget

from legato.ui.settings_table import Amount, Choice

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from legato.ui.settings_table import Item, Toggle


class ChoiceControl(QComboBox):
    """One of a few.

    Args:
        item: What can be chosen.
    """

    picked = Signal(object)

    def __init__(self, item: Choice) -> None:
        super().__init__()
        self._values = [value for _, value in item.options]
        self.addItems([words for words, _ in item.options])
        self.setAccessibleName(item.label)
        self.activated.connect(lambda index: self.picked.emit(self._values[index]))

    def show_value(self, value: object) -> None:
        """Show what is chosen; what is not among the few gets a line of its own."""
        if value not in self._values:
            self._values.append(value)
            self.addItem(_words(value))
        self.setCurrentIndex(self._values.index(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead of changing what the pointer happens to be over."""
        event.ignore()


class AmountControl(QWidget):
    """A number between two others, with the number in words beside it.

    Args:
        item: What can be chosen.
    """

    picked = Signal(object)

    def __init__(self, item: Amount) -> None:
        super().__init__()
        self._item = item
        self._slider = _Slider(Qt.Orientation.Horizontal)
        self._slider.setRange(item.least // item.step, item.most // item.step)
        self._slider.setAccessibleName(item.label)
        self._number = QLabel()
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("1000 %"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._slider, 1)
        row.addWidget(self._number)
        self.setFocusProxy(self._slider)
        self._slider.valueChanged.connect(self._follow)

    def show_value(self, value: object) -> None:
        """Show the number."""
        if isinstance(value, int):
            self._slider.blockSignals(True)
            self._slider.setValue(round(value / self._item.step))
            self._slider.blockSignals(False)
            self._number.setText(f"{value}{self._item.unit}")

    def _follow(self, position: int) -> None:
        value = position * self._item.step
        self._number.setText(f"{value}{self._item.unit}")
        self.picked.emit(value)


class ToggleControl(QCheckBox):
    """On or off.

    Args:
        item: What can be chosen.
    """

    picked = Signal(object)

    def __init__(self, item: Toggle) -> None:
        super().__init__(item.label)
        self.clicked.connect(self.picked.emit)

    def show_value(self, value: object) -> None:
        """Show whether it is on."""
        self.setChecked(bool(value))


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def control(item: Item) -> ChoiceControl | AmountControl | ToggleControl:
    """Return the control for an item of the table."""
    if isinstance(item, Choice):
        return ChoiceControl(item)
    if isinstance(item, Amount):
        return AmountControl(item)
    return ToggleControl(item)


def _words(value: object) -> str:
    return f"{value:g} s" if isinstance(value, (int, float)) else str(value)
