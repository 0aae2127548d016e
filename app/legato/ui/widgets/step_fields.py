"""The fields of what is chosen: a step, a used routine, or several at once."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from legato.domain.draft import KEPT, Use
from legato.domain.routine import Sides, Step
from legato.ui.step_table import HOLD, REPEAT, SIDES_FIELD, STEP_GROUPS, Group
from legato.ui.widgets.advice_card import plain_label
from legato.ui.widgets.field_form import FieldForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from legato.domain.editing import Unread
    from legato.ui.widgets.picture_panel import PicturePanel

AS_WRITTEN = "As the move has it"
MIXED = object()
"""What several steps have where they differ; no control can show it."""

_OVERRIDES = (
    replace(HOLD, hint=AS_WRITTEN, empty=(KEPT,)),
    replace(SIDES_FIELD, options=((AS_WRITTEN, KEPT), *SIDES_FIELD.options)),
    replace(REPEAT, hint=AS_WRITTEN, empty=(KEPT,)),
)
_SEVERAL = (replace(HOLD, hint="They differ", empty=(MIXED,)), SIDES_FIELD)
VARIANT = "variants."


class StepFields(QWidget):
    """Shows what is chosen and tells each change.

    Args:
        picture: The part that changes a step's picture.
    """

    changed = Signal(str, object)
    """A field of what is chosen has another value."""
    refused = Signal(str, str, str)
    """What is typed into a field is no value: its name, the text, and why; no reason if nothing."""
    entered = Signal()
    """Another field has the keyboard."""
    own_wanted = Signal()
    """The used routine's steps are to become steps of this one."""
    split_wanted = Signal()
    """The chosen step is to become one for each side."""
    try_wanted = Signal()
    """The chosen step is to be run for a few seconds."""

    def __init__(self, picture: PicturePanel) -> None:
        super().__init__()
        self._shown: Step | Use | None = None
        self.picture = picture
        self._step = FieldForm(STEP_GROUPS)
        self._use = FieldForm((Group("Only in this routine", _OVERRIDES),))
        self._several = FieldForm((Group("", _SEVERAL),))
        self._used_title = plain_label("", "title")
        self._used_words = plain_label("", "quiet")
        self._count = plain_label("", "title")
        self._splits: list[QPushButton] = []
        self._shown_page = 0
        self._nothing = plain_label("Choose a step, or add one.", "quiet")
        forms = (self._step, self._use, self._several)
        self._all: tuple[QWidget, ...] = (self._nothing, *map(self._page, forms))
        for form in forms:
            form.changed.connect(self._tell)
            form.refused.connect(self.refused)
            form.entered.connect(self.entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in self._all:
            column.addWidget(widget)
        column.addStretch(1)
        self._turn_to(0)

    def _page(self, form: FieldForm) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if form is self._step:
            column.addWidget(self.picture)
            column.addWidget(self._try_button())
        elif form is self._use:
            column.addWidget(self._used_title)
            column.addWidget(self._used_words)
            column.addWidget(self._try_button())
            own = QPushButton("Make it a step of my own")
            own.setAccessibleDescription("Copies the move into this routine, to change its words")
            own.clicked.connect(self.own_wanted)
        else:
            column.addWidget(self._count)
        column.addWidget(form)
        if form is self._use:
            column.addWidget(own)
        if form is not self._several:
            form.add_after("sides", self._split_button())
        column.addStretch(1)
        return page

    def _try_button(self) -> QPushButton:
        button = QPushButton("Run this step for ten seconds")
        button.clicked.connect(self.try_wanted)
        return button

    def _split_button(self) -> QPushButton:
        button = QPushButton("A time of its own for each side")
        button.setAccessibleDescription("Makes two steps of it, one for each side")
        button.clicked.connect(self.split_wanted)
        self._splits.append(button)
        return button

    def show_lines(
        self,
        lines: Sequence[Step | Use],
        used: str = "",
        *,
        splits: bool = False,
        unread: Mapping[str, Unread] | None = None,
    ) -> None:
        """Show what is chosen.

        Args:
            lines: The chosen steps.
            used: The name of the routine that a single `use` names.
            splits: Whether a single line works both sides in turn, and can be one for each.
            unread: By their fields, the texts that stand for no value.
        """
        for button in self._splits:
            button.setVisible(splits)
        self._shown = lines[0] if len(lines) == 1 else None
        if not lines:
            self._turn_to(0)
        elif len(lines) > 1:
            self._turn_to(3)
            self._count.setText(f"{len(lines)} steps chosen")
            values = {name: _common(lines, name) for name in self._several.names}
            self._several.show_values(values, unread)
        elif isinstance(lines[0], Step):
            self._turn_to(1)
            self._show_step(lines[0], unread)
        else:
            self._turn_to(2)
            self._used_title.setText(used or lines[0].id)
            self._used_words.setText(
                f"From the library ({lines[0].id}): words and pictures stay as they are there."
            )
            values = {name: getattr(lines[0], name) for name in self._use.names}
            self._use.show_values(values, unread)

    def show_troubles(self, troubles: dict[str, str]) -> None:
        """Show beside its field what is wrong with the chosen step."""
        form = self._step if isinstance(self._shown, Step) else self._use
        for name in form.names:
            form.show_trouble(name, troubles.get(name, ""))

    def show_refusal(self, name: str, why: str) -> None:
        """Show why a value was not taken."""
        form = self._step if isinstance(self._shown, Step) else self._use
        if name in form.names:
            form.show_trouble(name, why)

    def label(self, name: str) -> str:
        """Return what a field of what is chosen is called beside it."""
        return self._form.label(name)

    @property
    def _form(self) -> FieldForm:
        return (self._step, self._step, self._use, self._several)[self._shown_page]

    def begin(self, name: str = "") -> None:
        """Put the keyboard into a field, or the first one."""
        form = self._form
        if not form.begin(name):
            form.begin(form.names[0])

    def _turn_to(self, page: int) -> None:
        """Show a page; those that are not shown take no room."""
        self._shown_page = page
        # Those that go first: two at once would be higher than either.
        for index, widget in enumerate(self._all):
            if index != page:
                widget.hide()
        self._all[page].show()

    def _show_step(self, step: Step, unread: Mapping[str, Unread] | None) -> None:
        values: dict[str, object] = {
            f"{VARIANT}{one.name}": getattr(step.variants, one.name)
            for one in fields(step.variants)
        }
        values |= {name: getattr(step, name) for name in self._step.names if name not in values}
        self._step.show_values(values, unread)
        self._step.show_field("first", wanted=step.sides is Sides.EACH)
        self._step.show_field("release", wanted=step.repeat > 1)
        self.picture.show_step(step)

    def _tell(self, name: str, value: object) -> None:
        if value is MIXED:
            self.refused.emit(name, "", "")
        elif name.startswith(VARIANT) and isinstance(self._shown, Step):
            variants = replace(self._shown.variants, **{name.removeprefix(VARIANT): str(value)})
            self.changed.emit("variants", variants)
        else:
            self.changed.emit(name, value)


def _common(lines: Sequence[Step | Use], name: str) -> object:
    values = {getattr(line, name) for line in lines}
    return values.pop() if len(values) == 1 else MIXED
