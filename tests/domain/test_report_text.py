"""The text of an error report."""

from __future__ import annotations

from legato.domain.error_report import LOG_LINES, ErrorCount, ErrorReport, report


def test_it_begins_with_the_questions_to_the_user() -> None:
    """Then come the versions, the errors with their counts, and the end of the log."""
    log = [f"line {number}" for number in range(100)]
    text = report(
        [ErrorCount(ErrorReport("KeyError", ("legato.ui:1 in paint",)), 3)], ["Legato 1.0"], log
    )
    lines = text.splitlines()

    assert lines[0] == "What I did: "
    assert "Legato 1.0" in lines
    at = lines.index("Errors: 3")
    assert lines[at + 1 : at + 3] == ["KeyError (3 times)", "  legato.ui:1 in paint"]
    assert lines[-LOG_LINES:] == log[-LOG_LINES:]


def test_without_errors_and_log_it_is_short() -> None:
    """A report without errors and log has only the questions and the versions."""
    text = report([], ["Legato 1.0"], [])

    assert "Errors" not in text
    assert "log" not in text
