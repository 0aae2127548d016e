"""Where everything on the session page goes: a pure function of the window and the text size."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

UNIT = 8
WIDE_FROM = 1.15
"""Width against height from which the picture is beside the ring, not above it."""

RING_SHARE = 0.6
"""Of the smaller side of the window; numerals are about a third of the ring."""
BESIDE_RING_WIDTH = 0.48
STACKED_RING_SHARE = 0.49
STACKED_RING_WIDTH = 0.62
"""Most of the height and of the width that the ring takes of the place above the buttons."""
LARGE_SHARE = 0.045
LARGE_LEAST = 1.25
LINE_SHARE = 1.3
MOST_NOTE_LINES = 6
MEDIUM_SHARE = 0.62
"""The size of notes below the ring against that of name and caption."""
PICTURE_INSET = 0.07
LEAST_NOTE_LINES = 4
"""With less room below the ring the notes are under the caption, as small as other words."""
MARK_WIDTH = 12
FOOTER_ROWS_BELOW_EMS = 23
"""A footer narrower than this many times the text size takes two lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The places on the page, in its own pixels.

    Attributes:
        wide: Whether the picture is beside the ring.
        large: Pixel size of name and caption.
        medium: Pixel size of the notes: readable from a bed where there is room below the ring.
        title: The step's name.
        picture: Its picture.
        caption: The spoken lines.
        notes: What to take care of.
        ring: The ring with the numerals, square.
        following: What comes next.
        total: Time left in all.
        controls: The buttons.
        left_mark: The mark of the left side, at that edge.
        right_mark: The mark of the right side.
    """

    wide: bool
    large: int
    medium: int
    title: QRect
    picture: QRect
    caption: QRect
    notes: QRect
    ring: QRect
    following: QRect
    total: QRect
    controls: QRect
    left_mark: QRect
    right_mark: QRect


def compute_layout(size: QSize, small: int, controls_height: int) -> Layout:
    """Return where everything goes.

    Args:
        size: The page's size.
        small: Pixel size of the text that is read second.
        controls_height: What the buttons need at this width.
    """
    margin = 3 * UNIT if min(size.width(), size.height()) >= 80 * UNIT else 2 * UNIT
    inner = QRect(margin, margin, size.width() - 2 * margin, size.height() - margin - UNIT)
    controls = _from_bottom(inner, controls_height)
    above = inner.adjusted(0, 0, 0, -controls_height - UNIT)
    following, total, above = _footer(above, small)
    smaller = min(size.width(), size.height())
    large = round(max(LARGE_LEAST * small, LARGE_SHARE * smaller))
    wide = size.width() >= WIDE_FROM * size.height()
    medium = max(small, round(MEDIUM_SHARE * large))
    places = _beside(above, smaller, small, large) if wide else _stacked(above, small, large)
    if wide and places["notes"].left() < places["ring"].left():
        medium = small
    mark_height = above.height() // 2
    mark_top = above.top() + (above.height() - mark_height) // 2
    right = size.width() - MARK_WIDTH - UNIT // 2
    return Layout(
        wide=wide,
        large=large,
        medium=medium if wide else small,
        following=following,
        total=total,
        controls=controls,
        left_mark=QRect(UNIT // 2, mark_top, MARK_WIDTH, mark_height),
        right_mark=QRect(right, mark_top, MARK_WIDTH, mark_height),
        **places,
    )


def _footer(above: QRect, small: int) -> tuple[QRect, QRect, QRect]:
    line = round(LINE_SHARE * small)
    if above.width() < FOOTER_ROWS_BELOW_EMS * small:
        total = _from_bottom(above, line)
        above = above.adjusted(0, 0, 0, -line)
        following = _from_bottom(above, line)
    else:
        row = _from_bottom(above, line)
        total = row.adjusted(round(0.64 * row.width()), 0, 0, 0)
        following = row.adjusted(0, 0, -round(0.36 * row.width()) - UNIT, 0)
    return following, total, above.adjusted(0, 0, 0, -line - UNIT)


def _beside(body: QRect, smaller: int, small: int, large: int) -> dict[str, QRect]:
    diameter = min(
        round(RING_SHARE * smaller), body.height(), round(BESIDE_RING_WIDTH * body.width())
    )
    gap = 3 * UNIT if body.width() < 120 * UNIT else 5 * UNIT
    left = body.adjusted(0, 0, -diameter - gap - UNIT, 0)
    below = body.height() - diameter - 2 * UNIT
    line = round(LINE_SHARE * max(small, MEDIUM_SHARE * large))
    has_room = below >= LEAST_NOTE_LINES * line
    top = body.top() if has_room else body.top() + (body.height() - diameter) // 2
    ring = QRect(body.right() - diameter - UNIT, top, diameter, diameter)
    if not has_room:
        return {"ring": ring, **_column(left, small, large)}
    notes = QRect(ring.left(), ring.bottom() + 1 + 2 * UNIT, body.right() + 1 - ring.left(), below)
    places = _column(left, small, large, noted=False)
    # A figure as wide as its column would light up a dark room.
    inset = round(PICTURE_INSET * left.width())
    picture = places["picture"].adjusted(inset, 0, -inset, 0)
    return {**places, "picture": picture, "ring": ring, "notes": notes}


def _stacked(body: QRect, small: int, large: int) -> dict[str, QRect]:
    diameter = min(
        round(STACKED_RING_WIDTH * body.width()), round(STACKED_RING_SHARE * body.height())
    )
    title = QRect(body.left(), body.top(), body.width(), round(LINE_SHARE * large))
    ring = QRect(
        body.left() + (body.width() - diameter) // 2, title.bottom() + UNIT, diameter, diameter
    )
    below = body.adjusted(0, title.height() + diameter + 2 * UNIT, 0, 0)
    places = _column(below, small, large, titled=False)
    return {**places, "title": title, "ring": ring}


def _column(
    column: QRect, small: int, large: int, *, titled: bool = True, noted: bool = True
) -> dict[str, QRect]:
    """Return title, picture, caption and notes from top to bottom; the picture takes the rest."""
    line = round(LINE_SHARE * small)
    title_height = round(LINE_SHARE * large) if titled else 0
    caption_height = round((2 if noted else 3) * LINE_SHARE * large)
    rest = column.height() - title_height - caption_height - 3 * UNIT
    notes_height = min(MOST_NOTE_LINES * line, max(2 * line, rest * 2 // 5)) if noted else 0
    picture_height = max(rest - notes_height, 0)
    tops = [column.top(), column.top() + title_height + UNIT * titled]
    tops.append(tops[-1] + picture_height + UNIT)
    tops.append(tops[-1] + caption_height + UNIT)
    heights = (title_height, picture_height, caption_height, notes_height)
    return {
        name: QRect(column.left(), top, column.width(), height)
        for name, top, height in zip(
            ("title", "picture", "caption", "notes"), tops, heights, strict=True
        )
    }


def _from_bottom(rect: QRect, height: int) -> QRect:
    return QRect(rect.left(), rect.bottom() + 1 - height, rect.width(), height)
