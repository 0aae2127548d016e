"""Tests of parsing YAML into nodes: limits, encodings, and errors with their position."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.domain.problems import BadData, Problem
from legato.storage.yaml.nodes import compose, is_null, position, shown


def refused(data: bytes | str) -> Problem:
    """Return the only problem of `data`."""
    with pytest.raises(BadData) as raised:
        compose(data.encode() if isinstance(data, str) else data, "a.yaml")
    (problem,) = raised.value.problems
    return problem


def test_a_scalar_keeps_its_own_text() -> None:
    """Values that YAML 1.1 would convert keep their text."""
    root = compose(b"[2:00, yes, 1.0, '90', 0o17]", "a.yaml")

    assert [node.value for node in root.value] == ["2:00", "yes", "1.0", "90", "0o17"]


def test_places_count_from_one() -> None:
    """Lines and columns count from one, as in text editors."""
    root = compose(b"a:\n  - b\n", "a.yaml")

    assert position(root.value[0][1].value[0]) == (2, 5)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """A file with a byte order mark is read."""
    root = compose(b"\xef\xbb\xbfname: a", "a.yaml")

    assert root.value[0][0].value == "name"


@pytest.mark.parametrize("text", ["a:", "a: ~", "a: null", "a: NULL"])
def test_nothing_is_nothing(text: str) -> None:
    """An empty value, `~` and `null` are null."""
    assert is_null(compose(text.encode(), "a.yaml").value[0][1])


@pytest.mark.parametrize("text", ["a: ''", "a: 'null'", "a: []", "a: 0"])
def test_something_is_not_nothing(text: str) -> None:
    """A value in quotes or brackets is not null."""
    assert not is_null(compose(text.encode(), "a.yaml").value[0][1])


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b"", 1, 1, "empty"),
        (b"# only a remark\n", 1, 1, "empty"),
        (b"a: b\nc: \xff", 2, 4, "not UTF-8"),
        ("a: ö\n".encode("utf-16"), 1, 4, "not a text file"),
        (b"a: b\nc: \0", 2, 4, "not a text file"),
        (b"a: \x07", 1, 4, "control characters"),
        (b"a: b\n---\nc: d\n", 2, 1, "second document"),
        (b"a: b: c\n", 1, 5, "mapping values are not allowed"),
        (b"a:\n\t- b\n", 2, 1, "cannot start any token"),
        (b'a: "b\n', 2, 1, "end of stream"),
        (b"a: *b\n", 1, 4, "undefined alias"),
        (b"a: [b\n", 2, 1, "expected ',' or ']'"),
        (b"a: " + b"x" * 1_000_000, 1, 1, "larger than 1 MB"),
        (b"a: !!python/object:os.system x", 1, 4, "tags are not read"),
        (b"a: !thing [b]", 1, 4, "tags are not read"),
    ],
)
def test_what_is_refused(data: bytes, line: int, column: int, words: str) -> None:
    """Each error has its position."""
    problem = refused(data)

    assert (problem.line, problem.column) == (line, column)
    assert words in problem.text


def test_a_tab_is_reported_as_a_tab() -> None:
    """The hint names the tab."""
    assert refused("a:\n\t- b\n").hint == "indent with spaces, not tabs"


def test_every_tag_is_reported() -> None:
    """All tags are reported at once."""
    with pytest.raises(BadData) as raised:
        compose(b"[!!int 1, b, !!str c]", "a.yaml")

    assert [problem.column for problem in raised.value.problems] == [2, 14]


@pytest.mark.parametrize("opening", ["[", "- ", "? ", "{a: ", "!a ["], ids=repr)
def test_ten_thousand_levels_are_refused(opening: str) -> None:
    """The limit of depth is reached before that of the stack."""
    assert "levels deep" in refused(opening * 10_000).text


def test_a_thousand_indents_are_refused() -> None:
    """The limit of depth applies to blocks, too."""
    assert "levels deep" in refused("".join(f"{' ' * n}a:\n" for n in range(1300))).text


def test_fifty_levels_are_read() -> None:
    """Fifty levels are allowed."""
    compose(b"[" * 50 + b"]" * 50, "a.yaml")

    assert "50 levels" in refused("[" * 51 + "]" * 51).text


def test_many_values_are_refused() -> None:
    """Ten thousand and one values are too many."""
    compose(("[" + "a," * 9_999 + "]").encode(), "a.yaml")

    assert "10,000 values" in refused("[" + "a," * 10_000 + "]").text


def test_an_alias_bomb_is_refused() -> None:
    """The size with all aliases expanded is limited."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]

    assert "aliases make this" in refused("\n".join(lines)).text


def test_an_alias_to_itself_is_refused() -> None:
    """A cycle of aliases is refused."""
    assert "aliases make this" in refused("a: &a [*a]").text


def test_an_alias_is_read_where_it_stands() -> None:
    """A few aliases are allowed."""
    root = compose(b"a: &x [b]\nc: *x\n", "a.yaml")

    assert root.value[1][1].value[0].value == "b"


@given(st.binary(max_size=300))
def test_any_bytes_are_nodes_or_a_problem(data: bytes) -> None:
    """Random bytes raise nothing but BadData."""
    with contextlib.suppress(BadData):
        assert compose(data, "a.yaml").start_mark is not None


@given(st.text(alphabet="ab:-?&*!|>'\"%@`{}[],#~ \n\t", max_size=80))
def test_any_punctuation_is_nodes_or_a_problem(text: str) -> None:
    """Random text of YAML indicators raises nothing but BadData."""
    with contextlib.suppress(BadData):
        assert compose(text.encode(), "a.yaml").start_mark is not None


def test_a_user_s_text_is_shown_short_and_on_one_line() -> None:
    """Text in messages is short and on one line."""
    assert shown("a\nb\x1b[31m\u202e") == '"a b [31m"'
    assert shown("x" * 1000) == f'"{"x" * 40}…"'
