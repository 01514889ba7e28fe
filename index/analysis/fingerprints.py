"""What a text is recognised by when it comes again: some of its runs of five words, as numbers.

Two texts that share many of these numbers may be copies, even if one is cut, has another headline
or a word changed here and there; all their runs then say whether they are. Whether a number is kept
depends on the number: one in 16, wherever it stands; near the beginning one in 4, among which those
are. So a short text, which would have too few, can be found at the beginning of a long one. And how
much of a text its publisher has changed. Knows no stories and no hosts.

The numbers are stored: whoever changes how they are made has to make them all anew.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.analysis.folding import fold
from index.analysis.phrases import folded_words
from index.analysis.prose import Kind, paragraphs
from index.analysis.sentences import split_sentences
from index.analysis.words import is_unspaced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import TypeAlias

    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[np.uint64]

SHINGLE_WORD_COUNT = 5
# powers of two: what is kept of one in 16 is among what is kept of one in 4
RATE = 16
LEAD_RATE = 4
LEAD_SHINGLE_COUNT = 150
# Where two texts share as much of one's numbers, all their runs are compared. It is little, since
# of the end of a short text the other keeps one number in 16, where this one keeps one in 4.
LIKELY = 0.15
# They are copies if so much of the shorter one stands in the other, of its beginning as well. Of
# texts edited and cut by 70 % it is .68 and more (benchmarks/duplicates), and .6 of the beginning.
# Where less is shared it is most often background that a house prints again with other news, and
# where it is nothing of the beginning, a gallery or a table that stands below many of its texts.
_LEAST_SHARE = 0.65
_LEAST_SHARE_OF_BEGINNING = 0.3
_BEGINNING_SHINGLE_COUNT = 100
# fewer in common may be an accident
MIN_SHARED_COUNT = 4
# A number that more stories have belongs to none: a house's phrase, a league table, a disclaimer.
# It takes no part in a comparison.
MOST_ARTICLES = 8
# some 60,000 words; beyond, nobody copies
MAX_CHARACTER_COUNT = 400_000
# fewer numbers of the coarse rate are too rough a measure
_FEWEST_COARSE = 8
# of some 150,000 there are
_MAX_REMEMBERED_CHARACTER_COUNT = 20_000

# What a character is to a word. All that is odd is no part of a longer word.
_NOTHING = 0
_GAP = 1
# these join what stands beside them: 1,500 and 1500, U.S. and US, the mayor’s and the mayors
_JOINERS = ".,&'"

# odd, of random bits: the golden ratio, the third of MurmurHash3's finaliser with its inverse, and
# the two of splitmix64 (Steele, Lea and Flood 2014)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_LETTER_FACTOR = np.uint64(0xFF51AFD7ED558CCD)
_INVERSE_FACTOR = np.uint64(pow(0xFF51AFD7ED558CCD, -1, 1 << 64))
_MIXERS = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST_SHIFT = np.uint64(31)


class Overlap(NamedTuple):
    """How many numbers two texts share, and what share that is of each, in [0, 1]."""

    shared_count: int
    of_one: float
    of_other: float

    @property
    def of_shorter(self) -> float:
        """The larger of the two shares, that of the text with fewer numbers."""
        return max(self.of_one, self.of_other)


def fingerprint(text: str) -> tuple[int, ...]:
    """Return the numbers of a text, each once, ascending; each fits 64 bits with a sign.

    Case, accents and punctuation do not matter. A text of fewer than five words has none.
    """
    numbers = _shingles(_words(_symbols(text[:MAX_CHARACTER_COUNT])))
    kept = numbers % np.uint64(RATE) == 0
    lead = slice(LEAD_SHINGLE_COUNT)
    kept[lead] = numbers[lead] % np.uint64(LEAD_RATE) == 0
    found: list[int] = np.unique(numbers[kept].view(np.int64)).tolist()
    return tuple(found)


def overlap(
    one: Iterable[int], other: Iterable[int], ignored: Collection[int] = frozenset()
) -> Overlap:
    """Compare two texts by their numbers, apart from those `ignored`, which tell nothing.

    What is kept of beginnings alone is used where one text has too little else.
    """
    first, second = ({*numbers}.difference(ignored) for numbers in (one, other))
    coarse = _coarse(first), _coarse(second)
    if min(map(len, coarse)) >= _FEWEST_COARSE:
        first, second = coarse
    shared = len(first & second)
    return Overlap(shared, containment(shared, len(first)), containment(shared, len(second)))


def are_copies(one: str, other: str) -> bool:
    """Whether two texts are one, perhaps cut and edited: slower than by numbers, and exact."""
    runs = (
        _shingles(_words(_symbols(text[:MAX_CHARACTER_COUNT]))).tolist() for text in (one, other)
    )
    shorter, longer = sorted(runs, key=len)
    there = {*longer}
    shared = len(there.intersection(shorter))
    beginning = shorter[:_BEGINNING_SHINGLE_COUNT]
    of_beginning = sum(run in there for run in beginning)
    return (
        shared >= MIN_SHARED_COUNT
        and containment(shared, len({*shorter})) >= _LEAST_SHARE
        and containment(of_beginning, len(beginning)) >= _LEAST_SHARE_OF_BEGINNING
    )


def containment(shared_count: int, count: int) -> float:
    """Return what share of `count` numbers is shared; of none, 0."""
    return shared_count / count if count else 0.0


def changed_share(old: str, new: str) -> float:
    """Return what share of the sentences of the longer text is not in the other, in [0, 1].

    Case, accents and punctuation do not matter, nor does the order, nor what is the page's
    furniture rather than news. A sentence that says another number is another sentence.
    """
    before, now = _sentences(old), _sentences(new)
    longer = max(before.total(), now.total())
    changed = max((before - now).total(), (now - before).total())
    return changed / longer if longer else 0.0


def _sentences(text: str) -> Counter[tuple[str, ...]]:
    told: Counter[tuple[str, ...]] = Counter()
    for paragraph in paragraphs(text):
        if paragraph.kind is not Kind.BOILERPLATE:
            for start, end in split_sentences(text, paragraph.start, paragraph.end):
                told[tuple(folded_words(text[start:end]))] += 1
    del told[()]
    return told


def _coarse(numbers: Iterable[int]) -> set[int]:
    return {number for number in numbers if number % RATE == 0}


def _shingles(of_words: Numbers) -> Numbers:
    """Return a number for each run of five words, in order."""
    count = len(of_words) - SHINGLE_WORD_COUNT + 1
    if count < 1:
        return np.empty(0, np.uint64)
    numbers = of_words[:count].copy()
    for place in range(1, SHINGLE_WORD_COUNT):
        numbers *= _FACTOR
        numbers += of_words[place : place + count]
    # multiplying moves bits up only; whether a number is kept shall depend on all of them
    for shift, factor in _MIXERS:
        numbers ^= numbers >> shift
        numbers *= factor
    numbers ^= numbers >> _LAST_SHIFT
    return numbers


def _words(symbols: Numbers) -> Numbers:
    """Return a number for each word, in order: a polynomial of the numbers of its letters."""
    symbols = symbols[symbols != _NOTHING]
    is_apart = (symbols & np.uint64(1)).astype(bool)
    begins = symbols != _GAP
    begins[1:] &= is_apart[1:] | is_apart[:-1]
    starts = np.flatnonzero(begins)
    if not len(starts):
        return np.empty(0, np.uint64)
    symbols[symbols == _GAP] = _NOTHING
    powers, inverses = (
        _powers(factor, len(symbols)) for factor in (_LETTER_FACTOR, _INVERSE_FACTOR)
    )
    # divided by the power that it starts with, a word is the same wherever it stands
    return np.add.reduceat(symbols * powers, starts) * inverses[starts]


def _powers(of: np.uint64, count: int) -> Numbers:
    return np.cumprod(np.full(count, of), dtype=np.uint64)


def _symbols(text: str) -> Numbers:
    """Return a number for each character."""
    codes = np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), "<u4")
    last = len(_ascii_symbols()) - 1
    symbols: Numbers = _ascii_symbols()[np.minimum(codes, last)]
    others = np.flatnonzero(codes > last)
    if len(others):
        distinct, places = np.unique(codes[others], return_inverse=True)
        of_distinct = [_symbol(chr(code)) for code in distinct.tolist()]
        symbols[others] = np.array(of_distinct, np.uint64)[places]
    return symbols


@cache
def _ascii_symbols() -> Numbers:
    return np.array([_symbol(chr(code)) for code in range(128)], np.uint64)


@lru_cache(_MAX_REMEMBERED_CHARACTER_COUNT)
def _symbol(character: str) -> int:
    folded = fold(character)
    bare = "".join(filter(str.isalnum, folded))
    if not bare:
        # marks and what cannot be seen are folded to nothing
        return _NOTHING if not folded.strip(_JOINERS) else _GAP
    digest = blake2b(bare.encode(errors="surrogatepass"), digest_size=8).digest()
    # never that of a gap, which is the only odd one without another bit
    return (int.from_bytes(digest, "big") | 2) & ~1 | is_unspaced(character)
