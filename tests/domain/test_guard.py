"""`report_errors`: an unexpected error does not leave the block, and is reported."""

from __future__ import annotations

import sys

import pytest

from legato.domain.guard import report_errors


def test_the_code_after_the_block_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error goes to `sys.excepthook`, and the next line runs."""
    told: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(error))
    error = RuntimeError("a bug")

    with report_errors():
        raise error

    assert told == [error]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_keyboard_interrupt_passes(kind: type[BaseException]) -> None:
    """Ctrl+C is not an error."""
    with pytest.raises(kind), report_errors():
        raise kind
