"""The picture of a step: figure, own image, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from builders import routine, step
from fakes import LazyPictures
from fixtures_session import ASSETS, FakePictures, icons
from legato.domain.ports import OpenedPicture, PictureData
from legato.domain.problems import not_shown
from legato.domain.routine import Kind, Side, Sides
from legato.domain.session import Session, begin, tick
from legato.domain.timeline import lay_out
from legato.storage.figures import FigureFolder
from legato.ui.pictures.step_picture import StepPicture
from legato.ui.pictures.thumbnails import night_opacity
from legato.ui.theme import NIGHT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20' fill='#2a7'/></svg>"


def png() -> PictureData:
    """Return a plain image."""
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill("#22AA77")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return PictureData(bytes(buffer.data().data()), "png")


@pytest.fixture
def pictures(qapp: object) -> FakePictures:
    """Return a folder with a drawing, a photo and half a photo."""
    del qapp
    whole = png()
    half = PictureData(whole.data[:50], "png")
    return FakePictures(drawing=PictureData(SVG, "svg"), photo=whole, half=half)


@pytest.fixture
def picture(qtbot: QtBot, pictures: FakePictures) -> StepPicture:
    """Return a shown picture."""
    picture = StepPicture(NIGHT, icons(), FigureFolder(ASSETS / "figures"), pictures)
    qtbot.addWidget(picture)
    picture.resize(400, 300)
    picture.show()
    return picture


def showing(picture: StepPicture, name: str, seconds: float = 30.0, **values: object) -> Session:
    """Show a step with that picture, `seconds` into its session."""
    some = step("Calf", picture=name, folder="/r/one", **values)
    session = tick(begin(lay_out(routine(some)), 0.0)[0], seconds)[0]
    picture.show_session(session)
    picture.grab()
    return session


def test_a_figure_is_drawn(picture: StepPicture) -> None:
    """`figure:NAME` is one of the moves that ship."""
    showing(picture, "figure:ham-strap")

    assert picture.shows_figure
    assert picture.notice == ""


def test_the_figure_works_the_side_s_leg(picture: StepPicture) -> None:
    """On the left side it says so to those who cannot see it."""
    showing(picture, "figure:ham-strap", sides=Sides.LEFT)

    assert picture._figure.accessibleName().endswith(": left")


def test_the_figure_turns_to_the_other_side(picture: StepPicture) -> None:
    """A switch begins with the side that was, and ends with the one to come."""
    showing(picture, "figure:ham-strap", 140.0)
    first = picture._figure._side, picture._figure._turn
    showing(picture, "figure:ham-strap", 150.0)

    assert first == (Side.RIGHT, 0.0)
    assert (picture._figure._side, picture._figure._turn) == (Side.RIGHT, 1.0)


def test_without_motion_the_other_side_is_there_at_once(picture: StepPicture) -> None:
    """No turn, just the new leg."""
    picture.set_motion(False)
    showing(picture, "figure:ham-strap", 140.0)

    assert picture._figure._side is Side.LEFT


def test_an_unknown_figure_proposes_the_nearest(picture: StepPicture) -> None:
    """A slip of the finger is told from a missing file."""
    showing(picture, "figure:ham-strab")

    assert picture.notice == ("figure:ham-strab: there is no such figure. Did you mean ham-strap?")


@pytest.mark.parametrize("name", ["drawing.svg", "photo.png"])
def test_an_own_image_is_shown(picture: StepPicture, name: str) -> None:
    """Its colour is in the middle of the picture."""
    showing(picture, name)
    colour = picture.grab().toImage().pixelColor(200, 150)

    assert picture.shows_image
    assert colour.green() > colour.red() + 40


def test_an_image_is_asked_for_by_folder_and_name(
    picture: StepPicture, pictures: FakePictures
) -> None:
    """Once a step, however often it is shown."""
    session = showing(picture, "photo.png")
    picture.show_session(session)

    assert pictures.asked == [("/r/one", "photo.png")]


def test_a_missing_image_says_so(picture: StepPicture) -> None:
    """By its name, in the picture's place and to a screen reader."""
    showing(picture, "doorway.png")

    assert picture.notice == "doorway.png: there is no such file."
    assert picture.accessibleName() == picture.notice


def test_a_broken_image_says_so(picture: StepPicture) -> None:
    """What only decoding can tell is told as well."""
    showing(picture, "half.png")

    assert picture.notice.startswith("half.png: the picture is not shown: it is damaged")


def test_the_next_step_begins_clean(picture: StepPicture) -> None:
    """A reason belongs to its step alone."""
    showing(picture, "doorway.png")
    showing(picture, "figure:ham-strap")

    assert picture.notice == ""
    assert picture.shows_figure


@pytest.mark.parametrize(("colour", "share"), [("#FFFFFF", 0.1), ("#D8C8A8", 0.15)])
def test_a_bright_image_is_darkened_at_night(colour: str, share: float) -> None:
    """What it adds to the light of the window stays within its part of the budget."""
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(colour)
    opacity = night_opacity(image, share)
    seen = QColor(colour).lightnessF() * opacity

    assert 0.3 <= opacity < 0.6
    assert share * seen**2.2 <= 0.0081


def test_a_dark_image_is_shown_as_it_is() -> None:
    """There is nothing to take from it."""
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill("#302820")

    assert night_opacity(image, 0.15) == 1.0


@pytest.mark.parametrize("kind", Kind)
def test_no_picture_is_a_quiet_drawing(picture: StepPicture, kind: Kind) -> None:
    """Every kind of step has one; there is never an empty frame."""
    showing(picture, "", kind=kind)
    image = picture.grab().toImage()
    colours = {image.pixel(x, y) for x in range(150, 250) for y in range(100, 200)}

    assert len(colours) > 1


@pytest.fixture
def late(qtbot: QtBot) -> tuple[StepPicture, LazyPictures]:
    """Return a shown picture, and what it waits for."""
    pictures = LazyPictures()
    picture = StepPicture(NIGHT, icons(), FigureFolder(ASSETS / "figures"), pictures)
    qtbot.addWidget(picture)
    picture.resize(400, 300)
    picture.show()
    return picture, pictures


def test_until_it_is_opened_the_quiet_drawing_stands_in_its_place(
    late: tuple[StepPicture, LazyPictures],
) -> None:
    """The session goes on; the image comes when it is there, and is asked for once."""
    picture, pictures = late
    showing(picture, "photo.png")
    showing(picture, "photo.png", seconds=31.0)
    before = picture.grab().toImage()
    assert not picture.shows_image
    assert picture.notice == ""

    then = pictures.asked[-1][1]
    then(OpenedPicture(2, 1, b"\x22\xaa\x77\xff" * 2))

    assert picture.shows_image
    assert picture.grab().toImage() != before


def test_the_reason_comes_when_it_is_known(late: tuple[StepPicture, LazyPictures]) -> None:
    """It is told to those who cannot see it, too."""
    picture, pictures = late
    showing(picture, "photo.png")
    pictures.asked[0][1](not_shown("png", "it is damaged", "copy it again"))

    assert picture.notice == ("photo.png: the picture is not shown: it is damaged. Copy it again.")
    assert picture.accessibleName() == picture.notice


def test_what_comes_too_late_is_not_shown(late: tuple[StepPicture, LazyPictures]) -> None:
    """The next step keeps its own picture."""
    picture, pictures = late
    showing(picture, "slow.png")
    showing(picture, "figure:ham-strap")
    pictures.asked[0][1](not_shown("png", "it is damaged"))

    assert picture.shows_figure
    assert picture.notice == ""
