"""The widget that shows a figure: when it paints, and when it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QColor

from legato.domain.routine import Side
from legato.resources import find_bundled
from legato.storage.figures import FigureFolder
from legato.ui.figures.painter import paint_figure
from legato.ui.figures.view import FigureView
from legato.ui.theme import DAY, NIGHT, ThemeSource

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from pytestqt.qtbot import QtBot

    from legato.domain.figure.model import Figure, Pose

FOLDER = FigureFolder(find_bundled().assets / "figures")


def named(name: str) -> Figure:
    """Return the figure `name`."""
    figure = FOLDER.figure(name)
    assert figure is not None
    return figure


class Counted:
    """A painter that records pose, side and turn of each painting."""

    def __init__(self) -> None:
        self.calls: list[tuple[Pose, Side, float]] = []

    def __call__(self, painter: QPainter, *what: Any, turn: float) -> None:  # noqa: ANN401
        """Paint, and record it."""
        _figure, pose, _rect, _theme, side = what
        self.calls.append((pose, side, turn))
        paint_figure(painter, *what, turn=turn)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Return a recording painter."""
    counted = Counted()
    monkeypatch.setattr("legato.ui.figures.view.paint_figure", counted)
    return counted


@pytest.fixture
def view(qtbot: QtBot, theme: ThemeSource, counted: Counted) -> FigureView:
    """Return a visible view of the hamstring stretch, painted once."""
    widget = FigureView(theme)
    qtbot.addWidget(widget)
    widget.resize(560, 420)
    widget.show_figure(named("ham-strap"), Side.RIGHT)
    widget.show()
    widget.grab()
    counted.calls.clear()
    return widget


def test_it_is_painted_once_and_kept(view: FigureView, counted: Counted) -> None:
    """Repainting the widget does not paint the figure again."""
    view.grab()
    view.grab()

    assert counted.calls == []


def test_moving_less_than_a_pixel_paints_nothing(view: FigureView, counted: Counted) -> None:
    """A breath that has just begun does not change the picture."""
    view.show_breath(0.02)
    view.grab()

    assert counted.calls == []


def test_one_breath_paints_a_few_times(view: FigureView, counted: Counted) -> None:
    """Ten seconds of breathing at 20 frames a second need a dozen paintings."""
    for step in range(200):
        view.show_breath(step / 20)
        view.grab()

    assert 4 <= len(counted.calls) <= 20


def test_getting_ready_ends_in_the_hold_pose(view: FigureView, counted: Counted) -> None:
    """The figure is painted on its way from start to hold."""
    view.show_progress(0.0)
    view.grab()
    for step in range(1, 101):
        view.show_progress(step / 100)
        view.grab()

    figure = named("ham-strap")
    assert counted.calls[0][0] is figure.start.pose
    assert 20 <= len(counted.calls) <= 101


def test_without_motion_it_stays_in_the_hold_pose(view: FigureView, counted: Counted) -> None:
    """Without motion progress, breath and half a turn change nothing."""
    view.set_motion(False)
    view.show_progress(0.2)
    view.show_breath(2.5)
    view.show_turn(0.4)
    view.grab()

    assert counted.calls == []


def test_without_motion_a_turn_is_one_step(view: FigureView, counted: Counted) -> None:
    """From the middle of a turn on it is the mirror image."""
    view.set_motion(False)
    view.show_turn(0.6)
    view.grab()

    assert [turn for _, _, turn in counted.calls] == [1.0]


def test_turning_motion_off_brings_it_to_rest(view: FigureView, counted: Counted) -> None:
    """A moving figure goes to its hold pose at once."""
    view.show_progress(0.1)
    view.grab()
    counted.calls.clear()
    view.set_motion(False)
    view.grab()

    assert [pose for pose, _, _ in counted.calls] == [named("ham-strap").hold.pose]


def test_turn_becomes_the_other_side(view: FigureView, counted: Counted) -> None:
    """The end of a turn looks like the other side."""
    view.show_turn(1.0)
    turned = view.grab().toImage()
    view.show_figure(named("ham-strap"), Side.LEFT)
    shown = view.grab().toImage()

    assert turned == shown
    assert counted.calls[-1][1:] == (Side.LEFT, 0.0)


def test_same_figure_is_not_painted_again(view: FigureView, counted: Counted) -> None:
    """Showing the same figure again changes nothing."""
    view.show_figure(named("ham-strap"), Side.RIGHT)
    view.grab()

    assert counted.calls == []


def test_hidden_it_paints_nothing(view: FigureView, counted: Counted) -> None:
    """A hidden view paints nothing; shown again it is up to date."""
    view.hide()
    for step in range(50):
        view.show_progress(step / 50)
    assert counted.calls == []

    view.show()
    view.grab()
    assert len(counted.calls) == 1


def test_massage_moves_to_and_fro(view: FigureView, counted: Counted) -> None:
    """During the hold of a massage the figure rolls."""
    view.show_figure(named("m-calf"), Side.RIGHT)
    view.grab()
    counted.calls.clear()
    for step in range(90):
        view.show_breath(step / 20)
        view.grab()

    assert len(counted.calls) >= 20


def test_theme_changes_the_colours(view: FigureView, theme: ThemeSource) -> None:
    """Night and day are different pictures."""
    night = view.grab().toImage()
    theme.change(DAY)

    assert view.grab().toImage() != night


def test_size_changes_the_picture(view: FigureView, counted: Counted) -> None:
    """Another size is painted again, once."""
    view.resize(300, 240)
    view.grab()
    view.grab()

    assert len(counted.calls) == 1


def test_its_accessible_name_has_pose_and_side(view: FigureView) -> None:
    """A screen reader hears the pose and the side."""
    assert view.accessibleName() == (
        "lying on the back, one leg raised, a towel around its foot: right"
    )
    view.show_figure(None)
    assert view.accessibleName() == ""


def test_without_a_figure_it_is_empty(qtbot: QtBot) -> None:
    """Without a figure nothing is painted and nothing fails."""
    widget = FigureView(ThemeSource(NIGHT))
    qtbot.addWidget(widget)
    widget.resize(100, 80)
    widget.setStyleSheet("background: #000000")
    for change in (widget.show_progress, widget.show_breath, widget.show_turn):
        change(0.5)

    image = widget.grab().toImage()

    assert QColor(image.pixel(50, 40)).lightness() == QColor(image.pixel(2, 2)).lightness()
