"""Values of Qt's `Qt` namespace for what is built before the first frame.

The first use of `QtCore.Qt` makes 93 Python enumerations with 1,195 members, which takes a tenth of a
start. A property takes the same value as a number. Modules of the first frame import `QtCore` and
name `QtCore.Qt` only in what runs later; a test holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

NO_FOCUS = ("focusPolicy", 0)
TAB_FOCUS = ("focusPolicy", 1)
NO_HORIZONTAL_SCROLL_BAR = ("horizontalScrollBarPolicy", 1)
PLAIN_TEXT = ("textFormat", 0)
BOTTOM_RIGHT = ("alignment", 0x0002 | 0x0040)
WINDOW_SHORTCUT = ("context", 1)
APPLICATION_SHORTCUT = ("context", 2)


def set_properties(target: QObject, *values: tuple[str, int]) -> None:
    """Set properties of an object to values of the `Qt` namespace."""
    for name, value in values:
        target.setProperty(name, value)
