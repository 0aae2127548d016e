"""The pages from a pain to a routine, with what ships around them."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from leg_maps import CHART
from legato.controllers import content
from legato.domain.problems import Problem
from legato.resources import find_bundled
from legato.storage.figures import FigureFolder
from legato.storage.library import Library
from legato.ui.home.page import HomePage
from legato.ui.leg_map.map import LegMap
from legato.ui.pictures.loader import PictureLoader
from legato.ui.plan.page import PlanPage
from legato.ui.theme import NIGHT, ThemeSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.care import Care
    from legato.domain.plan import BodyMap
    from legato.domain.ports import OpenedPicture
    from legato.domain.routine import Routine

ASSETS = find_bundled().assets


@functools.cache
def library() -> Library:
    """Return the routines that ship."""
    return Library(find_bundled().routines, Path("nowhere"))


@functools.cache
def body() -> BodyMap:
    """Return the map that ships."""
    return content.open_body_map(library())


@functools.cache
def care() -> Care:
    """Return the care texts that ship."""
    return content.open_care()


@functools.cache
def figures() -> FigureFolder:
    """Return the figures that ship."""
    return FigureFolder(ASSETS / "figures")


class NoPictures:
    """A picture service without pictures."""

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Report that there is none."""
        del folder
        then(Problem(where=name, text="there is no such file"))


def plan_page() -> PlanPage:
    """Return the plan page with nothing picked."""
    theme = ThemeSource(NIGHT)
    page = PlanPage(
        LegMap(CHART, theme), PictureLoader(figures(), NoPictures(), theme), body=body()
    )
    page.set_routines(library().scan())
    return page


def routine_of(routine_id: str) -> Routine:
    """Return a routine that ships."""
    entry = library().entry(routine_id)
    assert entry is not None
    assert entry.routine is not None
    return entry.routine


def home_page() -> HomePage:
    """Return the home page of a first start, with the leg map built."""
    theme = ThemeSource(NIGHT)
    page = HomePage(PictureLoader(figures(), NoPictures(), theme))
    page.show_tonight(routine_of("bedtime"), None)
    page.show_cramp(routine_of("cramp-now").steps[0])
    page.show_map(LegMap(CHART, theme))
    return page
