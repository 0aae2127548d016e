"""Labels, buttons, boxes and cards that several pages share, and a layout that wraps them."""

from __future__ import annotations

from types import MethodType
from typing import TYPE_CHECKING, TypeAlias

from PySide6 import QtCore
from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, QSize, SignalInstance
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from legato.ui import early

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QLayoutItem, QWidget

    from legato.domain.care import Advice

BOX_EMS = 1.15
"""The side of the box against the height of the letters."""
GAP = 12
ROUNDING = 0.28
TICK = (QPointF(0.24, 0.53), QPointF(0.43, 0.71), QPointF(0.77, 0.31))
"""The corners of the tick in a box of side 1."""


def _wrapping() -> int:
    flag, aligned = QtCore.Qt.TextFlag.TextWordWrap, QtCore.Qt.AlignmentFlag
    return int(flag | aligned.AlignLeft | aligned.AlignVCenter)


class CheckBox(QCheckBox):
    """A check box outlined in the accent, not filled: a filled one would light up a dark room.

    Args:
        words: What is on or off.
        parent: The parent widget.
    """

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _side(self) -> int:
        return round(BOX_EMS * self.fontMetrics().ascent())

    def _words_beside(self, width: int) -> QRect:
        """Return how much room the words take in a box of this width."""
        room = QRect(0, 0, max(1, width - self._side() - GAP), 10_000)
        return self.fontMetrics().boundingRect(room, _wrapping(), self.text())

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        colours = self.palette()
        accent = colours.color(QPalette.ColorRole.Accent)
        marked = self.isChecked() or self.hasFocus()
        edge = accent if marked else colours.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(edge, 2.0))
        painter.setBrush(colours.color(QPalette.ColorRole.Base))
        corner = ROUNDING * box.width()
        painter.drawRoundedRect(box, corner, corner)
        if not self.isChecked():
            return
        pen = QPen(accent, max(2.0, 0.12 * box.width()))
        pen.setCapStyle(QtCore.Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        places = [box.topLeft() + corner * box.width() for corner in TICK]
        painter.drawLines([QLineF(*places[:2]), QLineF(*places[1:])])

    def hitButton(self, place: QPoint) -> bool:
        """Take a click on the words too, on each of their lines."""
        return self.rect().contains(place)

    def sizeHint(self) -> QSize:
        """Return the size in which the words stand in one line."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        width = self._side() + GAP + words + 4
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the size in which the longest word still fits."""
        metrics = self.fontMetrics()
        longest = max(map(metrics.horizontalAdvance, self.text().split()), default=0)
        return QSize(self._side() + GAP + longest + 4, self._side() + 8)

    def hasHeightForWidth(self) -> bool:
        """Return True: words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the words are in this width."""
        return max(self._side(), self._words_beside(width).height()) + 12

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box beside the first line, and the words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, line = self._side(), self.fontMetrics().height()
        words = QRect(side + GAP, 0, self.width() - side - GAP, self.height())
        height = self._words_beside(self.width()).height()
        middle = (self.height() - height) / 2 + line / 2
        self._paint_box(painter, QRectF(1, middle - side / 2, side - 2, side - 2))
        role = QPalette.ColorRole
        painter.setPen(self.palette().color(role.Accent if self.hasFocus() else role.WindowText))
        painter.drawText(words, _wrapping(), self.text())
        painter.end()


ARROW_EMS = 0.5
FROM_EDGE_EMS = 1.0


class ComboBox(QComboBox):
    """A combo box that leaves the wheel to the page, and paints its own arrow.

    The style sheet has none to give: an arrow of its own would have to be a file.
    """

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead of changing what the pointer happens to be over."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrow over what the style paints."""
        super().paintEvent(event)
        em = self.fontMetrics().ascent()
        wide = ARROW_EMS * em
        tip = QPointF(self.width() - FROM_EDGE_EMS * em, self.height() / 2 + wide / 4)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), max(1.6, em / 9))
        pen.setCapStyle(QtCore.Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(QtCore.Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        corners = (tip - QPointF(wide / 2, wide / 2), tip, tip + QPointF(wide / 2, -wide / 2))
        painter.drawPolyline(corners)
        painter.end()


PADDING = 40
"""What the style sheet puts around the words, and a little more."""


class ElidedButton(QPushButton):
    """Takes the width that it is given; its accessible name should say it all."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""

    def show_words(self, words: str) -> None:
        """Be called `words`, as far as there is room."""
        self._words = words
        self._fit()

    @property
    def words(self) -> str:
        """All of its words."""
        return self._words

    def _fit(self) -> None:
        room = max(0, self.width() - PADDING)
        if not self._words:
            self.setText("")
            return
        elided = self.fontMetrics().elidedText(
            self._words, QtCore.Qt.TextElideMode.ElideRight, room
        )
        if elided != self.text():
            self.setText(elided)

    def sizeHint(self) -> QSize:
        """Return that it asks for no width of its own."""
        return QSize(PADDING, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return that it may be as narrow."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many letters as there is room for."""
        super().resizeEvent(event)
        self._fit()


class AdviceCard(QFrame):
    """One section: its heading, what to do, and when.

    Args:
        advice: The words.
        urgent: Whether its heading stands out.
    """

    def __init__(self, advice: Advice, *, urgent: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "raised")
        self.setAccessibleName(advice.title)
        self.setAccessibleDescription(" ".join((advice.advice, *advice.signs, *advice.notes)))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(plain_label(advice.title, "urgent" if urgent else "title"))
        column.addWidget(plain_label(advice.advice, ""))
        for sign in advice.signs:
            column.addLayout(_bullet(sign))
        for note in advice.notes:
            column.addWidget(plain_label(note, "quiet"))


def _bullet(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(plain_label("•", "quiet", wraps=False), 0, QtCore.Qt.AlignmentFlag.AlignTop)
    row.addWidget(plain_label(words, "quiet"), 1)
    return row


def plain_label(words: str, role: str, *, wraps: bool = True) -> QLabel:
    """Return a label whose words are never taken for markup.

    Args:
        words: The text.
        role: The role in the style sheet, or nothing for plain text.
        wraps: Whether long words go on in another line.
    """
    label = QLabel(words)
    early.set_properties(label, early.PLAIN_TEXT)
    label.setWordWrap(wraps)
    label.setProperty("role", role)
    return label


OnClick: TypeAlias = "Callable[[], object] | SignalInstance"
"""What a button does: a signal to emit, or a call without arguments."""


def push_button(
    words: str,
    role: str = "",
    on_click: OnClick | None = None,
    *,
    key: str = "",
    spoken: str = "",
    about: str = "",
) -> QPushButton:
    """Return a button.

    Args:
        words: The text.
        role: The role in the style sheet, or nothing for a plain button.
        on_click: What a click does. A function that is no method is kept alive with all it holds.
        key: The key that does the same, for a screen reader.
        spoken: The name for a screen reader, if the text is not enough.
        about: A description for a screen reader, in place of that of the key.
    """
    button = QPushButton(words)
    button.setProperty("role", role)
    if about or key:
        button.setAccessibleDescription(about or f"The key is {key}")
    if spoken:
        button.setAccessibleName(spoken)
    if isinstance(on_click, (SignalInstance, MethodType)):
        button.clicked.connect(on_click)
    elif on_click is not None:
        button.clicked.connect(lambda _checked=False: on_click())
    return button


def toggle_button(
    words: str,
    on_click: OnClick | None = None,
    *,
    role: str = "toggle",
    key: str = "",
    spoken: str = "",
) -> QPushButton:
    """Return a button that stays down; the arguments are those of `push_button`."""
    button = push_button(words, role, on_click, key=key, spoken=spoken)
    button.setCheckable(True)
    return button


class FlowRows(QLayout):
    """Rows of widgets in their preferred size, as many in each as fit; hidden ones take no room.

    Args:
        spacing: Between two widgets and between two rows.
    """

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return the shown items with their sizes, row by row."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        left = width + 1
        for item in self._items:
            if item.isEmpty():
                continue
            wish = item.sizeHint()
            size = QSize(min(wish.width(), width), wish.height())
            if left + size.width() > width:
                rows.append([])
                left = 0
            rows[-1].append((item, size))
            left += size.width() + self.spacing()
        return rows

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item in at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item up."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Return that a narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows in `width`."""
        rows = self._rows(width)
        heights = sum(max(size.height() for _item, size in row) for row in rows)
        return heights + self.spacing() * max(0, len(rows) - 1)

    def setGeometry(self, room: QRect) -> None:
        """Put every item in its place, in the middle of its row's height."""
        super().setGeometry(room)
        top = room.top()
        for row in self._rows(room.width()):
            left, height = room.left(), max(size.height() for _item, size in row)
            for item, size in row:
                middle = top + (height - size.height()) // 2
                item.setGeometry(QRect(QPoint(left, middle), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def sizeHint(self) -> QSize:
        """Return the size of all items in one row."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(0, len(shown) - 1)
        width = sum(size.width() for size in shown) + gaps
        return QSize(width, max((size.height() for size in shown), default=0))


class FlowLayout(FlowRows):
    """Rows of widgets that take no more room than they need."""

    def expandingDirections(self) -> QtCore.Qt.Orientation:
        """Return that it takes no more room than it needs."""
        return QtCore.Qt.Orientation(0)
