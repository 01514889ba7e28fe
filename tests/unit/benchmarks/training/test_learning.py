"""Learning, on the questions about the sample news. Needs the dependency group `train`."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.answering import confidence_features, passage_features, sentence_features
from bot.answering.learned.files import Learned
from bot.answering.learned.trees import MOST_LEAVES, Trees
from bot.evaluation.files import read_questions
from index import NewsIndex, Searcher

lightgbm = pytest.importorskip("lightgbm", reason="the dependency group `train` is not installed")
pytest.importorskip("sklearn", reason="the dependency group `train` is not installed")

from benchmarks.training import fitting, learning  # noqa: E402 (only where it can be)
from benchmarks.training.__main__ import examples_of  # noqa: E402
from benchmarks.training.sets import JudgedSet  # noqa: E402
from benchmarks.training.tables import Table  # noqa: E402

ROOT = Path(__file__).parents[4]
NEWS = ROOT / "bot" / "demo" / "news"
QUESTIONS = read_questions(ROOT / "tests" / "relevance" / "sample_questions.jsonl")


class OneCorpus:
    """Corpora that are all the same one."""

    def __init__(self, searcher: Searcher):
        self._searcher = searcher

    def searcher(self, corpus, keeps):
        del corpus, keeps
        return self._searcher


@pytest.fixture
async def examples(tmp_path):
    async with await NewsIndex.open(tmp_path, searchable=False) as index:
        await index.ingest([NEWS])
        searcher = Searcher.over(await index.passages())
    judged = JudgedSet("sample", "sample", "sample", QUESTIONS, answering=1, confidence=1)
    return list(examples_of(judged, OneCorpus(searcher)))


def test_what_is_learned_is_the_same_every_time_and_can_be_read(examples):
    first = learning.learn(examples)
    assert learning.learn(examples[:]) == first
    learned = Learned.of(first)
    assert np.any(learned.passages.weights)
    assert len(learned.sentences.trees) == 200
    assert len(learned.confidence.trees) == 160


def test_nothing_is_learned_from_what_is_left_out(examples):
    values = learning.learn_answering(examples, ["coverage"])
    table = learning.sureness_table(examples, values)
    values["confidence"] = learning.learn_confidence(table, ["coverage"])
    weights = values["passages"]["weights"]
    assert weights["coverage"] == weights["relative_coverage"] == 0.0
    for key, names in (
        ("sentences", sentence_features.NAMES),
        ("confidence", confidence_features.NAMES),
    ):
        used = {names[int(n[0])] for tree in values[key]["trees"] for n in tree["nodes"]}
        assert used
        assert not used & {"coverage", "relative_coverage"}


def test_every_question_counts_alike_and_those_of_one_answer_are_in_one_fold(examples):
    assert len(examples) == len(QUESTIONS)
    with_evidence = [each.answering for each in examples if each.judged.evidence]
    assert sum(with_evidence) == pytest.approx(1.0)
    assert len(set(with_evidence)) == 1
    again = [replace(q, id=f"{q.id} again", text=f"{q.text} again") for q in QUESTIONS if q.answers]
    corpus = OneCorpus(examples[0].searcher)
    both = [*examples, *examples_of(JudgedSet("again", "sample", "sample", again), corpus)]
    folds = defaultdict(set)
    for each in both:
        folds[each.judged.answers or each.judged.id].add(each.fold(5))
    assert len(folds) < len(both)
    assert all(len(numbers) == 1 for numbers in folds.values())
    assert set().union(*folds.values()) == set(range(5))


def random_table(column_count: int) -> Table:
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(600, column_count))
    labels = rows[:, 0] + rows[:, 1] * rows[:, 2] + rng.normal(size=600) / 2 > 0
    return Table(rows, labels, np.ones(600))


def test_trees_say_what_lightgbm_says_itself():
    table = random_table(4)
    names = ["a", "b", "c", "d"]
    trees = Trees.of(fitting.fit_trees(table, names, 30), names)
    data = lightgbm.Dataset(table.rows, table.labels.astype(np.int64), weight=table.weights)
    model = lightgbm.train(fitting._TREES, data, 30)  # noqa: SLF001 (the same settings)
    told = trees.scores(table.rows)
    assert told == pytest.approx(model.predict(table.rows, raw_score=True), abs=1e-3)
    assert told.std() > 0.1
    assert max(len(tree.leaves) for tree in trees.trees) == MOST_LEAVES


def test_weights_are_for_numbers_as_they_are_measured():
    table = random_table(len(passage_features.NAMES))
    wide = Table(table.rows * 1000.0, table.labels, table.weights)
    names = passage_features.NAMES
    narrow_weights = fitting.fit_weights(table, names)["weights"]
    wide_weights = fitting.fit_weights(wide, names)["weights"]
    assert narrow_weights[names[0]] > 0.5
    assert wide_weights[names[0]] == pytest.approx(narrow_weights[names[0]] / 1000, abs=1e-4)
