"""Routine files as all kinds of people and programs might write them, and an oracle for changes.

Every comment has a number of its own, and so has every key that Legato does not know: what became
of each after a change can be looked up without the code that made the change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from legato.domain import editing
from legato.domain.draft import Draft, Use
from legato.domain.routine import Ending, Kind, Place, Sides, Step, TimedLine, Variants
from legato.storage.routine_reader import parse_routine
from legato.storage.routine_text import routine_values
from legato.storage.routine_writer import rewritten
from strategies import TEXTS

if TYPE_CHECKING:
    from random import Random

Tree: TypeAlias = "str | Sequence[Tree] | Mapping[str, Tree] | None"
WORDS = ("Lie", "down", "slowly", "heel", "towel", "knee", "över", "wall,", "it's", "10 cm")
MARK = re.compile(r"# c(\d+)\b")
ONE_WORD = frozenset(
    ("hold", "sides", "repeat", "kind", "use", "switch", "ready", "end", "picture")
)
"""Keys whose value a line break at its end would spoil."""


@dataclass
class Part:
    """Some whole lines of a file.

    Attributes:
        about: The key that they hold, or the number of the step in the list, or empty.
        text: The lines.
        owns: The numbers of the comments that go with a step.
    """

    about: str | int
    text: str
    owns: set[str] = field(default_factory=set)


@dataclass
class HandWritten:
    """A file in parts.

    Attributes:
        parts: Its lines from the beginning to the end.
        frame: What comes before and behind them.
        has_aliases: Whether lines may change because others do.
        in_blocks: Whether each step and key has lines of its own.
    """

    parts: list[Part]
    frame: tuple[str, str]
    has_aliases: bool
    in_blocks: bool

    @property
    def text(self) -> str:
        """The whole file."""
        return self.frame[0] + "".join(part.text for part in self.parts) + self.frame[1]


class Hand:
    """Writes one file; each call of a method makes up its own style."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._comments = 0
        self._keys = 0
        self._anchors: list[tuple[str, Tree]] = []
        self._list_indent = random.choice((0, 2, 2, 4))
        self._likes = {
            what: random.choice((0.0, 0.1, 0.4)) for what in ("comment", "anchor", "odd")
        }
        self._breaks = random.choice((("\n",),) * 4 + (("\r\n",), ("\r",), ("\n", "\r\n", "\r")))

    def file(self) -> HandWritten:
        """Write a file."""
        steps = [self._step() for _ in range(self._random.randint(1, 5))]
        if self._chance(0.3):
            steps.append(dict(self._random.choice(steps)))
        root: dict[str, Any] = {"name": self._words()}
        root |= {key: value for key, value in self._routine_fields().items() if self._chance(0.4)}
        root["steps"] = steps
        keys = list(root)
        if self._chance(0.3):
            self._random.shuffle(keys)
        in_blocks = self._chance(0.85)
        if in_blocks:
            parts = self._root_parts({key: root[key] for key in keys})
        else:
            parts = [Part("", self._flow(root, 0) + self._tail() + "\n")]
        head = "--- # c0\n" if self._chance(0.1) else ""
        tail = "...\n" if self._chance(0.1) else ""
        written = HandWritten(parts, (head, tail), bool(self._anchors), in_blocks)
        return self._with_breaks(written)

    def _with_breaks(self, written: HandWritten) -> HandWritten:
        for part in written.parts:
            part.text = re.sub("\n", lambda _: self._random.choice(self._breaks), part.text)
            part.owns = set(MARK.findall(part.text))
        head, tail = (one.replace("\n", self._breaks[0]) for one in written.frame)
        if not tail and self._chance(0.2):
            last = written.parts[-1]
            last.text = last.text.rstrip("\r\n")
        if not head.startswith("%") and self._chance(0.1):
            head = "\ufeff" + head
        return replace(written, frame=(head, tail))

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _words(self) -> str:
        if self._chance(self._likes["odd"]):
            return self._random.choice(TEXTS).replace("{side}", "x").replace("{other}", "y")
        return " ".join(self._random.choices(WORDS, k=self._random.randint(1, 6)))

    def _comment(self) -> str:
        self._comments += 1
        return f"# c{self._comments}"

    def _tail(self) -> str:
        """Return a comment behind something, or nothing."""
        blanks = " " * self._random.randint(1, 4)
        return blanks + self._comment() if self._chance(self._likes["comment"]) else ""

    def _lines_between(self, column: int, deeper: int = 2) -> str:
        lines = ""
        while self._chance(self._likes["comment"] / 1.5):
            blank = self._chance(0.3)
            indent = max(0, column + self._random.choice((0, 0, 0, deeper)))
            lines += "\n" if blank else f"{' ' * indent}{self._comment()}\n"
        return lines

    def _step(self) -> dict[str, Tree]:
        step: dict[str, Tree]
        if self._chance(0.4):
            step = {"use": self._random.choice(("quads", "water", "sofa"))}
            fields: dict[str, Tree] = {"hold": "1 min", "sides": "left", "repeat": "2"}
        else:
            step = {"title": self._words()}
            fields = {
                "hold": self._random.choice(("90", "1:30", "2 min", "open", "soon")),
                "sides": "both",
                "kind": "rest",
                "needs": self._list(),
                "setup": self._list(),
                "feel": self._words(),
                "skip_if": self._words(),
                "easier": None,
                "say": {at: self._words() for at in ("0:15", "90", "1:45") if self._chance(0.6)}
                or None,
                "variants": {
                    key: "sofa" for key in ("easier", "seated", "x-more") if self._chance(0.5)
                }
                or None,
                "holt": "1 min",
            }
        step |= {key: value for key, value in fields.items() if self._chance(0.35)}
        for _ in range(self._random.choice((0, 0, 1, 2))):
            step[self._own_key()] = self._own_value()
        keys = list(step)
        if self._chance(0.2):
            self._random.shuffle(keys)
        return {key: step[key] for key in keys}

    def _routine_fields(self) -> dict[str, Tree]:
        return {
            "about": self._words(),
            "eases": self._random.choice((["calf", "shin"], ["calf", "elbow"], "calf", None)),
            "switch": "10 s",
            "ready": "0:30",
            "end": "silent",
            self._own_key(): self._own_value(),
        }

    def _list(self) -> Tree:
        if self._chance(0.1):
            return self._words()
        texts: list[Tree] = [self._words() for _ in range(self._random.randint(1, 3))]
        return texts if self._chance(0.9) else [*texts, ["no", "text"]]

    def _own_key(self) -> str:
        self._keys += 1
        return f"x-{self._keys}"

    def _own_value(self) -> Tree:
        deep: Tree = {"a": [self._words(), {"b": self._words()}], "c": None}
        return self._random.choice((self._words(), ["one", self._words()], deep, None))

    def _root_parts(self, root: Mapping[str, Tree]) -> list[Part]:
        column = self._random.choice((0, 0, 0, 2))
        parts: list[Part] = []
        for key, value in root.items():
            parts.append(Part("", self._lines_between(column, deeper=0)))
            if key != "steps" or not self._chance(0.9):
                parts.append(Part(key, self._pair(key, value, column)))
                continue
            anchor = self._anchor(value)
            parts.append(Part("", f"{' ' * column}steps:{anchor}{self._tail()}\n"))
            at = column + self._list_indent
            assert isinstance(value, Sequence)
            for number, step in enumerate(value):
                gap = "\n" * self._random.choice((0, 0, 1)) + self._lines_between(at, deeper=0)
                gap, _, lead = gap.rpartition("\n\n") if "\n\n" in gap else ("", "", gap)
                parts.append(Part("", gap + "\n\n" if gap else ""))
                parts.append(Part(number, lead + self._item(step, at)))
        return parts

    def _anchor(self, value: Tree) -> str:
        if not self._chance(self._likes["anchor"]):
            return ""
        name = f"a-{len(self._anchors)}"
        self._anchors.append((name, value))
        return f" &{name}"

    def _alias(self, value: Tree) -> str:
        names = [name for name, known in self._anchors if known == value]
        return f"*{self._random.choice(names)}" if names and self._chance(0.7) else ""

    def _pair(self, key: str, value: Tree, column: int) -> str:
        """Write a key and its value as lines."""
        indent = " " * column
        name = f'"{key}"' if self._chance(0.05) else key
        head = f"{indent}{name}:"
        if self._chance(0.05):
            head = f"{indent}? {name}{self._tail()}\n{indent}:"
        if alias := self._alias(value):
            return f"{head} {alias}{self._tail()}\n"
        anchor = self._anchor(value)
        if value is None:
            return f"{head}{anchor or self._random.choice(('', ' ~'))}{self._tail()}\n"
        if isinstance(value, str):
            return f"{head}{anchor}{' ' * self._random.choice((1, 1, 3))}{self._scalar(key, value, column)}"
        if self._chance(0.35):
            return f"{head}{anchor} {self._brackets(value, column + 1)}{self._tail()}\n"
        head = f"{head}{anchor}{self._tail()}\n"
        if isinstance(value, Mapping):
            return head + self._mapping(value, column + self._random.choice((1, 2, 4)))
        at = column + self._list_indent
        return head + "".join(self._lines_between(at) + self._item(one, at) for one in value)

    def _mapping(self, value: Mapping[str, Tree], column: int) -> str:
        pairs = (self._pair(key, one, column) for key, one in value.items())
        return "".join(
            self._lines_between(column) * bool(number) + pair for number, pair in enumerate(pairs)
        )

    def _item(self, value: Tree, column: int) -> str:
        """Write an item of a list, from its indent on."""
        indent = " " * column
        if alias := self._alias(value):
            return f"{indent}- {alias}{self._tail()}\n"
        anchor = self._anchor(value)
        if isinstance(value, str):
            return f"{indent}-{anchor} {self._scalar('', value, column)}"
        if not isinstance(value, Mapping) or self._chance(0.2):
            return f"{indent}-{anchor} {self._brackets(value, column + 1)}{self._tail()}\n"
        width = self._random.choice((2, 2, 2, 4))
        lines = self._mapping(value, column + width)
        if anchor or self._chance(0.1):
            return f"{indent}-{anchor}{self._tail()}\n{lines}"
        return f"{indent}-{lines[column + 1 :]}"

    def _scalar(self, key: str, value: str, column: int) -> str:
        """Write a text to the end of its last line."""
        indent = "\n" + " " * (column + self._random.choice((1, 2, 4)))
        if self._chance(0.2) and value == value.strip():
            chomping = "-" if key in ONE_WORD else self._random.choice(("", "-", "+"))
            splits = key not in ONE_WORD and self._chance(0.3)
            lines = value.replace(" ", indent) if splits else value
            blank = "\n" * (chomping == "+" and self._chance(0.5))
            return f"{self._random.choice('|>')}{chomping}{self._tail()}{indent}{lines}\n{blank}"
        folds = " " in value and key not in ONE_WORD and self._chance(0.2)
        return f"{self._quoted(value, indent if folds else ' ')}{self._tail()}\n"

    def _quoted(self, value: str, space: str = " ", *, in_flow: bool = False) -> str:
        simple = r"[A-Za-z0-9][\w .'-]*" if in_flow else r"[A-Za-z0-9][\w .,'-]*"
        style = self._random.choice(("", "", "'", '"'))
        if not style and re.fullmatch(simple + r"(:\d+)?", value) and not value.endswith(" "):
            return value.replace(" ", space)
        if style == '"':
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace(" ", space) + '"'
        return "'" + value.replace("'", "''").replace(" ", space) + "'"

    def _flow(self, value: Tree, column: int) -> str:
        """Write any value in brackets."""
        if value is None:
            return "~"
        if alias := self._alias(value):
            return f"{alias} "
        if isinstance(value, str):
            return self._quoted(value, in_flow=True)
        return f"{self._anchor(value)} {self._brackets(value, column)}".strip()

    def _brackets(self, value: Tree, column: int) -> str:
        if isinstance(value, Mapping):
            pieces = [f"{key}: {self._flow(one, column)}" for key, one in value.items()]
        else:
            assert isinstance(value, Sequence)
            pieces = [self._flow(one, column) for one in value]
        inside = self._space(column)
        for number, piece in enumerate(pieces):
            comma = "," if number + 1 < len(pieces) or self._chance(0.1) else ""
            inside += piece + comma + self._space(column, least=" " if comma else "")
        return f"{{{inside}}}" if isinstance(value, Mapping) else f"[{inside}]"

    def _space(self, column: int, least: str = "") -> str:
        if self._chance(0.8):
            return least
        comment = self._tail()
        return f"{comment or least}\n{' ' * (column + self._random.choice((1, 3)))}"


def read(text: str) -> Draft | None:
    """Return what the loader reads."""
    return parse_routine(text.encode(), routine_id="odd", where="odd.yaml").draft


class Desk:
    """Changes a file again and again, and looks what became of it each time.

    Attributes:
        text: The file as it is now.
        draft: What it says.
    """

    def __init__(self, random: Random, written: HandWritten) -> None:
        draft = read(written.text)
        assert draft is not None, "nothing of it can be read"
        self.text = written.text
        self.draft = draft
        self._random = random
        self._parts: list[Part] | None = written.parts if written.in_blocks else None
        self._has_aliases = written.has_aliases
        self._swallowed = set(swallowed(written.text))
        self._stays = set(MARK.findall(written.text)) - self._swallowed
        self._owns = {
            part.about: part.owns for part in written.parts if isinstance(part.about, int)
        }
        self._ids: list[int | None] = list(range(len(draft.steps)))
        self._own_values = own_values(written.text)

    def change(self) -> None:
        """Make one change, save it, and see whether all else is there; raises AssertionError."""
        wanted, ids, about = self._edited()
        after = rewritten(self.text, self.draft, wanted)
        found = read(after)
        assert found is not None
        assert routine_values(found) == routine_values(wanted), "it says something else"
        self._forget_deleted(set(self._ids) - set(ids))
        assert not self._stays - set(MARK.findall(after)), "a comment is lost"
        assert set(swallowed(after)) <= self._swallowed, "a comment became part of a text"
        self._check_own_values(after, ids)
        self._check_lines(after, about)
        self.text, self.draft, self._ids = after, wanted, ids

    def _forget_deleted(self, deleted: set[int | None]) -> None:
        for number in deleted:
            # Without lines of its own it may have taken any comment along.
            owned = set() if number is None else self._owns.get(number, set())
            self._stays -= owned if self._owns else self._stays

    def _edited(self) -> tuple[Draft, list[int | None], str | int | None]:
        """Return the draft after one edit, whose steps they are, and what part it was about."""
        random, draft, ids = self._random, self.draft, self._ids
        text = random.choice(TEXTS)
        if not ids or random.random() < 0.25:
            value: Any
            name, value = random.choice(
                (
                    *(("name", text), ("about", text), ("about", ""), ("switch", 45.0)),
                    *(("ready", None), ("end", Ending.BELL), ("eases", (Place.SHIN, Place.CALF))),
                    ("eases", ()),
                )
            )
            return replace(draft, **{name: value}), ids, name
        at, to = random.randrange(len(ids)), random.randint(0, len(ids))
        what = random.random()
        if what < 0.1 and len(ids) > 1:
            return editing.delete_steps(draft, [at]).draft, ids[:at] + ids[at + 1 :], None
        if what < 0.25:
            rest = ids[:at] + ids[at + 1 :]
            place = to - (at < to)
            return (
                editing.move_steps(draft, [at], to).draft,
                [*rest[:place], ids[at], *rest[place:]],
                None,
            )
        if what < 0.35:
            new = random.choice(
                (Use(id="quads"), Step(title=text, setup=(text, "b")), draft.steps[at])
            )
            return editing.add_steps(draft, [new], to).draft, [*ids[:to], None, *ids[to:]], None
        return self._step_changed(at, text), ids, ids[at]

    def _step_changed(self, at: int, text: str) -> Draft:
        random, step = self._random, self.draft.steps[at]
        values: list[dict[str, Any]] = [
            {"hold": random.choice((None, 30.0, 12.5))},
            {"sides": random.choice(tuple(Sides))},
            {"repeat": random.randint(1, 3)},
        ]
        if isinstance(step, Step):
            lists = [
                (),
                (text,),
                (text, "b", "c"),
                step.setup[1:],
                (*step.needs, text),
                step.setup[::-1],
            ]
            say = [
                (),
                (TimedLine(15.0, text), TimedLine(60.0, "x")),
                step.say[:1],
                (*step.say, TimedLine(3.5, text)),
            ]
            values += [
                {"title": text},
                {"kind": random.choice(tuple(Kind))},
                {random.choice(("feel", "skip_if", "easier")): random.choice(("", text))},
                *({name: random.choice(lists)} for name in ("needs", "setup")),
                {"say": random.choice(say)},
                {
                    "variants": Variants(
                        easier=random.choice(("", "bed ")), standing=random.choice(("", "wall"))
                    )
                },
            ]
        return editing.change_step(self.draft, at, **random.choice(values)).draft

    def _check_own_values(self, after: str, ids: list[int | None]) -> None:
        values = own_values(after)
        for (owner, key), value in self._own_values.items():
            if owner is None or (owner in self._ids and owner in ids):
                place = None if owner is None else ids.index(owner)
                assert values.get((place, key)) == value, f"{key} was {value}"

    def _check_lines(self, after: str, about: str | int | None) -> None:
        """Compare the lines that the edit was not about."""
        if self._parts is None or self._has_aliases:
            return
        before, self._parts = self._parts, None  # the lines of the next file are not known
        if about is None:
            return
        at = next((number for number, part in enumerate(before) if part.about == about), None)
        if at is None:
            return
        head = "".join(part.text for part in before[:at])
        tail = "".join(part.text for part in before[at + 1 :])
        assert head in after, "lines above changed"
        assert after.rstrip("\r\n. ").endswith(tail.rstrip("\r\n. ")), "lines below changed"


def own_values(text: str) -> dict[tuple[int | None, str], Any]:
    """Return the values of unknown keys by their step, None for the routine's own, and name."""
    root = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.CSafeLoader)
    found: dict[tuple[int | None, str], Any] = {}
    for key, value in root.value if root else ():
        if key.value.startswith("x-"):
            found[None, key.value] = _plain(value)
        if key.value == "steps" and isinstance(value, yaml.SequenceNode):
            for number, step in enumerate(value.value):
                pairs = step.value if isinstance(step, yaml.MappingNode) else ()
                found |= {
                    (number, k.value): _plain(v) for k, v in pairs if k.value.startswith("x-")
                }
    return found


def swallowed(text: str) -> list[str]:
    """Return the numbered comments that are part of a value."""
    events = yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.CSafeLoader)
    return [
        one
        for event in events
        if isinstance(event, yaml.ScalarEvent)
        for one in MARK.findall(event.value)
    ]


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401 - a tree
    if isinstance(node, yaml.MappingNode):
        return [(_plain(key), _plain(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return None if node.tag.endswith(":null") else node.value
