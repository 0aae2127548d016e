"""The report of an unexpected error: places in the program, and no private text."""

from __future__ import annotations

from typing import NoReturn

import pytest

from legato.domain.error_report import MOST_PLACES, ErrorReport, report_of, report_of_crash

THEIR_WORDS = "my knee after the operation"


def fail(error: Exception) -> NoReturn:
    """Fail with `error`."""
    raise error


def caught(error: Exception) -> ErrorReport:
    """Raise `error` and return its report."""
    try:
        fail(error)
    except type(error) as met:
        return report_of(met)


def test_it_names_the_place_in_the_program() -> None:
    """Module, line and function, the innermost last, without a folder."""
    places = caught(RuntimeError("gone")).places

    assert len(places) == 2
    assert places[-1].endswith("in fail")
    assert "test_error_report:" in places[-1]
    assert "/" not in "".join(places)


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (RuntimeError("Internal C++ object already deleted."), None),
        (AttributeError("'Step' object has no attribute 'hold'"), None),
        (ValueError(THEIR_WORDS), "ValueError"),
        (KeyError(THEIR_WORDS), "KeyError"),
        (
            OSError(28, "No space left on device", f"/home/anna/{THEIR_WORDS}"),
            "OSError: [28] No space left on device",
        ),
        (UnicodeDecodeError("utf-8", THEIR_WORDS.encode(), 0, 1, "bad"), "UnicodeDecodeError"),
    ],
)
def test_messages_that_may_be_private_are_left_out(error: Exception, name: str | None) -> None:
    """Only messages that Python makes from the program's own text are repeated."""
    assert caught(error).name == (name or f"{type(error).__name__}: {error}")


def test_the_cause_comes_first() -> None:
    """A cause is reported before the error, without its message either."""
    try:
        try:
            fail(KeyError(THEIR_WORDS))
        except KeyError as cause:
            raise TypeError("an effect") from cause
    except TypeError as error:
        lines = report_of(error).lines

    assert lines[0] == "TypeError: an effect"
    assert lines[1] == "  first KeyError"
    assert "  then" in lines
    assert THEIR_WORDS not in "".join(lines)


def test_the_same_error_in_the_same_place_is_equal() -> None:
    """Equal reports are counted instead of repeated."""
    faults = {caught(ValueError(str(number))) for number in range(3)}

    assert len(faults) == 1


def test_an_endless_recursion_is_cut_in_the_middle() -> None:
    """The first and the last places are kept."""

    def again() -> None:
        again()

    with pytest.raises(RecursionError) as met:
        again()
    places = report_of(met.value).places

    assert len(places) == MOST_PLACES + 1
    assert "more" in places[MOST_PLACES // 2]


def test_a_crash_is_reported_without_folders() -> None:
    """The whole paths in faulthandler's dump are shortened."""
    dump = (
        "Fatal Python error: Segmentation fault\n\n"
        "Current thread 0x00007f (most recent call first):\n"
        '  File "/home/anna/legato/app/legato/ui/theme.py", line 12 in paint\n'
        '  File "/home/anna/.venv/lib/python3.11/site-packages/shiboken6/x.py", line 3 in <module>\n'
        '  File "/home/anna/start.py", line 4 in main\n'
    )
    fault = report_of_crash(dump)

    assert fault is not None
    assert fault.lines == (
        "Fatal Python error: Segmentation fault",
        "  Current thread 0x00007f (most recent call first):",
        "  legato/ui/theme.py:12 in paint",
        "  shiboken6/x.py:3 in <module>",
        "  start.py:4 in main",
    )


def test_an_empty_dump_is_no_crash() -> None:
    """A run that was killed wrote no dump."""
    assert report_of_crash("\n") is None
