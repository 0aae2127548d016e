"""miniaudio is imported without its HTTP client, which stays there for who uses it."""

from __future__ import annotations

import subprocess
import sys

import pytest

IMPORTS = "from legato.devices.audio.lazy_miniaudio import import_miniaudio; import sys\n"


def printed(program: str) -> str:
    """Run a program and return what it prints."""
    words = [sys.executable, "-P", "-c", IMPORTS + program]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(autouse=True)
def _library() -> None:
    pytest.importorskip("miniaudio", reason="miniaudio has no wheel for this machine")


@pytest.mark.parametrize("unused", ["ssl", "http", "email", "html.entities"])
def test_what_its_radio_needs_is_not_loaded(unused: str) -> None:
    """Sounds are played without."""
    program = f"print(import_miniaudio().__name__, {unused!r} in sys.modules)"
    assert printed(program) == "miniaudio False"


@pytest.mark.parametrize(
    "use",
    [
        "import urllib.request; print(urllib.request.Request('http://x').host)",
        "from urllib.request import Request; print(Request('http://x').host)",
        "import html; print(html.unescape('x'))",
        "import html.entities; print(html.entities.entitydefs and 'x')",
        "print(miniaudio.urllib.request.Request('http://x').host)",
        "print(miniaudio.html.unescape('x'))",
    ],
)
def test_who_uses_such_a_module_has_it(use: str) -> None:
    """By whatever form of import, afterwards too, and in miniaudio itself."""
    assert printed(f"miniaudio = import_miniaudio(); {use}") == "x"


def test_a_module_that_is_there_already_is_left_alone() -> None:
    """It is not replaced by a placeholder."""
    program = (
        "import html; import_miniaudio(); print(sys.modules['html'] is html, html.escape('x'))"
    )
    assert printed(program) == "True x"
