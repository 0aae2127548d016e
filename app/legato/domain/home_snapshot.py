"""The content of the home page before the routines are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSnapshot:
    """The home page of the last start, shown until the routines are read.

    Attributes:
        tonight: The id of tonight's routine.
        name: Its name.
        words: Its duration and the places it eases, as text.
        spoken: The same text for screen readers.
        picture: Its picture, as in `Step.picture`.
        folder: The folder of that picture.
        cramp_picture: The picture of the cramp button.
    """

    tonight: str
    name: str
    words: str
    spoken: str
    picture: str
    folder: str
    cramp_picture: str
