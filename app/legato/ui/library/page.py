"""The library page: all routines as cards to search and start, and the problems of broken files."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from legato.ui import text
from legato.ui.library.cards import CardGrid
from legato.ui.library.model import RoutineList, Section
from legato.ui.library.search import SearchField
from legato.ui.pictures.thumbnails import CardPictures
from legato.ui.widgets.basic import FlowLayout, push_button, toggle_button
from legato.ui.widgets.continue_banner import ContinueBanner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint, SignalInstance
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

    from legato.domain.ports import Listed
    from legato.ui.library.model import Card
    from legato.ui.library.problems import ProblemPanel
    from legato.ui.pictures.loader import PictureLoader
    from legato.ui.widgets.key_list import Keys

MARGIN = 24
FULL_BEDTIME = "bedtime"
"""The section shown first to a new user."""

AT_A_TIME = 100
"""The number of cards made at a time: few enough to keep the window responsive."""

KEYS: tuple[Keys, ...] = (
    ("Enter", "Start the chosen routine"),
    ("Arrows", "Choose another one"),
    ("Any letter", "Search; C, F and G only in the search field"),
    ("Ctrl+F", "To the search field"),
    ("Esc", "Empty the search"),
    ("Ctrl+N", "New routine"),
    ("Ctrl+E", "Edit the chosen routine"),
    ("Ctrl+Delete", "Delete the chosen routine, or reset one that ships"),
    ("Ctrl+B", "Bring back what was deleted"),
)

_SECTIONS = {Section.ROUTINES: "Routines", Section.MOVES: "Single moves"}


class LibraryPage(QWidget):
    """Shows the routines, and emits what the user wants to do with one.

    Args:
        loader: Loads the pictures of steps.
    """

    start_wanted = Signal(str)
    """The user starts a routine: its id."""
    open_file_wanted = Signal(str)
    """The user opens a broken file in an editor: its path."""
    new_wanted = Signal()
    """The user wants a new routine."""
    edit_wanted = Signal(str)
    """The user edits a routine: its id."""
    delete_wanted = Signal(str)
    """The user deletes a routine: its id."""
    copy_wanted = Signal(str)
    """The user wants a copy of a routine to change: its id."""
    export_wanted = Signal(str)
    """The user gives a routine away: its id."""
    import_wanted = Signal(str)
    """The user dropped a file that may hold routines: its path."""
    bring_back_wanted = Signal()
    """The user wants to see the deleted routines."""
    cramp_wanted = Signal()
    continue_wanted = Signal()
    forget_continue_wanted = Signal()

    def __init__(self, loader: PictureLoader) -> None:
        super().__init__()
        self._list = RoutineList()
        self._grid = CardGrid(self._list, CardPictures(loader), loader.theme, self)
        self._search = SearchField(self._grid)
        self._banner = ContinueBanner(self)
        self._problems: ProblemPanel | None = None
        self._broken: Listed | None = None
        self._coming: deque[Listed] = deque()
        self._next_cards = QTimer(self)
        self._next_cards.setInterval(0)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.set_recent(())
        self.setFocusProxy(self._search)
        self._show_counts()

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, MARGIN, 0)
        head.setSpacing(16)
        head.addWidget(self._banner)
        head.addLayout(self._search_row())
        head.addLayout(self._section_row())
        self._nothing = QLabel()
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._cards = QStackedWidget()
        self._cards.addWidget(self._grid)
        self._cards.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._cards, 1)

    def _search_row(self) -> QHBoxLayout:
        about = "Help with a cramp at once; the key is F8"
        self._cramp = push_button("Cramp now", about=about)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._search, 1)
        row.addWidget(self._cramp)
        return row

    def _section_row(self) -> FlowLayout:
        self._sections = QButtonGroup(self)
        self._section_buttons = {section: toggle_button("", role="quiet") for section in Section}
        self._found = QLabel()
        self._found.setProperty("role", "quiet")
        self._mend = push_button("", "caution")
        row = FlowLayout(spacing=8)
        for button in self._section_buttons.values():
            self._sections.addButton(button)
            row.addWidget(button)
        self._section_buttons[Section.ROUTINES].setChecked(True)
        row.addWidget(self._found)
        row.addWidget(self._mend)
        for words, spoken, do in (
            ("New", "New routine, Ctrl+N", self.new_wanted),
            ("Edit", "Edit the chosen routine, Ctrl+E", self._edit_chosen),
            ("Delete", "Delete the chosen routine, Ctrl+Delete", self._delete_chosen),
            ("Bring back", "Bring back what was deleted, Ctrl+B", self.bring_back_wanted),
        ):
            button = push_button(words, "quiet", do, spoken=spoken)
            button.setToolTip(spoken)
            row.addWidget(button)
        return row

    def _edit_chosen(self) -> None:
        card = self._grid.chosen
        if card is not None:
            self.edit_wanted.emit(card.entry.id)

    def _delete_chosen(self) -> None:
        card = self._grid.chosen
        if card is not None:
            self.delete_wanted.emit(card.entry.id)

    def choose(self, routine_id: str) -> None:
        """Choose a routine and scroll to it, if it is shown."""
        self._grid.choose(routine_id)

    def _show_menu(self, card: Card, place: QPoint) -> None:
        """Show what can be done with a routine, at a place of the screen."""
        menu, routine_id = QMenu(self), card.entry.id
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        can_run = card.entry.routine is not None
        for words, wanted, is_offered in (
            ("Start", self.start_wanted, can_run),
            ("Edit\tCtrl+E", self.edit_wanted, True),
            ("Make a copy", self.copy_wanted, can_run),
            ("Give away …", self.export_wanted, can_run),
            ("Delete\tCtrl+Delete", self.delete_wanted, card.entry.own),
        ):
            if is_offered:
                menu.addAction(words).triggered.connect(partial(_emit, wanted, routine_id))
        menu.popup(place)

    def _connect(self) -> None:
        self._banner.continue_wanted.connect(self.continue_wanted)
        self._banner.forget_wanted.connect(self.forget_continue_wanted)
        self._cramp.clicked.connect(self.cramp_wanted)
        self._search.textChanged.connect(self._show_found)
        self._grid.card_taken.connect(self._take)
        self._grid.menu_wanted.connect(self._show_menu)
        self._mend.clicked.connect(self._show_first_broken)
        self._next_cards.timeout.connect(self._add_some)
        for section, button in self._section_buttons.items():
            button.clicked.connect(lambda _checked, wanted=section: self._show_section(wanted))
        to_search = QShortcut(QKeySequence.StandardKey.Find, self)
        to_search.activated.connect(self._search.setFocus)
        for keys, do in (
            ("Ctrl+N", self.new_wanted.emit),
            ("Ctrl+E", self._edit_chosen),
            ("Ctrl+Del", self._delete_chosen),
            ("Ctrl+B", self.bring_back_wanted.emit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def show_routines(self, listed: Sequence[Listed]) -> None:
        """Replace all routines; the first are shown at once, the others in batches."""
        ordered = self._list.in_order(listed)
        self._list.set_routines(ordered[:AT_A_TIME])
        self._coming = deque(ordered[AT_A_TIME:])
        self._go_on_adding()
        self._show_counts()

    def add_routines(self, listed: Sequence[Listed]) -> None:
        """Add routines."""
        self._coming.extend(self._list.in_order(listed))
        self._add_some()
        self._go_on_adding()

    def update_routine(self, listed: Listed) -> None:
        """Update a routine whose file has changed, or add it."""
        waiting = [one.id for one in self._coming]
        if listed.id in waiting:
            self._coming[waiting.index(listed.id)] = listed
        else:
            self._list.update(listed)
        self._show_counts()

    def set_recent(self, ids: Sequence[str]) -> None:
        """Put these routines first, the last used one at the head, and choose it.

        Full bedtime follows them, and leads where nothing was used yet.
        """
        self._list.set_recent(dict.fromkeys((*ids, FULL_BEDTIME)))
        self._grid.choose_first()

    def show_continue(self, line: str | None) -> None:
        """Offer to continue the session that `line` names; None removes the offer.

        The keyboard begins on Continue as long as it is offered.
        """
        self._banner.show_line(line)
        self.setFocusProxy(self._search if line is None else self._banner)

    def _go_on_adding(self) -> None:
        if self._coming:
            self._next_cards.start()
        else:
            self._next_cards.stop()

    def _add_some(self) -> None:
        some = [self._coming.popleft() for _ in range(min(AT_A_TIME, len(self._coming)))]
        self._list.add(some)
        self._go_on_adding()
        self._show_counts()

    def _show_section(self, section: Section) -> None:
        self._broken = None
        self._list.show_section(section)
        self._grid.choose_first()
        self._show_counts()

    def _show_found(self, words: str) -> None:
        self._broken = None
        self._list.search(words)
        self._grid.choose_first()
        self._show_counts()

    def _show_counts(self) -> None:
        searching, shown = self._list.is_searching, self._list.rowCount()
        for section, button in self._section_buttons.items():
            button.setText(f"{_SECTIONS[section]} {self._list.count(section)}")
            button.setVisible(not searching)
        self._found.setText(text.found(shown) if searching else "")
        self._found.setVisible(searching)
        broken = self._list.broken_count
        self._mend.setText(text.broken_files(broken))
        self._mend.setVisible(broken > 0)
        words = self._search.text().strip()
        self._nothing.setText(text.nothing_found(words) if searching else text.NO_ROUTINES)
        self._follow_broken()
        if self._broken is None:
            self._cards.setCurrentWidget(self._grid if shown else self._nothing)

    def _take(self, card: Card) -> None:
        if card.is_broken:
            self._show_problems(card.entry)
        else:
            self.start_wanted.emit(card.entry.id)

    def _show_first_broken(self) -> None:
        card = self._list.first_broken()
        if card is not None:
            self._show_problems(card.entry)

    def _show_problems(self, listed: Listed) -> None:
        if self._problems is None:
            from legato.ui.library.problems import ProblemPanel  # noqa: PLC0415 - seldom seen

            self._problems = ProblemPanel(self)
            self._problems.open_wanted.connect(self._open_broken)
            self._problems.closed.connect(self._show_cards)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, MARGIN, MARGIN)
            column.addWidget(self._problems)
            self._cards.addWidget(holder)
        self._broken = listed
        self._cards.setCurrentIndex(self._cards.count() - 1)
        self._problems.show_problems(listed)

    def _follow_broken(self) -> None:
        """Let the problems that are being read keep up with their file, until it is mended."""
        card = self._list.find(self._broken.id) if self._broken is not None else None
        if card is None:
            return
        if not card.is_broken:
            self._broken = None
            self._grid.setFocus()
        elif card.entry != self._broken:
            self._show_problems(card.entry)

    def _open_broken(self) -> None:
        if self._broken is not None:
            self.open_file_wanted.emit(str(self._broken.path))

    def _show_cards(self) -> None:
        self._broken = None
        self._show_counts()
        self._grid.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Signal the dropped file."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.import_wanted.emit(files[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start a search with a letter that is no shortcut."""
        typed, held = event.text(), event.modifiers()
        plain = not held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and typed.isprintable() and typed.strip():
            self._search.type_in(typed)
        elif event.key() == Qt.Key.Key_Escape and self._search.text():
            self._search.clear()
        else:
            super().keyPressEvent(event)


def _emit(wanted: SignalInstance, routine_id: str, _checked: bool = False) -> None:
    wanted.emit(routine_id)
