"""Tests of archives made to harm: each is refused with a reason, and nothing is written."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from editor_fakes import PNG, Desk
from legato.domain.documents import Incoming, PartState
from legato.domain.problems import BadData, Problem
from legato.resources import find_bundled
from legato.storage import routine_writer
from legato.storage.routine_files import RoutinePaths
from legato.storage.share_import import MOST_ENTRIES, ImportPlan, name_fault, read_archive

if TYPE_CHECKING:
    from pathlib import Path

GOOD = b"name: A\nsteps: [{use: quads}]\n"


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return a ZIP archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return stream.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    """Return an entry for a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def refusal(tmp_path: Path, data: bytes) -> str:
    """Return why a file is refused, the same by the reader and by the import."""
    path = tmp_path / "x.legato"
    path.write_bytes(data)
    desk = Desk(tmp_path / "data")
    problem = desk.sharing.inspect(path)
    assert isinstance(problem, Problem)
    assert not desk.paths.data.exists()
    with pytest.raises(BadData) as caught:
        read_archive(path)
    assert caught.value.problems == (problem,)
    return problem.text


def test_a_good_file_is_read(tmp_path: Path) -> None:
    """Folders in it are no parts."""
    path = tmp_path / "x.legato"
    path.write_bytes(zipped(("a.yaml", GOOD), ("a/", b""), ("a/b.png", PNG)))

    assert read_archive(path) == {"a.yaml": GOOD, "a/b.png": PNG}


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../a.yaml",
        "a/../../b.yaml",
        "..\\a.yaml",
        "\\a.yaml",
        "C:/a.yaml",
        "a//b.png",
        "a/./b.png",
        "~/.bashrc",
        ".hidden.yaml",
        "a/.b.png",
        "con.yaml",
        "a/LPT1.png",
        "a. ",
        "a.",
        " a.yaml",
        "a\x07.yaml",
        "a\u202egnp.yaml",
        "a?.yaml",
        "a" * 200 + ".yaml",
        "a/b/c/d/e/f/g.png",
    ],
)
def test_a_name_that_leads_astray_is_refused(name: str) -> None:
    """Names out of the folder, hidden or special names are refused."""
    assert name_fault(name)


def test_a_path_outside_refuses_the_whole_file(tmp_path: Path) -> None:
    """One such path refuses the valid parts, too."""
    data = zipped(("a.yaml", GOOD), ("../../b.yaml", GOOD))

    assert refusal(tmp_path, data) == "this file is not opened: a name in it leads outside"


def test_a_link_is_refused(tmp_path: Path) -> None:
    """A link could lead to any file of the user."""
    data = zipped(("a.yaml", GOOD), (link("a/b.png"), b"/etc/passwd"))

    assert "it holds a link or a device" in refusal(tmp_path, data)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    """The number of parts is limited."""
    data = zipped(*((f"a/{number}.png", PNG) for number in range(MOST_ENTRIES + 1)))

    assert "more than 200 parts" in refusal(tmp_path, data)


def test_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """The sizes in the table of contents are checked first."""
    data = zipped(*((f"a/{number}.png", bytes(20_000_000)) for number in range(3)))

    assert "it holds more than 50 MB" in refusal(tmp_path, data)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """A high ratio of packing is refused."""
    data = zipped(("a.yaml", GOOD), ("a/b.png", bytes(10_000_000)))

    assert "far more than it is" in refusal(tmp_path, data)


def test_a_part_that_holds_more_than_it_says_is_refused(tmp_path: Path) -> None:
    """A wrong size in the table of contents is found."""
    data = bytearray(zipped(("a.yaml", b"name: " + b"ab" * 5000)))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 20)

    assert refusal(tmp_path, bytes(data))


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    """An archive with a password is refused."""
    data = bytearray(zipped(("a.yaml", GOOD)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1

    assert "locked by a password" in refusal(tmp_path, bytes(data))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    """It is unclear which of them counts."""
    data = zipped(("a.yaml", GOOD), ("a.yaml", GOOD))

    assert "the same name" in refusal(tmp_path, data)


def test_names_that_differ_by_case_alone_are_refused(tmp_path: Path) -> None:
    """Some systems would overwrite one of them."""
    data = zipped(("a.yaml", GOOD), ("A.yaml", GOOD))

    assert "the same name" in refusal(tmp_path, data)


def test_a_part_that_is_file_and_folder_is_refused(tmp_path: Path) -> None:
    """No disk can hold both."""
    data = zipped(("a.yaml", GOOD), ("a.yaml/b.png", PNG))

    assert "both a file and a folder" in refusal(tmp_path, data)


def test_an_unusual_packing_is_refused(tmp_path: Path) -> None:
    """Only stored and deflated parts are read."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.yaml", GOOD)

    assert "packed in an unusual way" in refusal(tmp_path, stream.getvalue())


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 cut off", GOOD])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    """Other files are refused with a reason."""
    assert "no .legato file, or it is damaged" in refusal(tmp_path, data)


@pytest.mark.parametrize("cut", range(5, 140, 7))
def test_a_damaged_archive_is_refused_or_read(tmp_path: Path, cut: int) -> None:
    """A changed byte raises nothing but BadData."""
    data = bytearray(zipped(("a.yaml", GOOD)))
    data[cut % len(data)] ^= 0xFF
    path = tmp_path / "x.legato"
    path.write_bytes(data)

    found = Desk(tmp_path / "data").sharing.inspect(path)

    assert isinstance(found, (Incoming, Problem))


def test_an_archive_without_a_routine_is_reported(tmp_path: Path) -> None:
    """An archive of pictures only is refused."""
    path = tmp_path / "x.legato"
    path.write_bytes(zipped(("a/b.png", PNG)))

    found = Desk(tmp_path / "data").sharing.inspect(path)

    assert isinstance(found, Problem)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a/b.legato", zipped(("a.yaml", GOOD)), "neither a picture nor a drawn pose"),
        ("a/b.png", zipped(("a.yaml", GOOD)), "not what its name says"),
        ("a/b.png", b"\xff\xd8\xff photo", "not what its name says"),
        ("a/b.svg", b"<svg><script/></svg>", "not shown: it holds a script"),
        ("a/b.yaml", GOOD, "the drawn pose cannot be read"),
        ("a/B C.yaml", GOOD, "no drawn pose"),
        ("a/run.exe", b"MZ", "neither a picture nor a drawn pose"),
        ("other/b.png", PNG, "belongs to no routine"),
        ("readme.txt", b"hello", "neither a routine nor a picture"),
        ("b.yaml", b"- not a routine", "cannot be read"),
        ("b.yml", b"\x00", "cannot be read"),
        ("a.yml", GOOD, "two routines of this id"),
    ],
)
def test_a_part_that_is_not_what_it_says_is_left_out(
    tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    """Each such part has its reason; the others are imported."""
    path = tmp_path / "x.legato"
    path.write_bytes(zipped(("a.yaml", GOOD), (name, data)))
    desk = Desk(tmp_path / "data")

    incoming = desk.sharing.inspect(path)

    assert isinstance(incoming, Incoming)
    good, bad = incoming.parts
    assert (good.state, bad.state) == (PartState.NEW, PartState.REFUSED)
    assert why in bad.note
    assert set(incoming.files) == {"a.yaml"}


def test_a_part_without_a_name_is_refused(tmp_path: Path) -> None:
    """An empty name in the table of contents is refused."""
    data = bytearray(zipped(("a.yaml", GOOD)))
    at = data.index(b"PK\x01\x02")
    data[at + 28 : at + 30] = struct.pack("<H", 0)
    data[at + 32 : at + 34] = struct.pack("<H", len("a.yaml"))

    assert "a name in it is hidden or empty" in refusal(tmp_path, bytes(data))


def test_many_routines_of_one_name_take_little_work(tmp_path: Path) -> None:
    """Each text is made once, not once for every name that is taken already."""
    made = 0

    def counting(*arguments: Any) -> str:  # noqa: ANN401 - those of `rewritten`
        nonlocal made
        made += 1
        return routine_writer.rewritten(*arguments)

    numbers = range(1, 31)
    ids = {n: "quads" if n == 1 else f"quads-{n}" for n in numbers}
    names = {n: "Quads" if n == 1 else f"Quads ({n})" for n in numbers}
    files = {
        f"{ids[n]}.yaml": f"name: {names[n]}\nsteps:\n- use: hamstrings\n".encode() for n in numbers
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("legato.storage.share_import.rewritten", counting)
        for _ in ImportPlan(RoutinePaths(tmp_path, find_bundled().routines), files).look(tmp_path):
            pass

    assert made <= 2 * len(files)


def packed(path: Path, files: dict[str, bytes]) -> Path:
    """Write an archive of these files, as any program would."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


SLIDE = b"name: From a friend\nsteps:\n  - title: Slide\n    picture: a.png\n"


def test_what_systems_add_is_left_out(tmp_path: Path) -> None:
    """An archive that was unpacked and packed again on a Mac or on Windows is read."""
    added = dict.fromkeys((".DS_Store", "__MACOSX/._slide.yaml", "Thumbs.db", "desktop.ini"), b"x")
    path = packed(tmp_path / "a.legato", {"slide.yaml": SLIDE, **added})

    assert list(read_archive(path)) == ["slide.yaml"]


def test_a_folder_around_all_is_looked_into(tmp_path: Path) -> None:
    """Who packs a folder packs the folder with it."""
    path = packed(tmp_path / "a.legato", {"gift/slide.yaml": SLIDE, "gift/slide/a.png": PNG})

    assert list(read_archive(path)) == ["slide.yaml", "slide/a.png"]


def test_accents_of_a_mac_are_joined(tmp_path: Path) -> None:
    """The routine inside names its picture as it was typed."""
    path = packed(tmp_path / "a.legato", {"u\u0308bung.yaml": SLIDE})

    assert list(read_archive(path)) == ["\u00fcbung.yaml"]


def test_a_picture_beside_its_routine_comes_along(tmp_path: Path) -> None:
    """It is found in both places in which a routine finds its pictures."""
    path = packed(tmp_path / "a.legato", {"slide.yaml": SLIDE, "a.png": PNG})
    incoming = Desk(tmp_path / "data").files.sharing.inspect(path)

    assert isinstance(incoming, Incoming)
    assert sorted(incoming.files) == ["slide.yaml", "slide/a.png"]


def test_an_offset_beyond_all_files_is_refused(tmp_path: Path) -> None:
    """The library's own error for it is an arithmetic one."""
    data = bytearray(packed(tmp_path / "a.legato", {"a.yaml": SLIDE}).read_bytes())
    at = data.rindex(b"PK\1\2")
    extra = struct.pack("<HHQ", 1, 8, 1 << 63)
    data[at + 42 : at + 46] = b"\xff\xff\xff\xff"
    data[at + 30 : at + 32] = struct.pack("<H", len(extra))
    end = data.rindex(b"PK\5\6")
    data[end:end] = extra
    end += len(extra)
    size = struct.unpack("<L", data[end + 12 : end + 16])[0] + len(extra)
    data[end + 12 : end + 16] = struct.pack("<L", size)
    (tmp_path / "a.legato").write_bytes(data)

    with pytest.raises(BadData):
        read_archive(tmp_path / "a.legato")
