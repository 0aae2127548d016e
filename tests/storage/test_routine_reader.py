"""Tests of the reader of routine files: accepted values, and problems of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.domain.draft import Draft, Use
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
from legato.storage.routine_reader import Reading, parse_routine, read_routine

if TYPE_CHECKING:
    from legato.domain.problems import Problem

EVERY_FIELD = Path(__file__).parents[1] / "data" / "routines" / "every-field.yaml"


def read(text: str) -> Reading:
    """Return the reading of `text`."""
    return parse_routine(text.encode(), routine_id="a", where="a.yaml", folder="own")


def draft(text: str) -> Draft:
    """Return the draft of `text`, which must have no problems."""
    reading = read(text)
    assert reading.problems == ()
    assert reading.draft is not None
    return reading.draft


def step(line: str) -> Step:
    """Return a step with an additional line."""
    (read_step,) = draft(f"name: A\nsteps:\n  - title: T\n    {line}\n").steps
    assert isinstance(read_step, Step)
    return read_step


def problem(text: str) -> Problem:
    """Return the only problem of `text`."""
    (found,) = read(text).problems
    return found


def step_problem(line: str) -> Problem:
    """Return the only problem of a step with an additional line."""
    return problem(f"name: A\nsteps:\n  - title: T\n    {line}\n")


def test_every_field_is_read() -> None:
    """Each key of the format sets its field of the draft."""
    reading = read_routine(EVERY_FIELD)

    assert reading.problems == ()
    assert reading.draft == Draft(
        id="every-field",
        name="Lower leg",
        about="The two calf stretches.",
        eases=(Place.CALF, Place.ANKLE),
        ready=20.0,
        switch=15.0,
        voice=VoiceLevel.FULL,
        end=Ending.BELL,
        steps=(
            Use(id="calf-straight-knee"),
            Use(id="calf-bent-knee", hold=60.0),
            Step(
                title="Doorway stretch",
                kind=Kind.STRETCH,
                hold=120.0,
                repeat=1,
                release=5.0,
                sides=Sides.EACH,
                first=Side.RIGHT,
                where=Where.BED,
                night=Night.YES,
                variants=Variants(easier="ID", seated="ID", standing="ID"),
                evidence=("ID",),
                picture="doorway.png",
                folder=str(EVERY_FIELD.with_suffix("")),
                needs=("wall",),
                setup=("Rest your {side} forearm on the door frame.",),
                feel="The upper calf.",
                easier="Take a shorter step.",
                skip_if="The calf is swollen, warm or red.",
                say=(TimedLine(15.0, "Soften your jaw and shoulders."),),
            ),
        ),
    )


def test_repetitions_are_read() -> None:
    """A count takes the place of a hold."""
    counted = step("count: 12\n    every: 3 s\n    note: The red band.")

    assert (counted.count, counted.every, counted.hold_seconds) == (12, 3.0, 36.0)
    assert counted.note == "The red band."


@pytest.mark.parametrize("written", ["open", "OPEN", '"open"'])
def test_a_count_may_be_open(written: str) -> None:
    """It has no length, as an open hold has none."""
    assert step(f"count: {written}").hold_seconds is None


def test_a_repetition_has_parts() -> None:
    """Its length is that of its parts; one that is left out takes no time."""
    counted = step("count: 2\n    every: {up: 1 s, down: 0:02}")

    assert counted.every == Tempo(1.0, 0.0, 2.0)
    assert counted.hold_seconds == 6.0


@pytest.mark.parametrize(("written", "value"), [("yes", True), ("true", True), ("no", False)])
def test_sides_take_turns(written: str, value: bool) -> None:
    """YAML's spellings of yes and no are read."""
    assert step(f"alternate: {written}").alternate is value


def test_what_is_not_written_has_its_default() -> None:
    """The smallest file has a name and a step."""
    assert draft("name: A\nsteps: [{title: T}]") == Draft(
        id="a", name="A", steps=(Step(title="T"),)
    )


def test_an_empty_value_is_as_if_not_there() -> None:
    """A key without a value is no error."""
    assert step("hold:").hold == 120.0


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90", 90), ('"90"', 90), ("90 s", 90), ("2:00", 120), ("1:00", 60), ("open", None)],
)
def test_holds(written: str, seconds: float | None) -> None:
    """A hold is read the same with and without quotes."""
    assert step(f"hold: {written}").hold == seconds


@pytest.mark.parametrize("written", ["-5", "0", "0.5 s", "61 min", "1:00:01", "99999999999"])
def test_a_hold_out_of_range(written: str) -> None:
    """The problem names the range."""
    found = step_problem(f"hold: {written}")

    assert (found.line, found.column, found.field) == (4, 11, "steps[0].hold")
    assert found.hint == "from 1 s to 60 min"


@pytest.mark.parametrize("written", [".nan", ".inf", "true", "soon", "1e99", "0x10", "2 mn"])
def test_a_hold_that_is_none(written: str) -> None:
    """The problem shows the value and a valid spelling."""
    found = step_problem(f"hold: {written}")

    assert found.text == f'"{written}" is not a length of time'
    assert "1 min 30 s" in found.hint


@pytest.mark.parametrize(
    ("written", "night"),
    [
        ("yes", Night.YES),
        ("'yes'", Night.YES),
        ("True", Night.YES),
        ("on", Night.YES),
        ("no", Night.NO),
        ('"no"', Night.NO),
        ("FALSE", Night.NO),
        ("lamp", Night.LAMP),
    ],
)
def test_night_in_all_ways(written: str, night: Night) -> None:
    """All spellings of yes and no in YAML are read."""
    assert step(f"night: {written}").night is night


@pytest.mark.parametrize(
    ("line", "value"),
    [("needs: wall", ("wall",)), ("needs: [a, b]", ("a", "b")), ("needs: []", ())],
)
def test_one_value_is_a_list_of_one(line: str, value: tuple[str, ...]) -> None:
    """A single value is read as a list."""
    assert step(line).needs == value


def test_lines_by_time_are_in_the_order_of_time() -> None:
    """All spellings of times are read, and sorted."""
    lines = step("say: {1:00: B, 15: A, 1 min 30 s: C}").say

    assert lines == (TimedLine(15, "A"), TimedLine(60, "B"), TimedLine(90, "C"))


def test_text_is_put_on_one_line() -> None:
    """Folded text, tabs and control characters become single spaces."""
    assert step(r'feel: "a\n\n b\tc\e"').feel == "a b c"


def test_a_number_is_a_text_where_text_is_wanted() -> None:
    """A number is read as the title that was written."""
    assert draft("name: 2:00\nsteps: [{title: 90}]").name == "2:00"


def test_own_keys_are_let_be() -> None:
    """Keys that begin with x- are allowed in routine and step."""
    text = "name: A\nx-from: {a: [1]}\nsteps: [{title: T, x-note: [b]}]"

    assert draft(text).steps == (Step(title="T"),)


def test_an_alias_may_repeat_a_value() -> None:
    """Anchors and aliases are read."""
    text = "name: A\nsteps:\n- {title: T, setup: &s [Lie down.]}\n- {title: U, setup: *s}"
    last = draft(text).steps[1]

    assert isinstance(last, Step)
    assert last.setup == ("Lie down.",)


@pytest.mark.parametrize(
    ("line", "field", "text", "hint"),
    [
        ("hodl: 90", "hodl", '"hodl" is not known here', "did you mean hold?"),
        ("sides: eech", "sides", '"eech" is not known here', "did you mean each?"),
        ("first: both", "first", '"both" is not known here', "one of left, right"),
        ("night: maybe", "night", '"maybe" is not known here', "one of yes, lamp, no"),
        ("repeat: 0", "repeat", '"0" is not a number of times', "a whole number from 1 to 100"),
        ("repeat: 1.5", "repeat", '"1.5" is not a number of times', ""),
        ("hold: 9\n    count: 3", "count", "either hold or count", "take one"),
        ("every: 3 s", "every", "every belongs to count", "count: 12"),
        ("count: 0", "count", '"0" is not a number of times', "1 to 500, or open"),
        ("count: 500\n    every: 1 min", "count", "take 500 min", "in more sets"),
        ("count: 2\n    every: 0.5 s", "every", "out of range", "1 s to 1 min"),
        ("count: 2\n    every: {up: 1 s, left: 1 s}", "every", '"left" is not known', "down"),
        ("count: 2\n    every: {up: 50 s, down: 20 s}", "every", "70 s is out of", "1 to 60 s"),
        ("alternate: maybe", "alternate", '"maybe" is not known here', "yes or no"),
        ("alternate: yes\n    sides: left", "alternate", "both sides in turn", "sides: each"),
        ("hold: [1]", "hold", "a length of time is expected here, not a list", ""),
        ("feel: {a: b}", "feel", "a text is expected here, not a block of keys", ""),
        ("setup: [a, ~]", "setup[1]", "nothing is written here", "take the line out"),
        ("setup: ['']", "setup[0]", "the text is empty", ""),
        ("feel: the {leg}", "feel", "{leg} is not known here", "{side} and {other}"),
        ("variants: x", "variants", "a block of keys is expected here", ""),
        ("variants: {easyer: x}", "variants.easyer", '"easyer" is not', "did you mean easier?"),
        ("say: [a]", "say", "lines by their time are expected here", "0:15"),
        ("say: {x: a}", "say.x", '"x" is not a length of time', ""),
        ("say: {0:15: }", "say.0:15", "the text is empty", ""),
        ("say: {60: a, 1:00: b}", "say.1:00", "two lines at the same time", "join them"),
        ("picture: ../a.png", "picture", "leads out of the routine's folder", "beside"),
        ("picture: /a.png", "picture", "leads out of the routine's folder", ""),
        ("picture: a.txt", "picture", '"a.txt" is no picture', "svg, png"),
        ("picture: figure:Ham", "picture", '"figure:Ham" is no name of a figure', ""),
        ("{a: b}: c", "", "a key must be one word", ""),
        ("<<: {a: b}", "<<", "merge keys are not read", ""),
        ("hold: 1\n    hold: 2", "hold", '"hold" is written twice', "keep one"),
        (f"feel: {'x' * 2001}", "feel", "longer than 2,000 characters", ""),
    ],
)
def test_what_is_wrong_in_a_step(line: str, field: str, text: str, hint: str) -> None:
    """Each problem has its field and a hint."""
    found = step_problem(line)

    assert found.field == f"steps[0].{field}".rstrip(".")
    assert text in found.text
    assert hint in found.hint


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("steps: [{title: T}]", "name", "name is missing"),
        ("name: A", "steps", "steps is missing"),
        ("name:\nsteps: [{title: T}]", "name", "name is empty"),
        ("name: ''\nsteps: [{title: T}]", "name", "the text is empty"),
        ("name: A\nsteps:", "steps", "steps is empty"),
        ("name: A\nsteps: []", "steps", "there is no step"),
        ("name: A\nsteps: soon", "steps", "a list of steps is expected"),
        ("name: A\nsteps: {title: T}", "steps", "a list of steps is expected"),
        ("name: A\nsteps: [calf]", "steps[0]", '"calf" is not a step'),
        ("name: A\nsteps: [~]", "steps[0]", "nothing is written here"),
        ("name: A\nsteps: [[]]", "steps[0]", "a block of keys is expected"),
        ("name: A\nsteps: [{hold: 90}]", "steps[0].title", "title is missing"),
        ("name: A\nsteps: [{use: b, feel: x}]", "steps[0].feel", "feel has no place here"),
        ("name: A\nhold: 90\nsteps: [{title: T}]", "hold", "hold has no place here"),
        ("name: A\neases: [calv]\nsteps: [{title: T}]", "eases[0]", '"calv" is not known'),
        ("- title: T", "", "this is not a routine"),
        ("name", "", "this is not a routine"),
    ],
)
def test_what_is_wrong_in_a_routine(text: str, field: str, words: str) -> None:
    """Each problem is listed once, with its field."""
    found = problem(text)

    assert found.field == field
    assert words in found.text


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    """All problems of a file are listed together."""
    text = "name: A\nabuot: x\nsteps:\n- title: T\n  hold: -1\n- calf\n- {title: U, sides: x}"

    assert [(one.line, one.column) for one in read(text).problems] == [
        (2, 1),
        (5, 9),
        (6, 3),
        (7, 21),
    ]


def test_a_long_key_is_reported_short() -> None:
    """The field of a problem is shortened."""
    assert problem(f"? {'k' * 9000}\n: 1\nname: A\nsteps: [{{title: T}}]").field == "k" * 40


def test_what_can_be_read_is_kept() -> None:
    """A file with problems has a draft with all valid values."""
    reading = read("steps: [calf, {title: T, hold: -1, feel: x}, {use: b}]")

    assert reading.draft == Draft(
        id="a",
        name="a",
        steps=(Step(title="Untitled step"), Step(title="T", feel="x"), Use(id="b")),
    )


def test_one_step_too_many_is_all_that_is_reported() -> None:
    """Beyond the limit only that problem is listed."""
    found = problem("name: A\nabuot: x\nsteps:\n" + "- {title: T}\n" * 1001)

    assert (found.line, found.field, found.text) == (1004, "steps", "more than 1,000 steps")


def test_a_thousand_steps_are_read() -> None:
    """A thousand steps are allowed."""
    assert len(draft("name: A\nsteps:\n" + "- {title: T}\n" * 1000).steps) == 1000


def test_places_of_fields_are_known() -> None:
    """The position of each field is known after reading."""
    places = read("name: A\nsteps:\n- title: T\n  picture: a.png\n").places

    assert places["steps[0].picture"] == (4, 12)
    assert places["steps[0]"] == (3, 3)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A missing file has a problem and no draft."""
    (found,) = read_routine(tmp_path / "a.yaml").problems

    assert found.text == "there is no such file"


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(data: bytes) -> None:
    """The reader never raises."""
    reading = parse_routine(data, routine_id="a", where="a.yaml")

    assert reading.draft is not None or reading.problems


@given(st.data())
def test_any_spoiled_file_can_be_read(data: st.DataObject) -> None:
    """The reader never raises for a valid file with random changes."""
    text = EVERY_FIELD.read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        new: Any = st.sampled_from(
            [b"", b" ", b"\n", b": ", b"- ", b"[", b"}", b"'", b"&a ", b"*a"]
        )
        text = text[:start] + data.draw(new | st.binary(max_size=3)) + text[end:]

    reading = parse_routine(text, routine_id="a", where="a.yaml")

    assert reading.draft is not None or reading.problems


def test_a_blank_that_looks_like_a_space_is_named() -> None:
    """The parser would name another line, and the eye sees nothing."""
    found = problem("name: A\nsteps:\n  - title: T\n\u00a0   hold: 9\n    feel: a: b\n")

    assert (found.line, found.column) == (4, 1)
    assert "no-break space" in found.text


def test_a_mark_that_turns_a_row_round_is_left_out() -> None:
    """The name of a routine stands in rows with others."""
    assert draft('name: "A \\u202Eb"\nsteps: [{title: T}]').name == "A b"


def test_accents_are_joined_to_their_letters() -> None:
    """A Mac writes them apart, and both look the same."""
    assert draft("name: u\u0308bung\nsteps: [{title: T}]").name == "\u00fcbung"
