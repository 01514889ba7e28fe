"""What is found at an address: a site's feeds and sitemaps, sitemaps of sitemaps, lists, JSON."""

from __future__ import annotations

import gzip
import json
from xml.etree import ElementTree as ET

import pytest

from index.errors import SourceError
from index.gathering.model import EventKind
from index.gathering.sitemaps import MOST_SITEMAPS
from index.ingestion.feeds.model import FieldMap
from index.model import FeedKind
from tests.integration.news_site.feeds import NEWS_API_LENGTH, FeedFormat
from tests.integration.news_site.misbehaving import documents, statuses
from tests.integration.news_site.outlet import FEEDS

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
BARE_HOME = "<!DOCTYPE html><html><head><title>Home</title></head><body>Hello.</body></html>"


def index_of(*urls: str) -> str:
    named = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return (
        f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{named}</sitemapindex>"
    )


def sitemap_of(*urls: str) -> str:
    named = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{named}</urlset>"


def lose_feeds(outlet, *, but=()):
    """Have no feed at any of the usual places."""
    for form in set(FeedFormat) - set(but):
        outlet.misbehaves(statuses.status(404), at=form)


# ── sites ────────────────────────────────────────────────────────────────────
async def test_a_site_leads_to_the_feeds_that_it_names(reader, daily):
    story = daily.publish()
    feeds = await reader.gathering.feeds.add(daily.url())
    assert [each.url for each in feeds] == [
        daily.feed_url(FeedFormat.RSS),
        daily.feed_url(FeedFormat.ATOM),
    ]
    await reader.round()
    assert await reader.says(story.facts[0].sentence)


async def test_a_site_that_names_no_feed_is_looked_at_in_the_usual_places(reader, daily):
    daily.put_up("", BARE_HOME)
    feed = await reader.follow(daily.url())
    assert (feed.url, feed.kind) == (daily.feed_url(FeedFormat.RSS), FeedKind.FEED)


async def test_a_site_without_feeds_leads_to_the_sitemap_of_its_robots_txt(reader, daily):
    daily.put_up("", BARE_HOME)
    lose_feeds(daily, but=[FeedFormat.NEWS_SITEMAP])
    daily.manners.robots += f"Sitemap: {daily.url('nothing.xml')}\nSitemap: {daily.sitemap_url}\n"
    story = daily.publish()
    feed = await reader.follow(daily.url())
    assert (feed.url, feed.kind) == (daily.sitemap_url, FeedKind.SITEMAP)
    await reader.round()
    assert await reader.says(story.facts[0].sentence)


@pytest.mark.parametrize("path", ["nothing", "picture.png"])
async def test_an_address_without_news_is_refused_with_its_reason(reader, daily, path):
    daily.put_up("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "image/png")
    with pytest.raises(SourceError) as told:
        await reader.follow(daily.url(path))
    assert str(told.value).startswith(f"{daily.url(path)} cannot be followed: ")
    assert "\n" not in str(told.value)


# ── sitemaps of sitemaps ─────────────────────────────────────────────────────
async def test_sitemaps_are_read_three_levels_deep_packed_or_not(site, reader, daily):
    stories = [daily.publish() for _ in range(4)]
    pages = [daily.page_url(story) for story in stories]
    deepest = daily.put_up("five.xml", sitemap_of(pages[3]), "text/xml")
    fourth = daily.put_up("four.xml", index_of(deepest), "text/xml")
    third = daily.put_up("three.xml", index_of(fourth), "text/xml")
    leaf = gzip.compress(sitemap_of(pages[2]).encode())
    packed = daily.put_up("leaf.xml.gz", leaf, "application/gzip")
    below = gzip.compress(index_of(packed, third).encode())
    second = daily.put_up("two.xml.gz", below, "application/x-gzip")
    first = daily.put_up("one.xml", sitemap_of(pages[0]), "text/xml")
    beside = daily.put_up("beside.xml", sitemap_of(pages[1]), "text/xml")
    root = daily.put_up("index.xml", index_of(first, second, beside), "text/xml")
    await reader.follow(root)
    assert (await reader.round())[EventKind.STORED] == 3
    for story in stories[:3]:
        assert await reader.says(story.facts[0].sentence)
    assert site.visits.to("daily.test", "five.xml") == []
    assert len(site.visits.to("daily.test", "four.xml")) == 1


async def test_an_index_costs_no_more_than_so_many_requests(site, reader, daily):
    story = daily.publish()
    many = [
        daily.put_up(f"part-{n}.xml", sitemap_of(daily.page_url(story)), "text/xml")
        for n in range(MOST_SITEMAPS + 10)
    ]
    await reader.follow(daily.put_up("index.xml", index_of(*many), "text/xml"))
    site.visits.clear()
    counts = await reader.round()
    assert counts[EventKind.STORED] == 1
    asked = [each for each in site.visits.to("daily.test") if each.path.startswith("part-")]
    assert len(asked) == MOST_SITEMAPS
    assert any("only the first 50" in reason for reason in reader.reasons(EventKind.REFUSED))


async def test_sitemaps_that_lead_in_circles_or_nowhere_keep_nothing_back(site, reader, daily):
    story = daily.publish()
    good = daily.put_up("good.xml", sitemap_of(daily.page_url(story)), "text/xml")
    again, root = daily.url("again.xml"), daily.url("index.xml")
    daily.put_up("again.xml", index_of(root, again, good), "text/xml")
    daily.put_up("index.xml", index_of(daily.url("lost.xml"), again, good), "text/xml")
    await reader.follow(root)
    site.visits.clear()
    assert (await reader.round())[EventKind.STORED] == 1
    for path in ("again.xml", "good.xml", "lost.xml"):
        assert len(site.visits.to("daily.test", path)) == 1
    assert any("lost.xml" in reason for reason in reader.reasons(EventKind.REFUSED))


# ── JSON ─────────────────────────────────────────────────────────────────────
async def test_articles_in_json_are_found_by_their_map_and_cut_ones_on_their_pages(reader, daily):
    cut, whole = daily.publish(), daily.write()
    rest = len(cut.text) - NEWS_API_LENGTH
    docs = [
        {
            "headline": {"main": cut.title},
            "web_url": daily.page_url(cut),
            "when": cut.published.isoformat(),
            "lead": f"{cut.text[:NEWS_API_LENGTH]}… [+{rest} chars]",
        },
        {
            "headline": {"main": whole.title},
            "web_url": daily.url("not/there"),
            "when": whole.published.isoformat(),
            "lead": whole.text,
        },
    ]
    body = json.dumps({"response": {"docs": docs}})
    url = daily.put_up("search.json", body, "application/json")
    names = {"title": "headline.main", "url": "web_url", "published": "when", "text": "lead"}
    feed = await reader.follow(url, field_map=FieldMap("response.docs", names))
    assert feed.kind is FeedKind.JSON
    assert (await reader.round())[EventKind.STORED] == 2
    for story in (cut, whole):
        hits = await reader.hits(story.facts[0].sentence)
        (article,) = {
            hit.passage.article for hit in hits if hit.passage.article.title == story.title
        }
        assert story.paragraphs[-1] in article.text
        assert "chars]" not in article.text
        assert article.published.at == story.published
        assert not article.is_partial


# ── lists of feeds ───────────────────────────────────────────────────────────
async def test_folders_of_a_list_become_tags_and_come_back_as_folders(reader):
    raw = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
      <outline text="World"><outline text="Islands">
        <outline type="rss" text="Pell" xmlUrl="http://pell.test/feed.xml"/></outline>
        <outline type="rss" text="Tarn" xmlUrl="http://tarn.test/feed.xml"/></outline>
      <outline type="rss" text="Osgood" xmlUrl="http://osgood.test/feed.xml"/>
      <outline type="rss" text="Again" xmlUrl="http://osgood.test/feed.xml"/>
      <outline type="rss" text="A file" xmlUrl="file:///etc/passwd"/></body></opml>"""
    report = await reader.gathering.feeds.import_opml(raw)
    tags = {"Pell": ("World", "Islands"), "Tarn": ("World",), "Osgood": ()}
    assert {each.title: each.tags for each in report.added} == tags
    assert len(report.refused) == 1
    written = await reader.gathering.feeds.export_opml()
    again = await reader.gathering.feeds.import_opml(written)
    assert (again.added, again.known_count) == ((), 3)
    for feed in await reader.gathering.feeds.all():
        await reader.gathering.feeds.remove(feed)
    back = await reader.gathering.feeds.import_opml(written)
    assert {each.title: each.tags for each in back.added} == tags
    outlines = [each.get("text") for each in ET.fromstring(written).iter("outline")]  # noqa: S314
    assert outlines.count("World") >= 1


async def test_a_list_that_is_none_is_refused(reader):
    with pytest.raises(SourceError):
        await reader.gathering.feeds.import_opml(b"<html><body>Please log in</body></html>")


async def test_what_was_a_feed_and_is_a_page_now_fails_and_keeps_what_it_gave(reader, daily):
    story = daily.publish()
    await reader.follow(daily.feed_url(FeedFormat.FULL_RSS))
    await reader.round()
    daily.misbehaves(documents.a_page(), at=FEEDS)
    assert (await reader.round())[EventKind.FAILED] == 1
    assert await reader.says(story.facts[0].sentence)
