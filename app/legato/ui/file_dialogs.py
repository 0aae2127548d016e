"""Asks for a file without holding up the window, and lets the question go once it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def ask_for_file(parent: QWidget, title: str, kinds: str, then: Callable[[str], object]) -> None:
    """Ask which file is meant.

    Args:
        parent: The window that asks.
        title: What is asked.
        kinds: Which files are offered, in Qt's words for filters.
        then: Called with the path, if one is chosen.
    """
    dialog = _dialog(parent, title, "", kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()


def ask_where_to_write(
    parent: QWidget,
    title: str,
    then: Callable[[str], object],
    *,
    name: str,
    kinds: str,
    ending: str,
) -> None:
    """Ask where to write a file, and whether to replace one that exists.

    Args:
        parent: The window that asks.
        title: What is asked.
        then: Called with the path, if one is chosen.
        name: Proposed for the file.
        kinds: Which files are offered, in Qt's words for filters.
        ending: With its dot; added where none is written.
    """
    dialog = _dialog(parent, title, name, kinds, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.open()


def _dialog(
    parent: QWidget, title: str, name: str, kinds: str, then: Callable[[str], object]
) -> QFileDialog:
    dialog = QFileDialog(parent, title, name, kinds)
    # Otherwise it stays for as long as the window does.
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    return dialog
