"""Parses a drawing into a tree of SVG elements, with the standard XML parser and no entities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_NODES = 10_000
DEEPEST = 30
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_HARMLESS_INSTRUCTION = "xpacket"
_PREFIXES: Final = {"": "", XLINK: "xlink:", _XML: "xml:"}
_DAMAGED = "it is damaged, or no SVG"
_ENTITIES = "it declares entities; save it as plain SVG"


class RefusedError(Exception):
    """A drawing is not shown.

    Args:
        reason: What is wrong with it, as it follows a colon.
        line: The line, from 1; 0 if there is none to name.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        self.line = line
        super().__init__(f"{reason}, in line {line}" if line else reason)


@dataclass(slots=True, eq=False)
class Element:
    """An element of the SVG namespace, or of none.

    Attributes:
        name: Its name without a prefix.
        attributes: Those without a namespace, and `xlink:` and `xml:` ones under these prefixes.
        line: The line of the file in which it begins, from 1.
        parts: Elements and pieces of text, in order.
        style: What is set for the element itself, once that was asked for.
    """

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[Element | str] = field(default_factory=list)
    style: dict[str, str] | None = None

    def elements(self) -> Iterator[Element]:
        """Yield the child elements."""
        return (part for part in self.parts if isinstance(part, Element))

    def text(self) -> str:
        """Return the text directly inside."""
        return "".join(part for part in self.parts if isinstance(part, str))


def parse_tree(data: bytes) -> Element:
    """Return the root of a drawing; elements of other namespaces are left out with all in them.

    Raises:
        RefusedError: It is not well formed, too large, or needs more than its own text.
    """
    try:
        return _Parser().read(data)
    except expat.ExpatError as error:
        raise RefusedError(_DAMAGED, error.lineno) from error
    except (ValueError, LookupError) as error:
        # Text in an encoding that the parser does not know is no ValueError in every version.
        raise RefusedError(_DAMAGED) from error


class _Parser:
    def __init__(self) -> None:
        self._open: list[Element | None] = []
        self._root: Element | None = None
        self._nodes = 0
        # With a separator the parser resolves prefixes itself, whatever they are called.
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def read(self, data: bytes) -> Element:
        parser = self._parser
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)  # noqa: FBT003 - the parser takes no keyword
        if self._root is None:
            raise RefusedError(_DAMAGED)
        return self._root

    def _refuse(self, reason: str) -> RefusedError:
        return RefusedError(reason, self._parser.CurrentLineNumber)

    def _doctype(
        self,
        _name: str,
        _system: str | None,
        _public: str | None,
        has_subset: bool,  # noqa: FBT001
    ) -> None:
        if has_subset:
            raise self._refuse(_ENTITIES)

    def _entity(self, *_declared: object) -> None:
        raise self._refuse(_ENTITIES)

    def _instruction(self, target: str, _data: str) -> None:
        if target != _HARMLESS_INSTRUCTION:
            raise self._refuse(f"it holds an instruction for other programs: {target[:40]}")

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        space, _, name = full_name.rpartition(" ")
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._refuse(f"it has more than {MOST_NODES:,} parts")
        if len(self._open) >= DEEPEST:
            raise self._refuse(f"its groups are more than {DEEPEST} deep")
        outer = self._open[-1] if self._open else None
        if self._root is None and (name != "svg" or space not in {"", SVG}):
            raise RefusedError("it is no SVG")
        element = None
        if space in {"", SVG} and (outer is not None or self._root is None):
            element = Element(name, _known(attributes), self._parser.CurrentLineNumber)
            if outer is not None:
                outer.parts.append(element)
        self._open.append(element)
        self._root = self._root or element

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open and (inside := self._open[-1]) is not None:
            inside.parts.append(text)


def _known(attributes: dict[str, str]) -> dict[str, str]:
    known = {}
    for full_name, value in attributes.items():
        space, _, name = full_name.rpartition(" ")
        if space in _PREFIXES:
            known[_PREFIXES[space] + name] = value
        elif name == "href":
            # Some programs know addresses by this name alone, whatever the namespace.
            known.setdefault("xlink:href", value)
    return known
