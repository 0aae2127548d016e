"""Figures, which a person may bring, and the files that ship, which a person may have edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fuzz.routine_trials import TOKENS, print_safe
from fuzz.target import Target, Trial, chance, contents
from fuzz.trees import reshape_tags, reshape_yaml
from legato.domain.figure.motion import cycle_at, mirrored, pose_at
from legato.domain.plan import FeelingName, PlanRequest, make_plan
from legato.domain.problems import BadData
from legato.domain.routine import Place, Side
from legato.resources import find_bundled
from legato.storage.body_map import read_body_map, read_leg_chart
from legato.storage.care import read_care, read_evidence
from legato.storage.figures import figure_text, parse_figure, read_figure, rounded
from legato.storage.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from legato.domain.routine import Step

ASSETS = find_bundled().assets
TOKENS_FIGURE = (
    *(b"start:\n", b"hold:\n", b"knee: ", b"hip: ", b"1e9", b"-180", b"view: side\n", b"props:\n"),
    *(b"shows: x\n", b"nan", b".inf", *TOKENS),
)
TOKENS_CHART = (b"<svg ", b"<g ", b"<path ", b'd="M 0 0 C 1 1 2 2 3 3 Z"', b"nan", b"1e999", b"&x;")


def open_figure(folder: Path) -> Trial:
    """Read a figure, write it, and paint every pose of it."""
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - in the fuzzer's child alone

    from legato.ui.figures.export import figure_as_png  # noqa: PLC0415 - likewise
    from legato.ui.theme import THEMES  # noqa: PLC0415 - likewise

    application = QGuiApplication.instance() or QGuiApplication([])
    path = folder / "odd.yaml"

    def trial(data: bytes) -> None:
        assert application
        path.write_bytes(data)
        try:
            figure = read_figure(path)
        except BadData as error:
            print_safe(str(error))
            return
        wanted = rounded(figure)
        assert parse_figure("odd", figure_text(wanted).encode(), "again") == wanted

        poses = (pose_at(figure, chance(data).random()), cycle_at(figure, 3.0))
        for pose in (figure.start.pose, *poses, mirrored(figure.hold.pose)):
            figure_as_png(figure, pose, THEMES["night"], Side.LEFT, 64)

    return trial


def open_places(folder: Path) -> Trial:
    """Read the map of places, and make plans of it."""
    library = Library(find_bundled().routines, folder / "routines")

    def step_of(move: str) -> Step | None:
        entry = library.entry(move)
        return entry.routine.steps[0] if entry and entry.routine else None

    def trial(data: bytes) -> None:
        path = folder / "places.yaml"
        path.write_bytes(data)
        try:
            body = read_body_map(path, step_of)
        except BadData as error:
            print_safe(str(error))
            return
        random = chance(data)
        for place in Place:
            sore = ((place, random.choice(list(Side))),)
            feeling = random.choice((None, *FeelingName))
            make_plan(
                body, PlanRequest(sore=sore, feeling=feeling, minutes=random.choice((None, 1, 30)))
            )

    return trial


def reading(read: Callable[[Path], Any]) -> Callable[[Path], Trial]:
    """Return a trial of a reader of files that raises BadData alone."""

    def opened(folder: Path) -> Trial:
        path = folder / "file"

        def trial(data: bytes) -> None:
            path.write_bytes(data)
            try:
                read(path)
            except BadData as error:
                print_safe(str(error))

        return trial

    return opened


def asset(name: str) -> Callable[[], tuple[bytes, ...]]:
    """Return a function that returns the shipped file of a kind."""
    return lambda: ((ASSETS / name).read_bytes(),)


FIGURE_TARGET = Target(
    open_figure, lambda: contents(ASSETS / "figures"), TOKENS_FIGURE, reshape_yaml
)
PLACES_TARGET = Target(open_places, asset("body/places.yaml"), TOKENS, reshape_yaml, cases=40)
CARE_TARGET = Target(reading(read_care), asset("care.yaml"), TOKENS, reshape_yaml, cases=60)
EVIDENCE_TARGET = Target(
    reading(read_evidence), asset("evidence.yaml"), TOKENS, reshape_yaml, cases=60
)
LEG_MAP_TARGET = Target(
    reading(read_leg_chart), asset("body/legs.svg"), TOKENS_CHART, reshape_tags, cases=30
)
