"""What a word that no article holds may have been meant to be.

A word is replaced only by one that articles write, and only if it is long enough for a slip to be
the likelier reason: by one letter put in, left out, changed or exchanged with its neighbour in five
letters, by two in eight, but never in a name. Numbers are never touched. Words are looked up by their first letter or,
should that be one too many, by their second. Knows no article: what articles write is asked of a
Corpus, whose terms are stems, so a stem leads to words and the words decide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from index.analysis.folding import fold
from index.analysis.words import word_spans
from index.query.model import Correction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.query.model import Corpus, Span

_LEAST_FOR_ONE = 5
_LEAST_FOR_TWO = 8
_LONGEST = 24
_MOST_CORRECTIONS = 3
# what a stem may lack of its word: "-ational"
_LONGEST_ENDING = 7
_SHORTEST_STEM = 3
# of stems, by what they have in common with the word; looking at one takes a millisecond
_LOOKED_AT_COUNT = 8
_COUNTED_COUNT = 300
_TOO_MUCH = 1000


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, and where its word stands."""

    span: Span
    correction: Correction


def corrected(text: str, corpus: Corpus, passed_over: Sequence[Span] = ()) -> list[Corrected]:
    """Return what to read instead of the unknown words of a text, in order.

    Nothing at the spans to be passed over is touched. At most three words are.
    """
    unknown = (
        (start, end)
        for start, end in word_spans(text)
        if _is_unknown(text[start:end], corpus)
        and not any(start < last and first < end for first, last in passed_over)
    )
    found = []
    for start, end in islice(unknown, _MOST_CORRECTIONS):
        if better := _nearest(text[start:end], corpus):
            found.append(Corrected((start, end), Correction(text[start:end], better)))
    return found


def _is_unknown(word: str, corpus: Corpus) -> bool:
    plain = fold(word)
    if not (_LEAST_FOR_ONE <= len(plain) <= _LONGEST and plain.isalpha()):
        return False
    terms = corpus.terms(word)
    return bool(terms) and not any(map(corpus.document_frequency, terms))


def _nearest(word: str, corpus: Corpus) -> str | None:
    """Return the nearest word that articles write, the most frequent of the nearest."""
    from rapidfuzz.distance import OSA

    plain, most = fold(word), _most_edits(word)
    best: tuple[int, int, str] | None = None
    for stem, count in _stems(plain, most, corpus):
        if best and best[0] == 1 and count <= -best[1]:
            continue
        for form in corpus.words_of(stem):
            edits = OSA.distance(plain, fold(form), score_cutoff=most)
            if edits <= most and (best is None or (edits, -count) < best[:2]):
                best = edits, -count, form
    return best[2] if best else None


def _most_edits(word: str) -> int:
    # an unknown name is more likely somebody new than two slips in the name of somebody else
    is_name = word[:1].isupper()
    return 1 if is_name or len(word) < _LEAST_FOR_TWO else 2


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
