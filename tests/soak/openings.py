"""Opens every page of one window many times, and looks what that leaves behind.

python -m soak.openings FOLDER TIMES
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from legato.bootstrap.remote_command import CRAMP, apply_command
from legato.domain.routine import Side
from legato.domain.session import Move
from soak.hasty_window import hasty_window, run_steps
from soak.sessions import FIRST, at_rest, note, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from soak.footprint import Footprint
    from soak.hasty_window import HastyWindow

CALF = (("calf", Side.RIGHT),)
OWN = "name: Mine\nsteps:\n  - use: quads\n  - title: Doorway\n    hold: 1 min\n"

QUESTIONS_EVERY = 10
"""Files are asked for once in so many rounds: of each of its dialogs that was closed Qt itself keeps
20 KB, in a program of three lines too."""


class Rounds:
    """Opens one page after another as a user would, and comes back.

    Args:
        window: The window; a routine `mine` is in its library.
    """

    def __init__(self, window: HastyWindow) -> None:
        self._window = window
        joined = window.joined
        self._variants: tuple[tuple[str, Callable[[], object]], ...] = (
            ("library", joined.library_page.show),
            ("settings", joined.settings_page.show),
            ("plan", lambda: joined.plan.show_for(CALF)),  # type: ignore[arg-type]
            ("help", joined.cramp.show_help),
            ("cramp", joined.cramp.cramp_now),
            ("editor", lambda: joined.editor.edit("mine")),
            ("trial", joined.editor._rehearse),
            ("editor", lambda: joined.window.show_page("editor")),
            ("editor", joined.editor._show_source),
            ("editor", joined.editor._offer_moves),
            ("new-routine", joined.editor.new),
            ("import", lambda: joined.import_file(str(joined.paths.routines / "mine.yaml"))),
            ("session", lambda: joined.sessions.controller.start_by_id("tiny-starter")),
            ("why", self._show_why),
            ("end", lambda: window.sessions.controller.do(Move.STOP)),
            ("fault", joined.errors.show_report),
            ("home", window.sessions._back_home),
        )

    @property
    def pages(self) -> frozenset[str]:
        """The pages that a round opens."""
        return frozenset(name for name, _ in self._variants)

    def once(self) -> Iterator[None]:
        """Open every page once, each with the list of keys over it."""
        for name, go in self._variants:
            go()
            yield from self._window.turns()
            assert self._window.page == name
            self._window.joined.window.show_keys()
            yield from self._window.turns(2)
            self._window.joined.window._hide_keys()
            if name == "cramp":
                self._window.joined.cramp._leave_cramp()
        apply_command(self._window.joined, (CRAMP,))
        self._window.joined.cramp._leave_cramp()
        yield from self._window.turns()

    def ask_for_files(self) -> Iterator[None]:
        """Open each file dialog, and cancel it."""
        for ask in (
            self._window.joined.sharing.choose_file,
            self._window.joined.editor._pictures._choose_file,
        ):
            ask()
            yield from self._window.turns(2)
            for dialog in self._window.joined.window.findChildren(QFileDialog):
                dialog.reject()
            yield from self._window.turns(2)

    def _show_why(self) -> None:
        session = self._window.driver.session
        assert session is not None
        self._window.joined.cramp.show_why(session.segment.step)


def openings(window: HastyWindow, times: int, seen: list[Footprint]) -> Iterator[None]:
    """Do `times` rounds; append the resources after each `FIRST` rounds, or after a half."""
    yield from window.until_read()
    rounds = Rounds(window)
    every = min(FIRST, times // 2)
    for number in range(1, times + 1):
        yield from rounds.once()
        if number % QUESTIONS_EVERY == 1:
            yield from rounds.ask_for_files()
        assert rounds.pages == frozenset(window.joined.window._pages), "a page was left out"
        if number % every == 0:
            yield from at_rest(window)
            note(number, seen)


def main(folder: Path, times: int) -> None:
    """Open the pages; return 1 if something leaks."""
    seen: list[Footprint] = []
    (folder / "routines").mkdir(parents=True)
    (folder / "routines" / "mine.yaml").write_text(OWN)
    with hasty_window(folder) as window:
        run_steps(window.app, openings(window, times, seen))
    report(f"{times} openings of every page", seen[0], seen[-1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
