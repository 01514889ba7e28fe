"""What could be quoted: one to three adjacent sentences of a passage that are understood alone.

How likely each holds the answer comes from how likely its sentences do. Chooses nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from bot.answering.standing import dangles, is_speech_alone, names_a_speaker
from bot.answering.windows import LONGEST_QUOTE, MOST_SENTENCES, windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answering.ranking import RankedPassage
    from bot.answering.sentences import Sentence
    from index.model import Article


@dataclass(frozen=True)
class Candidate:
    """Adjacent sentences of a passage: `article.text[start:end]`.

    `chance`, in [0, 1], is that one of them answers; `rows` are the places of their features.
    """

    passage: RankedPassage
    sentences: Sequence[Sentence]
    rows: range
    chance: float

    @property
    def article(self) -> Article:
        """Whose words they are."""
        return self.sentences[0].article

    @property
    def start(self) -> int:
        """Where they begin in the article's text."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where they end."""
        return self.sentences[-1].end

    @property
    def length(self) -> int:
        """How many characters they have."""
        return self.end - self.start

    @cached_property
    def terms(self) -> frozenset[str]:
        """Their distinct terms."""
        return frozenset(chain.from_iterable(each.terms for each in self.sentences))

    def overlaps(self, other: Candidate) -> bool:
        """Whether they share words of one article."""
        return (
            self.article.id == other.article.id
            and self.start < other.end
            and other.start < self.end
        )


def candidates(
    read: Sequence[tuple[RankedPassage, Sequence[Sentence]]], chances: Sequence[float]
) -> Iterator[Candidate]:
    """Yield what could be quoted; `chances` are those of all sentences, passage by passage."""
    first_row = 0
    for passage, sentences in read:
        for first, last in windows([(each.start, each.end) for each in sentences]):
            if not _stands_alone(sentences, first, last):
                continue
            rows = range(first_row + first, first_row + last + 1)
            none = math.prod(1.0 - chances[row] for row in rows)
            yield Candidate(passage, sentences[first : last + 1], rows, 1.0 - none)
        first_row += len(sentences)


def _stands_alone(sentences: Sequence[Sentence], first: int, last: int) -> bool:
    """Whether it needs no neighbour, or none that there is room for."""
    chosen = sentences[first : last + 1]
    can_grow = last - first + 1 < MOST_SENTENCES
    before = sentences[first - 1] if first and can_grow else None
    after = sentences[last + 1] if last + 1 < len(sentences) and can_grow else None
    if before and dangles(chosen[0].text) and _fits(before, chosen[-1]):
        return False
    if chosen[0].text[:1] in '“"' and is_speech_alone(" ".join(s.text for s in chosen)):
        if before and names_a_speaker(before.text) and _fits(before, chosen[-1]):
            return False
        if after and names_a_speaker(after.text) and _fits(chosen[0], after):
            return False
    return True


def _fits(first: Sentence, last: Sentence) -> bool:
    return last.end - first.start <= LONGEST_QUOTE
