"""Small pictures and hostile files, built byte by byte."""

import io
import struct
import zlib

from django.core.files.base import ContentFile
from PIL import Image

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>"""


def picture(size=(60, 40), *, mode="RGB", kind="JPEG", colour=None, **options):
    """The bytes of a plain picture."""
    file = io.BytesIO()
    Image.new(mode, size, colour if colour is not None else 0).save(file, kind, **options)
    return file.getvalue()


def halves(size=(400, 200), *, kind="JPEG", **options):
    """Left half red, right half blue: crops tell which side they kept."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def noise(size=(300, 200), *, kind="JPEG", **options):
    """A picture that does not compress, so that cutting the file cuts the picture."""
    image = Image.effect_noise(size, 90).convert("RGB")
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def xmp(*, elements="", attributes=""):
    """An XMP packet as bytes."""
    return XMP.format(elements=elements, attributes=attributes).encode()


def iptc(*records):
    """A Photoshop resource block with IPTC-IIM records, for JPEG's APP13: ``iptc((2, 120, b"…"), …)``."""
    data = b"".join(struct.pack(">BBBH", 0x1C, record, number, len(value)) + value for record, number, value in records)
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(data)) + data
    return b"Photoshop 3.0\x00" + block + b"\x00" * (len(data) % 2)


def with_segment(jpeg, marker, payload):
    """``jpeg`` with one more segment right after its start."""
    return jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload + jpeg[2:]


def huge_png(width=50_000, height=50_000):
    """A few bytes that promise a picture of ``width`` by ``height``."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def huge_jpeg(width=50_000, height=50_000):
    """A real small JPEG whose header promises ``width`` by ``height``."""
    data = bytearray(picture())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def huge_webp():
    """A WebP header of 16384 by 16384 pixels, the largest there can be."""
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + b"\xff\x3f\0" * 2
    return b"RIFF" + struct.pack("<I", len(body)) + body


def huge_gif():
    """A real small GIF whose header promises 65535 by 65535 pixels."""
    return b"GIF89a\xff\xff\xff\xff" + picture(kind="GIF")[10:]


def upload(data, name="photo.jpg"):
    """``data`` as an uploaded file."""
    return ContentFile(data, name=name)
