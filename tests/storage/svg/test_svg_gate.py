"""The gate of users' drawings: what hangs, reads files or falls over is refused, the rest is not."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.storage.svg.filter import svg_fault

DRAWINGS = sorted((Path(__file__).parents[2] / "data" / "drawings").glob("*.svg"))


def fault(inside: str, before: str = "", attributes: str = "") -> str:
    """Return why a drawing with this inside is refused."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>'
    return svg_fault(f"{before}{head}{inside}</svg>".encode())


def use_bomb(levels: int, fan_out: int = 10) -> str:
    """Return a drawing that uses itself `fan_out` to the power of `levels` times."""
    groups = ['<g id="g0"><path d="M0 0L1 1"/></g>']
    for level in range(1, levels + 1):
        uses = f'<use xlink:href="#g{level - 1}"/>' * fan_out
        groups.append(f'<g id="g{level}">{uses}</g>')
    return "".join(groups)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_an_ordinary_drawing_is_shown(path: Path) -> None:
    """What the usual programs write passes, arrows, gradients and metadata included."""
    assert svg_fault(path.read_bytes()) == ""


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (use_bomb(6), "repeats its parts too often"),
        (use_bomb(9), "repeats its parts too often"),
        ('<image href="/etc/passwd"/>', "an image"),
        ('<image xlink:href="fifo.png" width="9" height="9"/>', "an image"),
        ('<image href="data:image/png;base64,AAAA"/>' * 8, "an image"),
        ('<x:image xmlns:x="http://www.w3.org/2000/svg" href="a"/>', "an image"),
        ('<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>', "a filter"),
        ('<path stroke-dasharray="0.01" d="M0 0L9 9"/>', "dashed lines"),
        ('<path style="stroke-dasharray : .01" d="M0 0L9 9"/>', "dashed lines"),
        ("<style>path{stroke-dasharray:.01}</style><path/>", "dashed lines"),
        ("<path/><style><![CDATA[path{STROKE-DASHARRAY:.01}]]></style>", "dashed lines"),
        ("<style>path{stroke-dash<![CDATA[array:.01}]]></style><path/>", "dashed lines"),
        ("<style>g{stroke-dasharray/**/:.01}</style><g/>", "dashed lines"),
        ("<style>p{stroke-d\\61sharray:.01}</style>", "escapes"),
        (f"<style>{'.a{fill:red}' * 2000}</style>", "longer than 16 kB"),
        ('<pattern id="p"/>', "a pattern"),
        ('<mask id="m"/>', "a mask"),
        ("<script>1</script>", "a script"),
        ("<foreignObject/>", "no drawing"),
        ('<use href="other.svg#a"/>', "outside of itself"),
        ('<a href="http://example.com/"/>', "outside of itself"),
        ('<rect fill="url(file:///etc/passwd#a)"/>', "outside of itself"),
        ("<style>@import 'a.css';</style>", "outside of itself"),
        ("<style>.a{fill:url( 'http://x/')}</style>", "outside of itself"),
        ('<g id="a"><use href="#a"/></g>', "without end"),
        ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "without end"),
        ('<linearGradient id="a" xlink:href="#a"/><use href="#a"/>', "without end"),
        ('<marker id="a"><path marker-end="url(#a)"/></marker><path marker-end="url(#a)"/>', "end"),
        ('<path marker-mid="url(#a)"/>', "markers along its lines"),
        ('<path style="marker:url(#a)"/>', "markers along its lines"),
        ("<g>" * 31 + "</g>" * 31, "30 deep"),
        ("<g/>" * 10_001, "10,000 parts"),
        ('<linearGradient id="a"/>' + '<rect fill="url(#a)"/>' * 3000, "draws too much"),
        (
            f'<linearGradient id="a"/><g fill="url(#a)">{"<rect/>" * 3000}</g>',
            "draws too much",
        ),
        ('<rect opacity=".5"/>' * 3000, "draws too much"),
        (f'<g style="fill-opacity:0.5">{"<rect/>" * 3000}</g>', "draws too much"),
        ("<style>.a{opacity:.5}</style>" + '<rect class="a"/>' * 3000, "draws too much"),
        ("<?xml-stylesheet href='/etc/passwd'?>", "an instruction for other programs"),
        ("<g>", "damaged"),
        ("&nbsp;", "damaged"),
    ],
)
def test_a_dangerous_drawing_is_refused(inside: str, words: str) -> None:
    """Each is refused with a reason in plain words."""
    assert words in fault(inside)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ('<?xml-stylesheet href="/dev/zero"?>', "an instruction for other programs"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>', "declares entities"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "declares entities"),
        ("<!DOCTYPE svg []>", "declares entities"),
        ("<!-- --><?php 1 ?>", "an instruction for other programs"),
    ],
)
def test_a_dangerous_beginning_is_refused(before: str, words: str) -> None:
    """What stands before the drawing counts too."""
    assert words in fault("", before=before)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(b"<svg/>", mtime=0), "compressed"),
        (b"<svg>" + b" " * 2_000_000 + b"</svg>", "larger than 2 MB"),
        (b"", "damaged"),
        (b"<html/>", "no SVG"),
        (b"<svg", "damaged"),
        (b"\x00\xff" * 100, "damaged"),
        (b'<?xml version="1.0" encoding="klingon"?><svg/>', "damaged"),
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes, words: str) -> None:
    """So is everything that only pretends to be one."""
    assert words in svg_fault(data)


@pytest.mark.parametrize(
    "inside",
    [
        '<path style="stroke-dasharray:none;stroke-dashoffset:0" stroke-dasharray="none"/>',
        '<rect style="opacity: 1;fill-opacity:1.0; stroke-opacity : 1" />' * 3000,
        '<path style="marker : none;marker-mid: none"/>',
        '<rect fill="url(#a)"/>' * 1000,
        '<path marker-start="url(#a)"/><marker id="a" markerWidth="3"><path/></marker>',
        use_bomb(3),
        "<style>.a{fill:url(#b);marker:none}</style><rect/>",
        "<use href='#nowhere'/><rect fill='url( \"#a\" )'/>",
        '<g id="a"/><g id="a"/><use href="#a"/><rect/>',
        '<g xmlns:i="i"><i:image href="a.png"/><rect/></g>',
        '<title><image href="a.png"/></title><rect/>',
        '<switch><foreignObject requiredExtensions="a"/><rect/></switch>',
        '<rect onload="a()" data-x="url(file:///x)" inkscape="3"/>',
        "<style>@font-face{font-family:a;src:url(a)}<!-- rect:hover{fill:red} --></style><rect/>",
        "<text>url(file:///x) stroke-dasharray: 3 &lt;image&gt;</text>",
    ],
)
def test_a_harmless_drawing_is_shown(inside: str) -> None:
    """What only looks alike passes."""
    assert fault(inside) == ""


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('<path id="p"/><text><textPath href="#p">along</textPath></text>', "text along a path"),
        ("<flowRoot/>", "text in a frame"),
        ("<svg><rect/></svg>", "a drawing inside the drawing"),
        ("<style>@media print{rect{fill:red}}</style>", "for some screens only (@media)"),
        ('<style media="print">rect{fill:red}</style>', "for other screens only"),
        ("<style>rect:nth-child(2){fill:red}</style>", "chooses parts in a way"),
        ("<style>rect{fill:red</style>", "style sheet is damaged"),
        ('<g style="transform-box:fill-box" transform="rotate(9)"/>', "transform-origin"),
        ('<g style="fill:var(--a)"/>', "uses names for values (var)"),
        ('<g style="mix-blend-mode:multiply"/>', "mix-blend-mode"),
        ('<g style="filter:blur(2px)"/>', "a filter"),
        ('<g mask="url(#m)"/>', "a mask"),
        ('<rect fill="oklch(40% 0.2 9)"/>', "not known here: oklch(40% 0.2 9)"),
        ('<rect width="3dvh"/>', "a length in dvh"),
        ('<rect fill="red" stroke="blue" paint-order="stroke"/>', "paint-order"),
        ('<circle><animate attributeName="r"/></circle>', "it moves"),
        ("<style>rect{animation:a 2s}</style><rect/>", "it moves"),
        ('<switch><g systemLanguage="de"/><g/></switch>', "in each language"),
        ('<g clip-path="inset(3px)"/>', "it is cut out by what is not known"),
        ('<clipPath id="c" clipPathUnits="objectBoundingBox"/><g clip-path="url(#c)"/>', "a share"),
        ('<clipPath id="c"><text>a</text></clipPath><g clip-path="url(#c)"/>', "cut out by text"),
        ('<clipPath id="c" clip-path="url(#c)"/><g clip-path="url(#c)"/>', "cut out twice"),
        ('<text>a<tspan dy="3">b</tspan></text>', "moved within its line"),
        ('<text text-decoration="underline">a</text>', "a line under"),
        ('<text letter-spacing="1em">a</text>', "with wide gaps"),
        ('<text baseline-shift="super">a</text>', "raised or lowered"),
        ('<text writing-mode="tb">a</text>', "from top to bottom"),
        ('<g transform="rotate(calc(1deg))"/>', "moved or turned in a way"),
        ("<blink/>", "it holds something that is not known here: blink"),
        ("", "it shows nothing"),
        ('<defs/><g display="none"/>', "it shows nothing"),
    ],
)
def test_what_would_be_shown_wrong_is_refused(inside: str, words: str) -> None:
    """The library leaves it out, or draws it elsewhere, without a word."""
    assert words in fault(inside)


def test_a_reason_names_the_line() -> None:
    """A person looks there in a text editor."""
    assert fault("\n<g>\n<mask/></g>") == "it holds a mask, in line 3"


def test_a_chain_of_references_is_followed_only_so_far() -> None:
    """Fifty drawings in drawings are refused without a deep stack, whichever comes first."""
    chain = use_bomb(50, fan_out=1)
    backwards = "".join(reversed(chain.replace("</g>", "</g>|").split("|")))

    assert "without end" in fault(chain)
    assert "without end" in fault(backwards)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    """The gate never raises."""
    assert isinstance(svg_fault(b"<svg>" + data), str)
    assert isinstance(svg_fault(data), str)
