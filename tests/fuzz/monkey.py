"""A monkey at the window: any key, any click, anywhere, while files change and time leaps."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThread, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fuzz.ears import Ears
from fuzz.limits import MOST_SECONDS, allow, waited_seconds
from fuzz.monkey_acts import ACTS, HAUNTS
from fuzz.monkey_room import LeapingClock, close_doors, furnish
from fuzz.target import Trial, chance
from legato.bootstrap import stores
from legato.bootstrap.app import App

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from legato.storage.paths import Paths

ACTS_A_LIFE = 150
HOMESICK = 0.1
"""How often a monkey goes back to where it is at home, out of 1."""
OPENING_SECONDS = 10.0
"""Processor time until the window is furnished: every part of the program is imported in it."""
RESCUE_MS = 100


class Monkey:
    """Random input to one window.

    Attributes:
        random: What it does.
        paths: The user's files.
        app: The window, opened anew once it was closed.
        clock: What sessions run by.
    """

    def __init__(self, folder: Path, random: Random, ears: Ears) -> None:
        self.random = random
        self.paths: Paths = stores.open_paths(str(folder / "data"))
        self.clock = LeapingClock()
        self._ears = ears
        self._reopened = False
        self._acts = [act for act, weight in ACTS for _ in range(weight)]
        self._haunt = random.choice(HAUNTS)
        furnish(self.paths, random)
        close_doors(self.paths, random)
        self.clock.install()
        self.app = self._opened()
        self._settle("opening")

    def live(self) -> None:
        """Do one random action after another, and close the window."""
        for _ in range(ACTS_A_LIFE):
            if not self.app.window.isVisible() and self.random.random() < 0.3:
                self.app.window.show()
            act = self.random.choice(self._acts)
            if self._haunt and self.random.random() < HOMESICK:
                act = self._haunt
            allow()
            before = waited_seconds()
            act(self)
            self._settle(act.__name__)
            waited = waited_seconds() - before
            assert waited < MOST_SECONDS, f"the window waited {waited:.1f} s in {act.__name__}"
        self._close()

    def reopen(self) -> None:
        """Close the window and open another on the same files."""
        if self._reopened:
            return
        self._reopened = True
        self._close()
        self.app = self._opened()
        self._settle("opening")

    def _opened(self) -> App:
        allow(OPENING_SECONDS)
        running = QApplication.instance()
        assert isinstance(running, QApplication)
        options = stores.Options(data_dir=str(self.paths.data), cramp=self.random.random() < 0.1)
        app = App(running, options, self.paths)
        app.show()
        for _ in range(self.random.choice((0, 3, 400))):
            QApplication.processEvents()
            if not app.is_reading:
                break
        app.window.activateWindow()
        return app

    def _close(self) -> None:
        """Close the window as at the end of a run; its parts end when nothing holds them."""
        allow()
        self.app.window.close()
        self.app.close()
        self._settle("closing")

    def _settle(self, what: str) -> None:
        for _ in range(3):
            QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        try:
            self._ears.check()
        except AssertionError as error:
            error.add_note(f"after {what.removeprefix('_')} on page {self.app.window.page_name}")
            raise


class Rescue(QTimer):
    """Ends everything that waits for a user: open menus and drags."""

    def __init__(self, random: Random) -> None:
        super().__init__(interval=RESCUE_MS)
        self._random = random
        self.timeout.connect(self._look)
        self.start()

    def _look(self) -> None:
        if not QThread.currentThread().loopLevel():
            return
        popup = QApplication.activePopupWidget()
        window = popup or QApplication.activeWindow()
        if window is None:
            return
        keys = (Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Down)
        QTest.keyClick(window, self._random.choice(keys) if popup else Qt.Key.Key_Escape)


def open_monkey(folder: Path) -> Trial:
    """Run random input on a new window with new files."""
    running = QApplication.instance() or QApplication([])
    ears = Ears()

    def trial(data: bytes) -> None:
        assert running
        home = folder / "monkey"
        home.mkdir()
        random = chance(data)
        rescue = Rescue(random)
        try:
            Monkey(home, random, ears).live()
        finally:
            rescue.stop()
            shutil.rmtree(home)

    return trial
