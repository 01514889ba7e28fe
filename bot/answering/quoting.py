"""Which of the sentences found are quoted: a weighted sum decides, and its terms are shown.

The first quote may bring its neighbours along, to be understood and to hold the answer that stands
beside the words of the question. The others are there for what it leaves out, and are kept short.
"""

from __future__ import annotations

import math
from operator import mul
from typing import TYPE_CHECKING

from bot.answering.features import DESCRIPTIONS, Candidate, Features, candidates
from bot.answering.model import Quote
from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.wanted import Wanted
    from index.analysis.analyzer import Analyzer
    from index.model import Hit

MOST_QUOTES = 3
MOST_QUOTES_OF_ONE_ARTICLE = 2
QUOTED_PASSAGES = 5

# Chosen on judged questions about news and encyclopedia articles, for the answer in the first quote
# and in the first three at no more than 600 characters shown.
FIRST = Features(
    coverage=1.0,
    closeness=0.1,
    title=0.55,
    passage=0.3,
    expectation=0.1,
    lead=0.08,
    asking=-0.15,
    company=0.0,
    length=0.0,
)
LATER = FIRST._replace(company=-0.1, length=-0.3)

# two quotes that share this much of their terms say the same
_SAME = 0.8


def choose_quotes(hits: Sequence[Hit], wanted: Wanted, analyzer: Analyzer) -> tuple[Quote, ...]:
    """Return up to three quotes, best first, from the best passages, which come best first.

    No two overlap or say the same, and at most two are of one article. Equal scores stand in the
    order of the passages, then of the text.
    """
    best_score = hits[0].score if hits else 0.0
    found = [
        candidate
        for candidate in candidates(hits[:QUOTED_PASSAGES], best_score, wanted, analyzer)
        if candidate.features.coverage
    ]
    if not found:
        return ()
    chosen = [max(found, key=lambda candidate: score(candidate, FIRST))]
    # what adds nothing to the quotes chosen adds nothing to more of them
    for candidate in sorted(found, key=lambda candidate: -score(candidate, LATER)):
        if len(chosen) == MOST_QUOTES:
            break
        if _adds_to(chosen, candidate):
            chosen.append(candidate)
    explained = [(c, explain(c, LATER if at else FIRST)) for at, c in enumerate(chosen)]
    return tuple(Quote(c.article, c.start, c.end, e.value, e) for c, e in explained)


def score(candidate: Candidate, weights: Features) -> float:
    """Return the weighted sum of a candidate's features."""
    return math.fsum(map(mul, candidate.features, weights))


def explain(candidate: Candidate, weights: Features) -> Explanation:
    """Return the score as the sum of what each feature brings."""
    details = tuple(
        Explanation(weight * value, f"{value:.0%}: {DESCRIPTIONS[name]}")
        for name, value, weight in zip(
            Features._fields, map(float, candidate.features), weights, strict=True
        )
    )
    return Explanation(score(candidate, weights), "quote, the sum of", details)


def _adds_to(chosen: Sequence[Candidate], candidate: Candidate) -> bool:
    same_article = [c for c in chosen if c.article.id == candidate.article.id]
    if len(same_article) >= MOST_QUOTES_OF_ONE_ARTICLE:
        return False
    if any(c.start < candidate.end and candidate.start < c.end for c in same_article):
        return False
    return not any(_says_the_same(c, candidate) for c in chosen)


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    own, others = one.terms, other.terms
    either = own | others
    return bool(either) and len(own & others) / len(either) >= _SAME
