"""Words of a command line that no good program would give."""

from __future__ import annotations

import io
import os
import sys

import pytest

from legato.cli.main import run


def strict_output(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """Make stdout as in most locales: text that cannot be encoded is an error."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "utf-8", "strict"))
    return written


@pytest.mark.skipif(sys.platform == "win32", reason="words are text there")
def test_a_path_that_cannot_be_decoded_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file name may have any bytes; those without a character are escaped."""
    written = strict_output(monkeypatch)

    assert run(["check", os.fsdecode(b"caf\xe9.yaml")]) == 1
    sys.stdout.flush()
    assert b"caf\\udce9.yaml:1:1: there is no such file" in written.getvalue()


@pytest.mark.parametrize("command", ["check", "import", "timeline", "start"])
def test_a_path_too_long_is_a_problem(command: str) -> None:
    """The message is one line, not a traceback."""
    assert run([command, f"./{'x' * 300}.yaml"]) == 1
