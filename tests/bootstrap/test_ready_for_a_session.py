"""What a first session needs is loaded before somebody starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import legato

PROGRAM = """
import os, sys, time
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.ui.main_window import Application

application = Application(["legato"])
app = App(application, stores.Options(data_dir=sys.argv[1]), stores.open_paths(sys.argv[1]))
app.show()
end = time.monotonic() + 50
while app.is_reading and time.monotonic() < end:
    application.processEvents()
before = set(sys.modules)
app.sessions.controller.start_by_id("bedtime")
application.processEvents()
new = [name for name in set(sys.modules) - before if name.startswith(("legato", "PySide6"))]
print(app.window.page_name, *sorted(new), flush=True)
os._exit(0)
"""


def test_a_first_session_imports_nothing() -> None:
    """Its first turn is not spent on modules of the program or of PySide6."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ |= {"PYTHONPATH": str(Path(legato.__file__).parents[1])}
    command = [sys.executable, "-P", "-c", PROGRAM, os.environ["LEGATO_DATA_DIR"]]

    done = subprocess.run(
        command, env=environ, stdout=subprocess.PIPE, text=True, check=True, timeout=60
    )

    assert done.stdout.split() == ["session"]
