"""Random edits of a routine, as the editor's page would make them, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from legato.domain import editing
from legato.domain.draft import INHERIT, Use
from legato.domain.routine import (
    Ending,
    Kind,
    Night,
    Place,
    Side,
    Sides,
    Step,
    Tempo,
    TimedLine,
    Variants,
    VoiceLevel,
    Where,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from legato.domain.draft import Draft
    from legato.domain.editing import Edit

TEXTS = (
    "Lie down.",
    "A: b, c",
    "it's # not a comment",
    "- dash",
    "[bracket",
    "{side} leg, then the {other}",
    "yes",
    "90",
    "über, 🦵",
    '"quoted"',
    "* star & more",
    "key:",
    "~",
)
texts = st.sampled_from(TEXTS)
seconds = st.sampled_from([1.0, 30.0, 45.0, 60.0, 90.0, 120.0, 600.0, 12.5])
lists = st.lists(texts, max_size=3).map(tuple)
lines = st.lists(
    st.builds(TimedLine, st.sampled_from([0.0, 15.0, 30.0, 60.0, 90.0]), texts),
    max_size=3,
    unique_by=lambda line: line.at,
).map(lambda some: tuple(sorted(some, key=lambda line: line.at)))
ways = st.sampled_from(["", "sofa", "floor"])

STEP_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": texts,
    "kind": st.sampled_from(Kind),
    "hold": st.none() | seconds,
    "count": st.none() | st.integers(0, 20),
    "every": st.floats(1, 60) | st.sampled_from([Tempo(1.0, 0.0, 2.5), Tempo(2.0, 1.0, 0.0)]),
    "alternate": st.booleans(),
    "own_ready": st.none() | seconds,
    "own_switch": st.none() | seconds,
    "note": st.just("") | texts,
    "repeat": st.integers(1, 3),
    "release": seconds,
    "sides": st.sampled_from(Sides),
    "first": st.sampled_from([Side.LEFT, Side.RIGHT]),
    "where": st.none() | st.sampled_from(Where),
    "night": st.sampled_from(Night),
    "variants": st.builds(Variants, easier=ways, seated=ways, standing=ways),
    "evidence": st.lists(st.sampled_from(["one", "two"]), max_size=2).map(tuple),
    "picture": st.sampled_from(["", "figure:ham-strap", "a b.png"]),
    "needs": lists,
    "setup": lists,
    "feel": st.just("") | texts,
    "easier": st.just("") | texts,
    "skip_if": st.just("") | texts,
    "say": lines,
}
USE_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(["quads", "hamstrings", "water"]),
    "hold": st.just(INHERIT) | seconds,
    "sides": st.just(INHERIT) | st.sampled_from(Sides),
    "repeat": st.just(INHERIT) | st.integers(1, 3),
}


def _with_required(
    name: str, values: dict[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    others = {key: value for key, value in values.items() if key != name}
    return st.fixed_dictionaries({name: values[name]}, optional=others)


new_steps = _with_required("title", STEP_VALUES).map(lambda values: Step(**values))
new_uses = _with_required("id", USE_VALUES).map(lambda values: Use(**values))
new_lines = new_steps | new_uses


@st.composite
def edits_of(draw: DrawFn, draft: Draft) -> Edit:
    """Draw one edit of `draft`."""
    if not draft.steps or draw(st.integers(0, 3)) == 0:
        return draw(st.one_of(_routine_edits(draft)))
    return draw(st.one_of(_kept_edits(draft), _moving_edits(draft)))


@st.composite
def kept_edits_of(draw: DrawFn, draft: Draft) -> Edit:
    """Draw one edit of `draft` that takes nothing away."""
    return draw(_kept_edits(draft) if draft.steps else st.one_of(_routine_edits(draft)))


def _routine_edits(draft: Draft) -> list[st.SearchStrategy[Edit]]:
    return [
        texts.map(lambda name: editing.rename(draft, name)),
        texts.map(lambda about: editing.describe(draft, about)),
        st.lists(st.sampled_from(Place), max_size=3).map(
            lambda places: editing.set_eases(draft, places)
        ),
        (st.none() | seconds).map(lambda ready: editing.set_ready(draft, ready)),
        (st.none() | seconds).map(lambda switch: editing.set_switch(draft, switch)),
        (st.none() | st.sampled_from(VoiceLevel)).map(
            lambda level: editing.set_voice(draft, level)
        ),
        st.sampled_from(Ending).map(lambda end: editing.set_end(draft, end)),
        new_lines.map(lambda line: editing.add_steps(draft, [line])),
    ]


@st.composite
def _kept_edits(draw: DrawFn, draft: Draft) -> Edit:
    index = draw(st.integers(0, len(draft.steps) - 1))
    if draw(st.booleans()):
        return editing.add_steps(draft, [draw(new_lines)], index)
    values = USE_VALUES if isinstance(draft.steps[index], Use) else STEP_VALUES
    name = draw(st.sampled_from(sorted(values)))
    return editing.change_step(draft, index, **{name: draw(values[name])})


@st.composite
def _moving_edits(draw: DrawFn, draft: Draft) -> Edit:
    count = len(draft.steps)
    chosen = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=3))
    to = draw(st.integers(0, count))
    made = [
        editing.delete_steps(draft, chosen),
        editing.duplicate_steps(draft, chosen),
        editing.move_steps(draft, chosen, to),
        editing.move_up(draft, chosen),
        editing.move_down(draft, chosen),
        editing.change_steps(draft, chosen, hold=draw(seconds)),
        editing.change_steps(draft, chosen, sides=draw(st.sampled_from(Sides))),
        editing.replace_step(draft, min(chosen), draw(new_lines)),
    ]
    return draw(st.sampled_from(made))
