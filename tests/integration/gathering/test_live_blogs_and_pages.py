"""Pages that change where they stand: live blogs by update, and single pages that are followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.gathering.model import EventKind
from index.storage.story_store import StoryStore
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.live_blogs import Update, live_page
from tests.integration.news_site.misbehaving import statuses
from tests.integration.news_site.outlet import PAGES, Outlet

BEGAN = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
LEAD = "The storm reached the coast of Marrow Sound at dawn; we report here all day long."


def update(number: int, text: str) -> Update:
    at = BEGAN + timedelta(minutes=20 * number)
    return Update(f"u{number}", f"Report {number} of the storm", text, at)


FIRST = update(1, "The ferry to Pell was cancelled at nine, and nobody may walk on the pier now.")
SECOND = update(2, "Power is gone in eleven villages, the grid said, since a mast fell at Tarn.")
THIRD = update(3, "The lifeboat of Osgood brought fourteen sailors ashore, all of them unhurt.")


def show(outlet: Outlet, *updates: Update) -> str:
    """Have the updates on a page now; return its address."""
    page = live_page(outlet.url("live/storm"), "Storm as it happens", LEAD, updates)
    return outlet.put_up("live/storm", page)


async def passage_ids(reader, sentence):
    return {hit.passage.id for hit in await reader.hits(sentence) if sentence in hit.passage.text}


async def article_with(reader, sentence):
    (article,) = {
        hit.passage.article
        for hit in await reader.hits(sentence)
        if sentence in hit.passage.article.text
    }
    return article


async def test_each_update_of_a_live_blog_is_quoted_with_its_own_title_and_time(reader, daily):
    await reader.follow(show(daily, FIRST, SECOND))
    assert (await reader.round())[EventKind.STORED] == 3
    for each in (FIRST, SECOND):
        article = await article_with(reader, each.text)
        assert (article.title, article.text) == (each.title, each.text)
        assert article.published.at == each.published
        assert article.url == f"{daily.url('live/storm')}#{each.name}"
    assert (await article_with(reader, LEAD)).title == "Storm as it happens"


async def test_a_new_update_is_added_and_nothing_else_changes(reader, daily):
    await reader.follow(show(daily, FIRST, SECOND))
    await reader.round()
    assert await reader.round() == {EventKind.UNCHANGED: 1}
    before = [passage.id for passage in await reader.news.passages()]
    show(daily, FIRST, SECOND, THIRD)
    counts = await reader.round()
    assert (counts[EventKind.STORED], counts[EventKind.REVISED]) == (1, 0)
    after = [passage.id for passage in await reader.news.passages()]
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1
    assert await reader.says(THIRD.text)
    # what was there when the page was added is old; only what came since is told
    assert await reader.announced() == [(THIRD.title, False)]
    await assert_finds_what_is_stored(reader.news)


async def test_a_feed_that_tells_of_a_live_blog_again_brings_what_is_new_in_it(reader, daily):
    def tell(at: datetime) -> str:
        entry = (
            f"<entry><id>tag:daily.test,2026:live</id><title>Storm</title><updated>{at.isoformat()}"
            f"</updated><link href='{daily.url('live/storm')}'/></entry>"
        )
        feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Daily</title>{entry}</feed>"
        return daily.put_up("live.xml", feed, "application/atom+xml")

    show(daily, FIRST)
    await reader.follow(tell(FIRST.published))
    assert (await reader.round())[EventKind.STORED] == 2
    show(daily, FIRST, SECOND)
    tell(SECOND.published)
    counts = await reader.round()
    assert (counts[EventKind.STORED], counts[EventKind.REVISED]) == (1, 0)
    assert await reader.announced() == [(SECOND.title, False)]


async def test_an_update_that_is_corrected_is_the_only_one_revised(reader, daily):
    await reader.follow(show(daily, FIRST, SECOND))
    await reader.round()
    kept = await passage_ids(reader, FIRST.text)
    corrected = replace(SECOND, text=SECOND.text.replace("eleven", "twelve"))
    show(daily, FIRST, corrected)
    counts = await reader.round()
    assert counts[EventKind.REVISED] == 1
    assert await reader.says(corrected.text)
    assert not await reader.says(SECOND.text)
    assert await passage_ids(reader, FIRST.text) == kept


async def test_a_live_blog_that_is_gone_is_quoted_no_more_in_any_update(reader, daily, clock):
    url = show(daily, FIRST, SECOND)
    assert [event.kind for event in await reader.gathering.fetch_page(url)] == [
        EventKind.STORED
    ] * 3
    # its parts are looked at again together, not one by one
    due = clock() + timedelta(days=1)
    assert len(await StoryStore(reader.news.database).due_checks(due, 10)) == 1
    daily.misbehaves(statuses.gone(), at="live/storm")
    assert [event.kind for event in await reader.gathering.fetch_page(url)] == [EventKind.WITHDRAWN]
    for sentence in (FIRST.text, SECOND.text, LEAD):
        assert not await reader.says(sentence)


async def test_a_single_page_is_followed_as_a_feed_of_one_story(site, reader, daily):
    story = daily.publish()
    feed = await reader.follow(daily.page_url(story))
    assert feed.kind.value == "page"
    assert (await reader.round())[EventKind.STORED] == 1
    assert await reader.announced() == []
    site.visits.clear()
    assert await reader.round() == {EventKind.UNCHANGED: 1}
    assert site.visits.statuses("daily.test") == [304]
    revised = daily.revise(story)
    assert (await reader.round())[EventKind.REVISED] == 1
    assert await reader.says(revised.paragraphs[1])
    assert not await reader.says(story.facts[1].sentence)
    assert await reader.announced() == [(story.title, True)]
    daily.withdraw(revised)
    counts = await reader.round()
    assert (counts[EventKind.WITHDRAWN], counts[EventKind.PAUSED]) == (1, 1)
    assert "410" in (await reader.feed("daily.test")).paused_reason
    assert not await reader.says(story.facts[0].sentence)


async def test_a_page_that_has_moved_for_ever_is_asked_where_it_is(site, reader, daily):
    story = daily.publish()
    await reader.follow(daily.page_url(story))
    await reader.round()
    other = site.outlet("new.test", name="The New")
    other.publish(story)
    daily.misbehaves(statuses.moved(story.path, host="new.test"), at=PAGES)
    assert (await reader.round())[EventKind.MOVED] == 1
    (feed,) = await reader.gathering.feeds.all()
    assert feed.url == other.page_url(story)


@pytest.mark.parametrize("is_honoured", [True, False])
async def test_nosnippet_is_honoured_or_not_as_the_operator_wants(
    news, site, daily, clock, is_honoured
):
    story = daily.publish(replace(daily.write(), may_be_quoted=False))
    async with following(news, site, clock, honours_nosnippet=is_honoured) as reader:
        await reader.follow(daily.feed_url(FeedFormat.RSS))
        counts = await reader.round()
        assert counts[EventKind.REFUSED] == is_honoured
        assert counts[EventKind.STORED] == (not is_honoured)
        assert await reader.says(story.facts[0].sentence) == (not is_honoured)
