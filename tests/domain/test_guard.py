"""An unexpected error stays in the call in which it happened, and is told."""

from __future__ import annotations

import sys

import pytest

from legato.domain.guard import report_errors


def test_what_comes_after_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error goes to the program's hook, and the next line runs."""
    told: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(error))
    error = RuntimeError("a bug")

    with report_errors():
        raise error

    assert told == [error]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_program_is_let_through(kind: type[BaseException]) -> None:
    """Ctrl+C is no error."""
    with pytest.raises(kind), report_errors():
        raise kind
