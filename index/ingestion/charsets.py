"""In which encoding a web page says that it is written. Knows nothing else of HTML."""

from __future__ import annotations

import codecs
import re

from index.errors import FileRefusedError

_HEAD_BYTES = 4096
_DECLARED = re.compile(
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)

# By Python's names. Its other codecs (zlib, punycode, …) are no charsets of the web.
_KNOWN = re.compile(
    r"utf-8|cp125[0-8]|cp874|cp932|cp949|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gb2312|gbk|gb18030|big5|euc_jp|euc_kr|shift_jis|iso2022_jp"
)
# As browsers do (WHATWG Encoding §4.2): Latin-1 and ASCII mean Windows-1252, and a page that calls
# itself UTF-16 in ASCII letters is UTF-8.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "utf-16": "utf-8",
    "utf-16-be": "utf-8",
    "utf-16-le": "utf-8",
}


def declared_charset(raw: bytes) -> str:
    """Give Python's name of the charset in the page's `<meta>`; UTF-8 when it has none.

    Raises FileRefusedError for a charset that nobody writes pages in.
    """
    declared = _DECLARED.search(raw[:_HEAD_BYTES])
    if declared is None:
        return "utf-8"
    label = declared[1].decode("ascii", "replace")
    name = known_charset(label)
    if name is None:
        raise FileRefusedError(f"its charset {label} is unknown; save it as UTF-8")
    return name


def known_charset(label: str) -> str | None:
    """Give Python's name of a charset that pages are written in; None for any other."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):  # a label may hold a NUL
        return None
    name = _READ_AS.get(name, name)
    return name if _KNOWN.fullmatch(name) else None
