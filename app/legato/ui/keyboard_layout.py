"""Letter keys that work on keyboard layouts without Latin letters."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

_ROWS = ((2, "1234567890"), (16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
"""The keys of a US keyboard, each row from the scan code of its first key."""
_X11_OFFSET = 8
"""X11 and Wayland number the keys of the kernel from 8 on; Windows numbers these keys alike."""
_MAC_KEYS = "ASDFHGZXCV BQWERYT123465 97 80 OU IP LJ K    NM"
"""The keys of a Mac's keyboard by their virtual key code, `kVK_ANSI_A` first; a blank is another key."""
_COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_HELD = _COMMAND | Qt.KeyboardModifier.ShiftModifier


def us_key(event: QKeyEvent) -> str:
    """Return what a US keyboard prints on the pressed key: a letter, a digit, or nothing."""
    if sys.platform == "darwin":
        code = event.nativeVirtualKey()
        return _MAC_KEYS[code].strip() if code < len(_MAC_KEYS) else ""
    code = event.nativeScanCode() - (_X11_OFFSET if sys.platform == "linux" else 0)
    for first, row in _ROWS:
        if first <= code < first + len(row):
            return row[code - first]
    return ""


def latin_key(event: QKeyEvent) -> int:
    """Return the key that a shortcut is written with, whatever the layout types.

    A layout of Latin letters keeps its own: on Dvorak and AZERTY a letter is the key it is printed
    on. Layouts of other scripts go by the place of the key, and so does a row of digits that needs
    Shift, as on AZERTY.
    """
    key, printed = event.key(), us_key(event)
    shifted_digit = printed.isdigit() and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    if _is_latin(key) or shifted_digit or not printed or key >= Qt.Key.Key_Escape:
        return key
    return ord(printed)


def letter_of(event: QKeyEvent) -> str:
    """Return the letter, in upper case, or the digit of a key alone; empty for all other keys."""
    key = event.key()
    return chr(key) if _is_latin(key) and not event.modifiers() & _COMMAND else ""


def _is_latin(key: int) -> bool:
    """Return whether a key is a letter from A to Z or a digit."""
    return key < Qt.Key.Key_Escape and chr(key).isascii() and chr(key).isalnum()


class LatinKeys(QObject):
    """Gives the window the Latin key of each press on a layout that has no Latin letters.

    Qt matches a shortcut by the letter that a key types, so that `H`, `Ctrl+S` and, in text
    fields, `Ctrl+C` do nothing on a Russian or Greek layout alone. The text of the press stays what
    the layout types, and what is typed into a text field is left alone.

    Args:
        window: The window, which is shown already.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        handle = window.windowHandle()
        if handle is not None:
            # The window's own events alone: a filter on the application sees those of each widget.
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send a press on to the keyboard focus with its Latin key."""
        del watched
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = latin_key(event)
        focus = QApplication.focusWidget() or self._window
        if key == event.key() or (_takes_text(focus) and not event.modifiers() & _COMMAND):
            return False
        wanted = _with_key(event, QEvent.Type.ShortcutOverride, key)
        wanted.ignore()
        QCoreApplication.sendEvent(focus, wanted)
        if wanted.isAccepted() or not self._activate(wanted, focus):
            QCoreApplication.sendEvent(focus, _with_key(event, QEvent.Type.KeyPress, key))
        return True

    def _activate(self, event: QKeyEvent, focus: QWidget) -> bool:
        """Activate the shortcut of a key where there is one; return whether there is."""
        pressed = QKeySequence(QKeyCombination(event.modifiers() & _HELD, Qt.Key(event.key())))
        for shortcut in self._window.findChildren(QShortcut):
            if shortcut.keys().count(pressed) and _is_within_reach(shortcut, focus):
                if shortcut.autoRepeat() or not event.isAutoRepeat():
                    shortcut.activated.emit()
                return True
        return False


def _takes_text(focus: QWidget) -> bool:
    return focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def _with_key(event: QKeyEvent, kind: QEvent.Type, key: int) -> QKeyEvent:
    return QKeyEvent(
        kind,
        key,
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def _is_within_reach(shortcut: QShortcut, focus: QWidget) -> bool:
    """Return whether Qt would activate a shortcut while the keyboard is in `focus`."""
    owner = shortcut.parent()
    if not isinstance(owner, QWidget) or not (shortcut.isEnabled() and owner.isVisible()):
        return False
    if not owner.isEnabled() or QGuiApplication.modalWindow() is not None:
        return False
    if shortcut.context() is Qt.ShortcutContext.WidgetShortcut:
        return owner is focus
    if shortcut.context() is Qt.ShortcutContext.WidgetWithChildrenShortcut:
        return owner is focus or owner.isAncestorOf(focus)
    return True
