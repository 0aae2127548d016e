"""Tests of writing changes into an existing file: only changed parts differ."""

from __future__ import annotations

import difflib
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handwritten import Desk, Hand
from legato.domain import editing
from legato.domain.draft import Draft, Use
from legato.domain.problems import BadData
from legato.domain.routine import Place, Sides, Step, TimedLine, Variants
from legato.storage import routine_writer
from legato.storage.routine_reader import parse_routine
from legato.storage.routine_text import routine_values
from legato.storage.yaml.spans import YamlText
from strategies import edits_of, kept_edits_of

if TYPE_CHECKING:
    from legato.storage.routine_reader import Reading

ODD = Path(__file__).parents[1] / "data" / "odd"
FILES = sorted(ODD.glob("*.yaml"))
STRANGE = sorted((ODD.parent / "strange").glob("*.yaml"))
"""Files that nobody would write, but that can be read."""
IN_LINES = [path for path in FILES if path.stem not in {"anchors", "flow", "one-step"}]
"""Files in which every step has lines of its own."""


def read_text(name: str) -> str:
    """Return a hand-written file with its line breaks."""
    return (ODD / f"{name}.yaml").read_bytes().decode()


def read(text: str) -> Reading:
    """Return the reading of a text."""
    return parse_routine(text.encode(), routine_id="odd", where="odd.yaml")


def draft_of(text: str) -> Draft:
    """Return the draft of a text, as far as it can be read."""
    draft = read(text).draft
    assert draft is not None
    return draft


def rewritten(text: str, wanted: Draft) -> str:
    """Return the text changed to a draft whose steps are new objects."""
    return routine_writer.rewritten(text, draft_of(text), wanted)


def changed_lines(before: str, after: str) -> list[str]:
    """Return the changed lines, each with a minus or a plus before it."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("--- ", "+++ ", "@@"))]


def saved(file: str, **values: Any) -> list[str]:  # noqa: ANN401 - fields of a draft
    """Return the changed lines of a file when its routine has other values."""
    text = read_text(file)
    return changed_lines(text, rewritten(text, replace(draft_of(text), **values)))


def step_saved(name: str, index: int, **values: Any) -> list[str]:  # noqa: ANN401 - fields of a step
    """Return the changed lines of a file when one of its steps has other values."""
    text = read_text(name)
    edit = editing.change_step(draft_of(text), index, **values)
    return changed_lines(text, rewritten(text, edit.draft))


def steps_saved(name: str, *order: int | Step | Use) -> list[str]:
    """Return the changed lines of a file when it has these steps in this order."""
    text = read_text(name)
    old = draft_of(text).steps
    steps = tuple(old[one] if isinstance(one, int) else one for one in order)
    return changed_lines(text, rewritten(text, replace(draft_of(text), steps=steps)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_changed_is_nothing_written(path: Path) -> None:
    """An unchanged draft keeps every byte."""
    text = path.read_bytes().decode()

    assert rewritten(text, draft_of(text)) == text


def test_a_name_changes_alone() -> None:
    """The comment behind a changed name stays."""
    assert saved("comments-everywhere", name="Night") == [
        "-name: Evening   # what the clock says",
        "+name: Night   # what the clock says",
    ]


def test_a_time_keeps_its_line_and_its_spelling() -> None:
    """2:00 becomes 1:15, 90 becomes 75, and 1 min becomes 75 s."""
    assert step_saved("comments-everywhere", 2, hold=75.0) == ["-    hold: 2:00", "+    hold: 1:15"]
    assert step_saved("no-indent", 2, hold=75.0) == ["-  hold: 90", "+  hold: 75"]
    assert step_saved("comments-everywhere", 1, hold=75.0) == [
        "-    hold:   1 min   # no longer!",
        "+    hold: 1 min 15 s   # no longer!",
    ]


def test_a_comment_behind_what_changes_stays_behind_it() -> None:
    """A comment behind a changed value on one line stays there."""
    assert step_saved("comments-everywhere", 2, title="Door: long") == [
        """-  - title: "Doorway: the long one"    # Anna's name for it""",
        """+  - title: 'Door: long'    # Anna's name for it""",
    ]


def test_a_new_field_comes_in_where_the_format_has_it() -> None:
    """A new field is inserted in the order of the format, with the file's indent."""
    assert step_saved("no-indent", 1, repeat=2) == ["+  repeat: 2"]
    assert step_saved("no-indent", 3, setup=("Lie still.",)) == ["+  setup:", "+  - Lie still."]


def test_a_field_that_goes_leaves_its_comment() -> None:
    """The comment behind a removed value stays."""
    assert saved("comments-everywhere", ready=None) == [
        "-ready:   20 s     # slow to lie down",
        "+# slow to lie down",
    ]


def test_an_item_of_a_list_changes_alone() -> None:
    """Other items keep their comments and quotes."""
    text = read_text("comments-everywhere")
    setup = draft_of(text).steps[2].setup  # type: ignore[union-attr]

    assert step_saved("comments-everywhere", 2, setup=(setup[0], "Stand.", setup[1])) == [
        "+      - Stand."
    ]


def test_places_in_brackets_stay_in_brackets() -> None:
    """Line breaks and comments within brackets stay."""
    eases = (Place.CALF, Place.ANKLE, Place.SHIN, Place.WHOLE_LEG)

    assert saved("comments-everywhere", eases=eases) == [
        "-        shin]   # only sometimes",
        "+        shin, whole-leg]   # only sometimes",
    ]


def test_a_line_at_another_moment() -> None:
    """Timed lines are inserted in the order of their times."""
    say = (
        TimedLine(15.0, "Soften your jaw."),
        TimedLine(45.0, "More."),
        TimedLine(60.0, "Half of it."),
    )

    assert step_saved("comments-everywhere", 2, say=say) == ["+      0:45: More."]


def test_a_step_that_moves_takes_its_comments_with_it() -> None:
    """Comments above, behind and below a step move with it."""
    text = read_text("comments-everywhere")
    draft = draft_of(text)

    moved = rewritten(text, editing.move_steps(draft, [1], 4).draft)

    assert (
        "  - use: hamstrings\n"
        "  # bent knee second\n"
        "  - use: calf-bent-knee\n"
        "    hold:   1 min   # no longer!\n"
        "    # repeat: 2   perhaps later\n"
        "# the end\n"
    ) in moved
    assert sorted(moved) == sorted(text)


def test_a_step_that_goes_takes_its_comments_with_it() -> None:
    """Headings between steps stay."""
    assert steps_saved("comments-everywhere", 0, 2, 3) == [
        "-  # bent knee second",
        "-  - use: calf-bent-knee",
        "-    hold:   1 min   # no longer!",
        "-    # repeat: 2   perhaps later",
    ]


def test_empty_lines_between_steps_stay_between_steps() -> None:
    """A new step has the same empty lines around it as others."""
    assert steps_saved("no-indent", 0, Use(id="water"), 1, 2, 3) == ["+", "+- use: water"]
    assert steps_saved("no-indent", 1, 0, 2, 3) == ["-- use: quads", "-", "+", "+- use: quads"]


def test_a_new_step_is_written_as_the_others_are() -> None:
    """Indent and brackets follow the other steps."""
    step = Step(title="New", hold=60.0, setup=("Stand.",), variants=Variants(easier="sofa"))

    assert steps_saved("odd-shapes", 0, step, 1, 2, 3) == [
        "+  -   title: New",
        "+      hold: 1 min",
        "+      variants: {easier: sofa}",
        "+      setup:",
        "+        - Stand.",
    ]
    flow = steps_saved("flow", 0, step, 1, 2)
    assert any("{title: New, hold: 1 min," in line for line in flow)


def test_several_things_at_once() -> None:
    """Moving, changing and deleting steps affects only those steps."""
    text = read_text("comments-everywhere")
    edit = editing.move_steps(draft_of(text), [3], 0)
    edit = editing.change_step(edit.draft, 3, feel="the chest and the arm")
    edit = editing.delete_steps(edit.draft, [2])

    assert changed_lines(text, rewritten(text, edit.draft)) == [
        "+  # - use: quads    left out since June",
        "+  - use: hamstrings",
        "-  # bent knee second",
        "-  - use: calf-bent-knee",
        "-    hold:   1 min   # no longer!",
        "-    # repeat: 2   perhaps later",
        "-    feel: the chest   # not the shoulder",
        "+    feel: the chest and the arm   # not the shoulder",
        "-  # - use: quads    left out since June",
        "-  - use: hamstrings",
    ]


def test_what_cannot_be_read_stays_beside_what_is_changed() -> None:
    """Unknown keys and invalid values stay unchanged."""
    assert saved("unreadable", eases=(Place.CALF, Place.SHIN)) == [
        "-eases: [calf, elbow, ankle]",
        "+eases: [calf, elbow, shin]",
    ]
    assert step_saved("unreadable", 0, repeat=2) == ["+    repeat: 2"]
    assert step_saved("unreadable", 2, variants=Variants(easier="bed")) == [
        "-    variants: {easier: sofa, harder: floor}",
        "+    variants: {easier: bed, harder: floor}",
    ]
    assert step_saved("unreadable", 2, needs=("chair",)) == ["-      - wall"]


def test_a_line_that_was_no_step_is_kept_as_a_comment() -> None:
    """Text that a step replaces becomes a comment."""
    assert step_saved("unreadable", 1, title="Doorway") == [
        "-  - Doorway stretch",
        "+  - # Doorway stretch",
        "+    title: Doorway",
    ]


def test_steps_that_were_no_list_are_kept_as_a_comment() -> None:
    """Text in place of the list of steps becomes a comment."""
    text = "name: A\nsteps:\n  title: Calf   # mine\n  hold: 2 min\n"

    after = rewritten(text, Draft(id="odd", name="A", steps=(Use(id="quads"),)))

    assert after == (
        "name: A\n# title: Calf   # mine\n# hold: 2 min\n# mine\nsteps:\n  - use: quads\n"
    )


def test_an_alias_is_written_out_where_it_must_be() -> None:
    """A shared value that changes in one place stays the same in others."""
    assert step_saved("anchors", 0, title="Calf, upper") == [
        "-    title: Calf",
        "+    title: Calf, upper",
        "-  - *calf",
        "+  - {title: Calf, hold: 2 min, setup: [Lie down., Breathe.]}",
    ]
    assert step_saved("anchors", 1, hold=30.0) == ["-    hold: *long", "+    hold: 30 s"]


def test_many_aliases_in_a_long_file_are_written_out_at_once() -> None:
    """All are written out, because testing each takes seconds."""
    steps = "".join(f"- {{title: S{number}, hold: 90}}\n" for number in range(900))
    repeated = "- *b\n" * 30
    text = f"name: A\nsteps:\n- &b {{title: T}}\n{repeated}{steps}"
    draft = draft_of(text)
    began = time.process_time()

    changed = rewritten(text, replace(draft, steps=(Step(title="U"), *draft.steps[1:])))

    assert time.process_time() - began < 2.0
    assert "*b" not in changed


def test_control_characters_are_written_out_as_escapes() -> None:
    """An alias may refer to text that needs double quotes."""
    text = (
        'name: A\nx-own: &a ["\\x7f\\x85\\u2028\\uFEFF"]\nsteps:\n- &b {title: T, x-my: *a}\n- *b\n'
    )
    draft = draft_of(text)

    changed = rewritten(text, replace(draft, steps=(Step(title="U"), *draft.steps[1:])))

    assert [step.title for step in draft_of(changed).steps if isinstance(step, Step)] == ["U", "T"]


def test_a_long_key_is_written_out() -> None:
    """A key over a thousand characters needs a question mark."""
    long = "k" * 2000
    text = f"name: A\nsteps:\n- &b\n  ? {long}\n  : 1\n  title: T\n- *b\n"
    draft = draft_of(text)

    changed = rewritten(text, replace(draft, steps=(Step(title="U"), *draft.steps[1:])))

    assert f"{{? {long} : 1, title: T}}" in changed


def test_line_breaks_of_another_system_stay() -> None:
    """The line breaks of Windows stay."""
    text = read_text("windows")

    after = rewritten(text, editing.add_steps(draft_of(text), [Use(id="water")]).draft)

    assert after.count("\n") == after.count("\r\n") == text.count("\r\n") + 2


def test_a_mark_at_the_start_and_no_break_at_the_end_stay() -> None:
    """A byte order mark and a missing last line break stay."""
    text = read_text("bom-and-no-end")

    after = rewritten(text, replace(draft_of(text), name="B"))

    assert after == text.replace("With a mark", "B")


def test_white_space_that_a_file_cannot_hold_is_no_change() -> None:
    """A space at the end of a title is no change."""
    text = read_text("comments-everywhere")
    draft = draft_of(text)

    assert rewritten(text, replace(draft, name="  Evening \n")) == text


def test_what_the_loader_would_not_take_is_refused() -> None:
    """Nothing is written, and the problem is that of the reader."""
    text = read_text("comments-everywhere")

    with pytest.raises(BadData, match="longer than 200"):
        rewritten(text, replace(draft_of(text), name="x" * 201))


def test_of_two_equal_steps_the_right_one_goes() -> None:
    """The deleted step is known by identity; the other keeps its comment."""
    text = (
        "name: A\nsteps:\n  # left knee first\n  - use: quads\n    x-why: morning\n"
        "  # only if it aches\n  - use: quads\n    x-why: evening\n"
    )
    draft = draft_of(text)
    wanted = editing.delete_steps(draft, [0]).draft

    assert routine_writer.rewritten(text, draft, wanted) == (
        "name: A\nsteps:\n  # only if it aches\n  - use: quads\n    x-why: evening\n"
    )


def test_of_two_equal_steps_the_right_one_moves() -> None:
    """Each of two equal steps keeps its own comments."""
    text = "name: A\nsteps:\n- use: quads # 1\n- use: quads # 2\n- use: water\n"
    draft = draft_of(text)
    wanted = editing.move_steps(draft, [1], 0).draft

    assert routine_writer.rewritten(text, draft, wanted) == (
        "name: A\nsteps:\n- use: quads # 2\n- use: quads # 1\n- use: water\n"
    )


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        (
            "name: A\nabout: >   # from the sheet\n  Words.\nsteps: [use: a]\n",
            {"about": ""},
            "name: A\n# from the sheet\nsteps: [use: a]\n",
        ),
        (
            "name: A\neases: [calf, # the worst\n  shin, # less\n  ankle]\nsteps: [use: a]\n",
            {"eases": (Place.SHIN,)},
            "name: A\neases: [ # the worst\n  shin # less\n  ]\nsteps: [use: a]\n",
        ),
        (
            "name: A\neases:\n# 1\n- calf # 2\n# 3\n- shin\nsteps: [use: a]\n",
            {"eases": (Place.SHIN,)},
            "name: A\neases:\n# 1\n# 2\n# 3\n- shin\nsteps: [use: a]\n",
        ),
        (
            "name: A\nswitch: [1, # odd\n  2]\nsteps: [use: a]\n",
            {"switch": 10.0},
            "name: A\n# odd\nswitch: 10 s\nsteps: [use: a]\n",
        ),
    ],
)
def test_a_comment_in_what_goes_stays(text: str, values: dict[str, Any], expected: str) -> None:
    """Comments in braces, behind a `>` and at list items stay."""
    assert rewritten(text, replace(draft_of(text), **values)) == expected


def test_a_comment_in_braces_stays() -> None:
    """A comment behind a comma stays when its value is removed."""
    text = "name: A\nsteps:\n  - {title: T,\n     skip_if: swollen,   # ask Anna\n     hold: 90}\n"
    wanted = editing.change_step(draft_of(text), 0, skip_if="").draft

    assert rewritten(text, wanted) == (
        "name: A\nsteps:\n  - {title: T,   # ask Anna\n     hold: 90}\n"
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("name: A\nsteps:\n  - needs: &n\n      - one\n    title: T\n", {"needs": ("one", "two")}),
        ("name: A\nsteps:\n  - title: T\n    hold: |\n      2 min", {"sides": "both"}),
        ("name: A\nsteps:\n  - title: T\n    hold: |-\n      2 min\n", {"hold": 30.0}),
        ("name: A\nsteps: [{title: T}, ]\n", None),
        ("name: A\nsteps:\n  - title: T\n    ? feel   # c: d\n    :\n", {"feel": "New"}),
        ("name: A\nsteps:\n  - title: T\n    ? feel # c: d\n    ? easier\n", {"feel": "New"}),
        ("name: A\n? steps\n: - title: T\n  # c\n  - use: a\n", None),
        ("name: A\rsteps:\r- title: T # c\r  setup: [a]\r", {"setup": ("b", "a")}),
        ("name: A\r\nsteps:\n- title: T\r  setup: [a]\n", {"setup": ("b", "a")}),
        ("name: A\nsteps:\n  - title: T\n", {"needs": ("towel", ":band", "?x", "A:?", "a:")}),
        ("name: A\nsteps:\n  - title: T\n", {"variants": Variants(easier="quads ")}),
        ("name: A\nsteps:\n  - title: T\n", {"feel": "\ud83e \ufeff\x85 x"}),
        ("name: A\nsteps:\n  - title: T\n", {"say": (TimedLine(0.0001, "a"), TimedLine(0, "b"))}),
    ],
)
def test_what_was_refused_is_saved(text: str, values: dict[str, Any] | None) -> None:
    """Valid changes of unusual files are saved; None deletes the step."""
    draft = draft_of(text)
    edit = editing.change_step(draft, 0, **values) if values else editing.delete_steps(draft, [0])

    after = draft_of(rewritten(text, edit.draft))

    assert routine_values(after) == routine_values(edit.draft)


def test_an_alias_that_looks_at_what_changes_is_written_out() -> None:
    """The value of an unknown key does not follow an edit."""
    text = "name: A\nsteps:\n- title: T\n  setup: &lie [Lie down.]\nx-before: *lie\n"
    wanted = editing.change_step(draft_of(text), 0, setup=("Sit.",)).draft

    assert rewritten(text, wanted).endswith("x-before: [Lie down.]\n")


def test_an_alias_behind_which_its_anchor_moves_is_written_out() -> None:
    """An alias must not come before its anchor."""
    text = "name: A\nsteps:\n- title: &t T\n- title: *t\n"
    draft = draft_of(text)
    wanted = editing.move_steps(draft, [0], 2).draft

    after = routine_writer.rewritten(text, draft, wanted)

    assert after == "name: A\nsteps:\n- title: T\n- title: &t T\n"


def test_empty_lines_that_belong_to_a_text_go_with_it() -> None:
    """A text with kept line breaks keeps their number."""
    text = "name: A\nsteps:\n- use: a\n  x-a: |+\n    words\n\n- use: b\n\n- use: c\n\n- use: d\n"
    draft = draft_of(text)
    wanted = editing.move_steps(draft, [0], 2).draft

    assert "- use: a\n  x-a: |+\n    words\n\n- use: c" in routine_writer.rewritten(
        text, draft, wanted
    )


@pytest.mark.parametrize("seed", range(60))
def test_hand_written_files_keep_what_is_not_changed(seed: int) -> None:
    """In each style of YAML, unchanged lines, comments and keys stay."""
    random = Random(seed)  # noqa: S311 - no secret
    desk = Desk(random, Hand(random).file())

    for _ in range(4):
        desk.change()


@pytest.mark.parametrize("seed", range(1000, 1020))
def test_hand_written_files_can_be_undone(seed: int) -> None:
    """Saving the original draft again restores the values."""
    random = Random(seed)  # noqa: S311 - no secret
    desk = Desk(random, Hand(random).file())
    begun = desk.draft
    desk.change()
    desk.change()

    back = routine_writer.rewritten(desk.text, desk.draft, begun)

    assert routine_values(draft_of(back)) == routine_values(begun)


files = st.sampled_from([*FILES, *STRANGE])


@settings(max_examples=250)
@given(st.data())
def test_random_edits_are_read_back_as_they_were_meant(data: st.DataObject) -> None:
    """Random edits of odd files are saved and read back."""
    text = data.draw(files).read_bytes().decode()
    draft = draft_of(text)
    for _ in range(data.draw(st.integers(1, 5))):
        draft = data.draw(edits_of(draft)).draft

    after = rewritten(text, draft)

    assert routine_values(draft_of(after)) == routine_values(draft)


def comments(text: str) -> Counter[str]:
    """Return the comments of a file with their counts."""
    page = YamlText(text.removeprefix("\ufeff"))
    return Counter(page.comments(0, len(page.text)))


@settings(max_examples=150)
@given(st.data())
def test_edits_that_take_nothing_away_keep_every_comment(data: st.DataObject) -> None:
    """Repeated edits without removals keep every comment."""
    text = data.draw(files).read_bytes().decode()
    for _ in range(data.draw(st.integers(1, 3))):
        edit = data.draw(kept_edits_of(draft_of(text)))
        after = rewritten(text, edit.draft)

        assert comments(text) <= comments(after)

        text = after


@settings(max_examples=150)
@given(st.data())
def test_all_outside_a_changed_step_is_untouched(data: st.DataObject) -> None:
    """The lines before and after a changed step are identical."""
    text = data.draw(st.sampled_from(IN_LINES)).read_bytes().decode()
    draft = draft_of(text)
    assume(draft.steps)
    edit = data.draw(kept_edits_of(draft))
    assume(edit.field)
    (index,) = edit.steps
    places = read(text).places
    lines, after = text.split("\n"), rewritten(text, edit.draft).split("\n")
    first = places[f"steps[{index}]"].line - 3  # a dash and a comment may stand above
    following = places.get(f"steps[{index + 1}]")
    rest = len(lines) - (following.line - 1) if following else 0

    assert after[: max(first, 0)] == lines[: max(first, 0)]
    assert after[len(after) - rest :] == lines[len(lines) - rest :]


COUNTED = """name: Mine
steps:
  - title: Heel raises
    hold: 1 min  # as the sheet says
    # slowly
    sides: both
"""


def test_a_count_takes_the_place_of_a_hold() -> None:
    """The hold leaves the file, its comment stays, and the count comes in its place."""
    edit = editing.change_step(draft_of(COUNTED), 0, count=12, every=3.0)

    assert changed_lines(COUNTED, rewritten(COUNTED, edit.draft)) == [
        "-    hold: 1 min  # as the sheet says",
        "+    count: 12",
        "+    every: 3 s",
        "+    # as the sheet says",
    ]


def test_a_hold_takes_the_place_of_a_count() -> None:
    """Count and tempo leave the file."""
    counted = editing.change_step(draft_of(COUNTED), 0, count=12, every=3.0).draft
    text = rewritten(COUNTED, counted)
    held = editing.change_step(draft_of(text), 0, count=None, hold=90.0).draft

    assert "count" not in rewritten(text, held)
    assert "every" not in rewritten(text, held)


def test_sides_that_no_longer_follow_each_other_take_no_turns() -> None:
    """`alternate` beside one side would be a problem."""
    text = "name: Mine\nsteps:\n  - title: Knee lift\n    repeat: 2\n    alternate: yes\n"
    edit = editing.change_step(draft_of(text), 0, sides=Sides.LEFT)

    assert read(rewritten(text, edit.draft)).problems == ()
