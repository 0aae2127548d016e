"""Tests that nothing forbidden gets through the filter for drawings, however it is hidden."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legato.storage.svg.filter import RefusedError, safe_svg
from legato.storage.svg.output import is_plain

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
KNOWN = set(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan "  # noqa: SIM905
    "linearGradient radialGradient stop marker mask".split()
)
WORDS_OF_CSS = {"font-family", "d", "points", "transform", "gradientTransform"}

TARGETS = (
    "/etc/passwd",
    "file:///etc/passwd#a",
    "FILE:///etc/passwd",
    "//host/share/x.png",
    "\\\\host\\share\\x.png",
    "http://host/x.png",
    "fifo.png",
    "data:image/png;base64,AAAA",
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='/etc/passwd'/%3E",
    " \n/etc/passwd",
    "&#47;etc/passwd",
    "#a/../../etc/passwd",
    "#",
    "",
)
PAYLOADS = (
    '<{p}image {h}="{t}" width="9" height="9"/>',
    '<{p}IMAGE {h}="{t}" width="9" height="9"/>',
    '<{p}use {h}="{t}"/>',
    '<{p}feImage {h}="{t}"/>',
    '<{p}a {h}="{t}"><{p}rect width="9" height="9"/></{p}a>',
    '<{p}linearGradient id="a" {h}="{t}"/><{p}rect width="9" height="9" fill="url(#a)"/>',
    '<{p}rect width="9" height="9" fill="url({t})"/>',
    '<{p}rect width="9" height="9" fill="URL( &quot;{t}&quot; ) red"/>',
    "<{p}rect width='9' height='9' style='fill:url({t})'/>",
    "<{p}rect width='9' height='9' style='fill:u\\72l({t})'/>",
    "<{p}rect width='9' height='9' style='fill:/**/url(/**/{t})'/>",
    "<{p}rect width='9' height='9' style='f\\69ll:image({t})'/>",
    '<{p}style>@import "{t}";</{p}style>',
    "<{p}style>@IMPORT url({t});rect{{fill:red}}</{p}style>",
    "<{p}style><![CDATA[rect{{fill:ur]]><![CDATA[l({t})}}]]></{p}style>",
    "<{p}style>@font-face{{font-family:a;src:url({t})}}</{p}style><{p}text font-family='a'>b</{p}text>",
    "<{p}style>rect{{mask:url({t});marker:url({t});clip-path:url({t});filter:url({t})}}</{p}style>",
    "<{p}script {h}='{t}'>1</{p}script>",
    "<{p}foreignObject><{p}image {h}='{t}'/></{p}foreignObject>",
    "<{p}svg><{p}image {h}='{t}'/></{p}svg>",
    "<{p}filter id='a'><{p}feImage {h}='{t}'/></{p}filter><{p}rect width='9' filter='url(#a)'/>",
    "<{p}pattern id='a'><{p}image {h}='{t}'/></{p}pattern><{p}rect width='9' fill='url(#a)'/>",
    "<{p}set attributeName='href' to='{t}'/>",
    "<{p}animate attributeName='xlink:href' values='{t}'/>",
    "<{p}font-face-uri {h}='{t}'/>",
    "<{p}text>a<{p}tref {h}='{t}'/></{p}text>",
    "<{p}rect width='9' height='9' xml:base='{t}' onload='{t}' cursor='url({t})'/>",
    "<{p}marker id='m'><{p}image {h}='{t}'/></{p}marker><{p}path d='M0 0h9' marker-end='url(#m)'/>",
)
HIDINGS = (
    "{}",
    "<clipPath><!-- </clipPath> {} <clipPath> --></clipPath>",
    "<clipPath id='c'>{}</clipPath><g clip-path='url(#c)'/>",
    "<!-- {} -->",
    "<!-- --><g>{}</g><!-- -->",
    "<text><![CDATA[{}]]></text>",
    "<style><![CDATA[</style>{}<style>]]></style>",
    "<title>{}</title>",
    "<metadata>{}</metadata>",
    "<defs>{}</defs>",
    "<symbol id='s'>{}</symbol><use href='#s'/>",
    "<g display='none' id='n'>{}</g><use href='#n'/>",
    "<switch><g requiredExtensions='a'>{}</g><g/></switch>",
    "<switch>{}</switch>",
    "<text>a{}b</text>",
    "<text><tspan>{}</tspan></text>",
    "<i:x xmlns:i='i'>{}</i:x>",
    "<g xmlns='i'>{}</g>",
    "<g xmlns='http://www.w3.org/2000/svg ' xmlns:s='http://www.w3.org/2000/svg'>{}</g>",
    "<desc/><?xpacket {} ?>",
    "<font-face>{}</font-face>",
    "<linearGradient id='g'><stop/>{}</linearGradient>",
)
BEFORE = (
    "",
    "<!-- a -->",
    '<?xml-stylesheet href="/etc/passwd"?>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "file:///etc/passwd">',
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "a">]>',
    '<!DOCTYPE svg SYSTEM "/etc/passwd" [<!ENTITY % x SYSTEM "fifo">%x;]>',
)
ROOTS = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg" {}>{}</svg>',
    "<svg xmlns:s='http://www.w3.org/2000/svg' {}>{}</svg>",
    '<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns="http://www.w3.org/2000/svg" {}>{}</s:svg>',
    '<svg xmlns="http://www.w3.org/1999/xhtml" xmlns:s="http://www.w3.org/2000/svg" {}>{}</svg>',
)
LINKS = ('xmlns:l="http://www.w3.org/1999/xlink"', 'xmlns:l="l"', "", 'xmlns:xlink="x" xmlns:l="x"')
ENCODINGS = (
    ("utf-8", ""),
    ("utf-8-sig", ""),
    ("utf-16", ""),
    ("utf-16-le", "utf-16"),
    ("utf-32", ""),
    ("latin-1", "iso-8859-1"),
    ("cp1252", "windows-1252"),
    ("utf-7", "utf-7"),
    ("cp037", "cp037"),
    ("utf-8", "utf-7"),
    ("utf-8", "utf-16"),
    ("utf-8", "rot13"),
    ("shift_jis", "shift_jis"),
)
SEEN = "<rect width='9' height='9'/>"


@st.composite
def tricks(draw: st.DrawFn) -> bytes:
    """Return a drawing with something forbidden in it, hidden once or twice."""
    prefix = draw(st.sampled_from(("", "s:", "x:")))
    href = draw(st.sampled_from(("href", "l:href", "xlink:href", "HREF", "src")))
    payload = draw(st.sampled_from(PAYLOADS)).format(
        p=prefix, h=href, t=draw(st.sampled_from(TARGETS))
    )
    for hiding in draw(st.lists(st.sampled_from(HIDINGS), min_size=1, max_size=2)):
        payload = hiding.replace("{}", payload)
    root = draw(st.sampled_from(ROOTS))
    text = root.format(draw(st.sampled_from(LINKS)), SEEN + payload)
    encoding, declared = draw(st.sampled_from(ENCODINGS))
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    whole = head + draw(st.sampled_from(BEFORE)) + text
    return whole.encode(encoding, "xmlcharrefreplace")


def only_known(data: bytes) -> bool:
    """Return whether a drawing has only known elements, and addresses only of its own parts."""
    root = ET.fromstring(data)  # noqa: S314 - written by the filter itself
    names = {element.get("id") for element in root.iter()}
    for element in root.iter():
        if not element.tag.startswith(SVG) or element.tag.removeprefix(SVG) not in KNOWN:
            return False
        for name, value in element.attrib.items():
            if name == HREF:
                if not re.fullmatch(r"#p\d+", value):
                    return False
            elif "href" in name.casefold() or name.startswith("on") or name in {"style", "class"}:
                return False
            elif "url" in value.casefold():
                found = re.fullmatch(r"url\(#(p\d+)\)", value)
                if found is None or found[1] not in names:
                    return False
            elif name not in WORDS_OF_CSS and not re.fullmatch(r"[\w #.+-]*", value):
                return False
    return True


@given(tricks())
def test_nothing_hidden_comes_through(data: bytes) -> None:
    """A forbidden element or address is refused or left out, never written."""
    try:
        written = safe_svg(data)
    except RefusedError:
        return
    assert is_plain(written)
    assert only_known(written)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_the_open_is_not_written(payload: str) -> None:
    """A forbidden address is not written where it is not hidden at all either."""
    inside = SEEN + payload.format(p="", h="href", t="/etc/passwd")
    try:
        written = safe_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())
    except RefusedError:
        return
    assert b"passwd" not in written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_what_is_drawn_is_always_of_one_encoding(encoding: str) -> None:
    """The safe drawing is UTF-8, so that two parsers cannot read it in two ways."""
    head = "" if encoding.startswith("utf") else f'<?xml version="1.0" encoding="{encoding}"?>'
    data = f"{head}<svg><text>drücken</text></svg>".encode(encoding)

    assert "drücken".encode() in safe_svg(data)


@pytest.mark.parametrize(
    "data",
    [
        "<svg/>",
        "{}<image/></svg>",
        "{}<rect style='fill:red'/></svg>",
        "{}<use xlink:href='a.svg#p1'/></svg>",
        "{}<rect fill='url(a)'/></svg>",
        "{}<rect fill='url(#p1) url(a)'/></svg>",
        "{}<rect onload='a'/></svg>",
        "{}<!-- --></svg>",
        "{}<?a?></svg>",
        "{}<g xmlns='a'/></svg>",
        "<!DOCTYPE svg>{}</svg>",
        "{}<text><![CDATA[a]]></text></svg>",
        "{}",
    ],
)
def test_what_the_filter_did_not_write_is_not_plain(data: str) -> None:
    """`is_plain` finds it without the filter."""
    space = "http://www.w3.org/2000/svg"
    root = f'<svg xmlns="{space}" xmlns:xlink="http://www.w3.org/1999/xlink">'

    assert is_plain(f"{root}<rect/></svg>".encode())
    assert not is_plain(data.replace("{}", root).encode())
