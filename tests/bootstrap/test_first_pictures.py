"""The pictures of the first page in its first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from legato.bootstrap import stores
from legato.bootstrap.app import App
from legato.ui.pictures.thumbnails import StepThumb

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from legato.ui.main_window import Application


def begin(qapp: Application, folder: Path, theme: str = "night") -> App:
    """Open the window as a start does."""
    app = App(qapp, stores.Options(theme=theme), stores.open_paths(str(folder)))
    app.window.resize(1280, 800)
    app.show()
    return app


def pictures_of(app: App) -> list[QImage]:
    """Return the rooms of the pictures as they are painted now, without another turn."""
    whole = app.window.grab().toImage()
    thumbs = app.home.page.findChildren(StepThumb)
    return [whole.copy(one.rect().translated(one.mapTo(app.window, QPoint()))) for one in thumbs]


def finish(app: App, qtbot: QtBot) -> list[QImage]:
    """Close the window once all is painted; return its pictures."""
    qtbot.waitUntil(lambda: not app.is_reading, timeout=60_000)
    qtbot.waitUntil(lambda: len(app.home.page.painted_pictures()) == 2, timeout=20_000)
    shown = pictures_of(app)
    app.close()
    app.window.close()
    return shown


def is_empty(picture: QImage) -> bool:
    """Return whether a picture has one colour."""
    first = picture.pixel(0, 0)
    columns, rows = range(0, picture.width(), 7), range(0, picture.height(), 7)
    return all(picture.pixel(x, y) == first for x in columns for y in rows)


def test_a_second_start_shows_its_pictures_at_once(
    qtbot: QtBot, qapp: Application, tmp_path: Path
) -> None:
    """They are painted from the pixels of last time, before any routine is read."""
    before = finish(begin(qapp, tmp_path), qtbot)
    app = begin(qapp, tmp_path)
    at_once = pictures_of(app)
    after = finish(app, qtbot)

    assert not any(map(is_empty, before))
    assert at_once == before == after


def test_the_first_start_ever_leaves_their_room_empty(qapp: Application, tmp_path: Path) -> None:
    """There is no last time."""
    app = begin(qapp, tmp_path)
    shown = pictures_of(app)
    app.close()

    assert all(map(is_empty, shown))


def test_a_window_that_is_closed_early_keeps_those_of_before(
    qtbot: QtBot, qapp: Application, tmp_path: Path
) -> None:
    """As after help with a cramp alone, by day: nothing was painted in its theme."""
    before = finish(begin(qapp, tmp_path), qtbot)
    begin(qapp, tmp_path, "day").close()
    app = begin(qapp, tmp_path)
    shown = pictures_of(app)
    app.close()

    assert shown == before


def test_pictures_of_another_theme_are_not_shown(
    qtbot: QtBot, qapp: Application, tmp_path: Path
) -> None:
    """Night's figures on the ground of the day would flash."""
    finish(begin(qapp, tmp_path), qtbot)
    app = begin(qapp, tmp_path, "day")
    shown = pictures_of(app)
    app.close()

    assert all(map(is_empty, shown))
