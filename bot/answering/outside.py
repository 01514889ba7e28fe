"""What the articles outside of the dates asked for say, where those within do not answer.

Compares two answers and the dates of their articles; finds nothing, and knows not how it is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.model import Explanation

if TYPE_CHECKING:
    from bot.answering.model import Answer, Outside
    from index.model import Article, Query
    from index.query.model import Reading


def without_dates(reading: Reading) -> Reading | None:
    """Return the reading that admits articles of any time, None where it does already."""
    if reading.query.since is None and reading.query.until is None:
        return None
    return replace(reading, query=replace(reading.query, since=None, until=None))


def said_outside(said: Answer, of_any_time: Answer) -> Answer:
    """Return an abstention with what answers outside of its dates, or with whether any comes near.

    The best quote must be of another time: one that is within the dates did not answer, and only
    seems to among other articles.
    """
    sides = [side_of(quote.article, said.reading.query) for quote in of_any_time.quotes]
    said = replace(said, has_elsewhere=any(sides))
    if not of_any_time.answered or sides[0] is None:
        return said
    told = [
        (quote, side)
        for quote, side in zip(of_any_time.quotes, sides, strict=True)
        if side is not None
    ]
    first = told[0][1]
    return replace(
        said,
        quotes=tuple(quote for quote, _ in told),
        outside=first if all(side == first for _, side in told) else "both",
        suggestions=(),
        explanation=Explanation(
            said.explanation.value,
            f"{said.explanation.description}; articles of other times are said to answer",
            (said.explanation.details[0], of_any_time.explanation),
        ),
    )


def side_of(article: Article, query: Query) -> Outside | None:
    """Return on which side of a query's dates an article is; None within, or of unknown date."""
    published = article.published
    if published is None:
        return None
    if query.since is not None and (
        # a day is over with its last instant, a minute is there to be counted
        published.until <= query.since if published.is_day else published.at < query.since
    ):
        return "earlier"
    if query.until is not None and published.at >= query.until:
        return "later"
    return None
