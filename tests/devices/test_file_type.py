"""Tests of registering Legato for its files on a Linux desktop."""

from __future__ import annotations

import configparser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from legato.devices.file_type import ENTRY, MIME_TYPE, FileType, exec_line
from legato.resources import find_bundled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SHIPPED = find_bundled().assets / "desktop"


@pytest.fixture
def ran() -> list[Sequence[str]]:
    """Return the commands that were run."""
    return []


@pytest.fixture
def kind(tmp_path: Path, ran: list[Sequence[str]]) -> FileType:
    """Return the file type of an empty home, with a program whose path needs quotes."""
    return FileType(("/opt/my $tools/python", "-m", "legato"), SHIPPED, tmp_path, ran.append)


def test_nothing_is_written_unasked(kind: FileType, tmp_path: Path) -> None:
    """Reading `is_ours` writes nothing."""
    assert not kind.is_ours
    assert list(tmp_path.iterdir()) == []


def test_the_desktop_learns_of_us(kind: FileType, tmp_path: Path) -> None:
    """The entry opens one file with our program and names the file type."""
    assert kind.register() == ""
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign] # keys keep their case
    entry.read(tmp_path / "applications" / ENTRY, encoding="utf-8")
    assert entry["Desktop Entry"]["Exec"] == r'"/opt/my \\$tools/python" -m legato %f'
    assert entry["Desktop Entry"]["MimeType"] == f"{MIME_TYPE};"
    assert kind.is_ours


def test_the_kind_of_file_is_known_by_its_ending(kind: FileType, tmp_path: Path) -> None:
    """`*.legato` is the pattern of the file type."""
    kind.register()
    tree = ET.parse(tmp_path / "mime" / "packages" / "legato.xml")  # noqa: S314 - our own
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    (found,) = tree.getroot().iter(f"{space}mime-type")
    assert found.attrib["type"] == MIME_TYPE
    assert [one.attrib["pattern"] for one in found.iter(f"{space}glob")] == ["*.legato"]


def test_it_is_reported_at_once(kind: FileType, ran: list[Sequence[str]]) -> None:
    """The desktop's databases are updated, and Legato becomes the default."""
    kind.register()
    assert ("xdg-mime", "default", ENTRY, MIME_TYPE) in ran
    assert "update-mime-database" in {command[0] for command in ran}


def test_it_is_given_back_without_a_trace(kind: FileType, tmp_path: Path) -> None:
    """All files are removed."""
    kind.register()
    assert kind.unregister() == ""
    assert not kind.is_ours
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_home_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    """The reason is returned, nothing raised."""
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    assert FileType(("legato",), SHIPPED, in_the_way, lambda _: None).register()


@pytest.mark.parametrize(
    ("program", "line"),
    [
        (("/usr/bin/legato",), "/usr/bin/legato"),
        (("/a b/legato", "-m"), '"/a b/legato" -m'),
        (("/100%/legato",), '"/100%%/legato"'),
        (('/a"b/x',), r'"/a\\"b/x"'),
    ],
)
def test_any_path_can_be_a_program(program: tuple[str, ...], line: str) -> None:
    """The path is quoted as the specification requires."""
    assert exec_line(program) == line
