"""All that was found for a question, measured: passages, their sentences, and what they share.

Gathers numbers, by the parts that make them; what follows from them is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.found import find, taken_apart
from bot.answering.passage_features import passage_features
from bot.answering.ranking import ranked
from bot.answering.sentence_features import sentence_features
from bot.answering.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import numpy.typing as npt

    from bot.answering.asked import Asked
    from bot.answering.learned.linear import WeightedSum
    from bot.answering.ranking import RankedPassage
    from bot.answering.sentences import Sentence
    from index.searcher import Searcher

    Floats = npt.NDArray[np.float64]

READ_COUNT = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """Passages, best first; the sentences of the first of them, a row of features each."""

    asked: Asked
    ranked: Sequence[RankedPassage]
    read: Sequence[tuple[RankedPassage, Sequence[Sentence]]]
    sentence_features: Floats

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences, row by row."""
        return [sentence for _, sentences in self.read for sentence in sentences]

    @property
    def passage_features(self) -> Floats:
        """A row a passage, best first."""
        return np.array([each.features for each in self.ranked])


def gather(asked: Asked, now: datetime, searcher: Searcher, weights: WeightedSum) -> Evidence:
    """Find, rank and read."""
    found = taken_apart(find(asked.query, now, searcher), asked, searcher.analyzer)
    passages = ranked(found, passage_features(found, asked, now), weights)
    read = [(each, sentences(each.found, searcher.analyzer)) for each in passages[:READ_COUNT]]
    return Evidence(asked, passages, read, sentence_features(read, asked))
