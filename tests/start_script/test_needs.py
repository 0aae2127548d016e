"""What the start script asks of a machine, and how it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

    from start_script.conftest import Machine


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("", ""),
        ("start bedtime", "start"),
        ("--data-dir list start bedtime", "start"),
        ("--theme=day check a.yaml", "check"),
        ("--motion off", ""),
        ("start --help", "help"),
        ("--help", "help"),
        ("--version", "help"),
        ("cramp --theme night", "cramp"),
    ],
)
def test_the_command_is_found_among_the_options(run: ModuleType, line: str, command: str) -> None:
    """Options with values stand before or after the command."""
    assert run.command_in(line.split()) == command


@pytest.mark.parametrize(
    ("environ", "kinds"),
    [
        ({"DISPLAY": ":0"}, ("QT", "X11")),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ("QT", "WAYLAND")),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ("QT", "X11", "WAYLAND")),
        ({"QT_QPA_PLATFORM": "offscreen"}, ("QT",)),
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, ("QT", "X11")),
    ],
)
def test_a_window_needs_the_libraries_of_its_screen(
    run: ModuleType, environ: dict[str, str], kinds: tuple[str, ...]
) -> None:
    """Nobody is asked for the libraries of a screen that is not theirs."""
    wanted = tuple(need for kind in kinds for need in getattr(run, kind))

    assert run.needs_of_window(environ) == wanted


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}])
def test_without_a_screen_a_window_is_refused_in_words(
    run: ModuleType, environ: dict[str, str]
) -> None:
    """The message says what is missing and what works all the same."""
    with pytest.raises(SystemExit, match=r"no screen here(.|\n)*\./run list"):
        run.needs_of_window(environ)


def test_a_user_gets_the_one_line_to_type(
    run: ModuleType, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what is missing is named, on stderr, and nothing is installed."""
    machine.lacking = {"libEGL.so.1", "libxcb-xkb.so.1"}

    with pytest.raises(SystemExit) as stopped:
        run.obtain((*run.QT, *run.X11))

    said = capsys.readouterr()
    assert stopped.value.code == 1
    assert "\n    sudo apt install libegl1 libxcb-xkb1\n" in said.err
    assert said.out == ""
    assert machine.called == []


def test_root_with_apt_gets_what_is_missing(run: ModuleType, machine: Machine) -> None:
    """Lists are fetched first, and another apt is waited for."""
    machine.lacking, machine.root = {"libEGL.so.1"}, True

    run.obtain(run.QT)

    update, install = machine.called
    assert update.endswith("update")
    assert install.endswith("install -y --no-install-recommends libegl1")
    assert "DPkg::Lock::Timeout=600" in install


def test_root_is_told_when_apt_could_not_help(
    run: ModuleType, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """When something is still missing afterwards, the script stops and names it, without sudo."""
    machine.lacking, machine.root, machine.apt_brings = {"libEGL.so.1"}, True, False

    with pytest.raises(SystemExit):
        run.obtain(run.QT)

    assert "\n    apt install libegl1\n" in capsys.readouterr().err


def test_other_package_managers_are_asked_by_library(run: ModuleType, machine: Machine) -> None:
    """Packages have other names there; dnf and zypper find them by what they hold."""
    machine.managers = {"dnf"}

    assert run.remedy(run.QT[:1]) == "sudo dnf install 'libEGL.so.1()(64bit)'"


def test_an_unknown_system_is_told_the_libraries(run: ModuleType, machine: Machine) -> None:
    """Where no package name is known, the libraries themselves are named."""
    machine.managers = {"pacman"}

    assert "libEGL.so.1 libGL.so.1" in run.remedy(run.QT)


def test_libraries_are_tried_and_not_guessed(run: ModuleType) -> None:
    """A library that cannot be loaded is missing; so is a program that is not on the path."""
    assert run.is_here("libc.so.6")
    assert not run.is_here("libno-such-thing.so.6")
    assert run.is_here("sh")
    assert not run.is_here("no-such-program")


@pytest.mark.usefixtures("venv")
@pytest.mark.parametrize("words", [["list"], ["check", "a.yaml"], ["figure", "x"], ["--version"]])
def test_commands_without_a_window_never_ask_for_libraries(
    run: ModuleType, machine: Machine, words: list[str]
) -> None:
    """On a machine with no libraries and no screen they are handed over all the same."""
    machine.lacking = {name for name, _ in (*run.QT, *run.X11, *run.SOUND)}

    assert run.main(words) == 0
    assert machine.handed == ["-I", "-m", "legato", *words]


@pytest.mark.usefixtures("venv")
def test_missing_picture_libraries_are_mentioned(
    run: ModuleType, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """`figure` and `check` go on, but say what pictures would need."""
    machine.lacking = {"libGL.so.1"}

    run.main(["check", "a.yaml"])

    assert "sudo apt install libgl1" in capsys.readouterr().err


@pytest.mark.usefixtures("venv")
@pytest.mark.parametrize(
    ("lacking", "noted"), [({"libpulse.so.0"}, False), ({"libpulse.so.0", "libasound.so.2"}, True)]
)
def test_missing_sound_is_a_note_only(
    run: ModuleType,
    machine: Machine,
    capsys: pytest.CaptureFixture[str],
    *,
    lacking: set[str],
    noted: bool,
) -> None:
    """One of the two sound libraries is enough, and without both the window opens as well."""
    machine.lacking = lacking

    assert run.main([]) == 0
    assert ("sudo apt install libpulse0" in capsys.readouterr().err) == noted


def test_missing_venv_is_asked_for_with_all_else(
    run: ModuleType, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Debian ships Python without it; one line brings it and the libraries."""
    machine.lacking = {"libEGL.so.1", "ensurepip"}

    with pytest.raises(SystemExit):
        run.prepare(run.QT)

    assert f"sudo apt install libegl1 {run.venv_package()}\n" in capsys.readouterr().err
