"""The steps of a routine that is edited, as a list for cards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from legato.domain.draft import INHERIT, Use
from legato.domain.durations import spelled
from legato.domain.routine import DEFAULT_RELEASE_SECONDS, Side, Sides, Step
from legato.ui import text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from legato.domain.draft import Draft
    from legato.domain.routine import Routine

Index = QModelIndex | QPersistentModelIndex

IN_TROUBLE = "has a problem"

_SIDES = {
    Sides.EACH: "each side",
    Sides.LEFT: "left only",
    Sides.RIGHT: "right only",
    Sides.BOTH: "both together",
}


class Role(IntEnum):
    """The roles of the list besides those of Qt."""

    CARD = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCard:
    """One step's words on its card.

    Attributes:
        title: Its name.
        time: How long it takes and on which sides.
        note: A remark, or empty.
        pictured: The step whose picture is shown for it, or None.
        in_trouble: Whether something is wrong with it.
    """

    title: str
    time: str
    note: str = ""
    pictured: Step | None = None
    in_trouble: bool = False


class StepList(QAbstractListModel):
    """The steps of one draft.

    Args:
        find: Gives the routine of an id as it runs, or None.
    """

    def __init__(self, find: Callable[[str], Routine | None]) -> None:
        super().__init__()
        self._find = find
        self._cards: list[StepCard] = []
        self._shown: tuple[Step | Use, ...] = ()
        self._troubled: frozenset[int] = frozenset()

    def show(self, draft: Draft | None) -> None:
        """Show the steps of `draft`; where as many as before are left, none loses its place."""
        lines = draft.steps if draft else ()
        if lines == self._shown and len(self._cards) == len(lines):
            return
        cards = [self._card(index, line) for index, line in enumerate(lines)]
        self._shown = lines
        if len(cards) != len(self._cards):
            self.beginResetModel()
            self._cards = cards
            self.endResetModel()
            return
        for row, (before, after) in enumerate(zip(self._cards, cards, strict=True)):
            if before != after:
                self._cards[row] = after
                self.dataChanged.emit(self.index(row), self.index(row))

    def show_troubled(self, indexes: Collection[int]) -> None:
        """Mark these steps as having something wrong."""
        if frozenset(indexes) != self._troubled:
            self._troubled = frozenset(indexes)
            lines, self._shown = self._shown, ()
            for row, line in enumerate(lines):
                self._cards[row] = self._card(row, line)
            self._shown = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def lines_unfolded(self) -> tuple[int, ...]:
        """Return for each step that will run, once each `use` is unfolded, its line's index."""
        lines: list[int] = []
        for index, line in enumerate(self._shown):
            routine = self._find(line.id) if isinstance(line, Use) else None
            count = len(routine.steps) if routine else int(not isinstance(line, Use))
            lines += [index] * count
        return tuple(lines)

    def unfolded(self, chosen: Collection[int]) -> frozenset[int]:
        """Return the indexes that these lines have once each `use` is unfolded."""
        return frozenset(
            unfolded for unfolded, line in enumerate(self.lines_unfolded()) if line in chosen
        )

    def _card(self, index: int, line: Step | Use) -> StepCard:
        if isinstance(line, Step):
            return StepCard(
                title=line.title,
                time=_time(line),
                note=IN_TROUBLE if index in self._troubled else "",
                pictured=line if line.picture else None,
                in_trouble=index in self._troubled,
            )
        return self._used(line, in_trouble=index in self._troubled)

    def _used(self, line: Use, *, in_trouble: bool) -> StepCard:
        routine = self._find(line.id)
        if routine is None:
            return StepCard(title=line.id, time="", note="is not there", in_trouble=True)
        try:
            steps = [line.applied_to(step) for step in routine.steps]
        except ValueError:
            steps = list(routine.steps)
            in_trouble = True
        single = len(steps) == 1
        return StepCard(
            title=steps[0].title if single else routine.name,
            time=_time(steps[0]) if single else text.duration(sum(one.seconds for one in steps)),
            note=IN_TROUBLE if in_trouble else _note(line, len(steps)),
            pictured=next((one for one in steps if one.picture), None),
            in_trouble=in_trouble,
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many steps there are."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the card, or its words for a screen reader."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == Role.CARD:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (f"{index.row() + 1}", card.title, card.time, card.note)
            return ", ".join(word for word in words if word)
        return None

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that steps can be moved; without that a view lets nothing be dropped within."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a step can be dragged, and dropped between others but not on one."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled


def _time(step: Step) -> str:
    hold = "open" if step.hold is None else text.time_left(step.hold)
    if step.count is not None:
        hold = text.repetitions(step)
    times = f"{step.repeat} x {hold}" if step.repeat > 1 else hold
    if step.repeat > 1 and not step.alternate and step.release != DEFAULT_RELEASE_SECONDS:
        times += f", {spelled(step.release)} rest"
    first = ", left first" if step.sides is Sides.EACH and step.first is Side.LEFT else ""
    return f"{times}, {_SIDES[step.sides]}{first}"


def _note(line: Use, steps: int) -> str:
    own = any(value is not INHERIT for value in (line.hold, line.sides, line.repeat))
    parts = [f"{steps} steps" if steps > 1 else "", "changed here" if own else ""]
    return ", ".join(part for part in parts if part)
