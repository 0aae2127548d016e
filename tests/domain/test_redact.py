"""Log lines and reports without paths, control characters and excessive length."""

from __future__ import annotations

import pytest

from legato.domain.error_report import LONGEST_LINE, redact


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("QFile: /home/anna/My Files/knee pain.yaml: no such file", "QFile: …: no such file"),
        ("cannot open '/home/anna/knie.svg'", "cannot open '…'"),
        (r"C:\Users\Anna Maria\calf.png is damaged", "…"),
        ("file:///home/anna/a.svg", "…"),
        ("~/stretches/knee.yaml", "…"),
        ("unix:path=/run/user/1000/bus, a guid", "unix:path=…, a guid"),
        ("see /tmp", "see …"),
    ],
)
def test_paths_are_left_out(said: str, kept: str) -> None:
    """Paths are removed, since folder and file names are private."""
    assert redact(said) == kept


@pytest.mark.parametrize("said", ["and/or", "2:00 left", "PulseAudio (pipewire 1.0)", "50 %"])
def test_what_is_no_path_stays(said: str) -> None:
    """A single slash is not a path."""
    assert redact(said) == said


def test_it_is_one_line_that_can_be_shown() -> None:
    """Escape sequences of a terminal are removed."""
    assert redact("a\x1b[31m\nb\ud800") == "a[31m b"


def test_a_long_message_is_cut() -> None:
    """A message of a megabyte is cut."""
    assert len(redact("a" * 1_000_000)) == LONGEST_LINE + 1
