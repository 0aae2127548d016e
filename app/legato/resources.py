"""Finds the routines and assets that ship: in a checkout, or inside an installed wheel.

An editable install counts as a checkout: its code, and so its data, is the source folder itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Bundled(NamedTuple):
    """The two folders that ship with Legato.

    Attributes:
        routines: The routines, with the single exercises in `moves/`.
        assets: Figures, sounds, icons and other files that are not code.
    """

    routines: Path
    assets: Path


def find_bundled(module: Path = Path(__file__)) -> Bundled:
    """Return the folders that ship with the package whose top folder has `module`.

    A checkout is exactly two levels above the package, and no higher folder is searched, so that a
    wheel installed somewhere below a checkout still finds its own data.

    Raises:
        FileNotFoundError: They are in neither place; the message names both.
    """
    checkout, data = module.parents[2], module.parent / "data"
    if (checkout / "pyproject.toml").is_file() and (checkout / "routines").is_dir():
        return Bundled(checkout / "routines", checkout / "assets")
    if (data / "routines").is_dir():
        return Bundled(data / "routines", data / "assets")
    raise FileNotFoundError(f"Legato's own routines are in neither {checkout} nor {data}")
