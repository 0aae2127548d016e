"""The rows of the settings page: words, and a control that tells when it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from legato.ui.settings.table import Amount, Choice, Toggle
from legato.ui.widgets.basic import CheckBox, ComboBox, plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QWheelEvent

    from legato.ui.settings.table import Item

BESIDE_FROM_EMS = 20
"""A row narrower than this many letters' heights has its control below its words."""


class ChoiceControl(ComboBox):
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
        self._slider.setPageStep(2)
        self._slider.setAccessibleName(item.label)
        self._number = QLabel()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
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
            self._tell(value)

    def _follow(self, position: int) -> None:
        value = position * self._item.step
        self._tell(value)
        self.picked.emit(value)

    def _tell(self, value: int) -> None:
        words = f"{value}{self._item.unit}"
        self._number.setText(words)
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("000 %"))
        # The slider counts in steps, which nobody wants to hear.
        self._slider.setAccessibleDescription(words)


class ToggleControl(CheckBox):
    """On or off.

    Args:
        item: What can be chosen.
    """

    picked = Signal(object)

    def __init__(self, item: Toggle) -> None:
        super().__init__(item.label)
        self.clicked.connect(self.on_clicked)

    def on_clicked(self, on: bool) -> None:
        """Tell that it was turned on or off."""
        self.picked.emit(on)

    def show_value(self, value: object) -> None:
        """Show whether it is on."""
        self.setChecked(bool(value))


class SettingRow(QWidget):
    """Words with what belongs to them beside them, or below where there is little room.

    Args:
        words: What it is about.
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


def control(item: Item) -> ChoiceControl | AmountControl | ToggleControl:
    """Return the control for an item of the table."""
    if isinstance(item, Choice):
        return ChoiceControl(item)
    if isinstance(item, Amount):
        return AmountControl(item)
    return ToggleControl(item)


def _words(value: object) -> str:
    return f"{value:g} s" if isinstance(value, (int, float)) else str(value)


class FileTypeRow(QWidget):
    """Says who opens such files, with a button to change it; hidden where that is not ours to do."""

    turned = Signal()
    """It is to be the other way round."""

    def __init__(self) -> None:
        super().__init__()
        self._words = plain_label("", "")
        self._turn = QPushButton()
        self._turn.clicked.connect(lambda _checked=False: self.turned.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_state(self, *, ours: bool) -> None:
        """Show who opens them."""
        self._words.setText(
            "A double click on a .legato file shows what is in it."
            if ours
            else "Routines that people give away are .legato files."
        )
        self._turn.setText("Leave them alone" if ours else "Open them with Legato")
        self._turn.setAccessibleDescription(self._words.text())
        self.show()
