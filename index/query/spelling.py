"""What a word that no article holds may have been meant to be.

A word is replaced only by one that articles write, and only if a slip (slips.py) is the likelier
reason: one in five letters, two in eight, never two in a name, which is more likely somebody new.
What is only offered to somebody may be a name with two slips, or written in one passage alone.
Numbers and words in capitals are never touched. Words are looked up by their first letter or,
should that be one too many, by their second. Knows no article: what articles write is asked of a
Corpus, whose terms are stems, so a stem leads to words and the words decide.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from index.analysis.folding import fold
from index.analysis.words import word_spans
from index.query.model import Correction
from index.query.slips import LONG, slip_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.query.model import Corpus, Span

_SHORTEST = 5
_LONGEST = 24
# passages that must hold a word for it to be what was meant, and a name
_LEAST_COUNT = 3
_LEAST_COUNT_OF_NAME = 10
_MOST_CORRECTIONS = 3
# what a stem may lack of its word: "-ational"
_LONGEST_ENDING = 7
_SHORTEST_STEM = 3
# of stems, by what they have in common with the word; looking at one takes a millisecond
_LOOKED_AT_COUNT = 8
_COUNTED_COUNT = 300
_TOO_MUCH = 1000
_POSSESSIVE = re.compile(r"['’]s\Z")
_INSIDE_A_SENTENCE = re.compile(r"[\w,;:'’)\]\"”]\s+[\"“(\[]*$")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, and where its word stands."""

    span: Span
    correction: Correction


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A folded word that no article holds, at `span`, and how it was written."""

    span: Span
    word: str
    is_capital: bool
    is_inside: bool
    is_offered: bool

    @property
    def is_name(self) -> bool:
        # a capital at the beginning of a sentence says nothing
        return self.is_capital and self.is_inside

    @property
    def most_slips(self) -> int:
        may_be_two = self.is_offered or not self.is_name
        return 2 if len(self.word) >= LONG and may_be_two else 1

    @property
    def least_count(self) -> int:
        if self.is_offered:
            return 1
        return _LEAST_COUNT_OF_NAME if self.is_name else _LEAST_COUNT


def corrected(
    text: str, corpus: Corpus, passed_over: Sequence[Span] = (), *, is_offered: bool = False
) -> list[Corrected]:
    """Return what to read instead of the unknown words of a text, in order.

    Nothing at the spans to be passed over is touched. At most three words are. `is_offered`: they
    are not read so unless somebody says that this is what they meant.
    """
    unknown = (
        each
        for each in _unknown(text, corpus, is_offered=is_offered)
        if not any(each.span[0] < end and start < each.span[1] for start, end in passed_over)
    )
    return [
        Corrected(each.span, Correction(text[slice(*each.span)], better))
        for each in islice(unknown, _MOST_CORRECTIONS)
        if (better := _nearest(each, corpus))
    ]


def _unknown(text: str, corpus: Corpus, *, is_offered: bool) -> Iterator[_Unknown]:
    for start, stop in word_spans(text):
        if stop - start < _SHORTEST:
            continue
        end = stop - 2 if _POSSESSIVE.search(text[start:stop]) else stop
        word = text[start:end]
        plain = fold(word)
        if not (_SHORTEST <= len(plain) <= _LONGEST and plain.isalpha()) or word.isupper():
            continue
        terms = corpus.terms(word)
        if terms and not any(map(corpus.document_frequency, terms)):
            is_inside = _INSIDE_A_SENTENCE.search(text[:start]) is not None
            yield _Unknown((start, end), plain, word[0].isupper(), is_inside, is_offered)


def _nearest(unknown: _Unknown, corpus: Corpus) -> str | None:
    """Return the nearest word that articles write, the most frequent of the nearest."""
    best: tuple[int, int, bool, str] | None = None
    for stem, count in _stems(unknown.word, unknown.most_slips, corpus):
        if count < unknown.least_count or (best and best[0] == 1 and count <= -best[1]):
            continue
        for form in corpus.words_of(stem):
            if unknown.is_name and not form[0].isupper():
                continue
            slips = slip_count(unknown.word, fold(form))
            found = slips, -count, form[0].isupper() != unknown.is_capital
            if slips <= unknown.most_slips and (best is None or found < best[:3]):
                best = (*found, form)
    return best[3] if best else None


def _stems(word: str, most: int, corpus: Corpus) -> Iterator[tuple[str, int]]:
    """Yield the stems that a word like this may have, with the passages that hold them."""
    stems = corpus.terms_like(
        "".join(dict.fromkeys(word[:2])),
        max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING),
        len(word) + most,
    )
    found = [
        (cost - math.log(count), stem, count)
        for cost, stem in _nearest_stems(word, most, stems)
        if (count := corpus.document_frequency(stem))
    ]
    for _, stem, count in sorted(found)[:_LOOKED_AT_COUNT]:
        yield stem, count


def _nearest_stems(word: str, most: int, stems: Sequence[str]) -> list[tuple[int, str]]:
    """Return stems within `most` edits of a beginning of a word, with what that costs.

    What follows that beginning must be the word's ending, so the less the better.
    """
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if not stems:
        return []
    lengths = range(_SHORTEST_STEM, len(word) + 1)
    edits = process.cdist(
        [word[:length] for length in lengths],
        stems,
        scorer=OSA.distance,
        score_cutoff=most,
        dtype=np.uint8,
    )
    endings = np.array([[len(word) - length] for length in lengths])
    costs = np.where(edits <= most, 2 * edits.astype(np.int64) + endings, _TOO_MUCH).min(axis=0)
    near = np.flatnonzero(costs < _TOO_MUCH)
    order = near[np.argsort(costs[near], kind="stable")][:_COUNTED_COUNT]
    return [(int(costs[at]), stems[at]) for at in order.tolist()]
