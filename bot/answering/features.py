"""What could be quoted, and what is measured of it. Weighs and chooses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.closeness import closeness, places
from bot.answering.expectation import Expectation
from bot.answering.windows import LONGEST_QUOTE, sentences_of, windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answering.wanted import Wanted
    from index.analysis.analyzer import Analyzer
    from index.model import Article, Hit

# news tells first what matters most
LEAD_LENGTH = 300


class Features(NamedTuple):
    """Numbers in [0, 1] that speak for, or against, quoting a candidate; also their weights."""

    coverage: float
    closeness: float
    title: float
    passage: float
    expectation: float
    lead: float
    asking: float
    company: float
    length: float


DESCRIPTIONS: dict[str, str] = {
    "coverage": "of the question is covered by its words",
    "closeness": "of that stands close together",
    "title": "more is covered by its article's title",
    "passage": "of the best passage's BM25 score",
    "expectation": "the kind of words asked for",
    "lead": "opens its article",
    "asking": "asks something itself",
    "company": "of the sentences that could stand beside it do",
    "length": "of the longest quote's length",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One to three adjacent sentences of an article: `article.text[start:end]`."""

    article: Article
    start: int
    end: int
    terms_of_sentences: Sequence[Sequence[str]]
    features: Features

    @property
    def terms(self) -> frozenset[str]:
        """Its distinct terms; few candidates are ever asked for them."""
        return frozenset(chain.from_iterable(self.terms_of_sentences))


def candidates(
    hits: Sequence[Hit], best_score: float, wanted: Wanted, analyzer: Analyzer
) -> Iterator[Candidate]:
    """Yield all that could be quoted of some passages; `best_score` is that of the best one."""
    for hit in hits:
        # BM25's scores are not bounded, so a passage counts by its share of the best one's
        share = hit.score / best_score if best_score > 0 else 1.0
        yield from _of_passage(hit, share, wanted, analyzer)


def _of_passage(hit: Hit, share: float, wanted: Wanted, analyzer: Analyzer) -> Iterator[Candidate]:
    article = hit.passage.article
    sentences = sentences_of(hit.passage)
    terms_of = [analyzer.terms(article.text[start:end]) for start, end in sentences]
    firsts = [0, *accumulate(map(len, terms_of[:-1]))]
    places_of = list(map(places, terms_of, repeat(wanted.weights), firsts))
    title = wanted.held(analyzer.terms(article.title))
    expectation = wanted.expectation
    for first, last in windows(sentences):
        start, end = sentences[first][0], sentences[last][1]
        text = article.text[start:end]
        found = list(chain.from_iterable(places_of[first : last + 1]))
        held = {term for _, term in found}
        coverage = wanted.coverage(held)
        features = Features(
            coverage=coverage,
            closeness=coverage * closeness(found),
            title=wanted.coverage(title | held) - coverage,
            passage=share,
            expectation=expectation is not Expectation.ANYTHING and expectation.met_by(text),
            lead=start < LEAD_LENGTH,
            asking=text.endswith("?"),
            company=(last - first) / 2,
            length=(end - start) / LONGEST_QUOTE,
        )
        yield Candidate(article, start, end, terms_of[first : last + 1], features)
