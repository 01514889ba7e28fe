"""Which lines describe a picture, or only credit one. Looks at one line alone."""

from __future__ import annotations

import re

MAX_CAPTION_CHARACTER_COUNT = 600
# "Photo by" may also open a paragraph about something else
_MAX_LABELLED_CHARACTER_COUNT = 300

_AGENCY = (
    r"(?:getty|afp|reuters|ap photo|associated press|epa|shutterstock|alamy|istock|bloomberg|upi"
    r"|anadolu|imago|zuma|nurphoto|sipa|xinhua|kyodo|tass|pa images|press association|usa today"
    r"|icon sportswire|newsmakers|wireimage|filmmagic|pool|ap)"
)
_PICTURE = r"(?:photo|photograph|image|picture|illustration)s?"
_NAMES = r"[\w .,'’&-]"


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_LABEL = _any_of(
    rf"\(?(?:(?:file|feature|top|cover)[ -]?)?{_PICTURE}"
    r"(?: (?:credit|by|courtesy(?: of)?|caption|source))?\s*[:/|©]",
    r"\(?(?:credit|pictured(?: (?:above|below|here))?|caption|media caption)\s*:",
    r"\(?file\s*/|\(?file\s*[-–—]\s",
    rf"\(?{_PICTURE} (?:by|via|courtesy of|credit) (?-i:[A-Z])",
    r"image (?:caption|source)\b",
)
_BRACKETED_CREDIT = re.compile(
    r"[(\[](?P<credit>[^()\[\]]{1,160})[)\]]\W*$",
)
_CREDIT = _any_of(
    rf"(?:/|via |by |, )\s*{_NAMES}{{0,40}}\b{_AGENCY}\b",
    r"\bgetty\b|\bap photo\b",
    rf"\b{_PICTURE}\s*(?:by|of|:|/|courtesy)",
    # a photographer in capitals before an agency that nobody here knows: (ANNA KELL/Estuary Wire)
    r"^(?-i:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*)+)\s*/\s*(?-i:[A-Z])",
    r"\b(?:image|credit)s?\s*:",
)
_LAST_CREDIT = _any_of(
    rf"(?:[/|]|\bvia )\s*{_AGENCY}(?: images?| photo)?\s*$",
    rf"\b{_PICTURE}(?: credit| by)?\s*:\s*[\w .,/'’&-]{{1,60}}$",
    rf"^{_AGENCY}(?: images?| photo)?\s*/{_NAMES}{{1,60}}$",
    rf"^(?:{_NAMES}{{1,30}}/)?getty(?: images)?\b",
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")


def is_caption(line: str) -> bool:
    """Whether a trimmed line is a caption: labelled as one, or with a photo credit at its end."""
    if len(line) >= MAX_CAPTION_CHARACTER_COUNT:
        return False
    if len(line) < _MAX_LABELLED_CHARACTER_COUNT and _LABEL.match(line):
        return True
    bracketed = _BRACKETED_CREDIT.search(line)
    if bracketed and _CREDIT.search(bracketed["credit"]):
        return True
    return not _SENTENCE_END.search(line) and bool(_LAST_CREDIT.search(line))
