"""Whatever publishers list, in whatever format, comes out as the same kind of entries."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.feeds.discovery import candidates, discover, sitemaps_in
from index.ingestion.feeds.model import DocumentKind, FeedRefusedError, FieldMap
from index.ingestion.feeds.opml import Outline, read_opml, write_opml
from index.ingestion.feeds.parsing import parse
from index.model import PublicationTime

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
AT = PublicationTime(datetime(2026, 3, 3, 8, 30, tzinfo=UTC))
URL = "https://paper.test/feed"


def read(body, field_map=None):
    raw = body if isinstance(body, bytes) else body.encode()
    return parse(raw, url=URL, content_type="", charset=None, now=NOW, field_map=field_map)


RSS = """<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Paper</title>
<link>https://paper.test/</link><ttl>60</ttl>
<item><title>Bridge &amp;amp; harbour</title><link>/bridge</link><guid>g1</guid>
<pubDate>Tue, 03 Mar 2026 09:30:00 +0100</pubDate><description>Short &lt;b&gt;words&lt;/b&gt;…
</description></item>
<item><title>Ferry</title><link>https://paper.test/ferry</link><guid>g2</guid>
<description>Short</description><content:encoded><![CDATA[<p>The ferry sails.</p><p>It is old.</p>
<p>The post <a href="/x">Ferry</a> appeared first on <a href="/">The Paper</a>.</p>]]>
</content:encoded></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>The Paper</title>
<entry><id>tag:paper.test,2026:1</id><title>Bridge</title><link href="https://paper.test/bridge"/>
<published>2026-03-03T08:30:00Z</published><author><name>Ada Lane</name></author>
<summary>It closes.</summary></entry>
<at:deleted-entry ref="tag:paper.test,2026:0" when="2026-03-03T08:30:00Z"/></feed>"""


def test_rss_gives_titles_addresses_times_and_the_longest_text():
    document = read(RSS)
    assert (document.kind, document.title, document.ttl_seconds) == (
        DocumentKind.FEED,
        "The Paper",
        3600,
    )
    bridge, ferry = document.entries
    assert (bridge.url, bridge.guid, bridge.published) == ("https://paper.test/bridge", "g1", AT)
    assert bridge.is_cut
    assert ferry.text == "The ferry sails.\n\nIt is old."
    assert not ferry.is_cut


def test_atom_tells_what_is_taken_back():
    bridge, gone = read(ATOM).entries
    assert (bridge.author, bridge.published, bridge.text) == ("Ada Lane", AT, "It closes.")
    assert gone.is_withdrawn
    assert gone.guid == "tag:paper.test,2026:0"


def test_a_guid_that_two_entries_have_names_neither():
    document = read(RSS.replace("g2", "g1"))
    assert [entry.guid for entry in document.entries] == [None, None]


def test_a_json_feed_is_a_feed():
    item = {
        "id": 7,
        "url": "/bridge",
        "title": "Bridge",
        "content_html": "<p>It closes.</p><p>For a year.</p>",
        "date_published": "2026-03-03T09:30:00+01:00",
        "authors": [{"name": "Ada Lane"}, {"name": "Bo Rook"}],
        "tags": ["local"],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Paper", "items": [item]}
    document = read(json.dumps(feed))
    (entry,) = document.entries
    assert (document.kind, document.title) == (DocumentKind.FEED, "The Paper")
    assert (entry.guid, entry.url) == ("7", "https://paper.test/bridge")
    assert entry.text == "It closes.\n\nFor a year."
    assert (entry.author, entry.category, entry.published) == ("Ada Lane, Bo Rook", "local", AT)


def test_articles_in_json_are_cut_where_they_say_so():
    article = {
        "source": {"id": None, "name": "The Paper"},
        "title": "Bridge",
        "url": "https://paper.test/bridge",
        "publishedAt": "2026-03-03T08:30:00Z",
        "content": "It closes for a year, the council said… [+812 chars]",
    }
    (entry,) = read(json.dumps({"status": "ok", "articles": [article]})).entries
    assert (entry.publisher, entry.published, entry.is_cut) == ("The Paper", AT, True)
    assert "chars" not in entry.text


def test_articles_in_json_may_call_their_fields_by_other_names():
    found = {"headline": {"main": "Bridge"}, "web_url": "https://paper.test/b", "lead": "Closed."}
    answer = {"response": {"docs": [found]}}
    names = FieldMap("response.docs", {"title": "headline.main", "url": "web_url", "text": "lead"})
    (entry,) = read(json.dumps(answer), names).entries
    assert (entry.title, entry.url, entry.text) == ("Bridge", "https://paper.test/b", "Closed.")
    with pytest.raises(FeedRefusedError, match="no list of articles at response"):
        read(json.dumps(answer), FieldMap("response.items"))


SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://paper.test/old</loc><lastmod>2026-01-01</lastmod></url>
<url><loc>https://paper.test/bridge</loc><news:news><news:publication><news:name>The Paper
</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-03-03T08:30:00Z</news:publication_date><news:title>Bridge</news:title>
</news:news></url></urlset>"""


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_gives_its_newest_story_first(pack):
    document = read(pack(SITEMAP.encode()))
    bridge, old = document.entries
    assert document.kind is DocumentKind.SITEMAP
    assert (bridge.title, bridge.published, bridge.publisher) == ("Bridge", AT, "The Paper")
    # when a page was changed is not when it was published
    assert old.published is None


def test_an_index_names_sitemaps_of_news_first():
    body = "".join(
        f"<sitemap><loc>https://paper.test/{name}</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("a.xml", "2026-03-03"), ("b.xml", "2026-03-04"), ("news.xml", "2020"))
    )
    document = read(f"<sitemapindex>{body}</sitemapindex>")
    assert [url.rpartition("/")[2] for url in document.children] == ["news.xml", "b.xml", "a.xml"]


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 50}">'
        for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, XXE])
@pytest.mark.parametrize("document", [RSS, ATOM, SITEMAP])
def test_entities_neither_expand_nor_reach_out(declared, document):
    hostile = declared + document.removeprefix('<?xml version="1.0"?>').replace(
        "Bridge", "&h;&e;Bridge"
    )
    try:
        entries = read(hostile).entries
    except FeedRefusedError:
        return
    assert all("root:" not in entry.title + entry.text for entry in entries)
    assert all(len(entry.title) < 1000 for entry in entries)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        ("<!doctype html><html><body>Hello</body></html>", "a web page, not a feed"),
        ("%PDF-1.7", "a PDF"),
        ("just words", "plain text"),
        ("[" * 200_000, "nested too deeply"),
        ('{"a": 1}', "without a list of articles"),
        ('{"a": ', "none that is valid"),
        ("<opml><body/></opml>", "pullquote feeds import"),
        (gzip.compress(b"\0" * (60 << 20)), "larger than"),
        (b"\x1f\x8b\x08broken", "damaged"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body, reason):
    with pytest.raises(FeedRefusedError, match=reason):
        read(body)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail_otherwise(body):
    for prefix in (b"", b"<rss>", b"<urlset>", b'{"articles": [', b"\x1f\x8b"):
        try:
            read(prefix + body)
        except FeedRefusedError:
            continue


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda s: (
            st.dictionaries(
                st.sampled_from(["title", "url", "content", "published", "items", "version", "id"]),
                s,
            )
            | st.lists(s)
        ),
        max_leaves=20,
    )
)
def test_no_json_makes_it_fail_otherwise(value):
    for document in (
        value,
        {"articles": [value]},
        {"version": "https://jsonfeed.org/version/1", "items": [value]},
    ):
        try:
            read(json.dumps(document))
        except FeedRefusedError:
            continue


# ── where feeds are ──────────────────────────────────────────────────────────
def test_a_page_names_its_feeds():
    page = b"""<html><head>
    <link rel="alternate" type="application/rss+xml" title="News" href="/rss.xml">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <link rel="alternate" hreflang="fr" href="/fr"></head><a href="/feed">RSS</a></html>"""
    (found,) = discover(page, "https://paper.test/")
    assert (found.url, found.title) == ("https://paper.test/rss.xml", "News")
    (guess,) = discover(b'<a href="/feed">RSS</a><a href="/feedback">x</a>', "https://paper.test/")
    assert (guess.url, guess.is_guess) == ("https://paper.test/feed", True)


def test_the_usual_places_and_those_of_robots_txt_are_known():
    assert "https://paper.test/feed" in candidates("https://paper.test/a/b?c")
    robots = "User-agent: *\nSitemap: https://p.test/all.xml\nsitemap:https://p.test/news.xml\n"
    assert sitemaps_in(robots) == ("https://p.test/news.xml", "https://p.test/all.xml")


# ── OPML ─────────────────────────────────────────────────────────────────────
def test_what_is_written_is_read_again():
    outlines = [
        Outline("https://a.test/feed", "A <&> B", ("World", "Europe")),
        Outline("https://b.test/feed", None, ("World",)),
        Outline("https://c.test/feed", "C"),
    ]
    read_again = read_opml(write_opml(outlines, title="Mine"))
    assert [(each.url, each.tags) for each in read_again.feeds] == [
        (each.url, each.tags) for each in outlines
    ]
    assert read_again.feeds[0].title == "A <&> B"


def test_what_is_wrong_in_a_list_costs_its_own_line():
    body = b"""<opml version="2.0"><body><outline text="T"><outline XMLURL="https://a.test/"/>
    <outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://a.test/"/></outline>
    <outline xmlUrl="https://b.test/"/></body>"""
    document = read_opml(body)
    assert [(each.url, each.tags) for each in document.feeds] == [
        ("https://a.test/", ("T",)),
        ("https://b.test/", ()),
    ]
    assert len(document.refused) == 2


@pytest.mark.parametrize("body", [b"", b"{}", b"<html/>", LAUGHS.encode() + b"<opml>&h;</opml>"])
def test_what_is_no_list_is_refused(body):
    with pytest.raises(FeedRefusedError):
        read_opml(body)
