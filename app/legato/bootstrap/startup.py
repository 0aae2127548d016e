"""Builds the rest of the window after its first frame, one part at a time when it is idle."""

# ruff: noqa: F401, PLC0415 - modules are imported here so that nothing waits for them later

from __future__ import annotations

import gc
import time
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from legato.ui.idle import IdleQueue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from legato.bootstrap.composition import Composition

SESSION_IMPORTS = 15
CRAMP_IMPORTS = 10
HOME_IMPORTS = 10
"""How many modules to import after the first frame, one at a time: all at once would stutter."""

SWEPT_AFTER_SECONDS = 3600.0


class IdleStartup:
    """Builds the other parts after the first frame.

    Args:
        app: The window and its controllers.
        listen: Starts receiving the requests of later starts.
        set_hooks: Starts reporting errors of threads and Qt.
    """

    def __init__(
        self, app: Composition, *, listen: Callable[[], None], set_hooks: Callable[[], None]
    ) -> None:
        self._app = app
        self._listen = listen
        self._set_hooks = set_hooks
        self._turns = IdleQueue(app)
        self._is_rest_built = False

    def begin(self) -> None:
        """Build what a session needs, then what the first page leads to."""
        self._app.window.page_shown.connect(self._build_rest)
        self._turns.add((self._share_one_heap, self._add_key_filters))
        self._turns.add(repeat(partial(next, import_for_sessions(), None), SESSION_IMPORTS))
        self._turns.add(repeat(partial(next, import_for_cramps(), None), CRAMP_IMPORTS))
        self._turns.add((self._build_parts,))

    def close(self) -> None:
        """Stop building."""
        self._turns.close()

    def _build_parts(self) -> None:
        """Build what a session needs, and the help with a cramp before that."""
        from legato.domain.cramp import CrampVariant

        app = self._app
        self._turns.add(
            (
                *(partial(app.shared.routines.entry, variant.value) for variant in CrampVariant),
                # The index of 10,000 files stays; to collect it would take a turn of 60 ms.
                gc.freeze,
                lambda: app.sessions,
                lambda: app.cramp,
                self._set_hooks,
                self._report_settings_problems,
                lambda: self._build_rest(app.window.page_name),
                self._listen,
                self._sweep,
                # Last, because its threads would slow every task before it.
                lambda: self._turns.add((app.sessions.get_ready, self._finish)),
            )
        )

    def _build_rest(self, page: str) -> None:
        """Build what the first page leads to; a run that begins with a session needs none of it."""
        if page not in {"home", "import"} or self._is_rest_built:
            return
        self._is_rest_built = True
        app = self._app
        self._turns.add(repeat(partial(next, import_for_home(), None), HOME_IMPORTS))
        self._turns.add(
            (
                app.home.read,
                lambda: app.plan,
                app.home.add_map,
                lambda: app.library_page,
                self._report_folder_problems,
                self._read_on,
            )
        )

    def _read_on(self) -> None:
        reads_on = self._app.library_page.read_on()
        self._turns.add((self._read_on if reads_on else self._return_free_memory,))

    def _add_key_filters(self) -> None:
        from legato.ui.keyboard_layout import LatinKeys
        from legato.ui.page_guard import PageGuard

        LatinKeys(self._app.window)
        PageGuard(self._app.window)

    def _share_one_heap(self) -> None:
        from legato.devices import heap

        heap.share_one_heap()

    def _finish(self) -> None:
        """Collect garbage again, which the start did without (see `cli.window`)."""
        gc.freeze()  # what is built stays; the collector need not scan it
        gc.enable()
        self._return_free_memory()

    def _return_free_memory(self) -> None:
        import linecache

        from legato.devices import heap

        linecache.clearcache()  # PySide6 read sources into it before its import was put back
        heap.return_free_memory()

    def _sweep(self) -> None:
        """Remove the leftovers of killed writes."""
        from legato.storage.cleanup import remove_all_leftovers

        remove_all_leftovers(self._app.paths, before=time.time() - SWEPT_AFTER_SECONDS)

    def _report_settings_problems(self) -> None:
        for problem in (*self._app.settings.problems, *self._app.history.problems):
            self._app.window.toast.say_once(str(problem))

    def _report_folder_problems(self) -> None:
        for problem in self._app.library.problems:
            self._app.window.toast.say_once(str(problem))


def import_for_sessions() -> Iterator[None]:
    """Import what a session needs, one module at each step."""
    import legato.devices.audio.miniaudio_backend

    yield
    import legato.devices.audio.playsound_backend

    yield
    import legato.devices.audio.output

    yield
    import legato.devices.keep_awake

    yield
    import legato.devices.media_keys

    yield
    import legato.domain.session

    yield
    import legato.domain.resume

    yield
    import legato.controllers.session_driver

    yield
    import legato.controllers.session

    yield
    import legato.domain.figure.model

    yield
    import legato.ui.figures.painter

    yield
    import legato.ui.session.view

    yield
    import legato.ui.session.page

    yield
    import legato.ui.session.end_page

    yield
    import legato.controllers.session_machine

    yield


def import_for_cramps() -> Iterator[None]:
    """Import what the help with a cramp needs beyond that, one module at each step."""
    import legato.ui.cramp.page

    yield
    import yaml

    yield
    import legato.storage.yaml.nodes

    yield
    import legato.storage.care

    yield
    import legato.controllers.cramp

    yield
    import legato.storage.cleanup

    yield
    import legato.domain.error_report

    yield
    from PySide6 import QtSvg  # for the icons of a session

    yield
    from PySide6.QtGui import QAccessible  # whose enums are made when it is first used

    yield
    import legato.controllers.errors

    yield


def import_for_home() -> Iterator[None]:
    """Import what the home page leads to, one module at each step."""
    import legato.domain.documents

    yield
    import legato.storage.library

    yield
    import legato.ui.figures.painter

    yield
    import legato.storage.figures

    yield
    import legato.ui.leg_map.map

    yield
    import legato.storage.body_map

    yield
    import legato.controllers.plan

    yield
    import legato.ui.plan.page

    yield
    import legato.ui.library.page

    yield
    import legato.controllers.library

    yield
