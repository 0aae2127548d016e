"""Reads bundled content for the window and the command line: moves, body map, health texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato import resources

if TYPE_CHECKING:
    from legato.domain.care import Care, Evidence
    from legato.domain.plan import BodyMap
    from legato.domain.routine import Step
    from legato.storage.library import Library


def move_step(library: Library, move: str) -> Step | None:
    """Return the step of a move; the bundled one if the user's copy cannot be read."""
    entry = library.entry(move)
    if entry is None or entry.routine is None:
        shipped = resources.find_bundled().routines / "moves" / f"{move}.yaml"
        entry = library.open_path(shipped)
    return entry.routine.steps[0] if entry.routine else None


def open_body_map(library: Library) -> BodyMap:
    """Return the map from places on the leg to moves; the user's copy of a move counts."""
    from legato.storage.body_map import read_body_map  # noqa: PLC0415 - not for every start

    return read_body_map(
        resources.find_bundled().assets / "body" / "places.yaml",
        lambda move: move_step(library, move),
    )


def open_care() -> Care:
    """Return the health texts."""
    from legato.storage.care import read_care  # noqa: PLC0415 - not for every start

    return read_care(resources.find_bundled().assets / "care.yaml")


def open_evidence() -> dict[str, Evidence]:
    """Return the evidence for each move, by id."""
    from legato.storage.care import read_evidence  # noqa: PLC0415 - not for every start

    return read_evidence(resources.find_bundled().assets / "evidence.yaml")
