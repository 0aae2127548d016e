"""Tests of messages through a pipe: complete ones are read, others are refused."""

from __future__ import annotations

import io

import pytest

from legato.devices.picture_process import receive, send


def test_a_message_comes_through() -> None:
    """Header and bytes are read, one message after the other."""
    pipe = io.BytesIO()
    send(pipe, {"kind": "png"}, b"\n\0{}")
    send(pipe, {})
    pipe.seek(0)

    assert receive(pipe, 100) == ({"kind": "png", "bytes": 4}, b"\n\0{}")
    assert receive(pipe, 100) == ({"bytes": 0}, b"")


def test_the_end_is_reported() -> None:
    """The end of the stream is EOFError, not a damaged message."""
    with pytest.raises(EOFError):
        receive(io.BytesIO(), 100)


@pytest.mark.parametrize(
    "sent",
    [
        b"hello\n",
        b"[1]\n",
        b"{}\n",
        b'{"bytes": -1}\n',
        b'{"bytes": "3"}\nabc',
        b'{"bytes": 101}\n' + bytes(101),
        b'{"bytes": 9}\nshort',
        b'{"bytes": 0' + b" " * 5000 + b"}\n",
        b"\xff\n",
        b"[" * 3999 + b"\n",
    ],
)
def test_what_is_no_message_is_refused(sent: bytes) -> None:
    """The size of a message is limited before it is read."""
    with pytest.raises(ValueError, match="message"):
        receive(io.BytesIO(sent), 100)
