"""Files that somebody sends: looked into, and brought in."""

from __future__ import annotations

import io
import shutil
import stat
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING

from fuzz.mutation import ODD_TEXT
from fuzz.routine_trials import print_safe, routine_seeds
from fuzz.target import Target, Trial, chance
from fuzz.trees import reshape_yaml
from legato.domain.documents import Incoming
from legato.domain.problems import Problem
from legato.resources import find_bundled
from legato.storage.paths import Paths
from legato.storage.routine_files import RoutinePaths
from legato.storage.share import RoutineSharing

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

NAMES = (
    *(
        "b.yaml",
        "a/../b.yaml",
        "/etc/x.yaml",
        "a/p.png",
        "b/p.svg",
        "a/move.yaml",
        "A.yaml",
        "con.yaml",
    ),
    *("a/", "a/b/c/d/e/f/g.png", ".hidden.yaml", "a.yml", "quads.yaml", "a\\b.yaml", "\x00.yaml"),
    *(f"{text[:200]}.yaml" for text in ODD_TEXT),
)
PICTURES = (
    b"\x89PNG\r\n\x1a\nnot drawn",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    (find_bundled().assets / "figures" / "ham-strap.yaml").read_bytes(),
)
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)


def open_archives(folder: Path) -> Trial:
    """Preview a file and import it twice: the second time all is there or renamed."""
    paths = Paths(folder / "data")
    sharing = RoutineSharing(RoutinePaths(paths.routines, find_bundled().routines), paths.schema)
    given = (folder / "given.legato", folder / "given.yaml")
    around = frozenset(folder.parent.iterdir())

    def trial(data: bytes) -> None:
        path = given[chance(data).random() < 0.1]
        path.write_bytes(data)
        for _ in range(2):
            looked = sharing.inspect(path)
            if isinstance(looked, Problem):
                print_safe(str(looked))
                break
            for part in looked.parts:
                print_safe(f"{part.title}{part.becomes}{part.note}")
            done = sharing.import_parts(looked)
            assert isinstance(done, (Incoming, Problem))
        assert {one.name for one in folder.iterdir()} <= {"given.legato", "given.yaml", "data"}
        assert frozenset(folder.parent.iterdir()) <= around, "something was written outside"
        if paths.data.exists():
            shutil.rmtree(paths.data)

    return trial


def archive_seeds() -> tuple[bytes, ...]:
    """Return archives as Legato writes them."""
    routines = routine_seeds()[:12]
    pictured = b"name: A\nsteps:\n  - title: x\n    picture: p.png\n  - use: b\n"
    used = b"name: B\nsteps:\n  - use: quads\n"
    return (
        zipped([("a.yaml", pictured), ("b.yaml", used), ("a/p.png", PICTURES[0])]),
        *(zipped([("a.yaml", one), ("b.yaml", used)]) for one in routines),
    )


def zipped(files: list[tuple[str, bytes]], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP of some files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts may have one name: that is tried, too
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name or "x"), data, packing)
    return stream.getvalue()


def reshape_archive(random: Random, data: bytes) -> bytes:
    """Return the archive with other names, parts and contents; other data unchanged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, LookupError, OSError):
        return data
    at = random.randrange(len(files)) if files else 0
    for _ in range(random.randint(1, 3)):
        what = random.randrange(5)
        if what == 0 or not files:
            files.append((random.choice(NAMES), random.choice(PICTURES)))
        elif what == 1:
            files[at] = (random.choice(NAMES), files[at][1])
        elif what == 2:
            files[at] = (files[at][0], reshape_yaml(random, files[at][1]))
        elif what == 3:
            files *= random.choice((2, 3, 70))
        else:
            return _with_odd_record(random, zipped(files))
    return zipped(files[:400], random.choice(PACKINGS))


def _with_odd_record(random: Random, data: bytes) -> bytes:
    """Return the archive with one number of its table of contents changed."""
    at = data.rfind(b"PK\x01\x02")
    if at < 0:
        return data
    offset, value = random.choice(
        (
            *((8, 1), (10, 99), (16, 0), (20, 2**31), (24, 2**32 - 1), (28, 0), (28, 60000)),
            *((30, 60000), (34, 9), (38, (stat.S_IFLNK | 0o777) << 16), (42, 2**32 - 1), (42, 7)),
        )
    )
    return data[: at + offset] + value.to_bytes(4, "little") + data[at + offset + 4 :]


ARCHIVE_TARGET = Target(
    open_archives, archive_seeds, (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"), reshape_archive
)
