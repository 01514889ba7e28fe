"""From publication to what is found: new stories, revisions, withdrawals, copies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.gathering.model import EventKind
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.pages import repeated_line

EVERY_FORMAT = tuple(FeedFormat)


@pytest.mark.parametrize("form", EVERY_FORMAT)
async def test_a_story_is_found_whole_whatever_its_outlet_offers(reader, daily, form):
    story = daily.publish()
    await reader.follow(daily.feed_url(form))
    counts = await reader.round()
    assert counts[EventKind.STORED] == 1
    (article,) = {hit.passage.article for hit in await reader.hits(story.facts[0].question)}
    assert article.title == story.title
    assert article.url == daily.page_url(story)
    assert article.publisher == "The Daily"
    assert article.published.at == story.published
    assert not article.is_partial
    for paragraph in story.paragraphs:
        assert paragraph in article.text
    assert "cookie" not in article.text
    await assert_finds_what_is_stored(reader.news)


async def test_nothing_is_stored_twice_and_nothing_is_asked_for_twice(site, reader, daily):
    daily.publish()
    for form in (FeedFormat.RSS, FeedFormat.ATOM, FeedFormat.JSON_FEED):
        await reader.follow(daily.feed_url(form))
    await reader.round()
    asked = len([each for each in site.visits.to("daily.test") if each.path.startswith("20")])
    counts = await reader.round()
    assert counts == {EventKind.UNCHANGED: 3}
    assert (await reader.news.statistics()).article_count == 1
    pages = [each for each in site.visits.to("daily.test") if each.path.startswith("20")]
    assert len(pages) == asked <= 2


async def test_a_revision_takes_the_place_of_what_was_said(reader, daily):
    story = daily.publish()
    other = daily.publish()
    await reader.follow(daily.feed_url(FeedFormat.ATOM))
    await reader.round()
    old = story.facts[1].sentence
    assert await reader.says(old)
    revised = daily.revise(story)
    counts = await reader.round()
    assert counts[EventKind.REVISED] == 1
    assert counts[EventKind.STORED] == 0
    assert not await reader.says(old)
    assert await reader.says(revised.paragraphs[1])
    assert await reader.says(other.facts[0].sentence)
    assert (await reader.news.statistics()).article_count == 2
    await assert_finds_what_is_stored(reader.news)


async def test_what_is_withdrawn_is_not_quoted_any_more(reader, daily):
    story, other = daily.publish(), daily.publish()
    await reader.follow(daily.feed_url(FeedFormat.ATOM))
    await reader.round()
    assert await reader.says(story.facts[0].sentence)
    daily.withdraw(story)
    counts = await reader.round()
    assert counts[EventKind.WITHDRAWN] == 1
    assert not await reader.says(story.facts[0].sentence)
    assert await reader.says(other.facts[0].sentence)
    await assert_finds_what_is_stored(reader.news)


@pytest.mark.parametrize("cut", [0.0, 0.4, 0.7])
async def test_a_syndicated_story_is_one_story(site, reader, daily, cut):
    other = site.outlet("other.test", name="The Other")
    story = daily.publish()
    await reader.follow(daily.feed_url(FeedFormat.FULL_RSS))
    await reader.round()
    copy = daily.syndicate(story, to=other, cut=cut, title="What happened, told elsewhere")
    await reader.follow(other.feed_url(FeedFormat.FULL_RSS))
    counts = await reader.round()
    assert counts[EventKind.COPIED] == 1
    (article,) = {hit.passage.article for hit in await reader.hits(story.facts[0].sentence)}
    assert article.publisher == "The Daily"
    (place,) = article.also_in
    assert (place.publisher, place.url) == ("The Other", other.page_url(copy))
    await assert_finds_what_is_stored(reader.news)


async def test_a_copy_speaks_when_its_original_is_withdrawn(site, reader, daily):
    other = site.outlet("other.test", name="The Other")
    story = daily.publish()
    daily.syndicate(story, to=other)
    for outlet in (daily, other):
        await reader.follow(outlet.feed_url(FeedFormat.ATOM))
    await reader.round()
    daily.withdraw(story)
    await reader.round()
    (article,) = {hit.passage.article for hit in await reader.hits(story.facts[0].sentence)}
    assert article.publisher == "The Other"
    assert article.also_in == ()


async def test_a_page_behind_a_wall_is_kept_as_what_it_shows(reader, daily):
    story = daily.publish(replace(daily.write(), is_free=False))
    await reader.follow(daily.feed_url())
    await reader.round()
    (article,) = {hit.passage.article for hit in await reader.hits(story.facts[0].sentence)}
    assert article.is_partial
    assert story.paragraphs[-1] not in article.text


async def test_who_asks_not_to_be_quoted_is_not(reader, daily):
    story = daily.publish(replace(daily.write(), may_be_quoted=False))
    await reader.follow(daily.feed_url())
    counts = await reader.round()
    assert counts[EventKind.REFUSED] == 1
    assert not await reader.hits(story.facts[0].sentence)


async def test_what_every_page_repeats_is_no_part_of_a_story(reader, daily):
    await reader.follow(daily.feed_url())
    stories = []
    for _ in range(7):
        stories.append(daily.publish())
        await reader.round()
    last = stories[-1]
    hits = await reader.hits(last.facts[0].sentence)
    (article,) = {hit.passage.article for hit in hits if hit.passage.article.title == last.title}
    assert repeated_line("The Daily") not in article.text
