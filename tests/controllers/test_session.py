"""From the first page into a session, to its end, and back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

import pytest
from PySide6.QtWidgets import QWidget

from builders import five_steps, routine, step
from fakes import FakeClock, FakeKeepAwake, FakeSound
from legato.controllers.session import SessionController, SystemServices
from legato.controllers.session_driver import SessionDriver
from legato.controllers.settings_model import RecordModel
from legato.controllers.variants import VariantSelector
from legato.domain.cues import Cue
from legato.domain.doors import Question
from legato.domain.history import NO_HISTORY, History
from legato.domain.ports import NullMediaKeys
from legato.domain.routine import Kind, Night, Routine, Side, Sides, Variants, VoiceLevel
from legato.domain.session import Move, Status
from legato.domain.settings import DEFAULTS, Advance, Settings
from legato.domain.timeline import Phase
from legato.storage.sources import Entry
from legato.ui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from legato.domain.problems import Problem
    from legato.domain.resume import Resume


T = TypeVar("T")


class FakeStore(Generic[T]):
    """Keeps a record in memory."""

    def __init__(self, record: T) -> None:
        self.record = record

    def load(self) -> tuple[T, tuple[Problem, ...]]:
        """Return it."""
        return self.record, ()

    def save(self, record: T) -> Problem | None:
        """Remember it."""
        self.record = record
        return None


class FakeResume:
    """Keeps one place in memory, and counts how often it was to last."""

    def __init__(self) -> None:
        self.kept: Resume | None = None
        self.lasting = 0

    def save(self, resume: Resume, *, lasting: bool = False) -> Problem | None:
        """Remember it."""
        self.kept = resume
        self.lasting += lasting
        return None

    def load(self) -> Resume | None:
        """Return it."""
        return self.kept

    def clear(self) -> None:
        """Forget it."""
        self.kept = None


@dataclass
class FakeShelf:
    """Knows a few routines."""

    folder: Path
    routines: dict[str, Routine | None] = field(default_factory=dict)

    def entry(self, routine_id: str) -> Entry | None:
        """Return the entry of a routine that it knows."""
        if routine_id not in self.routines:
            return None
        return Entry(
            id=routine_id,
            path=self.folder / routine_id,
            own=False,
            is_move=False,
            name=routine_id.capitalize(),
            draft=None,
            routine=self.routines[routine_id],
        )

    def scan(self) -> Iterator[Entry]:
        """Give all entries."""
        return filter(None, map(self.entry, self.routines))

    def refresh(self) -> frozenset[str]:
        """Find nothing changed."""
        return frozenset()


@dataclass
class House:
    """A conductor with fakes around it."""

    conductor: SessionController
    driver: SessionDriver
    window: MainWindow
    clock: FakeClock
    settings: FakeStore[Settings]
    history: FakeStore[History]
    resume: FakeResume
    keep_awake: FakeKeepAwake
    shelf: FakeShelf
    sound: FakeSound
    wall_words: str = "2026-01-31T23:10"

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass in steps that no machine sleeps through."""
        for _ in range(int(seconds)):
            self.clock.pass_seconds(1.0)
            self.driver.tick()


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path) -> House:
    """Return a conductor whose library knows `bedtime` and the broken `torn`.

    The legs were found alike this evening.
    """
    return furnished(qtbot, tmp_path, history=History(legs_alike="2026-01-31T21:00"))


def furnished(
    qtbot: QtBot, folder: Path, settings: Settings = DEFAULTS, *, history: History = NO_HISTORY
) -> House:
    """Return a controller with these settings and this history."""
    window, clock, sound = MainWindow(), FakeClock(), FakeSound()
    qtbot.addWidget(window)
    for name in ("library", "session", "end"):
        window.add_page(name, QWidget())
    driver = SessionDriver(clock, clock, sound, parent=window)
    kept, used = FakeStore(settings), FakeStore(history)
    resume, awake = FakeResume(), FakeKeepAwake()
    shelf = FakeShelf(folder, {"bedtime": five_steps(), "torn": None})
    machine = SystemServices(
        keep_awake=awake,
        media_keys=NullMediaKeys(),
        wall_seconds=lambda: 5.0,
        wall_words=lambda: made.wall_words,
    )
    conductor = SessionController(
        window,
        shelf,
        RecordModel(lambda: kept),
        RecordModel(lambda: used),
        resume=resume,
        driver=driver,
        machine=machine,
    )
    made = House(conductor, driver, window, clock, kept, used, resume, awake, shelf, sound)
    return made


def running(house: House) -> Status:
    """Return the status of the session."""
    assert house.driver.session is not None
    return house.driver.session.status


def test_a_routine_is_started_by_its_id(house: House) -> None:
    """The session page is shown, the machine kept awake and the use remembered."""
    house.conductor.start_by_id("bedtime")

    assert house.window.page_name == "session"
    assert running(house) is Status.RUNNING
    assert house.keep_awake.held
    assert house.history.record.by_last_use() == ("bedtime",)


def test_a_broken_routine_is_not_started(house: House, qtbot: QtBot) -> None:
    """It is said, and the page stays."""
    with qtbot.waitSignal(house.conductor.could_not) as said:
        house.conductor.start_by_id("torn")

    assert "Torn" in said.args[0]
    assert house.driver.session is None


def test_the_side_that_was_chosen_is_remembered(house: House) -> None:
    """Started for the left leg once, it is started for the left leg again."""
    house.conductor.start_by_id("bedtime", Side.LEFT)
    house.conductor.start_by_id("bedtime")

    assert house.driver.session is not None
    assert house.driver.session.timeline.routine.steps[0].worked_sides == (Side.LEFT,)


def test_a_pause_lets_the_machine_sleep(house: House) -> None:
    """And going on keeps it awake again."""
    house.conductor.start_by_id("bedtime")
    house.driver.toggle_pause()
    assert not house.keep_awake.held

    house.driver.toggle_pause()
    assert house.keep_awake.held


def test_where_it_stands_is_kept_as_it_goes(house: House) -> None:
    """Every second a little, at each new phase for good."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)

    assert house.resume.kept is not None
    assert (house.resume.kept.label, house.resume.kept.remaining) == ("Hamstrings", 90.0)
    assert house.resume.lasting == 2


def test_what_was_left_can_be_taken_up_again(house: House, qtbot: QtBot, tmp_path: Path) -> None:
    """Another run of the program offers it and goes on in the same second."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    later = furnished(qtbot, tmp_path, history=house.history.record)
    later.resume.kept = house.resume.kept

    with qtbot.waitSignal(later.conductor.continue_offered) as offered:
        later.conductor.offer_to_continue()
    assert offered.args == ["Continue: Hamstrings, right, 1:30 left"]

    later.conductor.continue_session()
    assert later.driver.session is not None
    assert later.driver.session.remaining == 90.0


def test_a_routine_that_has_changed_is_not_offered(house: House, qtbot: QtBot) -> None:
    """Its place means nothing any more."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    house.shelf.routines["bedtime"] = routine(step(hold=60.0))

    with qtbot.waitSignal(house.conductor.continue_offered) as offered:
        house.conductor.offer_to_continue()
    assert offered.args == [None]


def test_a_finished_session_is_not_offered(house: House) -> None:
    """Its place is forgotten, the end page shown, the machine let go."""
    house.shelf.routines["short"] = routine(step(hold=10.0, ready=1.0, switch=1.0))
    house.conductor.start_by_id("short")
    house.pass_seconds(25)

    assert house.resume.kept is None
    assert house.window.page_name == "end"
    assert not house.keep_awake.held


def test_a_stopped_session_can_be_taken_up_again(house: House) -> None:
    """Esc asks nothing because nothing is lost."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    house.conductor.do(Move.STOP)

    assert house.window.page_name == "end"
    assert house.resume.kept is not None


def test_again_and_the_other_side(house: House) -> None:
    """Both are one touch from the end."""
    house.conductor.start_by_id("bedtime", Side.LEFT)
    house.conductor.do(Move.STOP)
    house.conductor.start_again(Side.RIGHT)

    assert house.driver.session is not None
    assert house.driver.session.timeline.routine.steps[0].worked_sides == (Side.RIGHT,)


def test_closing_the_window_keeps_the_place(house: House) -> None:
    """For good, and the machine is let go."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(3)
    house.conductor.leave()

    assert house.resume.kept is not None
    assert not house.keep_awake.held


def test_who_wishes_is_waited_for(qtbot: QtBot, tmp_path: Path) -> None:
    """With "wait for me" the hold does not begin by itself."""
    house = furnished(qtbot, tmp_path, replace(Settings(), advance=Advance.WAIT))
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(60)

    assert house.driver.session is not None
    assert house.driver.session.is_waiting


def test_who_is_waited_for_keeps_no_machine_awake(qtbot: QtBot, tmp_path: Path) -> None:
    """They may have fallen asleep; the hold that they begin keeps it awake again."""
    house = furnished(qtbot, tmp_path, replace(Settings(), advance=Advance.WAIT))
    house.conductor.start_by_id("bedtime")
    before = house.keep_awake.held
    house.pass_seconds(60)
    waiting = house.keep_awake.held
    house.conductor.do(Move.GO_ON)

    assert (before, waiting, house.keep_awake.held) == (True, False, True)


def furnished_with_ways(qtbot: QtBot, folder: Path, history: History = NO_HISTORY) -> House:
    """Return a conductor whose routine has a move with an easier and a standing way."""
    house = furnished(qtbot, folder, history=history)
    ways = Variants(easier="soft", standing="stand")
    house.shelf.routines |= {
        "evening": routine(step("Calf", move="calf", variants=ways), step("Thigh", move="thigh")),
        "calf": routine(step("Calf", move="calf", variants=ways)),
        "soft": routine(step("Softer", move="soft")),
        "stand": routine(step("At the wall", move="stand", night=Night.NO)),
    }
    return house


def title(house: House) -> str:
    """Return the name of the step that runs."""
    assert house.driver.session is not None
    return house.driver.session.segment.step.title


def test_what_hurts_is_done_in_an_easier_way_next_time(qtbot: QtBot, tmp_path: Path) -> None:
    """It is told, and the next session has it."""
    house = furnished_with_ways(qtbot, tmp_path)
    house.conductor.start_by_id("evening")
    with qtbot.waitSignal(house.conductor.learned) as told:
        house.conductor.do(Move.HURTS)

    house.conductor.start_by_id("evening")

    assert told.args is not None
    assert told.args[0].title == title(house) == "Softer"


def test_what_hurt_does_not_keep_a_session_from_being_taken_up(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """Stopped because it hurt, it goes on where it was: the easier way is for the next time."""
    house = furnished_with_ways(qtbot, tmp_path)
    house.conductor.start_by_id("evening")
    house.conductor.do(Move.HURTS)
    house.pass_seconds(30)
    assert house.driver.session is not None
    index, spent = house.driver.session.index, house.driver.session.spent
    house.conductor.do(Move.STOP)

    house.conductor.continue_session()

    assert running(house) is Status.RUNNING
    assert (house.driver.session.index, house.driver.session.spent) == (index, spent)
    assert house.driver.session.timeline.routine.steps[0].title == "Calf"


def test_a_way_that_was_taken_by_day_is_taken_up_at_night(qtbot: QtBot, tmp_path: Path) -> None:
    """What stands in for a move is kept with the place, whatever the hour is by then."""
    house = furnished_with_ways(qtbot, tmp_path, History(variants={"calf": "stand"}))
    at = house.conductor._machine
    house.conductor._ways = VariantSelector(
        house.shelf, house.conductor._history, lambda: "2026-01-31T12:00"
    )
    house.conductor.start_by_id("evening")
    house.pass_seconds(30)
    assert title(house) == "At the wall"
    house.conductor.do(Move.STOP)
    house.conductor._ways = VariantSelector(house.shelf, house.conductor._history, at.wall_words)

    house.conductor.continue_session()

    assert running(house) is Status.RUNNING
    assert title(house) == "At the wall"


def test_an_easier_way_can_be_unlearned(qtbot: QtBot, tmp_path: Path) -> None:
    """Undo brings back what was done before."""
    house = furnished_with_ways(qtbot, tmp_path)
    house.conductor.start_by_id("evening")
    with qtbot.waitSignal(house.conductor.learned) as told:
        house.conductor.do(Move.HURTS)
    assert told.args is not None

    house.conductor.unlearn(told.args[0])

    assert house.history.record.variants == {}


def test_a_move_without_an_easier_way_is_only_skipped(qtbot: QtBot, tmp_path: Path) -> None:
    """Nothing is promised that is not there."""
    house = furnished_with_ways(qtbot, tmp_path)
    house.conductor.start_by_id("bedtime")
    with qtbot.assertNotEmitted(house.conductor.learned):
        house.conductor.do(Move.HURTS)
    assert house.history.record.variants == {}


def test_another_way_begins_the_step_anew_and_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    """The step that runs becomes the other one; the rest stays as it was."""
    house = furnished_with_ways(qtbot, tmp_path)
    house.conductor.start_by_id("evening")
    house.pass_seconds(30)

    house.conductor.take_way("soft")

    assert house.driver.session is not None
    assert (title(house), house.driver.session.spent) == ("Softer", 0.0)
    assert house.history.record.variants == {"calf": "soft"}


def test_another_way_keeps_the_step_where_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    """In the second step nothing goes back to the first."""
    house = furnished_with_ways(qtbot, tmp_path)
    house.shelf.routines["evening"] = routine(
        step("Thigh", move="thigh"), step("Calf", move="calf", variants=Variants(easier="soft"))
    )
    house.conductor.start_by_id("evening")
    house.conductor.do(Move.NEXT)
    house.conductor.do(Move.NEXT)

    house.conductor.take_way("soft")

    assert house.driver.session is not None
    assert (title(house), house.driver.session.segment.step_index) == ("Softer", 1)


def test_late_at_night_no_way_is_offered_that_stands(qtbot: QtBot, tmp_path: Path) -> None:
    """The clock on the wall says ten past eleven."""
    house = furnished_with_ways(qtbot, tmp_path)
    with qtbot.waitSignal(house.conductor.ways_changed) as told:
        house.conductor.start_by_id("evening")

    assert told.args is not None
    assert [way.move for way in told.args[0]] == ["soft"]


def test_late_at_night_a_standing_way_of_before_is_not_taken(qtbot: QtBot, tmp_path: Path) -> None:
    """What was chosen by day is not done in the dark."""
    house = furnished_with_ways(qtbot, tmp_path, History(variants={"calf": "stand"}))

    house.conductor.start_by_id("evening")

    assert title(house) == "Calf"


def test_a_routine_in_between_leaves_what_was_left(house: House) -> None:
    """After a cramp the session of before can still be taken up; nothing counts as used."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    assert house.conductor.pause()
    kept = house.resume.kept

    house.conductor.start_in_between(routine(step("Rub", hold=5.0, ready=1.0), id="after"))
    house.pass_seconds(40)

    assert house.resume.kept == kept
    assert house.history.record.by_last_use() == ("bedtime",)


def test_a_pause_from_outside_is_told_only_where_one_ran(house: House) -> None:
    """Whoever pauses knows whether to go on afterwards."""
    assert not house.conductor.pause()
    house.conductor.start_by_id("bedtime")

    assert house.conductor.pause()
    assert not house.conductor.pause()
    house.conductor.resume()
    assert running(house) is Status.RUNNING


def change(house: House, **values: object) -> None:
    """Choose other settings while a session runs."""
    settings = replace(house.settings.record, **values)  # type: ignore[arg-type]
    house.conductor.follow(settings)


def test_another_voice_level_is_heard_at_once(house: House) -> None:
    """What is already on its way is taken back, and nothing more is spoken."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(19)
    house.sound.scheduled.clear()
    before = house.sound.cancels
    change(house, voice=VoiceLevel.CHIME)
    house.pass_seconds(50)

    assert house.sound.cancels == before + 1
    assert {due.cue for due in house.sound.scheduled} == {Cue.BEGIN}


def test_other_times_hold_at_once(house: House) -> None:
    """The hold that runs is a minute long from now on, and so are those to come."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    change(house, hold=60.0)

    assert house.driver.session is not None
    assert house.driver.session.remaining == 30.0
    assert {s.seconds for s in house.driver.session.timeline.segments if s.phase is Phase.HOLD} == {
        60.0
    }


def test_a_session_that_is_to_wait_waits_at_the_next_phase(house: House) -> None:
    """Wait for me is chosen while it runs."""
    house.conductor.start_by_id("bedtime")
    change(house, advance=Advance.WAIT)
    house.pass_seconds(60)

    assert house.driver.session is not None
    assert house.driver.session.is_waiting


def test_a_pause_outlasts_other_settings(house: House) -> None:
    """Nothing begins to run because something was chosen."""
    house.conductor.start_by_id("bedtime")
    house.driver.toggle_pause()
    change(house, hold=30.0, voice=VoiceLevel.QUIET)

    assert running(house) is Status.PAUSED
    assert not house.keep_awake.held


def test_sides_that_were_turned_stay_turned_with_other_times(house: House) -> None:
    """The other side was asked for in this session."""
    house.conductor.start_by_id("bedtime")
    house.driver.move(Move.OTHER_SIDE)
    change(house, ready=40.0)

    assert house.driver.session is not None
    assert house.driver.session.segment.side is Side.LEFT


def test_a_session_that_is_replaced_is_seen_no_more(house: House) -> None:
    """A look while the next one's page is made ready is no look at the one before."""
    house.shelf.routines["short"] = routine(step("Calf"))
    house.conductor.start_by_id("bedtime")
    for _ in range(2):
        house.conductor.do(Move.NEXT)
    seen: list[str] = []
    house.driver.changed.connect(lambda one: seen.append(one.segment.step.title))
    house.conductor.session_begun.connect(lambda _timeline: house.driver.set_lively(False))

    house.conductor.start_by_id("short")

    assert set(seen) == {"Calf"}
    assert house.resume.kept is not None
    assert house.resume.kept.label == "Calf"


def test_settings_without_a_session_change_nothing(house: House) -> None:
    """There is nothing to follow."""
    change(house, hold=60.0)

    assert house.driver.session is None


LEFT_CALF = routine(step("Calf", sides=Sides.LEFT), id="left", name="My calf")


@pytest.fixture
def asked(house: House) -> list[Question]:
    """Return what the conductor asks; the library knows `left`, which is for one leg."""
    house.shelf.routines["left"] = LEFT_CALF
    asked: list[Question] = []
    house.conductor.asked.connect(asked.append)
    return asked


def test_one_legs_routine_asks_which(house: House, asked: list[Question]) -> None:
    """And runs on the leg of the answer."""
    house.conductor.start_by_id("left")
    assert asked == [Question(name="My calf", which_leg=True)]
    assert house.driver.session is None

    house.conductor.answer_leg(Side.RIGHT)
    assert house.driver.session is not None
    assert house.driver.session.segment.side is Side.RIGHT


@pytest.mark.parametrize(
    ("next_start", "questions"), [("2026-02-01T05:59", 0), ("2026-02-01T21:00", 2)]
)
def test_both_answers_hold_until_the_morning(
    house: House, asked: list[Question], next_start: str, questions: int
) -> None:
    """The next evening asks which leg, and of a clot, again."""
    house.conductor.start_by_id("left")
    house.conductor.answer_leg(Side.LEFT)
    asked.clear()
    house.wall_words = next_start
    house.conductor.start_by_id("left")
    house.conductor.answer_leg(Side.LEFT)

    assert len(asked) == questions


def test_a_leg_that_is_given_is_not_asked_for(house: House, asked: list[Question]) -> None:
    """`--side` says it."""
    house.conductor.start("left", LEFT_CALF, Side.RIGHT)

    assert asked == []
    assert house.driver.session is not None
    assert house.driver.session.segment.side is Side.RIGHT


def test_a_plan_was_made_for_its_leg(house: House, asked: list[Question]) -> None:
    """It was picked on the map a moment ago."""
    house.conductor.start("plan", LEFT_CALF)

    assert asked == []


def test_what_was_turned_back_from_is_not_remembered(house: House, asked: list[Question]) -> None:
    """Neither its use nor its leg."""
    house.wall_words = "2026-02-02T23:10"
    before = house.history.record
    house.conductor.start_by_id("left")
    house.conductor.answer_leg(Side.LEFT)
    house.window.add_page("home", QWidget())
    house.conductor.turn_back()

    assert [one.which_leg for one in asked] == [True, False]
    assert house.history.record == before
    assert house.driver.session is None


def test_an_answer_to_nothing_begins_nothing(house: House) -> None:
    """A page that is shown no more may still be pressed."""
    for answer in (house.conductor.answer_alike, house.conductor.answer_unlike):
        answer()
    house.conductor.answer_leg(Side.LEFT)

    assert house.driver.session is None
    assert house.history.record.last_used == {}


def test_another_way_that_rubs_one_leg_is_asked_about(house: House, asked: list[Question]) -> None:
    """A step may be done in ways that strain what it did not."""
    written = step(
        "Thigh", move="thigh", variants=Variants(easier="rub"), picture="figure:quad-side"
    )
    house.shelf.routines |= {
        "thigh": routine(written, id="thigh"),
        "rub": routine(step("Rub", kind=Kind.MASSAGE, move="rub"), id="rub"),
    }
    house.wall_words = "2026-02-02T23:10"
    house.conductor.start_by_id("thigh", Side.LEFT)
    assert asked == []
    house.conductor.take_way("rub")

    assert [one.which_leg for one in asked] == [False]
    assert running(house) is Status.PAUSED
