"""The pictures of the cards: painted later, cached, and never blocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPixmap

from builders import routine, step
from fakes import LazyPictures
from legato.domain.ports import OpenedPicture, PictureData
from legato.resources import find_bundled
from legato.storage.figures import FigureFolder
from legato.ui.pictures.loader import PictureLoader
from legato.ui.pictures.thumbnails import MOST_WAITING, CardPictures, pictured_step
from legato.ui.theme import DAY, NIGHT, ThemeSource
from library_fakes import FakePictures, NoFigures

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


pytestmark = pytest.mark.usefixtures("qapp")
SIZE = QSize(80, 60)
FIGURE = step(picture="figure:ham-strap")
IMAGE = step(picture="doorway.png")


def png(colour: str) -> PictureData:
    """Return a small image of one colour."""
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return PictureData(bytes(buffer.data().data()), "png")


def painted(qtbot: QtBot, pictures: CardPictures, one: object = FIGURE) -> QPixmap:
    """Return a picture after it was painted."""
    with qtbot.waitSignal(pictures.painted):
        assert pictures.picture(one, SIZE, 1.0) is None  # type: ignore[arg-type]
    found = pictures.picture(one, SIZE, 1.0)  # type: ignore[arg-type]
    assert found is not None
    return found


def is_empty(pixmap: QPixmap) -> bool:
    """Return whether nothing is painted on the picture."""
    image = pixmap.toImage()
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return all(image.pixelColor(x, y).alpha() == 0 for x, y in places)


def figures() -> FigureFolder:
    """Return the figures that ship."""
    return FigureFolder(find_bundled().assets / "figures")


def test_a_figure_is_preferred_for_the_card() -> None:
    """The card shows the first step with a figure."""
    assert pictured_step(routine(step(), IMAGE, FIGURE)) is FIGURE


def test_an_image_is_used_without_figures() -> None:
    """The card of the user's own routine shows the user's own picture."""
    assert pictured_step(routine(step(), IMAGE)) is IMAGE


def test_a_routine_without_pictures_has_none() -> None:
    """Without pictures the card has none."""
    assert pictured_step(routine()) is None


def test_a_figure_is_painted_later_and_cached(qtbot: QtBot) -> None:
    """The first request returns nothing; later ones return the same picture."""
    pictures = CardPictures(PictureLoader(figures(), FakePictures(), ThemeSource(NIGHT)))
    first = painted(qtbot, pictures)
    assert not is_empty(first)
    again = pictures.picture(FIGURE, SIZE, 1.0)
    assert again is not None
    assert again.cacheKey() == first.cacheKey()


def test_no_more_pictures_are_kept_than_asked_for(qtbot: QtBot) -> None:
    """The one that was not shown for longest goes: it has to be painted again."""
    pictures = CardPictures(
        PictureLoader(figures(), FakePictures(), ThemeSource(NIGHT)), most_kept=2
    )
    for name in ("figure:ham-strap", "figure:quad-lying", "figure:calf-towel"):
        painted(qtbot, pictures, step(picture=name))
    assert pictures.picture(FIGURE, SIZE, 1.0) is None


def test_an_own_image_is_shown(qtbot: QtBot) -> None:
    """The user's image is painted in the middle of its space."""
    given = FakePictures({"doorway.png": png("#4E6A8A")})
    found = painted(
        qtbot, CardPictures(PictureLoader(NoFigures(), given, ThemeSource(NIGHT))), IMAGE
    )
    assert found.toImage().pixelColor(40, 30) == QColor("#4E6A8A")


@pytest.mark.parametrize("one", [FIGURE, IMAGE], ids=["figure", "image"])
def test_a_missing_picture_leaves_its_room_empty(qtbot: QtBot, one: object) -> None:
    """A card without its picture is still shown."""
    pictures = CardPictures(PictureLoader(NoFigures(), FakePictures(), ThemeSource(NIGHT)))
    assert is_empty(painted(qtbot, pictures, one))


def test_another_theme_paints_again(qtbot: QtBot) -> None:
    """Pictures for the night are not shown by day."""
    theme = ThemeSource(NIGHT)
    pictures = CardPictures(PictureLoader(figures(), FakePictures(), theme))
    painted(qtbot, pictures)
    theme.change(DAY)
    assert pictures.picture(FIGURE, SIZE, 1.0) is None


def test_a_dense_screen_gets_all_its_pixels(qtbot: QtBot) -> None:
    """At a device pixel ratio of 2 a picture has twice as many pixels."""
    pictures = CardPictures(PictureLoader(figures(), FakePictures(), ThemeSource(NIGHT)))
    with qtbot.waitSignal(pictures.painted):
        pictures.picture(FIGURE, SIZE, 2.0)
    found = pictures.picture(FIGURE, SIZE, 2.0)
    assert found is not None
    assert (found.size(), found.devicePixelRatio()) == (QSize(160, 120), 2.0)


def test_cards_out_of_sight_are_not_painted(qtbot: QtBot) -> None:
    """Only the cards that were requested last are painted."""
    given = FakePictures()
    pictures = CardPictures(PictureLoader(NoFigures(), given, ThemeSource(NIGHT)))
    for number in range(MOST_WAITING + 5):
        pictures.picture(step(picture=f"{number}.png"), SIZE, 1.0)
    last = f"{MOST_WAITING + 4}.png"
    qtbot.waitUntil(lambda: last in given.asked)
    assert len(given.asked) == MOST_WAITING
    assert "0.png" not in given.asked


def test_a_slow_image_keeps_no_figure_waiting(qtbot: QtBot) -> None:
    """While one image is opened, the figures are painted."""
    given = LazyPictures()
    pictures = CardPictures(PictureLoader(figures(), given, ThemeSource(NIGHT)))
    images = [step(picture=name) for name in ("a.png", "b.png")]
    for one in (*images, *images, FIGURE):
        pictures.picture(one, SIZE, 1.0)
    qtbot.waitUntil(lambda: pictures.picture(FIGURE, SIZE, 1.0) is not None)
    assert [name for name, _ in given.asked] == ["a.png"]
    given.asked[0][1](OpenedPicture(1, 1, bytes(4)))

    qtbot.waitUntil(lambda: [name for name, _ in given.asked] == ["a.png", "b.png"])
    assert pictures.picture(images[0], SIZE, 1.0) is not None
    assert pictures.picture(images[1], SIZE, 1.0) is None
