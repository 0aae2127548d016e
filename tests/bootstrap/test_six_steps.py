"""A routine of six steps with a photo, a pose and a time for each side, through the window alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QListView

from leg_maps import CHART, inside
from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.devices.own_python import own_python
from legato.devices.picture_process import ImageProcess
from legato.domain.figure.posing import Handle
from legato.domain.routine import Place
from legato.ui.editor.picker import Picker
from legato.ui.editor.pose_canvas import PoseCanvas
from legato.ui.leg_map.map import LegMap
from mouse_keyboard import ALT, CTRL, SHIFT, Keyboard, Mouse, called

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

# The platform of these tests cannot do what menus and dialogs ask of it.
pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore("This plugin does not support grabbing")]
Key = Qt.Key
WANTED = [
    {"use": "calf1-wall"},
    {"use": "quad-prone", "hold": "3 min", "sides": "right"},
    {"use": "quad-prone", "hold": "90 s", "sides": "left"},
    {"title": "Doorway stretch", "hold": "45 s", "picture": "doorway.png"},
    {"title": "Heel slide", "picture": "figure:heel-slide"},
    {"use": "ham-strap", "hold": "1 min"},
]


@pytest.fixture
def app(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    """Give the window with the library shown."""
    data = tmp_path / "data"
    # On a busy machine the photo may take longer than a person would wait for it.
    command = (*own_python(), "-m", stores.PICTURE_PROGRAM)
    child = ImageProcess(command, patience_seconds=60.0)
    monkeypatch.setattr(stores, "open_picture_child", lambda: child)
    app = App(
        qapp,
        stores.Options(data_dir=str(data), motion=False),
        stores.open_paths(str(data)),
    )
    qtbot.addWidget(app.window)
    app.window.resize(1280, 800)
    app.show()
    qtbot.waitUntil(lambda: not app.is_reading, timeout=20_000)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    app.library_page.show()
    QApplication.processEvents()
    yield app
    app.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return a photo somewhere on the computer."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    path = tmp_path / "doorway.png"
    assert image.save(str(path))
    return path


def steps_of(app: App) -> list[dict[str, object]]:
    """Return what the file holds, times spelled one way."""
    text = (app.paths.routines / "what-anna-said.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    written = yaml.safe_load(text)
    assert written["name"] == "What Anna said"
    assert written["eases"] == ["calf"]
    spelled = {"1 min 30 s": "90 s"}
    return [
        {name: spelled.get(value, value) for name, value in step.items()}
        for step in written["steps"]
    ]


def check(app: App) -> None:
    """See that the file says what was wanted, its pictures lie beside it, and it runs."""
    assert steps_of(app) == WANTED
    own = app.paths.routines / "what-anna-said"
    assert (own / "doorway.png").is_file()
    assert (own / "heel-slide.yaml").is_file()
    entry = app.library.entry("what-anna-said")
    assert entry is not None
    assert entry.problems == ()
    assert entry.routine is not None
    assert len(entry.routine.steps) == len(WANTED)


def choose_file(app: App, path: Path) -> None:
    """Type a file's name into the dialog that has come up, open it, and be back in the window."""
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
    name = dialog.findChild(QLineEdit)
    assert name is not None
    keys = Keyboard(dialog)
    name.setFocus()
    keys.type_over(str(path))
    keys.press(Key.Key_Return)
    # A desktop gives the keyboard back; the platform of these tests does not.
    app.window.activateWindow()
    QApplication.processEvents()


def wait_for_photo(app: App, qtbot: QtBot) -> None:
    """See the photo come in; it is looked at apart, and nobody waits for it but this test."""

    def is_there() -> bool:
        draft = app.editor.document.draft
        pictures = [getattr(line, "picture", "") for line in draft.steps] if draft else []
        return "doorway.png" in pictures

    qtbot.waitUntil(is_there, timeout=60_000)


def rows_of(app: App) -> QListView:
    """Return what is offered to choose from."""
    chooser = app.editor.page.findChild(Picker)
    assert chooser is not None
    rows = chooser.findChild(QListView)
    assert rows is not None
    return rows


def begin_by_mouse(app: App, mouse: Mouse) -> None:
    """Name a new routine and say what it eases."""
    mouse.press("New")
    mouse.press("1  Empty")
    mouse.type_into("Name", "What Anna said")
    legs = next(one for one in app.editor.page.findChildren(LegMap) if one.isVisible())
    calf = next(one for one in CHART.regions if one.place is Place.CALF)
    mouse.click(legs, inside(legs, calf))


def add_moves_by_mouse(app: App, mouse: Mouse) -> None:
    """Add three moves, one with a time for each side, and put the last one first."""

    def add(move: str) -> None:
        mouse.press("Add a move")
        mouse.type_into("Search", move)
        mouse.click_row(rows_of(app), 0)

    add("quad-prone")
    mouse.press("A time of its own for each side")
    mouse.type_into("Hold", "3 min")
    mouse.click_row(app.editor.page.cards, 1)
    mouse.type_into("Hold", "90 s")
    add("ham-strap")
    mouse.type_into("Hold", "1 min")
    add("calf1-wall")
    for _ in range(3):
        mouse.pick("Chosen steps", "Move up")


def add_own_by_mouse(app: App, mouse: Mouse, photo: Path) -> None:
    """Add a step with a photo and one with a pose after the third."""
    mouse.click_row(app.editor.page.cards, 2)
    mouse.press("Add my own step")
    mouse.type_into("Title", "Doorway stretch")
    mouse.type_into("Hold", "45 s")
    mouse.press("Image file")
    choose_file(app, photo)
    mouse.press("Add my own step")
    mouse.type_into("Title", "Heel slide")
    mouse.press("Pose a figure")
    mouse.click_row(rows_of(app), 3)
    canvas = app.editor.page.findChild(PoseCanvas)
    assert canvas is not None
    knee = canvas.point_of(Handle.NEAR_KNEE)
    assert knee is not None
    mouse.drag(canvas, knee.toPoint(), QPoint(-30, -20))
    mouse.press("Roller")
    mouse.press("Use this pose")


def test_by_mouse(app: App, photo: Path, qtbot: QtBot) -> None:
    """Everything but the words themselves is done with the mouse."""
    mouse = Mouse(app.window)
    begin_by_mouse(app, mouse)
    add_moves_by_mouse(app, mouse)
    add_own_by_mouse(app, mouse, photo)
    wait_for_photo(app, qtbot)
    mouse.press("Save")

    check(app)


def begin_by_keyboard(keys: Keyboard) -> None:
    """Name a new routine and say what it eases."""
    keys.press(Key.Key_N, CTRL)
    keys.press(Key.Key_1)
    keys.type("What Anna said")
    keys.press(Key.Key_Tab)
    keys.press(Key.Key_Tab)
    for arrow in (*[Key.Key_Down] * 4, *[Key.Key_Right] * 3, *[Key.Key_Up] * 3):
        if not called(keys.at).startswith("Calf, "):
            keys.press(arrow)
    keys.press(Key.Key_Space)


def add_moves_by_keyboard(keys: Keyboard) -> None:
    """Add three moves, one with a time for each side."""

    def add(move: str) -> None:
        keys.press(Key.Key_M, CTRL)
        keys.type(move)
        keys.press(Key.Key_Return)

    add("calf1-wall")
    add("quad-prone")
    keys.press(Key.Key_3, CTRL)
    keys.go_to("A time of its own for each side")
    keys.press(Key.Key_Space)
    keys.type("3 min")
    keys.press(Key.Key_2, CTRL)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Return)
    keys.type("90 s")
    add("ham-strap")
    keys.press(Key.Key_Return)
    keys.type("1 min")


def add_own_by_keyboard(app: App, keys: Keyboard, photo: Path) -> None:
    """Add a step with a photo and one with a pose before the last."""
    keys.press(Key.Key_2, CTRL)
    keys.press(Key.Key_Up)
    keys.press(Key.Key_N, CTRL | SHIFT)
    keys.type("Doorway stretch")
    keys.press(Key.Key_Tab)
    keys.type("45 s")
    keys.go_to("Choose an image file", back=True)
    keys.press(Key.Key_Space)
    choose_file(app, photo)
    keys.press(Key.Key_N, CTRL | SHIFT)
    keys.type("Heel slide")
    keys.go_to("Pose a figure", back=True)
    keys.press(Key.Key_Space)
    keys.type("wall")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_PageDown)
    keys.press(Key.Key_Up, SHIFT)
    keys.press(Key.Key_Return)


def test_by_keyboard(app: App, photo: Path, qtbot: QtBot) -> None:
    """No mouse at all; a step that was moved by mistake is put back by undo."""
    keys = Keyboard(app.window)
    begin_by_keyboard(keys)
    add_moves_by_keyboard(keys)
    add_own_by_keyboard(app, keys, photo)
    keys.press(Key.Key_2, CTRL)
    keys.press(Key.Key_Up, ALT)
    keys.press(Key.Key_Z, CTRL)
    wait_for_photo(app, qtbot)
    keys.press(Key.Key_S, CTRL)

    check(app)
