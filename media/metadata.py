"""What a picture file says about itself: XMP first, then IPTC-IIM, then EXIF. GPS and serial numbers are not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, cast
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import ParseError as XMLParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from PIL import Image, ImageFile, IptcImagePlugin

from newsroom.text import clean_line, clean_text

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
PLACE = ("core:Location", "photoshop:City", "photoshop:State", "photoshop:Country")
LOCATION = ("ext:Sublocation", "ext:City", "ext:ProvinceState", "ext:CountryName")
# What cameras write into every picture where a caption should be.
NO_CAPTION = re.compile(
    r"(?:olympus|konica|minolta|konica minolta|samsung|sony|kodak|vivitar|polaroid|default)?\s*"
    r"(?:digital camera|camera pictures|dsc|dscf?\d*|image description|dcim\S*)",
    re.IGNORECASE,
)
MAX_XMP_BYTES = 2 * 1024 * 1024
MAX_TEXT = 5000
MAX_KEYWORDS = 60
Found = dict[str, Any]


def read(image: Image.Image) -> Found:
    """Field names of Photo with cleaned values, for what the file says; nothing for what it does not. Never raises."""
    found: Found = {}
    for source in (_from_xmp, _from_iptc, _from_exif):
        for name, value in _safely(source, image).items():
            if value and not found.get(name):
                found[name] = value
    return found


def _safely(source: Callable[[Image.Image], Found], image: Image.Image) -> Found:
    try:
        return source(image)
    except Exception:  # noqa: BLE001  hostile or broken metadata raises nearly anything; the picture itself is judged elsewhere
        return {}


# --- XMP ------------------------------------------------------------------------------------------------------------


def _from_xmp(image: Image.Image) -> Found:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    data = packet.encode() if isinstance(packet, str) else bytes(packet)
    if not data or len(data) > MAX_XMP_BYTES:
        return {}
    try:
        root = ElementTree.fromstring(data.strip(b"\x00 \r\n\t").split(b"<?xpacket end", 1)[0])
    except (XMLParseError, DefusedXmlException, ValueError):
        return {}
    nodes = list(root.iter(f"{{{NAMESPACES['rdf']}}}Description"))
    return {
        "caption": _text(_first(nodes, "dc:description")),
        "title": _line(_first(nodes, "photoshop:Headline") or _first(nodes, "dc:title")),
        "credit": _line(_first(nodes, "photoshop:Credit")),
        "creator": _line(", ".join(_values(nodes, "dc:creator")[:5])),
        "copyright_notice": _line(_first(nodes, "dc:rights")),
        "usage_terms": _text(_first(nodes, "xmpRights:UsageTerms") or _first(nodes, "photoshop:Instructions")),
        "alt": _text(_first(nodes, "core:AltTextAccessibility")),
        "keywords": _words(_values(nodes, "dc:subject")),
        "digital_source_type": _line(_first(nodes, "ext:DigitalSourceType")),
        "place": _place(_first(nodes, name) for name in PLACE) or _location(root),
        "taken_at": _moment(_first(nodes, "photoshop:DateCreated") or _first(nodes, "xmp:CreateDate")),
    }


def _values(nodes: list[Element], name: str) -> list[str]:
    """Every value of a property, the default language first, whether written as element, list or attribute."""
    prefix, local = name.split(":")
    tag = f"{{{NAMESPACES[prefix]}}}{local}"
    found: list[str] = []
    for node in nodes:
        if tag in node.attrib:
            found.append(node.attrib[tag])
        for element in node.findall(tag):
            items = list(element.iter(f"{{{NAMESPACES['rdf']}}}li"))
            items.sort(
                key=lambda item: item.get("{http://www.w3.org/XML/1998/namespace}lang", "x-default") != "x-default"
            )
            found += [item.text or "" for item in items] or [
                element.text or element.get(f"{{{NAMESPACES['rdf']}}}resource") or ""
            ]
    return [value for value in found if value.strip()]


def _location(root: Element) -> str:
    """Where the picture was taken, else what place it shows, as newer programs write it: the parts of a structure."""
    for name in ("LocationCreated", "LocationShown"):
        for found in root.iter(f"{{{NAMESPACES['ext']}}}{name}"):
            place = _place(_first(list(found.iter()), part) for part in LOCATION)
            if place:
                return place
    return ""


def _first(nodes: list[Element], name: str) -> str:
    return next(iter(_values(nodes, name)), "")


# --- IPTC-IIM -------------------------------------------------------------------------------------------------------


def _from_iptc(image: Image.Image) -> Found:
    """Source: IPTC-NAA Information Interchange Model 4.2, record 2."""
    records = IptcImagePlugin.getiptcinfo(cast("ImageFile.ImageFile", image)) or {}

    def every(number: int) -> list[str]:
        value = records.get((2, number), [])
        return [_letters(item) for item in (value if isinstance(value, list) else [value])]

    def one(number: int) -> str:
        return next(iter(every(number)), "")

    return {
        "caption": _text(one(120)),
        "title": _line(one(105) or one(5)),
        "credit": _line(one(110)),
        "creator": _line(", ".join(every(80)[:5])),
        "copyright_notice": _line(one(116)),
        "usage_terms": _text(one(40)),
        "keywords": _words(every(25)),
        "place": _place(one(number) for number in (92, 90, 95, 101)),
        "taken_at": _iptc_moment(one(55), one(60)),
    }


def _letters(data: bytes) -> str:
    """As UTF-8 if it is that, whether the file says so or forgets to; else as Latin-1, which everything is."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _iptc_moment(day: str, time: str) -> datetime | None:
    if not re.fullmatch(r"\d{8}", day):
        return None
    clock = re.fullmatch(r"(\d\d)(\d\d)(\d\d)(?:([+-]\d\d)(\d\d))?", time)
    moment = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    if clock:
        hour, minute, second, zone, zone_minute = clock.groups()
        moment += f"T{hour}:{minute}:{second}" + (f"{zone}:{zone_minute}" if zone else "")
    return _moment(moment)


# --- EXIF -----------------------------------------------------------------------------------------------------------


def _from_exif(image: Image.Image) -> Found:
    """Source: CIPA DC-008 (Exif 2.32), tags ImageDescription, Artist, Copyright, DateTimeOriginal, OffsetTimeOriginal;
    Microsoft's XPTitle, XPAuthor and XPKeywords."""
    exif = image.getexif()
    details = exif.get_ifd(0x8769)
    taken = re.fullmatch(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", _line(details.get(0x9003, "")))
    offset = _line(details.get(0x9011, ""))
    moment = "{}-{}-{}T{}".format(*taken.groups()) if taken else ""
    caption = _text(_ascii(exif.get(0x010E, "")))
    return {
        "caption": "" if NO_CAPTION.fullmatch(caption) else caption,
        "title": _line(_wide(exif.get(0x9C9B, b""))),
        "creator": _line(_ascii(exif.get(0x013B, "")) or _wide(exif.get(0x9C9D, b""))),
        "copyright_notice": _line(_ascii(exif.get(0x8298, ""))),
        "keywords": _words(_wide(exif.get(0x9C9E, b"")).split(";")),
        "taken_at": _moment(moment + offset if re.fullmatch(r"[+-]\d\d:\d\d", offset) else moment),
    }


def _ascii(value: Any) -> str:
    """A text that should be ASCII and is often UTF-8, which Pillow reads as Latin-1."""
    text = _decoded(value)
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _wide(value: Any) -> str:
    """UTF-16 in bytes."""
    return bytes(value).decode("utf-16-le", "replace") if isinstance(value, bytes | tuple) else ""


# --- Values ---------------------------------------------------------------------------------------------------------


def _line(value: Any) -> str:
    return clean_line(_decoded(value)[:MAX_TEXT])


def _text(value: Any) -> str:
    return clean_text(_decoded(value)[:MAX_TEXT])


def _decoded(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _words(values: list[str]) -> list[str]:
    return list(dict.fromkeys(word for word in (_line(value)[:80] for value in values) if word))[:MAX_KEYWORDS]


def _place(parts: Iterator[str]) -> str:
    """The parts, smallest first, each once: "Plaza Mayor, Quito, Ecuador"."""
    return ", ".join(dict.fromkeys(part for part in (_line(part) for part in parts) if part))[:255]


def _moment(value: str) -> datetime | None:
    """An aware time. A clock without a zone is read in the site's zone, a bare day as its noon."""
    text = _line(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        text += "T12:00:00"
    try:
        moment = parse_datetime(text)
        if moment is None or timezone.is_aware(moment):
            return moment
        return timezone.make_aware(moment, timezone.get_default_timezone())
    except (ValueError, OverflowError):
        return None
