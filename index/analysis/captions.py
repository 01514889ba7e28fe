"""Which lines describe a picture, or only credit one. Looks at one line alone."""

from __future__ import annotations

import re

MAX_CAPTION_CHARACTER_COUNT = 600

_AGENCY = (
    r"(?:getty|afp|reuters|ap photo|associated press|epa|shutterstock|alamy|istock|bloomberg|upi"
    r"|anadolu|imago|zuma|nurphoto|sipa|xinhua|kyodo|tass|pa images|press association|usa today"
    r"|icon sportswire|newsmakers|wireimage|filmmagic|pool|ap)"
)
_LABEL = (
    r"(?:(?:file[ -]?)?(?:photo|image|picture)s?(?: (?:credit|by|courtesy(?: of)?|caption|source))?"
    r"|credit|pictured(?: (?:above|below|here))?|caption|media caption|image caption)"
)
_OPENING = re.compile(
    rf"\(?(?:{_LABEL}\s*[:/|©]|file\s*/|file\s*[-–—]\s|(?:photo|image|picture)(?:graph)? (?:by|via|courtesy of|credit)\b"
    rf"|image (?:caption|source)\b)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    rf"[(\[|][^()\[\]|]{{0,80}}(?:(?:/|via |by )\s*[^()\[\]|]{{0,40}}\b{_AGENCY}\b|\bgetty images|\bap photo\b|\bphoto(?:graph)?s?\s*(?:by|:|/|courtesy)|\b(?:image|credit)s?\s*:)[^()\[\]|]{{0,80}}[)\]]?\W*$",
    re.IGNORECASE,
)
_CREDIT_ALONE = re.compile(
    rf"[\w .,'’&-]{{0,60}}(?:/|via )\s*{_AGENCY}\b[\w .,/'’&-]{{0,60}}$"
    rf"|{_AGENCY}(?: images?| photo)?\s*/[\w .,/'’&-]{{1,60}}$|(?:[\w ]{{1,30}}/)?getty(?: images)?$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_MAX_CREDIT_CHARACTER_COUNT = 90


def is_caption(line: str) -> bool:
    """Whether a trimmed line is a caption: it is labelled as one, or ends in a photo credit."""
    if len(line) >= MAX_CAPTION_CHARACTER_COUNT:
        return False
    if _OPENING.match(line) or _CREDIT.search(line):
        return True
    is_short = len(line) <= _MAX_CREDIT_CHARACTER_COUNT and not _SENTENCE_END.search(line)
    return is_short and bool(_CREDIT_ALONE.match(line))
