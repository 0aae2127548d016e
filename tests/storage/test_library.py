"""Tests of the library: the file of each id, its entry, and how changes are noticed."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from legato.storage.library import Entry, Library

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = "name: {name}\nsteps: [{{title: T}}]\n"


class Folders:
    """A shipped folder and a user folder, with a library of them."""

    def __init__(self, root: Path) -> None:
        self.shipped, self.own = root / "shipped", root / "own"
        (self.shipped / "moves").mkdir(parents=True)

    def write(self, path: str, text: str = "") -> Path:
        """Write a routine to a path below `shipped` or `own`."""
        file = self.shipped.parent / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text or PLAIN.format(name=file.stem.title()), encoding="utf-8")
        return file

    def library(self) -> Library:
        """Return a library that has just read the folders."""
        return Library(self.shipped, self.own)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return empty folders; that of the user does not exist."""
    return Folders(tmp_path)


def entry(library: Library, routine_id: str) -> Entry:
    """Return an entry that must exist."""
    found = library.entry(routine_id)
    assert found is not None
    return found


def uses(*ids: str) -> str:
    """Return a routine that uses others."""
    return "name: N\nsteps:\n" + "".join(f"  - use: {one}\n" for one in ids)


def texts(found: Entry) -> list[str]:
    """Return the problems of an entry as text."""
    return [problem.text for problem in found.problems]


def test_whole_routines_come_before_moves(folders: Folders) -> None:
    """Entries are in the order of the home page."""
    for path in ("shipped/moves/a.yaml", "shipped/z.yaml", "own/m.yml"):
        folders.write(path)

    assert [one.id for one in folders.library().entries()] == ["m", "z", "a"]


def test_an_entry_tells_what_it_is(folders: Folders) -> None:
    """The entry of a valid file has a routine and no problems."""
    path = folders.write("shipped/moves/a.yaml")
    found = entry(folders.library(), "a")

    assert (found.name, found.path, found.own, found.is_move) == ("A", path, False, True)
    assert found.routine is not None
    assert found.problems == ()
    assert found.modified_ns == path.stat().st_mtime_ns


def test_the_user_s_copy_wins(folders: Folders) -> None:
    """The user's file replaces the shipped one of the same id, and stays an exercise."""
    folders.write("shipped/moves/a.yaml")
    own = folders.write("own/a.yaml")
    found = entry(folders.library(), "a")

    assert (found.path, found.own, found.is_move) == (own, True, True)


def test_the_user_s_copy_is_used_by_shipped_routines(folders: Folders) -> None:
    """A changed exercise is used in all routines."""
    folders.write("shipped/moves/a.yaml")
    folders.write("shipped/b.yaml", uses("a"))
    folders.write("own/a.yaml", "name: A\nsteps: [{title: Mine}]")
    routine = entry(folders.library(), "b").routine

    assert routine is not None
    assert [(step.title, step.move) for step in routine.steps] == [("Mine", "a")]


def test_two_shipped_files_of_one_id_are_a_problem(folders: Folders) -> None:
    """Routines and exercises share one space of ids."""
    folders.write("shipped/a.yaml")
    folders.write("shipped/moves/a.yaml")

    assert "has the same id" in texts(entry(folders.library(), "a"))[0]


def test_two_own_files_of_one_id_are_a_problem(folders: Folders) -> None:
    """Two endings of the same name are the same id."""
    folders.write("own/a.yaml")
    folders.write("own/a.yml")

    assert "has the same id" in texts(entry(folders.library(), "a"))[0]


def test_a_broken_file_hides_no_other(folders: Folders) -> None:
    """A broken file is an entry with problems beside the others."""
    folders.write("own/a.yaml", "name: [")
    folders.write("own/b.yaml")
    broken, sound = folders.library().entries()

    assert (broken.name, broken.draft, broken.routine) == ("a", None, None)
    assert len(broken.problems) == 1
    assert sound.routine is not None


def test_a_file_with_problems_has_a_draft_and_no_routine(folders: Folders) -> None:
    """It can be opened in the editor, but not run."""
    folders.write("own/a.yaml", "name: Mine\nsteps: [{title: T, hold: -1}]")
    found = entry(folders.library(), "a")

    assert found.name == "Mine"
    assert found.draft is not None
    assert found.routine is None


def test_a_folder_of_a_routine_s_name_is_reported(folders: Folders) -> None:
    """A folder with the name of a routine is an entry with a problem."""
    (folders.own / "a.yaml").mkdir(parents=True)

    assert texts(entry(folders.library(), "a")) == ["this is a folder, not a file"]


def test_files_of_others_are_let_be(folders: Folders) -> None:
    """Hidden files, other endings and folders are ignored."""
    for name in (".a.yaml", "b.txt", "c/d.yaml", ".e.yaml.1234.tmp"):
        folders.write(f"own/{name}")

    assert folders.library().entries() == ()


def test_a_missing_own_folder_is_an_empty_one(folders: Folders) -> None:
    """A missing user folder is no problem."""
    assert folders.library().problems == ()


def test_a_file_where_the_own_folder_should_be_is_reported(folders: Folders) -> None:
    """It is a problem, and the shipped routines are listed."""
    folders.write("shipped/a.yaml")
    folders.own.touch()
    library = folders.library()

    assert [problem.where for problem in library.problems] == [str(folders.own)]
    assert len(library.entries()) == 1


def test_a_missing_id_is_reported_with_the_nearest(folders: Folders) -> None:
    """The problem of an unknown id has its line and the nearest id."""
    folders.write("shipped/moves/hamstrings.yaml")
    folders.write("own/a.yaml", uses("hamstirngs"))
    (problem,) = entry(folders.library(), "a").problems

    assert (problem.line, problem.column, problem.field) == (3, 5, "steps[0]")
    assert problem.text == "there is no routine hamstirngs"
    assert problem.hint == "did you mean hamstrings?"


def test_a_line_that_uses_a_broken_file_says_so(folders: Folders) -> None:
    """The problem names the broken file, through several levels of use."""
    folders.write("own/a.yaml", uses("b"))
    folders.write("own/b.yaml", uses("c"))
    broken = folders.write("own/c.yaml", "name: [")
    library = folders.library()

    assert texts(entry(library, "a")) == ["b, which is used here, has problems of its own"]
    assert entry(library, "b").problems[0].hint == f"look into {broken}"


@pytest.mark.parametrize(
    ("files", "text"),
    [
        ({"a": ["a"]}, "a uses itself: a -> a"),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, "a uses itself: a -> b -> c -> a"),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, "b uses itself: b -> c -> b"),
    ],
)
def test_a_ring_is_a_problem(folders: Folders, files: dict[str, list[str]], text: str) -> None:
    """A cycle of uses is a problem that names its path."""
    for name, used in files.items():
        folders.write(f"own/{name}.yaml", uses(*used))

    assert texts(entry(folders.library(), "a")) == [text]


def test_a_ring_and_a_missing_id_are_both_told(folders: Folders) -> None:
    """Both kinds of problems are listed."""
    folders.write("own/a.yaml", uses("a", "nowhere"))

    assert len(entry(folders.library(), "a").problems) == 2


def test_deep_use_is_a_problem(folders: Folders) -> None:
    """Fifty-two levels of use are too many."""
    for number in range(52):
        folders.write(f"own/r{number}.yaml", uses(f"r{number + 1}"))
    folders.write("own/r52.yaml")

    assert "nested more than 50 deep" in texts(entry(folders.library(), "r0"))[0]


def test_too_many_steps_after_unfolding(folders: Folders) -> None:
    """The limit of steps applies to the unfolded routine."""
    for number in range(4):
        used = [f"r{number + 1}"] * 10
        folders.write(f"own/r{number}.yaml", uses(*used))
    folders.write("own/r4.yaml")

    assert texts(entry(folders.library(), "r0")) == [
        "more than 1,000 steps once every use is unfolded"
    ]


def test_no_more_than_a_hundred_problems(folders: Folders) -> None:
    """A hundred problems are listed, the rest is counted."""
    folders.write("own/a.yaml", uses(*(f"no{number}" for number in range(900))))
    problems = entry(folders.library(), "a").problems

    assert len(problems) == 101
    assert problems[-1].text == "and 800 more"


def test_nothing_is_read_before_it_is_asked_for(folders: Folders) -> None:
    """One entry reads its own file and those that it uses."""
    folders.write("own/a.yaml", uses("b"))
    folders.write("own/b.yaml")
    unreadable = folders.write("own/c.yaml")
    library = folders.library()
    unreadable.unlink()

    assert entry(library, "a").routine is not None
    assert texts(entry(library, "c")) == ["there is no such file"]


def test_scanning_gives_one_at_a_time(folders: Folders) -> None:
    """A scan can be continued after files were deleted."""
    for name in "abc":
        folders.write(f"own/{name}.yaml")
    library = folders.library()
    scan = library.scan()
    first = next(scan)
    (folders.own / "b.yaml").unlink()
    library.refresh()

    assert [first.id, *(one.id for one in scan)] == ["a", "c"]


def test_an_unknown_id_has_no_entry(folders: Folders) -> None:
    """The entry of an unknown id is None."""
    folders.write("own/a.yaml")
    library = folders.library()

    assert library.entry("a") is not None
    assert library.entry("b") is None


def test_nothing_has_changed(folders: Folders) -> None:
    """Without a change a refresh keeps the same entries."""
    folders.write("own/a.yaml")
    library = folders.library()
    before = library.entry("a")

    assert library.refresh() == frozenset()
    assert library.entry("a") is before


def test_an_edit_is_picked_up_by_all_who_use_it(folders: Folders) -> None:
    """A changed file changes the routines that use it, and no others."""
    path = folders.write("own/a.yaml")
    folders.write("own/b.yaml", uses("a"))
    folders.write("own/c.yaml", uses("b"))
    folders.write("own/d.yaml")
    library = folders.library()
    library.entries()
    path.write_text("name: New\nsteps: [{title: New}]")

    assert library.refresh() == {"a", "b", "c"}
    routine = entry(library, "c").routine
    assert routine is not None
    assert routine.steps[0].title == "New"


def test_a_saved_routine_is_read_again_with_all_who_use_it(folders: Folders) -> None:
    """No other file is looked at, as after each save of the editor."""
    path = folders.write("own/a.yaml")
    folders.write("own/b.yaml", uses("a"))
    library = folders.library()
    library.entries()
    path.write_text("name: New\nsteps: [{title: New}]")
    folders.write("own/unseen.yaml")

    assert library.refresh_saved("a") == {"a", "b"}
    assert entry(library, "a").name == "New"
    assert library.entry("unseen") is None


def test_a_saved_routine_that_is_new_is_found(folders: Folders) -> None:
    """Its file was not there when the folders were looked into."""
    library = folders.library()
    folders.write("own/new.yaml")

    assert library.refresh_saved("new") == {"new"}


def test_a_window_may_look_at_one_file_at_a_time(folders: Folders) -> None:
    """Each step reads one file; users of a changed one come last."""
    path = folders.write("own/a.yaml")
    folders.write("own/b.yaml", uses("a"))
    folders.write("own/c.yaml")
    library = folders.library()
    library.entries()
    path.write_text("name: New\nsteps: [{title: New}]")
    steps = list(library.refreshing())

    assert sorted(steps) == ["", "", "a", "b"]
    assert steps[-1] == "b"


def test_a_replaced_file_is_picked_up(folders: Folders) -> None:
    """A file replaced by renaming is noticed, even with equal size and time."""
    path = folders.write("own/a.yaml", "name: A\nsteps: [{title: T}]")
    library = folders.library()
    library.entries()
    status = path.stat()
    other = folders.write("own/.new", "name: B\nsteps: [{title: T}]")
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)

    assert library.refresh() == {"a"}
    assert entry(library, "a").name == "B"


def test_a_new_file_mends_who_was_missing_it(folders: Folders) -> None:
    """A routine is valid once a missing file appears."""
    folders.write("own/a.yaml", uses("b"))
    library = folders.library()
    assert entry(library, "a").routine is None
    folders.write("own/b.yaml")

    assert library.refresh() == {"a", "b"}
    assert entry(library, "a").routine is not None


def test_a_deleted_copy_brings_the_shipped_one_back(folders: Folders) -> None:
    """Deleting the user's copy shows the shipped routine again."""
    folders.write("shipped/a.yaml")
    own = folders.write("own/a.yaml", "name: Mine\nsteps: [{title: T}]")
    library = folders.library()
    assert entry(library, "a").own
    own.unlink()

    assert library.refresh() == {"a"}
    assert not entry(library, "a").own


def test_a_deleted_file_is_gone(folders: Folders) -> None:
    """A deleted file has no entry any more."""
    path = folders.write("own/a.yaml")
    library = folders.library()
    library.entries()
    path.unlink()

    assert library.refresh() == {"a"}
    assert library.entry("a") is None


def test_a_deleted_folder_is_an_empty_one(folders: Folders) -> None:
    """The user folder may be deleted while Legato runs."""
    path = folders.write("own/a.yaml")
    library = folders.library()
    path.unlink()
    folders.own.rmdir()

    assert library.refresh() == {"a"}


def test_a_file_anywhere_uses_what_lies_beside_it_first(folders: Folders, tmp_path: Path) -> None:
    """Files beside it win over the library."""
    folders.write("shipped/a.yaml")
    folders.write("shipped/b.yaml")
    folders.write("else/b.yml", "name: B\nsteps: [{title: Beside}]")
    folders.write("else/c.yaml", uses("a", "b"))
    found = folders.library().open_path(tmp_path / "else" / "c.yaml")

    assert found.routine is not None
    assert [step.title for step in found.routine.steps] == ["T", "Beside"]
    assert found.own


@pytest.mark.parametrize("used", ["../own/a", "..", "a/b", "x\\y", "'a\\0b'"])
def test_an_id_is_no_path(folders: Folders, used: str, tmp_path: Path) -> None:
    """An id with a path never leads out of the folder."""
    folders.write("own/a.yaml")
    path = folders.write("else/c.yaml", uses(used))

    assert folders.library().open_path(path).routine is None
    assert tmp_path in path.parents


def test_a_path_into_the_library_is_that_entry(folders: Folders) -> None:
    """The file is not read twice."""
    path = folders.write("own/a.yaml")
    library = folders.library()

    assert library.open_path(path) is library.entry("a")


def test_a_path_that_leads_nowhere(folders: Folders, tmp_path: Path) -> None:
    """The entry of a missing file has a problem."""
    assert texts(folders.library().open_path(tmp_path / "no.yaml")) == ["there is no such file"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_name_that_is_no_text_is_reported(folders: Folders) -> None:
    """A name that is no UTF-8 is a problem; the other files are listed."""
    folders.write("own/a.yaml")
    (folders.own / os.fsdecode(b"caf\xe9.yaml")).write_text("name: C\n")
    library = folders.library()

    assert "a" in library.known_ids()
    (problem,) = library.problems
    assert problem.where.endswith("caf\\udce9.yaml")
    assert problem.text == "this name cannot be read"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_many_names_that_are_no_text_are_reported_in_one_line(folders: Folders) -> None:
    """Such names are counted in one problem."""
    folders.write("own/a.yaml")
    for byte in range(0xE0, 0xF0):
        (folders.own / os.fsdecode(b"caf%c.yaml" % byte)).write_text("name: C\n")

    (problem,) = folders.library().problems
    assert problem.text == "16 names cannot be read, this one first"


SAID = "    say: {" + ", ".join(f"{n}: Breathe out" for n in range(100)) + "}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: A\nsteps:\n" + "- {title: S, repeat: 100, hold: 1}\n" * 26, "5,000 holds"),
        (
            (
                f"name: A\nsteps:\n  - title: S\n    repeat: 100\n    sides: left\n{SAID}"
                "  - {title: T, repeat: 100, sides: left, count: 101, every: 1}\n"
            ),
            "20,000 spoken lines",
        ),
    ],
)
def test_what_a_routine_comes_to_is_limited(folders: Folders, text: str, words: str) -> None:
    """Each step is within its limits, and a session would still take minutes to lay it out."""
    folders.write("own/big.yaml", text)

    assert words in texts(entry(folders.library(), "big"))[0]


def test_a_thousand_slips_are_guessed_for_a_few(folders: Folders) -> None:
    """To guess takes a comparison with every id: the first three unknown ones get a hint."""
    folders.write("own/mine.yaml", uses(*(f"bedtimf{n}" for n in range(20))))
    problems = entry(folders.library(), "mine").problems

    assert len(problems) == 20
    assert sum(bool(problem.hint) for problem in problems) <= 3


def test_a_step_says_its_own_times(folders: Folders) -> None:
    """They win over those of its routine, and of any routine that uses it."""
    step = "  - {title: Calf, ready: 40 s, switch: 30 s}\n"
    folders.write("own/inner.yaml", f"name: I\nready: 5 s\nsteps:\n{step}  - {{title: Thigh}}\n")
    folders.write("own/outer.yaml", "name: O\nready: 7 s\nswitch: 8 s\nsteps:\n  - use: inner\n")
    routine = entry(folders.library(), "outer").routine

    assert routine is not None
    assert [(one.ready, one.switch) for one in routine.steps] == [(40.0, 30.0), (7.0, 8.0)]


def test_a_rest_has_no_time_to_get_ready(folders: Folders) -> None:
    """It begins at once, unless it says a time itself."""
    folders.write(
        "own/r.yaml",
        "name: R\nready: 9 s\nsteps:\n"
        "  - {title: Rest, kind: rest}\n  - {title: Rest, kind: rest, ready: 3 s}\n",
    )
    routine = entry(folders.library(), "r").routine

    assert routine is not None
    assert [one.ready for one in routine.steps] == [0.0, 3.0]
