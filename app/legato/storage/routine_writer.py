"""Writes changes of a routine into the existing text of its file.

Unchanged parts keep their bytes: comments, order, quotes, blank lines, unknown keys, line breaks.
In a changed step or key every comment and unknown key survives; a comment that would vanish is put
above. An alias that the change touches is written out. The result is read back and compared before
it is returned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from yaml.error import YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from legato.domain.draft import Draft, Use
from legato.domain.durations import parse_seconds
from legato.domain.problems import BadData, Problem
from legato.domain.routine import Step, Variants
from legato.storage.routine_format import ROUTINE_FIELDS, STEP_FIELDS, USE_FIELDS, VARIANT_FIELDS
from legato.storage.routine_reader import parse_routine
from legato.storage.routine_text import clean_text, clock, field_plain, line_values, routine_values
from legato.storage.yaml.align import align
from legato.storage.yaml.nodes import is_null
from legato.storage.yaml.patch import PairEdits, Patch, Slot
from legato.storage.yaml.spans import (
    BLOCK_STYLES,
    BREAK,
    ShapeError,
    TextEdit,
    YamlText,
    edited,
    end_of,
    key_name,
    resolved,
)
from legato.storage.yaml.types import (
    Kind,
    ListOf,
    ProblemCollector,
    TimedLines,
    WrongValueError,
)

if TYPE_CHECKING:
    from legato.domain.editing import Line
    from legato.storage.routine_reader import Reading
    from legato.storage.yaml.emit import Plain
    from legato.storage.yaml.types import Fields

_BOM = "\ufeff"
_CHOMPING = re.compile(r"([|>])([0-9]*)[-+]?([0-9]*)")
_NOT_IN_PLACE = "this change does not fit into the file as it is written"
_BY_HAND = "nothing is lost: make it in your text editor, or save as a new routine"
SAME_TITLE_COUNTS = 0.6
"""Similarity of two steps with the same title."""
_PLAIN = Step(title="-")
_CHECKED_WHEN_EQUAL = frozenset({"name", "steps"})
"""An empty name is written as the id, and steps that are equal may have changed places."""


def rewrite(
    text: str, before: Draft, wanted: Draft, where: str = "", folder: str = ""
) -> tuple[str, Reading]:
    """Return `text` changed so that it reads as `wanted`, and the reading of it.

    Args:
        text: A routine file from which a draft can be read, even with problems.
        before: The draft that was read from it. A step of `wanted` that is identical (`is`) to
            one of its steps comes from there.
        wanted: The draft that it should contain.
        where: The file's path for problems.
        folder: The routine's own folder, for pictures of the steps that are read.

    Raises:
        BadData: The change is not possible; has one problem.
    """
    values = routine_values(wanted)
    changed: str | None = text
    if routine_values(before) != values or _is_reordered(before.steps, wanted.steps):
        changed = _changed(text, before, wanted)
    fault = None
    if changed is not None:
        reading = parse_routine(changed.encode(), routine_id=wanted.id, where=where, folder=folder)
        if reading.draft and routine_values(reading.draft) == values:
            return changed, reading
        fault = _new_fault(text, reading, wanted.id)
    raise BadData([fault or Problem(where=where, text=_NOT_IN_PLACE, hint=_BY_HAND)])


def rewritten(text: str, before: Draft, wanted: Draft, where: str = "") -> str:
    """Return the text of `rewrite`; raise BadData."""
    return rewrite(text, before, wanted, where)[0]


def _new_fault(text: str, after: Reading, routine_id: str) -> Problem | None:
    """Return the first new problem, which explains why a value cannot be written."""
    before = parse_routine(text.encode(), routine_id=routine_id, where="")
    known = {(problem.field, problem.text) for problem in before.problems}
    for problem in after.problems:
        if (problem.field, problem.text) not in known:
            return replace(problem, line=1, column=1)
    return None


def _changed(text: str, before: Draft, wanted: Draft) -> str | None:
    """Return the changed text, or None if the change is not possible."""
    frame = _Frame(text)
    body = frame.body
    try:
        while True:
            source = YamlText(body)
            writer = _Writer(source)
            edits = writer.block(source.root, ROUTINE_FIELDS, before, wanted)
            aliases = writer.patch.touched_aliases()
            if not aliases:
                return frame.around(edited(body, edits))
            body = edited(body, aliases)
    except (
        ShapeError,
        YAMLError,
    ):  # An alias as a key may be too long for YAML when it is written out.
        return None


class _Frame:
    """A text without its byte order mark and with a last line break; `around` undoes both."""

    def __init__(self, text: str) -> None:
        self._bom = _BOM if text.startswith(_BOM) else ""
        self.body = text.removeprefix(_BOM)
        self._open = self._closed = ""
        if not BREAK.fullmatch(self.body[-1:]):
            source = YamlText(self.body)
            self._open, self._closed = "", source.newline
            last = source.last_leaf
            if last and last.style in BLOCK_STYLES and end_of(last) == len(self.body.rstrip(" ")):
                # A block text at the end has no line break, and must not get one.
                self._open = self.body[source.content_start(last) :]
                self._closed = _CHOMPING.sub(r"\1\2\3-", self._open, count=1) + source.newline
            self.body = self.body.removesuffix(self._open) + self._closed

    def around(self, body: str) -> str:
        """Return `body` with the beginning and end of the original text."""
        if self._closed and body.endswith(self._closed):
            last = None if self._open else YamlText(body).last_leaf
            if not (last and last.style in BLOCK_STYLES):
                body = body.removesuffix(self._closed) + self._open
        return self._bom + body


class _Writer:
    """Computes the edits for the differences between two drafts."""

    def __init__(self, source: YamlText) -> None:
        self.source = source
        self.patch = Patch(source)

    def block(self, node: Node, fields: Fields, before: object, wanted: object) -> list[TextEdit]:
        """Change the mapping of a draft, a line or variants."""
        if not isinstance(node, MappingNode):
            raise ShapeError("no mapping")
        edits: PairEdits = {}
        new: dict[str, Plain] = {}
        unused = wanted.unused if isinstance(wanted, Step) else frozenset()
        for name, field in fields.items():
            attribute = field.attribute or name
            old_value, value = getattr(before, attribute), getattr(wanted, attribute)
            is_unused = name in unused
            if value == old_value and name not in _CHECKED_WHEN_EQUAL and not is_unused:
                continue
            plain = None if is_unused else field_plain(name, value)
            if plain is None and name == "name" and isinstance(wanted, Draft):
                plain = wanted.id
            is_same = plain == field_plain(name, old_value)
            if is_same and not (name == "steps" and _is_reordered(old_value, value)):
                continue
            index = _index(node, name)
            if index is None:
                new |= {} if plain is None else {name: plain}
                continue
            edit = self._field(node, index, field.kind, (old_value, value), plain)
            # If a key is written twice, the second one would count once the first is removed.
            edits |= {index: edit} if edit is not None else _without(node, name)
        return self.patch.mapping(node, edits, new, list(fields))

    def _field(
        self,
        node: Node,
        index: int,
        kind: Kind[Any],
        values: tuple[Any, Any],
        plain: Plain | None,
    ) -> list[TextEdit] | None:
        """Change a field that exists in the text; return None if it has to be removed.

        Args:
            node: The mapping.
            index: The index of the field's pair.
            kind: The kind of its value.
            values: The old and the new value.
            plain: The new value as it is written.
        """
        before, wanted = values
        name, written = key_name(node.value[index]), node.value[index][1]
        if is_null(written):
            return self.patch.pair(node, index, plain or "")
        if name == "steps":
            return self._steps(node, index, before, wanted)
        if isinstance(kind, ListOf):
            return self._list(node, index, kind, plain)
        if isinstance(kind, TimedLines):
            return self._timed_lines(node, index, kind, plain)
        if isinstance(wanted, Variants):
            return self._variants(node, index, before, wanted)
        if isinstance(wanted, float) and plain is not None:
            plain = _spelled_like(written, wanted, str(plain))
        return None if plain is None else self.patch.pair(node, index, plain)

    def _steps(
        self, node: Node, index: int, before: Sequence[Line], wanted: Sequence[Line]
    ) -> list[TextEdit]:
        steps = self.patch.own(node.value[index][1])
        if steps is None:
            return []
        if not isinstance(steps, SequenceNode):
            return self._instead(node, index, [line_values(line) for line in wanted])
        slots = [
            Slot(value=line_values(line))
            if origin is None
            else Slot(origin, self._step(steps, origin, before[origin], line))
            for line, origin in zip(wanted, _origins(before, wanted), strict=True)
        ]
        return self.patch.items(steps, slots, keeps_comments=False)

    def _step(self, steps: Node, index: int, before: Line, wanted: Line) -> list[TextEdit]:
        if before == wanted or line_values(before) == line_values(wanted):
            return []
        step = self.patch.own(steps.value[index])
        if step is None:
            return []
        if isinstance(step, MappingNode):
            fields = USE_FIELDS if isinstance(wanted, Use) else STEP_FIELDS
            return self.block(step, fields, before, wanted)
        words = self.patch.raw_as_comments(step)
        return self.patch.item(steps, index, line_values(wanted), words)

    def _list(
        self, node: Node, index: int, kind: ListOf[Any], plain: Plain | None
    ) -> list[TextEdit] | None:
        """Change a list of texts; items that cannot be read stay."""
        whole = self.patch.own(node.value[index][1])
        if whole is None:
            return []
        texts = list(map(str, plain)) if isinstance(plain, Sequence) else []
        if isinstance(whole, MappingNode):
            return self._instead(node, index, texts)
        if isinstance(whole, ScalarNode):
            kept = [] if _readable(kind.item, whole) else [str(whole.value)]
            return self.patch.pair(node, index, [*kept, *texts]) if kept or texts else None
        old = [_text_of(item) if _readable(kind.item, item) else None for item in whole.value]
        # An item that cannot be read equals only itself.
        keys = [f"\0{number}" if text is None else text for number, text in enumerate(old)]
        origins = align(keys, texts, lambda one, _: -1.0 if old[one] is None else 0.0)
        slots = [
            Slot(origin, value=text)
            if origin is None or old[origin] == text
            else Slot(origin, self.patch.item(whole, origin, text))
            for text, origin in zip(texts, origins, strict=True)
        ]
        for number, text in enumerate(old):
            if text is None:  # It stays behind the same item.
                homes = [slot.origin for slot in slots]
                before = next((one for one in range(number - 1, -1, -1) if one in homes), None)
                slots.insert(0 if before is None else homes.index(before) + 1, Slot(number))
        return self.patch.items(whole, slots, keeps_comments=True) if slots else None

    def _timed_lines(
        self, node: Node, index: int, kind: TimedLines, plain: Plain | None
    ) -> list[TextEdit] | None:
        """Change lines by their time; lines that cannot be read stay."""
        wanted = plain if isinstance(plain, Mapping) else {}
        lines = self.patch.own(node.value[index][1])
        if lines is None:
            return []
        if not isinstance(lines, MappingNode):
            return self._instead(node, index, wanted)
        times = {
            number: clock(parse_seconds(key_name(pair)) or 0.0)
            for number, pair in enumerate(lines.value)
            if _readable(kind.time, pair[0]) and _readable(kind.line, pair[1])
        }
        last = {
            at: number for number, at in times.items()
        }  # The last line of the same time counts.
        edits: PairEdits = {number: None for number, at in times.items() if at not in wanted}
        for at, number in last.items():
            if at in wanted and wanted[at] != _text_of(lines.value[number][1]):
                edits[number] = self.patch.pair(lines, number, wanted[at])
        new = {at: text for at, text in wanted.items() if at not in last}
        keys = {*new, *(key_name(lines.value[number]) for number in times)}
        order = sorted(keys, key=lambda key: parse_seconds(key) or 0.0)
        if not wanted and len(edits) == len(lines.value):
            return None
        return self.patch.mapping(lines, edits, new, order)

    def _variants(
        self, node: Node, index: int, before: Variants, wanted: Variants
    ) -> list[TextEdit] | None:
        """Change the ids of variants; unknown keys stay."""
        variants = self.patch.own(node.value[index][1])
        if variants is None:
            return []
        if not isinstance(variants, MappingNode):
            return self._instead(node, index, field_plain("variants", wanted) or {})
        if wanted == Variants() and all(key_name(one) in VARIANT_FIELDS for one in variants.value):
            return None
        return self.block(variants, VARIANT_FIELDS, before, wanted)

    def _instead(self, node: Node, index: int, plain: Plain) -> list[TextEdit]:
        """Replace a value of the wrong kind by a list or mapping, and keep it as a comment."""
        words = self.patch.raw_as_comments(node.value[index][1])
        return self.patch.pair(node, index, plain, words)


def _without(mapping: Node, name: str) -> PairEdits:
    return {index: None for index, pair in enumerate(mapping.value) if key_name(pair) == name}


def _index(mapping: Node, name: str) -> int | None:
    """Return the index of the first pair with that key, the one that is read."""
    return next((index for index, one in enumerate(mapping.value) if key_name(one) == name), None)


def _text_of(node: Node) -> str:
    return clean_text(str(resolved(node).value))


def _readable(kind: Kind[Any], node: Node) -> bool:
    node = resolved(node)
    try:
        if not is_null(node):
            kind.read(node, "", ProblemCollector(""))
            return True
    except WrongValueError:
        pass
    return False


def _spelled_like(node: Node, seconds: float, plain: str) -> str:
    """Return a duration in the spelling of the one that it replaces, if possible."""
    written = node.value if isinstance(node, ScalarNode) else ""
    if ":" in written and seconds == int(seconds):
        return clock(seconds)
    if written.replace(".", "", 1).isdecimal():
        return f"{seconds:.3f}".rstrip("0").rstrip(".")
    return plain


def _origins(before: Sequence[Line], wanted: Sequence[Line]) -> list[int | None]:
    """Return for each line of `wanted` the index of its original in `before`, or None."""
    known = _known_origins(before, wanted)
    taken = set(known)  # whose texts need not be compared
    return align(
        ["" if index in taken else str(line_values(line)) for index, line in enumerate(before)],
        [
            "" if origin is not None else str(line_values(line))
            for line, origin in zip(wanted, known, strict=True)
        ],
        lambda one, other: alike(before[one], wanted[other]),
        known=known,
    )


def _known_origins(before: Sequence[Line], wanted: Sequence[Line]) -> list[int | None]:
    """Return for each line of `wanted` the index of the identical one of `before`, or None."""
    index_of = {id(line): index for index, line in enumerate(before)}
    return [index_of.pop(id(line), None) for line in wanted]


def _is_reordered(before: Sequence[Line], wanted: Sequence[Line]) -> bool:
    """Return whether lines have changed their order, equal ones too."""
    known = [origin for origin in _known_origins(before, wanted) if origin is not None]
    return known != sorted(known)


def alike(one: Line, other: Line) -> float:
    """Return the similarity of two lines, 0 to 1; below 0 if they are of different kinds."""
    if isinstance(one, Use) and isinstance(other, Use):
        return float(one.id == other.id)
    if isinstance(one, Use) or isinstance(other, Use):
        return -1.0
    pairs = [
        (getattr(one, name), getattr(other, name))
        for name in STEP_FIELDS
        if not getattr(one, name) == getattr(other, name) == getattr(_PLAIN, name)
    ]
    same: float = sum(before == after for before, after in pairs) / len(pairs)
    if one.title == other.title:
        return SAME_TITLE_COUNTS + (1.0 - SAME_TITLE_COUNTS) * same
    return same
