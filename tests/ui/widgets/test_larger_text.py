"""What stands side by side goes below one another when the text becomes larger at the same width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QBoxLayout

from legato.ui.settings_table import GROUPS
from legato.ui.theme import NIGHT
from legato.ui.widgets.cue_rows import CueRows
from pain_room import plan_page

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.ui.dressing import Wardrobe
