"""Every attack of the table, through all that follows the news: it goes on, and the others' news
comes in."""

from __future__ import annotations

import pytest

from index.gathering.model import EventKind
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.gathering.following import following, until
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving.attacks import ATTACKS

SLOW = [name for name, attack in ATTACKS.items() if attack.is_slow]
PATIENT = [name for name, attack in ATTACKS.items() if not attack.is_slow]


@pytest.mark.parametrize("name", PATIENT)
async def test_an_attack_harms_nobody_else(site, reader, daily, name):
    attack, evil = ATTACKS[name], site.outlet("evil.test")
    evil.publish()
    story = daily.publish()
    form = FeedFormat.SITEMAP_INDEX if "sitemap" in name else FeedFormat.RSS
    await reader.follow(evil.feed_url(form))
    await reader.follow(daily.feed_url(FeedFormat.FULL_RSS))
    evil.misbehaves(attack.make(), at=attack.at)
    await reader.round()
    assert await reader.says(story.facts[0].sentence)
    for article in {passage.article for passage in await reader.news.passages()}:
        assert "root:" not in article.text
        assert "\0" not in article.text + article.title
        assert (article.url or "http://").startswith("http://")
    assert [visit.path for visit in site.visits.all if "stolen.dtd" in visit.path] == []
    assert all(visit.host.endswith(".test") for visit in site.visits.all)
    for event in reader.events:
        assert event.reason is None or (
            "\n" not in event.reason and "Traceback" not in event.reason
        )
    # and once it is over, all is well
    evil.behaves()
    later = evil.publish()
    await reader.round()
    assert await reader.says(later.facts[0].sentence)
    await assert_finds_what_is_stored(reader.news)
    assert EventKind.STORED in {event.kind for event in reader.events}


@pytest.mark.parametrize("name", SLOW)
async def test_what_is_slow_holds_up_nobody_else(news, site, daily, clock, name):
    attack, evil = ATTACKS[name], site.outlet("evil.test")
    for _ in range(2):
        evil.publish()
    stories = [daily.publish() for _ in range(5)]
    # who waits for ever for one has the others' news meanwhile
    async with following(news, site, clock, patience_seconds=300, worker_seconds=300) as reader:
        await reader.follow(evil.feed_url())
        await reader.follow(daily.feed_url())
        evil.misbehaves(attack.make(), at=attack.at)
        async with reader.going_on():
            await until(lambda: stored_by(reader, daily) == len(stories))
        assert outcomes_of(reader, evil) == set()
        for story in stories:
            assert await reader.says(story.facts[0].sentence)
    # and who does not knows what came of it soon
    async with following(news, site, clock, patience_seconds=0.5, worker_seconds=1) as reader:
        await reader.round()
        assert outcomes_of(reader, evil) != set()
        evil.behaves()
        later = evil.publish()
        await reader.round()
        assert await reader.says(later.facts[0].sentence)
    await assert_finds_what_is_stored(news)


def stored_by(reader, outlet):
    return [e.feed for e in reader.events if e.kind is EventKind.STORED].count(outlet.name)


def outcomes_of(reader, outlet):
    told = {event.kind for event in reader.events if event.feed == outlet.name}
    return told & {EventKind.FAILED, EventKind.REFUSED, EventKind.STORED}
