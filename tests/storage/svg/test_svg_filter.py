"""Tests of the filter for users' drawings: which ones are refused, and why."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.storage.svg.filter import safe_svg, svg_fault

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
    """Drawings as the usual programs write them are shown."""
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
        ("<g/>" * 5_001, "5,000 parts"),
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
    """A drawing that hangs, reads files or costs too much is refused with the reason."""
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
    """Instructions and entities before the root element are refused."""
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
    """Files that are no SVG, compressed or damaged are refused."""
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
    """A drawing that only resembles a dangerous one is shown."""
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
        (
            '<symbol id="s" viewBox="0 0 1e-9 1" preserveAspectRatio="none"/><use href="#s" width="1e305"/>',
            "too large",
        ),
        ("<blink/>", "it holds something that is not known here: blink"),
        ("", "it shows nothing"),
        ('<defs/><g display="none"/>', "it shows nothing"),
    ],
)
def test_what_would_be_shown_wrong_is_refused(inside: str, words: str) -> None:
    """What QtSvg would leave out or draw wrong is refused."""
    assert words in fault(inside)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<g>\n<mask/></g>", "it holds a mask"),
        ('<path/>\n<rect x="1dvh"/>', "it has a length in dvh, which is not known here"),
        (
            '<path marker-end="url(#m)"/>\n<marker id="m" refX="1dvh"/>',
            "it has a length in dvh, which is not known here",
        ),
        (
            '<g clip-path="url(#c)"/>\n<clipPath id="c" style="fill:\\61"/>',
            "its style is written with escapes (\\)",
        ),
        ("<path/>\n<style>@media print{}</style>", "for some screens only (@media)"),
        ('<path/>\n<g style="fill:var(--a)"/>', "its style uses names for values (var) in fill"),
        ("<text>a\n<tspan dy='3'>b</tspan></text>", "it has text that is moved within its line"),
    ],
)
def test_a_reason_names_the_line(inside: str, reason: str) -> None:
    """The reason ends in the line of the element in the file."""
    assert fault(f"\n{inside}").endswith(f"{reason}, in line 3")


def test_a_chain_of_references_is_followed_only_so_far() -> None:
    """Fifty drawings in drawings are refused without a deep stack, whichever comes first."""
    chain = use_bomb(50, fan_out=1)
    backwards = "".join(reversed(chain.replace("</g>", "</g>|").split("|")))

    assert "without end" in fault(chain)
    assert "without end" in fault(backwards)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    """The filter never raises anything else."""
    assert isinstance(svg_fault(b"<svg>" + data), str)
    assert isinstance(svg_fault(data), str)


MANY = 600_000


@pytest.mark.parametrize(
    "inside",
    [
        f'<rect style="{"/* " * MANY}"/>',
        f'<rect style="fill:url({" " * MANY * 3}#a"/>',
        f'<rect fill="url({" " * MANY * 3}x y)"/>',
        f'<rect x="{"1" * MANY * 3}!"/>',
        f'<rect fill="{"a(" * MANY}"/>',
        f'<text style="font:bold{" " * MANY * 3}/">a</text>',
        "".join(
            [
                f"<style>{'.a g .c{fill:red}' * 800}</style>",
                f'<g class="b {"c " * MANY}">',
                "<g>" * 20 + '<a class="c"/>' * 9 + "</g>" * 21,
            ]
        ),
        f"<style>x{' g' * 14} rect{{fill:red}}</style>{'<g>' * 28}<rect/>{'</g>' * 28}",
        f'<marker id="m">{"<path/>" * 2400}</marker>' + '<path marker-end="url(#m)"/>' * 2400,
    ],
    ids=[
        "comments",
        "address in a style",
        "address",
        "digits",
        "brackets",
        "font",
        "classes",
        "selectors",
        "markers",
    ],
)
def test_a_long_value_takes_no_longer_than_its_length(inside: str) -> None:
    """Each would run for minutes, over the time limit of a test, if it was searched repeatedly."""
    assert isinstance(fault(inside), str)


@pytest.mark.parametrize(
    ("selector", "is_red"),
    [
        ("rect", True),
        ("g rect", True),
        ("a > rect", True),
        ("g > rect", False),
        ("g > a > rect", True),
        (".b > g rect", True),
        (".b > a rect", False),
        (".c g > a rect", False),
        ("g g a rect", True),
        ("g g g rect", False),
        ("svg > #i > g .d.e", True),
        (".d.f", False),
    ],
)
def test_a_selector_chooses_what_it_chooses_in_a_browser(selector: str, is_red: bool) -> None:
    """Descendants, children, ids and classes are matched."""
    style = f"<style>{selector}{{fill:#ff0000}}</style>"
    inside = '<g id="i" class="b"><g class="c"><a><rect class="d e"/></a></g></g>'

    written = safe_svg(f"<svg>{style}{inside}</svg>".encode())

    assert (b"<rect fill=" in written) == is_red


def test_an_empty_origin_is_no_origin() -> None:
    """A transform with an empty `transform-origin` is about the zero point."""
    written = safe_svg(b'<svg><rect transform="scale(2)" style="transform-origin:"/></svg>')

    assert b'transform="scale(2)"' in written


def test_a_marker_takes_the_colour_of_its_line_from_a_style_sheet() -> None:
    """`context-stroke` in a style sheet counts as it does in an attribute."""
    written = safe_svg(
        b"<svg><style>.m{fill:context-stroke}</style>"
        b'<marker id="m"><circle class="m" r="1"/></marker>'
        b'<path stroke="#00ff00" marker-end="url(#m)" d="M0 0h9"/></svg>'
    )

    assert b'<circle fill="#00ff00"' in written
