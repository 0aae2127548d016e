"""Runs the window until it is closed, or passes the request to a window that is open."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

import legato.bootstrap.pyside_import  # before all other modules
from legato.bootstrap.app import App
from legato.bootstrap.remote_command import encode_command
from legato.bootstrap.stores import open_paths
from legato.controllers.error_hooks import ErrorHooks
from legato.devices.dbus_probe import avoid_unresponsive_bus
from legato.devices.single_instance import (
    PATIENCE_SECONDS,
    Outcome,
    SingleInstance,
    runtime_folder,
)
from legato.ui import text
from legato.ui.main_window import Application

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from legato.bootstrap.stores import Options
    from legato.devices.start_request import StartRequest

CRAMP_PATIENCE_SECONDS = 1.0
"""How long a start with a cramp waits for the answer of an open window, in seconds."""


def run(options: Options, when_built: Callable[[QWidget], None] | None = None) -> int:
    """Open the window and run until it is closed, or pass the request to one that is open.

    If another window has the same files open and does not answer, open a second one with a note:
    someone with a cramp must not be refused. Atomic writes keep the files of both intact.

    Args:
        options: The options of the command line.
        when_built: Called with the window before it is shown.

    Returns:
        The exit code.
    """
    paths = open_paths(options.data_dir)
    instance = SingleInstance(runtime_folder(), paths.data)
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")

    def request() -> StartRequest:
        from legato.devices.start_request import StartRequest  # noqa: PLC0415 - seldom needed

        return StartRequest(encode_command(options), str(Path.cwd()), token)

    outcome = instance.start(
        request,
        patience_seconds=CRAMP_PATIENCE_SECONDS if options.cramp else PATIENCE_SECONDS,
    )
    if outcome is Outcome.HANDED_OVER:
        return 0
    avoid_unresponsive_bus()
    with ErrorHooks(paths.log) as hooks:
        app = Application(sys.argv[:1])
        app.setApplicationName("Legato")
        # Qt's file dialog would otherwise store the chosen files in ~/.config, readable by others.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
        joined = App(app, options, paths, instance, hooks)
        app.file_given.connect(joined.import_file)
        if when_built:
            when_built(joined.window)
        joined.show()
        if outcome is Outcome.NO_ANSWER:
            joined.window.toast.say(text.BESIDE_ANOTHER)
        try:
            code = app.exec()
        finally:
            gc.enable()
        joined.close()
    legato.bootstrap.pyside_import.unpack_pyside()
    return code
