"""Words of a command line that no good program would give."""

from __future__ import annotations

import io
import os
import sys

import pytest

from legato.cli.main import run


def strict_output(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """Let stdout be as Python makes it in most languages: what is no text is an error."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "utf-8", "strict"))
    return written


@pytest.mark.skipif(sys.platform == "win32", reason="words are text there")
def test_a_path_that_is_no_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file name may be of any bytes; those that no terminal can show come out as escapes."""
    written = strict_output(monkeypatch)

    assert run(["check", os.fsdecode(b"caf\xe9.yaml")]) == 1
    sys.stdout.flush()
    assert b"caf\\udce9.yaml:1:1: there is no such file" in written.getvalue()


@pytest.mark.parametrize("command", ["check", "import", "timeline", "start"])
def test_a_path_too_long_is_a_problem(command: str) -> None:
    """It is told in words, not by a traceback."""
    assert run([command, f"./{'x' * 300}.yaml"]) == 1
