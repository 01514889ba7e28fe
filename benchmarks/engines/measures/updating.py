"""Adding and deleting articles while an engine is open, until a search shows it."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.engines.protocol import NewArticle, Updating
from benchmarks.engines.registry import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from benchmarks.engines.corpus import Corpus
    from benchmarks.engines.protocol import Engine
    from benchmarks.engines.workspace import Workspace

_PASSAGES_AN_ARTICLE = 8
_ASKED_TERMS = 4
_SEED = 5


def measure(name: str, workspace: Workspace) -> dict[str, float]:
    """Add articles and delete others; every one is checked."""
    if not issubclass(ENGINES[name], Updating):
        return {}
    count = workspace.plan.update_count
    corpus = workspace.corpus
    added = list(_new_articles(corpus, 2 * count + 1))
    deleted = list(_old_articles(corpus, 2 * count + 1))
    asked = [_rarest(article, corpus, workspace.document_frequencies) for article in deleted]
    figures: dict[str, float] = {}
    with workspace.copied(name) as engine:
        assert isinstance(engine, Updating)
        gc.collect()
        gc.freeze()
        _add(engine, added[0], durable=True)  # the first one opens files and the like
        _delete(engine, deleted[0], asked[0], durable=True)
        for at, durable in enumerate((False, True)):
            what = "durable " if durable else ""
            part = slice(1 + at * count, 1 + (at + 1) * count)
            adding = [_add(engine, article, durable=durable) for article in added[part]]
            deleting = [
                _delete(engine, article, terms, durable=durable)
                for article, terms in zip(deleted[part], asked[part], strict=True)
            ]
            figures |= _figures(f"{what}add", adding) | _figures(f"{what}delete", deleting)
    return figures


def _figures(name: str, seconds: Sequence[float]) -> dict[str, float]:
    return {
        f"{name} p50 ms": float(np.median(seconds)) * 1e3,
        f"{name} p99 ms": float(np.quantile(seconds, 0.99)) * 1e3,
    }


def _add(engine: Engine, article: NewArticle, *, durable: bool) -> float:
    assert isinstance(engine, Updating)
    marker = article.passages[0][-1]
    began = time.perf_counter()
    engine.add(article, durable=durable)
    hits = engine.search([marker], 10)
    seconds = time.perf_counter() - began
    found = sorted(passage for passage, _ in hits)
    assert found == list(article.passage_numbers), f"{engine.name} found {found}"
    return seconds


def _delete(engine: Engine, article: NewArticle, terms: Sequence[str], *, durable: bool) -> float:
    assert isinstance(engine, Updating)
    numbers = set(article.passage_numbers)
    assert _found(engine, terms) & numbers, f"{engine.name} does not find what is to be deleted"
    began = time.perf_counter()
    engine.delete(article, durable=durable)
    found = _found(engine, terms)
    seconds = time.perf_counter() - began
    assert not found & numbers, f"{engine.name} finds what was deleted"
    return seconds


def _found(engine: Engine, terms: Sequence[str]) -> set[int]:
    return {passage for passage, _ in engine.search(terms, 10)}


def _new_articles(corpus: Corpus, count: int) -> Iterator[NewArticle]:
    """Make articles of known passages, each with a term that no other one has."""
    rng = np.random.default_rng(_SEED)
    day = int(corpus.day_of[-1]) + 1
    for at in range(count):
        first = corpus.passage_count + at * _PASSAGES_AN_ARTICLE
        like = rng.integers(corpus.passage_count, size=_PASSAGES_AN_ARTICLE)
        passages = [[*corpus.terms(int(passage)), f"marker{at}of"] for passage in like]
        yield NewArticle(corpus.article_count + at, first, day, 0, passages)


def _old_articles(corpus: Corpus, count: int) -> Iterator[NewArticle]:
    """Choose articles of the corpus."""
    rng = np.random.default_rng(_SEED)
    for number in rng.choice(corpus.article_count, count, replace=False).tolist():
        bounds = np.array([number, number + 1], np.int32)
        first, end = np.searchsorted(corpus.article_of, bounds).tolist()
        passages = [corpus.terms(passage) for passage in range(first, end)]
        day, publisher = int(corpus.day_of[number]), int(corpus.publisher_of[number])
        yield NewArticle(number, first, day, publisher, passages)


def _rarest(article: NewArticle, corpus: Corpus, frequencies: npt.NDArray[np.int64]) -> list[str]:
    """Return the rarest terms of an article's first passage: few others have them."""
    start, end = corpus.offsets[article.first_passage : article.first_passage + 2]
    ids = np.unique(corpus.term_ids[start:end])
    rarest = ids[np.argsort(frequencies[ids], kind="stable")][:_ASKED_TERMS]
    return [corpus.words[i] for i in rarest.tolist()]
