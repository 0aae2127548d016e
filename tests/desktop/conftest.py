"""A real X11 screen with a window manager, and the program's window on it.

These tests run on the platform that people use: the offscreen platform of all other tests binds
other keys, knows no window manager and no focus of its own, and repaints everything. They need a
process of their own, because Qt's platform is chosen once: `./run test` runs them by themselves,
`./run test tests/desktop -k NAME` some of them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from builders import routine, step
from desktop.screen import Screen
from desktop.window import Desktop, Evening
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.bootstrap.stores import Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from legato.ui.main_window import Application


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """Return a screen of 1280x900 with a window manager, shared by the tests of this folder."""
    with Screen("1280x900") as screen:
        os.environ["DISPLAY"] = screen.name
        yield screen


@pytest.fixture(scope="session")
def qapp_cls(screen: Screen) -> type[QApplication]:
    """Let pytest-qt create the program's application, once there is a screen."""
    from legato.ui.main_window import Application  # noqa: PLC0415 - after the screen

    assert screen.name
    return Application


@pytest.fixture
def open_desktop(
    qapp: Application, qtbot: QtBot, screen: Screen, tmp_path: Path
) -> Iterator[Callable[..., Desktop]]:
    """Return a function that opens the program's window with the options of a command line."""
    assert QApplication.platformName() == "xcb", "start these by ./run test tests/desktop"
    running: list[App] = []
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()

    def open_window(**options: object) -> Desktop:
        chosen = stores.Options(data_dir=str(tmp_path), **options)  # type: ignore[arg-type] # as in Options
        app = App(qapp, chosen, stores.open_paths(str(tmp_path)))
        running.append(app)
        app.show()
        qtbot.waitUntil(app.window.isActiveWindow)
        return Desktop(app, screen, qtbot)

    yield open_window
    for app in running:
        app.close()
        app.window.close()
        app.window.deleteLater()
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def desktop(open_desktop: Callable[..., Desktop]) -> Desktop:
    """Return the program after a start, with all routines read."""
    desktop = open_desktop()
    desktop.wait_until(lambda: not desktop.app.is_reading)
    return desktop


@pytest.fixture
def begin(open_desktop: Callable[..., Desktop]) -> Callable[..., Evening]:
    """Return what opens the program with a session in its first hold, of a length in seconds."""

    def begin(hold: float | None = 120.0) -> Evening:
        one = step("Thigh", hold=hold)  # of each side: nothing is asked before it
        return Evening(open_desktop(start=Start("thigh", routine(one, one, one))))

    return begin
