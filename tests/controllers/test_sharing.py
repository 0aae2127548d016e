"""The preview of a shared file, read between the turns of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.bootstrap.composition import Composition
from legato.bootstrap.stores import Options
from legato.controllers import sharing
from legato.storage.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Composition:
    """Return a window that shows its first page."""
    app = Composition(qapp, Options(), Paths(tmp_path / "data"))
    qtbot.addWidget(app.window)
    app.window.show_page("home")
    app.window.show()
    return app


@pytest.fixture
def gift(tmp_path: Path) -> str:
    """Return the path of a routine that somebody gave away."""
    path = tmp_path / "gift.yaml"
    path.write_text("name: Gift\nsteps:\n  - title: Slide\n")
    return str(path)


def test_a_small_file_is_shown_at_once(app: Composition, gift: str) -> None:
    """Nothing is said about a wait."""
    app.sharing.look_into(gift)

    assert app.window.page_name == "import"
    assert app.window.toast.shown == ""


def test_a_large_file_leaves_the_window_its_turns(
    app: Composition, gift: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read in slices, told meanwhile, and shown at the end."""
    monkeypatch.setattr(sharing, "SLICE_SECONDS", -1.0)
    app.sharing.look_into(gift)
    told = app.window.toast.shown
    qtbot.waitUntil(lambda: app.window.page_name == "import")

    assert told == "Looking into gift.yaml …"
    assert app.window.toast.shown == ""


def test_reading_can_be_given_up(
    app: Composition, gift: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page stays as it is."""
    monkeypatch.setattr(sharing, "SLICE_SECONDS", -1.0)
    app.sharing.look_into(gift)
    app.window.toast._do()
    qtbot.wait(50)

    assert app.window.page_name == "home"
