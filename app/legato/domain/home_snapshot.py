"""The content of the home page before the routines are read."""

from __future__ import annotations

from typing import NamedTuple


class HomeSnapshot(NamedTuple):
    """What the home page showed last time, to be shown before the routines are read.

    Attributes:
        tonight: The id of tonight's routine.
        name: Its name.
        words: Its duration and the places it eases, as text.
        spoken: The same text for screen readers.
        picture: Its picture, as in `Step.picture`.
        folder: The folder of that picture.
        cramp_picture: The picture of the cramp button.
        pick: What was picked last where it hurts, in words, or empty.
    """

    tonight: str
    name: str
    words: str
    spoken: str
    picture: str
    folder: str
    cramp_picture: str
    pick: str
