"""Settings and history as observable records; every change is saved at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Signal

from legato.domain.setting_types import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.history import History
    from legato.domain.ports import RecordStore
    from legato.domain.problems import Problem
    from legato.domain.settings import Settings

T = TypeVar("T")


class RecordModel(QObject, Generic[T]):
    """Holds a record, such as the settings, and saves every change at once.

    Args:
        open_store: Opens the store of the record; called on first use.
    """

    changed = Signal(object, object)
    """The record has changed: the new one, and the set of the names of its changed fields."""
    troubled = Signal(object)
    """A change could not be saved: the Problem."""

    def __init__(self, open_store: Callable[[], RecordStore[T]]) -> None:
        super().__init__()
        self._open_store = open_store
        self._changed: T | None = None

    @cached_property
    def _store(self) -> RecordStore[T]:
        return self._open_store()

    @cached_property
    def _loaded(self) -> tuple[T, tuple[Problem, ...]]:
        return self._store.load()

    @property
    def current(self) -> T:
        """The record."""
        return self._loaded[0] if self._changed is None else self._changed

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of reading the record."""
        return self._loaded[1]

    def change(self, record: T) -> None:
        """Replace the record and save it."""
        before = self.current
        if record == before:
            return
        self._changed = record
        problem = self._store.save(record)
        self.changed.emit(record, _differences(before, record))
        if problem is not None:
            self.troubled.emit(problem)


def _differences(before: object, after: object) -> frozenset[str]:
    names = (one.name for one in settings_of(type(after)))
    return frozenset(name for name in names if getattr(before, name) != getattr(after, name))


SettingsModel: TypeAlias = "RecordModel[Settings]"
HistoryModel: TypeAlias = "RecordModel[History]"
