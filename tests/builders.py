"""Builders of routines for tests, plain and random."""

from __future__ import annotations

from hypothesis import strategies as st

from legato.domain.routine import Ending, Kind, Routine, Side, Sides, Step, Tempo, TimedLine


def step(title: str = "Calf", **values: object) -> Step:
    """Return a step with everything but `values` at its default."""
    return Step(title=title, **values)  # type: ignore[arg-type]


def routine(*steps: Step, **values: object) -> Routine:
    """Return a routine of `steps`, or of one plain step."""
    given = {"id": "r", "name": "R", **values}
    return Routine(steps=steps or (step(),), **given)  # type: ignore[arg-type]


def five_steps() -> Routine:
    """Return five two-minute stretches for each side, right first."""
    names = ("Hamstrings", "Quads", "Glutes", "Calf, knee straight", "Calf, knee bent")
    lines = (TimedLine(15.0, "Soften your jaw and shoulders."),)
    return routine(*(step(name, setup=("Lie down.",), say=lines) for name in names))


def counted(**values: object) -> Routine:
    """Return one counted step for both legs at once: two sets of twelve, three seconds each."""
    like = {"count": 12, "every": 3.0, "repeat": 2, "release": 30.0, "sides": Sides.BOTH}
    return routine(step("Heel raises", kind=Kind.MOVE, **like | values))


_seconds = st.sampled_from([0.0, 0.5, 1.0, 5.0, 15.0, 20.0]) | st.floats(0, 60)

steps = st.builds(
    Step,
    title=st.sampled_from(["Calf", "Thigh"]),
    kind=st.sampled_from(Kind),
    hold=st.none() | st.sampled_from([1.0, 10.0, 20.0, 29.9, 30.0, 120.0]) | st.floats(1, 300),
    repeat=st.integers(1, 3),
    release=_seconds,
    sides=st.sampled_from(Sides),
    count=st.none() | st.none() | st.integers(0, 12),
    every=st.sampled_from([1.0, 3.0, Tempo(1.0, 1.0, 2.0)]),
    alternate=st.booleans(),
    first=st.sampled_from([Side.LEFT, Side.RIGHT]),
    ready=_seconds,
    switch=_seconds,
    setup=st.lists(
        st.sampled_from(["Rest your {side} leg.", "Bend the {other} knee."]), max_size=3
    ).map(tuple),
    say=st.lists(st.builds(TimedLine, st.floats(0, 120), st.just("Soften.")), max_size=2).map(
        tuple
    ),
)
closed_steps = steps.map(
    lambda s: s if s.hold_seconds is not None else step(s.title, sides=s.sides)
)


def routines_of(some: st.SearchStrategy[Step]) -> st.SearchStrategy[Routine]:
    """Return random routines of one to four of `some` steps."""
    return st.builds(
        Routine,
        id=st.just("r"),
        name=st.just("R"),
        steps=st.lists(some, min_size=1, max_size=4).map(tuple),
        end=st.sampled_from(Ending),
    )


routines = routines_of(steps)
closed_routines = routines_of(closed_steps)
