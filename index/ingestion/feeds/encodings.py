"""From a document's bytes to its text: packed ones unpacked, whatever they are encoded in.

What labels say is believed less than the bytes: what is valid UTF-8 is UTF-8. Nothing is refused
for a wrong byte. Knows no format but gzip, and of XML only its first line.
"""

from __future__ import annotations

import codecs
import re
import zlib

from index.ingestion.feeds.model import FeedRefusedError
from index.ingestion.limits import in_words

MAX_UNPACKED_BYTES = 50 << 20  # what the sitemap protocol allows

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_MARKS = {  # the longer ones first
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    # `<?xm` without a mark (XML 1.0, appendix F)
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
    b"<\0?\0": "utf-16-le",
    b"\0<\0?": "utf-16-be",
    b"\x4c\x6f\xa7\x94": "cp037",
}
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*>")
# Codecs that no document is in: slow, or not about characters.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
# As browsers read them (WHATWG Encoding §4.2).
_READ_AS = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_SEVEN_BIT = re.compile(r"iso2022|hz|utf-7")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def unpacked(body: bytes) -> bytes:
    """Undo gzip, once. Raises FeedRefusedError where it is damaged, or comes to too much."""
    if not body.startswith(_GZIP):
        return body
    found = bytearray()
    while body.startswith(_GZIP):
        member = zlib.decompressobj(_GZIP_WINDOW)
        try:
            found += member.decompress(body, MAX_UNPACKED_BYTES + 1 - len(found))
        except zlib.error:
            raise FeedRefusedError("it is packed with gzip, and damaged") from None
        if len(found) > MAX_UNPACKED_BYTES:
            raise FeedRefusedError(f"unpacked, it is larger than {in_words(MAX_UNPACKED_BYTES)}")
        body = member.unused_data
    return bytes(found)


def text_of(body: bytes, charset: str | None) -> str:
    """Decode a document; `charset` is what its server says, which often knows no better."""
    mark = next((mark for mark in _MARKS if body.startswith(mark)), None)
    if mark is not None:
        return body.decode(_MARKS[mark], "replace").removeprefix("\ufeff")
    declared = _DECLARED.match(body[:1024])
    labels = (declared[1].decode() if declared else None, charset)
    names = [name for label in labels if label and (name := _codec(label))]
    seven_bit = next(filter(_SEVEN_BIT.match, names), None)
    if seven_bit and body.isascii():
        return body.decode(seven_bit, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return _not_utf8(body, [name for name in names if not _SEVEN_BIT.match(name)])


def as_xml(text: str) -> bytes:
    """Encode a document for a parser of XML: UTF-8, without characters that XML cannot hold."""
    return _NOT_XML.sub("", _DECLARATION.sub("", text, count=1)).encode()


def _not_utf8(body: bytes, names: list[str]) -> str:
    """Decode as the first label that fits; a few wrong bytes do not make UTF-8 something else."""
    for name in names:
        if name != "utf-8":
            try:
                return body.decode(name)
            except UnicodeDecodeError:
                continue
    text = body.decode("utf-8", "replace")
    wrong_count = text.count("\ufffd")
    right_count = len(text) - len(text.encode("ascii", "ignore")) - wrong_count
    return text if right_count >= wrong_count else body.decode("cp1252", "replace")


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    is_text = getattr(codecs.lookup(name), "_is_text_encoding", True)
    if not is_text or name in _NO_CHARSETS or name.startswith(("utf-16", "utf-32")):
        return None  # a document in ASCII letters that calls itself UTF-16 is not
    return _READ_AS.get(name, name)
