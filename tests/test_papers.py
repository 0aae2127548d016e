"""ARCHITECTURE.md and CONTRIBUTING.md name files, folders and classes that exist, and every folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "app" / "legato"

pytestmark = pytest.mark.skipif(
    not (ROOT / "ARCHITECTURE.md").exists(), reason="the wheel is tested without the papers"
)


def quoted_in(paper: str) -> set[str]:
    """Return the texts between single backticks, outside of code blocks."""
    text = re.sub(r"```.*?```", "", (ROOT / paper).read_text("utf-8"), flags=re.DOTALL)
    return set(re.findall(r"`([^`\n]+)`", text))


def is_path(word: str) -> bool:
    """Return whether `word` is a path of this project, without a placeholder such as `PAGE`."""
    return bool(re.fullmatch(r"[\w.-]+/[\w./-]*", word)) and not re.search(r"[A-Z]{3}", word)


def folders_in_map() -> set[Path]:
    """Return the folders that the map of ARCHITECTURE.md has a line for."""
    block = re.findall(
        r"```\n(run  .*?)```", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.DOTALL
    )
    found: set[Path] = set()
    parents = [ROOT]
    for line in block[0].splitlines():
        named = line.lstrip().partition("   ")[0].split()
        depth = (len(line) - len(line.lstrip())) // 2
        for name in named:
            folder = parents[depth] / name
            if name.endswith("/"):
                found.add(folder)
                parents[depth + 1 :] = [folder]
    return found


def has_files(folder: Path) -> bool:
    """Return whether `folder` has files of the project, not only leftovers of a run."""
    return any(one.is_file() and "__pycache__" not in one.parts for one in folder.rglob("*"))


@pytest.mark.parametrize("paper", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_papers_name_paths_that_exist(paper: str) -> None:
    """Every path in backticks is there, from the checkout or from `app/legato`."""
    paths = {word for word in quoted_in(paper) if is_path(word)} - {"drafts/"}  # of the user's data

    gone = {one for one in paths if not (ROOT / one).exists() and not (SOURCE / one).exists()}

    assert paths
    assert gone == set()


def test_folders_in_the_map_exist() -> None:
    """Every folder in the map of ARCHITECTURE.md is there."""
    assert {one for one in folders_in_map() if not one.is_dir()} == set()


def test_map_names_every_folder() -> None:
    """Every folder of the program, its assets, routines and tests has a line in the map."""
    tops = [SOURCE, ROOT / "assets", ROOT / "routines"]
    folders = {one for top in tops for one in top.rglob("*") if one.is_dir()}
    folders |= {one for one in (ROOT / "tests").iterdir() if one.is_dir()}

    missing = {one for one in folders - folders_in_map() if has_files(one)}

    assert {str(one.relative_to(ROOT)) for one in missing} == set()


def test_glossary_names_exist_in_the_code() -> None:
    """Every class and function in the glossary's last column occurs in the code."""
    paper = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rows = paper.partition("## Glossary")[2].partition("\n## ")[0].splitlines()
    cells = [row.split("|")[3] for row in rows if row.startswith("| ") and row.count("|") == 4]
    names = {name for cell in cells for name in re.findall(r"`([\w.]+)`", cell)}
    code = "\n".join(file.read_text("utf-8") for file in SOURCE.rglob("*.py"))

    unknown = {
        name
        for name in names
        if not all(re.search(rf"\b{word}\b", code) for word in name.split("."))
    }

    assert len(cells) > 40
    assert unknown == set()


def test_evidence_names_tests_that_exist() -> None:
    """Every test file in the tables of docs/test-evidence.md is there."""
    named = set(re.findall(r"\btest_\w+\.py", (ROOT / "docs/test-evidence.md").read_text("utf-8")))

    assert len(named) > 10
    assert named - {file.name for file in (ROOT / "tests").rglob("test_*.py")} == set()
