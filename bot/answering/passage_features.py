"""What is measured of a passage for its rank. Weighs nothing.

Most numbers are in [0, 1]. Those of `RELATIVE` are there a second time, divided by the greatest
among the passages of this question: how much of a question a passage can hold differs from
question to question.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.closeness import closeness, pairs_held
from bot.answering.expectation import Expectation
from bot.answering.relative import with_relative

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import numpy as np
    import numpy.typing as npt

    from bot.answering.asked import Asked
    from bot.answering.found import FoundPassage
    from index.query.model import DateRange

# an article's first paragraph may come after a line that says where it was written
LEAD_START = 50
# how old news is when it counts half
_HALF_LIFE_DAYS = 14.0
_SECONDS_A_DAY = 86_400


class PassageFeatures(NamedTuple):
    """Numbers about one passage."""

    score: float
    rank: float
    coverage: float
    whole_coverage: float
    title_coverage: float
    closeness: float
    in_order: float
    near: float
    recency: float
    article_score: float
    best_of_article: float
    lead: float
    expected: float
    publisher: float
    when: float
    rarest: float
    names: float
    numbers: float
    clause: float


DESCRIPTIONS = {
    "score": "of the best passage's BM25 score",
    "rank": "logarithm of its rank by BM25",
    "coverage": "of the question is in its own words",
    "whole_coverage": "of the question is in it, its title or its publisher",
    "title_coverage": "of the question is in its title",
    "closeness": "of the question stands close together",
    "in_order": "of the question's pairs of words stand in order",
    "near": "of the question's pairs of words stand near each other",
    "recency": "how new its article is",
    "article_score": "of the best passage's BM25 score has the best one of its article",
    "best_of_article": "is the best passage of its article",
    "lead": "opens its article",
    "expected": "holds the kind of words asked for",
    "publisher": "is of a publisher that the question names",
    "when": "is of the time that the question names",
    "rarest": "of the weight of the question's rarest word is held",
    "names": "of the question's names are held",
    "numbers": "of the question's numbers are held",
    "clause": "of the question is covered by its best clause",
}

RELATIVE = (
    "score", "coverage", "whole_coverage", "title_coverage", "closeness", "in_order", "near",
    "rarest", "clause",
)  # fmt: skip

# what only tells something where another passage has more of it
BEHIND = ("recency", "publisher", "when")

NAMES = (
    *PassageFeatures._fields,
    *(f"relative_{name}" for name in RELATIVE),
    *(f"behind_{name}" for name in BEHIND),
)


def passage_features(
    found: Sequence[FoundPassage], asked: Asked, now: datetime
) -> npt.NDArray[np.float64]:
    """Return a row a passage, the columns being `NAMES`."""
    best_of: dict[str, int] = {}
    for place, each in enumerate(found):
        best_of.setdefault(each.hit.passage.article.id, place)
    rows = [
        _features(place, each, found[best_of[each.hit.passage.article.id]], asked, now)
        for place, each in enumerate(found)
    ]
    return with_relative(rows, PassageFeatures._fields, RELATIVE, BEHIND)


def _recency(published: datetime | None, asked: Asked, now: datetime) -> float:
    """Return how new, from 1 for now to 0; of a question about a time that is over, nothing is."""
    is_over = asked.when is not None and asked.when.until is not None and asked.when.until < now
    if published is None or is_over:
        return 0.0
    days = (now - published).total_seconds() / _SECONDS_A_DAY
    return 2.0 ** (-abs(days) / _HALF_LIFE_DAYS) if days > -1 else 0.0


def _is_of(published: datetime | None, when: DateRange | None) -> bool:
    """Whether something was published in the time that the question speaks of."""
    if published is None or when is None:
        return False
    return not (
        (when.since is not None and published < when.since)
        or (when.until is not None and published >= when.until)
    )


def _features(
    place: int, each: FoundPassage, best: FoundPassage, asked: Asked, now: datetime
) -> PassageFeatures:
    held = each.held
    elsewhere = asked.held(each.title | each.publisher)
    anywhere = held | elsewhere
    passage = each.hit.passage
    published = passage.article.published.at if passage.article.published else None
    coverage = asked.coverage(held)
    in_order, near = pairs_held(each.places, asked.pairs)
    expectation = asked.expectation
    return PassageFeatures(
        score=each.share,
        rank=math.log1p(place),
        coverage=coverage,
        whole_coverage=asked.coverage(anywhere),
        title_coverage=asked.coverage(asked.held(each.title)),
        closeness=coverage * closeness(each.places),
        in_order=in_order,
        near=near,
        recency=_recency(published, asked, now),
        article_score=best.share,
        best_of_article=best is each,
        lead=passage.start < LEAD_START,
        expected=expectation is not Expectation.ANYTHING and expectation.met_by(passage.text),
        publisher=(passage.article.publisher or "").casefold() in asked.publishers,
        when=_is_of(published, asked.when),
        rarest=max(map(asked.weights.__getitem__, held), default=0.0) / asked.greatest,
        names=asked.share_of(asked.names, anywhere),
        numbers=asked.share_of(asked.numbers, anywhere),
        clause=asked.clause_coverage(anywhere),
    )
