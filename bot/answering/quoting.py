"""Which sentences of the passages found are quoted.

A quote's score is a weighted sum of four numbers in [0, 1], each shown in its explanation: how
much of the question the quote's own words cover, how much its article's title adds to that, how
its passage scored against the best one, and whether it holds the kind of words asked for; less
something for its length.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.expectation import Expectation
from bot.answering.model import Quote
from bot.answering.windows import LONGEST_QUOTE, sentences_of, windows
from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answering.wanted import Wanted
    from index.analysis.analyzer import Analyzer
    from index.model import Article, Hit

MOST_QUOTES = 3
MOST_QUOTES_OF_ONE_ARTICLE = 2
QUOTED_PASSAGES = 5

# two quotes that share this much of their terms say the same
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Weights:
    """What each number counts for. Chosen on judged news questions; see the README."""

    coverage: float = 1.0
    title: float = 0.5
    passage: float = 0.25
    expectation: float = 0.15
    sentence: float = 0.02
    length: float = 0.07


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    start: int
    end: int
    terms: frozenset[str]
    score: float
    explanation: Explanation


def choose_quotes(
    hits: Sequence[Hit], wanted: Wanted, analyzer: Analyzer, weights: Weights | None = None
) -> tuple[Quote, ...]:
    """Return up to three quotes, best first, from the best passages.

    No two overlap or say the same, and at most two are of one article. Equal scores stand in the
    order of the passages, then of the text.
    """
    used = weights or Weights()
    candidates = [
        candidate
        for hit in hits[:QUOTED_PASSAGES]
        for candidate in _candidates(hit, hits[0].score, wanted, analyzer, used)
    ]
    candidates.sort(key=lambda candidate: -candidate.score)
    chosen: list[_Candidate] = []
    for candidate in candidates:
        if len(chosen) == MOST_QUOTES:
            break
        if candidate.terms & wanted.weights.keys() and _adds_to(chosen, candidate):
            chosen.append(candidate)
    return tuple(Quote(c.article, c.start, c.end, c.score, c.explanation) for c in chosen)


def _candidates(
    hit: Hit, best_score: float, wanted: Wanted, analyzer: Analyzer, weights: Weights
) -> Iterable[_Candidate]:
    article = hit.passage.article
    sentences = sentences_of(hit.passage)
    held = [frozenset(analyzer.terms(article.text[start:end])) for start, end in sentences]
    title_terms = frozenset(analyzer.terms(article.title))
    # BM25's scores are not bounded, so a passage counts by its share of the best one's
    share = hit.score / best_score if best_score > 0 else 1.0
    for first, last in windows(sentences):
        start, end = sentences[first][0], sentences[last][1]
        terms = frozenset().union(*held[first : last + 1])
        explanation = _explain(
            coverage=wanted.coverage(terms),
            with_title=wanted.coverage(terms | title_terms),
            share=share,
            is_expected=_is_expected(wanted, article.text[start:end]),
            extra_count=last - first,
            length=(end - start) / LONGEST_QUOTE,
            weights=weights,
        )
        yield _Candidate(article, start, end, terms, explanation.value, explanation)


def _is_expected(wanted: Wanted, text: str) -> bool:
    return wanted.expectation is not Expectation.ANYTHING and wanted.expectation.met_by(text)


def _explain(
    *,
    coverage: float,
    with_title: float,
    share: float,
    is_expected: bool,
    extra_count: int,
    length: float,
    weights: Weights,
) -> Explanation:
    details = (
        Explanation(weights.coverage * coverage, f"its words cover {coverage:.0%} of the question"),
        Explanation(
            weights.title * (with_title - coverage),
            f"with its article's title, {with_title:.0%}",
        ),
        Explanation(weights.passage * share, f"its passage has {share:.0%} of the best BM25 score"),
        Explanation(
            weights.expectation * is_expected,
            f"{'holds' if is_expected else 'lacks'} the kind of words asked for",
        ),
        Explanation(
            -weights.sentence * extra_count - weights.length * length,
            f"{1 + extra_count} sentences, {length:.0%} of the longest quote",
        ),
    )
    return Explanation(math.fsum(d.value for d in details), "quote, the sum of", details)


def _adds_to(chosen: Sequence[_Candidate], candidate: _Candidate) -> bool:
    same_article = [c for c in chosen if c.article.id == candidate.article.id]
    if len(same_article) >= MOST_QUOTES_OF_ONE_ARTICLE:
        return False
    if any(c.start < candidate.end and candidate.start < c.end for c in same_article):
        return False
    return not any(_says_the_same(c, candidate) for c in chosen)


def _says_the_same(one: _Candidate, other: _Candidate) -> bool:
    either = one.terms | other.terms
    return bool(either) and len(one.terms & other.terms) / len(either) >= _SAME
