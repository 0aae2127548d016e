"""Messages between a process and its child: a line of JSON, then as many bytes as it says."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_HEADER = 4000
_SIZE = "bytes"

Header: TypeAlias = "dict[str, object]"


def send(stream: IO[bytes], header: Mapping[str, object], data: bytes = b"") -> None:
    """Write a message; raises OSError where nobody reads any more."""
    stream.write(json.dumps({**header, _SIZE: len(data)}).encode() + b"\n")
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], most_bytes: int) -> tuple[Header, bytes]:
    """Read a message.

    Args:
        stream: Where from.
        most_bytes: How many bytes may follow its header.

    Raises:
        EOFError: There is none: the other end is gone.
        ValueError: It is none, or not whole.
    """
    line = stream.readline(LONGEST_HEADER)
    if not line:
        raise EOFError
    try:
        header = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("this is no message") from error
    count = header.get(_SIZE) if isinstance(header, dict) else None
    if not isinstance(count, int) or not 0 <= count <= most_bytes:
        raise ValueError("this is no message")
    data = stream.read(count)
    if len(data) < count:
        raise ValueError("the message is not whole")
    return header, data
