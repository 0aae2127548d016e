"""The leg map: both legs from the front and the back, to choose where it hurts."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from legato.domain.leg_map import Direction, MapNavigation
from legato.domain.routine import Place, Side
from legato.ui.leg_map.layout import SORE, compute_layout
from legato.ui.leg_map.paint import MOST_STRENGTH, LegPainter, RegionPainter, RegionStyle, covers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPainterPath,
        QPaintEvent,
        QResizeEvent,
    )

    from legato.domain.leg_map import LegChart, Region
    from legato.ui.leg_map.layout import MapQuestion
    from legato.ui.theme import ThemeSource

_ARROWS = {
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
}
_WINDOW_REASONS = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}


class RegionButton(QAbstractButton):
    """An invisible check box for one region; mouse events pass through it to the map.

    A widget, because screen readers crash on accessible children that are none.

    Args:
        region: The region.
        name: Its accessible name.
        parent: The map.

    Attributes:
        region: As given.
        by_key: Whether to show the focus ring, because the keyboard is in use.

    Signals:
        arrow_pressed: An arrow key was pressed; carries its `Direction`.
        focus_changed: It got or lost the focus, or its ring changed.
    """

    arrow_pressed = Signal(object)
    focus_changed = Signal()

    def __init__(self, region: Region, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.region = region
        self.by_key = False
        self.setCheckable(True)
        self.setText(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_strength(self, strength: int, most: int) -> None:
        """Expose to screen readers how sore the place is: 0 is not chosen, `most` the sorest."""
        self.setChecked(strength > 0)
        description = "" if not strength else "chosen, the sorest" if strength == most else "chosen"
        if self.accessibleDescription() != description:
            self.setAccessibleDescription(description)

    def _want_ring(self) -> None:
        if not self.by_key:
            self.by_key = True
            self.focus_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing: the map paints all regions and their rings."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move on with the arrows; Space chooses; other keys are left to the page."""
        self._want_ring()
        direction = _ARROWS.get(Qt.Key(event.key()))
        if direction is None:
            super().keyPressEvent(event)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.arrow_pressed.emit(direction)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring, unless the focus came by mouse; keep it when the window was activated."""
        super().focusInEvent(event)
        if event.reason() not in _WINDOW_REASONS:
            self.by_key = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the ring."""
        super().focusOutEvent(event)
        self.focus_changed.emit()


Spot: TypeAlias = tuple[Place, Side]
"""A place on one leg."""

EVEN_STRENGTH = 2
"""The strength of every place where all are equally strong."""


class LegMap(QWidget):
    """Shows the legs; places can be chosen by mouse, keyboard and screen reader.

    The place chosen first is the sorest and is shown strongest. A place that is in both views is
    chosen in both.

    Args:
        chart: The chart.
        theme: The theme, observable.
        question: What the map asks for.
        parent: The page.

    Signals:
        chosen_changed: The user chose or unchose a place; carries `chosen()`.
    """

    chosen_changed = Signal(object)

    def __init__(
        self,
        chart: LegChart,
        theme: ThemeSource,
        question: MapQuestion = SORE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._question = question
        self._chart = chart
        self._theme = theme
        self._leg_painter = LegPainter(chart, theme.current)
        self._region_painter = RegionPainter(theme.current)
        self._chosen: tuple[Spot, ...] = ()
        self._hovered: Region | None = None
        self._pressed: Region | None = None
        self._legs = QPixmap()
        self._buttons = {region: self._button(region) for region in chart.regions}
        self._update_layout()
        self.setAccessibleName(question.title)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._set_tab_stop(self._buttons[chart.regions[0]])
        theme.changed.connect(self._recolour)

    def chosen(self) -> tuple[Spot, ...]:
        """Return the chosen places, the sorest first."""
        return self._chosen

    def show_chosen(self, chosen: Iterable[Spot]) -> None:
        """Show these places as chosen, the sorest first; does not emit `chosen_changed`."""
        self._chosen = tuple(dict.fromkeys(chosen))
        for region, button in self._buttons.items():
            button.show_strength(self._strength(region), MOST_STRENGTH)
        self.update()

    def begin(self) -> None:
        """Focus the place that Tab would reach."""
        tab = Qt.FocusPolicy.StrongFocus
        reached = next(one for one in self._buttons.values() if one.focusPolicy() is tab)
        reached.setFocus(Qt.FocusReason.TabFocusReason)

    def _recolour(self) -> None:
        self._leg_painter = LegPainter(self._chart, self._theme.current)
        self._region_painter = RegionPainter(self._theme.current)
        self._forget_legs()

    def path(self, region: Region) -> QPainterPath:
        """Return the path of `region` in widget coordinates."""
        return self._paths[region]

    def region_at(self, point: QPointF) -> Region | None:
        """Return the region at a point of the widget, or None."""
        return next((r for r, path in self._paths.items() if path.contains(point)), None)

    @cached_property
    def _navigation(self) -> MapNavigation:
        """The navigation by arrow keys; made with the first arrow, because few users press one."""
        return MapNavigation(self._chart.regions)

    def _button(self, region: Region) -> RegionButton:
        button = RegionButton(region, self._question.region_name(region), self)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.clicked.connect(partial(self._on_clicked, region))
        button.arrow_pressed.connect(partial(self._on_arrow, region))
        button.focus_changed.connect(self._on_focus_changed)
        return button

    def _on_clicked(self, region: Region) -> None:
        sides = (Side.LEFT, Side.RIGHT) if self._question.both_legs else (region.side,)
        spots = tuple((region.place, side) for side in sides)
        rest = tuple(other for other in self._chosen if other not in spots)
        self.show_chosen((*self._chosen, *spots) if rest == self._chosen else rest)
        self.chosen_changed.emit(self._chosen)

    def _on_arrow(self, region: Region, direction: Direction) -> None:
        neighbour = self._navigation.neighbour(region, direction)
        if neighbour is not None:
            self._buttons[neighbour].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_focus_changed(self) -> None:
        focused = self._focused()
        if focused is not None:
            self._set_tab_stop(focused)
        self.update()

    def _set_tab_stop(self, button: RegionButton) -> None:
        """Make `button` the only tab stop, so that a second Tab leaves the map."""
        for other in self._buttons.values():
            tab = other is button
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)

    def _focused(self) -> RegionButton | None:
        return next((button for button in self._buttons.values() if button.hasFocus()), None)

    def _strength(self, region: Region) -> int:
        spot = (region.place, region.side)
        if spot not in self._chosen:
            return 0
        if self._question.both_legs:
            return EVEN_STRENGTH
        return max(1, MOST_STRENGTH - self._chosen.index(spot))

    def _style(self, region: Region) -> RegionStyle:
        return RegionStyle(
            hovered=region == self._hovered,
            strength=self._strength(region),
            covered=any(covers(place, side, region) for place, side in self._chosen),
        )

    def _update_layout(self) -> None:
        metrics, hint = QFontMetricsF(self.font()), self._question.hint
        self._layout = compute_layout(self._chart, QSizeF(self.size()), metrics, hint)
        self._paths = {region: self._layout.path(region.outline) for region in self._chart.regions}
        for region, button in self._buttons.items():
            button.setGeometry(self._paths[region].boundingRect().toAlignedRect())
        self._forget_legs()

    def _forget_legs(self) -> None:
        self._legs = QPixmap()
        self.update()

    def _drawn_legs(self) -> QPixmap:
        """Return the picture of the static parts, cached for one size and screen."""
        ratio = self.devicePixelRatioF()
        if self._legs.isNull() or self._legs.devicePixelRatio() != ratio:
            self._legs = QPixmap((QSizeF(self.size()) * ratio).toSize())
            self._legs.setDevicePixelRatio(ratio)
            self._legs.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._legs)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font())
            self._leg_painter.paint(painter, self._layout)
            painter.end()
        return self._legs

    def _point_at(self, region: Region | None) -> None:
        if region == self._hovered:
            return
        self._hovered = region
        if region is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size at which every region is easy to touch."""
        return QSize(440, 480)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which every region can still be touched."""
        return QSize(300, 260)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the drawing into the new size."""
        super().resizeEvent(event)
        self._update_layout()

    def changeEvent(self, event: QEvent) -> None:
        """Update the layout for another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._update_layout()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Highlight the region under the pointer."""
        self._point_at(self.region_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the highlight."""
        super().leaveEvent(event)
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the pressed region, and focus it so that arrow keys continue there."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed = self.region_at(event.position())
        if self._pressed is not None:
            self._buttons[self._pressed].setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the region if the press ends where it began."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == self.region_at(event.position()):
            self._buttons[pressed].click()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the legs, then the state of each region, then the focus ring and the caption."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn_legs())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for region, path in self._paths.items():
            self._region_painter.paint_region(painter, region, path, self._style(region))
        focused = self._focused()
        ringed = focused.region if focused is not None and focused.by_key else None
        if ringed is not None:
            self._region_painter.paint_ring(painter, self._paths[ringed])
        named = self._hovered or ringed
        text = self._question.hint if named is None else self._question.place_name(named)
        self._region_painter.paint_caption(painter, self._layout, text, quiet=named is None)
        painter.end()
