"""Tests that slow libraries are imported at their first use, not at the start."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "later"),
    [
        ("dbus_probe", "PySide6"),
        ("media_keys", "PySide6.QtDBus"),
        ("keep_awake", "wakepy"),
        ("audio.output", "miniaudio"),
        ("audio.output", "playsound3"),
        ("audio.output", "ctypes"),
    ],
)
def test_a_device_is_imported_without_what_it_needs_later(module: str, later: str) -> None:
    """Importing a device does not import its library."""
    code = f"import sys, legato.devices.{module}; print({later!r} in sys.modules)"

    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert printed.stdout == "False\n"
