"""The floors that Legato is measured against, each a program of its own.

    python -m bench.floors bare    a plain window
    python -m bench.floors label   a window that counts once a second

Each prints the monotonic moment of its first paint, then runs until it is ended.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from bench.first_paint import tell_first_paint

WINDOW = (1280, 800)


def bare() -> QWidget:
    """Return a plain window."""
    return QWidget()


def label() -> QLabel:
    """Return a window with large digits that count once a second."""
    digits = QLabel("0")
    digits.setFont(QFont("sans", 200))
    timer = QTimer(digits)
    timer.timeout.connect(lambda: digits.setText(str(int(digits.text()) + 1)))
    timer.start(1000)
    return digits


def main() -> int:
    """Show the floor that the first argument names."""
    app = QApplication(sys.argv)
    window = {"bare": bare, "label": label}[sys.argv[1]]()
    tell_first_paint(window)
    window.resize(*WINDOW)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
