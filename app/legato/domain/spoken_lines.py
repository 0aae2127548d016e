"""The spoken lines of a session, which are its captions too, for each kind of step and side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legato.domain.routine import OPEN_COUNT, Kind, Side

if TYPE_CHECKING:
    from legato.domain.routine import Step

PAUSED = "Paused."
CARRYING_ON = "Carrying on."
HURTS = "Ease out slowly. We'll skip this one."
STOPPED = "That's enough for tonight. It still counts."
FAREWELL = (
    "That's everything for tonight.",
    "Lie back. Let your legs be heavy.",
    "Good night.",
)
STOP_ON = "Stop on sharp pain, tingling, numbness or a new cramp."

_BEGIN = {
    Kind.STRETCH: ("Begin. Ease in slowly.", "Find a mild pull and stay there."),
    Kind.MASSAGE: ("Begin, softly.", "Slow and light. Breathe out."),
    Kind.MOVE: ("Begin, slow as breathing.",),
}
_END = {
    Kind.STRETCH: ("And slowly release.", "Let the leg rest."),
    Kind.MASSAGE: ("And let it rest.",),
    Kind.MOVE: ("And rest.",),
}
_COUNTED_BEGIN = ("Begin.",)
_COUNTED_END = ("And rest.",)
_PLAIN_BEGIN = ("Begin, in your own time.",)
_PLAIN_END = ("That's it.",)
_MINUTE = 60


def format_line(line: str, side: Side) -> str:
    """Return `line` with words for `{side}` and `{other}`; with both legs they are left out."""
    if side is Side.BOTH:
        for name in ("{side} ", "{other} ", "{side}", "{other}"):
            line = line.replace(name, "")
        return line
    return line.replace("{side}", side.value).replace("{other}", side.other.value)


def leg(side: Side) -> str:
    """Return `right leg`, `left leg` or `both legs`."""
    return "both legs" if side is Side.BOTH else f"{side.value} leg"


def name_of(step: Step, side: Side) -> str:
    """Return the title of a step with the leg that works, if its kind works a leg."""
    if step.kind in {Kind.DRINK, Kind.SOAK, Kind.REST}:
        return step.title
    return f"{step.title}, {leg(side)}"


def announcement(step: Step, side: Side) -> str:
    """Return the line that announces a step."""
    return f"Next: {name_of(step, side)}."


def repetitions(step: Step) -> tuple[str, ...]:
    """Return the line that says how often a counted step is done; none for one with a time."""
    if step.count is None:
        return ()
    if step.count == OPEN_COUNT:
        return ("As many as are comfortable.",)
    times = "once" if step.count == 1 else f"{step.count} times"
    if step.repeat == 1:
        return (f"{times.capitalize()}.",)
    return (f"{step.repeat} sets, {times} each.",)


def begin(step: Step) -> tuple[str, ...]:
    """Return the lines at the beginning of a hold."""
    if step.count is not None:
        return _COUNTED_BEGIN
    return _BEGIN.get(step.kind, _PLAIN_BEGIN)


def halfway(seconds: float) -> str:
    """Return the line in the middle of a hold of `seconds`."""
    left = round(seconds / 2)
    if left == _MINUTE:
        return "Halfway. One more minute."
    if left % _MINUTE == 0:
        return f"Halfway. {left // _MINUTE} more minutes."
    return "Halfway."


def end(step: Step) -> tuple[str, ...]:
    """Return the lines at the end of a hold."""
    if step.count is not None:
        return _COUNTED_END
    return _END.get(step.kind, _PLAIN_END)


def switch(side: Side) -> tuple[str, ...]:
    """Return the lines at a change to `side`."""
    return ("Other side when you're ready.", f"Now the {leg(side)}. Same again.")


def release(step: Step) -> str:
    """Return the line between two holds of one side."""
    if step.count is not None:
        return "Rest. The next set in a moment."
    return "Let go. Once more in a moment."
