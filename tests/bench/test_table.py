"""The benchmark's table."""

from __future__ import annotations

import pytest

from bench.bench import Row, ninety_ninth


@pytest.mark.parametrize(("figure", "mark"), [(1.34, ""), (1.36, "over")])
def test_a_row_over_its_goal_is_marked(figure: float, mark: str) -> None:
    """What misses its goal is seen at the end of the line."""
    assert Row("start", "200 ms", "bare 150 ms", figure, "x", 1.35).cells()[-1] == mark


def test_one_answer_in_a_hundred_may_be_slow() -> None:
    """The slowest of 100 keys does not count, the next does."""
    answers = [0.01] * 98 + [0.02, 9.0]

    assert ninety_ninth(answers) == 0.02
