"""Builds the rest of the window after its first frame, one piece in each turn of the event loop."""

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

SESSION_IMPORTS = 14
HOME_IMPORTS = 9
"""How many modules are imported one a turn after the first frame: together they would be felt."""

SWEPT_AFTER_SECONDS = 3600.0


class IdleStartup:
    """What is built once the first page is on the screen.

    Args:
        app: The window and its controllers.
        listen: Begins to take what later starts ask for.
        set_hooks: Begins to catch errors in threads and in Qt.
    """

    def __init__(
        self, app: Composition, *, listen: Callable[[], None], set_hooks: Callable[[], None]
    ) -> None:
        self._app = app
        self._listen = listen
        self._set_hooks = set_hooks
        self._turns = IdleQueue(app)
        self._home_is_furnished = False

    def begin(self) -> None:
        """Begin with what a session needs, then go on with what the first page leads to."""
        self._app.window.page_shown.connect(self._furnish)
        self._turns.add(repeat(partial(next, import_for_sessions(), None), SESSION_IMPORTS))
        self._turns.add((self._build_parts,))

    def close(self) -> None:
        """Build nothing more."""
        self._turns.close()

    def _build_parts(self) -> None:
        """Build what a session needs; help with a cramp comes before all else."""
        from legato.domain.cramp import CrampVariant

        app = self._app
        self._turns.add(
            (
                *(partial(app.shared.routines.entry, way.value) for way in CrampVariant),
                lambda: app.sessions,
                lambda: app.cramp,
                self._set_hooks,
                self._tell_of_settings,
                lambda: self._furnish(app.window.page_name),
                self._listen,
                self._sweep,
                # Its threads would take their share of every turn before it.
                lambda: self._turns.add((app.sessions.get_ready, _collect_garbage_again)),
            )
        )

    def _furnish(self, page: str) -> None:
        """Build what the first page leads to; who goes straight into a session needs none of it."""
        if page not in {"home", "import"} or self._home_is_furnished:
            return
        self._home_is_furnished = True
        app = self._app
        self._turns.add(repeat(partial(next, import_for_home(), None), HOME_IMPORTS))
        self._turns.add(
            (
                app.home.read,
                lambda: app.plan,
                app.home.add_map,
                lambda: app.library_page,
                self._tell_of_folders,
                self._read_on,
            )
        )

    def _read_on(self) -> None:
        if self._app.library_page.read_on():
            self._turns.add((self._read_on,))

    def _sweep(self) -> None:
        """Clean up behind writes that were killed."""
        from legato.storage.cleanup import remove_all_leftovers

        remove_all_leftovers(self._app.paths, before=time.time() - SWEPT_AFTER_SECONDS)

    def _tell_of_settings(self) -> None:
        for problem in (*self._app.settings.problems, *self._app.history.problems):
            self._app.window.toast.say_once(str(problem))

    def _tell_of_folders(self) -> None:
        for problem in self._app.library.problems:
            self._app.window.toast.say_once(str(problem))


def _collect_garbage_again() -> None:
    """Enable the garbage collection, which was disabled for the start (see `cli.window`)."""
    gc.freeze()  # what is built stays: no collection has to look through it
    gc.enable()


def import_for_sessions() -> Iterator[None]:
    """Import what a session and help with a cramp need, a module at each step."""
    import legato.devices.audio.output

    yield
    import legato.devices.keep_awake

    yield
    import legato.devices.media_keys

    yield
    import legato.controllers.session_driver

    yield
    import legato.controllers.session

    yield
    import legato.ui.session.view

    yield
    import legato.ui.session.page

    yield
    import legato.ui.session.end_page

    yield
    import legato.controllers.session_machine

    yield
    import legato.ui.cramp.page

    yield
    import legato.storage.yaml.nodes

    yield
    import legato.storage.care

    yield
    import legato.controllers.cramp

    yield
    import legato.controllers.errors

    yield


def import_for_home() -> Iterator[None]:
    """Import what the home page leads to, a module at each step."""
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
