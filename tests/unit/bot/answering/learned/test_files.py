import json
from importlib.resources import files

import numpy as np
import pytest

from bot.answering import (
    confidence_features,
    passage_features,
    quoting,
    ranking,
    sentence_features,
)
from bot.answering.learned.files import NAMES, Learned, shipped
from bot.answering.learned.trees import MOST_LEAVES

FOLDER = files("bot.answering.learned")


def test_what_is_shipped_is_of_the_numbers_that_are_measured():
    learned = shipped()
    assert learned.passages.names == passage_features.NAMES
    assert learned.sentences.names == sentence_features.NAMES
    assert learned.confidence.names == confidence_features.NAMES


def test_what_is_shipped_is_small():
    assert sum(len((FOLDER / name).read_bytes()) for name in NAMES.values()) < 200_000


def test_what_is_shipped_is_finite():
    learned = shipped()
    assert np.isfinite(learned.passages.weights).all()
    for trees in (learned.sentences, learned.confidence):
        assert trees.trees
        for tree in trees.trees:
            assert 1 <= len(tree.leaves) <= MOST_LEAVES
            assert len(tree.nodes) == len(tree.leaves) - 1
            assert np.isfinite([*tree.leaves, *(n for node in tree.nodes for n in node)]).all()


def test_what_is_shipped_makes_a_difference():
    learned = shipped()
    assert np.any(learned.passages.weights)
    for trees in (learned.sentences, learned.confidence):
        rows = np.stack([np.zeros(len(trees.names)), np.ones(len(trees.names))])
        low, high = trees.scores(rows)
        assert low < high


@pytest.mark.parametrize(
    ("names", "described"),
    [
        (passage_features.NAMES, ranking.described),
        (sentence_features.NAMES, quoting.described),
        (confidence_features.NAMES, confidence_features.DESCRIPTIONS.__getitem__),
    ],
)
def test_every_number_has_words_of_its_own(names, described):
    told = [described(name) for name in names]
    assert all(told)
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("key", NAMES)
def test_a_file_of_other_numbers_is_refused(key):
    values = {k: json.loads((FOLDER / name).read_text("utf-8")) for k, name in NAMES.items()}
    for part in ("weights", "names"):
        if part in values[key]:
            values[key][part] = dict.fromkeys(["another"], 1.0)
    with pytest.raises(ValueError, match="other numbers"):
        Learned.of(values)


def test_it_is_read_once():
    assert shipped() is shipped()
