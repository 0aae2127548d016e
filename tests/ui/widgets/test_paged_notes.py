"""Notes that are shown in several pages if the space is small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legato.ui.widgets.fitted_text import PAGE_SECONDS, PagedNotes

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NOTES = (
    "Feel it: The middle of the back of the thigh; a little in the calf is fine.",
    "",
    "Easier: Bend the knee more, or hold behind the thigh without a towel.",
)


@pytest.fixture
def notes(qtbot: QtBot) -> PagedNotes:
    """Return the notes widget with text of 16 pixels."""
    notes = PagedNotes()
    qtbot.addWidget(notes)
    notes.set_sizes(16, 16)
    return notes


def pages(notes: PagedNotes) -> list[str]:
    """Return the pages in order, each once."""
    shown = []
    for number in range(50):
        notes.show_at(number * PAGE_SECONDS)
        if notes.text() in shown:
            break
        shown.append(notes.text())
    return shown


def test_with_room_all_is_there_at_once(notes: PagedNotes) -> None:
    """With enough space all notes are shown, one a line."""
    notes.resize(900, 100)
    notes.set_notes(NOTES)

    assert pages(notes) == [f"{NOTES[0]}\n{NOTES[2]}"]


@pytest.mark.parametrize("size", [(900, 30), (300, 50), (160, 60)])
def test_in_small_places_no_word_is_lost(notes: PagedNotes, size: tuple[int, int]) -> None:
    """All pages together have the whole text, and each fits."""
    notes.resize(*size)
    notes.set_notes(NOTES)
    shown = pages(notes)

    assert " ".join(" ".join(shown).split()) == f"{NOTES[0]} {NOTES[2]}"
    assert all(notes.fits(page) for page in shown)


def test_a_page_stays_long_enough_to_be_read(notes: PagedNotes) -> None:
    """A page does not change before its time."""
    notes.resize(900, 30)
    notes.set_notes(NOTES)
    notes.show_at(PAGE_SECONDS - 0.1)

    assert notes.text() == NOTES[0]


def test_without_notes_it_is_empty(notes: PagedNotes) -> None:
    """Without notes the widget is empty."""
    notes.set_notes(())
    notes.show_at(0.0)

    assert notes.text() == ""


def test_a_lasting_note_stands_on_each_page(notes: PagedNotes) -> None:
    """What a band looks like is shown all through the hold, whatever else takes turns."""
    notes.resize(900, 50)
    notes.set_notes(NOTES, "The red band.")

    assert pages(notes) == [f"The red band.\n{NOTES[0]}", f"The red band.\n{NOTES[2]}"]
