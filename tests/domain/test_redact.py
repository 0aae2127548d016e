"""What says something about a person is taken out of a line."""

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
    """Names of folders are names of people, and names of files are what hurts them."""
    assert redact(said) == kept


@pytest.mark.parametrize("said", ["and/or", "2:00 left", "PulseAudio (pipewire 1.0)", "50 %"])
def test_what_is_no_path_stays(said: str) -> None:
    """A slash alone is none."""
    assert redact(said) == said


def test_it_is_one_line_that_can_be_shown() -> None:
    """Escape sequences of a terminal come to nothing."""
    assert redact("a\x1b[31m\nb\ud800") == "a[31m b"


def test_it_does_not_go_on_for_ever() -> None:
    """A library may say a megabyte."""
    assert len(redact("a" * 1_000_000)) == LONGEST_LINE + 1
