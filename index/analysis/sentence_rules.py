"""Where English news sentences end: small rules about one seam between two words.

A seam is white space after a sentence mark. Each rule looks at one seam and says that the sentence
ends there (True), goes on (False), or that it has no opinion (None); the first opinion counts, and
Punkt's counts where no rule has one. Knows no paragraphs and makes no spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.analysis import abbreviations as known

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

OPENING = "\"'“‘«\u2039([{¿¡„‚—–-"
CLOSING = "\"'”’»\u203a)]}"
WIDE_MARKS = "。\uff01\uff1f\uff61"

_COMMON_ABBREVIATIONS = known.ABBREVIATIONS - known.TITLES
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?[ap]\.m")
_CAMEL_CASE = re.compile(r"[a-z]{1,2}[A-Z]")
_WORD = re.compile(r"[^\s,;:]+")
_LIST_MARKS = frozenset("•*·▪◦●")
_PUNCTUATION_ONLY = re.compile(r"[\W_]+")
_PLAIN_WORD = re.compile(r"[a-z]{5,}")
_SPEAKER = re.compile(
    r"(?:[A-Z][\w.’'-]{0,30},?\s+){1,5}(?:" + "|".join(sorted(known.SPEECH)) + r")\b"
    r"|(?:" + "|".join(sorted(known.SPEECH)) + r")\s+[A-Z]"
)


@dataclass(frozen=True, slots=True)
class Seam:
    """What stands on both sides of a white space that follows a sentence mark.

    `word` is the last word on the left without its mark, `mark` the run of marks, `closing` the
    quotes and brackets after them, `right` a few dozen characters of what follows. `is_first_word`
    says that `word` is all that stands in its sentence so far.
    """

    word: str
    mark: str
    closing: str
    right: str
    is_first_word: bool

    @property
    def abbreviation(self) -> str:
        """The word in lower case, after its last dash or slash: "ex-Sen" gives "sen"."""
        return re.split(r"[-–—/]", self.word.lower())[-1]

    @property
    def opening(self) -> str:
        """The quotes and brackets before the word that follows."""
        return self.right[: len(self.right) - len(self.right.lstrip(OPENING))]

    @property
    def following(self) -> str:
        """The first word on the right as written, without quotes, commas and colons."""
        found = _WORD.match(self.right, len(self.opening))
        return found[0].rstrip(CLOSING) if found else ""

    @property
    def is_bare_period(self) -> bool:
        """Whether the mark is one period with nothing after it."""
        return self.mark == "." and not self.closing

    @property
    def opens_a_sentence(self) -> bool:
        """Whether the following word is one that opens sentences, capitalised."""
        first = self.following.replace("’", "'")
        return first[:1].isupper() and first.rstrip(".?!").lower() in known.OPENERS


if TYPE_CHECKING:
    Rule: TypeAlias = Callable[[Seam], bool | None]


def stray_punctuation(seam: Seam) -> bool | None:
    """Keep a lone dash, mark or quote with what stands before it."""
    first = seam.right.split(maxsplit=1)[0]
    begins_something = _LIST_MARKS.union("[(“‘¿¡").intersection(first)
    return False if _PUNCTUATION_ONLY.fullmatch(first) and not begins_something else None


def list_number(seam: Seam) -> bool | None:
    """Keep the number or letter of a list item with its item: "1. Wash your hands"."""
    is_number = seam.word.isdigit() or (len(seam.word) == 1 and seam.word.isalpha())
    return False if seam.is_first_word and seam.is_bare_period and is_number else None


def lower_case(seam: Seam) -> bool | None:
    """Begin no sentence in lower case, save with names such as iPhone."""
    first = seam.following[:1]
    if not first.islower() or _CAMEL_CASE.match(seam.following):
        return None
    if seam.is_bare_period and not seam.opening and _PLAIN_WORD.fullmatch(seam.word):
        return None
    return False


def name_tail(seam: Seam) -> bool | None:
    """Begin no sentence with "Inc." or "Jr.": "Yahoo! Inc. said"."""
    return False if seam.following.lower() in known.NAME_TAILS else None


def speaker(seam: Seam) -> bool | None:
    """Keep the speaker with a quoted question or shout: “Stop!” Lopez said."""
    quoted = seam.closing and seam.mark[-1] in "?!…"
    return False if quoted and _SPEAKER.match(seam.right) else None


def number_abbreviation(seam: Seam) -> bool | None:
    """Keep "No. 10" and "Vol. 3" together."""
    if not seam.is_bare_period or seam.abbreviation not in known.BEFORE_NUMBERS:
        return None
    return False if seam.following.lstrip("#$£€")[:1].isdigit() else None


def title(seam: Seam) -> bool | None:
    """Keep "Sen. Lopez" and "ex-Gov. Hale" together."""
    is_title = seam.is_bare_period and seam.abbreviation in known.TITLES
    return False if is_title and seam.following[:1].isupper() else None


def versus(seam: Seam) -> bool | None:
    """Keep "Smith v. Jones" together."""
    return False if seam.is_bare_period and seam.word.lower() in known.VERSUS else None


def hour(seam: Seam) -> bool | None:
    """End with "9 a.m." before a capital that is no day and no time zone."""
    is_hour = seam.word.lower() in known.HOURS or _HOUR.fullmatch(seam.word.lower())
    if not is_hour or not seam.is_bare_period:
        return None
    first = seam.following.lower().strip(".,")
    if first in known.TIME_WORDS:
        return False
    return True if seam.following[:1].isupper() and first not in known.TITLES else None


def initials(seam: Seam) -> bool | None:
    """Keep "Samuel L. Jackson" and "M.I.T. Press" together; but "the F.D.A. It has" ends."""
    if not seam.is_bare_period or not _INITIALS.fullmatch(seam.word):
        return None
    if _INITIALS.fullmatch(seam.following.rstrip(".")):
        return None if seam.following == "I" and seam.abbreviation in known.DOTTED else False
    if seam.abbreviation in known.DOTTED or not seam.following[:1].isupper():
        return None
    return seam.opens_a_sentence


def abbreviation(seam: Seam) -> bool | None:
    """End with any other abbreviation where the next word opens sentences."""
    if seam.mark != "." or seam.abbreviation not in _COMMON_ABBREVIATIONS:
        return None
    if seam.opens_a_sentence:
        return True
    # "Mass. (Sept. 23)" goes on
    return False if seam.opening.startswith("(") and not seam.closing else None


def ellipsis(seam: Seam) -> bool | None:
    """End with dots where the next word opens sentences, or after quotes where it is a capital."""
    if not (seam.mark.endswith("…") or seam.mark.endswith("..")):
        return None
    return seam.opens_a_sentence or bool(seam.closing and seam.following[:1].isupper())


def east_asian(seam: Seam) -> bool | None:
    """End with a full-width mark, which nothing abbreviates."""
    return True if seam.mark[-1] in WIDE_MARKS else None


RULES: tuple[Rule, ...] = (
    east_asian,
    stray_punctuation,
    list_number,
    lower_case,
    name_tail,
    speaker,
    number_abbreviation,
    title,
    versus,
    hour,
    initials,
    abbreviation,
    ellipsis,
)


def verdict(seam: Seam) -> bool | None:
    """Whether a sentence ends at the seam, or None where no rule has an opinion."""
    for rule in RULES:
        if (opinion := rule(seam)) is not None:
            return opinion
    return None
