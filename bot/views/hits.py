"""A page of search results in words. Pure; at most 4,000 units, what one layout may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import limits
from bot.views.attribution import attribution, heading
from bot.views.escaping import one_line, quoted
from bot.views.message import MessageText
from bot.views.reading import reading_line
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.texts import Texts
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


def hits_text(reading: Reading, hits: Sequence[Hit], page: int, texts: Texts) -> MessageText:
    """Say page `page` (from 1) of all `hits`, which are the best first."""
    words = one_line(reading.query.text)
    if not hits:
        nothing = texts.say("Nothing in the news I have matches “{words}”.", words=words)
        return MessageText((_told(nothing, reading, texts),))
    first = (page - 1) * HITS_PER_PAGE
    found = texts.say_counted(
        "{count} passage for “{words}”",
        "{count} passages for “{words}”",
        count=len(hits),
        words=words,
    )
    place = texts.say("page {page} of {page_count}", page=page, page_count=page_count(len(hits)))
    header = _told(f"{found} · {place}", reading, texts)
    shown = hits[first : first + HITS_PER_PAGE]
    return MessageText((header, *(_hit(hit, texts) for hit in shown)))


def _told(header: str, reading: Reading, texts: Texts) -> str:
    """Return the header with how the search was understood, where there is room for that."""
    understood = reading_line(reading, texts)
    both = f"{header}\n{understood}" if understood else header
    return both if limits.length(both) <= _HEADER_LENGTH else header


def _hit(hit: Hit, texts: Texts) -> str:
    text = limits.first_fitting(_hits(hit, texts), limits.length, _HIT_LENGTH)
    if text is None:
        raise ValueError("a result is longer than its share of a page")
    return text


def _hits(hit: Hit, texts: Texts) -> Iterator[str]:
    article = hit.passage.article
    title = heading(article) or f"**{texts.say('Untitled')}**"
    for address in (article.url, None):
        for longest in (240, 160, 80):
            snippet = quoted(shortened(hit.passage.text, longest))
            yield f"{title}\n{snippet}\n{attribution(article, address, texts, author=False)}"
    source = attribution(article, None, texts, author=False)
    yield f"{quoted(shortened(hit.passage.text, 80))}\n{source}"
