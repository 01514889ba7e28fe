from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.texts import Languages, english
from bot.views.layout import layout
from bot.views.paging import NO_TOPIC, PageTurn, page_buttons
from bot.views.sources import LINES_PER_PAGE, sources_pages, sources_text
from index.model import PublicationTime
from index.storage.article_reader import PublisherNews
from tests.unit.bot.views.followed import AT, FAILING, GOOD, HOSTILE, PAUSED, feed

ENGLISH = english()
DAY = PublicationTime.of(date(2026, 3, 4))
MINUTE = PublicationTime.of(datetime(2026, 3, 4, 12, 5, 9, tzinfo=UTC))
STAMP = int(AT.timestamp())
WIDEST = "\U0001f4f0<@1"


def test_publishers_come_with_their_counts_and_dates_and_feeds_with_how_they_are():
    publishers = [
        PublisherNews("The Paper", 1200, MINUTE),
        PublisherNews(None, 2, DAY),
        PublisherNews("The Undated", 1, None),
    ]
    text = sources_text(publishers, [GOOD, FAILING, PAUSED, feed(9, title="New")], 1, ENGLISH)
    assert text.content == (
        "Where my answers come from · page 1 of 1\n\n"
        "**3 publishers**\n"
        f"- The Paper · 1,200 articles · newest: <t:{STAMP}:D>\n"
        "- publisher unknown · 2 articles · newest: 4 March 2026\n"
        "- The Undated · 1 article · date unknown\n\n"
        f"**4 feeds** followed, 1 failing, 1 paused · last polled <t:{STAMP}:R>\n"
        f"- The Paper · 1,200 articles · last polled <t:{STAMP}:R>\n"
        "- api.paper.example/v2/top · 0 articles · cannot be read just now\n"
        "- drafts · 0 articles · paused\n"
        "- New · 0 articles · not polled yet"
    )


def test_where_there_is_nothing_it_says_who_brings_it():
    assert sources_text([], [], 1, ENGLISH).content.startswith("There is no news yet; whoever")
    assert sources_pages([], []) == 1


@pytest.mark.parametrize(("publisher_count", "feed_count"), [(30, 0), (0, 30), (15, 15), (12, 1)])
def test_every_publisher_and_feed_is_on_exactly_one_page(publisher_count: int, feed_count: int):
    publishers = [PublisherNews(f"P{n:02}", 1, DAY) for n in range(publisher_count)]
    feeds = [feed(n, title=f"F{n:02}") for n in range(feed_count)]
    pages = range(1, sources_pages(publishers, feeds) + 1)
    shown = [sources_text(publishers, feeds, page, ENGLISH).content for page in pages]
    lines = [line for each in shown for line in each.splitlines() if line.startswith("- ")]
    assert [line[2:5] for line in lines] == [
        *(each.publisher for each in publishers),
        *(each.title for each in feeds),
    ]
    assert all(each.count("\n- ") <= LINES_PER_PAGE for each in shown)


def test_what_others_wrote_neither_pings_nor_formats():
    text = sources_text(
        [PublisherNews(HOSTILE, 1, DAY)], [feed(title=HOSTILE, failure=HOSTILE)], 1, ENGLISH
    )
    assert text.content.count("\n- ") == 2
    for active in ("@everyone", "**x", "<@1", "[a](", "\x1b", "\u202e"):
        assert active not in text.content


@pytest.mark.parametrize("locale", ["en-GB", "de"])
@pytest.mark.parametrize("name", ["*" * 600, WIDEST * 100, "<@1>" * 100, "@everyone" * 50])
@pytest.mark.parametrize("state", [{"failure": "x" * 900}, {"paused_reason": "y"}, {}])
def test_the_longest_page_fits(locale: str, name: str, state: dict[str, Any]):
    texts = Languages.shipped().best(locale)
    publishers = [PublisherNews(name, 10**9, MINUTE)] * 18
    feeds = [feed(n, title=name, article_count=10**9, polled_at=AT, **state) for n in range(500)]
    pages = sources_pages(publishers, feeds)
    for page in (1, 2, 3, pages):
        here = PageTurn(NO_TOPIC, page, of="sources")
        layout(sources_text(publishers, feeds, page, texts), page_buttons(here, pages, texts))
