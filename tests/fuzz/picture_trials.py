"""Drawings, photos, moving pictures and sounds that a person brings."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from fuzz.target import DATA, Target, Trial, contents
from fuzz.trees import reshape_tags
from legato.bootstrap.stores import open_picture_child
from legato.domain.ports import PictureData
from legato.domain.problems import BadData, Problem
from legato.resources import find_bundled
from legato.storage.pictures import read_picture
from legato.storage.svg.output import is_plain

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

ROOMS = (64, 400)
TOKENS_SVG = (
    *(
        b'<use href="#a"/>',
        b'id="a"',
        b'style="',
        b"<g>",
        b"</g>",
        b"<style>",
        b"</style>",
        b"<text>",
    ),
    *(b'transform="scale(1e9)"', b'transform="rotate(45', b'viewBox="0 0 1e9 1e9"', b'width="1e9"'),
    *(b'd="M0 0L1e38 1e38"', b'd="M0,0A1 1 0 0 1 nan 5"', b"stroke-width:1e9", b"fill:url(#a)"),
    *(
        b"<linearGradient id='a' href='#a'/>",
        b"<radialGradient id='b' r='0'>",
        b"<stop offset='2'/>",
    ),
    *(b"<symbol id='s'>", b"<marker id='m'>", b"marker-start:url(#m)", b"<clipPath>", b"<animate "),
    *(b"<animateTransform attributeName='transform' type='rotate' dur='0'/>", b"<switch>", b"<a>"),
    *(b"<set ", b"<tspan x='1e9'>", b"font-size:1e6", b"<polygon points='", b"<circle r='-1'/>"),
    *(
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"<?xml version='1.1'?>",
        b"&lt;",
        b"&#xD800;",
        b"opacity:.5",
    ),
)


def open_pictures(folder: Path) -> Trial:
    """Filter a picture, open it in the child process, and show the result."""
    from PySide6.QtCore import QSize  # noqa: PLC0415 - in the fuzzer's child alone
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - likewise

    from legato.ui.pictures.decode import MovingPicture, image_of  # noqa: PLC0415 - likewise

    application = QGuiApplication.instance() or QGuiApplication([])
    own = folder / "routines" / "mine"
    own.mkdir(parents=True)
    child = open_picture_child()

    def trial(data: bytes) -> None:
        assert application
        (own / "picture.png").write_bytes(data)
        try:
            picture = read_picture(own, "picture.png")
        except BadData as error:
            str(error).encode()
            return
        assert picture.kind != "svg" or is_plain(picture.data)
        opened = child.open(picture)
        if isinstance(opened, Problem):
            str(opened).encode()
        else:
            for edge in ROOMS:
                image = image_of(opened, QSize(edge, edge))
                assert max(image.width(), image.height()) <= edge
            if opened.moving is not None:
                moving = MovingPicture(opened.moving, QSize(200, 200))
                for seconds in (0.0, 0.5, 1.0, 100.0, 3.0):
                    moving.advance(seconds)
                    moving.image()
        assert isinstance(child.shrunk(picture, 40), (PictureData, Problem))

    return trial


def open_sounds(folder: Path) -> Trial:
    """Read a sound of the user's own."""
    from legato.devices.audio.samples import UnreadableSound, read_sound  # noqa: PLC0415 - as above

    path = folder / "own.wav"

    def trial(data: bytes) -> None:
        path.write_bytes(data)
        try:
            read_sound(path)
        except UnreadableSound as error:
            str(error).encode()

    return trial


def drawing_seeds() -> tuple[bytes, ...]:
    """Return drawings as programs write them, and icons."""
    icons = contents(find_bundled().assets / "icons", end=".svg")[:6]
    body = (find_bundled().assets / "body" / "legs.svg").read_bytes()
    return (*contents(DATA / "drawings", end=".svg") * 2, *icons, body)


def image_seeds() -> tuple[bytes, ...]:
    """Return small pictures of every kind that Qt writes here, and a GIF of two frames."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # noqa: PLC0415 - see above
    from PySide6.QtGui import QImage, QImageWriter  # noqa: PLC0415 - see above

    seeds = [TWO_FRAMES]
    for kind in (b"png", b"jpeg", b"webp"):
        for layout in (QImage.Format.Format_ARGB32, QImage.Format.Format_Grayscale8):
            image = QImage(60, 40, layout)
            image.fill(0x80336699)
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            if QImageWriter(buffer, QByteArray(kind)).write(image):
                seeds.append(bytes(buffer.data().data()))
    return tuple(seeds)


def sound_seeds() -> tuple[bytes, ...]:
    """Return the beginning of a sound that ships, and of other audio formats."""
    whole = (find_bundled().assets / "sounds" / "begin.wav").read_bytes()
    return (
        whole[:4000],
        whole[:44],
        b"ID3\x04" + bytes(6) + b"\xff\xfb\x90\x00" * 200,
        b"fLaC" * 9,
    )


def reshape_image(random: Random, data: bytes) -> bytes:
    """Change some bytes of a PNG and correct its checksums; change other files unchecked."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 4)):
        changed[random.randrange(8, len(changed))] = random.choice((0, 1, 127, 128, 255))
    data = bytes(changed)
    for found in re.finditer(rb"IHDR|PLTE|tRNS|IDAT", data):
        size = int.from_bytes(data[found.start() - 4 : found.start()], "big")
        end = found.end() + size
        if end + 4 <= len(data):
            right = zlib.crc32(data[found.start() : end]).to_bytes(4, "big")
            data = data[:end] + right + data[end + 4 :]
    return data


TWO_FRAMES = bytes.fromhex(
    "474946383961020002008000000000ffffff21ff0b4e45545343415045322e300301000000"
    "21f904000a0000002c000000000200020000020384510500"
    "21f904000a0000002c0000000002000200000203441205003b"
)

DRAWING_TARGET = Target(open_pictures, drawing_seeds, TOKENS_SVG, reshape_tags)
IMAGE_TARGET = Target(
    open_pictures, image_seeds, (b"IHDR", b"acTL", b"GIF89a", b"RIFF", b"\xff\xd9"), reshape_image
)
SOUND_TARGET = Target(open_sounds, sound_seeds, (b"data", b"fmt ", b"RIFF", b"\xff\xff\xff\xff"))
