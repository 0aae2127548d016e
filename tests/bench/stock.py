"""An environment with a stock PySide6 and the wheel of Legato, as pip would install them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

SOURCE = Path(__file__).parents[2]
PARTS = ("PySide6", "shiboken6")
UNPACKED = "files.dir"
"""Written into shiboken6 where its own start was made faster; no stock PySide6 has it."""


class Stock:
    """An environment in an empty folder; large files are hard links to those of this one."""

    def __init__(self, folder: Path) -> None:
        self.python = folder / "bin/python"
        self.legato = folder / "bin/legato"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        here = Path(sysconfig.get_path("purelib"))
        there = folder / here.relative_to(sys.prefix)
        for part in PARTS:
            shutil.copytree(
                here / part,
                there / part,
                copy_function=_link,
                ignore=shutil.ignore_patterns(UNPACKED, "__pycache__"),
            )
        (there / "others.pth").write_text(f"{here}\n")
        self._add_wheel(folder, there)
        compiled = [str(self.python), "-m", "compileall", "-q", str(there / "legato")]
        subprocess.run(compiled, check=True)

    def _add_wheel(self, folder: Path, there: Path) -> None:
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(build, cwd=SOURCE, check=True, capture_output=True)
        (wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(there)
        # What pip writes for the entry point.
        self.legato.write_text(
            f"#!{self.python}\nimport sys\nfrom legato.__main__ import main\nsys.exit(main())\n"
        )
        self.legato.chmod(0o755)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)
