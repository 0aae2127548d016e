"""Parses and formats durations as people write them: `90`, `1 min 30 s`, `1'30`, `2:00`."""

from __future__ import annotations

import re

from legato.domain.routine import LONGEST_SECONDS

_BLANK = r"[\s\u200b-\u200d\u2060\ufeff]"
"""Any blank: also the non-breaking, thin, narrow and zero-width ones of word processors."""
_BLANKS = (
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""The same blanks, as single characters."""
_GAP = rf"{_BLANK}*"
_NUMBER = r"[0-9]{1,15}(?:\.[0-9]{1,15}|,[0-9]{1,2})?"
"""At most two digits follow a comma: `1,500` might mean one thousand five hundred."""
_COLON = r"[:\u2236\uff1a]"
_MINUTE_MARK = r"['\u2018\u2019\u2032\u00b4]"
_SECOND_MARK = rf"(?:[\"\u201c\u201d\u2033]|{_MINUTE_MARK}{_MINUTE_MARK})"


def _any_case(words: str) -> str:
    """Return a case-insensitive pattern of `words`; JSON Schema has no flag for it."""
    spelled_out = ("".join(f"[{one.upper()}{one}]" for one in word) for word in words.split())
    return rf"(?:(?:{'|'.join(spelled_out)})\.?)"


_HOURS = _any_case("hours hour hrs hr h")
_MINUTES = rf"(?:{_any_case('minutes minute mins min m')}|{_MINUTE_MARK}(?!{_MINUTE_MARK}))"
_SECONDS = rf"(?:{_any_case('seconds second secs sec s')}|{_SECOND_MARK})"
_THEN = rf"{_GAP}(?:(?:,|{_any_case('and')}){_GAP})?"
_CLOCK = (
    rf"([0-9]{{1,3}}){_COLON}([0-5][0-9])(?:{_COLON}([0-5][0-9]))?(?:{_GAP}{_any_case('min')})?"
)
_UNITS = (
    rf"(?=[0-9])(?:({_NUMBER}){_GAP}{_HOURS})?"
    rf"(?:{_THEN}({_NUMBER}){_GAP}{_MINUTES})?"
    rf"(?:{_THEN}({_NUMBER}){_GAP}{_SECONDS})?"
)
_HALF_SAID = (
    rf"(?:({_NUMBER}){_GAP}{_MINUTES}{_GAP}([0-5]?[0-9])"
    rf"|({_NUMBER}){_GAP}{_HOURS}{_GAP}([0-5]?[0-9]))"
)
"""`1 min 30`, `1'30`, `1 h 30`: the last number is in the next smaller unit."""

PATTERN = rf"^{_GAP}(?:{_NUMBER}|{_CLOCK}|{_HALF_SAID}|{_UNITS}){_GAP}$"
"""All spellings as a regular expression that JSON Schema understands."""

OPEN_PATTERN = rf"^{_GAP}{_any_case('open')}{_GAP}$"
"""All spellings of `open` as a regular expression that JSON Schema understands."""

SPELLINGS = 'write 90, "90 s", "1 min 30 s" or 2:00'
"""The hint of a problem with a duration."""

# The patterns are compiled when they are first used: together they take a twentieth of a start.
_UNIT_SECONDS = (3600.0, 60.0, 1.0)
_REPEATED = rf"(?s:{_GAP}([0-9]{{1,3}}){_GAP}(?:[xX*\u00d7]|{_any_case('times')}){_GAP}(.+))"


def parse_seconds(text: str) -> float | None:
    """Return the seconds in `text`, 0 or more, or None if it is not a duration."""
    text = text.strip(_BLANKS)
    if re.fullmatch(_NUMBER, text):
        return _float(text)
    if found := re.fullmatch(_CLOCK, text):
        total = 0
        for part in found.groups():
            total = total if part is None else total * 60 + int(part)
        return float(total)
    if found := re.fullmatch(_HALF_SAID, text):
        minutes, seconds, hours, more = found.groups()
        if minutes is not None:
            return _float(minutes) * 60 + int(seconds)
        return _float(hours) * 3600 + int(more) * 60
    if found := re.fullmatch(_UNITS, text):
        parts = zip(found.groups(), _UNIT_SECONDS, strict=True)
        return sum(_float(count) * unit for count, unit in parts if count)
    return None


def is_open(text: str) -> bool:
    """Return whether `text` says `open`, in capitals or not."""
    return re.search(OPEN_PATTERN, text) is not None


def repeated_in(text: str) -> tuple[int, float | None] | None:
    """Return the count and the seconds of a text such as `3 x 30 s`.

    Returns:
        None if `text` has another form. The seconds are None for a plain number after the x, as in
        `2 x 12`, which counts repetitions.
    """
    found = re.fullmatch(_REPEATED, text)
    if found is None:
        return None
    seconds = None if re.fullmatch(_NUMBER, found[2].strip(_BLANKS)) else parse_seconds(found[2])
    return int(found[1]), seconds


def spelled(seconds: float) -> str:
    """Return `seconds` (0 to 3600) as a file spells it: `2 min`, `1 min 30 s`, `2.5 s`."""
    minutes, rest = divmod(round(seconds, 3), 60)
    words = []
    if minutes:
        words.append(f"{minutes:.0f} min")
    if rest or not words:
        words.append(f"{round(rest, 3):g} s")
    return " ".join(words)


def format_clock(seconds: int) -> str:
    """Return whole `seconds` as `M:SS`; an hour or more is in minutes, too: `75:00`."""
    return f"{seconds // 60}:{seconds % 60:02}"


def format_range(least: float, most: float = LONGEST_SECONDS) -> str:
    """Return the range of a duration as text: `1 s to 60 min`."""
    return f"{spelled(least)} to {spelled(most)}"


def _float(number: str) -> float:
    return float(number.replace(",", "."))
