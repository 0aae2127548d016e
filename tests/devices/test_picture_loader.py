"""Pictures are opened in a thread, and what comes of them is told in the window's own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from legato.devices.picture_loader import ImageLoader
from legato.domain.ports import OpenedPicture, PictureData
from legato.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

OPENED = OpenedPicture(1, 1, bytes(4))


class FakeFiles:
    """Has every picture but one."""

    def picture(self, folder: str, name: str) -> PictureData | Problem:
        """Return the picture, or that it is missing."""
        missing = Problem(where=f"{folder}/{name}", text="there is no such picture")
        return missing if name == "missing" else PictureData(name.encode(), "png")


class FakeChild:
    """Opens every picture but one when it may, and remembers in what order and where."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.may.set()
        self.opened: list[str] = []
        self.threads: set[int] = set()
        self.closed = 0

    def open(self, picture: PictureData) -> OpenedPicture | Problem:
        """Return the picture, or that it is broken."""
        self.opened.append(picture.data.decode())
        self.threads.add(threading.get_ident())
        self.may.wait(10)
        return Problem(where="", text="broken") if picture.data == b"broken" else OPENED

    def close(self) -> None:
        """Note that it is let go."""
        self.closed += 1


@pytest.fixture
def child() -> FakeChild:
    """Return what opens pictures here."""
    return FakeChild()


@pytest.fixture
def opening(qapp: object, child: FakeChild) -> Iterator[ImageLoader]:
    """Return what is tested; its thread ends with the test."""
    del qapp
    opening = ImageLoader(FakeFiles(), child, idle_seconds=0.05)  # type: ignore[arg-type]
    yield opening
    child.may.set()
    opening.close()
    thread = opening._thread
    if thread is not None:
        thread.join(10)


def asked(opening: ImageLoader, *names: str) -> list[tuple[str, object]]:
    """Ask for pictures and return the list to which each answer is added."""
    answers: list[tuple[str, object]] = []
    for name in names:
        opening.open("/r/mine", name, lambda answer, name=name: answers.append((name, answer)))  # type: ignore[misc]
    return answers


def test_the_window_does_not_wait(opening: ImageLoader, child: FakeChild, qtbot: QtBot) -> None:
    """Asking returns while the picture is still being opened; the answer comes in this thread."""
    child.may.clear()
    here: list[int] = []
    opening.open("/r/mine", "a", lambda _answer: here.append(threading.get_ident()))
    assert here == []
    child.may.set()

    qtbot.waitUntil(lambda: bool(here))
    assert here == [threading.get_ident()]
    assert threading.get_ident() not in child.threads


def test_the_reasons_are_told(opening: ImageLoader, qtbot: QtBot) -> None:
    """A file that is missing by its path, one that is broken by the name the routine has for it."""
    answers = asked(opening, "missing", "broken", "good")
    qtbot.waitUntil(lambda: len(answers) == 3)

    assert dict(answers) == {
        "missing": Problem(where="/r/mine/missing", text="there is no such picture"),
        "broken": Problem(where="broken", text="broken"),
        "good": OPENED,
    }


def test_what_was_asked_for_last_comes_first(
    opening: ImageLoader, child: FakeChild, qtbot: QtBot
) -> None:
    """Somebody looks at it; the others have scrolled by."""
    child.may.clear()
    answers = asked(opening, "first")
    qtbot.waitUntil(lambda: child.opened == ["first"])
    answers += asked(opening, "a", "b", "c")
    child.may.set()

    qtbot.waitUntil(lambda: len(child.opened) == 4)
    assert child.opened == ["first", "c", "b", "a"]


def test_thread_and_child_rest_when_nothing_is_asked(
    opening: ImageLoader, child: FakeChild, qtbot: QtBot
) -> None:
    """They give back their memory, and the next picture wakes another thread."""
    answers = asked(opening, "a")
    qtbot.waitUntil(lambda: opening._thread is None)
    assert child.closed == 1
    answers += asked(opening, "b")

    qtbot.waitUntil(lambda: child.opened == ["a", "b"])


def test_after_closing_nothing_is_told(
    opening: ImageLoader, child: FakeChild, qtbot: QtBot
) -> None:
    """What asked for a picture may be gone."""
    child.may.clear()
    answers = asked(opening, "a")
    qtbot.waitUntil(lambda: child.opened == ["a"])
    opening.close()
    child.may.set()
    thread = opening._thread
    assert thread is not None
    thread.join(10)
    qtbot.wait(1)

    assert answers == []
    assert child.closed >= 1


def test_what_needs_a_while_is_done_in_the_same_thread(opening: ImageLoader, qtbot: QtBot) -> None:
    """A picture that is taken in goes the same way."""
    answers: list[int] = []
    opening.do(lambda: 6 * 7, answers.append)

    qtbot.waitUntil(lambda: answers == [42])
