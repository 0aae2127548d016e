"""The session driver with a clock moved by hand: signals, scheduled cues, and its timer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from builders import five_steps, routine, step
from fakes import FakeClock, FakeSound
from fixtures_session import is_ticking
from legato.controllers.session_driver import HORIZON_SECONDS, SessionDriver
from legato.domain import events as happened
from legato.domain import spoken_lines
from legato.domain.cues import Cue
from legato.domain.routine import Routine, Sides, VoiceLevel
from legato.domain.session import Move, Status
from legato.domain.timeline import lay_out

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from legato.domain.session import Session

TICK = 0.1


class Desk:
    """A driver with its clocks, its sound, and a record of its signals."""

    def __init__(self) -> None:
        self.clock, self.boot, self.sound = FakeClock(1000.0), FakeClock(7000.0), FakeSound()
        self.driver = SessionDriver(self.clock, self.boot, self.sound)
        self.events: list[happened.Event] = []
        self.kept: list[Session] = []
        self.ended: list[Session] = []
        self.driver.happened.connect(self.events.extend)
        self.driver.position_changed.connect(self.kept.append)
        self.driver.finished.connect(self.ended.append)

    @property
    def session(self) -> Session:
        """The current session."""
        assert self.driver.session is not None
        return self.driver.session

    @property
    def is_ticking(self) -> bool:
        """Whether the timer runs."""
        return is_ticking(self.driver)

    def start(self, some: Routine | None = None, **values: object) -> None:
        """Start a routine."""
        self.driver.start(lay_out(some or routine()), **values)  # type: ignore[arg-type]

    def run(self, seconds: float, step_seconds: float = TICK) -> None:
        """Let `seconds` pass in small steps, as the timer would."""
        for _ in range(round(seconds / step_seconds)):
            self.sleep(step_seconds)
            self.driver.tick()

    def sleep(self, seconds: float, boot_seconds: float | None = None) -> None:
        """Let time pass on both clocks, or more of it on the boot clock."""
        self.clock.pass_seconds(seconds)
        self.boot.pass_seconds(seconds if boot_seconds is None else boot_seconds)

    def rung(self) -> list[Cue]:
        """Return the scheduled tones."""
        return [due.cue for due in self.sound.scheduled if due.cue is not Cue.LINE]

    def spoken(self) -> list[str]:
        """Return the scheduled lines."""
        return [due.text for due in self.sound.scheduled if due.cue is Cue.LINE]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """Return a driver without a session; its timer never fires, since no event loop runs."""
    del qtbot
    return Desk()


def test_a_closed_driver_never_ticks_again(desk: Desk) -> None:
    """A window that is hidden during the close requests one more tick."""
    desk.driver.start(lay_out(routine()))
    desk.driver.close()
    desk.driver.set_lively(lively=False)

    assert not desk.is_ticking


def test_a_whole_evening_rings_each_cue_once(desk: Desk) -> None:
    """With five stretches on both sides every cue of the timeline is scheduled once."""
    timeline = lay_out(five_steps())
    desk.driver.start(timeline)
    desk.run(timeline.seconds + 1)

    planned = [(1000.0 + m.at, m.cue) for m in timeline.cues() if m.cue is not Cue.LINE]
    handed = [due for due in desk.sound.scheduled if due.cue is not Cue.LINE]
    assert [due.cue for due in handed] == [cue for _, cue in planned]
    assert [due.at for due in handed] == pytest.approx([at for at, _ in planned])
    assert [s.status for s in desk.ended] == [Status.FINISHED]


def test_cues_are_scheduled_before_they_are_due(desk: Desk) -> None:
    """At every tick all cues of the next second are scheduled."""
    timeline = lay_out(routine())
    desk.driver.start(timeline)
    planned = [1000.0 + m.at for m in timeline.cues() if m.cue is not Cue.LINE]
    for _ in range(200):
        desk.run(1.0, 1.0)
        now = desk.clock.now

        assert sum(at < now + 1.0 for at in planned) <= len(desk.rung())


def test_no_cue_is_scheduled_far_ahead(desk: Desk) -> None:
    """A skip must cancel no more than the cues of the next seconds."""
    desk.start()
    desk.run(60)

    assert max(due.at for due in desk.sound.scheduled) <= desk.clock.now + HORIZON_SECONDS + 2.0


def test_a_late_tick_pauses_at_the_last_tick(desk: Desk) -> None:
    """Ten frozen seconds do not count."""
    desk.start()
    desk.run(30)
    desk.sleep(10)
    desk.driver.tick()

    assert desk.session.status is Status.INTERRUPTED
    assert desk.session.spent == pytest.approx(10.0)


def test_sleep_is_seen_by_the_boot_clock(desk: Desk) -> None:
    """The monotonic clock stops during sleep, the boot clock does not."""
    desk.start()
    desk.run(30)
    desk.sleep(0.1, boot_seconds=8 * 3600.0)
    desk.driver.tick()

    gap = next(e.seconds for e in desk.events if isinstance(e, happened.Interrupted))
    assert gap == pytest.approx(8 * 3600.0)


def test_two_seconds_late_is_still_in_time(desk: Desk) -> None:
    """A busy machine does not pause the session."""
    desk.start()
    desk.run(30)
    desk.sleep(2.0)
    desk.driver.tick()

    assert desk.session.status is Status.RUNNING


def test_a_tick_each_second_is_no_gap(desk: Desk) -> None:
    """A hidden session ticks once a second and runs on."""
    desk.start()
    desk.driver.set_lively(False)
    desk.run(40, 1.0)

    assert desk.session.spent == pytest.approx(20.0)


def test_a_key_after_a_sleep_meets_the_pause_first(desk: Desk) -> None:
    """Space on a machine that just woke does not resume the session."""
    desk.start()
    desk.run(30)
    desk.sleep(500)
    desk.driver.toggle_pause()

    assert desk.session.status is Status.INTERRUPTED


def test_the_next_space_goes_on(desk: Desk) -> None:
    """The second Space after a sleep resumes at the last position."""
    desk.start()
    desk.run(30)
    desk.sleep(500)
    desk.driver.tick()
    desk.driver.toggle_pause()

    assert desk.session.status is Status.RUNNING
    assert desk.session.spent == pytest.approx(10.0)


def test_no_cue_of_the_sleep_is_made_up_for(desk: Desk) -> None:
    """Cues that were due during the sleep are never played."""
    desk.start()
    desk.run(21)
    desk.sleep(400)
    desk.driver.tick()

    assert desk.rung() == [Cue.BEGIN]


def test_a_pause_cancels_cues_and_is_answered(desk: Desk) -> None:
    """Scheduled cues are cancelled, and the answer is spoken at once."""
    desk.start()
    before = desk.sound.cancels
    desk.driver.toggle_pause()

    assert desk.sound.cancels == before + 1
    assert desk.spoken()[-1] == spoken_lines.PAUSED


def test_cues_that_a_pause_cancelled_are_scheduled_again(desk: Desk) -> None:
    """Paused a second before the begin, it plays a second after the resume."""
    desk.start()
    desk.run(19)
    desk.driver.toggle_pause()
    desk.sleep(60)
    desk.driver.toggle_pause()

    begins = [due.at for due in desk.sound.scheduled if due.cue is Cue.BEGIN]
    assert begins == [pytest.approx(1020.0), pytest.approx(desk.clock.now + 1.0)]


def test_nothing_ticks_while_paused(desk: Desk) -> None:
    """A paused session has no timer."""
    desk.start()
    desk.driver.toggle_pause()

    assert not desk.is_ticking


def test_nothing_ticks_while_it_waits_for_the_user(desk: Desk) -> None:
    """A long wait is not a gap, and GO_ON begins the hold."""
    desk.start(waits=True)
    desk.run(20)
    assert desk.session.is_waiting
    assert not desk.is_ticking
    desk.sleep(900)

    assert desk.driver.move(Move.GO_ON)
    assert desk.session.spent == 0.0


def test_a_skip_rings_where_it_leads_to(desk: Desk) -> None:
    """NEXT on the first side plays the switch at once."""
    desk.start()
    desk.run(40)
    desk.driver.move(Move.NEXT)

    last = [due for due in desk.sound.scheduled if due.cue is not Cue.LINE][-1]
    assert last.cue is Cue.SWITCH
    assert last.at == pytest.approx(desk.clock.now)


def test_a_move_notifies_once(desk: Desk) -> None:
    """The time since the last tick is part of the same notification."""
    changes: list[Session] = []
    desk.start()
    desk.driver.changed.connect(changes.append)
    desk.sleep(0.5)
    desk.driver.move(Move.NEXT)

    assert changes == [desk.session]


def test_a_move_that_makes_no_sense_changes_nothing(desk: Desk) -> None:
    """OTHER_SIDE with both legs is refused, and no cue is cancelled."""
    desk.start(routine(step(sides=Sides.BOTH)))
    before, cancels = desk.session, desk.sound.cancels

    assert not desk.driver.move(Move.OTHER_SIDE)
    assert (desk.session, desk.sound.cancels) == (before, cancels)


def test_no_move_without_a_session(desk: Desk) -> None:
    """Media keys before a session have no effect."""
    assert not desk.driver.move(Move.NEXT)


def test_mute_cancels_and_schedules_nothing(desk: Desk) -> None:
    """Muted before the hold, no cue of the hold is scheduled."""
    desk.start()
    desk.run(10)
    desk.driver.toggle_mute()
    handed = len(desk.sound.scheduled)
    desk.run(60)

    assert len(desk.sound.scheduled) == handed


def test_after_mute_the_next_cue_is_heard(desk: Desk) -> None:
    """Only cues that are still to come are scheduled."""
    desk.start()
    desk.driver.toggle_mute()
    desk.run(30)
    desk.driver.toggle_mute()
    desk.run(60)

    assert desk.rung() == [Cue.HALFWAY]


def test_the_routine_s_own_level_wins(desk: Desk) -> None:
    """The voice level of the routine overrides the user's."""
    desk.start(routine(voice=VoiceLevel.SILENT), level=VoiceLevel.FULL)
    desk.run(200)

    assert desk.sound.scheduled == []


def test_the_position_is_signalled_once_a_second(desk: Desk) -> None:
    """Ten ticks a second give one signal."""
    desk.start()
    desk.kept.clear()
    desk.run(5)

    assert len(desk.kept) == 5


def test_the_position_is_signalled_at_each_move(desk: Desk) -> None:
    """A pause is saved at once."""
    desk.start()
    desk.kept.clear()
    desk.driver.toggle_pause()

    assert [s.status for s in desk.kept] == [Status.PAUSED]


def test_stop_ends_it(desk: Desk) -> None:
    """STOP is signalled once, and no timer runs."""
    desk.start()
    desk.run(5)
    desk.driver.stop()

    assert [s.status for s in desk.ended] == [Status.STOPPED]
    assert not desk.is_ticking


def test_nothing_is_scheduled_after_the_end(desk: Desk) -> None:
    """Ten minutes later there is no new cue, and good night was not cancelled."""
    desk.start(routine(step(hold=2.0, ready=0.0, sides=Sides.LEFT)))
    desk.run(3)
    handed, cancels = len(desk.sound.scheduled), desk.sound.cancels
    desk.run(600, 1.0)

    assert (len(desk.sound.scheduled), desk.sound.cancels) == (handed, cancels)


def test_a_resumed_session_begins_inside_a_hold(desk: Desk) -> None:
    """The cues before the position are not played again."""
    desk.start(index=1, spent=70.0)
    desk.run(47)

    assert desk.rung() == [Cue.TEN_SECONDS]


def test_frames_fall_on_the_seconds_that_are_shown(desk: Desk) -> None:
    """With one tick a second it falls on the change of the digits."""
    desk.start()
    desk.driver.set_lively(False)
    desk.run(0.3, 0.3)

    assert desk.driver._timer.interval() == 700


def test_events_come_after_the_change(desk: Desk) -> None:
    """A listener of an event already sees the new session."""
    phases: list[str] = []
    desk.driver.happened.connect(lambda _: phases.append(desk.session.segment.phase.value))
    desk.start()
    desk.run(20.1)

    assert phases[-1] == "hold"


def test_a_rehearsal_never_counts_as_asleep(qtbot: QtBot) -> None:
    """Late ticks do not interrupt a preview session."""
    del qtbot
    clock = FakeClock(1000.0)
    driver = SessionDriver(clock, clock, FakeSound(), speed=8.0, latest_seconds=math.inf)
    driver.start(lay_out(five_steps()))
    statuses = set()
    while driver.session is not None and not driver.session.is_over:
        statuses.add(driver.session.status)
        clock.pass_seconds(40.0)
        driver.tick()
    assert statuses == {Status.RUNNING}


def test_the_timer_counts_real_seconds_in_fast_time(qtbot: QtBot) -> None:
    """At eight times the speed the timer fires after an eighth."""
    del qtbot
    clock = FakeClock(1000.0)
    driver = SessionDriver(clock, clock, FakeSound(), 4, speed=8.0, latest_seconds=math.inf)
    driver.start(lay_out(routine()))
    assert driver._timer.interval() <= 1000 / 4 / 8 + 1
