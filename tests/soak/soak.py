"""The long trials, each in a process of its own: kills, sessions, openings, a program that is killed.

./run soak              all of them, about three quarters of an hour
./run soak WORD...      only these: kills, killed-sessions, sessions, real-sound, openings
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TRIALS = {
    "kills": ("soak.kills", "1000"),
    "killed-sessions": ("soak.killed_sessions", "20"),
    "sessions": ("soak.sessions", "500"),
    "real-sound": ("soak.sessions", "60", "--real-sound"),
    "openings": ("soak.openings", "200"),
}
ALONE = {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_LOGGING_RULES": "qt.qpa.*=false",
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
    "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent",
}
"""No screen and no desktop."""
MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
"""Where there is one, windows keep their files on it: they write far more often than a person's."""


def run(name: str) -> bool:
    """Run one trial in a folder of its own and return whether it passed."""
    module, *arguments = TRIALS[name]
    on_disk = name.startswith("kill") or not MEMORY_DISK.is_dir()
    with tempfile.TemporaryDirectory(dir=None if on_disk else MEMORY_DISK) as folder:
        began = time.monotonic()
        command = [sys.executable, "-m", module, str(Path(folder) / "data"), *arguments]
        done = subprocess.run(command, env={**os.environ, **ALONE}, check=False)
    minutes = (time.monotonic() - began) / 60
    sys.stdout.write(f"  {name}: {'failed' if done.returncode else 'passed'}, {minutes:.1f} min\n")
    sys.stdout.flush()
    return done.returncode == 0


def main(words: list[str]) -> int:
    """Run the trials that the arguments name, or all; return how many failed."""
    unknown = set(words) - set(TRIALS)
    if unknown:
        sys.exit(f"there is no trial {', '.join(sorted(unknown))}; there are {', '.join(TRIALS)}")
    return sum(not run(name) for name in words or TRIALS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
