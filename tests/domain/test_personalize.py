"""A routine with the user's settings applied."""

from __future__ import annotations

from builders import routine, step
from legato.domain.personalize import personalize
from legato.domain.routine import Kind, Routine, Side, Sides, Step
from legato.domain.settings import Settings

EASIER = step("Foot against the board", hold=None, sides=Sides.RIGHT, setup=("Press softly.",))


def run(some: Routine, side: Side | None = None, **chosen: object) -> tuple[Step, ...]:
    """Return the steps of a routine tailored to some settings."""
    variants: dict[str, str] = chosen.pop("variants", {})  # type: ignore[assignment]
    settings = Settings(**chosen)  # type: ignore[arg-type]
    return personalize(some, settings, variants, side, {"easier": EASIER}.get).steps


def test_default_settings_run_it_as_written() -> None:
    """Default settings change nothing."""
    some = routine(step(), step(sides=Sides.BOTH, hold=45.0))

    assert run(some) == some.steps


def test_own_times_replace_those_of_the_routine() -> None:
    """Ready, switch and hold follow the settings."""
    (one,) = run(routine(step()), ready=5.0, switch=8.0, hold=60.0)

    assert (one.ready, one.switch, one.hold) == (5.0, 8.0, 60.0)


def test_only_stretches_take_the_chosen_hold() -> None:
    """A foot bath keeps its twelve minutes, an open hold stays open."""
    bath, cramp = run(
        routine(step(kind=Kind.SOAK, hold=720.0), step(hold=None)),
        hold=30.0,
    )

    assert (bath.hold, cramp.hold) == (720.0, None)


def test_a_chosen_variant_replaces_its_exercise() -> None:
    """The variant has the time and the sides of the step that it replaces."""
    (one,) = run(routine(step(move="calf", hold=60.0)), variants={"calf": "easier"})

    assert (one.title, one.hold, one.sides) == ("Foot against the board", 60.0, Sides.EACH)


def test_a_variant_that_is_gone_changes_nothing() -> None:
    """A step whose variant does not exist runs as written."""
    some = routine(step(move="calf"))

    assert run(some, variants={"calf": "gone"}) == some.steps


def test_the_given_side_overrides_the_settings() -> None:
    """The given side runs alone, or the chosen one first."""
    assert run(routine(step()), Side.LEFT)[0].worked_sides == (Side.LEFT,)
    assert run(routine(step()), first_side=Side.LEFT)[0].worked_sides == (Side.LEFT, Side.RIGHT)
