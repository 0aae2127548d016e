"""A message bus of a test's own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class PrivateBus:
    """A running dbus-daemon with a private address."""

    address: str
    process: subprocess.Popen[str]

    def freeze(self) -> None:
        """Let it accept connections without an answer."""
        os.kill(self.process.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOWAIT)

    def thaw(self) -> None:
        """Let it answer again."""
        os.kill(self.process.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End it and wait until it is gone."""
        self.process.kill()
        self.process.wait()


@contextmanager
def private_bus() -> Iterator[PrivateBus]:
    """Run a bus in place of the session's or the system's; skip the test if it cannot run."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("there is no dbus-daemon here")
    with subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield PrivateBus(process.stdout.readline().strip(), process)
        finally:
            process.kill()  # or an error would wait for it
