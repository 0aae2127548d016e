"""Builds the rest of the window after its first frame, one piece in each turn of the event loop."""

from __future__ import annotations

import time
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from legato.ui.idle import IdleQueue

if TYPE_CHECKING:
    from legato.bootstrap.app import App

FOR_SESSIONS = (
    "devices.audio.output",
    "devices.keep_awake",
    "devices.media_keys",
    "controllers.session_driver",
    "controllers.session",
    "ui.session.view",
    "ui.session.page",
    "ui.session.end_page",
    "controllers.session_machine",
    "ui.cramp.page",
    "storage.yaml.nodes",
    "storage.care",
    "controllers.cramp",
    "controllers.errors",
)
FOR_HOME = (
    "storage.library",
    "ui.figures.painter",
    "storage.figures",
    "ui.leg_map.map",
    "storage.body_map",
    "controllers.plan",
    "ui.plan.page",
    "ui.library.page",
    "controllers.library",
)
"""Modules that are imported one a turn after the first frame: together they would be felt."""

SWEPT_AFTER_SECONDS = 3600.0


class IdleStartup:
    """What is built once the first page is on the screen.

    Args:
        app: What the window is made of.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._turns = IdleQueue(app)
        self._home_is_furnished = False

    def begin(self) -> None:
        """Begin with what a session needs, then go on with what the first page leads to."""
        self._app.window.page_shown.connect(self._furnish)
        modules = (partial(import_module, f"legato.{name}") for name in FOR_SESSIONS)
        self._turns.add((*modules, self._build_parts))

    def close(self) -> None:
        """Build nothing more."""
        self._turns.close()

    def _build_parts(self) -> None:
        """Build what a session needs; help with a cramp comes before all else."""
        from legato.domain.cramp import CrampVariant  # noqa: PLC0415 - see above

        app = self._app
        self._turns.add(
            (
                *(partial(app.entry, way.value) for way in CrampVariant),
                lambda: app.parts,
                lambda: app.care,
                app.hear_of_faults,
                self._tell_of_settings,
                lambda: self._furnish(app.window.page_name),
                app.listen,
                self._sweep,
                # Its threads would take their share of every turn before it.
                lambda: self._turns.add((app.parts.get_ready,)),
            )
        )

    def _furnish(self, page: str) -> None:
        """Build what the first page leads to; who goes straight into a session needs none of it."""
        if page not in {"home", "import"} or self._home_is_furnished:
            return
        self._home_is_furnished = True
        app = self._app
        self._turns.add(
            (
                *(partial(import_module, f"legato.{name}") for name in FOR_HOME),
                app.home.read,
                lambda: app.plans,
                app.home.add_map,
                lambda: app.shelf,
                self._tell_of_folders,
                self._read_on,
            )
        )

    def _read_on(self) -> None:
        if self._app.shelf.read_on():
            self._turns.add((self._read_on,))

    def _sweep(self) -> None:
        """Clean up behind writes that were killed."""
        from legato.storage.cleanup import remove_all_leftovers  # noqa: PLC0415 - see above

        remove_all_leftovers(self._app.paths, before=time.time() - SWEPT_AFTER_SECONDS)

    def _tell_of_settings(self) -> None:
        for problem in self._app.choices.problems:
            self._app.window.toast.say_once(str(problem))

    def _tell_of_folders(self) -> None:
        for problem in self._app.library.problems:
            self._app.window.toast.say_once(str(problem))
