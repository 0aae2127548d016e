"""Changes files by their structure: another value here, a key twice there, a tree in a leaf."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from fuzz.mutation import ODD_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

Tree: TypeAlias = Any
"""Lists, dicts and plain values."""

CROWDS = (3, 300, 20_000)
DEPTHS = (3, 30, 60, 150)
ODD_VALUES: tuple[Tree, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 10**30, -0.0, 1e308, 1e-320),
    *(float("inf"), float("nan"), [], {}, [[]], {"": ""}, "0:15", "2:00", "open", "yes", "each"),
    *("\ud800", "a\ud800b", "\x00", "\n", "  ", "~", "*", "&a", "- a", "a: b", "#", "'", '"'),
)
_TAG = re.compile(rb"<[^<>]*>")


def reshape_yaml(random: Random, data: bytes) -> bytes:
    """Return YAML with other content; text that is not YAML is unchanged."""
    try:
        tree = _changed(random, yaml.load(data, yaml.CSafeLoader))
        text: bytes = yaml.dump(
            tree,
            Dumper=yaml.CSafeDumper,
            default_flow_style=random.choice((None, True, False)),
            allow_unicode=random.random() < 0.5,
            sort_keys=False,
            width=random.choice((20, 80, 10_000)),
            encoding="utf-8",
        )
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return data
    return text


def reshape_json(random: Random, data: bytes) -> bytes:
    """Return JSON with other content; text that is not JSON is unchanged."""
    try:
        return json.dumps(_changed(random, json.loads(data))).encode()
    except (ValueError, TypeError, RecursionError):
        return data


def reshape_tags(random: Random, data: bytes) -> bytes:
    """Return XML with a tag doubled, moved, removed or wrapped around others."""
    tags = list(_TAG.finditer(data, 0, 40_000))
    if not tags:
        return data
    one, other = random.choice(tags), random.choice(tags)
    start, end = sorted((one.start(), other.end()))
    piece = data[start:end]
    where = random.choice(tags).end()
    return random.choice(
        (
            data[:where] + piece + data[where:],
            data[:start] + data[end:],
            data[:start] + b"<g>" * 300 + piece + b"</g>" * 300 + data[end:],
            data[:start] + piece * 50 + data[end:],
        )
    )


def _changed(random: Random, tree: Tree) -> Tree:
    """Return `tree` with one of its nodes changed."""
    places = list(_places(tree))
    if not places:
        return _odd_value(random, tree)
    holder, key = random.choice(places)
    what = random.randrange(6)
    if what == 0:
        del holder[key]
    elif what == 1 and isinstance(holder, dict):
        holder[_odd_key(random)] = holder.pop(key)
    elif what == 2 and isinstance(holder, list):
        holder *= random.choice((2, 40, 1100 // len(holder) + 1))
    elif what == 2:
        crowd = range(random.choice(CROWDS))
        holder.update(dict.fromkeys((f"{key}{number}" for number in crowd), 1))
    elif what == 3:
        other_holder, other_key = random.choice(places)
        holder[key] = _copy(other_holder[other_key])
    else:
        holder[key] = _odd_value(random, holder[key])
    return tree


def _places(tree: Tree) -> Iterator[tuple[Tree, Tree]]:
    if isinstance(tree, dict):
        keys: list[Tree] = list(tree)
    elif isinstance(tree, list):
        keys = list(range(len(tree)))
    else:
        return
    for key in keys[:200]:
        yield tree, key
        yield from _places(tree[key])


def _copy(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _copy(value) for key, value in tree.items()}
    return [_copy(value) for value in tree] if isinstance(tree, list) else tree


def _odd_value(random: Random, before: Tree) -> Tree:
    what = random.randrange(5)
    if what == 0:
        return random.choice(ODD_TEXT)
    if what == 1:
        for _ in range(random.choice(DEPTHS)):
            before = [before]
        return before
    if what == 2 and isinstance(before, str):
        return random.choice(
            (before * 50, before + random.choice(ODD_TEXT), before.upper(), [before])
        )
    if what == 3 and isinstance(before, (int, float)):
        return random.choice((-before, before * 1e6, before / 1e6, str(before), f"{before} min"))
    return random.choice(ODD_VALUES)


def _odd_key(random: Random) -> Tree:
    return random.choice((None, True, 1.5, "", "x-own", "steps", "use", "<<", *ODD_TEXT))
