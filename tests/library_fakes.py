"""A library made of values, for pages that show one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builders import routine, step
from legato.domain.problems import Problem
from legato.domain.routine import Place
from legato.ui.pictures.decode import open_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from legato.domain.draft import Draft
    from legato.domain.figure.model import Figure
    from legato.domain.ports import OpenedPicture, PictureData
    from legato.domain.routine import Routine


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeListed:
    """A routine of a library without files."""

    id: str
    name: str
    path: Path
    own: bool = False
    is_move: bool = False
    draft: Draft | None = None
    routine: Routine | None = None
    problems: tuple[Problem, ...] = ()


def listed(name: str, *, is_move: bool = False, **values: object) -> FakeListed:
    """Return a routine with one step; its id is its name with hyphens."""
    id_ = name.casefold().replace(" ", "-")
    given: dict[str, object] = {"id": id_, "name": name, **values}
    made = given.pop("steps", (step(name),))
    return FakeListed(
        id=id_,
        name=name,
        path=Path(f"{id_}.yaml"),
        is_move=is_move,
        routine=routine(*made, **given),  # type: ignore[misc] # a mapping of anything
    )


def broken(name: str, *problems: str) -> FakeListed:
    """Return a routine whose file has these problems, on line 3 and the lines after it."""
    path = Path(f"{name.casefold()}.yaml")
    told = tuple(
        Problem(where=str(path), text=text, line=line) for line, text in enumerate(problems, 3)
    )
    return FakeListed(id=path.stem, name=name, path=path, own=True, problems=told)


class NoFigures:
    """A store without figures."""

    def names(self) -> Sequence[str]:
        """Return none."""
        return ()

    def figure(self, name: str, folder: str = "") -> Figure | None:  # noqa: ARG002 - the port's shape
        """Return None."""
        return None


class FakePictures:
    """Has the given pictures, and records the requests."""

    def __init__(self, pictures: dict[str, PictureData] | None = None) -> None:
        self._pictures = pictures or {}
        self.asked: list[str] = []

    def open(self, folder: str, name: str, then: Callable[[OpenedPicture | Problem], None]) -> None:
        """Pass on the picture at once, or that it is missing."""
        del folder
        self.asked.append(name)
        missing = Problem(where=name, text="there is no such file")
        found = self._pictures.get(name)
        then(open_picture(found, time.perf_counter) if found else missing)


LOWER = listed("Lower leg", eases=(Place.CALF,))
UPPER = listed("Upper leg", eases=(Place.FRONT_OF_THIGH,))
BEDTIME = listed("Bedtime", eases=(Place.WHOLE_LEG,))
MOVE = listed("Wall stretch", is_move=True, steps=(step("Wall stretch", needs=("wall",)),))
BAD = broken("Mine", "hold is too long", "sidez is not known")
