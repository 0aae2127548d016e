"""What holds for every test of the joined window."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _unstyled(qtbot: QtBot) -> Iterator[None]:
    """Restore the look of the application, which the window changes."""
    assert qtbot
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    font, palette, sheet = app.font(), app.palette(), app.styleSheet()
    yield
    for window in app.topLevelWidgets():
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.unfreeze()  # the window tells the collector to leave alone what was read
    gc.collect()
    app.setStyleSheet(sheet)
    app.setPalette(palette)
    app.setFont(font)
