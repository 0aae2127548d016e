"""Tests of opening and saving in the editor: nothing is lost or overwritten unseen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from editor_fakes import PNG, Desk, done
from legato.domain import editing
from legato.domain.documents import Conflict, Opened, Preview
from legato.domain.draft import Draft, Use
from legato.domain.problems import Problem
from legato.domain.routine import Step
from legato.storage import routine_store, routine_writer
from legato.storage.routine_reader import parse_routine

if TYPE_CHECKING:
    from pathlib import Path

    from legato.storage.routine_reader import Reading

MINE = "# mine\nname: Mine   # really\nsteps:\n  - use: quads\n"
CALF = Step(title="Calf", hold=60.0)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return stores of an empty folder."""
    return Desk(tmp_path / "data")


def renamed(desk: Desk, name: str, routine_id: str = "mine") -> object:
    """Save a routine under another name."""
    opened = desk.open(routine_id)
    assert opened.draft is not None
    return desk.store.save(opened, editing.rename(opened.draft, name).draft)


def test_a_routine_is_opened_with_its_text_and_places(desk: Desk) -> None:
    """An opened routine has its text, and the line of each field."""
    desk.write("mine.yaml", MINE)

    opened = desk.open("mine")

    assert (opened.text, opened.own, opened.ships) == (MINE, True, False)
    assert opened.draft == Draft(id="mine", name="Mine", steps=(Use(id="quads"),))
    assert opened.places["steps[0]"] == (4, 5)


def test_what_is_not_there_is_a_problem(desk: Desk) -> None:
    """A missing routine is returned as a problem."""
    assert isinstance(desk.store.open("nothing"), Problem)


def test_saving_changes_what_differs(desk: Desk) -> None:
    """Comments stay, and the result is the content of the file."""
    desk.write("mine.yaml", MINE)

    saved = done(renamed(desk, "Yours"))

    assert desk.text("mine") == saved.text == MINE.replace("name: Mine", "name: Yours")
    assert saved == desk.open("mine")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that gets the id of each parsed file."""
    ids: list[str] = []

    def parse(data: bytes, *, routine_id: str, where: str, folder: str = "") -> Reading:
        ids.append(routine_id)
        return parse_routine(data, routine_id=routine_id, where=where, folder=folder)

    monkeypatch.setattr(routine_store, "parse_routine", parse)
    monkeypatch.setattr(routine_writer, "parse_routine", parse)
    return ids


def test_a_save_parses_once(desk: Desk, parsed: list[str]) -> None:
    """What is to be written is read back; the file says just that."""
    desk.write("mine.yaml", MINE)
    opened = desk.open("mine")
    assert opened.draft is not None
    parsed.clear()

    done(desk.store.save(opened, editing.rename(opened.draft, "Yours").draft))

    assert parsed == ["mine"]


def test_a_preview_parses_once(desk: Desk, parsed: list[str]) -> None:
    """A preview, which follows each pause in typing, parses once."""
    desk.write("mine.yaml", MINE)
    opened = desk.open("mine")
    assert opened.draft is not None
    parsed.clear()

    assert isinstance(desk.store.preview(opened, replace(opened.draft, about="x")), Preview)
    assert parsed == ["mine"]


def test_the_next_save_knows_which_of_two_equal_steps_is_which(desk: Desk) -> None:
    """The result of a save has the saved step objects."""
    desk.write("mine.yaml", "name: Mine\nsteps:\n- use: quads # 1\n- use: quads # 2\n")
    opened = desk.open("mine")
    assert opened.draft is not None
    draft = editing.duplicate_steps(opened.draft, [0]).draft
    saved = done(desk.store.save(opened, draft))

    done(desk.store.save(saved, editing.delete_steps(draft, [0]).draft))

    assert desk.text("mine") == "name: Mine\nsteps:\n- use: quads\n- use: quads # 2\n"


def test_a_long_id_can_be_saved(desk: Desk) -> None:
    """A file name of nearly the longest length can be saved."""
    long = "x" * 245
    desk.write(f"{long}.yaml", MINE)

    assert done(renamed(desk, "Yours", long)).text == MINE.replace("name: Mine", "name: Yours")


def test_saving_what_ships_makes_a_copy_that_wins(desk: Desk) -> None:
    """The copy has the comments and names the schema; the original stays."""
    opened = desk.open("bedtime")
    assert opened.draft is not None
    assert (opened.own, opened.ships) == (False, True)

    saved = done(desk.store.save(opened, replace(opened.draft, name="My bedtime")))

    assert saved.own
    assert saved.text.startswith("# yaml-language-server: $schema=../routine.schema.json\n")
    assert desk.paths.schema.exists()
    desk.library.refresh()
    entry = desk.library.entry("bedtime")
    assert entry is not None
    assert (entry.name, entry.own) == ("My bedtime", True)


def test_deleting_the_copy_resets_it(desk: Desk) -> None:
    """The shipped routine is opened again."""
    opened = desk.open("bedtime")
    assert opened.draft is not None
    desk.store.save(opened, replace(opened.draft, name="My bedtime"))

    desk.trash.delete("bedtime")

    again = desk.open("bedtime").draft
    assert again is not None
    assert again.name == opened.draft.name


def test_a_new_routine_gets_an_id_of_its_name(desk: Desk) -> None:
    """Nothing is written before the first save."""
    begun = desk.store.begin(Draft(id="", name="Für Anna", steps=(CALF,)))
    assert begun.draft is not None
    assert not begun.path.exists()

    saved = done(desk.store.save(begun, begun.draft))

    assert begun.id == "fur-anna"
    assert saved.text == (
        "# yaml-language-server: $schema=../routine.schema.json\n"
        "name: Für Anna\nsteps:\n  - title: Calf\n    hold: 1 min\n"
    )


def test_a_new_routine_hides_none_that_is_there(desk: Desk) -> None:
    """Its id differs from shipped ones and from unsaved drafts."""
    assert desk.store.begin(Draft(id="", name="Bedtime")).id == "bedtime-2"

    first = desk.store.begin(Draft(id="", name="New"))
    assert first.draft is not None
    desk.store.keep_draft(first, first.draft)

    assert desk.store.begin(Draft(id="", name="New")).id == "new-2"


def test_a_copy_has_text_and_pictures_of_the_first(desk: Desk) -> None:
    """A copy has another name; its pictures are copied when it is saved."""
    desk.write("mine.yaml", MINE + "  - title: Photo\n    picture: a.png\n")
    desk.write("mine/a.png", PNG)

    copied = desk.store.copy("mine")
    opened = done(copied)
    assert opened.draft is not None
    saved = done(desk.store.save(opened, opened.draft))

    assert (saved.id, saved.draft and saved.draft.name) == ("mine-2", "Mine (2)")
    assert "# mine\nname: Mine (2)   # really\n" in saved.text
    assert (desk.routines / "mine-2" / "a.png").read_bytes() == PNG


def test_a_pasted_step_brings_its_picture(desk: Desk) -> None:
    """Its picture is copied without overwriting another."""
    desk.write("mine.yaml", MINE)
    desk.write("mine/a.png", b"\x89PNG\r\n\x1a\nmine")
    desk.write("other/a.png", PNG)
    step = Step(title="Photo", picture="a.png", folder=str(desk.routines / "other"))
    opened = desk.open("mine")
    assert opened.draft is not None

    saved = done(desk.store.save(opened, editing.paste_steps(opened.draft, [step]).draft))

    assert saved.draft is not None
    pasted = saved.draft.steps[1]
    assert isinstance(pasted, Step)
    assert pasted.picture == "a-2.png"
    assert (desk.routines / "mine" / "a-2.png").read_bytes() == PNG


def test_a_file_that_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    """Saving returns a conflict with both texts; theirs can be kept."""
    path = desk.write("mine.yaml", MINE)
    opened = desk.open("mine")
    assert opened.draft is not None
    theirs = MINE.replace("# really", "# changed by hand")
    path.write_text(theirs)

    conflict = desk.store.save(opened, replace(opened.draft, name="Yours"))

    assert isinstance(conflict, Conflict)
    assert (conflict.theirs.text, path.read_text()) == (theirs, theirs)
    assert "name: Yours   # really" in conflict.mine
    saved = done(desk.store.save(conflict.theirs, replace(opened.draft, name="Yours")))
    assert "name: Yours   # changed by hand" in saved.text


def test_a_file_that_was_only_touched_is_saved(desk: Desk) -> None:
    """A new date with the same text is no conflict."""
    path = desk.write("mine.yaml", MINE)
    opened = desk.open("mine")
    assert opened.draft is not None
    path.unlink()
    path.write_text(MINE)

    done(desk.store.save(opened, replace(opened.draft, name="Yours")))


def test_a_file_that_somebody_made_meanwhile_is_not_overwritten(desk: Desk) -> None:
    """A new routine whose id was taken meanwhile is a conflict."""
    begun = desk.store.begin(Draft(id="", name="Mine", steps=(CALF,)))
    assert begun.draft is not None
    desk.write("mine.yaml", MINE)

    assert isinstance(desk.store.save(begun, begun.draft), Conflict)
    assert desk.text("mine") == MINE


def test_a_file_that_vanished_is_written_again(desk: Desk) -> None:
    """Saving writes a deleted file again."""
    desk.write("mine.yaml", MINE)
    opened = desk.open("mine")
    assert opened.draft is not None
    opened.path.unlink()

    done(desk.store.save(opened, opened.draft))

    assert desk.text("mine") == MINE


def test_what_cannot_be_written_leaves_the_file(desk: Desk) -> None:
    """The problem has the reason of the reader."""
    desk.write("mine.yaml", MINE)

    problem = renamed(desk, "x" * 300)

    assert isinstance(problem, Problem)
    assert "longer than 200" in problem.text
    assert desk.text("mine") == MINE


def test_a_file_that_is_no_yaml_opens_as_text(desk: Desk) -> None:
    """It can be saved as text; a draft is refused."""
    desk.write("mine.yaml", "name: [broken\n")
    opened = desk.open("mine")

    assert opened.draft is None
    assert opened.problems
    assert isinstance(desk.store.save(opened, Draft(id="mine", name="New")), Problem)
    mended = done(desk.store.save_text(opened, MINE))
    assert mended.draft is not None


def test_text_that_was_typed_is_written_as_it_is(desk: Desk) -> None:
    """Text with problems is saved unchanged."""
    desk.write("mine.yaml", MINE)

    saved = done(desk.store.save_text(desk.open("mine"), "name: Mine\nstepz: []\n"))

    assert saved.problems
    assert desk.text("mine") == "name: Mine\nstepz: []\n"


def test_a_preview_is_what_saving_would_make(desk: Desk) -> None:
    """It has text, routine and problems, and writes nothing."""
    desk.write("mine.yaml", MINE)
    opened = desk.open("mine")
    assert opened.draft is not None
    draft = editing.add_steps(opened.draft, [CALF, Use(id="qads")]).draft

    preview = desk.store.preview(opened, draft)

    assert isinstance(preview, Preview)
    (problem,) = preview.problems
    assert (problem.line, problem.field) == (7, "steps[2]")
    assert "did you mean quads?" in problem.hint
    assert preview.routine is not None
    assert preview.routine.steps[1].title == "Calf"
    assert preview.places["steps[1].hold"] == (6, 11)
    assert desk.text("mine") == MINE


def test_a_preview_without_a_name_runs_under_the_id(desk: Desk) -> None:
    """A draft without a name runs, with the problem listed."""
    desk.write("mine.yaml", "name: Mine\nfoo: 1\nsteps: [{use: quads}]\n")
    opened = desk.open("mine")
    assert opened.draft is not None

    preview = desk.store.preview(opened, replace(opened.draft, name=" "))

    assert isinstance(preview, Preview)
    assert preview.routine is not None
    assert preview.routine.name == "mine"


def test_a_preview_of_what_cannot_be_saved_is_a_problem(desk: Desk) -> None:
    """The reason is returned before anybody saves."""
    begun = desk.store.begin(Draft(id="", name="A", steps=(CALF,)))

    assert isinstance(desk.store.preview(begun, Draft(id="a", name="x" * 300)), Problem)


def test_each_save_keeps_what_was_there(desk: Desk) -> None:
    """The last ten texts are kept, the latest first, with their dates."""
    path = desk.write("mine.yaml", MINE)
    written_ns = path.stat().st_mtime_ns
    for number in range(12):
        done(renamed(desk, f"N{number}"))

    versions = desk.store.versions("mine")

    assert len(versions) == 10
    texts = [desk.store.version_text("mine", version.key) for version in versions]
    assert [text.split()[3] for text in texts if isinstance(text, str)] == [
        f"N{number}" for number in range(10, 0, -1)
    ]
    assert versions[0].size == len(MINE.replace("Mine", "N10"))
    assert all(version.at_ns >= written_ns for version in versions)


def test_an_earlier_text_comes_back(desk: Desk) -> None:
    """It is restored unchanged, and the replaced text becomes a version."""
    desk.write("mine.yaml", MINE)
    done(renamed(desk, "Yours"))
    (version,) = desk.store.versions("mine")

    back = done(desk.store.restore_version(desk.open("mine"), version.key))

    assert back.text == MINE
    assert len(desk.store.versions("mine")) == 2


def test_a_version_that_is_not_there_is_a_problem(desk: Desk) -> None:
    """An old key, or one with a path, is a problem."""
    desk.write("mine.yaml", MINE)

    assert isinstance(desk.store.restore_version(desk.open("mine"), "000001-1"), Problem)
    assert isinstance(desk.store.version_text("mine", "../../settings"), Problem)


def test_a_draft_is_offered_at_the_next_opening(desk: Desk) -> None:
    """After a crash the draft is opened; the file is unchanged."""
    desk.write("mine.yaml", MINE)
    opened = desk.open("mine")
    assert opened.draft is not None
    typed = editing.add_steps(opened.draft, [CALF]).draft

    assert desk.store.keep_draft(opened, typed) is None

    left = desk.open("mine").left
    assert left is not None
    assert left.draft == typed
    assert left.at_ns > 0
    assert desk.text("mine") == MINE


def test_a_saved_draft_is_not_offered(desk: Desk) -> None:
    """A draft that was saved or undone is not offered."""
    desk.write("mine.yaml", MINE)
    opened = desk.open("mine")
    assert opened.draft is not None
    desk.store.keep_draft(opened, replace(opened.draft, name="Typed"))
    desk.store.keep_draft(opened, opened.draft)
    assert desk.open("mine").left is None

    desk.store.keep_draft(opened, replace(opened.draft, name="Typed"))
    desk.store.save(opened, replace(opened.draft, name="Typed"))

    assert desk.open("mine").left is None


def test_a_draft_can_be_forgotten(desk: Desk) -> None:
    """A deleted draft is not offered again."""
    begun = desk.store.begin(Draft(id="", name="New", steps=(CALF,)))
    assert begun.draft is not None
    desk.store.keep_draft(begun, begun.draft)

    desk.store.forget_draft("new")

    assert desk.store.left_drafts() == ()


def test_a_routine_that_was_never_saved_is_found_again(desk: Desk) -> None:
    """After a crash a new routine can be opened and saved."""
    begun = desk.store.begin(Draft(id="", name="New", steps=(CALF,)))
    assert begun.draft is not None
    desk.store.keep_draft(begun, begun.draft)

    (left,) = desk.store.left_drafts()
    opened = desk.store.resume(left)

    assert opened.left == left
    assert done(desk.store.save(opened, left.draft)).draft == begun.draft


def test_a_draft_that_is_damaged_is_none(desk: Desk) -> None:
    """A damaged draft is not offered."""
    desk.write("mine.yaml", MINE)
    desk.paths.drafts.mkdir(parents=True)
    (desk.paths.drafts / "mine.yaml").write_bytes(b"\x00\x01")

    assert desk.open("mine").left is None


def test_the_schema_is_refreshed_where_it_differs(desk: Desk) -> None:
    """Saving replaces a schema file with other content."""
    desk.write("mine.yaml", MINE)
    desk.paths.schema.write_text("{}")

    done(renamed(desk, "Yours"))

    assert "Legato routine" in desk.paths.schema.read_text()


def test_a_link_is_followed(desk: Desk, tmp_path: Path) -> None:
    """A linked routine is saved in its real file."""
    real = tmp_path / "elsewhere.yaml"
    real.write_text(MINE)
    desk.routines.mkdir(parents=True)
    (desk.routines / "mine.yaml").symlink_to(real)

    done(renamed(desk, "Yours"))

    assert "Yours" in real.read_text()
    assert (desk.routines / "mine.yaml").is_symlink()


LATIN_1 = "name: \u00c9tirement\nsteps:\n  - use: quads\n".encode("latin-1")


def test_a_file_that_is_not_utf_8_is_left_alone(desk: Desk) -> None:
    """Its text cannot be shown, so that saving would replace letters; it says so instead."""
    path = desk.write("latin.yaml", "")
    path.write_bytes(LATIN_1)
    opened = desk.store.open("latin")
    assert isinstance(opened, Opened)
    told = desk.store.save_text(opened, opened.text)

    assert isinstance(told, Problem)
    assert "not UTF-8" in told.text
    assert path.read_bytes() == LATIN_1
