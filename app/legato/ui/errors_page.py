"""When something went wrong inside the program: what that means, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from legato.ui.text import announce
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button
from legato.ui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from legato.ui.widgets.key_list import Keys

KEYS: tuple[Keys, ...] = (("Enter", "Go on"), ("Esc", "Go on, where you were"))
MARGIN = 24
READING_WIDTH = 760
LEAST_TEXT_HEIGHT = 160

COPIED = "Copied. Now it can be pasted into a message."
WHAT_IS_IN_IT = (
    "This is the text for a report: versions, what was found on this computer, and where in the"
    " program something went wrong. It holds no routine, no name and nothing about your legs."
    " Fill in the first lines, and read it through before you send it."
)
_NOTHING_SENT = "Legato itself sends nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPageContent:
    """What the page says.

    Attributes:
        title: In a few words.
        words: What happened and what it means, a paragraph each.
        log: Where the log is.
        text: The text of a report.
        send_to: Where a report goes.
    """

    title: str
    words: tuple[str, ...]
    log: str
    text: str
    send_to: str


class ErrorsPage(QWidget):
    """Says it calmly; the text of a report is shown when it is wanted."""

    left = Signal()
    """Back to where one was."""
    folder_wanted = Signal()
    """The folder of the log is to be opened."""

    def __init__(self) -> None:
        super().__init__()
        self._card = QWidget()
        self._title = plain_label("", "title")
        self._words = plain_label("", "")
        self._log = plain_label("", "quiet")
        self._log.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._what = plain_label(WHAT_IS_IN_IT, "quiet")
        self._send_to = plain_label("", "")
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(LEAST_TEXT_HEIGHT)
        self._text.setAccessibleName("The text for a report")
        self._copied = plain_label("", "accent")
        self._go_on = push_button("Go on", "primary", self.left, key="Esc")
        copies = "Copies the text for a report"
        self._copy = push_button("Copy the text", "", self._copy_text, about=copies)
        self._report = push_button("Report a problem", "", self.show_report)
        opens = "Opens the folder of the log"
        self._folder = push_button("Open the folder", "", self.folder_wanted, about=opens)
        self._arrange()

    def _arrange(self) -> None:
        self._card.setMaximumWidth(READING_WIDTH)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(16)
        buttons = FlowLayout(spacing=8)
        for button in (self._go_on, self._copy, self._report, self._folder):
            buttons.addWidget(button)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addWidget(self._log)
        column.addLayout(buttons)
        column.addWidget(self._copied)
        column.addWidget(self._what)
        column.addWidget(self._text, 1)
        column.addWidget(self._send_to)
        middle = QWidget()
        self._row = QHBoxLayout(middle)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        self._row.addWidget(self._card, 100)
        self._row.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(middle)
        around.addWidget(self._area)
        self._area.verticalScrollBar().rangeChanged.connect(self._keep_text_in_sight)
        self.setFocusProxy(self._go_on)

    @property
    def text(self) -> str:
        """The text of a report."""
        return self._text.toPlainText()

    def show_content(self, content: ErrorPageContent, *, report: bool = False) -> None:
        """Show what happened; with `report` the text of a report from the beginning."""
        self._title.setText(content.title)
        self._words.setText("\n\n".join(content.words))
        self._log.setText(f"The log: {content.log}")
        self._text.setPlainText(content.text)
        self._send_to.setText(f"{content.send_to} {_NOTHING_SENT}")
        self._copied.hide()
        self._show_text(shown=report)
        self._go_on.setText("Back" if report else "Go on")
        self.setAccessibleName(content.title)
        self.setAccessibleDescription(" ".join(content.words))
        announce(self, " ".join((content.title, *content.words)))

    def show_report(self) -> None:
        """Show the text of a report, with the keyboard where its first line is filled in."""
        self._show_text(shown=True)
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        self._text.moveCursor(QTextCursor.MoveOperation.EndOfLine)
        self._text.setFocus()
        announce(self, f"{WHAT_IS_IN_IT} {self._send_to.text()}")

    def _show_text(self, *, shown: bool) -> None:
        for part in (self._what, self._text, self._send_to, self._folder):
            part.setVisible(shown)
        self._report.setVisible(not shown)
        across = Qt.AlignmentFlag(0) if shown else Qt.AlignmentFlag.AlignVCenter
        self._row.setAlignment(self._card, across)

    def _keep_text_in_sight(self) -> None:
        # The page grows to its new height in steps, after the text was shown.
        if self._text.hasFocus():
            self._area.ensureWidgetVisible(self._text)

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self._copied.setText(COPIED)
        self._copied.show()
        announce(self, COPIED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
