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
class Setup:
    """A session controller with fakes for its ports."""

    controller: SessionController
    driver: SessionDriver
    window: MainWindow
    clock: FakeClock
    settings: FakeStore[Settings]
    history: FakeStore[History]
    resume: FakeResume
    keep_awake: FakeKeepAwake
    routines: FakeLookup
    sound: FakeSound
    wall_words: str = "2026-01-31T23:10"

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass in steps too short to count as sleep."""
        for _ in range(int(seconds)):
            self.clock.pass_seconds(1.0)
            self.driver.tick()


@pytest.fixture
def setup(qtbot: QtBot, tmp_path: Path) -> Setup:
    """Return a controller with the routine `bedtime` and the broken `torn`.

    The legs were found alike this evening.
    """
    return setup_with(qtbot, tmp_path, history=History(legs_alike="2026-01-31T21:00"))


def setup_with(
    qtbot: QtBot, folder: Path, settings: Settings = DEFAULTS, *, history: History = NO_HISTORY
) -> Setup:
    """Return a controller with these settings."""
    window, clock, sound = MainWindow(), FakeClock(), FakeSound()
    qtbot.addWidget(window)
    for name in ("library", "session", "end"):
        window.add_page(name, QWidget())
    driver = SessionDriver(clock, clock, sound, parent=window)
    kept, used = FakeStore(settings), FakeStore(history)
    resume, awake = FakeResume(), FakeKeepAwake()
    routines = FakeLookup(folder, {"bedtime": five_steps(), "torn": None})
    machine = SystemServices(
        keep_awake=awake,
        media_keys=NullMediaKeys(),
        wall_seconds=lambda: 5.0,
        wall_words=lambda: made.wall_words,
    )
    controller = SessionController(
        window,
        routines,
        RecordModel(lambda: kept),
        RecordModel(lambda: used),
        resume=resume,
        driver=driver,
        machine=machine,
    )
    made = Setup(controller, driver, window, clock, kept, used, resume, awake, routines, sound)
    return made


def running(setup: Setup) -> Status:
    """Return the status of the session."""
    assert setup.driver.session is not None
    return setup.driver.session.status


def test_a_routine_is_started_by_its_id(setup: Setup) -> None:
    """The page is shown, the machine kept awake and the use stored."""
    setup.controller.start_by_id("bedtime")

    assert setup.window.page_name == "session"
    assert running(setup) is Status.RUNNING
    assert setup.keep_awake.held
    assert setup.history.record.by_last_use() == ("bedtime",)


def test_a_broken_routine_is_not_started(setup: Setup, qtbot: QtBot) -> None:
    """A message is shown, and the page stays."""
    with qtbot.waitSignal(setup.controller.failed) as said:
        setup.controller.start_by_id("torn")

    assert "Torn" in said.args[0]
    assert setup.driver.session is None


def test_the_side_that_was_chosen_is_remembered(setup: Setup) -> None:
    """The next start uses the last chosen side."""
    setup.controller.start_by_id("bedtime", Side.LEFT)
    setup.controller.start_by_id("bedtime")

    assert setup.driver.session is not None
    assert setup.driver.session.timeline.routine.steps[0].worked_sides == (Side.LEFT,)


def test_a_pause_lets_the_machine_sleep(setup: Setup) -> None:
    """A resume keeps the machine awake again."""
    setup.controller.start_by_id("bedtime")
    setup.driver.toggle_pause()
    assert not setup.keep_awake.held

    setup.driver.toggle_pause()
    assert setup.keep_awake.held


def test_the_position_is_saved_while_it_runs(setup: Setup) -> None:
    """It is saved every second, and lasting at each new phase."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(50)

    assert setup.resume.kept is not None
    assert (setup.resume.kept.label, setup.resume.kept.remaining) == ("Hamstrings", 90.0)
    assert setup.resume.lasting == 2


def test_a_session_is_resumed_by_another_run(setup: Setup, qtbot: QtBot, tmp_path: Path) -> None:
    """Another run of the program offers it, gives time to get ready, and holds what was left."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(50)
    later = setup_with(qtbot, tmp_path, history=setup.history.record)
    later.resume.kept = setup.resume.kept

    with qtbot.waitSignal(later.controller.continue_offered) as offered:
        later.controller.offer_to_continue()
    assert offered.args == ["R: Hamstrings, right leg, 1:30 to go"]

    later.controller.continue_session()
    session = later.driver.session
    assert session is not None
    assert (session.segment.phase, session.remaining) == (Phase.READY, 20.0)
    later.pass_seconds(20)
    session = later.driver.session
    assert session is not None
    assert (session.segment.phase, session.remaining) == (Phase.HOLD, 90.0)


def test_a_session_that_was_continued_keeps_its_place(setup: Setup) -> None:
    """Stopped while getting ready again, or in the rest of the hold, it is offered as before."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(50)
    setup.controller.do(Move.STOP)
    for seconds, left in ((5, 90.0), (40, 70.0)):
        setup.controller.continue_session()
        setup.pass_seconds(seconds)
        setup.controller.do(Move.STOP)
        assert setup.resume.kept is not None
        assert setup.resume.kept.remaining == left


def test_a_routine_that_has_changed_is_not_offered(setup: Setup, qtbot: QtBot) -> None:
    """The saved position has no meaning in a changed routine."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(50)
    setup.routines.routines["bedtime"] = routine(step(hold=60.0))

    with qtbot.waitSignal(setup.controller.continue_offered) as offered:
        setup.controller.offer_to_continue()
    assert offered.args == [None]


def test_a_finished_session_is_not_offered(setup: Setup) -> None:
    """The state is deleted, the end page shown, the machine released."""
    setup.routines.routines["short"] = routine(step(hold=10.0, ready=1.0, switch=1.0))
    setup.controller.start_by_id("short")
    setup.pass_seconds(25)

    assert setup.resume.kept is None
    assert setup.window.page_name == "end"
    assert not setup.keep_awake.held


def test_a_stopped_session_can_be_resumed(setup: Setup) -> None:
    """Esc needs no question because nothing is lost."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(50)
    setup.controller.do(Move.STOP)

    assert setup.window.page_name == "end"
    assert setup.resume.kept is not None


def test_again_and_the_other_side(setup: Setup) -> None:
    """The end page has a button for each."""
    setup.controller.start_by_id("bedtime", Side.LEFT)
    setup.controller.do(Move.STOP)
    setup.controller.start_again(Side.RIGHT)

    assert setup.driver.session is not None
    assert setup.driver.session.timeline.routine.steps[0].worked_sides == (Side.RIGHT,)


def test_closing_the_window_saves_the_position(setup: Setup) -> None:
    """The save is lasting, and the machine is released."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(3)
    setup.controller.leave()

    assert setup.resume.kept is not None
    assert not setup.keep_awake.held


def test_ready_waits_for_the_user_if_set(qtbot: QtBot, tmp_path: Path) -> None:
    """With "Wait for me" the hold does not begin by itself."""
    setup = setup_with(qtbot, tmp_path, replace(Settings(), advance=Advance.WAIT))
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(60)

    assert setup.driver.session is not None
    assert setup.driver.session.is_waiting


def test_waiting_for_the_user_releases_the_machine(qtbot: QtBot, tmp_path: Path) -> None:
    """The user may have fallen asleep; the next hold keeps it awake again."""
    setup = setup_with(qtbot, tmp_path, replace(Settings(), advance=Advance.WAIT))
    setup.controller.start_by_id("bedtime")
    before = setup.keep_awake.held
    setup.pass_seconds(60)
    waiting = setup.keep_awake.held
    setup.controller.do(Move.GO_ON)

    assert (before, waiting, setup.keep_awake.held) == (True, False, True)


def setup_with_variants(qtbot: QtBot, folder: Path, history: History = NO_HISTORY) -> Setup:
    """Return a controller whose routine has an exercise with an easier and a standing variant."""
    setup = setup_with(qtbot, folder, history=history)
    ways = Variants(easier="soft", standing="stand")
    setup.routines.routines |= {
        "evening": routine(step("Calf", move="calf", variants=ways), step("Thigh", move="thigh")),
        "calf": routine(step("Calf", move="calf", variants=ways)),
        "soft": routine(step("Softer", move="soft")),
        "stand": routine(step("At the wall", move="stand", night=Night.NO)),
    }
    return setup


def title(setup: Setup) -> str:
    """Return the title of the current step."""
    assert setup.driver.session is not None
    return setup.driver.session.segment.step.title


def test_after_pain_the_next_session_has_the_easier_variant(qtbot: QtBot, tmp_path: Path) -> None:
    """A message says so."""
    setup = setup_with_variants(qtbot, tmp_path)
    setup.controller.start_by_id("evening")
    with qtbot.waitSignal(setup.controller.learned) as told:
        setup.controller.do(Move.HURTS)

    setup.controller.start_by_id("evening")

    assert told.args is not None
    assert told.args[0].title == title(setup) == "Softer"


def test_a_session_that_hurt_can_be_resumed(qtbot: QtBot, tmp_path: Path) -> None:
    """The easier variant applies to the next session."""
    setup = setup_with_variants(qtbot, tmp_path)
    setup.controller.start_by_id("evening")
    setup.controller.do(Move.HURTS)
    setup.pass_seconds(30)
    assert setup.driver.session is not None
    index, left = setup.driver.session.index, setup.driver.session.remaining
    setup.controller.do(Move.STOP)

    setup.controller.continue_session()

    assert running(setup) is Status.RUNNING
    assert (setup.driver.session.index, setup.driver.session.spent) == (index - 1, 0.0)
    assert setup.driver.session.timeline.segments[index].seconds == left
    assert setup.driver.session.timeline.routine.steps[0].title == "Calf"


def test_a_variant_of_the_day_is_resumed_at_night(qtbot: QtBot, tmp_path: Path) -> None:
    """The variants are saved with the position and used at any hour."""
    setup = setup_with_variants(qtbot, tmp_path, History(variants={"calf": "stand"}))
    at = setup.controller._machine
    setup.controller._variants = VariantSelector(
        setup.routines, setup.controller._history, lambda: "2026-01-31T12:00"
    )
    setup.controller.start_by_id("evening")
    setup.pass_seconds(30)
    assert title(setup) == "At the wall"
    setup.controller.do(Move.STOP)
    setup.controller._variants = VariantSelector(
        setup.routines, setup.controller._history, at.wall_words
    )

    setup.controller.continue_session()

    assert running(setup) is Status.RUNNING
    assert title(setup) == "At the wall"


def test_an_easier_variant_can_be_undone(qtbot: QtBot, tmp_path: Path) -> None:
    """Undo restores the exercise of before."""
    setup = setup_with_variants(qtbot, tmp_path)
    setup.controller.start_by_id("evening")
    with qtbot.waitSignal(setup.controller.learned) as told:
        setup.controller.do(Move.HURTS)
    assert told.args is not None

    setup.controller.unlearn(told.args[0])

    assert setup.history.record.variants == {}


def test_an_exercise_without_an_easier_variant_is_only_skipped(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """No message promises one."""
    setup = setup_with_variants(qtbot, tmp_path)
    setup.controller.start_by_id("bedtime")
    with qtbot.assertNotEmitted(setup.controller.learned):
        setup.controller.do(Move.HURTS)
    assert setup.history.record.variants == {}


def test_another_variant_restarts_the_step_and_is_stored(qtbot: QtBot, tmp_path: Path) -> None:
    """Only the current step is replaced."""
    setup = setup_with_variants(qtbot, tmp_path)
    setup.controller.start_by_id("evening")
    setup.pass_seconds(30)

    setup.controller.use_variant("soft")

    assert setup.driver.session is not None
    assert (title(setup), setup.driver.session.spent) == ("Softer", 0.0)
    assert setup.history.record.variants == {"calf": "soft"}


def test_another_variant_keeps_the_step_index(qtbot: QtBot, tmp_path: Path) -> None:
    """A variant in the second step does not go back to the first."""
    setup = setup_with_variants(qtbot, tmp_path)
    setup.routines.routines["evening"] = routine(
        step("Thigh", move="thigh"), step("Calf", move="calf", variants=Variants(easier="soft"))
    )
    setup.controller.start_by_id("evening")
    setup.controller.do(Move.NEXT)
    setup.controller.do(Move.NEXT)

    setup.controller.use_variant("soft")

    assert setup.driver.session is not None
    assert (title(setup), setup.driver.session.segment.step_index) == ("Softer", 1)


def test_late_at_night_no_standing_variant_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    """The wall clock shows ten past eleven."""
    setup = setup_with_variants(qtbot, tmp_path)
    with qtbot.waitSignal(setup.controller.variants_changed) as told:
        setup.controller.start_by_id("evening")

    assert told.args is not None
    assert [way.move for way in told.args[0]] == ["soft"]


def test_late_at_night_a_stored_standing_variant_is_not_used(qtbot: QtBot, tmp_path: Path) -> None:
    """A choice of the day does not apply at night."""
    setup = setup_with_variants(qtbot, tmp_path, History(variants={"calf": "stand"}))

    setup.controller.start_by_id("evening")

    assert title(setup) == "Calf"


def test_a_session_after_a_cramp_can_be_resumed(setup: Setup) -> None:
    """The routine after a cramp is not stored as used."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(50)
    assert setup.controller.pause()
    kept = setup.resume.kept

    setup.controller.start_in_between(routine(step("Rub", hold=5.0, ready=1.0), id="after"))
    setup.pass_seconds(40)

    assert setup.resume.kept == kept
    assert setup.history.record.by_last_use() == ("bedtime",)


def test_a_pause_from_outside_returns_whether_it_paused(setup: Setup) -> None:
    """The caller resumes only what it paused."""
    assert not setup.controller.pause()
    setup.controller.start_by_id("bedtime")

    assert setup.controller.pause()
    assert not setup.controller.pause()
    setup.controller.resume()
    assert running(setup) is Status.RUNNING


def change(setup: Setup, **values: object) -> None:
    """Change the settings while a session runs."""
    settings = replace(setup.settings.record, **values)  # type: ignore[arg-type]
    setup.controller.follow(settings)


def test_another_voice_level_is_heard_at_once(setup: Setup) -> None:
    """Scheduled cues are cancelled, and nothing more is spoken."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(19)
    setup.sound.scheduled.clear()
    before = setup.sound.cancels
    change(setup, voice=VoiceLevel.CHIME)
    setup.pass_seconds(50)

    assert setup.sound.cancels == before + 1
    assert {due.cue for due in setup.sound.scheduled} == {Cue.BEGIN}


def test_other_times_apply_at_once(setup: Setup) -> None:
    """The current hold and all later ones are a minute long."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(50)
    change(setup, hold=60.0)

    assert setup.driver.session is not None
    assert setup.driver.session.remaining == 30.0
    assert {s.seconds for s in setup.driver.session.timeline.segments if s.phase is Phase.HOLD} == {
        60.0
    }


def test_a_session_that_is_to_wait_waits_at_the_next_phase(setup: Setup) -> None:
    """The choice "Wait for me" is made while the session runs."""
    setup.controller.start_by_id("bedtime")
    change(setup, advance=Advance.WAIT)
    setup.pass_seconds(60)

    assert setup.driver.session is not None
    assert setup.driver.session.is_waiting


def test_a_pause_outlasts_other_settings(setup: Setup) -> None:
    """Changed settings do not resume a session."""
    setup.controller.start_by_id("bedtime")
    setup.driver.toggle_pause()
    change(setup, hold=30.0, voice=VoiceLevel.QUIET)

    assert running(setup) is Status.PAUSED
    assert not setup.keep_awake.held


def test_swapped_sides_stay_swapped_with_other_times(setup: Setup) -> None:
    """The other side was chosen in this session."""
    setup.controller.start_by_id("bedtime")
    setup.driver.move(Move.OTHER_SIDE)
    change(setup, ready=40.0)

    assert setup.driver.session is not None
    assert setup.driver.session.segment.side is Side.LEFT


def test_a_session_that_is_replaced_is_seen_no_more(setup: Setup) -> None:
    """A tick while the next page is built does not show the old session."""
    setup.routines.routines["short"] = routine(step("Calf"))
    setup.controller.start_by_id("bedtime")
    for _ in range(2):
        setup.controller.do(Move.NEXT)
    seen: list[str] = []
    setup.driver.changed.connect(lambda one: seen.append(one.segment.step.title))
    setup.controller.session_begun.connect(lambda _timeline: setup.driver.set_lively(False))

    setup.controller.start_by_id("short")

    assert set(seen) == {"Calf"}
    assert setup.resume.kept is not None
    assert setup.resume.kept.label == "Calf"


def test_settings_without_a_session_change_nothing(setup: Setup) -> None:
    """Without a session changed settings have no effect."""
    change(setup, hold=60.0)

    assert setup.driver.session is None


LEFT_CALF = routine(step("Calf", sides=Sides.LEFT), id="left", name="My calf")


@pytest.fixture
def asked(setup: Setup) -> list[Question]:
    """Return the questions of the controller; the routine `left` is for one leg."""
    setup.routines.routines["left"] = LEFT_CALF
    asked: list[Question] = []
    setup.controller.questions.asked.connect(asked.append)
    return asked


def test_a_routine_for_one_leg_asks_for_the_leg(setup: Setup, asked: list[Question]) -> None:
    """It runs on the leg of the answer."""
    setup.controller.start_by_id("left")
    assert asked == [Question(name="My calf", which_leg=True)]
    assert setup.driver.session is None

    setup.controller.questions.answer_leg(Side.RIGHT)
    assert setup.driver.session is not None
    assert setup.driver.session.segment.side is Side.RIGHT


@pytest.mark.parametrize(
    ("next_start", "questions"), [("2026-02-01T05:59", 0), ("2026-02-01T21:00", 2)]
)
def test_both_answers_hold_until_the_morning(
    setup: Setup, asked: list[Question], next_start: str, questions: int
) -> None:
    """The next evening asks for the leg and about a clot again."""
    setup.controller.start_by_id("left")
    setup.controller.questions.answer_leg(Side.LEFT)
    asked.clear()
    setup.wall_words = next_start
    setup.controller.start_by_id("left")
    setup.controller.questions.answer_leg(Side.LEFT)

    assert len(asked) == questions


def test_a_leg_that_is_given_is_not_asked_for(setup: Setup, asked: list[Question]) -> None:
    """`--side` is the answer."""
    setup.controller.start("left", LEFT_CALF, Side.RIGHT)

    assert asked == []
    assert setup.driver.session is not None
    assert setup.driver.session.segment.side is Side.RIGHT


def test_a_plan_was_made_for_its_leg(setup: Setup, asked: list[Question]) -> None:
    """A plan's leg was chosen on the map, so it is not asked for."""
    setup.controller.start("plan", LEFT_CALF)

    assert asked == []


def test_a_cancelled_start_is_not_stored(setup: Setup, asked: list[Question]) -> None:
    """Neither its use nor its leg is stored."""
    setup.wall_words = "2026-02-02T23:10"
    before = setup.history.record
    setup.controller.start_by_id("left")
    setup.controller.questions.answer_leg(Side.LEFT)
    setup.window.add_page("home", QWidget())
    setup.controller.questions.turn_back()

    assert [one.which_leg for one in asked] == [True, False]
    assert setup.history.record == before
    assert setup.driver.session is None


def test_an_answer_to_nothing_begins_nothing(setup: Setup) -> None:
    """The buttons of a hidden page have no effect."""
    for answer in (
        setup.controller.questions.answer_alike,
        setup.controller.questions.answer_unlike,
    ):
        answer()
    setup.controller.questions.answer_leg(Side.LEFT)

    assert setup.driver.session is None
    assert setup.history.record.last_used == {}


def test_another_variant_that_rubs_one_leg_is_asked_about(
    setup: Setup, asked: list[Question]
) -> None:
    """A variant may be harmful where the step was not."""
    written = step(
        "Thigh", move="thigh", variants=Variants(easier="rub"), picture="figure:quad-side"
    )
    setup.routines.routines |= {
        "thigh": routine(written, id="thigh"),
        "rub": routine(step("Rub", kind=Kind.MASSAGE, move="rub"), id="rub"),
    }
    setup.wall_words = "2026-02-02T23:10"
    setup.controller.start_by_id("thigh", Side.LEFT)
    assert asked == []
    setup.controller.use_variant("rub")

    assert [one.which_leg for one in asked] == [False]
    assert running(setup) is Status.PAUSED


def start_left_calf(setup: Setup) -> None:
    """Start the routine of the left calf in an evening whose question about a clot is answered."""
    setup.controller.start("left", LEFT_CALF, Side.LEFT)
    setup.pass_seconds(3)


def side_of(setup: Setup) -> Side:
    """Return the side that works."""
    assert setup.driver.session is not None
    return setup.driver.session.segment.side


NEXT_EVENING = "2026-02-01T18:00"


def test_the_other_leg_asks_about_a_clot_first(setup: Setup, asked: list[Question]) -> None:
    """A session that has waited since the evening before works no other leg without an answer."""
    start_left_calf(setup)
    setup.wall_words = NEXT_EVENING
    setup.controller.do(Move.OTHER_SIDE)

    assert asked == [Question(name="My calf", side=Side.RIGHT)]
    assert running(setup) is Status.PAUSED


def test_after_the_answer_the_other_leg_runs(setup: Setup, asked: list[Question]) -> None:
    """The session continues on the other leg, and the answer holds for the evening."""
    start_left_calf(setup)
    setup.wall_words = NEXT_EVENING
    setup.controller.do(Move.OTHER_SIDE)
    setup.controller.questions.answer_alike()
    after_answer = (side_of(setup), running(setup))
    setup.controller.do(Move.OTHER_SIDE)

    assert after_answer == (Side.RIGHT, Status.RUNNING)
    assert len(asked) == 1
    assert side_of(setup) is Side.LEFT


@pytest.mark.usefixtures("asked")
def test_without_an_answer_the_leg_stays(setup: Setup) -> None:
    """Esc returns to the page of the session, which is still at its place."""
    start_left_calf(setup)
    assert setup.driver.session is not None
    before = setup.driver.session
    setup.wall_words = NEXT_EVENING
    setup.controller.do(Move.OTHER_SIDE)
    setup.controller.questions.turn_back()

    assert setup.window.page_name == "session"
    assert setup.driver.session.timeline == before.timeline
    assert setup.driver.session.spent == before.spent


def test_a_session_paused_before_stays_paused_on_the_other_leg(
    setup: Setup, asked: list[Question]
) -> None:
    """The answer resumes only what ran."""
    start_left_calf(setup)
    setup.controller.pause()
    setup.wall_words = NEXT_EVENING
    setup.controller.do(Move.OTHER_SIDE)
    setup.controller.questions.answer_alike()

    assert len(asked) == 1
    assert running(setup) is Status.PAUSED
    assert side_of(setup) is Side.RIGHT


def test_another_order_of_legs_is_not_asked_about(setup: Setup, asked: list[Question]) -> None:
    """In a step for each leg in turn, S works no leg that was not to work."""
    setup.routines.routines["mixed"] = routine(
        step("Calf", sides=Sides.EACH), step("Calf", sides=Sides.LEFT)
    )
    setup.controller.start_by_id("mixed")
    setup.wall_words = NEXT_EVENING
    setup.controller.do(Move.OTHER_SIDE)

    assert asked == []


def test_again_starts_on_the_side_where_the_session_ended(
    setup: Setup, asked: list[Question]
) -> None:
    """After S, that is the other side."""
    start_left_calf(setup)
    setup.controller.do(Move.OTHER_SIDE)
    setup.controller.do(Move.STOP)
    setup.controller.start_again()

    assert asked == []
    assert side_of(setup) is Side.RIGHT


def test_again_runs_a_plan_on_the_side_where_it_ended(setup: Setup) -> None:
    """A plan's leg was chosen on the map; S changes it for the next run."""
    setup.controller.start("plan", LEFT_CALF)
    setup.controller.do(Move.OTHER_SIDE)
    setup.controller.do(Move.STOP)
    setup.controller.start_again()

    assert side_of(setup) is Side.RIGHT


def test_a_session_that_was_forgotten_can_be_had_back(setup: Setup, qtbot: QtBot) -> None:
    """One slip must not lose the evening's place."""
    setup.controller.start_by_id("bedtime")
    setup.pass_seconds(50)
    setup.controller.do(Move.STOP)
    with qtbot.waitSignal(setup.controller.forgotten) as told:
        setup.controller.forget()
    assert setup.resume.kept is None
    (kept,) = told.args
    setup.controller.remember(kept)

    assert setup.resume.kept == kept
