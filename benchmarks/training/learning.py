"""What is learned from examples: how to rank passages, which sentences answer, how sure to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.training.fitting import fit_trees, fit_weights
from benchmarks.training.tables import confidence_table, passage_table, sentence_table
from bot.answering import confidence_features, passage_features, sentence_features
from bot.answering.learned.linear import WeightedSum
from bot.answering.learned.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from benchmarks.training.examples import Example
    from benchmarks.training.tables import Table

    Values = dict[str, dict[str, Any]]

INNER_FOLD_COUNT = 3
_SENTENCE_TREE_COUNT = 200
_CONFIDENCE_TREE_COUNT = 160
# more of these never speaks against an answer
_RISING = frozenset(
    {
        "whole_coverage", "coverage", "sentence_coverage", "derived_coverage", "near", "rarest",
        "names", "publisher", "best_chance", "covered_terms",
    }
)  # fmt: skip


def learn(examples: Sequence[Example]) -> Values:
    """Return what the files hold, learned from these examples alone."""
    values = learn_answering(examples)
    return values | {"confidence": learn_confidence(sureness_table(examples, values))}


def learn_answering(examples: Sequence[Example], without: Collection[str] = ()) -> Values:
    """Return how to rank passages and which sentences answer.

    What is named in `without` counts as 0 everywhere, so that nothing is learned from it.
    """
    table = passage_table(examples).without(without, passage_features.NAMES)
    weights = fit_weights(table, passage_features.NAMES)
    ranking = WeightedSum.of(weights, passage_features.NAMES)
    answering = [each for each in examples if each.answering]
    return {"passages": weights, "sentences": _sentence_trees(answering, ranking, without)}


def sureness_table(examples: Sequence[Example], values: Values) -> Table:
    """Return a row a question for learning how sure to be.

    The chances of its sentences come from trees that have not learned from it, as they will when
    people ask.
    """
    ranking = WeightedSum.of(values["passages"], passage_features.NAMES)
    inner = [
        Trees.of(
            _sentence_trees(
                [e for e in examples if e.answering and e.fold(INNER_FOLD_COUNT) != fold], ranking
            ),
            sentence_features.NAMES,
        )
        for fold in range(INNER_FOLD_COUNT)
    ]
    judged = sure_examples(examples)
    return confidence_table(judged, ranking, lambda each: inner[each.fold(INNER_FOLD_COUNT)])


def sure_examples(examples: Sequence[Example]) -> list[Example]:
    """Return the examples of which it is known whether they are answered, in the table's order."""
    return [e for e in examples if e.confidence and e.judged.answerable is not None]


def learn_confidence(table: Table, without: Collection[str] = ()) -> dict[str, Any]:
    """Return how sure to be."""
    return fit_trees(
        table.without(without, confidence_features.NAMES),
        confidence_features.NAMES,
        _CONFIDENCE_TREE_COUNT,
        learning_rate=0.04,
        min_data_in_leaf=25,
        feature_fraction=0.4,
        monotone_constraints=[int(name in _RISING) for name in confidence_features.NAMES],
    )


def _sentence_trees(
    examples: Sequence[Example], ranking: WeightedSum, without: Collection[str] = ()
) -> dict[str, Any]:
    table = sentence_table(examples, ranking).without(without, sentence_features.NAMES)
    return fit_trees(table, sentence_features.NAMES, _SENTENCE_TREE_COUNT)
