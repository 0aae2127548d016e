"""`legato check` opens every picture like a session, and reports the same problems."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from legato.bootstrap.stores import LazyPictures
from legato.cli.main import run
from legato.domain.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
PICTURES = {
    "cut.png": b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x05\0\0\0\x05\x08\x06\0\0\0",
    "lies.gif": b"GIF89a\xff\xff\xff\xff" + bytes(30),
    "hidden.jpg": b"\xff\xd8\xff\xe0 and then nothing",
    "script.svg": f"{HEAD}<script/></svg>".encode(),
    "broken.svg": HEAD.encode(),
}


@pytest.fixture
def routines(tmp_path: Path) -> Path:
    """Return a folder of routines: one with a step for each bad picture, and one good one."""
    folder = tmp_path / "routines"
    own = folder / "mine"
    own.mkdir(parents=True)
    (own / "good.svg").write_text(f'{HEAD}<rect width="9" height="9"/></svg>')
    lines = ["name: Mine", "steps:", "  - {title: Good, picture: good.svg}"]
    for name, data in PICTURES.items():
        (own / name).write_bytes(data)
        lines.append(f"  - {{title: Bad, picture: {name}}}")
    (folder / "mine.yaml").write_text("\n".join(lines))
    return folder


def test_the_reasons_are_those_of_a_session(
    routines: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    """The text is the same, at the line of the step; good pictures are not reported."""
    code = run(["check", str(routines / "mine.yaml")])
    told = capsys.readouterr().out.splitlines()

    pictures = LazyPictures()
    answers: dict[str, object] = {}
    for name in (*PICTURES, "good.svg"):
        pictures.open(str(routines / "mine"), name, partial(answers.__setitem__, name))
    qtbot.waitUntil(lambda: len(answers) == len(PICTURES) + 1)
    pictures.close()
    expected = [
        f"{routines / 'mine.yaml'}:{line}:27: {problem.text} ({problem.hint})"
        for line, problem in enumerate(map(answers.get, PICTURES), 4)
        if isinstance(problem, Problem)
    ]

    assert code == 1
    assert len(expected) == len(PICTURES)
    assert told == expected
    assert not isinstance(answers["good.svg"], Problem)
