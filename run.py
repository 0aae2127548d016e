#!/usr/bin/env python3
"""Start Legato or pass its tests, making ready first whatever is missing.

`./run` is a few lines of shell that start Legato at once where nothing has changed since the last
time, and leave all else to this script.

    ./run [ARGUMENTS]       Legato; anything after ./run goes to it
    ./run test [ARGUMENTS]  every check and test; with arguments, pytest alone
    ./run bench             the benchmark table
    ./run fuzz MINUTES      what no good program would give
    ./run soak              the long trials: a thousand kills, five hundred sessions
    ./run around [NAMES]    real sessions while sound, bus, voice or screen fail around them
    ./run lock              renew the lock: today's exact version of every dependency

This script needs the standard library only, and no syntax newer than Python 3.6, so that an old
Python can say what is wrong. What is seldom needed is imported where it is used.
"""

import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

if sys.version_info < (3, 11):
    sys.exit(
        "Legato needs Python 3.11 or newer; this is {}.{} ({}).\n"
        "If a newer one is here too, start with it: python3.11 {}".format(
            sys.version_info[0], sys.version_info[1], sys.executable, " ".join(sys.argv)
        )
    )

HERE = os.path.dirname(os.path.realpath(__file__))
PYTHON = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
NOTE = "made-by-run.txt"
READY = "ready-"
"""Begins the names of the files by which ./run knows that nothing is to be done."""
LOCK = "requirements.lock"

PIP_SETTINGS = (
    *("index-url", "extra-index-url", "find-links", "no-index", "keyring-provider"),
    *("proxy", "cert", "client-cert", "trusted-host", "use-feature", "use-deprecated"),
    *("timeout", "retries", "cache-dir", "no-cache-dir"),
)
"""Those settings of pip that stay the user's: where packages come from and how to get there."""

PIP_FILES = ("global", "user", "site", "env")
"""Kinds of pip's configuration files, each overruled by the next."""

Needs = tuple[tuple[str, str], ...]
"""Pairs: a library, program or module, and the Debian package that brings it."""

QT: Needs = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
)
X11: Needs = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
WAYLAND: Needs = (("libwayland-cursor.so.0", "libwayland-cursor0"),)
SOUND: Needs = (("libpulse.so.0", "libpulse0"), ("libasound.so.2", "libasound2"))

WINDOW_COMMANDS = ("", "start", "cramp")
PICTURE_COMMANDS = ("figure", "check")
VALUE_OPTIONS = ("--data-dir", "--theme", "--motion")

SOUND_SERVER: Needs = (("pulseaudio", "pulseaudio"), ("pactl", "pulseaudio-utils"))
AROUND: Needs = (
    *SOUND_SERVER,
    ("Xvfb", "xvfb"),
    ("xrandr", "x11-xserver-utils"),
    ("libXtst.so.6", "libxtst6"),
    ("dbus-daemon", "dbus"),
)
BENCH: Needs = (
    ("Xvfb", "xvfb"),
    ("openbox", "openbox"),
    ("libXtst.so.6", "libxtst6"),
    ("dbus-daemon", "dbus"),
)
PROGRAMS: dict[str, tuple[str, Needs]] = {
    "bench": ("bench.bench", (*QT, *X11, *BENCH)),
    "fuzz": ("fuzz.fuzz", QT),
    "soak": ("soak.soak", QT),
    "around": ("bench.around", (*QT, *X11, *SOUND, *AROUND)),
}
"""A word after ./run: the module in tests/ that it stands for, and what that one needs."""

DESKTOP: Needs = (
    ("Xvfb", "xvfb"),
    ("openbox", "openbox"),
    ("xdotool", "xdotool"),
    ("setxkbmap", "x11-xkb-utils"),
    ("xprop", "x11-utils"),
    ("xrandr", "x11-xserver-utils"),
)
"""What the tests of the real window need: a screen, a window manager, hands."""

TESTS: Needs = (
    *(*QT, *X11, *DESKTOP, *SOUND_SERVER),
    ("dbus-daemon", "dbus"),
    ("playerctl", "playerctl"),
    ("strace", "strace"),
    ("git", "git"),
)
"""What all tests together need; on Linux alone, where they need it."""

ON_A_SCREEN = "tests/desktop"
"""Tests that bring a screen of their own; Qt's platform is chosen once, so they run by themselves."""

CHECKS = (
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as go; go()")),
    # They mostly wait for real time to pass, so more of them than there are cores run at once.
    ("pytest on a screen", ("-m", "pytest", "-n", "3", ON_A_SCREEN)),
    ("pytest", ("-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")),
)
"""What `./run test` runs; pytest last, so that its closing line is the last one."""


def main(words: list[str]) -> int:
    """Do what the words after ./run ask for and return the exit code."""
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        del os.environ[name]  # another program's modules, or Legato compiled at every start
    word = words[0] if words else ""
    try:
        if word == "test":
            return run_checks(words[1:])
        if word == "lock":
            return renew_lock()
        if word in PROGRAMS:
            module, needs = PROGRAMS[word]
            python = prepare(needs, "test")
            os.chdir(os.path.join(HERE, "tests"))  # where `-m` finds the module
            return hand_over(python, ["-m", module, *words[1:]])
        return start(words)
    except OSError as error:
        sys.exit(f"Legato cannot be made ready: {error}")
    except KeyboardInterrupt:
        return 130


def start(words: list[str]) -> int:
    """Hand over to `legato`, with what its command needs on this machine."""
    command = command_in(words)
    python = prepare(needs_of_window(os.environ) if command in WINDOW_COMMANDS else ())
    if command in WINDOW_COMMANDS and not any(is_here(name) for name, _ in SOUND):
        say("cues will be seen but not heard here. For sound, type:", SOUND[:1])
    if command in PICTURE_COMMANDS and absent(QT):
        say("pictures cannot be drawn or opened here; the rest works. For them, type:", absent(QT))
    if command in WINDOW_COMMANDS:
        leave_mark(os.environ)
    return hand_over(python, ["-I", "-m", "legato", *words])


def leave_mark(environ: "Mapping[str, str]") -> None:
    """Leave the file by which ./run knows that a start on this kind of screen needs nothing.

    It holds the folder, so that it does not count where the folder is copied or moved.
    """
    venv = os.path.join(HERE, ".venv")
    screen = "".join(
        name
        for variable, name in (("DISPLAY", "x11"), ("WAYLAND_DISPLAY", "wayland"))
        if environ.get(variable)
    )
    usual = sys.platform == "linux" and screen and not environ.get("QT_QPA_PLATFORM")
    if usual and is_ready(venv, "") and any(is_here(name) for name, _ in SOUND):
        try:
            with open(os.path.join(venv, READY + screen), "w", encoding="utf-8") as mark:
                mark.write(HERE + "\n")
        except OSError:  # a folder that cannot be written: then each start looks again
            pass


def remove_marks(venv: str) -> None:
    """Remove all marks, before an environment changes."""
    for name in os.listdir(venv) if os.path.isdir(venv) else ():
        if name.startswith(READY):
            os.remove(os.path.join(venv, name))


def run_checks(words: list[str]) -> int:
    """Run every check, also after one has failed; with arguments pytest alone, which gets them."""
    has_screens = sys.platform == "linux"
    python = prepare(TESTS if has_screens else (), "test")
    os.chdir(HERE)
    if words:
        if any(word.startswith(ON_A_SCREEN) for word in words):
            os.environ["LEGATO_TESTS_ON_A_SCREEN"] = "yes"
        return hand_over(python, ["-I", "-m", "pytest", *words])
    checks = [check for check in CHECKS if has_screens or ON_A_SCREEN not in check[1]]
    failed = [name for name, arguments in checks if not passes(name, [python, "-I", *arguments])]
    if failed:
        say(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check and tell whether it passed."""
    say(name)
    os.environ["LEGATO_TESTS_ON_A_SCREEN"] = "yes" if ON_A_SCREEN in command else ""
    return call(command, stdout=None) == 0


def command_in(words: list[str]) -> str:
    """Return Legato's own command among its arguments, `help` when asked for it, or nothing."""
    if not {"-h", "--help", "--version"}.isdisjoint(words):
        return "help"
    rest = iter(words)
    for word in rest:
        if word in VALUE_OPTIONS:
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return ""


def needs_of_window(environ: "Mapping[str, str]") -> Needs:
    """Return what a window needs on this kind of screen; stop when there is no screen."""
    if sys.platform != "linux":
        return ()
    chosen = environ.get("QT_QPA_PLATFORM", "")
    x11 = environ.get("DISPLAY") and (not chosen or "xcb" in chosen)
    wayland = environ.get("WAYLAND_DISPLAY") and (not chosen or "wayland" in chosen)
    needs_screen = not chosen or "xcb" in chosen or "wayland" in chosen
    if needs_screen and not (x11 or wayland):
        sys.exit(
            "Legato opens a window, and there is no screen here: neither DISPLAY nor"
            " WAYLAND_DISPLAY is set.\nType ./run in a terminal of the desktop. These work"
            " without a screen: ./run list, check, timeline, plan, figure, schema."
        )
    return (*QT, *(X11 if x11 else ()), *(WAYLAND if wayland else ()))


def absent(needs: Needs) -> Needs:
    """Return those of the needs that this machine does not have."""
    return tuple(need for need in needs if not is_here(need[0]))


def is_here(name: str) -> bool:
    """Tell whether a library loads, a module is installed, or a program is on the path."""
    if ".so." in name:
        import ctypes

        try:
            ctypes.CDLL(name)
        except OSError:
            return sys.platform != "linux"
        return True
    if name == "ensurepip":
        import importlib.util

        importlib.invalidate_caches()
        return importlib.util.find_spec(name) is not None
    return has_program(name)


def obtain(needs: Needs) -> None:
    """Install what is absent, as root with apt; otherwise print the one line to type and stop."""
    missing = absent(needs)
    if missing and is_root() and has_program("apt-get"):
        packages = [package for _, package in missing]
        say(f"installing {' '.join(packages)}")
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=600"]
        call([*apt, "-qq", "update"])
        call([*apt, "-qq", "install", "-y", "--no-install-recommends", *packages])
        missing = absent(missing)
    if missing:
        say("this machine lacks what it needs. Type this line, then ./run again:", missing)
        sys.exit(1)


def remedy(needs: Needs) -> str:
    """Return the one line that brings what is absent, in the words of this package manager."""
    sudo = "" if is_root() else "sudo "
    if has_program("apt-get"):
        return f"{sudo}apt install {' '.join(package for _, package in needs)}"
    for manager in ("dnf", "zypper"):
        if has_program(manager):
            wanted = (f"'{n}()(64bit)'" if ".so." in n else f"/usr/bin/{n}" for n, _ in needs)
            return f"{sudo}{manager} install {' '.join(wanted)}"
    return f"(install the packages of this system that hold {' '.join(n for n, _ in needs)})"


def prepare(needs: Needs, extra: str = "") -> str:
    """Return a Python that has Legato and the parts of an extra, made ready where it is not."""
    venv = place_of_venv(extra)
    if is_ready(venv, extra):
        obtain(needs)
    else:
        os.makedirs(os.path.dirname(venv), exist_ok=True)
        with open(venv + ".lock", "a+", encoding="utf-8") as lock:
            hold(lock)
            make_ready(venv, needs, extra, lock)
    return python_of(venv)


def make_ready(venv: str, needs: Needs, extra: str, lock: io.TextIOWrapper) -> None:
    """Make or mend the environment; words in the lock's file tell that someone was cut short."""
    if is_ready(venv, extra):
        obtain(needs)  # another ./run has made it while this one waited
        return
    lock.seek(0)
    remove_marks(venv)
    sound = not lock.read() and is_sound(venv)
    obtain(needs if sound else (*needs, ("ensurepip", venv_package())))
    lock.write("unfinished")
    lock.flush()
    if not sound:
        say(f"making a Python environment, {venv}")
        make_venv(venv)
    failed = install(venv, extra)
    lock.truncate(0)
    if failed:
        sys.exit("Legato: that did not work; what pip says of it is above. Is there a network?")


def make_venv(venv: str) -> None:
    """Make an empty environment, or stop."""
    if call([sys.executable, "-I", "-m", "venv", "--clear", venv]):
        sys.exit("Legato: that did not work; what Python says of it is above.")


def install(venv: str, extra: str) -> int:
    """Install Legato with an extra, in the versions of the lock, and return pip's exit code."""
    say("installing its Python parts; the first time about 90 MB are fetched")
    noted = os.path.join(venv, NOTE)
    if os.path.exists(noted):
        os.remove(noted)
    python = python_of(venv)
    # A constraint on pip holds for what builds Legato, too; since pip 25.3 by the second name.
    locked = {"PIP_CONSTRAINT": LOCK, "PIP_BUILD_CONSTRAINT": LOCK}
    environ = {**pip_environment(python), **locked}
    code = call([*pip_install(python), "--editable", f".[{extra}]" if extra else "."], environ)
    if code == 0:
        unpack_pyside(python)
        with open(noted, "w", encoding="utf-8") as file:
            file.write(note(venv, extra))
    return code


def unpack_pyside(python: str) -> None:
    """Have PySide6 write the Python sources in its library beside it, by its own switch.

    It compiles them at each start otherwise, which takes a tenth of it. Where this fails, as without
    Qt's system libraries, a start is slower and nothing else.
    """
    call([python, "-I", "-c", "import PySide6.QtCore"], {**os.environ, "SBK_EMBED": "0"})


def pip_install(python: str) -> list[str]:
    """Return the words that let an environment's pip install something."""
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    return [python, "-I", "-m", "pip", "install", "--disable-pip-version-check", *quiet]


def pip_environment(python: str) -> dict[str, str]:
    """Return the environment variables for pip: the user's own settings, but for what breaks.

    Where packages come from and how they are reached stays as the user has set it. Where they go
    to, which ones, and in which form (user, target, prefix, no-binary, require-hashes, ...) is not
    the user's: pip reads none of its files, and gets what is kept as variables.
    """
    import configparser

    kept: dict[str, str] = {}
    for path in pip_files(python):
        parser = configparser.RawConfigParser()
        try:
            parser.read(path)
        except (configparser.Error, UnicodeDecodeError):
            continue
        for section in ("global", "install"):
            if parser.has_section(section):
                kept.update((variable_of(key), value) for key, value in parser.items(section))
    kept.update(os.environ)
    allowed = [variable_of(name) for name in PIP_SETTINGS]
    return {
        **{name: kept[name] for name in kept if not name.startswith("PIP_") or name in allowed},
        "PIP_CONFIG_FILE": os.devnull,
    }


def variable_of(setting: str) -> str:
    """Return the environment variable for one of pip's settings."""
    return "PIP_" + setting.lstrip("-").replace("-", "_").upper()


def pip_files(python: str) -> list[str]:
    """Return pip's configuration files that exist, those that overrule others last."""
    import subprocess

    chosen = {"PIP_CONFIG_FILE"}
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PIP_") or k in chosen}
    # Verbose, or `quiet` in one of these files would silence it.
    command = [python, "-I", "-m", "pip", "config", "debug", "-vvv"]
    answer = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    kind, files = "", []
    for line in answer.stdout.splitlines():
        path, exists, _ = line.strip().partition(", exists: True")
        if line.endswith(":") and line[:-1] in PIP_FILES:
            kind = line[:-1]
        elif exists and kind:
            files.append((PIP_FILES.index(kind), path))
    return [path for _, path in sorted(files, key=lambda file: file[0])]


def renew_lock() -> int:
    """Write today's exact versions into the lock, for all Pythons and systems at once."""
    import tempfile

    obtain((("ensurepip", venv_package()),))
    with tempfile.TemporaryDirectory() as venv:
        make_venv(venv)
        python = python_of(venv)
        environ = pip_environment(python)
        if call([*pip_install(python), "uv"], environ):
            sys.exit("Legato: that did not work; what pip says of it is above. Is there a network?")
        if "PIP_INDEX_URL" in environ:
            environ["UV_DEFAULT_INDEX"] = environ["PIP_INDEX_URL"]
        if "PIP_CERT" in environ:
            environ["SSL_CERT_FILE"] = environ["PIP_CERT"]
        words = "--quiet --universal --upgrade --python-version 3.11 --extra test --no-annotate"
        command = [python, "-I", "-m", "uv", "pip", "compile", *words.split()]
        own = ["--custom-compile-command", "./run lock", "--output-file", LOCK]
        return call([*command, *own, "pyproject.toml"], environ)


def place_of_venv(extra: str) -> str:
    """Return .venv beside this script, or one in the user's cache where that cannot be written."""
    beside = os.path.join(HERE, ".venv")
    writable = os.access(beside if os.path.isdir(beside) else HERE, os.W_OK)
    if writable or is_ready(beside, extra):
        return beside
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "legato", "venv" + HERE.replace(os.sep, "-"))


def note(venv: str, extra: str) -> str:
    """Return what an environment depends on: while this stays the same, nothing is to be done."""
    lines = [venv, PYTHON, HERE, extra]
    for name in ("pyproject.toml", LOCK):
        with open(os.path.join(HERE, name), encoding="utf-8") as file:
            lines.append(file.read())
    return "\n".join(lines)


def noted_in(venv: str) -> str:
    """Return the note that was left in an environment, or nothing."""
    try:
        with open(os.path.join(venv, NOTE), encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


def is_ready(venv: str, extra: str) -> bool:
    """Tell whether nothing changed since the last time; what the tests need does for all else."""
    fresh = noted_in(venv) in {note(venv, extra), note(venv, "test")}
    return fresh and os.access(python_of(venv), os.X_OK)


def is_sound(venv: str) -> bool:
    """Tell whether the environment can be kept: not moved, and of this Python, with a pip."""
    noted = noted_in(venv)
    if noted and not noted.startswith(f"{venv}\n"):
        return False
    python = python_of(venv)
    probe = f"import pip, sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return os.access(python, os.X_OK) and call([python, "-I", "-c", probe]) == 0


def python_of(venv: str) -> str:
    """Return the path of an environment's own Python."""
    return os.path.join(venv, "Scripts/python.exe" if os.name == "nt" else "bin/python")


def venv_package() -> str:
    """Return the Debian package that brings `ensurepip` for this Python."""
    usual = os.path.realpath(sys.executable) == os.path.realpath("/usr/bin/python3")
    return "python3-venv" if usual else f"python{PYTHON.split()[1]}-venv"


def hold(lock: io.TextIOWrapper) -> None:
    """Wait until no other ./run holds the lock; it is let go when the file is closed."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another ./run is making things ready; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)


def hand_over(python: str, arguments: list[str]) -> int:
    """Become the program, so that signals and exit codes are its own."""
    command = [python, *arguments]
    if os.name == "posix":
        os.execv(python, command)
    return call(command, folder=None, stdout=None)


def call(
    command: list[str],
    environ: dict[str, str] | None = None,
    folder: str | None = HERE,
    stdout: int | None = 2,
) -> int:
    """Run a command and return its exit code; unless told otherwise it speaks on stderr only."""
    import subprocess

    return subprocess.call(command, env=environ, cwd=folder, stdout=stdout)


def is_root() -> bool:
    """Tell whether system packages may be installed from here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_program(name: str) -> bool:
    """Tell whether a program is on the path."""
    import shutil

    return shutil.which(name) is not None


def say(text: str, needs: Needs = ()) -> None:
    """Tell the person something, with the line to type for what is absent, on stderr."""
    line = f"\n\n    {remedy(needs)}\n" if needs else ""
    print(f"Legato: {text}{line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if not sys.flags.isolated:  # it was started as `python3 run`
        sys.exit(hand_over(sys.executable, ["-I", *sys.argv]))
    sys.exit(main(sys.argv[1:]))
