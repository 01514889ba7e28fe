"""Adding and deleting articles while engines are open, until a search shows it.

All engines in one process, in turns, an article at a time. What an engine does in the background
afterwards is waited for, and not counted.
"""

from __future__ import annotations

import gc
import os
import time
from collections import defaultdict
from contextlib import ExitStack
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.engines.protocol import NewArticle, Settling, Updating, Warming
from benchmarks.engines.registry import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from benchmarks.engines.corpus import Corpus
    from benchmarks.engines.protocol import Engine
    from benchmarks.engines.workspace import Workspace

    Seconds = defaultdict[str, list[float]]

_PASSAGES_AN_ARTICLE = 8
_ASKED_TERMS = 4
_SEED = 5


def measure(names: Sequence[str], workspace: Workspace) -> dict[str, dict[str, float]]:
    """Add articles and delete others, in turns; every one is checked."""
    updating = [name for name in names if issubclass(ENGINES[name], Updating)]
    if not updating:
        return {}
    with ExitStack() as stack:
        engines = [stack.enter_context(workspace.copied(name)) for name in updating]
        for engine in engines:
            if isinstance(engine, Warming):
                engine.warm()
        if hasattr(os, "sync"):
            os.sync()  # the copies; else the first durable change would wait for them
        gc.collect()
        gc.freeze()
        seconds = _updated(engines, workspace)
        gc.unfreeze()
    return {engine.name: _figures(of_engine) for engine, of_engine in seconds}


def _updated(engines: Sequence[Engine], workspace: Workspace) -> list[tuple[Engine, Seconds]]:
    """Return how long each update took, by engine and kind."""
    corpus, count = workspace.corpus, 2 * workspace.plan.update_count + 1
    frequencies = workspace.document_frequencies
    seconds: list[tuple[Engine, Seconds]] = [(engine, defaultdict(list)) for engine in engines]
    articles = zip(_new_articles(corpus, count), _old_articles(corpus, count), strict=True)
    for at, (new, old) in enumerate(articles):
        durable = at % 2 == 0
        prefix = "durable " if durable else ""
        asked = _rarest(old, corpus, frequencies)
        turn = at % len(engines)
        for engine, of_engine in seconds[turn:] + seconds[:turn]:
            adding = _add(engine, new, durable=durable)
            deleting = _delete(engine, old, asked, durable=durable)
            if isinstance(engine, Settling):
                engine.settle()
            if at > 0:  # the first ones open files and the like
                of_engine[f"{prefix}add"].append(adding)
                of_engine[f"{prefix}delete"].append(deleting)
    return seconds


def _figures(seconds: Seconds) -> dict[str, float]:
    figures = {}
    for name, values in seconds.items():
        milliseconds = np.array(values) * 1e3
        figures[f"{name} p50 ms"] = float(np.median(milliseconds))
        figures[f"{name} p99 ms"] = float(np.quantile(milliseconds, 0.99))
    return figures


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
