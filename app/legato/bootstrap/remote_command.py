"""Encodes the request of a second start as words, and applies it in the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore

from legato.domain.routine import Side, VoiceLevel
from legato.ui import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legato.bootstrap.composition import Composition
    from legato.bootstrap.stores import Options

START, CRAMP, BRING = "start", "cramp", "bring"
NOTHING = "-"
_START_WORDS = 4
_BRING_WORDS = 2


def encode_command(options: Options) -> tuple[str, ...]:
    """Return the words for what `options` request, without data folder and look."""
    if options.cramp:
        return (CRAMP,)
    if options.bring:
        return (BRING, options.bring)
    if options.start is None:
        return ()
    start = options.start
    side = start.side.value if start.side else NOTHING
    level = start.level.value if start.level else NOTHING
    return (START, start.word, side, level)


def apply_command(app: Composition, words: Sequence[str]) -> None:
    """Do what another start requested; invalid words only bring the window to the front."""
    if list(words) == [CRAMP]:
        app.cramp.cramp_now()
    elif len(words) == _START_WORDS and words[0] == START:
        _start(app, *words[1:])
    elif len(words) == _BRING_WORDS and words[0] == BRING:
        app.import_file(words[1])
    window = app.window
    # `showNormal` would also end a full screen, and make a maximised window small.
    window.setWindowState(window.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def _start(app: Composition, word: str, side: str, level: str) -> None:
    entry = app.shared.routines.entry(word)
    sides = {one.value: one for one in Side}
    levels = {one.value: one for one in VoiceLevel}
    if entry is None or entry.routine is None:
        return
    if app.is_under_way:
        # A session must not be stopped, and only one can be resumed.
        run = app.sessions.controller.run if app.is_session_under_way else None
        if run is None or run.word != word:
            app.window.toast.say(text.not_started(entry.name))
    else:
        app.sessions.controller.start(word, entry.routine, sides.get(side), levels.get(level))
