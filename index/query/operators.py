"""What is typed with a meaning of its own: "phrases", -exclusions, and filters like since:2024.

Takes a text apart without judging what it says. Whatever is no operator stays text, so apostrophes,
hyphenated words, dashes, clock times, addresses and "re: x" do. Knows no dates and no publishers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.analysis.phrases import folded_words
from index.errors import InvalidQueryError
from index.query.wording import shown

if TYPE_CHECKING:
    from collections.abc import Callable

# of a filter, and whether it is also a word before a colon ("its highest level since: 2019")
FILTERS = {"publisher": False, "author": False, "since": True, "until": True, "on": True}
_EXAMPLES = {"publisher": "BBC", "author": "Smith"}
_MOST_WORDS_OF_A_VALUE = 8

_QUOTES = '"“”„‟«»\uff02'
_CLOSING = re.compile(rf"[{_QUOTES}](?!\w)")
_ANY_QUOTE = re.compile(f"[{_QUOTES}]")
# a straight quote after a letter or digit closes, or means inches
_OPENING = rf"(?:(?<!\w)[{_QUOTES}]|(?<=\w)[“„‟«])"
_TRIGGER = re.compile(
    rf"""
      (?<![^\s(\[]) (?P<minus>-?) (?P<filter>{"|".join(FILTERS)}) :
    | (?<![^\s(\[]) - (?P<bare>[^\W\d_] [^\s{_QUOTES}]*)
    | (?<![^\s(\[]) - (?P<banned>[{_QUOTES}])
    | (?P<phrase>{_OPENING})
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "-a former actor-" is a pair of dashes
_PAIRED_DASH = re.compile(r"[^-\s\"“”]*(?:\s+[^-\s\"“”]+){0,8}?-(?=[\s.,;:!?]|$)")
_GOES_ON = re.compile(r"[.,:&'’]?\w")
_BARE_WORD = re.compile(rf"[^\s{_QUOTES}]+")
_TRAILING = ".,;:!?)]’'"


@dataclass(frozen=True, slots=True)
class Filter:
    """`since:2024`: its name in lower case, and its value without quotes."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A text taken apart. `text` keeps the words of phrases, which stand at `quoted` in it."""

    text: str
    quoted: tuple[tuple[int, int], ...]
    excluded: tuple[str, ...]
    filters: tuple[Filter, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """What stood in quotes, in order, each once."""
        return tuple(dict.fromkeys(self.text[start:end] for start, end in self.quoted))


def take_apart(text: str, understood: Callable[[str, str], bool]) -> Typed:
    """Find the operators of a text. Raises InvalidQueryError for one that is not whole.

    `understood` tells of a filter's name and a value of several words whether it means something,
    so that `since:3 days ago` needs no quotes.
    """
    return _Scan(text, understood).run()


class _Scan:
    """One text on its way to `Typed`."""

    def __init__(self, text: str, understood: Callable[[str, str], bool]):
        self._source = text
        self._understood = understood
        self._kept = ""
        self._quoted: list[tuple[int, int]] = []
        self._excluded: list[str] = []
        self._filters: list[Filter] = []

    def run(self) -> Typed:
        at = 0
        while found := _TRIGGER.search(self._source, at):
            self._kept += self._source[at : found.start()]
            at = self._take(found)
        self._kept += self._source[at:]
        return Typed(self._kept, tuple(self._quoted), tuple(self._excluded), tuple(self._filters))

    def _take(self, found: re.Match[str]) -> int:
        """Take in what begins here; return where it ends."""
        if found["filter"]:
            return self._take_filter(found)
        if found["bare"]:
            return self._take_excluded_word(found)
        phrase, end = self._phrase(found.end())
        if found["banned"]:
            self._excluded.append(phrase)
        else:
            self._keep_phrase(phrase, end)
        return end

    def _keep_phrase(self, phrase: str, end: int) -> None:
        # without its quotes it must not become one word with what stood beside them
        self._kept += "" if self._kept[-1:] in " \n([" else " "
        start = len(self._kept)
        self._kept += phrase
        self._quoted.append((start, len(self._kept)))
        self._kept += " " if _GOES_ON.match(self._source, end) else ""

    def _phrase(self, start: int) -> tuple[str, int]:
        """Return what stands between quotes, the first of which ends at `start`, and its end."""
        closing = _CLOSING.search(self._source, start) or _ANY_QUOTE.search(self._source, start)
        if closing is None:
            raise InvalidQueryError(
                f"The quote that opens before {shown(self._source[start:])} is not closed; "
                'type a " after the phrase, too.'
            )
        phrase = self._source[start : closing.start()].strip(f"{_TRAILING} \n\t")
        if not folded_words(phrase):
            raise InvalidQueryError(
                'There are no words between two of the quotes; type a phrase like "interest rates".'
            )
        return phrase, closing.end()

    def _take_excluded_word(self, found: re.Match[str]) -> int:
        if _PAIRED_DASH.match(self._source, found.start() + 1):
            self._kept += found[0]
            return found.end()
        word = found["bare"].rstrip(_TRAILING)
        self._excluded.append(word)
        # the marks behind it stay with the text
        return found.start() + 1 + len(word)

    def _take_filter(self, found: re.Match[str]) -> int:
        name = found["filter"].lower()
        if found["minus"]:
            raise InvalidQueryError(
                f"A filter cannot be left out, as in {shown(found[0])}; only words and phrases "
                'can, like -sport or -"local elections".'
            )
        value, end = self._value(name, found.end())
        if not value:
            if FILTERS[name]:
                self._kept += found[0]
                return found.end()
            raise InvalidQueryError(
                f"There is nothing after {name}: in that; write it like "
                f"{name}:{_EXAMPLES[name]}, without a space, or leave out the colon."
            )
        self._filters.append(Filter(name, value))
        return end

    def _value(self, name: str, start: int) -> tuple[str, int]:
        """Return a filter's value, empty where none stands there, and where to go on."""
        if self._source[start : start + 1] and self._source[start] in _QUOTES:
            return self._phrase(start + 1)
        words = list(_BARE_WORD.finditer(self._source, start))[:_MOST_WORDS_OF_A_VALUE]
        is_adjacent = bool(words) and words[0].start() == start
        for last in reversed(words):
            value = self._source[start : last.end()].rstrip(_TRAILING)
            if _ANY_QUOTE.search(value):
                continue
            is_one_word = is_adjacent and last is words[0]
            if is_one_word or self._understood(name, value.strip()):
                return value.strip(), start + len(value)
        return "", start
