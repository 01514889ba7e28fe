"""A page of search results in words. Pure; at most 4,000 units, what one layout may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import limits
from bot.views.attribution import attribution, heading
from bot.views.escaping import one_line, quoted
from bot.views.message import MessageText
from bot.views.reading import reading_line
from bot.views.shortening import shortened
from bot.views.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.model import Hit
    from index.query.model import Reading

HITS_PER_PAGE = 5
_HEADER_LENGTH = 1000
_HIT_LENGTH = (limits.LAYOUT_TEXT_LENGTH - _HEADER_LENGTH) // HITS_PER_PAGE - len("\n\n")


def page_count(hit_count: int) -> int:
    """Count the pages; even no results take one, to say so."""
    return max(1, -(-hit_count // HITS_PER_PAGE))


def clamped_page(page: int, hit_count: int) -> int:
    """Return the page (from 1) that exists and is nearest to the one asked for."""
    return min(max(page, 1), page_count(hit_count))


def hits_text(reading: Reading, hits: Sequence[Hit], page: int) -> MessageText:
    """Say page `page` (from 1) of all `hits`, which are the best first."""
    words = f"“{one_line(reading.query.text)}”"
    if not hits:
        return MessageText((_told(f"Nothing in the news I have matches {words}.", reading),))
    first = (page - 1) * HITS_PER_PAGE
    found = counted(len(hits), "passage")
    header = _told(f"{found} for {words} · page {page} of {page_count(len(hits))}", reading)
    return MessageText((header, *map(_hit, hits[first : first + HITS_PER_PAGE])))


def _told(header: str, reading: Reading) -> str:
    """Return the header with how the search was understood, where there is room for that."""
    understood = reading_line(reading)
    both = f"{header}\n{understood}" if understood else header
    return both if limits.length(both) <= _HEADER_LENGTH else header


def _hit(hit: Hit) -> str:
    text = limits.first_fitting(_hits(hit), limits.length, _HIT_LENGTH)
    if text is None:
        raise ValueError("a result is longer than its share of a page")
    return text


def _hits(hit: Hit) -> Iterator[str]:
    article = hit.passage.article
    title = heading(article) or "**Untitled**"
    for address in (article.url, None):
        for longest in (240, 160, 80):
            snippet = quoted(shortened(hit.passage.text, longest))
            yield f"{title}\n{snippet}\n{attribution(article, address, author=False)}"
    yield f"{quoted(shortened(hit.passage.text, 80))}\n{attribution(article, None, author=False)}"
