"""Starts Legato and spends an evening with it: what a person does, all of it, in some seconds.

    python -m outside.evening FOLDER [arguments of legato ...]

FOLDER gets the files that a person would choose, and has those that they give. What was done is
printed, a line each.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legato.cli import main
from legato.cli import window as cli_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from legato.bootstrap.app import App

LOOK_MS = 30
MOST_LOOKS = 2400
SHORT = """name: Short
ready: 1 s
switch: 1 s
steps:
  - title: Calf
    hold: 2 s
    setup: [Lie down.]
"""
"""A session of a few seconds, with cues and lines, on both sides."""


class Person:
    """Does one action after another, and waits if needed.

    Args:
        app: The window and all that it is made of.
        folder: Where files are chosen.
    """

    def __init__(self, app: App, folder: Path) -> None:
        from PySide6.QtCore import QTimer  # noqa: PLC0415 - Qt is imported as Legato does it

        self._app = app
        self._folder = folder
        self._script = self._evening()
        self._until: Callable[[], object] | None = None
        self._looks = 0
        self._timer = QTimer(app)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.on_look)
        self._timer.start()

    def on_look(self) -> None:
        """Go on if the awaited state is there."""
        self._looks += 1
        if self._looks > MOST_LOOKS:
            _say("waited too long")
            self._app.window.close()
        elif self._until is None or self._until():
            self._until = next(self._script, None)
            if self._until is None:
                self._timer.stop()
                self._app.window.close()

    def _evening(self) -> Iterator[Callable[[], object]]:
        app = self._app
        yield lambda: not app.is_reading
        _say("opened")
        yield from self._session()
        yield from self._edit()
        yield from self._share()
        yield from self._settings()
        yield from self._cramp_and_fault()
        _say("done")

    def _session(self) -> Iterator[Callable[[], object]]:
        app = self._app
        app.paths.routines.mkdir(mode=0o700, parents=True, exist_ok=True)
        (app.paths.routines / "short.yaml").write_text(SHORT, encoding="utf-8")
        app.reload()
        app.sessions.controller.start_by_id("short")
        yield lambda: app.window.page_name == "end"
        _say("a session was finished")
        app.sessions.controller.start_by_id("bedtime")
        yield lambda: app.window.page_name == "session"
        self._press("Escape")
        yield lambda: app.window.page_name == "end"
        _say("a session was stopped")
        self._press("Escape")

    def _edit(self) -> Iterator[Callable[[], object]]:
        from PySide6.QtGui import QImage  # noqa: PLC0415 - see above

        app, image = self._app, QImage(1700, 30, QImage.Format.Format_RGB32)
        image.fill(0xFF336699)
        image.save(str(self._folder / "door.png"))
        app.editor.edit("short")
        app.editor.page.steps.duplicate()
        app.editor.keep()
        app.editor.document.save()
        app.editor.page.picture.file_given.emit(str(self._folder / "door.png"))
        yield (app.paths.routines / "short").is_dir
        app.editor.document.save()
        _say("a routine was edited")
        self._press("Escape")
        app.editor.delete("short")
        _say("a routine was deleted")
        yield lambda: app.library.entry("short") is None
        app.editor.bring_back()
        self._press("Return")
        yield lambda: app.library.entry("short") is not None
        _say("a routine was brought back")

    def _share(self) -> Iterator[Callable[[], object]]:
        app, target = self._app, self._folder / "given.legato"
        app.editor.edit("bedtime")
        app.editor.page.steps.delete()
        app.editor.document.save()
        app.editor._export()
        self._choose(target)
        yield target.is_file
        _say("a routine was given away")
        app.sharing.choose_file()
        self._choose(self._folder / "brought.yaml")
        yield lambda: app.window.page_name == "import"
        self._press("Return")
        yield lambda: app.library.entry("brought") is not None
        _say("a routine was brought in")

    def _settings(self) -> Iterator[Callable[[], object]]:
        from dataclasses import replace  # noqa: PLC0415 - see above

        app = self._app
        app.settings_page.show()
        app.settings.change(replace(app.settings.current, text_size=120))
        yield app.paths.settings.is_file
        _say("a setting was changed")

    def _cramp_and_fault(self) -> Iterator[Callable[[], object]]:
        app = self._app
        app.cramp.cramp_now()
        yield lambda: app.window.page_name == "cramp"
        app.cramp.close()
        app.errors.show_report()
        yield lambda: app.window.page_name == "fault"
        _say("a report was shown")

    def _choose(self, path: Path) -> None:
        """Choose a file in the dialog that is open."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - see above

        *_, dialog = self._app.window.findChildren(QFileDialog)
        dialog.selectFile(str(path))
        dialog.accept()

    def _press(self, key: str) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415 - see above
        from PySide6.QtTest import QTest  # noqa: PLC0415 - see above

        window = self._app.window
        QTest.keyClick(window.focusWidget() or window, Qt.Key[f"Key_{key}"])


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _spend(words: list[str]) -> int:
    """Run the program with the actions of a user, and return its exit code."""
    from legato.bootstrap import main as opening  # noqa: PLC0415 - see above
    from legato.bootstrap.app import App  # noqa: PLC0415 - see above

    folder, opened = Path(words[0]), []

    class WatchedApp(App):
        """Tells that it is there."""

        def __init__(self, *parts: Any) -> None:  # noqa: ANN401 - whatever the program gives
            super().__init__(*parts)
            opened.append(self)

    vars(opening)["App"] = WatchedApp
    people: list[Person] = []
    cli_window.run_window = partial(
        cli_window.run_window,
        when_built=lambda _window: people.append(Person(opened[0], folder)),
    )
    return main.run(words[1:])


if __name__ == "__main__":
    sys.exit(_spend(sys.argv[1:]))
