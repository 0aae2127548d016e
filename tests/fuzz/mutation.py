"""Turns good files into odd ones: bytes flipped, cut, spliced, repeated and put in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

MOST_BYTES = 1_200_000
"""A little more than any reader of text takes."""
MOST_CHANGES = 6
MOST_COPIES = (2, 10, 60, 300, 3000, 20_000)

ODD_TEXT = (
    *("", " ", "\t", "\r", "\r\n", "\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff"),
    *(
        "\u202e",
        "\u200d",
        "\u0301" * 40,
        "🦵🏽",
        "👩‍👩‍👧",
        "ß",
        "İ",
        "ﷺ",
        "\ufffd",
        "\uffff",
        "\U0010ffff",
    ),
    *("%s%n", "{side}", "{0.__class__}", "{", "}", "<b>&amp;", "../../x", "figure:", "a" * 5000),
)
"""Text that programs stumble over."""
ODD_BYTES = (
    *(text.encode() for text in ODD_TEXT),
    *(b"\xed\xa0\x80", b"\xc0\x80", b"\xff\xfe", b"\xfe\xff", b"\xf4\x90\x80\x80", b"\xe2\x82"),
)
"""The same, and what is no text: surrogates, over-long and cut forms, marks of other encodings."""
ODD_NUMBERS = (
    *(b"0", b"-0", b"-1", b"1e309", b"-1e309", b"nan", b".inf", b"1e-320", b"0x7fffffff"),
    *(b"2147483648", b"9223372036854775808", b"1" + b"0" * 30, b"9" * 5000, b"0.1", b"00012"),
)

_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?")
_WORD = re.compile(rb"[A-Za-z][-A-Za-z_]+")


@dataclass(frozen=True, slots=True)
class Mutator:
    """Makes random inputs.

    Attributes:
        seeds: Good inputs of this kind.
        tokens: Words of the format.
        reshape: Changes one input by its structure, so that it stays well-formed; or None.
    """

    seeds: Sequence[bytes]
    tokens: Sequence[bytes] = ()
    reshape: Callable[[Random, bytes], bytes] | None = None

    def case(self, random: Random) -> bytes:
        """Return an input; the same for a generator in the same state."""
        data = random.choice(self.seeds)
        if self.reshape is not None and random.random() < 0.5:
            for _ in range(random.randint(1, 3)):
                data = self.reshape(random, data)
            if random.random() < 0.6:
                return data[:MOST_BYTES]
        for _ in range(random.randint(1, MOST_CHANGES)):
            data = random.choice(_CHANGES)(random, data, self)[:MOST_BYTES]
        return data


def _flip(random: Random, data: bytes, _mutator: Mutator) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def _insert(random: Random, data: bytes, mutator: Mutator) -> bytes:
    at = random.randint(0, len(data))
    known = random.random() < 0.5 and mutator.tokens
    return data[:at] + random.choice(mutator.tokens if known else ODD_BYTES) + data[at:]


def _delete(random: Random, data: bytes, _mutator: Mutator) -> bytes:
    start, end = _span(random, data)
    return data[:start] + data[end:]


def _truncate(random: Random, data: bytes, _mutator: Mutator) -> bytes:
    return data[: random.randint(0, len(data))]


def _repeat(random: Random, data: bytes, _mutator: Mutator) -> bytes:
    start, end = _span(random, data)
    copies = min(random.choice(MOST_COPIES), MOST_BYTES // max(1, end - start))
    return data[:start] + data[start:end] * copies + data[end:]


def _splice(random: Random, data: bytes, mutator: Mutator) -> bytes:
    other = random.choice(mutator.seeds)
    start, end = _span(random, other)
    at = random.randint(0, len(data))
    return data[:at] + other[start:end] + data[at:]


def _swap_lines(random: Random, data: bytes, _mutator: Mutator) -> bytes:
    lines = data.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _indent(random: Random, data: bytes, _mutator: Mutator) -> bytes:
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = random.choice((b" ", b"  ", b"\t", b"- ", b"# ", b"")) + lines[at].lstrip()
    return b"\n".join(lines)


def _replace_number(random: Random, data: bytes, _mutator: Mutator) -> bytes:
    return _replace_one(random, data, _NUMBER, random.choice(ODD_NUMBERS))


def _replace_word(random: Random, data: bytes, mutator: Mutator) -> bytes:
    known = random.random() < 0.7 and mutator.tokens
    return _replace_one(random, data, _WORD, random.choice(mutator.tokens if known else ODD_BYTES))


def _recode(random: Random, data: bytes, _mutator: Mutator) -> bytes:
    text = data.decode(errors="replace")
    return random.choice(
        (
            data.replace(b"\n", b"\r\n"),
            data.replace(b"\n", b"\r"),
            b"\xef\xbb\xbf" + data,
            text.encode("utf-16"),
            text.encode("utf-32-be"),
            text.encode("latin-1", errors="replace"),
        )
    )


_CHANGES = (
    *(_flip, _insert, _insert, _delete, _truncate, _repeat, _repeat, _splice, _swap_lines),
    *(_indent, _replace_number, _replace_number, _replace_word, _replace_word, _recode),
)


def _span(random: Random, data: bytes) -> tuple[int, int]:
    """Return a random range, short more often than long."""
    start = random.randint(0, len(data))
    return start, min(len(data), start + int(len(data) ** random.random()))


def _replace_one(random: Random, data: bytes, pattern: re.Pattern[bytes], new: bytes) -> bytes:
    found = list(pattern.finditer(data, 0, 20_000))
    if not found:
        return data
    one = random.choice(found)
    return data[: one.start()] + new + data[one.end() :]
