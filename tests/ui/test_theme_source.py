"""The current theme: what paints by itself follows it as long as it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import delete

from builders import routine, step
from fixtures_session import ASSETS, icons
from leg_maps import CHART
from legato.domain.timeline import lay_out
from legato.storage.figures import FigureFolder
from legato.ui.editor.picker import Picker, PickerItem
from legato.ui.editor.pose_canvas import PoseCanvas
from legato.ui.editor.source_view import SourceView
from legato.ui.editor.step_model import StepCard
from legato.ui.editor.timeline_strip import TimelineStrip
from legato.ui.figures.view import FigureView
from legato.ui.leg_map.map import LegMap
from legato.ui.library.page import LibraryPage
from legato.ui.pictures.loader import PictureLoader
from legato.ui.pictures.thumbnails import CardPictures
from legato.ui.session.dark import Moon, SideMark
from legato.ui.session.end_page import EndPage
from legato.ui.session.page import SessionPage
from legato.ui.session.ring import CountdownRing
from legato.ui.session.round_button import RoundButton
from legato.ui.theme import DAY, NIGHT, ThemeSource
from library_fakes import FakePictures, NoFigures, listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

FIGURE = FigureFolder(ASSETS / "figures").figure("ham-strap")


def figure_view(theme: ThemeSource) -> FigureView:
    """Return a view with a figure."""
    view = FigureView(theme)
    view.show_figure(FIGURE)
    return view


def pose_canvas(theme: ThemeSource) -> PoseCanvas:
    """Return a canvas with a figure."""
    assert FIGURE is not None
    canvas = PoseCanvas(theme)
    canvas.show_pose(FIGURE, FIGURE.hold.pose)
    return canvas


def timeline_strip(theme: ThemeSource) -> TimelineStrip:
    """Return a strip with the timeline of a routine."""
    strip = TimelineStrip(theme)
    strip.show_timeline(lay_out(routine()))
    return strip


def side_mark(theme: ThemeSource) -> SideMark:
    """Return a lit mark."""
    mark = SideMark(theme)
    mark.show_lit(True)
    return mark


def source_view(theme: ThemeSource) -> SourceView:
    """Return a view with a line of text."""
    view = SourceView(theme)
    view.show_source("name: Mine  # a note\n", [])
    return view


def picker(theme: ThemeSource) -> Picker:
    """Return a picker with one item."""
    picker = Picker(CardPictures(PictureLoader(NoFigures(), FakePictures(), theme)), theme)
    picker.offer("Moves", [PickerItem(key="calf", card=StepCard(title="Calf", time="2 min"))])
    return picker


def library_page(theme: ThemeSource) -> LibraryPage:
    """Return a library page with one card."""
    page = LibraryPage(PictureLoader(NoFigures(), FakePictures(), theme))
    page.show_routines([listed("Bedtime", steps=(step("Calf"),))])
    return page


def session_page(theme: ThemeSource) -> SessionPage:
    """Return the page of a session that has not begun."""
    return SessionPage(PictureLoader(NoFigures(), FakePictures(), theme), icons())


PAINTERS: dict[str, Callable[[ThemeSource], QWidget]] = {
    "figure": figure_view,
    "leg map": lambda theme: LegMap(CHART, theme),
    "pose": pose_canvas,
    "timeline": timeline_strip,
    "side mark": side_mark,
    "moon": Moon,
    "ring": CountdownRing,
    "round button": lambda theme: RoundButton(icons(), "pause", "Pause", theme, large=True),
    "source": source_view,
    "picker": picker,
    "library": library_page,
    "session": session_page,
    "end": EndPage,
}


class PaintCounter(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a paint event and let it through."""
        del watched
        self.count += event.type() is QEvent.Type.Paint
        return False


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    """Show a widget in a fixed size, and return it once it is exposed."""
    qtbot.addWidget(widget)
    widget.resize(640, 480)
    with qtbot.waitExposed(widget):
        widget.show()
    QApplication.processEvents()
    return widget


@pytest.fixture(params=PAINTERS.values(), ids=list(PAINTERS))
def build(request: pytest.FixtureRequest) -> Callable[[ThemeSource], QWidget]:
    """Return what builds a widget that paints by itself."""
    made: Callable[[ThemeSource], QWidget] = request.param
    return made


@pytest.mark.usefixtures("theme_manager")
def test_a_changed_theme_recolours(qtbot: QtBot, build: Callable[[ThemeSource], QWidget]) -> None:
    """After the change a widget looks like one that was built with the new theme."""
    theme = ThemeSource(NIGHT)
    widget = shown(qtbot, build(theme))
    night = widget.grab().toImage()
    theme.change(DAY)
    changed = widget.grab().toImage()
    widget.hide()
    day = shown(qtbot, build(ThemeSource(DAY))).grab().toImage()

    assert (changed == day, night == day) == (True, False)


@pytest.mark.usefixtures("theme_manager")
def test_a_changed_theme_paints_again(
    qtbot: QtBot, build: Callable[[ThemeSource], QWidget]
) -> None:
    """The change alone makes a visible widget paint."""
    theme = ThemeSource(NIGHT)
    widget = shown(qtbot, build(theme))
    # Not the whole of a page with a list: the text cursor of its search field repaints that, too.
    area = widget.findChild(QAbstractScrollArea)
    counter = PaintCounter(area.viewport() if area else widget)
    theme.change(DAY)

    qtbot.waitUntil(lambda: counter.count > 0)


def test_a_deleted_widget_is_not_called(
    qapp: object, build: Callable[[ThemeSource], QWidget], capfd: pytest.CaptureFixture[str]
) -> None:
    """A change after Qt has destroyed a widget raises no error of the missing object."""
    assert qapp
    theme = ThemeSource(NIGHT)
    widget = build(theme)
    delete(widget)
    theme.change(DAY)

    assert capfd.readouterr().err == ""


def test_the_same_theme_is_no_change(qtbot: QtBot) -> None:
    """Nothing is painted again for a theme that is equal to the current one."""
    theme = ThemeSource(NIGHT)
    with qtbot.assertNotEmitted(theme.changed):
        theme.change(NIGHT._replace())
