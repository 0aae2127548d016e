"""The pose editor by mouse and by keys: joints, undo, things around, and what is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

import seen
from legato import resources
from legato.domain.figure.posing import Handle
from legato.domain.figure.props import PropKind
from legato.storage.figures import FigureFolder
from legato.ui.editor.pose_editor import PoseEditor
from legato.ui.theme import NIGHT, ThemeSource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.domain.figure.model import Figure
    from legato.ui.theme import ThemeManager


@pytest.fixture
def wall() -> Figure:
    """Return a figure to begin from."""
    figure = FigureFolder(resources.find_bundled().assets / "figures").figure("calf1-wall")
    assert figure is not None
    return figure


@pytest.fixture
def poser(theme_manager: ThemeManager, wall: Figure, qtbot: QtBot) -> PoseEditor:
    """Return the editor with the figure."""
    del theme_manager
    poser = PoseEditor(ThemeSource(NIGHT))
    qtbot.addWidget(poser)
    poser.resize(1000, 700)
    poser.show()
    poser.begin(wall, "Leaning on a wall")
    return poser


def drag(poser: PoseEditor, handle: Handle, by: QPoint) -> None:
    """Drag a joint in three moves."""
    at = poser.canvas.point_of(handle)
    assert at is not None
    start = at.toPoint()
    QTest.mousePress(poser.canvas, Qt.MouseButton.LeftButton, pos=start)
    for share in (1, 2, 3):
        QTest.mouseMove(poser.canvas, start + by * share / 3)
    QTest.mouseRelease(poser.canvas, Qt.MouseButton.LeftButton, pos=start + by)


def press(poser: PoseEditor, words: str) -> None:
    """Press the button of these words."""
    next(one for one in poser.findChildren(QPushButton) if one.text() == words).click()


def test_a_drag_changes_the_pose(poser: PoseEditor, wall: Figure) -> None:
    """A knee that is dragged goes along."""
    drag(poser, Handle.NEAR_KNEE, QPoint(-40, -30))
    assert seen.posed(poser).hold.pose.leg_near != wall.hold.pose.leg_near


def test_a_drag_is_one_undo(poser: PoseEditor, wall: Figure) -> None:
    """However many moves a drag has, one undo takes all of it back."""
    drag(poser, Handle.NEAR_KNEE, QPoint(-40, -30))
    poser.undo()
    assert seen.posed(poser) == wall


def test_arrows_move_the_chosen_joint(poser: PoseEditor, wall: Figure) -> None:
    """All of it works by keyboard."""
    QTest.keyClick(poser.canvas, Qt.Key.Key_PageDown)
    QTest.keyClick(poser.canvas, Qt.Key.Key_Up)
    assert seen.posed(poser) != wall


def test_ctrl_z_is_the_poses_own(poser: PoseEditor, wall: Figure) -> None:
    """Undo by key takes the last joint back."""
    QTest.keyClick(poser.canvas, Qt.Key.Key_Up)
    QTest.keyClick(poser.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert seen.posed(poser) == wall


def test_start_and_hold_are_posed_apart(poser: PoseEditor, wall: Figure) -> None:
    """Posing the start leaves the hold."""
    press(poser, "Start")
    drag(poser, Handle.NEAR_KNEE, QPoint(-40, -30))
    assert seen.posed(poser).hold.pose == wall.hold.pose
    assert seen.posed(poser).start.pose != wall.start.pose


def test_things_are_put_around(poser: PoseEditor) -> None:
    """A toggle puts a mattress under the figure."""
    press(poser, "Mattress")
    assert PropKind.MATTRESS in {prop.kind for prop in seen.posed(poser).props}


def test_what_is_used_says_what_is_seen(poser: PoseEditor, qtbot: QtBot) -> None:
    """The figure is handed over with its words for those who cannot see it."""
    with qtbot.waitSignal(poser.used) as used:
        press(poser, "Use this pose")
    assert used.args[0].shows == "Leaning on a wall"
