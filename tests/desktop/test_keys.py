"""Keys of the real keyboard reach the page that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.session import Status

if TYPE_CHECKING:
    from desktop.window import Desktop


def test_space_pauses_a_session(desktop: Desktop) -> None:
    """Space on the screen's keyboard pauses a session that was started with Enter."""
    desktop.press("Return")
    desktop.wait_for_page("session")
    desktop.let_pass(600)
    desktop.press("space")

    assert desktop.session.status is Status.PAUSED
