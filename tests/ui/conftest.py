"""Shared by the tests of the window: an application with a theme, and without it afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import legato.ui
from legato.ui.theme import NIGHT, ThemeManager, ThemeSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def unstyled(qapp: QApplication) -> Iterator[QApplication]:
    """Yield the application, and restore its look afterwards."""
    font, colours = qapp.font(), qapp.palette()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(colours)


@pytest.fixture
def theme() -> ThemeSource:
    """Return the theme of the night, which a test may change."""
    return ThemeSource(NIGHT)


@pytest.fixture
def theme_manager(unstyled: QApplication) -> ThemeManager:
    """Apply the night theme to the application, and return the theme manager."""
    style = Path(legato.ui.__file__).parent / "style.qss"
    theme_manager = ThemeManager(unstyled, style.read_text(encoding="utf-8"))
    theme_manager.apply(NIGHT)
    return theme_manager
