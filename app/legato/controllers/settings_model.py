"""The settings of this run: every change is kept at once, and announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from legato.domain.ports import SettingsStore
    from legato.domain.problems import Problem
    from legato.domain.settings import Settings


class SettingsModel(QObject):
    """Holds the settings and keeps every change at once.

    Args:
        store: Where they are kept.
    """

    changed = Signal(object)
    """They are others now: the Settings."""
    troubled = Signal(object)
    """They could not be kept: the Problem."""

    def __init__(self, store: SettingsStore) -> None:
        super().__init__()
        self._store = store
        self._settings, self._problems = store.load()

    @property
    def current(self) -> Settings:
        """The settings."""
        return self._settings

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be used when they were read."""
        return self._problems

    def change(self, settings: Settings) -> None:
        """Go by `settings` from now on, and keep them."""
        if settings == self._settings:
            return
        self._settings = settings
        problem = self._store.save(settings)
        self.changed.emit(settings)
        if problem is not None:
            self.troubled.emit(problem)
