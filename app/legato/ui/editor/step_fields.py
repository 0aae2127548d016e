"""The fields of what is chosen: a step, a used routine, or several at once."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from legato.domain.draft import INHERIT, Use
from legato.domain.routine import Sides, Step
from legato.ui.editor.eases_map import EasesMap
from legato.ui.editor.field_table import (
    ENDINGS,
    HOLD,
    REPEAT,
    SIDES_FIELD,
    STEP_GROUPS,
    VOICES,
    Field,
    Group,
    Takes,
)
from legato.ui.editor.fields import FieldForm
from legato.ui.text import sentence
from legato.ui.widgets.basic import plain_label, push_button

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from legato.domain.draft import Draft
    from legato.domain.editing import Unread
    from legato.ui.editor.picture_panel import PicturePanel
    from legato.ui.leg_map.map import LegMap

AS_WRITTEN = "As the move has it"
MIXED = object()
"""The value of a field in which several steps differ; no control can show it."""

_OVERRIDES = (
    replace(HOLD, hint=AS_WRITTEN, empty=(INHERIT,)),
    replace(SIDES_FIELD, options=((AS_WRITTEN, INHERIT), *SIDES_FIELD.options)),
    replace(REPEAT, hint=AS_WRITTEN, empty=(INHERIT,)),
)
_SEVERAL = (replace(HOLD, hint="They differ", empty=(MIXED,)), SIDES_FIELD)
VARIANT = "variants."


class StepFields(QWidget):
    """Shows the fields of the chosen steps and emits each change.

    Args:
        picture: The part that changes a step's picture.
    """

    changed = Signal(str, object)
    """A field of the chosen steps has changed: its name and the new value."""
    refused = Signal(str, str, str)
    """The text typed into a field is not a value: the field's name, the text, and why."""
    entered = Signal()
    """The keyboard focus is in another field."""
    own_wanted = Signal()
    """The user wants to copy the used routine's steps into this routine."""
    split_wanted = Signal()
    """The user wants to split the chosen step into one for each side."""
    try_wanted = Signal()
    """The user wants to try the chosen step for a few seconds."""

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
            form.changed.connect(self._on_changed)
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
            about = "Copies the move into this routine, to change its words"
            own = push_button("Make it a step of my own", "", self.own_wanted, about=about)
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
        return push_button("Run this step for ten seconds", "", self.try_wanted)

    def _split_button(self) -> QPushButton:
        about = "Makes two steps of it, one for each side"
        button = push_button("A time of its own for each side", "", self.split_wanted, about=about)
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
            unread: The texts that are not values, by their fields.
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
        """Return the label of a field of the chosen steps."""
        return self._form.label(name)

    @property
    def _form(self) -> FieldForm:
        return (self._step, self._step, self._use, self._several)[self._shown_page]

    def begin(self, name: str = "") -> None:
        """Focus a field, or the first one."""
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
        is_each = step.sides is Sides.EACH
        self._step.show_field("first", wanted=is_each)
        self._step.show_field("own_switch", wanted=is_each)
        self._step.show_field("hold", wanted=step.count is None)
        self._step.show_field("every", wanted=step.count is not None)
        self._step.show_field("release", wanted=step.repeat > 1 and not step.alternate)
        self._step.show_field("alternate", wanted=step.repeat > 1 and is_each)
        self.picture.show_step(step)

    def _on_changed(self, name: str, value: object) -> None:
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


_BRINGS = "As the steps bring it"

_ABOUT = Group(
    "",
    (
        Field(name="name", label="Name", takes=Takes.WORDS, hint="My evening", filled=True),
        Field(name="about", label="About", takes=Takes.WORDS, hint="One sentence, or nothing"),
    ),
)
_TIMES = Group(
    "",
    (
        Field(name="ready", label="Get ready", takes=Takes.TIME, hint=_BRINGS, empty=(None,)),
        Field(name="switch", label="Change sides", takes=Takes.TIME, hint=_BRINGS, empty=(None,)),
        Field(name="voice", label="Voice", takes=Takes.CHOICE, options=VOICES),
        Field(name="end", label="At the end", takes=Takes.CHOICE, options=ENDINGS),
    ),
)


class RoutineFields(QWidget):
    """Shows the fields of the whole routine and emits each change.

    Args:
        legs: A leg map that asks for both legs.
    """

    changed = Signal(str, object)
    """A field has changed: its name and the new value."""
    refused = Signal(str, str, str)
    """The text typed into a field is not a value: the field's name, the text, and why."""
    entered = Signal()
    """The keyboard focus is in another field."""

    def __init__(self, legs: LegMap) -> None:
        super().__init__()
        self._about, self._times = FieldForm((_ABOUT,)), FieldForm((_TIMES,))
        self.eases = EasesMap(legs)
        self._eases_trouble = plain_label("", "caution")
        self._eases_trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._about)
        column.addWidget(plain_label("Eases", "quiet"))
        column.addWidget(self.eases)
        column.addWidget(self._eases_trouble)
        column.addWidget(self._times)
        column.addStretch(1)
        for form in (self._about, self._times):
            form.changed.connect(self.changed)
            form.refused.connect(self.refused)
            form.entered.connect(self.entered)
        self.eases.eases_changed.connect(lambda places: self.changed.emit("eases", places))

    def show_draft(self, draft: Draft, unread: Mapping[str, Unread]) -> None:
        """Show the values of `draft`, and by their fields the texts that are not values."""
        for form in (self._about, self._times):
            form.show_values({name: getattr(draft, name) for name in form.names}, unread)
        self.eases.show_eases(draft.eases)

    def show_troubles(self, troubles: dict[str, str]) -> None:
        """Show beside its field what is wrong with it."""
        for form in (self._about, self._times):
            for name in form.names:
                form.show_trouble(name, troubles.get(name, ""))
        why = next((why for name, why in troubles.items() if name.startswith("eases")), "")
        self._eases_trouble.setText(sentence(why))
        self._eases_trouble.setVisible(bool(why))

    def label(self, name: str) -> str:
        """Return the label of a field."""
        if name.startswith("eases"):
            return "Eases"
        return self._about.label(name) or self._times.label(name)

    def begin(self, name: str = "name") -> None:
        """Focus a field."""
        if name.startswith("eases"):
            self.eases.begin()
        elif not self._times.begin(name) and not self._about.begin(name):
            self._about.begin("name")
