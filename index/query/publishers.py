"""Publishers as people write them: the corpus's name, or a shorter form of it.

"The Verge", "Verge" and "TheVerge.com" are one; "CNN" is cnn.com, "The Independent" all of its
sections. A name in prose is a publisher's where it looks like nothing else or stands like one:
"according to Nature" does, "the nature of" does not. Knows no articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, Self

from index.analysis.folding import fold
from index.errors import InvalidQueryError
from index.query.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.query.model import Span

_MOST_WORDS = 8
_LEAST_LIKENESS = 60
_POSSESSIVES = {"'s", "’s"}
_WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")
_BETWEEN_LETTERS = re.compile(r"[\W_]+")
_SECTION = re.compile(r"\s+[|–—-]\s+|:\s+")
_DOMAIN = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*?(?P<label>[\w-]+)\.(?:(?:co|com|org|ac|gov|net)\.[a-z]{2}|[a-z]{2,})"
)
_QUOTE = "['‘\"“]?"
_ARTICLE = r"(?:article|report|stor(?:y|ie)|piece|headline|review|interview)s?"
_STRONG_CUE = re.compile(
    rf"\b(?:according to|reported (?:in|by)|published (?:in|by)|{_ARTICLE} (?:in|from|by))"
    rf" (?:both |either )?(?:the )?{_QUOTE}$",
    re.IGNORECASE,
)
_STRONG_CUE_AFTER = re.compile(r"['’\"”]? articles?\b", re.IGNORECASE)
_CUE_BEFORE = re.compile(
    rf"\b(?:by|from|in|via|per|told|(?:an?|the|{_ARTICLE}) (?:on )?|both|between)"
    rf"\s?(?:the )?{_QUOTE}$",
    re.IGNORECASE,
)
_CUE_AFTER = re.compile(
    rf"['’\"”]?(?:['’]s)? (?:{_ARTICLE}|reported|reporting|coverage|says?|said|wrote|writes"
    r"|published|journalists?|reporters?|suggests?|claims?|mentions?|attributes?)\b",
    re.IGNORECASE,
)
# "Fortune 500", "The Age of Reason"
_GOES_ON = re.compile(r"\s+(?:\d|of\b)")
_CHAIN = re.compile(rf"['’\"”]?(?:,|,? and|,? or| &)? (?:the )?{_QUOTE}", re.IGNORECASE)


class _Word(NamedTuple):
    """A word of a text: its form, and as the last of a name, without "'s", its form and end."""

    start: int
    end: int
    form: str
    last: str

    @classmethod
    def of(cls, found: re.Match[str]) -> Self:
        written, start = found[0], found.start()
        form = _squeezed(written)
        if written[-2:].lower() not in _POSSESSIVES:
            return cls(start, start + len(written), form, form)
        return cls(start, start + len(written) - 2, form, _squeezed(written[:-2]))


class PublisherNames:
    """The publishers of a corpus by all the forms of their names."""

    def __init__(self, publishers: Sequence[str]):
        self._publishers = tuple(publishers)
        self._by_form: defaultdict[str, set[str]] = defaultdict(set)
        for name in publishers:
            for form in _forms(name):
                self._by_form[form].add(name)
        self._beginnings = {form[:end] for form in self._by_form for end in range(len(form) + 1)}

    def find(self, typed: str) -> frozenset[str]:
        """Return the publishers that a name stands for; none where it is unknown."""
        wanted = typed.strip().casefold()
        exact = frozenset(name for name in self._publishers if name.strip().casefold() == wanted)
        return exact or frozenset(self._by_form.get(_squeezed(_without_article(typed)), ()))

    def known(self, typed: str) -> frozenset[str]:
        """Return the publishers that a name stands for. Raises InvalidQueryError for none."""
        found = self.find(typed)
        if found:
            return found
        nearest = self._nearest(typed)
        advice = f"did you mean publisher:{_typed(nearest)}" if nearest else "check its name"
        raise InvalidQueryError(
            f"There is no news from {shown(typed)} in what I have; {advice}"
            + ("?" if nearest else ".")
        )

    def mentioned(
        self, text: str, quoted: Iterable[Span] = ()
    ) -> list[tuple[Span, frozenset[str]]]:
        """Return the publishers that a sentence speaks of as such, with where their names stand.

        What stands in quotes is one where a word says so.
        """
        found: list[tuple[Span, frozenset[str]]] = []
        in_quotes = list(quoted)
        for start, end, names in self._named(text):
            is_quoted = any(first < end and start < last for first, last in in_quotes)
            follows_one = bool(found) and _CHAIN.fullmatch(text, found[-1][0][1], start) is not None
            if follows_one or _stands_like_one(text, start, end, is_quoted=is_quoted):
                found.append(((start, end), names))
        return found

    def _named(self, text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yield the names in a text that could be publishers', the longest at each place."""
        words = [_Word.of(found) for found in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            # few words begin a name, so that most are passed by at once
            count = self._longest(words[at : at + _MOST_WORDS]) if self._begins(words[at]) else 0
            if count:
                start, end = words[at].start, words[at + count - 1].end
                yield start, end, self.find(text[start:end])
            at += count or 1

    def _begins(self, word: _Word) -> bool:
        return word.form in self._beginnings or word.last in self._by_form or word.form == "the"

    def _longest(self, words: Sequence[_Word]) -> int:
        """Return how many words the longest name here has, 0 where there is none."""
        form, longest = "", 0
        for count, word in enumerate(words, start=1):
            if count == 1 and word.form == "the":
                continue
            if form + word.last in self._by_form:
                longest = count
            form += word.form
            if form not in self._beginnings:
                break
        return longest

    def _nearest(self, typed: str) -> str | None:
        from rapidfuzz import fuzz, process

        found = process.extractOne(
            typed,
            self._publishers,
            scorer=fuzz.WRatio,
            processor=str.casefold,
            score_cutoff=_LEAST_LIKENESS,
        )
        return found[0] if found else None


def _forms(name: str) -> set[str]:
    head = _SECTION.split(name.strip())[0]
    forms = {name, head}
    if domain := _DOMAIN.fullmatch(head.casefold()):
        forms.add(domain["label"])
    return {form for each in forms if (form := _squeezed(_without_article(each)))}


def _squeezed(name: str) -> str:
    folded = fold(name)
    return folded if folded.isalnum() else _BETWEEN_LETTERS.sub("", folded)


def _without_article(name: str) -> str:
    return re.sub(r"^\s*the\s+(?=\S)", "", name, flags=re.IGNORECASE)


def _typed(name: str) -> str:
    return f'"{name}"' if re.search(r"\s", name) else name


def _stands_like_one(text: str, start: int, end: int, *, is_quoted: bool) -> bool:
    before, name = text[max(0, start - 60) : start], _without_article(text[start:end])
    if _STRONG_CUE.search(before) or _STRONG_CUE_AFTER.match(text, end):
        return True
    has_cue = _CUE_BEFORE.search(before) or _CUE_AFTER.match(text, end)
    if is_quoted:
        return has_cue is not None
    if _is_distinctive(name):
        return True
    return has_cue is not None and name[:1].isupper() and not _GOES_ON.match(text, end)


def _is_distinctive(name: str) -> bool:
    """Whether no common word is written like that: "BBC", "TechCrunch", "Sporting News"."""
    words = name.split()
    if len(words) > 1:
        return all(word[:1].isupper() or not word[:1].isalpha() for word in words)
    return sum(char.isupper() for char in name) > 1 or "." in name
