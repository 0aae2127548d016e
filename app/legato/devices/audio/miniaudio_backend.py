"""The preferred audio backend: one miniaudio device, fed block by block."""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legato.devices.audio.lazy_miniaudio import import_miniaudio
from legato.devices.audio.mixer import Mixer, StreamClock
from legato.devices.audio.player import AudioUnavailable
from legato.devices.audio.samples import MIX_RATE

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Generator

    from legato.devices.audio.player import SoundSource
    from legato.domain.ports import Clock

PERIOD_MS = 100
"""Length of the blocks that the device asks for. It outlasts a busy moment of the machine, and a
cancelled sound goes on for as long."""
PERIODS = 3
STALLED_SECONDS = 2.5
"""A device that has not asked for frames for this long is lost, or its server hangs; a server that
was just started may take 2 s."""
CHECK_SECONDS = 0.25
DRAIN_SECONDS = 0.25
"""Time from rendering the last samples until they were heard."""
DEV_SND = Path("/dev/snd")
"""The devices of ALSA; without this folder it has no card."""
_BACKENDS = {"linux": ("PULSEAUDIO", "ALSA"), "darwin": ("COREAUDIO",), "win32": ("WASAPI",)}
_OTHER_BACKENDS = ("SNDIO", "AUDIO4", "OSS", "PULSEAUDIO", "ALSA")


class MiniaudioBackend:
    """Plays through a device that is open only while there is something to hear.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._device: _Device | None = None
        self._mixer: Mixer | None = None
        self._asked_at = 0.0
        self._busy_at = 0.0
        self._server = ""

    @property
    def name(self) -> str:
        """The sound system that was found, and `miniaudio`."""
        return f"{self._server}, through miniaudio" if self._server else "miniaudio"

    def open(self, source: SoundSource) -> None:
        """Open the device and begin to feed it.

        Raises:
            AudioUnavailable: There is no library, no device or no server.
        """
        mixer = Mixer(source.scheduler, source.levels)
        self._device = _Device(self._blocks(mixer))
        self._mixer = mixer
        self._server = self._device.server
        self._asked_at = self._clock()  # it was opened, however long that took
        self._busy_at = self._asked_at - DRAIN_SECONDS

    def tick(self, now: float) -> float:
        """Check that the device still asks for frames; return the seconds until the next call.

        Raises:
            AudioUnavailable: It does not.
        """
        if now - self._asked_at > STALLED_SECONDS:
            raise AudioUnavailable("the sound device was lost")
        return CHECK_SECONDS

    def is_sounding(self) -> bool:
        """Return whether a sound plays, or is still on its way to the ear."""
        return self._mixer is not None and (
            self._mixer.is_sounding or self._asked_at - self._busy_at < DRAIN_SECONDS
        )

    def fade(self) -> None:
        """Fade out the sounds that play, within a tenth of a second after what was rendered."""
        if self._mixer:
            self._mixer.fade()

    def close(self) -> None:
        """Release the device."""
        device, self._device, self._mixer = self._device, None, None
        if device:
            device.close()

    def _blocks(self, mixer: Mixer) -> Generator[array[int] | bytes, int, None]:
        """Yield the blocks for the device; runs in the device's own thread."""
        stream_clock = StreamClock(MIX_RATE)
        frames = yield b""
        while True:
            now = self._clock()
            block = mixer.render(frames, stream_clock.heard_at(now, frames))
            self._asked_at = now
            if mixer.is_sounding:
                self._busy_at = now
            frames = yield block


def load() -> None:
    """Import the library before a cue is due; `open` reports it if it is missing."""
    with contextlib.suppress(ImportError, OSError):
        import_miniaudio()


class _Device:
    """A playback device, with the context that miniaudio makes for it."""

    def __init__(self, blocks: Generator[array[int] | bytes, int, None]) -> None:
        try:
            miniaudio = import_miniaudio()
        except (ImportError, OSError) as error:
            raise AudioUnavailable("miniaudio is not installed") from error
        next(blocks)
        self._uninit: Callable[[Any], None] = miniaudio.lib.ma_context_uninit
        backends = _backends(miniaudio)
        if miniaudio.Backend.ALSA in backends:
            silence_alsa_errors()
        try:
            self._device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=MIX_RATE,
                buffersize_msec=PERIOD_MS,
                callback_periods=PERIODS,
                backends=backends,
                app_name="Legato",
            )
        except miniaudio.MiniaudioError as error:
            raise AudioUnavailable("no sound device was found") from error
        self.server: str = self._device.backend
        try:
            self._device.start(blocks)
        except miniaudio.MiniaudioError as error:
            self.close()
            raise AudioUnavailable("the sound device cannot be used now") from error

    def close(self) -> None:
        """Stop the device, and free its context, which the binding leaves open."""
        context = self._device._context  # noqa: SLF001 - it has no public way to end it
        self._device.close()
        self._uninit(context)


def _backends(miniaudio: Any) -> list[Any]:  # noqa: ANN401 - the binding has no types
    """Return the sound systems to try, without the null one, which always finds a device."""
    names = _BACKENDS.get(sys.platform, _OTHER_BACKENDS)
    return [miniaudio.Backend[name] for name in names if name != "ALSA" or DEV_SND.exists()]


LIBRARY = "libasound.so.2"


def silence_alsa_errors() -> None:
    """Keep ALSA from writing errors to stderr; does nothing without ALSA.

    Its library writes a line for each dead entry of its configuration. The handler installed
    instead is one of its own functions, which takes no arguments and does nothing: unlike a Python
    function it outlives the interpreter, as ALSA's threads may do.
    """
    import ctypes  # noqa: PLC0415 - 30 ms, and only before ALSA's first device

    with contextlib.suppress(OSError, AttributeError):
        alsa = ctypes.CDLL(LIBRARY)
        alsa.snd_lib_error_set_handler(ctypes.cast(alsa.snd_asoundlib_version, ctypes.c_void_p))
