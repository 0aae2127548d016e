"""What is told of an unexpected error: where in the program, and nobody's words."""

from __future__ import annotations

from typing import NoReturn

import pytest

from legato.domain.error_report import MOST_PLACES, ErrorReport, report_of, report_of_crash

THEIR_WORDS = "my knee after the operation"


def fail(error: Exception) -> NoReturn:
    """Fail with `error`."""
    raise error


def caught(error: Exception) -> ErrorReport:
    """Raise `error` and return what is told of it."""
    try:
        fail(error)
    except type(error) as met:
        return report_of(met)


def test_it_tells_where_in_the_program_it_was() -> None:
    """Module, line and function, the innermost last; no folder."""
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
def test_words_that_may_be_somebodys_are_left_out(error: Exception, name: str | None) -> None:
    """Only what Python makes of the program's own text is repeated."""
    assert caught(error).name == (name or f"{type(error).__name__}: {error}")


def test_what_led_to_it_comes_first() -> None:
    """A cause is told as its effect is, and says as little."""
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


def test_the_same_error_in_the_same_place_is_the_same_fault() -> None:
    """So that it is told once, however often it is met."""
    faults = {caught(ValueError(str(number))) for number in range(3)}

    assert len(faults) == 1


def test_a_recursion_without_end_is_cut_in_the_middle() -> None:
    """Where it came from and where it stopped are kept."""

    def again() -> None:
        again()

    with pytest.raises(RecursionError) as met:
        again()
    places = report_of(met.value).places

    assert len(places) == MOST_PLACES + 1
    assert "more" in places[MOST_PLACES // 2]


def test_a_crash_is_told_without_the_folders_of_its_files() -> None:
    """What faulthandler writes names whole paths."""
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
    """A run that was killed wrote nothing."""
    assert report_of_crash("\n") is None
