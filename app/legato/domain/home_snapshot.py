"""What the home page showed last, from which the next start shows it before any file is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSnapshot:
    """The words and the pictures of the first page.

    Attributes:
        tonight: The id of tonight's routine.
        name: Its name.
        words: Its time and what it eases.
        spoken: The same for those who hear it.
        picture: Its picture, as a step has it.
        folder: The folder that the picture is looked up in.
        cramp_picture: The picture of cramp now.
    """

    tonight: str
    name: str
    words: str
    spoken: str
    picture: str
    folder: str
    cramp_picture: str
