"""Kinds of value that only the files which ship need: flags, and blocks keyed by words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from yaml.nodes import MappingNode, Node

from legato.domain.problems import BadData
from legato.storage.field_kinds import Choice, Json, Kind, WrongValueError, scalar_text
from legato.storage.findings import Findings
from legato.storage.regular_file import read_regular
from legato.storage.yaml_nodes import MOST_BYTES, compose, position

if TYPE_CHECKING:
    from enum import StrEnum
    from pathlib import Path

V = TypeVar("V")
E = TypeVar("E", bound="StrEnum")


@dataclass(frozen=True, slots=True)
class Flag:
    """One word that switches something on."""

    word: str

    def read(self, node: Node, field: str, findings: Findings) -> bool:  # noqa: ARG002
        """Return True; raises WrongValueError for any other word."""
        if scalar_text(node, self.word) != self.word:
            raise WrongValueError(node, f"only {self.word} is known here")
        return True

    def schema(self) -> Json:
        """Return the word."""
        return {"const": self.word}


@dataclass(frozen=True, slots=True)
class By(Generic[E, V]):
    """A block whose keys are the words of an enum, or any words where `of` is empty."""

    value: Kind[V]
    of: tuple[E, ...] = ()

    def read(self, node: Node, field: str, findings: Findings) -> dict[Any, V]:
        """Return what could be read by its key; an enum's words become its members."""
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
        """Return a block of any keys."""
        return {"type": "object", "additionalProperties": self.value.schema()}


def read_whole(path: Path, kind: Kind[V]) -> tuple[V | None, Findings]:
    """Return what `kind` reads of the file at `path`, and what is wrong with it.

    Raises:
        BadData: The file cannot be read as YAML at all.
    """
    where = str(path)
    findings = Findings(where)
    root = compose(read_regular(path, most_bytes=MOST_BYTES), where)
    try:
        return kind.read(root, "", findings), findings
    except WrongValueError as wrong:
        findings.note(wrong.node, "", wrong.text, wrong.hint)
        return None, findings


def read_sound(path: Path, kind: Kind[V]) -> V:
    """Return what `kind` reads of the file at `path`.

    Raises:
        BadData: Anything in it is wrong; with all its problems.
    """
    value, findings = read_whole(path, kind)
    if value is None or findings.problems:
        raise BadData(findings.problems)
    return value
