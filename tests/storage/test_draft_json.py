"""Tests of stored drafts: every character is restored, and the original text is known."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor_fakes import Desk, done
from legato.domain.documents import Conflict
from legato.domain.draft import Draft, Use
from legato.domain.editing import Unread
from legato.domain.routine import Ending, Place, Step, TimedLine, Variants, VoiceLevel, is_written
from legato.storage import draft_json as kept_drafts
from legato.storage.draft_json import KeptDraft, draft_json, draft_of_json
from legato.storage.yaml.emit import block_piece
from strategies import STEP_VALUES, USE_VALUES

if TYPE_CHECKING:
    from pathlib import Path

any_text = st.text(st.characters(codec=None), max_size=12) | st.sampled_from(
    ["{foot}", ":band", "?band", "A:?", "quads ", "\ud800", "\x00\x85\u2028", "a\r\nb", "x" * 2005]
)
any_texts = st.lists(any_text, max_size=3).map(tuple)
TYPED: dict[str, st.SearchStrategy[Any]] = {
    "variants": st.builds(Variants, easier=any_text, seated=any_text, standing=any_text),
    "say": st.lists(st.builds(TimedLine, st.floats(0, 3600), any_text), max_size=3).map(tuple),
    **dict.fromkeys(("evidence", "needs", "setup"), any_texts),
    **dict.fromkeys(("feel", "easier", "skip_if"), any_text),
}
steps = st.fixed_dictionaries(
    {"title": any_text.filter(is_written)},
    optional={name: one for name, one in (STEP_VALUES | TYPED).items() if name != "title"},
).map(lambda values: Step(**values))  # type: ignore[arg-type] # a mapping of anything
uses = st.fixed_dictionaries({}, optional=USE_VALUES | {"id": any_text}).map(
    lambda values: Use(**{"id": "quads"} | values)
)
drafts = st.builds(
    Draft,
    id=st.just("mine"),
    name=any_text,
    steps=st.lists(steps | uses, max_size=3).map(tuple),
    about=any_text,
    eases=st.lists(st.sampled_from(Place), max_size=2).map(tuple),
    ready=st.none() | st.floats(0, 3600),
    switch=st.none() | st.floats(0, 3600),
    voice=st.none() | st.sampled_from(VoiceLevel),
    end=st.sampled_from(Ending),
)
unread_texts = st.lists(
    st.builds(Unread, steps=st.just(()), field=st.just("ready"), text=any_text, why=any_text),
    max_size=2,
).map(tuple)
MINE = "name: Mine\nsteps:\n  - title: Knee lift\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return stores with one routine."""
    desk = Desk(tmp_path)
    desk.write("mine.yaml", MINE)
    return desk


@given(drafts, unread_texts, any_text)
def test_any_text_in_any_field_comes_back(
    draft: Draft, unread: tuple[Unread, ...], begun: str
) -> None:
    """Every character is restored, even those that a routine file would change."""
    kept = KeptDraft(draft, unread, begun)
    assert draft_of_json(draft_json(kept)) == kept


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_what_is_no_draft_is_refused(value: object) -> None:
    """Wrong values in any field raise the same error."""
    whole = {"form": 1, "draft": {"id": "a", "name": "b", "steps": value}, "unread": value}
    with pytest.raises(ValueError, match="draft"):
        draft_of_json(json.dumps({**whole, "begun": 1}).encode())


@given(st.lists(any_text.filter(is_written), min_size=1, max_size=3))
def test_words_on_one_line_are_read_as_they_were_written(words: list[str]) -> None:
    """The parser reads text within brackets as the writer meant it."""
    import yaml  # noqa: PLC0415 - of this test alone

    clean = [" ".join(word.encode("ascii", "ignore").decode().split()) for word in words]
    clean = [word for word in clean if word.isprintable() and word]
    root = yaml.compose(block_piece({"needs": clean}), Loader=yaml.CSafeLoader)
    assert root is not None
    ((_, needs),) = root.value
    assert [node.value for node in needs.value] == clean


@pytest.mark.parametrize("needs", [("towel", ":band"), ("towel", "?band"), ("A:?",)])
def test_what_a_step_needs_is_saved_whatever_it_begins_with(
    desk: Desk, needs: tuple[str, ...]
) -> None:
    """A word that begins with a YAML indicator is quoted."""
    opened = desk.open("mine")
    assert opened.draft is not None
    wanted = replace(opened.draft, steps=(Step(title="Knee lift", needs=needs),))
    saved = done(desk.store.save(opened, wanted)).draft
    assert saved is not None
    assert saved.steps == wanted.steps


@pytest.mark.parametrize("way", ["easier", "seated", "standing"])
def test_a_space_behind_an_id_is_not_saved(desk: Desk, way: str) -> None:
    """The space at the end of a pasted id is removed."""
    opened = desk.open("mine")
    assert opened.draft is not None
    variants = Variants(**{way: "quads "})
    wanted = replace(opened.draft, steps=(Step(title="Knee lift", variants=variants),))
    done(desk.store.save(opened, wanted))
    assert f"{way}: quads}}" in desk.text("mine")


def test_texts_that_are_not_understood_are_kept(desk: Desk) -> None:
    """A draft may consist only of texts that were not understood."""
    opened = desk.open("mine")
    assert opened.draft is not None
    unread = (Unread(steps=(0,), field="hold", text="2 x 12", why="it is no time"),)
    desk.store.keep_draft(opened, opened.draft, unread)
    left = desk.open("mine").left
    assert left is not None
    assert left.unread == unread


def test_a_draft_meets_a_file_that_was_changed_since(desk: Desk) -> None:
    """Saving it is a conflict, and nothing is written."""
    opened = desk.open("mine")
    assert opened.draft is not None
    desk.store.keep_draft(opened, replace(opened.draft, name="Typed"))
    by_hand = MINE + "  - title: By hand\n    x-note: mine\n"
    desk.write("mine.yaml", by_hand)

    again = desk.open("mine")
    assert again.left is not None
    met = desk.store.save(again, again.left.draft)

    assert isinstance(met, Conflict)
    assert met.theirs.text == by_hand
    assert desk.text("mine") == by_hand


def test_a_draft_that_is_kept_again_still_meets_it(desk: Desk) -> None:
    """The conflict remains when the editor is opened and left in between."""
    opened = desk.open("mine")
    assert opened.draft is not None
    desk.store.keep_draft(opened, replace(opened.draft, name="Typed"))
    desk.write("mine.yaml", MINE + "  - title: By hand\n")
    again = desk.open("mine")
    assert again.left is not None
    desk.store.keep_draft(again, replace(again.left.draft, about="More."))

    third = desk.open("mine")
    assert third.left is not None
    assert isinstance(desk.store.save(third, third.left.draft), Conflict)


def test_a_file_that_was_only_touched_is_no_conflict(desk: Desk) -> None:
    """A new date with the same text is no conflict."""
    opened = desk.open("mine")
    assert opened.draft is not None
    typed = replace(opened.draft, name="Typed")
    desk.store.keep_draft(opened, typed)
    desk.write("mine.yaml", MINE)
    again = desk.open("mine")
    assert done(desk.store.save(again, typed)).draft == typed


def test_a_copy_that_was_never_saved_keeps_its_comments(desk: Desk) -> None:
    """The draft of a new copy knows the text that it began from."""
    desk.write("mine.yaml", f"# what Anna said\n{MINE}")
    copied = done(desk.store.copy("mine"))
    assert copied.draft is not None
    desk.store.keep_draft(copied, copied.draft)
    (left,) = desk.store.left_drafts()
    done(desk.store.save(desk.store.resume(left), left.draft))
    assert "# what Anna said" in desk.text(copied.id)


def test_a_draft_of_an_earlier_version_is_read_once(desk: Desk) -> None:
    """The old YAML draft is deleted when the draft is stored again."""
    desk.paths.drafts.mkdir(parents=True)
    old = desk.paths.drafts / "mine.yaml"
    old.write_text("name: Typed\nsteps:\n  - title: Knee lift\n", encoding="utf-8")
    opened = desk.open("mine")
    assert opened.left is not None
    assert opened.left.draft.name == "Typed"

    desk.store.keep_draft(opened, replace(opened.left.draft, about="More."))

    assert not old.exists()
    assert [left.draft.about for left in desk.store.left_drafts()] == ["More."]


def test_a_damaged_draft_is_none(desk: Desk) -> None:
    """A damaged draft is not offered."""
    desk.paths.drafts.mkdir(parents=True)
    (desk.paths.drafts / "mine.json").write_bytes(b'{"form": 1, "draft": {"id"')
    assert desk.open("mine").left is None


@pytest.mark.parametrize("kind", [Draft, Use, Step, TimedLine, Variants, Unread])
def test_every_field_of_a_kept_draft_can_be_read(kind: type) -> None:
    """A field without a reader is read as a text; any other would make the whole draft damaged."""
    others = {one.name for one in fields(kind) if one.type != "str"} - kept_drafts._PLACED

    assert others <= kept_drafts._READERS[kind].keys()
