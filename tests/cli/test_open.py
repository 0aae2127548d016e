"""`legato FILE.legato`: what a double click starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.cli import window
from legato.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

    from legato.bootstrap.stores import Options


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """Return the options for the window, without opening it."""
    seen: list[Options] = []

    def open_window(options: Options) -> int:
        seen.append(options)
        return 0

    monkeypatch.setattr(window, "open_window", open_window)
    return seen


def test_the_window_is_opened_with_it(
    tmp_path: Path, opened: list[Options], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path is absolute, since an open window may have another current folder."""
    file = tmp_path / "Given by Anna.Legato"
    file.write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    assert run(["--theme", "day", file.name]) == 0
    assert [(one.bring, one.theme) for one in opened] == [(str(file), "day")]


def test_a_missing_file_is_reported(
    opened: list[Options], capsys: pytest.CaptureFixture[str]
) -> None:
    """No window opens."""
    assert run(["nowhere.legato"]) == 1
    assert capsys.readouterr().err == "legato: there is no file nowhere.legato\n"
    assert opened == []
