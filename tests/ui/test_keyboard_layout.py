"""Tests of keys on layouts of other scripts."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from legato.ui.keyboard_layout import latin_key, letter_of, us_key

CYRILLIC_ER, AMPERSAND, QUESTION = 0x420, ord("&"), ord("?")
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(
    key: int, scan_code: int = 0, modifiers: Qt.KeyboardModifier = NONE, virtual_key: int = 0
) -> QKeyEvent:
    """Return the press of a key as the system reports it."""
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan_code, virtual_key, 0)


@pytest.mark.parametrize(
    ("platform", "scan_code", "virtual_key"),
    [("linux", 43, 0), ("win32", 35, 0x48), ("darwin", 1, 4)],
)
def test_a_key_is_found_by_its_place_on_each_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, scan_code: int, virtual_key: int
) -> None:
    """Each system numbers the key with H on it in another way."""
    monkeypatch.setattr(sys, "platform", platform)
    assert us_key(press(CYRILLIC_ER, scan_code, virtual_key=virtual_key)) == "H"


@pytest.mark.parametrize(
    ("code", "letter"),
    [
        (0, "A"),
        (18, "1"),
        (29, "0"),
        (31, "O"),
        (35, "P"),
        (37, "L"),
        (40, "K"),
        (46, "M"),
        (48, ""),
    ],
)
def test_the_keys_of_a_mac_have_their_letters(
    monkeypatch: pytest.MonkeyPatch, code: int, letter: str
) -> None:
    """The virtual key codes of a Mac, as its system headers have them (kVK_ANSI_*)."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert us_key(press(CYRILLIC_ER, virtual_key=code)) == letter


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (press(CYRILLIC_ER, 43), Qt.Key.Key_H),
        (press(Qt.Key.Key_D, 43), Qt.Key.Key_D),
        (press(AMPERSAND, 10), Qt.Key.Key_1),
        (press(AMPERSAND, 10, CONTROL), Qt.Key.Key_1),
        (press(QUESTION, 16, SHIFT), QUESTION),
        (press(Qt.Key.Key_Escape, 9), Qt.Key.Key_Escape),
        (press(Qt.Key.Key_F8, 74), Qt.Key.Key_F8),
    ],
    ids=["other script", "Dvorak", "AZERTY digit", "with Ctrl", "with Shift", "Esc", "F8"],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the scan codes are those of X11")
def test_a_shortcut_is_written_with_the_latin_key(event: QKeyEvent, key: int) -> None:
    """Only what types no Latin letter or digit goes by its place."""
    assert latin_key(event) == key


@pytest.mark.parametrize(
    ("event", "letter"),
    [
        (press(Qt.Key.Key_S), "S"),
        (press(Qt.Key.Key_2), "2"),
        (press(Qt.Key.Key_S, modifiers=SHIFT), "S"),
        (press(Qt.Key.Key_S, modifiers=CONTROL), ""),
        (press(Qt.Key.Key_Space), ""),
        (press(Qt.Key.Key_Return), ""),
        (press(CYRILLIC_ER), ""),
    ],
)
def test_the_letter_of_a_key_is_a_latin_letter_or_digit_alone(
    event: QKeyEvent, letter: str
) -> None:
    """Keys with Ctrl, and those that print no letter, have none."""
    assert letter_of(event) == letter
