"""What the running window never loads, looked at in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from soak.soak import ALONE

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import json, linecache, sys
from legato.cli import main
from legato.cli import window as cli_window

def run_window(options, when_built=None):
    from legato.bootstrap import main as bootstrap
    from legato.bootstrap.app import App
    from PySide6.QtCore import QCoreApplication, QTimer
    shown = App.show
    found = {}

    def look(app):
        is_warm = "miniaudio" in sys.modules and not app.is_reading
        if is_warm and "home" not in found and "legato.devices.start_listener" in sys.modules:
            found["home"] = sorted(sys.modules)
            app.sessions.controller.start_by_id("quads")
        elif found and app.paths.resume.exists() and "wakepy" in sys.modules:
            found["session"] = sorted(sys.modules)
            found["sources"] = sorted(linecache.cache)
            QCoreApplication.quit()

    def show(app):
        shown(app)
        timer = QTimer(app)
        timer.timeout.connect(lambda: look(app))
        timer.start(10)

    App.show = show
    code = bootstrap.run(options)
    print(json.dumps(found))
    return code

cli_window.run_window = run_window
sys.exit(main.run(["--data-dir", sys.argv[1]]))
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the modules on the first page and in a session, and the sources that were read."""
    pytest.importorskip("miniaudio", reason="miniaudio has no wheel for this machine")
    folder: Path = tmp_path_factory.mktemp("light")
    (folder / "runtime").mkdir(mode=0o700)
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, folder / "data"],
        env={**os.environ, **ALONE, "XDG_RUNTIME_DIR": str(folder / "runtime")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=100,
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("page", ["home", "session"])
@pytest.mark.parametrize(
    "module", ["ssl", "_hashlib", "http", "email", "html.entities", "asyncio", "PySide6.QtNetwork"]
)
def test_what_takes_megabytes_is_never_loaded(
    loaded: dict[str, list[str]], page: str, module: str
) -> None:
    """Neither an HTTP client nor OpenSSL nor Qt's network: nothing here uses a network."""
    assert module not in loaded[page]


@pytest.mark.parametrize("page", ["home", "session"])
@pytest.mark.parametrize(
    "part", ["legato.ui.editor", "legato.controllers.editor", "legato.storage.history"]
)
def test_who_edits_nothing_has_no_editor(
    loaded: dict[str, list[str]], page: str, part: str
) -> None:
    """The editor is loaded when it is first opened."""
    assert part not in loaded[page]


def test_no_source_of_ours_is_kept(loaded: dict[str, list[str]]) -> None:
    """PySide6 reads the source of every imported module into linecache: 7 MB."""
    assert not [path for path in loaded["sources"] if "legato" in path]
