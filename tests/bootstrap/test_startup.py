"""What is imported after the first frame, one module a turn."""

from __future__ import annotations

from legato.bootstrap.startup import (
    CRAMP_IMPORTS,
    HOME_IMPORTS,
    SESSION_IMPORTS,
    import_for_cramps,
    import_for_home,
    import_for_sessions,
)


def test_each_module_has_a_turn_of_its_own() -> None:
    """A turn too few would leave a module to be imported when it is needed."""
    assert len(list(import_for_sessions())) == SESSION_IMPORTS
    assert len(list(import_for_cramps())) == CRAMP_IMPORTS
    assert len(list(import_for_home())) == HOME_IMPORTS
