"""Rows to learn from: what the answerer measures, and what is known to be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.confidence_features import NAMES, confidence_features
from bot.answering.evidence import READ_COUNT
from bot.answering.ranking import ranked
from bot.answering.sentence_features import sentence_features

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import numpy.typing as npt

    from benchmarks.training.examples import Example
    from bot.answering.learned.linear import WeightedSum
    from bot.answering.learned.trees import Trees
    from bot.answering.ranking import RankedPassage
    from bot.answering.sentences import Sentence

    Floats = npt.NDArray[np.float64]

# so that a set counts a thousand rows' worth, whatever its size
_SCALE = 1000.0


@dataclass(frozen=True)
class Table:
    """Rows of features, whether each is right, and how much it counts."""

    rows: Floats
    labels: npt.NDArray[np.bool_]
    weights: Floats

    def without(self, dropped: Collection[str], names: Sequence[str]) -> Table:
        """Return the same with 0 in some columns; those made of a dropped one are dropped too."""
        made = ("", "relative_", "behind_")
        places = [
            place
            for place, name in enumerate(names)
            if any(name == before + each for each in dropped for before in made)
        ]
        rows = self.rows.copy()
        rows[:, places] = 0.0
        return Table(rows, self.labels, self.weights)


def passage_table(examples: Sequence[Example]) -> Table:
    """Return a row a passage, of the questions for which a right one was found."""
    used = [each for each in examples if each.answering and each.relevant.any()]
    return Table(
        np.concatenate([each.passage_features for each in used]),
        np.concatenate([each.relevant for each in used]),
        np.concatenate([np.full(len(e.relevant), e.answering * _SCALE) for e in used]),
    )


def read(
    example: Example, ranking: WeightedSum
) -> tuple[list[RankedPassage], list[tuple[RankedPassage, Sequence[Sentence]]], Floats]:
    """Return the passages in their order, those that are read, and their sentences' features."""
    passages = ranked(example.found, example.passage_features, ranking)
    chosen = [(each, example.sentences_of(each.found)) for each in passages[:READ_COUNT]]
    return passages, chosen, sentence_features(chosen, example.asked)


def sentence_table(examples: Sequence[Example], ranking: WeightedSum) -> Table:
    """Return a row a sentence, of the questions for which a right one was read."""
    rows, labels, weights = [], [], []
    for example in examples:
        if not example.judged.evidence:
            continue
        _, chosen, features = read(example, ranking)
        right = [example.is_right(each) for _, sentences in chosen for each in sentences]
        if any(right):
            rows.append(features)
            labels.append(np.array(right, dtype=bool))
            weights.append(np.full(len(right), example.answering * _SCALE))
    return Table(np.concatenate(rows), np.concatenate(labels), np.concatenate(weights))


def confidence_table(
    examples: Sequence[Example], ranking: WeightedSum, trees_for: Callable[[Example], Trees]
) -> Table:
    """Return a row a question; answerable and unanswerable ones count alike, set by set."""
    rows = []
    nothing = np.zeros((1, len(NAMES)))
    for example in examples:
        passages, _, features = read(example, ranking)
        if not len(features):
            rows.append(nothing)
            continue
        chances = 1 / (1 + np.exp(-trees_for(example).scores(features)))
        measured = np.array([each.features for each in passages])
        count = example.searcher.passage_count
        rows.append(confidence_features(measured, features, chances, example.asked, count))
    labels = np.array([bool(each.judged.answerable) for each in examples], dtype=bool)
    return Table(np.concatenate(rows), labels, _balanced(examples, labels))


def _balanced(examples: Sequence[Example], labels: npt.NDArray[np.bool_]) -> Floats:
    counts: dict[tuple[str, bool], int] = {}
    keys = [(e.set_name, bool(label)) for e, label in zip(examples, labels, strict=True)]
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return np.array(
        [e.confidence * _SCALE / counts[key] for e, key in zip(examples, keys, strict=True)]
    )
