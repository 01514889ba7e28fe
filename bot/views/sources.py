"""Where answers come from: publishers and feeds, a page of them in words. Pure.

Everyone may see it, so a feed is told by its name alone, and that it fails without the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views.escaping import one_line
from bot.views.feed_health import is_failing, is_paused
from bot.views.feeds_status import feed_name, feeds_line
from bot.views.message import MessageText
from bot.views.shortening import shortened
from bot.views.wording import moment, published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts
    from index.model import Feed
    from index.storage.article_reader import PublisherNews

LINES_PER_PAGE = 12
_NAME_LENGTH = 60  # twice that when all of it is escaped, twelve times: under 4,000


def sources_pages(publishers: Sequence[PublisherNews], feeds: Sequence[Feed]) -> int:
    """Count the pages; even no sources take one, to say so."""
    return max(1, -(-(len(publishers) + len(feeds)) // LINES_PER_PAGE))


def sources_text(
    publishers: Sequence[PublisherNews], feeds: Sequence[Feed], page: int, texts: Texts
) -> MessageText:
    """Say page `page` (from 1): the publishers in their order, then the feeds in theirs."""
    if not publishers and not feeds:
        nothing = texts.say(
            "There is no news yet; whoever runs me adds some with `pullquote index FOLDER`, or "
            "follows what brings it with `pullquote feeds add ADDRESS`."
        )
        return MessageText((nothing,))
    title = texts.say("Where my answers come from")
    pages = sources_pages(publishers, feeds)
    place = texts.say("page {page} of {page_count}", page=page, page_count=pages)
    first = (page - 1) * LINES_PER_PAGE
    last = first + LINES_PER_PAGE
    of_feeds = slice(max(0, first - len(publishers)), max(0, last - len(publishers)))
    blocks = [f"{title} · {place}"]
    if lines := [_publisher(each, texts) for each in publishers[first:last]]:
        counted = texts.say_counted(
            "**{count} publisher**", "**{count} publishers**", count=len(publishers)
        )
        blocks.append("\n".join((counted, *lines)))
    if lines := [_feed(each, texts) for each in feeds[of_feeds]]:
        blocks.append("\n".join((feeds_line(feeds, texts), *lines)))
    return MessageText(tuple(blocks))


def _publisher(news: PublisherNews, texts: Texts) -> str:
    name = one_line(shortened(news.publisher or "", _NAME_LENGTH))
    counted = _articles(news.article_count, texts)
    date = published(news.newest, texts)
    newest = texts.say("newest: {date}", date=date) if news.newest else date
    return f"- {name or texts.say('publisher unknown')} · {counted} · {newest}"


def _feed(feed: Feed, texts: Texts) -> str:
    return f"- {feed_name(feed, texts)} · {_articles(feed.article_count, texts)} · " + _how_it_is(
        feed, texts
    )


def _how_it_is(feed: Feed, texts: Texts) -> str:
    if is_paused(feed):
        return texts.say("paused")
    if is_failing(feed):
        return texts.say("cannot be read just now")
    if feed.polled_at is None:
        return texts.say("not polled yet")
    return texts.say("last polled {when}", when=moment(feed.polled_at, "R"))


def _articles(count: int, texts: Texts) -> str:
    return texts.say_counted("{count} article", "{count} articles", count=count)
