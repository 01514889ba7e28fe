"""The news site itself: what is published, how it is asked for, and what is counted."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import aiohttp
import feedparser
import pytest
import trafilatura
from defusedxml.ElementTree import fromstring

from tests.integration.news_site.conditional import Validators
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import documents, statuses, wires
from tests.integration.news_site.misbehaving.attacks import ATTACKS
from tests.integration.news_site.outlet import PAGES
from tests.integration.news_site.site import NewsSite
from tests.integration.news_site.stories import StoryWriter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.integration.news_site.outlet import Outlet

PARSED_BY_OTHERS = (FeedFormat.RSS, FeedFormat.FULL_RSS, FeedFormat.ATOM, FeedFormat.RDF)


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    async with NewsSite() as site:
        yield site


@pytest.fixture
def daily(site: NewsSite) -> Outlet:
    return site.outlet("daily.test", name="The Daily & Sons")


@pytest.fixture
async def web(site: NewsSite) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(resolver=site.resolver())
    timeout = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        yield session


async def got(web: aiohttp.ClientSession, url: str, **headers: str) -> tuple[int, bytes, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with web.get(url, headers=named, allow_redirects=False) as response:
        return response.status, await response.read(), response.headers


def test_a_writer_repeats_itself_with_the_same_seed_only():
    now = datetime(2026, 3, 4, 5, tzinfo=UTC)
    assert StoryWriter(1).write(now) == StoryWriter(1).write(now) != StoryWriter(2).write(now)


def test_stories_share_hardly_five_words_in_a_row():
    writer, now = StoryWriter(3), datetime(2026, 3, 4, tzinfo=UTC)
    stories = [writer.write(now) for _ in range(40)]

    def runs(text: str) -> set[tuple[str, ...]]:
        said = text.lower().split()
        return {tuple(said[n : n + 5]) for n in range(len(said) - 4)}

    shingles = [runs(story.text) for story in stories]
    for number, one in enumerate(shingles):
        for other in shingles[:number]:
            assert len(one & other) < 0.1 * min(len(one), len(other))
    for story in stories:
        assert len(story.text) > 1000
        assert all(fact.sentence in story.text for fact in story.facts)


@pytest.mark.parametrize("form", PARSED_BY_OTHERS)
async def test_feeds_are_what_a_feed_reader_understands(site, daily, web, form):
    stories = [daily.publish() for _ in range(3)]
    _, body, headers = await got(web, daily.feed_url(form))
    feed = feedparser.parse(
        BytesIO(body), response_headers={"content-type": headers["Content-Type"]}
    )
    assert not feed.bozo
    assert feed.feed.title == "The Daily & Sons"
    assert {entry.link for entry in feed.entries} == {daily.page_url(each) for each in stories}
    assert {entry.title for entry in feed.entries} == {each.title for each in stories}
    assert all(("content" in entry) is (form is FeedFormat.FULL_RSS) for entry in feed.entries)
    local = feedparser.parse(BytesIO((await got(web, site.local(daily.feed_url(form))))[1]))
    assert {entry.link for entry in local.entries} == {
        site.local(daily.page_url(each)) for each in stories
    }


async def test_sitemaps_and_json_name_the_same_stories(daily, web):
    stories = [daily.publish() for _ in range(3)]
    places = {daily.page_url(each) for each in stories}
    _, index, _ = await got(web, daily.feed_url(FeedFormat.SITEMAP_INDEX))
    assert daily.feed_url(FeedFormat.PACKED_SITEMAP) in {
        each.text for each in fromstring(index).iter()
    }
    _, packed, _ = await got(web, daily.feed_url(FeedFormat.PACKED_SITEMAP))
    _, plain, _ = await got(web, daily.sitemap_url)
    assert gzip.decompress(packed) == plain
    assert places <= {each.text for each in fromstring(plain).iter()}
    _, feed, _ = await got(web, daily.feed_url(FeedFormat.JSON_FEED))
    assert {item["url"] for item in json.loads(feed)["items"]} == places
    _, answer, _ = await got(web, daily.feed_url(FeedFormat.NEWS_API))
    assert {item["url"] for item in json.loads(answer)["articles"]} == places


async def test_a_page_holds_its_story_among_all_that_a_page_has(daily, web):
    story = daily.publish()
    for _ in range(3):
        daily.publish()
    status, page, _ = await got(web, daily.page_url(story))
    assert status == 200
    text = trafilatura.extract(page.decode(), favor_precision=True, include_comments=False)
    assert text is not None
    assert all(paragraph in text for paragraph in story.paragraphs)
    assert "cookie" not in text


async def test_what_is_known_is_not_sent_again_until_it_changes(site, daily, web):
    story = daily.publish()
    url = daily.feed_url(FeedFormat.FULL_RSS)
    _, _, first = await got(web, url)
    known = {"If_None_Match": first["ETag"], "If_Modified_Since": first["Last-Modified"]}
    assert (await got(web, url, **known))[:2] == (304, b"")
    daily.revise(story)
    status, _, second = await got(web, url, **known)
    assert status == 200
    assert first["ETag"] != second["ETag"]
    assert first["Last-Modified"] != second["Last-Modified"]
    assert site.visits.statuses("daily.test", "full.xml") == [200, 304, 200]


async def test_either_validator_does(daily, web):
    story = daily.publish()
    for kind, name, header in (
        (Validators.ETAG, "ETag", "If_None_Match"),
        (Validators.LAST_MODIFIED, "Last-Modified", "If_Modified_Since"),
    ):
        daily.manners.validators = kind
        url = daily.page_url(story)
        _, _, headers = await got(web, url)
        assert ("ETag" in headers) is (name == "ETag")
        assert (await got(web, url, **{header: headers[name]}))[0] == 304
        daily.revise(story)
        assert (await got(web, url, **{header: headers[name]}))[0] == 200


async def test_a_revision_a_withdrawal_and_a_copy_are_seen(site, daily, web):
    other = site.outlet("other.test")
    story = daily.publish()
    copy = daily.syndicate(story, to=other, cut=0.5, title="Another title")
    revised = daily.revise(story)
    assert copy.paragraphs == story.paragraphs[: len(copy.paragraphs)]
    _, page, _ = await got(web, daily.page_url(story))
    assert revised.paragraphs[1] in page.decode()
    assert story.paragraphs[1] not in page.decode()
    _, printed, _ = await got(web, other.page_url(copy))
    assert f"rel='canonical' href='{daily.page_url(story)}'" in printed.decode()
    daily.withdraw(revised)
    assert (await got(web, daily.page_url(story)))[0] == 410
    _, feed, _ = await got(web, daily.feed_url(FeedFormat.ATOM))
    assert f'deleted-entry ref="tag:daily.test,2026:{story.number}"' in feed.decode()
    assert daily.page_url(story) not in feed.decode()


async def test_misbehaviour_is_where_and_as_often_as_was_said(daily, web):
    story = daily.publish()
    daily.misbehaves(statuses.too_many_requests("120"), times=1)
    status, _, headers = await got(web, daily.feed_url())
    assert (status, headers["Retry-After"]) == (429, "120")
    assert (await got(web, daily.feed_url()))[0] == 200
    daily.misbehaves(statuses.moved("new.xml", number=308), at="feed.xml")
    status, _, headers = await got(web, daily.feed_url())
    assert (status, headers["Location"]) == (308, daily.url("new.xml"))
    daily.misbehaves(documents.wrong_charset(), at=PAGES)
    assert "utf-16" in (await got(web, daily.page_url(story)))[2]["Content-Type"]
    daily.behaves()
    assert (await got(web, daily.feed_url()))[0] == 200


async def test_lies_about_the_length_reach_the_wire(daily, web):
    story = daily.publish()
    daily.misbehaves(wires.too_long_a_promise(), at=PAGES)
    with pytest.raises(aiohttp.ClientPayloadError):
        await got(web, daily.page_url(story))
    daily.behaves()
    daily.misbehaves(wires.hang_up(), at=PAGES)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await got(web, daily.page_url(story))


async def test_a_bomb_is_small_until_it_is_unpacked(site, daily):
    daily.misbehaves(wires.packed_bomb(64))
    connector = aiohttp.TCPConnector(resolver=site.resolver())
    async with (
        aiohttp.ClientSession(connector=connector, auto_decompress=False) as web,
        web.get(daily.feed_url()) as response,
    ):
        packed = await response.read()
    assert len(packed) < 100_000
    assert len(gzip.decompress(packed)) == 64 * 2**20


async def test_every_attack_is_answered_and_the_site_lives_on(site, daily, web):
    story = daily.publish()
    for name, attack in ATTACKS.items():
        daily.behaves()
        path = {PAGES: story.path, "robots.txt": "robots.txt"}.get(attack.at, "feed.xml")
        daily.misbehaves(attack.make(), at=attack.at)
        timeout = aiohttp.ClientTimeout(total=0.2 if attack.is_slow else 5)
        with_errors: list[Exception] = []
        try:
            async with web.get(daily.url(path), allow_redirects=False, timeout=timeout) as response:
                await response.content.read(2**16)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            with_errors.append(error)
        assert site.visits.to("daily.test")[-1].path == path, name
        # these are slow for whoever takes them in, not in coming
        is_whole = name in {"a byte now and then", "a page that hangs"}
        assert not attack.is_slow or with_errors or is_whole, name
    daily.behaves()
    assert (await got(web, daily.feed_url()))[0] == 200


async def test_robots_of_all_outlets_stand_where_commands_look(site, daily, web):
    daily.manners.robots = "User-agent: *\nDisallow: /secret/\n"
    site.outlet("other.test")
    assert (await got(web, daily.url("robots.txt")))[1].decode() == daily.manners.robots
    _, joined, _ = await got(web, f"http://127.0.0.1:{site.port}/robots.txt")
    assert joined.decode() == (
        "User-agent: *\nDisallow: /daily.test/secret/\nAllow: /other.test/\n"
    )


async def test_visits_tell_who_asked_for_what_and_when(site, daily, web):
    daily.publish()
    await got(web, daily.feed_url(), User_Agent="Somebody/1.0")
    await got(web, site.local(daily.url()))
    first, second = site.visits.to("daily.test")
    assert (first.path, first.status, first.headers["user-agent"]) == (
        "feed.xml",
        200,
        "Somebody/1.0",
    )
    assert (second.path, second.status) == ("", 200)
    assert site.visits.gaps("daily.test") == [second.at - first.at]
    assert site.hosts == {"daily.test": ("127.0.0.1", site.port)}
