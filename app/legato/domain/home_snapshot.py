"""The content of the home page before the routines are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from legato.domain.routine import Side


class PaintedPicture(NamedTuple):
    """A picture of the home page as it was painted last time.

    Attributes:
        folder: The folder of the routine, as in `Step.folder`.
        picture: The picture, as in `Step.picture`.
        side: The leg that it shows at work.
        width: In the window's units.
        height: In the window's units.
        ratio: Pixels to one of those units.
        theme: The name of the theme.
        columns: Width in pixels.
        rows: Height in pixels.
        pixels: Rows of premultiplied RGBA, one byte a channel.
    """

    folder: str
    picture: str
    side: Side
    width: int
    height: int
    ratio: float
    theme: str
    columns: int
    rows: int
    pixels: bytes


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
