"""Kinds of mappings: read by a table of fields, and described as JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode

from legato.domain.problems import BadData
from legato.storage.safe_read import read_regular
from legato.storage.yaml.nodes import LONGEST_SHOWN, MOST_BYTES, compose, is_null, position, shown
from legato.storage.yaml.types import (
    Choice,
    Fields,
    Json,
    Kind,
    ProblemCollector,
    WrongValueError,
    scalar_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from enum import StrEnum
    from pathlib import Path

T = TypeVar("T")
Rules: TypeAlias = (
    "Mapping[str, Callable[[Mapping[str, Any], Collection[str]], tuple[str, str] | None]]"
)
OWN_KEY = "x-"


class Block(Generic[T]):
    """A block of keys that becomes one value.

    Attributes:
        fields: Its keys.
        make: Builds the value from the fields that could be read; must not fail without the others.
        elsewhere: Keys of another block, with the hint to show for them here.
        rules: By key, returns why its value does not fit the others, and a hint, or None; the value
            is then left out. Is given the values that could be read and all keys.
        rules_schema: The same rules as keywords of JSON Schema.
    """

    def __init__(
        self,
        fields: Fields,
        make: Callable[[dict[str, Any]], T],
        elsewhere: Mapping[str, str] | None = None,
        *,
        rules: Rules | None = None,
        rules_schema: Json | None = None,
    ) -> None:
        self.fields = fields
        self.make = make
        self.elsewhere = elsewhere or {}
        self.rules = rules or {}
        self.rules_schema = rules_schema or {}

    def read(self, node: Node, field: str, findings: ProblemCollector) -> T:
        """Return the value; raise WrongValueError if `node` is no mapping."""
        if not isinstance(node, MappingNode):
            names = ", ".join(name for name, one in self.fields.items() if one.required)
            hint = f"begin with {names}:" if names else ""
            raise WrongValueError(node, "a block of keys is expected here", hint)
        values: dict[str, Any] = {}
        nodes: dict[str, Node] = {}
        prefix = f"{field}." if field else ""
        for key, value in node.value:
            name = self._name(key, nodes, field, findings)
            if name:
                self._take(name, value, prefix + name, values, findings)
        for name, one in self.fields.items():
            if one.required and (one.attribute or name) not in values and name not in nodes:
                findings.note(node, prefix + name, f"{name} is missing", f"add a line {name}: …")
        for name, rule in self.rules.items():
            if name in values and (refused := rule(values, nodes)):
                findings.note(nodes[name], prefix + name, *refused)
                del values[name]
        return self.make(values)

    def schema(self) -> Json:
        """Return the schema of the keys; any key that begins with `x-` is allowed."""
        schema: Json = {
            "type": "object",
            "properties": {
                name: self._field_schema(name) | {"description": one.about}
                for name, one in self.fields.items()
            },
            "patternProperties": {f"^{OWN_KEY}": {}},
            "additionalProperties": False,
        } | self.rules_schema
        if required := [name for name, one in self.fields.items() if one.required]:
            schema["required"] = required
        return schema

    def _field_schema(self, name: str) -> Json:
        one = self.fields[name]
        if one.required:
            return one.kind.schema()
        return {"anyOf": [{"type": "null"}, one.kind.schema()]}

    def _name(
        self, key: Node, nodes: dict[str, Node], field: str, findings: ProblemCollector
    ) -> str:
        """Return the name of a field to read, or an empty string."""
        if not isinstance(key, ScalarNode):
            findings.note(key, field, "a key must be one word")
            return ""
        name = str(key.value)
        path = f"{field}.{name[:LONGEST_SHOWN]}" if field else name[:LONGEST_SHOWN]
        if name in nodes:
            findings.note(key, path, f"{shown(name)} is written twice", "keep one of them")
            return ""
        nodes[name] = key
        if name in self.fields:
            return name
        if not name.startswith(OWN_KEY):
            findings.note(key, path, *self._unknown(name, findings))
        return ""

    def _unknown(self, name: str, findings: ProblemCollector) -> tuple[str, str]:
        if name == "<<":
            return "merge keys are not read", "write the lines out, or repeat a value by *alias"
        if name in self.elsewhere:
            return f"{name} has no place here", self.elsewhere[name]
        hint = findings.guess(name, self.fields) or f"one of {', '.join(self.fields)}"
        return f"{shown(name)} is not known here", hint

    def _take(
        self, name: str, node: Node, path: str, values: dict[str, Any], findings: ProblemCollector
    ) -> None:
        one = self.fields[name]
        findings.places[path] = position(node)
        if is_null(node):
            if one.required:
                findings.note(node, path, f"{name} is empty", f"write {name}: …")
            return
        try:
            values[one.attribute or name] = one.kind.read(node, path, findings)
        except WrongValueError as wrong:
            findings.note(wrong.node, path, wrong.text, wrong.hint)


V = TypeVar("V")
E = TypeVar("E", bound="StrEnum")


@dataclass(frozen=True, slots=True)
class Literal:
    """One word that switches an option on."""

    word: str

    def read(self, node: Node, field: str, findings: ProblemCollector) -> bool:  # noqa: ARG002
        """Return True; raise WrongValueError for any other word."""
        if scalar_text(node, self.word) != self.word:
            raise WrongValueError(node, f"only {self.word} is known here")
        return True

    def schema(self) -> Json:
        """Return the schema of the word."""
        return {"const": self.word}


@dataclass(frozen=True, slots=True)
class MapOf(Generic[E, V]):
    """A mapping whose keys are the words of an enum, or any words if `of` is empty."""

    value: Kind[V]
    of: tuple[E, ...] = ()

    def read(self, node: Node, field: str, findings: ProblemCollector) -> dict[Any, V]:
        """Return the values that could be read by key; words of an enum become its members."""
        if not isinstance(node, MappingNode):
            raise WrongValueError(node, "a block of keys is expected here")
        read: dict[Any, V] = {}
        for key, value in node.value:
            try:
                name: Any = scalar_text(key, "one word")
                if self.of:
                    name = Choice(self.of).read(key, field, findings)
                path = f"{field}.{name}" if field else str(name)
                findings.places[path] = position(value)
                read[name] = self.value.read(value, path, findings)
            except WrongValueError as wrong:
                findings.note(wrong.node, field, wrong.text, wrong.hint)
        return read

    def schema(self) -> Json:
        """Return the schema of the mapping."""
        return {"type": "object", "additionalProperties": self.value.schema()}


def read_whole(path: Path, kind: Kind[V]) -> tuple[V | None, ProblemCollector]:
    """Return the value of the file at `path`, and its problems.

    Raises:
        BadData: The file cannot be read as YAML.
    """
    where = str(path)
    findings = ProblemCollector(where)
    root = compose(read_regular(path, most_bytes=MOST_BYTES), where)
    try:
        return kind.read(root, "", findings), findings
    except WrongValueError as wrong:
        findings.note(wrong.node, "", wrong.text, wrong.hint)
        return None, findings


def read_sound(path: Path, kind: Kind[V]) -> V:
    """Return the value of the file at `path`.

    Raises:
        BadData: Something in it is wrong; has all its problems.
    """
    value, findings = read_whole(path, kind)
    if value is None or findings.problems:
        raise BadData(findings.problems)
    return value
