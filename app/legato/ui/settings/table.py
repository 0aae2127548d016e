"""The settings page as a table: what can be chosen, in which words, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from legato.domain.routine import Side, VoiceLevel
from legato.domain.settings import Advance, Motion, ThemeChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few; `options` pairs words with values."""

    name: str
    label: str
    options: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number between two others, in steps; `unit` follows it."""

    name: str
    label: str
    least: int
    most: int
    step: int
    unit: str = " %"


@dataclass(frozen=True, slots=True, kw_only=True)
class Toggle:
    """On or off."""

    name: str
    label: str


Item: TypeAlias = Choice | Amount | Toggle


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its items; `key` names it for who adds buttons to it."""

    key: str
    title: str
    items: tuple[Item, ...]


SECTIONS = (
    Section(
        "look",
        "Look",
        (
            Choice(
                name="theme",
                label="Colours",
                options=(
                    ("Night", ThemeChoice.NIGHT),
                    ("Day", ThemeChoice.DAY),
                    ("As the system", ThemeChoice.SYSTEM),
                ),
            ),
            Amount(name="text_size", label="Text size", least=100, most=200, step=10),
            Choice(
                name="motion",
                label="Moving pictures",
                options=(
                    ("Move", Motion.ON),
                    ("Stand still", Motion.OFF),
                    ("As the system", Motion.FOLLOW),
                ),
            ),
        ),
    ),
    Section(
        "sound",
        "Sounds",
        (
            Amount(name="cue_volume", label="Volume of the sounds", least=0, most=100, step=5),
            Toggle(name="soften", label="Softer and softer through a session"),
            Toggle(name="whisper", label="Whisper: everything very soft, for who sleeps nearby"),
        ),
    ),
    Section(
        "voice",
        "Voice",
        (
            Choice(
                name="voice",
                label="How much is said",
                options=(
                    ("Everything", VoiceLevel.FULL),
                    ("Little", VoiceLevel.QUIET),
                    ("Sounds only", VoiceLevel.CHIME),
                    ("Nothing", VoiceLevel.SILENT),
                ),
            ),
            Amount(name="voice_volume", label="Volume of the voice", least=0, most=100, step=5),
            Amount(name="voice_pace", label="Pace", least=50, most=150, step=5),
            Amount(name="voice_pitch", label="Pitch", least=50, most=150, step=5),
            Choice(
                name="voice_pause",
                label="Pause between two lines",
                options=(
                    ("Short", 0.3),
                    ("As usual", 0.5),
                    ("Longer", 1.0),
                    ("Long", 2.0),
                ),
            ),
        ),
    ),
    Section(
        "light",
        "Light",
        (
            Choice(
                name="dim_after",
                label="Darken the screen in a hold",
                options=(
                    ("Never", None),
                    ("After 15 s", 15.0),
                    ("After 30 s", 30.0),
                    ("After a minute", 60.0),
                ),
            ),
        ),
    ),
    Section(
        "times",
        "Times",
        (
            Choice(
                name="hold",
                label="Stretches are held",
                options=(
                    ("As the routine says", None),
                    ("2 minutes", 120.0),
                    ("1 minute", 60.0),
                    ("30 seconds", 30.0),
                ),
            ),
            Choice(
                name="ready",
                label="To get into place",
                options=(
                    ("As the routine says", None),
                    ("10 s", 10.0),
                    ("20 s", 20.0),
                    ("40 s", 40.0),
                    ("60 s", 60.0),
                ),
            ),
            Choice(
                name="switch",
                label="To change sides",
                options=(
                    ("As the routine says", None),
                    ("8 s", 8.0),
                    ("15 s", 15.0),
                    ("30 s", 30.0),
                ),
            ),
            Choice(
                name="advance",
                label="When that time is over",
                options=(
                    ("Begin by itself", Advance.AUTO),
                    ("Wait for me", Advance.WAIT),
                ),
            ),
            Choice(
                name="first_side",
                label="First side",
                options=(
                    ("As the routine says", None),
                    ("Left", Side.LEFT),
                    ("Right", Side.RIGHT),
                ),
            ),
        ),
    ),
)
