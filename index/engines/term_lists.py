"""Articles as the ranking sees them: numbers, and lists of terms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from index.ranking.arrays import UNDATED
from index.ranking.building import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.analysis.analyzer import Analyzer
    from index.model import Article

# Changes whenever a passage gets other terms, so that segments are made anew.
RECIPE = "2"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """Return an aware time as microseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def origin_of(number: int, article: Article, first_id: int) -> Origin:
    """Return what the ranking is to know of an article, beside its terms."""
    published = article.published
    return Origin(
        article=number,
        first_id=first_id,
        published=microseconds(published.at) if published else UNDATED,
        is_day=bool(published and published.is_day),
        publisher=article.publisher or "",
    )


def passage_terms(texts: Sequence[str], analyzer: Analyzer) -> list[str]:
    """Return the terms of what a passage is found by; a NUL character is in none of them."""
    return [term for text in texts for term in analyzer.terms(text)]
