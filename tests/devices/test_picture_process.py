"""Tests of the child process that decodes pictures: it may hang, crash or lie."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest

from legato.devices.picture_process import ImageProcess
from legato.domain.ports import OpenedPicture, PictureData
from legato.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PHOTO = PictureData(b"a photo", "png")
PATIENCE_SECONDS = 0.2

# Says that it draws, then answers each picture as the test wants.
_CHILD = """
import json, os, sys, time
def read():
    line = sys.stdin.buffer.readline()
    if not line: sys.exit()
    return json.loads(line), sys.stdin.buffer.read(json.loads(line)["bytes"])
def say(data=b"", **header):
    sys.stdout.buffer.write(json.dumps({**header, "bytes": len(data)}).encode() + b"\\n" + data)
    sys.stdout.buffer.flush()
open(NOTE, "a").write("x")
say(draws=True)
while True:
    header, data = read()
"""
PIXELS = "say(bytes(8), width=2, height=1, moves=False)"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """Return the file to which each child appends a letter."""
    return tmp_path / "children"


@pytest.fixture
def make(note: Path) -> Iterator[Callable[..., ImageProcess]]:
    """Return a factory of children that answer by a line of Python; they end with the test."""
    made: list[ImageProcess] = []

    def one(answer: str, patience: float = 20.0) -> ImageProcess:
        program = f"NOTE = {str(note)!r}\n{_CHILD}    {answer}\n"
        made.append(ImageProcess((sys.executable, "-IS", "-c", program), patience))
        return made[-1]

    yield one
    for child in made:
        child.close()


def refused(child: ImageProcess, picture: PictureData = PHOTO) -> Problem:
    """Return why a picture is not shown."""
    opened = child.open(picture)
    assert isinstance(opened, Problem)
    return opened


def test_pixels_come_back(make: Callable[..., ImageProcess]) -> None:
    """The picture has the size and bytes of the child's reply."""
    assert make(PIXELS).open(PHOTO) == OpenedPicture(2, 1, bytes(8))


def test_a_moving_picture_comes_back_with_its_bytes(make: Callable[..., ImageProcess]) -> None:
    """Checked animations keep their original bytes."""
    opened = make("say(bytes(8), width=2, height=1, moves=True)").open(PHOTO)

    assert isinstance(opened, OpenedPicture)
    assert opened.moving is PHOTO


def test_each_content_is_opened_once(make: Callable[..., ImageProcess], note: Path) -> None:
    """The same content is answered from the cache."""
    child = make(PIXELS)
    first = child.open(PHOTO)
    child.close()

    assert child.open(PictureData(b"a photo", "png")) is first
    assert note.read_text() == "x"
    child.open(PictureData(b"another", "png"))
    assert note.read_text() == "xx"


def test_one_child_opens_many(make: Callable[..., ImageProcess], note: Path) -> None:
    """Only the first picture starts a child."""
    child = make(PIXELS)
    for number in range(20):
        child.open(PictureData(bytes([number]), "png"))

    assert note.read_text() == "x"


def test_its_reason_is_reported(make: Callable[..., ImageProcess]) -> None:
    """Reason and hint are on one line and limited in length."""
    child = make("say(text='it is\\n too large' + 'e' * 900, hint='make it smaller')")
    problem = refused(child)

    assert problem.text.startswith("it is too large")
    assert len(problem.text) < 250
    assert problem.hint == "make it smaller"


def test_one_that_hangs_is_ended(make: Callable[..., ImageProcess], note: Path) -> None:
    """The picture is refused with the reason, and not tried again."""
    child = make("time.sleep(60)", PATIENCE_SECONDS)
    problem = refused(child)

    assert problem.text == "the picture is not shown: opening it takes longer than two seconds"
    assert problem.hint
    assert refused(child) is problem
    assert note.read_text() == "x"


def test_one_that_does_not_even_listen_is_ended(make: Callable[..., ImageProcess]) -> None:
    """Writing more than a pipe holds has a timeout."""
    child = make("time.sleep(60)", PATIENCE_SECONDS)
    refused(child)

    large = PictureData(bytes(3_000_000), "png")
    assert "longer than two seconds" in refused(child, large).text


@pytest.mark.parametrize(
    "answer",
    [
        "os.abort()",
        "sys.exit()",
        "say(bytes(7), width=2, height=1)",
        "say(b'', width=0, height=0)",
        "say(bytes(8), width='2', height=1)",
        "say(bytes(8))",
        "sys.stdout.buffer.write(b'hello\\n'); sys.stdout.buffer.flush()",
        "sys.stdout.buffer.write(b'{\"bytes\": 9999999999}\\n'); sys.stdout.buffer.flush()",
    ],
)
def test_one_that_falls_over_or_lies_refuses_one_picture(
    make: Callable[..., ImageProcess], answer: str
) -> None:
    """The next picture is opened by another child."""
    child = make(f"({answer}) if data == b'a photo' else {PIXELS}" if ";" not in answer else answer)
    problem = refused(child)

    assert problem.text == "the picture is not shown: it cannot be opened"
    if ";" not in answer:
        assert isinstance(child.open(PictureData(b"another", "png")), OpenedPicture)


def test_a_drawing_is_called_one(make: Callable[..., ImageProcess]) -> None:
    """The hint for a drawing differs from that for a photo."""
    problem = refused(make("os.abort()"), PictureData(b"<svg/>", "svg"))

    assert problem.text == "the drawing is not shown: it cannot be opened"
    assert problem.hint == "save it as a PNG and use that instead"


@pytest.mark.parametrize(
    "command",
    [
        ("/no/such/program",),
        (sys.executable, "-IS", "-c", "pass"),
        (sys.executable, "-IS", "-c", 'print(\'{"draws": false, "bytes": 0}\')'),
    ],
)
def test_without_a_child_nothing_is_opened(command: tuple[str, ...]) -> None:
    """Without a child each picture is refused with that reason."""
    child = ImageProcess(command)

    assert refused(child).text == "the picture is not shown: nothing can open it safely here"
    assert not child.can_draw


def test_a_small_picture_stays_as_it_is(make: Callable[..., ImageProcess]) -> None:
    """A small picture is returned unchanged."""
    assert make("say(kind='png')").shrunk(PHOTO, 1600) is PHOTO


def test_a_large_picture_is_made_smaller(make: Callable[..., ImageProcess]) -> None:
    """The kind of a picture may change."""
    child = make("say(b'%d' % header['shrink'], kind='jpeg')")

    assert child.shrunk(PHOTO, 1600) == PictureData(b"1600", "jpeg")


def test_what_cannot_be_made_smaller_is_reported(make: Callable[..., ImageProcess]) -> None:
    """The reason is the same as for opening it."""
    assert isinstance(make("os.abort()").shrunk(PHOTO, 1600), Problem)


def test_closing_does_not_wait_for_a_picture(make: Callable[..., ImageProcess], note: Path) -> None:
    """Closing kills a child that hangs."""
    child = make("open(NOTE, 'a').write('y'); time.sleep(60)")
    told: list[object] = []
    opening = threading.Thread(target=lambda: told.append(child.open(PHOTO)))
    opening.start()
    while not note.exists() or "y" not in note.read_text():
        opening.join(0.01)
    child.close()
    opening.join(10)

    assert isinstance(told[0], Problem)
