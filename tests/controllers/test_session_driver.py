"""The driver with a clock moved by hand: what it tells, what it hands to the sound, when it stops."""

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
    """A driver with its clocks, its sound, and all that it has told."""

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
        """The session as it is."""
        assert self.driver.session is not None
        return self.driver.session

    @property
    def is_ticking(self) -> bool:
        """Whether another tick is to come."""
        return is_ticking(self.driver)

    def start(self, some: Routine | None = None, **values: object) -> None:
        """Run a routine."""
        self.driver.start(lay_out(some or routine()), **values)  # type: ignore[arg-type]

    def run(self, seconds: float, step_seconds: float = TICK) -> None:
        """Let `seconds` pass in small steps, as the timer would."""
        for _ in range(round(seconds / step_seconds)):
            self.sleep(step_seconds)
            self.driver.tick()

    def sleep(self, seconds: float, boot_seconds: float | None = None) -> None:
        """Let time pass by both clocks, or more of it by the one that goes on in sleep."""
        self.clock.pass_seconds(seconds)
        self.boot.pass_seconds(seconds if boot_seconds is None else boot_seconds)

    def rung(self) -> list[Cue]:
        """Return the tones that were handed over."""
        return [due.cue for due in self.sound.scheduled if due.cue is not Cue.LINE]

    def spoken(self) -> list[str]:
        """Return the lines that were handed over."""
        return [due.text for due in self.sound.scheduled if due.cue is Cue.LINE]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """A driver that has not begun; the timer never fires, for no event loop runs."""
    del qtbot
    return Desk()


def test_closed_it_never_looks_again(desk: Desk) -> None:
    """A window that goes away while a session runs asks for one more look; nobody is there."""
    desk.driver.start(lay_out(routine()))
    desk.driver.close()
    desk.driver.set_lively(lively=False)

    assert not desk.is_ticking


def test_a_whole_evening_rings_each_cue_once(desk: Desk) -> None:
    """Five stretches on both sides: every cue of the timeline is handed over, none twice."""
    timeline = lay_out(five_steps())
    desk.driver.start(timeline)
    desk.run(timeline.seconds + 1)

    planned = [(1000.0 + m.at, m.cue) for m in timeline.cues() if m.cue is not Cue.LINE]
    handed = [due for due in desk.sound.scheduled if due.cue is not Cue.LINE]
    assert [due.cue for due in handed] == [cue for _, cue in planned]
    assert [due.at for due in handed] == pytest.approx([at for at, _ in planned])
    assert [s.status for s in desk.ended] == [Status.FINISHED]


def test_sounds_are_handed_over_before_they_are_due(desk: Desk) -> None:
    """At every tick all that is due within a second has been handed over."""
    timeline = lay_out(routine())
    desk.driver.start(timeline)
    planned = [1000.0 + m.at for m in timeline.cues() if m.cue is not Cue.LINE]
    for _ in range(200):
        desk.run(1.0, 1.0)
        now = desk.clock.now

        assert sum(at < now + 1.0 for at in planned) <= len(desk.rung())


def test_nothing_is_handed_over_far_ahead(desk: Desk) -> None:
    """A skip in the hold must not have to take back more than a moment's sounds."""
    desk.start()
    desk.run(60)

    assert max(due.at for due in desk.sound.scheduled) <= desk.clock.now + HORIZON_SECONDS + 2.0


def test_a_late_tick_pauses_at_the_last_look(desk: Desk) -> None:
    """Ten frozen seconds are not run through."""
    desk.start()
    desk.run(30)
    desk.sleep(10)
    desk.driver.tick()

    assert desk.session.status is Status.INTERRUPTED
    assert desk.session.spent == pytest.approx(10.0)


def test_sleep_is_seen_by_the_boot_clock(desk: Desk) -> None:
    """The monotonic clock stood still for eight hours; the other one tells."""
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


def test_a_look_each_second_is_no_gap(desk: Desk) -> None:
    """Unseen, the session is looked at once a second and runs on."""
    desk.start()
    desk.driver.set_lively(False)
    desk.run(40, 1.0)

    assert desk.session.spent == pytest.approx(20.0)


def test_a_key_after_a_sleep_meets_the_pause_first(desk: Desk) -> None:
    """Space on a machine that has just woken does not start what it was to pause."""
    desk.start()
    desk.run(30)
    desk.sleep(500)
    desk.driver.toggle_pause()

    assert desk.session.status is Status.INTERRUPTED


def test_the_next_space_goes_on(desk: Desk) -> None:
    """After the sleep was seen, pause means resume, from where it stood."""
    desk.start()
    desk.run(30)
    desk.sleep(500)
    desk.driver.tick()
    desk.driver.toggle_pause()

    assert desk.session.status is Status.RUNNING
    assert desk.session.spent == pytest.approx(10.0)


def test_no_cue_of_the_sleep_is_made_up_for(desk: Desk) -> None:
    """What was due while the machine slept is never rung."""
    desk.start()
    desk.run(21)
    desk.sleep(400)
    desk.driver.tick()

    assert desk.rung() == [Cue.BEGIN]


def test_a_pause_takes_sounds_back_and_says_so(desk: Desk) -> None:
    """What was handed ahead is cancelled; the answer is spoken at once."""
    desk.start()
    before = desk.sound.cancels
    desk.driver.toggle_pause()

    assert desk.sound.cancels == before + 1
    assert desk.spoken()[-1] == spoken_lines.PAUSED


def test_what_a_pause_took_back_is_handed_over_again(desk: Desk) -> None:
    """Paused a second before the begin, it is rung a second after going on."""
    desk.start()
    desk.run(19)
    desk.driver.toggle_pause()
    desk.sleep(60)
    desk.driver.toggle_pause()

    begins = [due.at for due in desk.sound.scheduled if due.cue is Cue.BEGIN]
    assert begins == [pytest.approx(1020.0), pytest.approx(desk.clock.now + 1.0)]


def test_nothing_ticks_while_paused(desk: Desk) -> None:
    """Paused it costs nothing."""
    desk.start()
    desk.driver.toggle_pause()

    assert not desk.is_ticking


def test_nothing_ticks_while_it_waits_for_the_user(desk: Desk) -> None:
    """With `wait for me`, a long wait is no gap, and going on begins the hold."""
    desk.start(waits=True)
    desk.run(20)
    assert desk.session.is_waiting
    assert not desk.is_ticking
    desk.sleep(900)

    assert desk.driver.move(Move.GO_ON)
    assert desk.session.spent == 0.0


def test_a_skip_rings_where_it_leads_to(desk: Desk) -> None:
    """Next from the first side rings the switch at once."""
    desk.start()
    desk.run(40)
    desk.driver.move(Move.NEXT)

    last = [due for due in desk.sound.scheduled if due.cue is not Cue.LINE][-1]
    assert last.cue is Cue.SWITCH
    assert last.at == pytest.approx(desk.clock.now)


def test_a_move_notifies_once(desk: Desk) -> None:
    """The time that has passed since the last look is part of the same change."""
    changes: list[Session] = []
    desk.start()
    desk.driver.changed.connect(changes.append)
    desk.sleep(0.5)
    desk.driver.move(Move.NEXT)

    assert changes == [desk.session]


def test_a_move_that_makes_no_sense_changes_nothing(desk: Desk) -> None:
    """Other side with both legs at work is refused, and no sound is taken back."""
    desk.start(routine(step(sides=Sides.BOTH)))
    before, cancels = desk.session, desk.sound.cancels

    assert not desk.driver.move(Move.OTHER_SIDE)
    assert (desk.session, desk.sound.cancels) == (before, cancels)


def test_no_move_without_a_session(desk: Desk) -> None:
    """Media keys may come before anything runs."""
    assert not desk.driver.move(Move.NEXT)


def test_mute_takes_back_and_hands_nothing_over(desk: Desk) -> None:
    """Muted before the hold, nothing of it is handed over."""
    desk.start()
    desk.run(10)
    desk.driver.toggle_mute()
    handed = len(desk.sound.scheduled)
    desk.run(60)

    assert len(desk.sound.scheduled) == handed


def test_after_mute_the_next_cue_is_heard(desk: Desk) -> None:
    """Sound comes back with what is still to come, not with what was missed."""
    desk.start()
    desk.driver.toggle_mute()
    desk.run(30)
    desk.driver.toggle_mute()
    desk.run(60)

    assert desk.rung() == [Cue.HALFWAY]


def test_the_routine_s_own_level_wins(desk: Desk) -> None:
    """A routine that asks for silence gets it."""
    desk.start(routine(voice=VoiceLevel.SILENT), level=VoiceLevel.FULL)
    desk.run(200)

    assert desk.sound.scheduled == []


def test_the_position_is_told_once_a_second(desk: Desk) -> None:
    """Ten looks a second make one position to keep."""
    desk.start()
    desk.kept.clear()
    desk.run(5)

    assert len(desk.kept) == 5


def test_the_position_is_told_at_each_move(desk: Desk) -> None:
    """A pause is kept at once."""
    desk.start()
    desk.kept.clear()
    desk.driver.toggle_pause()

    assert [s.status for s in desk.kept] == [Status.PAUSED]


def test_stop_ends_it(desk: Desk) -> None:
    """Stopped it is over, told once, and no timer runs."""
    desk.start()
    desk.run(5)
    desk.driver.stop()

    assert [s.status for s in desk.ended] == [Status.STOPPED]
    assert not desk.is_ticking


def test_nothing_is_handed_over_after_the_end(desk: Desk) -> None:
    """Ten minutes after good night nothing has been added, and good night was not cut off."""
    desk.start(routine(step(hold=2.0, ready=0.0, sides=Sides.LEFT)))
    desk.run(3)
    handed, cancels = len(desk.sound.scheduled), desk.sound.cancels
    desk.run(600, 1.0)

    assert (len(desk.sound.scheduled), desk.sound.cancels) == (handed, cancels)


def test_taken_up_again_it_begins_inside_a_hold(desk: Desk) -> None:
    """Neither the begin nor the halfway that have been are rung again."""
    desk.start(index=1, spent=70.0)
    desk.run(47)

    assert desk.rung() == [Cue.TEN_SECONDS]


def test_frames_fall_on_the_seconds_that_are_shown(desk: Desk) -> None:
    """Once a second means when the digits change, wherever in a second it was looked at last."""
    desk.start()
    desk.driver.set_lively(False)
    desk.run(0.3, 0.3)

    assert desk.driver._timer.interval() == 700


def test_events_come_after_the_change(desk: Desk) -> None:
    """Who is told of a hold sees the session in it already."""
    phases: list[str] = []
    desk.driver.happened.connect(lambda _: phases.append(desk.session.segment.phase.value))
    desk.start()
    desk.run(20.1)

    assert phases[-1] == "hold"


def test_a_rehearsal_never_counts_as_asleep(qtbot: QtBot) -> None:
    """However late it is looked at, the session goes on to its end."""
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


def test_fast_time_is_looked_at_as_often_as_it_is_shown(qtbot: QtBot) -> None:
    """The timer counts real seconds: at eight times the speed it fires after an eighth."""
    del qtbot
    clock = FakeClock(1000.0)
    driver = SessionDriver(clock, clock, FakeSound(), 4, speed=8.0, latest_seconds=math.inf)
    driver.start(lay_out(routine()))
    assert driver._timer.interval() <= 1000 / 4 / 8 + 1
