"""The settings page: changes are signalled at once, and all of it is readable and reachable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QScrollArea, QSlider, QWidget

from legato.domain.cues import SPECS, TONES, Cue
from legato.domain.routine import VoiceLevel
from legato.domain.setting_types import Flag, Group, Row, setting, settings_of
from legato.domain.settings import Settings
from legato.ui.settings.devices import NO_VOICE, NOT_HEARD_YET, WHAT_TO_DO, DeviceStatus
from legato.ui.settings.page import SettingsPage
from legato.ui.theme import DAY, NIGHT
from legato.ui.widgets.basic import CheckBox
from luminance import BRIGHTEST, luminance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from legato.ui.theme import Theme, ThemeManager

FOUND = DeviceStatus(sound="", voice="Pico", awake="The screen stays on.", folder="/home/me/legato")


@pytest.fixture
def page(qtbot: QtBot, theme_manager: ThemeManager) -> SettingsPage:
    """Return the page in a window of 800 by 600."""
    del theme_manager  # asked for so that the application has its theme before its first widget
    page = SettingsPage()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show_settings(Settings())
    page.show_found(FOUND)
    page.show()
    return page


def named(page: SettingsPage, name: str) -> QWidget:
    """Return the control of that accessible name or text."""
    kinds = (QComboBox, QSlider, CheckBox, QPushButton)
    found = [one for kind in kinds for one in page.findChildren(kind)]
    return next(one for one in found if name in {one.accessibleName(), getattr(one, "text", str)()})


def signalled(qtbot: QtBot, page: SettingsPage) -> list[Settings]:
    """Return the list that receives each change."""
    del qtbot
    changes: list[Settings] = []
    page.changed.connect(changes.append)
    return changes


def test_every_setting_with_a_row_has_a_control_with_a_name(page: SettingsPage) -> None:
    """Each control has an accessible name."""
    for one in settings_of(Settings):
        if one.row is not None:
            assert named(page, one.row.label).isEnabled()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreSettings(Settings):
    """The settings with an additional one."""

    incense: bool = field(default=False, metadata=setting(Flag(), Row(Group.LIGHT, "Incense")))


def test_a_setting_that_is_declared_is_on_the_page(qtbot: QtBot) -> None:
    """A declared setting is on the page without other code."""
    page = SettingsPage(MoreSettings())
    qtbot.addWidget(page)
    changes = signalled(qtbot, page)
    QTest.keyClick(named(page, "Incense"), Qt.Key.Key_Space)

    assert changes == [MoreSettings(incense=True)]


def test_a_choice_is_signalled_at_once(qtbot: QtBot, page: SettingsPage) -> None:
    """A choice can be made by keyboard alone."""
    changes = signalled(qtbot, page)
    QTest.keyClick(named(page, "How much is said"), Qt.Key.Key_Down)

    assert changes[-1].voice is VoiceLevel.QUIET


def test_an_amount_is_signalled_at_once(qtbot: QtBot, page: SettingsPage) -> None:
    """One key press changes the amount by one step."""
    changes = signalled(qtbot, page)
    QTest.keyClick(named(page, "Volume of the voice"), Qt.Key.Key_Left)

    assert changes[-1].voice_volume == 75


def test_an_amount_is_read_out_in_percent(page: SettingsPage) -> None:
    """The accessible value is in percent, though the slider counts steps."""
    assert named(page, "Volume of the voice").accessibleDescription() == "80 %"


def test_a_check_box_is_signalled_at_once(qtbot: QtBot, page: SettingsPage) -> None:
    """A click on its text counts, also on the second line."""
    changes = signalled(qtbot, page)
    whisper = named(page, "Whisper: everything very soft, for who sleeps nearby")
    QTest.mouseClick(whisper, Qt.MouseButton.LeftButton, pos=whisper.rect().center())

    assert changes[-1].whisper


def test_a_sound_is_turned_off(qtbot: QtBot, page: SettingsPage) -> None:
    """Turning one sound off leaves the others on."""
    changes = signalled(qtbot, page)
    QTest.keyClick(named(page, SPECS[Cue.HALFWAY].label), Qt.Key.Key_Space)

    assert changes[-1].cues_off == (Cue.HALFWAY,)


@pytest.mark.parametrize("cue", [spec.cue for spec in TONES])
def test_each_sound_can_be_heard(qtbot: QtBot, page: SettingsPage, cue: Cue) -> None:
    """Each sound has a button that requests it."""
    with qtbot.waitSignal(page.cues.tried) as asked:
        named(page, f"Hear: {SPECS[cue].label}").click()  # type: ignore[attr-defined]

    assert asked.args == [cue]


def test_an_own_sound_is_chosen(qtbot: QtBot, page: SettingsPage) -> None:
    """The button requests a file dialog."""
    with qtbot.waitSignal(page.cues.file_wanted) as asked:
        named(page, "Choose a sound of your own: A hold ends").click()  # type: ignore[attr-defined]

    assert asked.args == [Cue.END]


def test_an_own_sound_is_shown_and_removed(qtbot: QtBot, page: SettingsPage) -> None:
    """Its name is below, and one press restores the usual sound."""
    page.show_settings(Settings(cue_files={Cue.END: "/music/bowl.wav"}))
    changes = signalled(qtbot, page)
    shown = [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]
    named(page, "Take your own sound back: A hold ends").click()  # type: ignore[attr-defined]

    assert "Your own: bowl.wav" in shown
    assert changes[-1].cue_files == {}


def test_an_unusable_own_sound_is_reported(page: SettingsPage) -> None:
    """The reason is shown beside the sounds."""
    note = "Your sound for “end” is not used, the usual one is: bowl.wav: it is larger than 20 MB."
    page.show_found(DeviceStatus(sound="", voice="", awake="", folder="", notes=(note,)))

    assert note in [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]


def words_of(found: DeviceStatus, page: SettingsPage) -> str:
    """Return all text for that state of the devices."""
    page.show_found(found)
    return "\n".join(one.text() for one in page.found.findChildren(QLabel))


def test_found_devices_are_shown(page: SettingsPage) -> None:
    """The page shows the audio backend, the voice, the keep-awake service and the folder."""
    signalled = words_of(
        DeviceStatus(
            sound="PulseAudio, through miniaudio", voice="Pico", awake="It stays on.", folder="/me"
        ),
        page,
    )

    assert "Sounds are played by PulseAudio, through miniaudio." in signalled
    assert "Lines are spoken by Pico." in signalled
    assert "It stays on." in signalled
    assert "Your routines and settings are in /me" in signalled


def test_missing_devices_are_shown_with_a_hint(page: SettingsPage) -> None:
    """The page says what the user can do."""
    silent = DeviceStatus(
        sound="", silence="No sound: no sound device was found.", voice="", awake="", folder=""
    )
    signalled = words_of(silent, page)

    assert WHAT_TO_DO in signalled
    assert NO_VOICE in signalled


def test_before_the_first_sound_nothing_is_claimed(page: SettingsPage) -> None:
    """An untested audio backend is not reported as working."""
    assert NOT_HEARD_YET in words_of(FOUND, page)


def test_esc_leads_back(qtbot: QtBot, page: SettingsPage) -> None:
    """Esc goes back to the previous page."""
    with qtbot.waitSignal(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_the_page_looks_only_while_it_is_shown(page: SettingsPage) -> None:
    """A hidden page has no running timer."""
    page.hide()

    assert not page._looks.isActive()


def pieces(page: SettingsPage) -> Iterator[float]:
    """Yield the luminance of the page at each scroll position."""
    scroll = page.findChild(QScrollArea)
    assert scroll is not None
    bar = scroll.verticalScrollBar()
    for top in range(0, bar.maximum() + scroll.height(), scroll.height()):
        bar.setValue(top)
        yield luminance(page.grab().toImage())


@pytest.mark.parametrize("percent", [100, 200])
def test_the_whole_page_keeps_the_light_budget(
    theme_manager: ThemeManager, page: SettingsPage, percent: int
) -> None:
    """The budget holds at every scroll position and both text sizes."""
    theme_manager.apply(NIGHT, percent)

    assert max(pieces(page)) <= BRIGHTEST


@pytest.mark.parametrize("theme", [NIGHT, DAY])
def test_nothing_is_cut_in_large_text(
    theme_manager: ThemeManager, page: SettingsPage, qtbot: QtBot, theme: Theme
) -> None:
    """At 200 % in 800 by 600 all text fits, and nothing is outside the window."""
    theme_manager.apply(theme, 200)
    qtbot.waitUntil(lambda: not cut(page))


def cut(page: SettingsPage) -> list[str]:
    """Return the texts that do not fit."""
    kinds = (QLabel, QPushButton, CheckBox, QComboBox)
    seen = [one for kind in kinds for one in page.findChildren(kind) if one.isVisibleTo(page)]
    narrow = [one for one in seen if one.width() < one.minimumSizeHint().width()]
    beyond = [one for one in seen if one.mapTo(page, one.rect().topRight()).x() >= page.width()]
    low = [
        one
        for one in seen
        if one.hasHeightForWidth() and one.height() < one.heightForWidth(one.width())
    ]
    return [str(one) for one in (*narrow, *beyond, *low)]
