"""Tests of calls into the thread of the window."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from legato.devices.main_thread import MainThreadCall

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_ring_in_another_thread_calls_in_this_one(qtbot: QtBot) -> None:
    """The function runs where the object was made, once for each ring."""
    threads: list[threading.Thread] = []
    call = MainThreadCall(lambda: threads.append(threading.current_thread()))
    ringing = threading.Thread(target=call.ring)
    ringing.start()
    ringing.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]


def test_a_ring_that_is_still_queued_at_the_close_calls_nothing(qtbot: QtBot) -> None:
    """What a late answer would show may be deleted by then."""
    calls: list[str] = []
    late = MainThreadCall(lambda: calls.append("late"))
    sentinel = MainThreadCall(lambda: calls.append("sentinel"))
    late.ring()
    sentinel.ring()
    late.close()
    qtbot.waitUntil(lambda: bool(calls))
    assert calls == ["sentinel"]
