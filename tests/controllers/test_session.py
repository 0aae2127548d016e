"""The session's controller: starting, resuming and ending sessions, and settings during one."""

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
    """Stores settings in memory."""

    def __init__(self, record: T) -> None:
        self.record = record

    def load(self) -> tuple[T, tuple[Problem, ...]]:
        """Return the settings."""
        return self.record, ()

    def save(self, record: T) -> Problem | None:
        """Store the settings."""
        self.record = record
        return None


class FakeResume:
    """Stores one state in memory, and counts the lasting saves."""

    def __init__(self) -> None:
        self.kept: Resume | None = None
        self.lasting = 0

    def save(self, resume: Resume, *, lasting: bool = False) -> Problem | None:
        """Store the state."""
        self.kept = resume
        self.lasting += lasting
        return None

    def load(self) -> Resume | None:
        """Return the state."""
        return self.kept

    def clear(self) -> None:
        """Delete the state."""
        self.kept = None


@dataclass
class FakeLookup:
    """A lookup of a few routines."""

    folder: Path
    routines: dict[str, Routine | None] = field(default_factory=dict)

    def entry(self, routine_id: str) -> Entry | None:
        """Return the entry of a known routine."""
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
        """Yield all entries."""
        return filter(None, map(self.entry, self.routines))

    def refresh(self) -> frozenset[str]:
        """Return no changed ids."""
        return frozenset()


@dataclass
class House:
    """A session controller with fakes for its ports."""

    conductor: SessionController
    driver: SessionDriver
    window: MainWindow
    clock: FakeClock
    settings: FakeStore[Settings]
    history: FakeStore[History]
    resume: FakeResume
    keep_awake: FakeKeepAwake
    shelf: FakeLookup
    sound: FakeSound
    wall_words: str = "2026-01-31T23:10"

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass in steps too short to count as sleep."""
        for _ in range(int(seconds)):
            self.clock.pass_seconds(1.0)
            self.driver.tick()


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path) -> House:
    """Return a controller with the routine `bedtime` and the broken `torn`.

    The legs were found alike this evening.
    """
    return house_with(qtbot, tmp_path, history=History(legs_alike="2026-01-31T21:00"))


def house_with(
    qtbot: QtBot, folder: Path, settings: Settings = DEFAULTS, *, history: History = NO_HISTORY
) -> House:
    """Return a controller with these settings."""
    window, clock, sound = MainWindow(), FakeClock(), FakeSound()
    qtbot.addWidget(window)
    for name in ("library", "session", "end"):
        window.add_page(name, QWidget())
    driver = SessionDriver(clock, clock, sound, parent=window)
    kept, used = FakeStore(settings), FakeStore(history)
    resume, awake = FakeResume(), FakeKeepAwake()
    shelf = FakeLookup(folder, {"bedtime": five_steps(), "torn": None})
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
    """The page is shown, the machine kept awake and the use stored."""
    house.conductor.start_by_id("bedtime")

    assert house.window.page_name == "session"
    assert running(house) is Status.RUNNING
    assert house.keep_awake.held
    assert house.history.record.by_last_use() == ("bedtime",)


def test_a_broken_routine_is_not_started(house: House, qtbot: QtBot) -> None:
    """A message is shown, and the page stays."""
    with qtbot.waitSignal(house.conductor.failed) as said:
        house.conductor.start_by_id("torn")

    assert "Torn" in said.args[0]
    assert house.driver.session is None


def test_the_side_that_was_chosen_is_remembered(house: House) -> None:
    """The next start uses the last chosen side."""
    house.conductor.start_by_id("bedtime", Side.LEFT)
    house.conductor.start_by_id("bedtime")

    assert house.driver.session is not None
    assert house.driver.session.timeline.routine.steps[0].worked_sides == (Side.LEFT,)


def test_a_pause_lets_the_machine_sleep(house: House) -> None:
    """A resume keeps the machine awake again."""
    house.conductor.start_by_id("bedtime")
    house.driver.toggle_pause()
    assert not house.keep_awake.held

    house.driver.toggle_pause()
    assert house.keep_awake.held


def test_the_position_is_saved_while_it_runs(house: House) -> None:
    """It is saved every second, and lasting at each new phase."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)

    assert house.resume.kept is not None
    assert (house.resume.kept.label, house.resume.kept.remaining) == ("Hamstrings", 90.0)
    assert house.resume.lasting == 2


def test_a_session_is_resumed_by_another_run(house: House, qtbot: QtBot, tmp_path: Path) -> None:
    """Another run of the program offers it and resumes in the same second."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    later = house_with(qtbot, tmp_path, history=house.history.record)
    later.resume.kept = house.resume.kept

    with qtbot.waitSignal(later.conductor.continue_offered) as offered:
        later.conductor.offer_to_continue()
    assert offered.args == ["Continue: Hamstrings, right, 1:30 left"]

    later.conductor.continue_session()
    assert later.driver.session is not None
    assert later.driver.session.remaining == 90.0


def test_a_routine_that_has_changed_is_not_offered(house: House, qtbot: QtBot) -> None:
    """The saved position has no meaning in a changed routine."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    house.shelf.routines["bedtime"] = routine(step(hold=60.0))

    with qtbot.waitSignal(house.conductor.continue_offered) as offered:
        house.conductor.offer_to_continue()
    assert offered.args == [None]


def test_a_finished_session_is_not_offered(house: House) -> None:
    """The state is deleted, the end page shown, the machine released."""
    house.shelf.routines["short"] = routine(step(hold=10.0, ready=1.0, switch=1.0))
    house.conductor.start_by_id("short")
    house.pass_seconds(25)

    assert house.resume.kept is None
    assert house.window.page_name == "end"
    assert not house.keep_awake.held


def test_a_stopped_session_can_be_resumed(house: House) -> None:
    """Esc needs no question because nothing is lost."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    house.conductor.do(Move.STOP)

    assert house.window.page_name == "end"
    assert house.resume.kept is not None


def test_again_and_the_other_side(house: House) -> None:
    """The end page has a button for each."""
    house.conductor.start_by_id("bedtime", Side.LEFT)
    house.conductor.do(Move.STOP)
    house.conductor.start_again(Side.RIGHT)

    assert house.driver.session is not None
    assert house.driver.session.timeline.routine.steps[0].worked_sides == (Side.RIGHT,)


def test_closing_the_window_saves_the_position(house: House) -> None:
    """The save is lasting, and the machine is released."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(3)
    house.conductor.leave()

    assert house.resume.kept is not None
    assert not house.keep_awake.held


def test_ready_waits_for_the_user_if_set(qtbot: QtBot, tmp_path: Path) -> None:
    """With "Wait for me" the hold does not begin by itself."""
    house = house_with(qtbot, tmp_path, replace(Settings(), advance=Advance.WAIT))
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(60)

    assert house.driver.session is not None
    assert house.driver.session.is_waiting


def test_waiting_for_the_user_releases_the_machine(qtbot: QtBot, tmp_path: Path) -> None:
    """The user may have fallen asleep; the next hold keeps it awake again."""
    house = house_with(qtbot, tmp_path, replace(Settings(), advance=Advance.WAIT))
    house.conductor.start_by_id("bedtime")
    before = house.keep_awake.held
    house.pass_seconds(60)
    waiting = house.keep_awake.held
    house.conductor.do(Move.GO_ON)

    assert (before, waiting, house.keep_awake.held) == (True, False, True)


def house_with_variants(qtbot: QtBot, folder: Path, history: History = NO_HISTORY) -> House:
    """Return a controller whose routine has an exercise with an easier and a standing variant."""
    house = house_with(qtbot, folder, history=history)
    ways = Variants(easier="soft", standing="stand")
    house.shelf.routines |= {
        "evening": routine(step("Calf", move="calf", variants=ways), step("Thigh", move="thigh")),
        "calf": routine(step("Calf", move="calf", variants=ways)),
        "soft": routine(step("Softer", move="soft")),
        "stand": routine(step("At the wall", move="stand", night=Night.NO)),
    }
    return house


def title(house: House) -> str:
    """Return the title of the current step."""
    assert house.driver.session is not None
    return house.driver.session.segment.step.title


def test_after_pain_the_next_session_has_the_easier_variant(qtbot: QtBot, tmp_path: Path) -> None:
    """A message says so."""
    house = house_with_variants(qtbot, tmp_path)
    house.conductor.start_by_id("evening")
    with qtbot.waitSignal(house.conductor.learned) as told:
        house.conductor.do(Move.HURTS)

    house.conductor.start_by_id("evening")

    assert told.args is not None
    assert told.args[0].title == title(house) == "Softer"


def test_a_session_that_hurt_can_be_resumed(qtbot: QtBot, tmp_path: Path) -> None:
    """The easier variant applies to the next session."""
    house = house_with_variants(qtbot, tmp_path)
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


def test_a_variant_of_the_day_is_resumed_at_night(qtbot: QtBot, tmp_path: Path) -> None:
    """The variants are saved with the position and used at any hour."""
    house = house_with_variants(qtbot, tmp_path, History(variants={"calf": "stand"}))
    at = house.conductor._machine
    house.conductor._variants = VariantSelector(
        house.shelf, house.conductor._history, lambda: "2026-01-31T12:00"
    )
    house.conductor.start_by_id("evening")
    house.pass_seconds(30)
    assert title(house) == "At the wall"
    house.conductor.do(Move.STOP)
    house.conductor._variants = VariantSelector(
        house.shelf, house.conductor._history, at.wall_words
    )

    house.conductor.continue_session()

    assert running(house) is Status.RUNNING
    assert title(house) == "At the wall"


def test_an_easier_variant_can_be_undone(qtbot: QtBot, tmp_path: Path) -> None:
    """Undo restores the exercise of before."""
    house = house_with_variants(qtbot, tmp_path)
    house.conductor.start_by_id("evening")
    with qtbot.waitSignal(house.conductor.learned) as told:
        house.conductor.do(Move.HURTS)
    assert told.args is not None

    house.conductor.unlearn(told.args[0])

    assert house.history.record.variants == {}


def test_an_exercise_without_an_easier_variant_is_only_skipped(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """No message promises one."""
    house = house_with_variants(qtbot, tmp_path)
    house.conductor.start_by_id("bedtime")
    with qtbot.assertNotEmitted(house.conductor.learned):
        house.conductor.do(Move.HURTS)
    assert house.history.record.variants == {}


def test_another_variant_restarts_the_step_and_is_stored(qtbot: QtBot, tmp_path: Path) -> None:
    """Only the current step is replaced."""
    house = house_with_variants(qtbot, tmp_path)
    house.conductor.start_by_id("evening")
    house.pass_seconds(30)

    house.conductor.use_variant("soft")

    assert house.driver.session is not None
    assert (title(house), house.driver.session.spent) == ("Softer", 0.0)
    assert house.history.record.variants == {"calf": "soft"}


def test_another_variant_keeps_the_step_index(qtbot: QtBot, tmp_path: Path) -> None:
    """A variant in the second step does not go back to the first."""
    house = house_with_variants(qtbot, tmp_path)
    house.shelf.routines["evening"] = routine(
        step("Thigh", move="thigh"), step("Calf", move="calf", variants=Variants(easier="soft"))
    )
    house.conductor.start_by_id("evening")
    house.conductor.do(Move.NEXT)
    house.conductor.do(Move.NEXT)

    house.conductor.use_variant("soft")

    assert house.driver.session is not None
    assert (title(house), house.driver.session.segment.step_index) == ("Softer", 1)


def test_late_at_night_no_standing_variant_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    """The wall clock shows ten past eleven."""
    house = house_with_variants(qtbot, tmp_path)
    with qtbot.waitSignal(house.conductor.variants_changed) as told:
        house.conductor.start_by_id("evening")

    assert told.args is not None
    assert [way.move for way in told.args[0]] == ["soft"]


def test_late_at_night_a_stored_standing_variant_is_not_used(qtbot: QtBot, tmp_path: Path) -> None:
    """A choice of the day does not apply at night."""
    house = house_with_variants(qtbot, tmp_path, History(variants={"calf": "stand"}))

    house.conductor.start_by_id("evening")

    assert title(house) == "Calf"


def test_a_session_after_a_cramp_can_be_resumed(house: House) -> None:
    """The routine after a cramp is not stored as used."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    assert house.conductor.pause()
    kept = house.resume.kept

    house.conductor.start_in_between(routine(step("Rub", hold=5.0, ready=1.0), id="after"))
    house.pass_seconds(40)

    assert house.resume.kept == kept
    assert house.history.record.by_last_use() == ("bedtime",)


def test_a_pause_from_outside_returns_whether_it_paused(house: House) -> None:
    """The caller resumes only what it paused."""
    assert not house.conductor.pause()
    house.conductor.start_by_id("bedtime")

    assert house.conductor.pause()
    assert not house.conductor.pause()
    house.conductor.resume()
    assert running(house) is Status.RUNNING


def change(house: House, **values: object) -> None:
    """Change the settings while a session runs."""
    settings = replace(house.settings.record, **values)  # type: ignore[arg-type]
    house.conductor.follow(settings)


def test_another_voice_level_is_heard_at_once(house: House) -> None:
    """Scheduled cues are cancelled, and nothing more is spoken."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(19)
    house.sound.scheduled.clear()
    before = house.sound.cancels
    change(house, voice=VoiceLevel.CHIME)
    house.pass_seconds(50)

    assert house.sound.cancels == before + 1
    assert {due.cue for due in house.sound.scheduled} == {Cue.BEGIN}


def test_other_times_apply_at_once(house: House) -> None:
    """The current hold and all later ones are a minute long."""
    house.conductor.start_by_id("bedtime")
    house.pass_seconds(50)
    change(house, hold=60.0)

    assert house.driver.session is not None
    assert house.driver.session.remaining == 30.0
    assert {s.seconds for s in house.driver.session.timeline.segments if s.phase is Phase.HOLD} == {
        60.0
    }


def test_a_session_that_is_to_wait_waits_at_the_next_phase(house: House) -> None:
    """The choice "Wait for me" is made while the session runs."""
    house.conductor.start_by_id("bedtime")
    change(house, advance=Advance.WAIT)
    house.pass_seconds(60)

    assert house.driver.session is not None
    assert house.driver.session.is_waiting


def test_a_pause_outlasts_other_settings(house: House) -> None:
    """Changed settings do not resume a session."""
    house.conductor.start_by_id("bedtime")
    house.driver.toggle_pause()
    change(house, hold=30.0, voice=VoiceLevel.QUIET)

    assert running(house) is Status.PAUSED
    assert not house.keep_awake.held


def test_swapped_sides_stay_swapped_with_other_times(house: House) -> None:
    """The other side was chosen in this session."""
    house.conductor.start_by_id("bedtime")
    house.driver.move(Move.OTHER_SIDE)
    change(house, ready=40.0)

    assert house.driver.session is not None
    assert house.driver.session.segment.side is Side.LEFT


def test_a_session_that_is_replaced_is_seen_no_more(house: House) -> None:
    """A tick while the next page is built does not show the old session."""
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
    """Without a session changed settings have no effect."""
    change(house, hold=60.0)

    assert house.driver.session is None


LEFT_CALF = routine(step("Calf", sides=Sides.LEFT), id="left", name="My calf")


@pytest.fixture
def asked(house: House) -> list[Question]:
    """Return the questions of the controller; the routine `left` is for one leg."""
    house.shelf.routines["left"] = LEFT_CALF
    asked: list[Question] = []
    house.conductor.questions.asked.connect(asked.append)
    return asked


def test_a_routine_for_one_leg_asks_for_the_leg(house: House, asked: list[Question]) -> None:
    """It runs on the leg of the answer."""
    house.conductor.start_by_id("left")
    assert asked == [Question(name="My calf", which_leg=True)]
    assert house.driver.session is None

    house.conductor.questions.answer_leg(Side.RIGHT)
    assert house.driver.session is not None
    assert house.driver.session.segment.side is Side.RIGHT


@pytest.mark.parametrize(
    ("next_start", "questions"), [("2026-02-01T05:59", 0), ("2026-02-01T21:00", 2)]
)
def test_both_answers_hold_until_the_morning(
    house: House, asked: list[Question], next_start: str, questions: int
) -> None:
    """The next evening asks for the leg and about a clot again."""
    house.conductor.start_by_id("left")
    house.conductor.questions.answer_leg(Side.LEFT)
    asked.clear()
    house.wall_words = next_start
    house.conductor.start_by_id("left")
    house.conductor.questions.answer_leg(Side.LEFT)

    assert len(asked) == questions


def test_a_leg_that_is_given_is_not_asked_for(house: House, asked: list[Question]) -> None:
    """`--side` is the answer."""
    house.conductor.start("left", LEFT_CALF, Side.RIGHT)

    assert asked == []
    assert house.driver.session is not None
    assert house.driver.session.segment.side is Side.RIGHT


def test_a_plan_was_made_for_its_leg(house: House, asked: list[Question]) -> None:
    """A plan's leg was chosen on the map, so it is not asked for."""
    house.conductor.start("plan", LEFT_CALF)

    assert asked == []


def test_a_cancelled_start_is_not_stored(house: House, asked: list[Question]) -> None:
    """Neither its use nor its leg is stored."""
    house.wall_words = "2026-02-02T23:10"
    before = house.history.record
    house.conductor.start_by_id("left")
    house.conductor.questions.answer_leg(Side.LEFT)
    house.window.add_page("home", QWidget())
    house.conductor.questions.turn_back()

    assert [one.which_leg for one in asked] == [True, False]
    assert house.history.record == before
    assert house.driver.session is None


def test_an_answer_to_nothing_begins_nothing(house: House) -> None:
    """The buttons of a hidden page have no effect."""
    for answer in (house.conductor.questions.answer_alike, house.conductor.questions.answer_unlike):
        answer()
    house.conductor.questions.answer_leg(Side.LEFT)

    assert house.driver.session is None
    assert house.history.record.last_used == {}


def test_another_variant_that_rubs_one_leg_is_asked_about(
    house: House, asked: list[Question]
) -> None:
    """A variant may be harmful where the step was not."""
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
    house.conductor.use_variant("rub")

    assert [one.which_leg for one in asked] == [False]
    assert running(house) is Status.PAUSED


def start_left_calf(house: House) -> None:
    """Start the routine of the left calf in an evening whose question about a clot is answered."""
    house.conductor.start("left", LEFT_CALF, Side.LEFT)
    house.pass_seconds(3)


def side_of(house: House) -> Side:
    """Return the side that works."""
    assert house.driver.session is not None
    return house.driver.session.segment.side


NEXT_EVENING = "2026-02-01T18:00"


def test_the_other_leg_asks_about_a_clot_first(house: House, asked: list[Question]) -> None:
    """A session that has waited since the evening before works no other leg without an answer."""
    start_left_calf(house)
    house.wall_words = NEXT_EVENING
    house.conductor.do(Move.OTHER_SIDE)

    assert asked == [Question(name="My calf", side=Side.RIGHT)]
    assert running(house) is Status.PAUSED


def test_after_the_answer_the_other_leg_runs(house: House, asked: list[Question]) -> None:
    """The session continues on the other leg, and the answer holds for the evening."""
    start_left_calf(house)
    house.wall_words = NEXT_EVENING
    house.conductor.do(Move.OTHER_SIDE)
    house.conductor.questions.answer_alike()
    after_answer = (side_of(house), running(house))
    house.conductor.do(Move.OTHER_SIDE)

    assert after_answer == (Side.RIGHT, Status.RUNNING)
    assert len(asked) == 1
    assert side_of(house) is Side.LEFT


@pytest.mark.usefixtures("asked")
def test_without_an_answer_the_leg_stays(house: House) -> None:
    """Esc returns to the page of the session, which is still at its place."""
    start_left_calf(house)
    assert house.driver.session is not None
    before = house.driver.session
    house.wall_words = NEXT_EVENING
    house.conductor.do(Move.OTHER_SIDE)
    house.conductor.questions.turn_back()

    assert house.window.page_name == "session"
    assert house.driver.session.timeline == before.timeline
    assert house.driver.session.spent == before.spent


def test_a_session_paused_before_stays_paused_on_the_other_leg(
    house: House, asked: list[Question]
) -> None:
    """The answer resumes only what ran."""
    start_left_calf(house)
    house.conductor.pause()
    house.wall_words = NEXT_EVENING
    house.conductor.do(Move.OTHER_SIDE)
    house.conductor.questions.answer_alike()

    assert len(asked) == 1
    assert running(house) is Status.PAUSED
    assert side_of(house) is Side.RIGHT


def test_another_order_of_legs_is_not_asked_about(house: House, asked: list[Question]) -> None:
    """In a step for each leg in turn, S works no leg that was not to work."""
    house.shelf.routines["mixed"] = routine(
        step("Calf", sides=Sides.EACH), step("Calf", sides=Sides.LEFT)
    )
    house.conductor.start_by_id("mixed")
    house.wall_words = NEXT_EVENING
    house.conductor.do(Move.OTHER_SIDE)

    assert asked == []


def test_again_starts_on_the_side_where_the_session_ended(
    house: House, asked: list[Question]
) -> None:
    """After S, that is the other side."""
    start_left_calf(house)
    house.conductor.do(Move.OTHER_SIDE)
    house.conductor.do(Move.STOP)
    house.conductor.start_again()

    assert asked == []
    assert side_of(house) is Side.RIGHT


def test_again_runs_a_plan_on_the_side_where_it_ended(house: House) -> None:
    """A plan's leg was chosen on the map; S changes it for the next run."""
    house.conductor.start("plan", LEFT_CALF)
    house.conductor.do(Move.OTHER_SIDE)
    house.conductor.do(Move.STOP)
    house.conductor.start_again()

    assert side_of(house) is Side.RIGHT
