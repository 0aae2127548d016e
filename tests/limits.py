"""The limits of what tests count, from `limits.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

_LIMITS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def assert_within(name: str, found: int) -> None:
    """Fail when `found` is more than the limit.

    Args:
        name: Group and limit, such as `first_frame.own_modules`.
        found: What was counted.

    Raises:
        AssertionError: It is more; the message gives the reason of the limit.
        KeyError: There is no such limit.
    """
    group, _, which = name.partition(".")
    limit = _LIMITS[group][which]
    assert found <= limit["most"], f"{name}: {found}, at most {limit['most']}. {limit['why']}"
