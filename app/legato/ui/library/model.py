"""The library's routines as a list that can be searched, the last used first."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from legato.ui import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from legato.domain.ports import Listed

Index = QModelIndex | QPersistentModelIndex


class Section(Enum):
    """The sections of the library; a search covers both."""

    ROUTINES = "routines"
    MOVES = "moves"


class Role(IntEnum):
    """The roles of the list besides those of Qt."""

    CARD = Qt.ItemDataRole.UserRole
    ID = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The texts of a routine's card.

    Attributes:
        entry: What it is about.
        time: How long it takes; empty for a broken file.
        eases: What it is good for, or empty.
        needs: What to have at hand, or empty.
        problem: The first problem of a broken file, or empty.
        problem_count: How many there are, in words, or empty.
        found_by: All its words in lower case, for the search.
    """

    entry: Listed
    time: str = ""
    eases: str = ""
    needs: str = ""
    problem: str = ""
    problem_count: str = ""
    found_by: str = ""

    def is_named(self, word: str) -> bool:
        """Return whether a word of the name begins with `word`, which is in lower case."""
        return f" {self.entry.name.casefold()}".find(f" {word}") >= 0

    @property
    def is_broken(self) -> bool:
        """Whether the routine cannot run."""
        return self.entry.routine is None

    @property
    def spoken(self) -> str:
        """The whole card in one line, for a screen reader."""
        entry = self.entry
        if entry.routine is None:
            return text.broken_spoken(entry.name, entry.problems)
        return text.routine_spoken(entry.routine)


def card(entry: Listed) -> Card:
    """Return the card of `entry`."""
    routine = entry.routine
    if routine is None:
        return Card(
            entry=entry,
            problem="".join(map(text.problem, entry.problems[:1])),
            problem_count=text.problem_count(len(entry.problems)),
            found_by=f"{entry.name} {entry.id}".casefold(),
        )
    eases, needs = text.eases(routine.eases), text.needs(routine.needs)
    places = " ".join(map(text.search_words, routine.eases))
    titles = " ".join(dict.fromkeys(step.title for step in routine.steps))
    words = (routine.name, entry.id, routine.about, places, titles, *routine.needs)
    return Card(
        entry=entry,
        time=text.routine_time(routine),
        eases=eases,
        needs=needs,
        found_by=" ".join(words).casefold(),
    )


class RoutineList(QAbstractListModel):
    """The routines of one section, or the results of a search in both.

    The order: whole routines before single moves, among each those that can run before broken
    files, the last used first, the rest as they came. What a search finds by its name comes before
    all that.
    """

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._counts: Counter[Section] = Counter()
        self._broken: list[Card] = []
        self._shown: list[Card] = []
        self._recent: dict[str, int] = {}
        self._section = Section.ROUTINES
        self._words: tuple[str, ...] = ()

    @property
    def is_searching(self) -> bool:
        """Whether a search filters the list."""
        return bool(self._words)

    @property
    def broken_count(self) -> int:
        """The number of broken files in both sections."""
        return len(self._broken)

    def count(self, section: Section) -> int:
        """Return the number of routines in a section, shown or not."""
        return self._counts[section]

    def in_order(self, entries: Iterable[Listed]) -> list[Listed]:
        """Return `entries` in the order in which the list would show them."""
        return sorted(entries, key=self._rank)

    def set_routines(self, entries: Sequence[Listed]) -> None:
        """Replace all routines with `entries`."""
        known = {id(one.entry): one for one in self._cards}
        ordered = self.in_order(entries)
        self._cards = [known.get(id(entry)) or card(entry) for entry in ordered]
        self._count_again()
        self._show_again()

    def add(self, entries: Sequence[Listed]) -> None:
        """Add some; in the order of the list it costs no more than these."""
        new = [card(entry) for entry in self.in_order(entries)]
        if not new:
            return
        self._count(new)
        if self._cards and self._rank(new[0].entry) < self._rank(self._cards[-1].entry):
            self._cards = sorted([*self._cards, *new], key=lambda one: self._rank(one.entry))
            self._show_again()
            return
        self._cards += new
        if self._words:
            self._show_again()
            return
        shown = [one for one in new if self._is_shown(one)]
        if shown:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(shown) - 1)
            self._shown += shown
            self.endInsertRows()

    def update(self, entry: Listed) -> None:
        """Show `entry` in place of the one with its id, or add it."""
        found = self.find(entry.id)
        new = card(entry)
        if found is not None and self._replace(found, new):
            return
        others = [one for one in self._cards if one.entry.id != entry.id]
        self._cards = sorted([*others, new], key=lambda one: self._rank(one.entry))
        self._count_again()
        self._show_again()

    def _replace(self, old: Card, new: Card) -> bool:
        """Put a card in the place of another, where neither order nor counts change by that."""
        if self._words or old.is_broken or new.is_broken:
            return False
        self._cards[self._cards.index(old)] = new
        if old in self._shown:
            row = self._shown.index(old)
            self._shown[row] = new
            self.dataChanged.emit(self.index(row), self.index(row))
        return True

    def set_recent(self, ids: Iterable[str]) -> None:
        """Put these first, the last used one at the head."""
        self._recent = {routine_id: place for place, routine_id in enumerate(ids)}
        self._cards.sort(key=lambda one: self._rank(one.entry))
        self._show_again()

    def show_section(self, section: Section) -> None:
        """Show one section, once no search is active."""
        self._section = section
        self._show_again()

    def search(self, words: str) -> None:
        """Show the routines that match all `words`; without words show the section."""
        # As names are kept: with each accent joined to its letter.
        self._words = tuple(unicodedata.normalize("NFC", words).casefold().split())
        self._show_again()

    def card_at(self, index: Index) -> Card | None:
        """Return the card of a row, or None if there is no such row."""
        return self._shown[index.row()] if index.isValid() else None

    def index_of(self, routine_id: str) -> QModelIndex:
        """Return the index of a routine, invalid if it is not shown."""
        ids = (one.entry.id for one in self._shown)
        row = next((row for row, one in enumerate(ids) if one == routine_id), -1)
        return self.index(row) if row >= 0 else QModelIndex()

    def find(self, routine_id: str) -> Card | None:
        """Return the card of a routine, shown or not, or None."""
        return next((one for one in self._cards if one.entry.id == routine_id), None)

    def first_broken(self) -> Card | None:
        """Return the first broken file, shown or not, or None."""
        return self._broken[0] if self._broken else None

    def _count(self, cards: Sequence[Card]) -> None:
        self._counts.update(map(_section, cards))
        self._broken += [one for one in cards if one.is_broken]

    def _count_again(self) -> None:
        self._counts.clear()
        self._broken = []
        self._count(self._cards)

    def _rank(self, entry: Listed) -> tuple[bool, bool, int]:
        place = self._recent.get(entry.id, len(self._recent))
        return (entry.is_move, entry.routine is None, place)

    def _is_shown(self, one: Card) -> bool:
        if self._words:
            return all(word in one.found_by for word in self._words)
        return _section(one) is self._section

    def _show_again(self) -> None:
        self.beginResetModel()
        self._shown = [one for one in self._cards if self._is_shown(one)]
        if self._words:
            self._shown.sort(key=lambda one: not one.is_named(self._words[0]))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of shown routines."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one value of a routine."""
        one = self.card_at(index)
        if one is None:
            return None
        if role == Role.CARD:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return one.spoken
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return one.entry.routine.about if one.entry.routine else one.problem
        return one.entry.id if role == Role.ID else None


def _section(one: Card) -> Section:
    return Section.MOVES if one.entry.is_move else Section.ROUTINES
