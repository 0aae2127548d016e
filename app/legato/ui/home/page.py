"""The first page: cramp now, tonight's routine, and where it hurts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from legato.domain.home_snapshot import HomeSnapshot
from legato.domain.routine import Step
from legato.ui import early, text
from legato.ui.pictures.thumbnails import CardPictures, StepThumb, pictured_step
from legato.ui.widgets.basic import ElidedButton, FlowRows, plain_label, push_button
from legato.ui.widgets.continue_banner import ContinueBanner
from legato.ui.widgets.tile import Tile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from legato.domain.home_snapshot import PaintedPicture
    from legato.domain.plan import PlanRequest
    from legato.domain.routine import Routine
    from legato.ui.leg_map.map import LegMap
    from legato.ui.pictures.loader import PictureLoader
    from legato.ui.widgets.key_list import Keys

MARGIN = 24
GAP = 16
SMALL = 640
LEAST_PICTURE = QSize(120, 88)
LEAST_MAP = QSize(300, 132)
LEAST_MAP_EMS = 8
"""The map at its smallest, and what its words add to its height, in times the text size."""
LEAST_CRAMP_HEIGHT = 200
"""Where all is in one column, it is higher than what follows it."""
COLUMNS_FROM_EMS = 44
"""A page narrower than this many times the text size has all in one column."""
BESIDE_FROM_EMS = 18
"""In one column, from this width on, a picture is shown beside its words."""

CRAMP_SHARE, REST_SHARE = 36, 64
TONIGHT_SHARE, MAP_SHARE = 55, 45
"""Parts of the height and of the width: what is needed most in the dark is the largest."""

SHOWN_PICTURES = 2
"""Those of the cramp and of tonight: older ones are no longer kept."""

KEYS: tuple[Keys, ...] = (
    ("Enter", "Start tonight's routine"),
    ("P", "Where it hurts, with what was picked last"),
    ("L", "The library: all routines"),
    ("G", "When to get help"),
)


class HomePage(QWidget):
    """Shows the three ways to begin, the most urgent one largest.

    The leg map may come after the first frame; its place is kept free until then.

    Args:
        loader: Loads the pictures of steps.
    """

    cramp_wanted = Signal()
    tonight_wanted = Signal()
    place_picked = Signal(object)
    """Places were touched on the map: the spots, the sorest first."""
    plan_wanted = Signal()
    """The leg map is wanted, with what was picked last."""
    library_wanted = Signal()
    help_wanted = Signal()
    settings_wanted = Signal()
    continue_wanted = Signal()
    forget_continue_wanted = Signal()

    def __init__(self, loader: PictureLoader) -> None:
        super().__init__()
        self._pictures = CardPictures(loader, most_kept=SHOWN_PICTURES)
        self._map: LegMap | None = None
        self._banner = ContinueBanner(self)
        self._cramp_picture = StepThumb(self._pictures, LEAST_PICTURE)
        self._cramp = Tile("", "F8", self._cramp_picture, beside=True)
        self._cramp.show_words("Cramp now", "Help at once, in bed first")
        self._picture = StepThumb(self._pictures, LEAST_PICTURE)
        self._tonight = Tile("Tonight", "Enter", self._picture)
        self._build()
        self._connect()
        self.setFocusProxy(self._tonight)

    def _build(self) -> None:
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setSpacing(GAP)
        self._hurts = self._map_panel()
        self._foot = self._foot_row()
        self._arranged: bool | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        early.set_properties(self._scroll, early.NO_FOCUS, early.NO_HORIZONTAL_SCROLL_BAR)
        self._scroll.setWidget(self._holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self._arrange()

    def _map_panel(self) -> QFrame:
        panel = QFrame()
        panel.setProperty("role", "raised")
        panel.setAccessibleName("Where does it hurt?")
        heading = plain_label("Where does it hurt?", "large")
        self._map_place = _MapPlace()
        self._map_box = QVBoxLayout(self._map_place)
        self._map_box.setContentsMargins(0, 0, 0, 0)
        self._again = ElidedButton()
        self._again.setProperty("role", "quiet")
        self._again.setAccessibleDescription("The key is P")
        self._again.hide()
        column = QVBoxLayout(panel)
        column.setContentsMargins(GAP, GAP, GAP, 8)
        column.setSpacing(4)
        column.addWidget(heading)
        column.addWidget(self._map_place, 1)
        column.addWidget(self._again)
        panel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return panel

    def _foot_row(self) -> FlowRows:
        row = FlowRows(spacing=8)
        for words, wanted, key in (
            ("All routines", self.library_wanted, "L"),
            ("When to get help", self.help_wanted, "G"),
            ("Settings", self.settings_wanted, "Ctrl+,"),
        ):
            button = push_button(words, "quiet", wanted, key=key)
            button.setToolTip(key)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self._banner.continue_wanted.connect(self.continue_wanted)
        self._banner.forget_wanted.connect(self.forget_continue_wanted)
        self._cramp.clicked.connect(self.cramp_wanted)
        self._tonight.clicked.connect(self.tonight_wanted)
        self._again.clicked.connect(self.plan_wanted)

    def show_cramp(self, step: Step) -> None:
        """Picture what a cramp's help begins with."""
        self._cramp_picture.show_step(step)

    def show_tonight(self, routine: Routine, wish: PlanRequest | None) -> HomeSnapshot:
        """Offer a routine as tonight's, and what was picked last where it hurts.

        Returns:
            What is shown, for `show_glance` next time.
        """
        from legato.ui.plan.choices import wish_text  # noqa: PLC0415 - not for the first frame

        parts = (text.routine_time(routine), text.eases(routine.eases))
        step = pictured_step(routine)
        glance = HomeSnapshot(
            tonight=routine.id,
            name=routine.name,
            words=" · ".join(filter(None, parts)),
            spoken=f"Tonight: {text.routine_spoken(routine)}",
            picture=step.picture if step else "",
            folder=step.folder if step else "",
            cramp_picture=self._cramp_picture.picture,
            pick=wish_text(wish) if wish else "",
        )
        self.show_glance(glance)
        return glance

    def show_glance(self, glance: HomeSnapshot) -> None:
        """Show what was shown last time."""
        self._tonight.show_words(glance.name, glance.words, glance.spoken)
        self._picture.show_step(
            Step(title=glance.name, picture=glance.picture, folder=glance.folder)
        )
        self._cramp_picture.show_step(Step(title=glance.name, picture=glance.cramp_picture))
        self._again.show_words(f"P   {glance.pick}" if glance.pick else "")
        self._again.setAccessibleName(f"As last time: {glance.pick}")
        self._again.setVisible(bool(glance.pick))

    def painted_pictures(self) -> tuple[PaintedPicture, ...]:
        """Return the pictures as they are painted, for `restore_pictures` next time."""
        return self._pictures.painted_pictures()

    def restore_pictures(self, pictures: Iterable[PaintedPicture]) -> None:
        """Show pictures of last time until they are painted again."""
        self._pictures.restore(pictures)

    def show_continue(self, line: str | None) -> None:
        """Offer to take up again what `line` says, before all else; None offers nothing."""
        self._banner.show_line(line)
        self.setFocusProxy(self._tonight if line is None else self._banner)

    def show_map(self, legs: LegMap) -> None:
        """Put the leg map in its place."""
        self._map = legs
        self._map_box.addWidget(legs)
        legs.chosen_changed.connect(self._pass_on)

    def _pass_on(self, chosen: object) -> None:
        """Emit the touched place, and clear the selection."""
        if self._map is not None:
            self._map.show_chosen(())
        self.place_picked.emit(chosen)

    def _arrange(self) -> None:
        """Lay everything out in two columns, or in one where there is no room for two."""
        ems = self.width() / self.fontInfo().pixelSize()
        wide = ems >= COLUMNS_FROM_EMS
        self._tonight.set_beside(BESIDE_FROM_EMS <= ems < COLUMNS_FROM_EMS)
        if wide is self._arranged:
            return
        self._arranged = wide
        grid = self._grid
        while grid.takeAt(0):
            pass
        span = 2 if wide else 1
        grid.addWidget(self._banner, 0, 0, 1, span)
        grid.addWidget(self._cramp, 1, 0, 1, span)
        grid.addWidget(self._tonight, 2, 0)
        grid.addWidget(self._hurts, 2 if wide else 3, 1 if wide else 0)
        grid.addLayout(self._foot, 4, 0, 1, span)
        self._cramp.setMinimumHeight(0 if wide else LEAST_CRAMP_HEIGHT)
        grid.setRowStretch(1, CRAMP_SHARE)
        grid.setRowStretch(2, REST_SHARE)
        grid.setRowStretch(3, 0 if wide else REST_SHARE)
        grid.setColumnStretch(0, TONIGHT_SHARE)
        grid.setColumnStretch(1, MAP_SHARE if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have two columns where there is room."""
        super().resizeEvent(event)
        across = MARGIN if self.width() >= SMALL else MARGIN // 2
        down = MARGIN if self.height() >= SMALL else MARGIN // 2
        self._grid.setContentsMargins(across, down, across, down)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Have one column where the text becomes too large for two."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the page of a letter key."""
        does = {QtCore.Qt.Key.Key_L: self.library_wanted, QtCore.Qt.Key.Key_P: self.plan_wanted}
        signal = None if event.modifiers() else does.get(QtCore.Qt.Key(event.key()))
        if signal is None:
            super().keyPressEvent(event)
        else:
            signal.emit()


class _MapPlace(QWidget):
    """Takes the room that is left, with the map or without it, rather than what the map likes."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the least size."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the size at which every place can still be touched."""
        return LEAST_MAP + QSize(0, LEAST_MAP_EMS * self.fontInfo().pixelSize())
