"""Loads the pictures of steps: every page that shows them is given one loader."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from legato.domain.routine import FIGURE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.figure.model import Figure
    from legato.domain.ports import Figures, OpenedPicture, Pictures
    from legato.domain.problems import Problem
    from legato.domain.routine import Step
    from legato.ui.theme import ThemeSource


class PictureLoader(NamedTuple):
    """Loads the picture of a step, and knows the theme that it is painted in.

    Attributes:
        figures: The drawn exercises.
        images: The user's own images.
        theme: The theme, observable.
    """

    figures: Figures
    images: Pictures
    theme: ThemeSource

    def figure(self, step: Step) -> Figure | None:
        """Return the figure that a step names, or None if there is none of that name."""
        return self.figures.figure(step.picture.removeprefix(FIGURE_PREFIX), step.folder)

    def open_image(self, step: Step, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Open the user's image of a step; `then` gets its pixels, or why there are none, later."""
        self.images.open(step.folder, step.picture, then)
