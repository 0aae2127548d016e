"""The driver of a cramp: which lines are scheduled when, and keeping the machine awake."""

from __future__ import annotations

import pytest

from builders import step
from fakes import FakeClock, FakeKeepAwake, FakeSound
from legato.controllers.cramp import CrampDriver
from legato.domain.cramp import CrampVariant
from legato.domain.cues import Cue
from legato.domain.routine import Side

STEPS = {
    "cramp-bed": step("Calf", setup=("Stay in bed.", "Straighten the {side} knee.", "Breathe.")),
    "foot-board": step("Board", setup=("Press the foot flat.",)),
}


class Room:
    """A driver, its clock and its ears."""

    def __init__(self) -> None:
        self.clock, self.sound, self.awake = FakeClock(), FakeSound(), FakeKeepAwake()
        self.driver = CrampDriver(self.clock, self.sound, self.awake, STEPS)

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass, one tick at a time."""
        for _ in range(round(seconds * 10)):
            self.clock.pass_seconds(0.1)
            self.driver.tick()

    @property
    def heard(self) -> list[tuple[float, str]]:
        """The scheduled lines, with their seconds from the beginning."""
        return [(round(due.at - 1000.0, 1), due.text) for due in self.sound.scheduled]


@pytest.fixture
def room(qapp: object) -> Room:
    """Return a driver without a cramp."""
    del qapp
    return Room()


def test_the_first_line_is_handed_over_at_once(room: Room) -> None:
    """The key schedules the first line for this moment, as a spoken line."""
    room.driver.start(Side.LEFT)

    assert room.heard == [(0.0, "Stay in bed.")]
    assert room.sound.scheduled[0].cue is Cue.LINE


def test_every_line_is_said_once_and_in_its_time(room: Room) -> None:
    """Lines are six seconds apart, for the cramped leg, and each is spoken once."""
    room.driver.start(Side.LEFT)
    room.pass_seconds(60)

    assert room.heard == [
        (0.0, "Stay in bed."),
        (6.0, "Straighten the left knee."),
        (12.0, "Breathe."),
    ]


def test_another_variant_is_spoken_at_once(room: Room) -> None:
    """The pending lines are cancelled."""
    room.driver.start(Side.LEFT)
    room.pass_seconds(3)
    room.driver.choose(CrampVariant.CANNOT_REACH)
    room.pass_seconds(20)

    assert room.heard == [(0.0, "Stay in bed."), (3.0, "Press the foot flat.")]
    assert room.sound.cancels == 2


def test_still_holding_is_guided_again(room: Room) -> None:
    """The lines start again with the first."""
    room.driver.start(Side.RIGHT)
    room.pass_seconds(40)
    room.driver.still_holding()

    assert room.heard[-1] == (40.0, "Stay in bed.")


def test_the_other_leg_is_said_to_the_other_leg(room: Room) -> None:
    """The lines name the other leg."""
    room.driver.start(Side.RIGHT)
    room.driver.other_leg()
    room.pass_seconds(10)

    assert (6.0, "Straighten the left knee.") in room.heard


def test_a_silent_level_is_silent(room: Room) -> None:
    """At `silent` the lines are only shown."""
    room.driver.start(Side.LEFT, speaks=False)
    room.pass_seconds(30)

    assert room.heard == []


def test_the_machine_stays_awake_as_long_as_it_lasts(room: Room) -> None:
    """The machine is released when the cramp ends."""
    room.driver.start(Side.LEFT)
    assert room.awake.held

    room.driver.stop()
    assert not room.awake.held
    assert room.driver.cramp is None


def test_stopping_nothing_touches_nothing(room: Room) -> None:
    """Stopping without a cramp does not cancel a session's sounds."""
    room.driver.stop()

    assert room.sound.cancels == 0


class Sleeper:
    """A fake sleep detector."""

    def __init__(self) -> None:
        self.slept = False

    def has_slept(self) -> bool:
        """Return whether the machine slept, once."""
        slept, self.slept = self.slept, False
        return slept


@pytest.fixture
def sleeper(room: Room) -> Sleeper:
    """Begin a cramp on a machine that can sleep."""
    sleeper = Sleeper()
    room.driver = CrampDriver(
        room.clock, room.sound, room.awake, STEPS, has_slept=sleeper.has_slept
    )
    return sleeper


def test_a_cramp_does_not_outlast_a_night(room: Room, sleeper: Sleeper) -> None:
    """After a sleep of the machine the cramp is over."""
    told: list[bool] = []
    room.driver.slept_through.connect(lambda: told.append(True))
    room.driver.start(Side.LEFT)
    room.pass_seconds(20)
    before = len(room.sound.scheduled)
    sleeper.slept = True
    room.pass_seconds(60)

    assert room.driver.cramp is None
    assert told == [True]
    assert len(room.sound.scheduled) == before
    assert not room.awake.held


def test_a_night_before_the_cramp_does_not_count(room: Room, sleeper: Sleeper) -> None:
    """A sleep before the cramp does not end it."""
    sleeper.slept = True
    room.driver.start(Side.LEFT)
    room.pass_seconds(1)

    assert room.driver.cramp is not None
