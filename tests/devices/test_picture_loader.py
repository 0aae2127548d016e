"""Tests of opening images in a thread, with results in the thread of the window."""

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
    """Has every picture except one."""

    def picture(self, folder: str, name: str) -> PictureData | Problem:
        """Return the picture, or a problem for the missing one."""
        missing = Problem(where=f"{folder}/{name}", text="there is no such picture")
        return missing if name == "missing" else PictureData(name.encode(), "png")


class FakeChild:
    """Opens every picture except one, and records order and thread."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.may.set()
        self.opened: list[str] = []
        self.threads: set[int] = set()
        self.closed = 0

    def open(self, picture: PictureData) -> OpenedPicture | Problem:
        """Return the picture, or a problem for the broken one."""
        self.opened.append(picture.data.decode())
        self.threads.add(threading.get_ident())
        self.may.wait(10)
        return Problem(where="", text="broken") if picture.data == b"broken" else OPENED

    def close(self) -> None:
        """Record that the child was closed."""
        self.closed += 1


@pytest.fixture
def child() -> FakeChild:
    """Return the fake child."""
    return FakeChild()


@pytest.fixture
def opening(qapp: object, child: FakeChild) -> Iterator[ImageLoader]:
    """Return the loader; its thread ends with the test."""
    del qapp
    opening = ImageLoader(FakeFiles(), child, idle_seconds=0.05)  # type: ignore[arg-type]
    yield opening
    child.may.set()
    opening.close()
    thread = opening._thread
    if thread is not None:
        thread.join(10)


def asked(opening: ImageLoader, *names: str) -> list[tuple[str, object]]:
    """Request pictures, and return the list of results."""
    answers: list[tuple[str, object]] = []
    for name in names:
        opening.open("/r/mine", name, lambda answer, name=name: answers.append((name, answer)))  # type: ignore[misc]
    return answers


def test_the_window_does_not_wait(opening: ImageLoader, child: FakeChild, qtbot: QtBot) -> None:
    """The request returns at once; the result comes in the same thread."""
    child.may.clear()
    here: list[int] = []
    opening.open("/r/mine", "a", lambda _answer: here.append(threading.get_ident()))
    assert here == []
    child.may.set()

    qtbot.waitUntil(lambda: bool(here))
    assert here == [threading.get_ident()]
    assert threading.get_ident() not in child.threads


def test_the_reasons_are_reported(opening: ImageLoader, qtbot: QtBot) -> None:
    """A missing and a broken picture are reported with their reasons."""
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
    """The last request is served first."""
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
    """They end when idle; the next request starts them again."""
    answers = asked(opening, "a")
    qtbot.waitUntil(lambda: opening._thread is None)
    assert child.closed == 1
    answers += asked(opening, "b")

    qtbot.waitUntil(lambda: child.opened == ["a", "b"])


def test_after_closing_nothing_is_reported(
    opening: ImageLoader, child: FakeChild, qtbot: QtBot
) -> None:
    """After closing no result is passed on."""
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
    """Other jobs run in the same thread."""
    answers: list[int] = []
    opening.do(lambda: 6 * 7, answers.append)

    qtbot.waitUntil(lambda: answers == [42])
