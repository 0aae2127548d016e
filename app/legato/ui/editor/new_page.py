"""The ways to a new routine: empty, from a place on the leg, from a copy, from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from legato.ui.editor.picker import Picker
from legato.ui.keyboard_layout import letter_of
from legato.ui.widgets.basic import FlowLayout, plain_label, push_button
from legato.ui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from legato.domain.plan import PainfulPlace
    from legato.ui.editor.picker import PickerItem
    from legato.ui.leg_map.map import LegMap
    from legato.ui.pictures.thumbnails import CardPictures
    from legato.ui.theme import ThemeSource
    from legato.ui.widgets.basic import OnClick
    from legato.ui.widgets.key_list import Keys

MARGIN = 24
READABLE_WIDTH = 640

KEYS: tuple[Keys, ...] = (
    ("1", "An empty routine"),
    ("2", "From a place on the leg"),
    ("3", "From a copy"),
    ("4", "From a file"),
    ("Esc", "Back"),
)


class NewRoutinePage(QWidget):
    """Asks what a new routine starts from.

    Args:
        leg_map: A leg map of its own.
        pictures: Where the small pictures come from.
        theme: The theme, observable.
    """

    empty_wanted = Signal()
    """The user wants an empty routine."""
    places_wanted = Signal(object)
    """The user wants a routine for places: the Places, the sorest first."""
    copy_wanted = Signal(str)
    """The user wants a copy of a routine: its id."""
    import_wanted = Signal()
    """The user wants to open a file."""
    left = Signal()
    """The user leaves the page."""

    def __init__(self, leg_map: LegMap, pictures: CardPictures, theme: ThemeSource) -> None:
        super().__init__()
        self._map = leg_map
        self._places: tuple[PainfulPlace, ...] = ()
        self._offers: tuple[PickerItem, ...] = ()
        self._chooser = Picker(pictures, theme)
        self._chooser.taken.connect(self.copy_wanted)
        self._chooser.closed.connect(self._show_choice)
        leg_map.chosen_changed.connect(self._follow_map)
        self._stack = QStackedWidget()
        self._choice, self._legs = self._choice_part(), self._legs_part()
        for widget in (self._choice, self._legs, self._chooser):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addWidget(self._stack)

    def _choice_part(self) -> QWidget:
        part = QWidget()
        part.setMaximumWidth(READABLE_WIDTH)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(plain_label("New routine", "title"))
        self._buttons = []
        choices: tuple[tuple[str, str, OnClick], ...] = (
            ("Empty", "Begin with nothing and add step by step.", self.empty_wanted),
            (
                "From a place on the leg",
                "Point at where it hurts, and change what comes.",
                self._show_legs,
            ),
            ("From a copy", "Take a routine that you know and change it.", self._show_copies),
            ("From a file", "A .legato or YAML file that somebody gave you.", self.import_wanted),
        )
        for number, (words, about, do) in enumerate(choices, 1):
            button = push_button(f"{number}  {words}", "row", do, spoken=words, about=about)
            column.addSpacing(8)
            column.addWidget(button)
            column.addWidget(plain_label(about, "quiet"))
            self._buttons.append(button)
        back = push_button("Back", "quiet", self.left)
        column.addSpacing(8)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setFocusProxy(self._buttons[0])
        return scrolled(part)

    def _legs_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(plain_label("Where does it hurt? The sorest place first.", "title"))
        column.addWidget(self._map, 1)
        self._make = push_button("Make a routine for it", "primary", self._want_places)
        back = push_button("Back", "quiet", self._show_choice)
        row = FlowLayout(spacing=8)
        row.addWidget(self._make)
        row.addWidget(back)
        column.addLayout(row)
        return part

    def _want_places(self) -> None:
        self.places_wanted.emit(self._places)

    def begin(self, offers: Sequence[PickerItem]) -> None:
        """Show the first question; `offers` are the routines that can be copied."""
        self._offers = tuple(offers)
        self._map.show_chosen(())
        self._follow_map(())
        self._show_choice()

    def _follow_map(self, chosen: tuple[PainfulPlace, ...]) -> None:
        self._places = tuple(chosen)
        self._make.setEnabled(bool(self._places))

    def _show_choice(self) -> None:
        self._stack.setCurrentWidget(self._choice)
        self._buttons[0].setFocus()

    def _show_legs(self) -> None:
        self._stack.setCurrentWidget(self._legs)
        self._map.begin()

    def _show_copies(self) -> None:
        self._stack.setCurrentWidget(self._chooser)
        self._chooser.offer("Which one is to be copied?", self._offers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number; Esc goes back by one."""
        choosing = self._stack.currentWidget() is self._choice
        typed = letter_of(event)
        if choosing and typed.isdecimal() and 1 <= int(typed) <= len(self._buttons):
            self._buttons[int(typed) - 1].click()
        elif event.key() == Qt.Key.Key_Escape:
            if choosing:
                self.left.emit()
            else:
                self._show_choice()
        else:
            super().keyPressEvent(event)
