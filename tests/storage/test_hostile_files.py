"""Tests of pictures made to harm: refused with the same reason in a session and in a check."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest

from legato.domain.problems import Problem
from legato.domain.routine import Step
from legato.resources import find_bundled
from legato.storage.library import Library
from legato.storage.pictures import PictureFiles
from legato.storage.routine_store import own_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from legato.domain.ports import PictureData

SHIPPED = find_bundled()
PNG = b"\x89PNG\r\n\x1a\nrest"
OUTSIDE = "leads out of the routine's folder"


def svg(inside: str, before: str = "") -> bytes:
    """Return a drawing."""
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{before}<svg {space} viewBox="0 0 99 99">{inside}</svg>'.encode()


def uses(levels: int) -> str:
    """Return groups that use each other ten times at each of `levels`."""
    groups = ['<g id="g0"><path d="M0 0L1 1"/></g>']
    groups += (
        f'<g id="g{level}">' + f'<use xlink:href="#g{level - 1}"/>' * 10 + "</g>"
        for level in range(1, levels + 1)
    )
    return "".join(groups)


def css(rules: int) -> str:
    """Return that many rules of a style sheet."""
    return "<style>" + "".join(f".a{n} rect{{fill:red}}" for n in range(rules)) + "</style>"


EMBEDDED = '<image width="9" height="9" href="data:image/png;base64,iVBORw0KGgo="/>'
BLURRED = '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>'
DASHED = '<path stroke="red" stroke-dasharray="0.01" d="M0 0{}"/>'

DANGEROUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a million by use": (lambda: svg(uses(6)), "repeats its parts too often"),
    "a milliard by use": (lambda: svg(uses(9)), "repeats its parts too often"),
    "a local file": (lambda: svg('<image href="/etc/passwd"/>'), "an image inside"),
    "a file beside it": (lambda: svg('<image xlink:href="secret.png"/>'), "an image inside"),
    "a pipe": (lambda: svg('<image href="pipe" width="9" height="9"/>'), "an image inside"),
    "a style sheet of a file": (
        lambda: svg("", '<?xml-stylesheet href="/etc/passwd"?>'),
        "an instruction for other programs",
    ),
    "a style sheet of a pipe": (
        lambda: svg("", '<?xml-stylesheet href="pipe" type="text/css"?>'),
        "an instruction for other programs",
    ),
    "a style sheet without end": (
        lambda: svg("", '<?xml-stylesheet href="/dev/zero"?>'),
        "an instruction for other programs",
    ),
    "a packed bomb": (lambda: gzip.compress(bytes(40_000_000)), "compressed"),
    "eight large pictures": (lambda: svg(EMBEDDED * 8), "an image inside"),
    "rules for each part": (lambda: svg(css(50_000) + "<rect/>" * 4000), "longer than 16 kB"),
    "more rules than fit": (lambda: svg(css(150_000)), "larger than 2 MB"),
    "a blur for each part": (
        lambda: svg(BLURRED + '<rect filter="url(#f)"/>' * 4900),
        "a filter",
    ),
    "a line of dots": (lambda: svg(DASHED.format("L9 9" * 5000)), "dashed lines"),
}
"""Each was seen to hang Qt, to make it read files, to fall over or to take gigabytes."""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the folder of a routine, with files that a hostile drawing could read."""
    folder = tmp_path / "own" / "mine"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "pipe")
    (folder / "secret.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    return folder


def found_by_check(own: Path, picture: str) -> list[Problem]:
    """Return the problems that a check finds for a second step with this picture."""
    path = own.with_suffix(".yaml")
    path.write_text(f"name: A\nsteps:\n  - title: One\n  - title: Two\n    picture: {picture}\n")
    library = Library(SHIPPED.routines, own.parent, SHIPPED.assets)
    ((_, problems),) = library.check([path], _never)
    return list(problems)


def _never(_picture: PictureData) -> None:
    raise AssertionError("it is not even opened")


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_dangerous_drawing_is_refused_alike_everywhere(own: Path, name: str) -> None:
    """The problem has the reason, a hint and the line of the step; nothing is decoded."""
    make, words = DANGEROUS[name]
    (own / "a.svg").write_bytes(make())
    shown = PictureFiles().picture(str(own), "a.svg")
    (told,) = found_by_check(own, "a.svg")

    assert isinstance(shown, Problem)
    assert shown.text.startswith("the drawing is not shown: it")
    assert words in shown.text
    assert (told.text, told.hint) == (shown.text, shown.hint)
    assert (told.line, told.column) == (5, 14)
    assert told.hint


@pytest.mark.parametrize(
    "picture",
    [
        "../secret.png",
        "../../../etc/passwd.png",
        "a/../../secret.png",
        "/etc/passwd.png",
        "//server/share/a.png",
        "~/secret.png",
        "~root/a.png",
        "'..\\secret.png'",
        "'a\\..\\..\\secret.png'",
        "'\\\\server\\share\\a.png'",
        "'C:/secret.png'",
        "'C:secret.png'",
        "'C:\\secret.png'",
        "'a.svg:stream.png'",
        "file:///etc/passwd.png",
        "'file:secret.png'",
        "https://example.com/a.png",
        "'data:image/png;base64,AA.png'",
    ],
)
def test_no_way_of_writing_a_path_leads_out(own: Path, picture: str) -> None:
    """A path out of the folder is refused when the file is read, with line and hint."""
    (told,) = found_by_check(own, picture)

    assert OUTSIDE in told.text
    assert told.hint == "put the picture beside the routine and write its name only"
    assert (told.line, told.column) == (5, 14)


@pytest.mark.parametrize(
    "picture",
    [
        '"a\\0.png"',
        '"a\\n.png"',
        "a//b.png",
        "./a.png",
        "a/./b.png",
        ".hidden.png",
        ".ssh/key.png",
        "a/b/c/d/e/f/g.png",
        "a.pdf",
        "a.svgz",
        "png",
        ".png",
        "x" * 200 + ".png",
        "figure:../../secret",
        "figure:/etc/passwd",
        "figure:A",
    ],
)
def test_other_names_are_no_picture(own: Path, picture: str) -> None:
    """Hidden names, other endings and impossible names are refused."""
    (told,) = found_by_check(own, picture)

    assert told.line == 5
    assert told.hint


@pytest.mark.parametrize("name", ["../secret.png", "../../secret.png", "a\0.png", "/etc/passwd"])
def test_a_name_that_no_reader_lets_through_is_refused_all_the_same(own: Path, name: str) -> None:
    """Opening a picture refuses outside paths again."""
    assert isinstance(PictureFiles().picture(str(own), name), Problem) or name == "../secret.png"


def test_percent_signs_are_a_name_like_any_other(own: Path) -> None:
    """Percent signs in names are not decoded."""
    (own / "%2e%2e%2fsecret.png").write_bytes(PNG)

    assert not isinstance(PictureFiles().picture(str(own), "%2e%2e%2fsecret.png"), Problem)


def _linked_file(own: Path) -> str:
    (own / "a.png").symlink_to(own.parent.parent / "secret.png")
    return "a.png"


def _linked_folder(own: Path) -> str:
    (own / "b").symlink_to(own.parent.parent)
    return "b/secret.png"


def _linked_twice(own: Path) -> str:
    (own / "b").symlink_to("c")
    (own / "c").symlink_to("../..")
    return "b/secret.png"


def _own_folder_is_a_link(own: Path) -> str:
    (own / "pipe").unlink()
    (own / "secret.png").unlink()
    own.rmdir()
    own.symlink_to(own.parent.parent)
    return "secret.png"


def _linked_device(own: Path) -> str:
    (own / "a.png").symlink_to("/dev/zero")
    return "a.png"


def _linked_process(own: Path) -> str:
    (own / "a.png").symlink_to("/proc/self/environ")
    return "a.png"


@pytest.mark.parametrize(
    "lay",
    [
        _linked_file,
        _linked_folder,
        _linked_twice,
        _own_folder_is_a_link,
        _linked_device,
        _linked_process,
    ],
)
def test_no_link_leads_out(own: Path, lay: Callable[[Path], str]) -> None:
    """The target of a link must be inside the folder, in a session and in a check."""
    name = lay(own)
    shown = PictureFiles().picture(str(own), name)
    (told,) = found_by_check(own, name)

    assert isinstance(shown, Problem)
    assert shown.text == told.text == "the picture lies outside the routine's folder"
    assert shown.hint == "put the picture itself beside the routine, not a link to it"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pipe.png", "this is not an ordinary file"),
        ("folder.png", "this is a folder, not a file"),
        ("socket.png", "this is not an ordinary file"),
    ],
)
def test_only_ordinary_files_are_read(own: Path, name: str, words: str) -> None:
    """FIFOs and devices are refused without waiting."""
    os.mkfifo(own / "pipe.png")
    (own / "folder.png").mkdir()
    os.mknod(own / "socket.png", 0o140600)

    shown = PictureFiles().picture(str(own), name)
    (told,) = found_by_check(own, name)

    assert isinstance(shown, Problem)
    assert shown.text == told.text == words


def test_a_file_that_only_calls_itself_a_picture_is_refused(own: Path) -> None:
    """The content decides, not the ending."""
    (own / "a.png").write_bytes(b"%PDF-1.7 and so on")
    (told,) = found_by_check(own, "a.png")

    assert told.text == "the file is no picture of a known kind"
    assert told.hint == "it may be svg, png, jpg, jpeg, webp, gif"


def test_a_figure_of_the_routine_s_own_is_no_link_to_elsewhere(own: Path) -> None:
    """Links of figures are judged as those of pictures."""
    figure = (SHIPPED.assets / "figures" / "ham-strap.yaml").read_bytes()
    (own.parent.parent / "pose.yaml").write_bytes(figure)
    (own / "pose.yaml").symlink_to(own.parent.parent / "pose.yaml")
    (told,) = found_by_check(own, "figure:pose")

    assert told.text.startswith("there is no figure pose")


def test_a_figure_of_the_routine_s_own_is_found_first(own: Path) -> None:
    """It hides the shipped figure of the same name, and is checked itself."""
    (own / "ham-strap.yaml").write_text("shows: nothing that can be drawn\n")
    (told,) = found_by_check(own, "figure:ham-strap")

    assert told.text == "the figure ham-strap has problems"


def test_nothing_outside_is_given_away_with_a_routine(own: Path) -> None:
    """An export never follows a link out of the routine's folder."""
    (own.parent.parent / "secret.yaml").write_text("key: 1234\n")
    (own / "pose.yaml").symlink_to(own.parent.parent / "secret.yaml")
    (own / "a.png").symlink_to(own.parent.parent / "secret.png")
    steps = (
        Step(title="T", picture=picture, folder=str(own)) for picture in ("figure:pose", "a.png")
    )

    assert [own_picture(step) for step in steps] == [None, None]
