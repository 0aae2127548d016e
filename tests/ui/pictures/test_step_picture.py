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
from legato.ui.figures.view import FigureView
from legato.ui.pictures.loader import PictureLoader
from legato.ui.pictures.step_picture import StepPicture
from legato.ui.pictures.thumbnails import night_opacity
from legato.ui.theme import NIGHT, ThemeSource

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
    """Return a visible picture widget."""
    picture = StepPicture(
        PictureLoader(FigureFolder(ASSETS / "figures"), pictures, ThemeSource(NIGHT)), icons()
    )
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


def shows_figure(picture: StepPicture) -> bool:
    """Return whether a figure is visible."""
    figure = picture.findChild(FigureView)
    return figure is not None and figure.isVisible()


def is_written(picture: StepPicture) -> bool:
    """Return whether there is text below the drawing in the middle."""
    image = picture.grab().toImage()
    return len({image.pixel(x, y) for x in range(100, 300) for y in range(190, 230)}) > 1


def test_a_figure_is_drawn(picture: StepPicture) -> None:
    """`figure:NAME` is a figure that ships."""
    showing(picture, "figure:ham-strap")

    assert shows_figure(picture)
    assert picture.accessibleName() == "Picture: Calf"


def test_the_figure_works_the_side_s_leg(picture: StepPicture) -> None:
    """The accessible text names the leg."""
    showing(picture, "figure:ham-strap", sides=Sides.LEFT)

    assert picture._figure.accessibleName().endswith(": left")


def test_the_figure_turns_to_the_other_side(picture: StepPicture) -> None:
    """During a switch the figure turns from one side to the other."""
    showing(picture, "figure:ham-strap", 140.0)
    first = picture._figure._side, picture._figure._turn
    showing(picture, "figure:ham-strap", 150.0)

    assert first == (Side.RIGHT, 0.0)
    assert (picture._figure._side, picture._figure._turn) == (Side.RIGHT, 1.0)


def test_without_motion_the_other_side_is_there_at_once(picture: StepPicture) -> None:
    """Without motion there is no turn, only the new leg."""
    picture.set_motion(False)
    showing(picture, "figure:ham-strap", 140.0)

    assert picture._figure._side is Side.LEFT


def test_an_unknown_figure_proposes_the_nearest(picture: StepPicture) -> None:
    """A misspelled figure gets a suggestion."""
    showing(picture, "figure:ham-strab")

    assert picture.accessibleName() == (
        "figure:ham-strab: there is no such figure. Did you mean ham-strap?"
    )


@pytest.mark.parametrize("name", ["drawing.svg", "photo.png"])
def test_an_own_image_is_shown(picture: StepPicture, name: str) -> None:
    """The colour of the image is in the middle of the picture."""
    showing(picture, name)
    colour = picture.grab().toImage().pixelColor(200, 150)

    assert colour.green() > colour.red() + 40


def test_an_image_is_requested_by_folder_and_name(
    picture: StepPicture, pictures: FakePictures
) -> None:
    """It is requested once a step."""
    session = showing(picture, "photo.png")
    picture.show_session(session)

    assert pictures.asked == [("/r/one", "photo.png")]


def test_a_missing_image_says_so(picture: StepPicture) -> None:
    """The text with its name is visible and accessible."""
    showing(picture, "doorway.png")

    assert picture.accessibleName() == "doorway.png: there is no such file."
    assert is_written(picture)


def test_a_broken_image_says_so(picture: StepPicture) -> None:
    """A problem that only decoding finds is shown."""
    showing(picture, "half.png")

    assert picture.accessibleName().startswith("half.png: the picture is not shown: it is damaged")


def test_the_next_step_begins_clean(picture: StepPicture) -> None:
    """A reason is shown only at its own step."""
    showing(picture, "doorway.png")
    showing(picture, "figure:ham-strap")

    assert picture.accessibleName() == "Picture: Calf"
    assert shows_figure(picture)


@pytest.mark.parametrize(("colour", "share"), [("#FFFFFF", 0.1), ("#D8C8A8", 0.15)])
def test_a_bright_image_is_darkened_at_night(colour: str, share: float) -> None:
    """The light that it adds stays within its part of the budget."""
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(colour)
    opacity = night_opacity(image, share)
    seen = QColor(colour).lightnessF() * opacity

    assert 0.3 <= opacity < 0.6
    assert share * seen**2.2 <= 0.0081


def test_a_dark_image_is_shown_as_it_is() -> None:
    """A dark image is not darkened."""
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill("#302820")

    assert night_opacity(image, 0.15) == 1.0


@pytest.mark.parametrize("kind", Kind)
def test_a_step_without_a_picture_has_a_drawing(picture: StepPicture, kind: Kind) -> None:
    """Every kind of step has a drawing."""
    showing(picture, "", kind=kind)
    image = picture.grab().toImage()
    colours = {image.pixel(x, y) for x in range(150, 250) for y in range(100, 200)}

    assert len(colours) > 1


@pytest.fixture
def late(qtbot: QtBot) -> tuple[StepPicture, LazyPictures]:
    """Return a visible picture widget, and its pending requests."""
    pictures = LazyPictures()
    picture = StepPicture(
        PictureLoader(FigureFolder(ASSETS / "figures"), pictures, ThemeSource(NIGHT)), icons()
    )
    qtbot.addWidget(picture)
    picture.resize(400, 300)
    picture.show()
    return picture, pictures


def test_until_it_is_opened_there_is_a_placeholder(
    late: tuple[StepPicture, LazyPictures],
) -> None:
    """The image replaces the placeholder later, and is requested once."""
    picture, pictures = late
    showing(picture, "photo.png")
    showing(picture, "photo.png", seconds=31.0)
    before = picture.grab().toImage()
    assert picture.accessibleName() == "Picture: Calf"

    then = pictures.asked[-1][1]
    then(OpenedPicture(2, 1, b"\x22\xaa\x77\xff" * 2))

    assert picture.grab().toImage() != before


def test_the_reason_comes_when_it_is_known(late: tuple[StepPicture, LazyPictures]) -> None:
    """The reason of a refusal is also in the accessible text."""
    picture, pictures = late
    showing(picture, "photo.png")
    pictures.asked[0][1](not_shown("png", "it is damaged", "copy it again"))

    assert picture.accessibleName() == (
        "photo.png: the picture is not shown: it is damaged. Copy it again."
    )


def test_a_late_image_is_not_shown(late: tuple[StepPicture, LazyPictures]) -> None:
    """The next step keeps its own picture."""
    picture, pictures = late
    showing(picture, "slow.png")
    showing(picture, "figure:ham-strap")
    pictures.asked[0][1](not_shown("png", "it is damaged"))

    assert shows_figure(picture)
    assert picture.accessibleName() == "Picture: Calf"
