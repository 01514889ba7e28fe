"""Which sentences of the passages found are quoted.

A quote's score is a weighted sum of numbers in [0, 1], each shown in its explanation: how much of
the question the quote's own words cover and how close together, how much its article's title adds
to that, how its passage scored against the best one, and whether it holds the kind of words asked
for; less something for its length.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.closeness import closeness
from bot.answering.expectation import Expectation
from bot.answering.model import Quote
from bot.answering.windows import LONGEST_QUOTE, sentences_of, windows
from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    closeness: float = 0.1
    title: float = 0.55
    passage: float = 0.3
    expectation: float = 0.1
    sentence: float = 0.03
    length: float = 0.12


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    start: int
    end: int
    terms: frozenset[str]
    explanation: Explanation

    @property
    def score(self) -> float:
        return self.explanation.value


def choose_quotes(
    hits: Sequence[Hit], wanted: Wanted, analyzer: Analyzer, weights: Weights | None = None
) -> tuple[Quote, ...]:
    """Return up to three quotes, best first, from the best passages.

    No two overlap or say the same, and at most two are of one article. Equal scores stand in the
    order of the passages, then of the text.
    """
    judge = _Judge(wanted, analyzer, weights or Weights())
    candidates = [c for hit in hits[:QUOTED_PASSAGES] for c in judge.candidates(hit, hits[0].score)]
    candidates.sort(key=lambda candidate: -candidate.score)
    chosen: list[_Candidate] = []
    for candidate in candidates:
        if len(chosen) == MOST_QUOTES:
            break
        if candidate.terms & wanted.weights.keys() and _adds_to(chosen, candidate):
            chosen.append(candidate)
    return tuple(Quote(c.article, c.start, c.end, c.score, c.explanation) for c in chosen)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Scores what could be quoted for one question."""

    wanted: Wanted
    analyzer: Analyzer
    weights: Weights

    def candidates(self, hit: Hit, best_score: float) -> Iterator[_Candidate]:
        """Yield each run of sentences of a passage, scored."""
        article = hit.passage.article
        sentences = sentences_of(hit.passage)
        terms_of = [self.analyzer.terms(article.text[start:end]) for start, end in sentences]
        title = frozenset(self.analyzer.terms(article.title))
        # BM25's scores are not bounded, so a passage counts by its share of the best one's
        share = hit.score / best_score if best_score > 0 else 1.0
        for first, last in windows(sentences):
            start, end = sentences[first][0], sentences[last][1]
            terms = [term for sentence in terms_of[first : last + 1] for term in sentence]
            details = (
                *self._explain_words(terms, title),
                Explanation(
                    self.weights.passage * share,
                    f"its passage has {share:.0%} of the best BM25 score",
                ),
                self._explain_kind(article.text[start:end]),
                self._explain_length(1 + last - first, (end - start) / LONGEST_QUOTE),
            )
            total = math.fsum(detail.value for detail in details)
            explanation = Explanation(total, "quote, the sum of", details)
            yield _Candidate(article, start, end, frozenset(terms), explanation)

    def _explain_words(self, terms: list[str], title: frozenset[str]) -> Iterator[Explanation]:
        coverage = self.wanted.coverage(frozenset(terms))
        near = coverage * closeness(terms, self.wanted.weights)
        with_title = self.wanted.coverage(title.union(terms))
        yield Explanation(
            self.weights.coverage * coverage, f"its words cover {coverage:.0%} of the question"
        )
        yield Explanation(self.weights.closeness * near, f"they stand close together by {near:.0%}")
        yield Explanation(
            self.weights.title * (with_title - coverage),
            f"with its article's title, {with_title:.0%} of the question",
        )

    def _explain_kind(self, text: str) -> Explanation:
        expectation = self.wanted.expectation
        is_met = expectation is not Expectation.ANYTHING and expectation.met_by(text)
        told = "holds" if is_met else "holds nothing of"
        return Explanation(self.weights.expectation * is_met, f"{told} the kind asked for")

    def _explain_length(self, sentence_count: int, length: float) -> Explanation:
        cost = self.weights.sentence * (sentence_count - 1) + self.weights.length * length
        return Explanation(-cost, f"its length: {length:.0%} of the longest quote")


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
