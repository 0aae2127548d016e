"""Routine files: read, checked, unfolded, run, edited, saved, shared and pasted."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from fuzz.limits import allow
from fuzz.mutation import ODD_TEXT
from fuzz.target import DATA, Target, Trial, chance, contents
from fuzz.trees import reshape_yaml
from handwritten import Desk, Hand
from legato.cli import routines as timelines
from legato.domain import editing
from legato.domain.documents import Conflict, Incoming, Opened, Preview
from legato.domain.problems import Problem
from legato.domain.routine import Place, Sides, Step
from legato.domain.session import Move, begin, can, move, tick
from legato.domain.timeline import lay_out
from legato.resources import find_bundled
from legato.storage.editor_files import open_editor_files
from legato.storage.library import Library
from legato.storage.paths import Paths
from legato.storage.routine_text import routine_values
from legato.storage.step_clipboard import StepText
from strategies import TEXTS

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from legato.domain.draft import Draft
    from legato.domain.editing import Edit
    from legato.domain.ports import PictureData
    from legato.domain.routine import Routine

STEMS = (
    *("mine",) * 12,
    *(
        "a b",
        "ä🦵",
        "-",
        "--json",
        "con",
        "'",
        "a:b",
        "x" * 245,
        "quads",
        "bedtime",
        "~",
        "%s",
        "{}",
    ),
)
"""Names of a file, the stem of which is the routine's id."""
MOST_STEPS_RUN = 40
TEXT_LIKE = (*TEXTS, *ODD_TEXT)
TOKENS = (
    *(
        b"name: ",
        b"steps:\n",
        b"  - use: quads\n",
        b"  - title: x\n",
        b"hold: open\n",
        b"use: mine",
        b"use: other",
    ),
    *(
        b"hold: 2:00",
        b"sides: each",
        b"{",
        b"}",
        b"[",
        b"]",
        b"&a ",
        b"*a",
        b"<<: *a",
        b"!!int ",
        b"---",
    ),
    *(
        b"...",
        b"|\n",
        b">-\n",
        b"? ",
        b": ",
        b"- ",
        b"# ",
        b"%YAML 1.1\n",
        b"x-own: ",
        b"~",
        b"'",
        b'"',
    ),
    *(b"eases: [calf]", b"say:\n  0:15: x\n", b"variants: {easier: quads}", b"picture: a.png"),
    *(b"setup: []", b"repeat: 3", b"ready: 0", b"switch: 1 h", b"voice: quiet", b"end: bell"),
)


class RoutineTrial:
    """One routine file of the user's, put through everything that reads it.

    Args:
        folder: Where the data folder is made.
    """

    def __init__(self, folder: Path) -> None:
        shipped = find_bundled()
        self._paths = Paths(folder / "data")
        self._id = STEMS[0]
        self._path = folder
        self._given = folder / "given.legato"
        self._paths.routines.mkdir(parents=True)
        self._library = Library(shipped.routines, self._paths.routines, shipped.assets)
        files = open_editor_files(self._paths, shipped.routines, self._library, _NoScaler())
        self._store, self._sharing, self._trash = files.store, files.sharing, files.trash
        self._clipboard = files.clipboard

    def __call__(self, data: bytes) -> None:
        """Read, check, run, edit, save, share, delete and restore `data`."""
        random = chance(data)
        self._id = random.choice(STEMS)
        self._path = self._paths.routines / f"{self._id}.yaml"
        self._path.write_bytes(data)
        # What is used may be as odd, and may use this one.
        (self._paths.routines / "other.yaml").write_bytes(data.replace(b"quads", b"mine"))
        self._library.refresh()
        entry = self._library.entry(self._id)
        assert entry is not None
        (checked,) = self._library.check([self._path])
        for problem in (*entry.problems, *checked.problems):
            print_safe(str(problem))
        allow()
        if entry.routine is not None:
            run(entry.routine, random)
        self._edit(random)
        allow()
        self._share(random)
        shutil.rmtree(self._paths.data)
        self._paths.routines.mkdir(parents=True)

    def _edit(self, random: Random) -> None:
        opened = self._store.open(self._id)
        if isinstance(opened, Problem) or opened.draft is None:
            return
        self._paste(opened.draft)
        draft = edited(opened.draft, random)
        allow()  # the window may do something else between these
        kept = self._store.keep_draft(opened, draft)
        assert kept is None or isinstance(kept, Problem)
        assert isinstance(self._store.preview(opened, draft), (Preview, Problem))
        allow()
        saved = self._store.save(opened, draft)
        assert isinstance(saved, (Opened, Conflict, Problem))
        if isinstance(saved, Opened):
            assert saved.draft is not None
            assert routine_values(saved.draft) == routine_values(draft), "saved as something else"
        self._store.versions(self._id)
        self._store.left_drafts()

    def _paste(self, draft: Draft) -> None:
        text = self._clipboard.steps_text(draft.steps)
        pasted = self._clipboard.steps_of(text)
        assert isinstance(pasted, (tuple, Problem))
        if isinstance(pasted, tuple):
            assert len(pasted) == len(draft.steps), "pasted as another number of steps"

    def _share(self, random: Random) -> None:
        if self._sharing.export(self._id, self._given) is None:
            looked = self._sharing.inspect(self._given)
            assert isinstance(looked, (Incoming, Problem))
        if random.random() < 0.2:
            deleted = self._trash.delete(self._id)
            assert not isinstance(deleted, Problem), deleted
            assert self._trash.restore(deleted.key) == self._id


class _NoScaler:
    """A scaler that scales nothing."""

    def shrunk(self, picture: PictureData, longest: int) -> PictureData:
        """Return the picture unchanged."""
        assert longest
        return picture


def run(routine: Routine, random: Random) -> None:
    """Lay a routine out, print it, and press random keys while it runs at random speed."""
    timeline = lay_out(routine)
    json.dumps(timelines.timeline_as_json(timeline), allow_nan=False)
    for line in timelines.as_text(timeline):
        print_safe(line)
    if len(timeline.segments) > MOST_STEPS_RUN:
        return
    now = 1000.0
    session, _ = begin(timeline, now, waits=random.random() < 0.2)
    for _ in range(30):
        now += random.choice((0.0, 0.1, 5.0, 100.0, 4000.0))
        session, _ = tick(session, now)
        what = random.choice(list(Move))
        if what is not Move.STOP and can(session, what):
            session, _ = move(session, what, now)
        assert session.remaining is None or session.remaining >= 0
        assert session.remaining_in_all >= 0


def edited(draft: Draft, random: Random) -> Draft:
    """Return `draft` after a few random edits, without those that are refused."""
    for _ in range(random.randint(1, 4)):
        try:
            draft = _edit(draft, random).draft
        except ValueError:  # out of range
            continue
    return draft


def _edit(draft: Draft, random: Random) -> Edit:
    text = random.choice(TEXT_LIKE)
    seconds = random.choice((1.0, 12.5, 90.0, 3600.0, 0.0, 1e9))
    lines: list[Edit] = [
        editing.rename(draft, text or "x"),
        editing.describe(draft, text),
        editing.set_eases(draft, random.sample(list(Place), 2)),
        editing.add_steps(draft, [Step(title="New step", setup=(text,), hold=45.0)]),
    ]
    if draft.steps:
        at = random.randrange(len(draft.steps))
        name, value = random.choice(
            (
                *(("title", text), ("hold", seconds), ("sides", Sides.LEFT), ("repeat", 3)),
                *(("feel", text), ("setup", (text, "b")), ("picture", "a b.png"), ("hold", None)),
            )
        )
        lines += [
            editing.delete_steps(draft, [at]),
            editing.duplicate_steps(draft, [at]),
            editing.move_steps(draft, [at], random.randint(0, len(draft.steps))),
        ]
        if random.random() < 0.6 and hasattr(draft.steps[at], name):
            return editing.change_step(draft, at, **{name: value})
    return random.choice(lines)


def print_safe(text: str) -> None:
    """Fail if a terminal could not print `text` as UTF-8."""
    text.encode()


def open_written(_: Path) -> Trial:
    """Edit a random hand-written file, again and again."""

    def change(data: bytes) -> None:
        random = chance(data)
        written = Desk(random, Hand(random).file())
        for _ in range(6):
            written.change()

    return change


def open_clipboard(folder: Path) -> Trial:
    """Paste random text as steps."""
    clipboard = StepText(folder)

    def paste(data: bytes) -> None:
        text = data.decode("utf-8", "surrogatepass" if b"\xed" in data[:200] else "replace")
        found = clipboard.steps_of(text)
        assert isinstance(found, (tuple, Problem))
        if isinstance(found, tuple):
            clipboard.steps_text(found)

    def take(data: bytes) -> None:
        try:
            paste(data)
        except UnicodeDecodeError:
            paste(data.replace(b"\xed", b""))

    return take


def routine_seeds() -> tuple[bytes, ...]:
    """Return routines that ship, and unusual ones of other tests."""
    shipped = find_bundled().routines
    own = contents(DATA / "routines", DATA / "odd", DATA / "strange")
    return (*own, *own, *contents(shipped), *contents(shipped / "moves")[:8])


def step_seeds() -> tuple[bytes, ...]:
    """Return steps as they are copied."""
    return (*contents(DATA / "routines", DATA / "odd"), b"- use: quads\n- title: Own\n  hold: 90\n")


ROUTINE_TARGET = Target(RoutineTrial, routine_seeds, TOKENS, reshape_yaml, cases=200)
PASTE_TARGET = Target(open_clipboard, step_seeds, TOKENS, reshape_yaml)
WRITTEN_TARGET = Target(
    open_written, tuple, draw=lambda random: random.randbytes(8), cases=100, seconds=20.0
)
