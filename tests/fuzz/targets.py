"""The table of what is fuzzed, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz.asset_trials import (
    CARE_TARGET,
    EVIDENCE_TARGET,
    FIGURE_TARGET,
    LEG_MAP_TARGET,
    PLACES_TARGET,
)
from fuzz.desktop_trials import JOURNAL_TARGET, LISTENER_TARGET, PLAYER_TARGET
from fuzz.picture_trials import DRAWING_TARGET, IMAGE_TARGET, SOUND_TARGET
from fuzz.routine_trials import PASTE_TARGET, ROUTINE_TARGET, WRITTEN_TARGET
from fuzz.sharing_trials import ARCHIVE_TARGET
from fuzz.state_trials import (
    GLANCE_TARGET,
    HISTORY_TARGET,
    KEPT_TARGET,
    RESUME_TARGET,
    SETTINGS_TARGET,
)
from fuzz.target import Target
from fuzz.word_trials import COMMAND_TARGET, SECOND_START_TARGET, TIMES_TARGET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fuzz.target import Trial


def _open_monkey(folder: Path) -> Trial:
    """Open the window; importing it here keeps the other targets fast."""
    from fuzz.monkey import open_monkey  # noqa: PLC0415 - see above

    return open_monkey(folder)


TARGETS: Mapping[str, Target] = {
    "routine": ROUTINE_TARGET,
    "paste": PASTE_TARGET,
    "written": WRITTEN_TARGET,
    "archive": ARCHIVE_TARGET,
    "settings": SETTINGS_TARGET,
    "history": HISTORY_TARGET,
    "resume": RESUME_TARGET,
    "glance": GLANCE_TARGET,
    "kept": KEPT_TARGET,
    "figure": FIGURE_TARGET,
    "drawing": DRAWING_TARGET,
    "image": IMAGE_TARGET,
    "sound": SOUND_TARGET,
    "places": PLACES_TARGET,
    "care": CARE_TARGET,
    "evidence": EVIDENCE_TARGET,
    "leg-map": LEG_MAP_TARGET,
    "monkey": Target(
        _open_monkey, tuple, draw=lambda random: random.randbytes(8), cases=2, seconds=20.0, batch=1
    ),
    "times": TIMES_TARGET,
    "command": COMMAND_TARGET,
    "second-start": SECOND_START_TARGET,
    "listener": LISTENER_TARGET,
    "player": PLAYER_TARGET,
    "journal": JOURNAL_TARGET,
}
