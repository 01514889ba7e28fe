"""What a corpus looks like in figures: how like real news a generated one is.

uv run python -m benchmarks.engines --describe [--passages N | --corpus FILE]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from benchmarks.engines.corpus import Corpus
    from benchmarks.engines.reference import Postings

_SHARES = (0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001)


def describe(corpus: Corpus, postings: Postings) -> dict[str, float]:
    """Return the figures of a corpus by their names."""
    lengths = np.diff(corpus.offsets)
    held = postings.document_frequencies
    held = held[held > 0]
    figures = {
        "passages": float(corpus.passage_count),
        "passages an article": corpus.passage_count / corpus.article_count,
        "distinct terms": float(len(held)),
        "terms in one passage only, share": float(np.mean(held == 1)),
        "terms a passage": float(lengths.mean()),
        "postings a passage": float(held.sum() / corpus.passage_count),
        "characters a distinct term": float(np.mean([len(word) for word in corpus.words])),
    }
    for share in (0.05, 0.5, 0.95):
        figures[f"terms a passage, quantile {share}"] = float(np.quantile(lengths, share))
    for times in (1, 2, 3, 4):
        figures[f"postings of frequency {times}, share"] = float(
            np.mean(postings.frequencies == times)
        )
    figures["postings of frequency 5 or more, share"] = float(np.mean(postings.frequencies >= 5))
    return figures | _frequencies(held, corpus.passage_count) | _bursts(corpus, postings)


def _frequencies(held: npt.NDArray[np.int64], passage_count: int) -> dict[str, float]:
    """Tell how many terms are how frequent, and how many of the postings are theirs."""
    figures = {}
    for share in _SHARES:
        above = held[held >= share * passage_count]
        figures[f"terms in {share:.2%} of the passages or more"] = float(len(above))
        figures[f"postings of these, share ({share:.2%})"] = float(above.sum() / held.sum())
    return figures


def _bursts(corpus: Corpus, postings: Postings) -> dict[str, float]:
    """Tell how much terms of 10 to 100 passages gather in few articles and few days."""
    held = postings.document_frequencies
    chosen = np.flatnonzero((held >= 10) & (held <= 100))[:20_000:7]
    days = corpus.days
    articles, weeks = [], []
    for start, end in zip(postings.starts[chosen], postings.starts[chosen + 1], strict=True):
        passages = postings.passages[start:end]
        articles.append(len(np.unique(corpus.article_of[passages])) / len(passages))
        weeks.append(len(np.unique(days[passages] // 7)) / len(passages))
    return {
        "articles a posting, terms in 10 to 100 passages": float(np.mean(articles or [0])),
        "weeks a posting, terms in 10 to 100 passages": float(np.mean(weeks or [0])),
    }
