"""Sitemaps, lists of feeds, and pages that name feeds: capped, and sound where they break off."""

import pytest

from index.ingestion.feeds.discovery import discover, sitemaps_in
from index.ingestion.feeds.model import DocumentKind, FeedRefusedError
from index.ingestion.feeds.opml import Outline, read_opml, write_opml
from index.ingestion.feeds.sitemaps import MAX_URLS
from tests.unit.index.ingestion.feeds.found import read

ENTITY = '<!DOCTYPE x [<!ENTITY e "ha">]>'


# ── sitemaps ─────────────────────────────────────────────────────────────────
def test_a_sitemap_that_breaks_off_keeps_what_came_before():
    body = "<urlset><url><loc>https://p.test/a</loc></url><url><loc>https://p.te"
    assert [entry.url for entry in read(body).entries] == ["https://p.test/a"]
    with pytest.raises(FeedRefusedError, match="no valid XML"):
        read("<urlset><url><loc>https://p.te")


def test_a_sitemap_that_declares_entities_is_refused():
    with pytest.raises(FeedRefusedError, match="declares entities"):
        read(f"{ENTITY}<urlset><url><loc>https://p.test/&e;</loc></url></urlset>")


def test_a_sitemap_is_read_up_to_what_the_protocol_allows():
    body = "".join(f"<url><loc>/{number}</loc></url>" for number in range(MAX_URLS + 10))
    document = read(f"<urlset>{body}</urlset>")
    assert len(document.entries) == 1000
    assert document.refused == (f"{MAX_URLS - 1000} beyond the first 1000 are left out",)


def test_a_pictures_title_is_not_the_storys():
    body = """<urlset xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><url>
    <loc>/a</loc><i:image><i:loc>/p.png</i:loc><i:title>A picture</i:title></i:image></url>
    <url><loc>ftp://p.test/b</loc></url><url/></urlset>"""
    (entry,) = read(body).entries
    assert (entry.url, entry.title) == ("https://paper.test/a", "")


def test_an_index_keeps_each_address_once_and_only_those_of_the_web():
    names = ("/a.xml", "/a.xml", "file:///etc/passwd", "")
    body = "".join(f"<sitemap><loc>{name}</loc></sitemap>" for name in names)
    document = read(f"<sitemapindex>{body}</sitemapindex>")
    assert (document.kind, document.children) == (
        DocumentKind.SITEMAP_INDEX,
        ("https://paper.test/a.xml",),
    )


# ── lists of feeds ───────────────────────────────────────────────────────────
def test_a_list_survives_being_written_whatever_its_names_hold():
    outlines = [
        Outline("https://a.test/feed?x=1&y=2", 'The "A" <b>&amp;</b>', ("World & <all>",)),
        Outline("https://b.test/feed", "日報", ("World & <all>", "Asia")),
    ]
    found = read_opml(write_opml(outlines, title="Mine & yours"))
    assert [(each.url, each.tags[-1]) for each in found.feeds] == [
        ("https://a.test/feed?x=1&y=2", "World & <all>"),
        ("https://b.test/feed", "Asia"),
    ]
    assert found.feeds[1].title == "日報"
    assert found.refused == []


def test_a_list_that_is_too_deep_ends_there():
    deep = '<outline text="t">' * 60 + '<outline xmlUrl="https://b.test/"/>' + "</outline>" * 60
    found = read_opml(
        f'<opml><body><outline xmlUrl="https://a.test/"/>{deep}</body></opml>'.encode()
    )
    assert [each.url for each in found.feeds] == ["https://a.test/"]
    assert "too deep or too long" in found.refused[0]


def test_a_list_is_refused_where_it_expands_or_is_no_xml():
    with pytest.raises(FeedRefusedError, match="declares entities"):
        read_opml(f"{ENTITY}<opml><body><outline text='&e;'/></body></opml>".encode())
    with pytest.raises(FeedRefusedError, match="no valid XML"):
        read_opml(b"<opml><body>")


def test_names_of_feeds_are_one_line():
    (feed,) = read_opml(
        b'<opml><body><outline text="A&#10;B&#13;  C" xmlUrl="https://a.test/"/></body></opml>'
    ).feeds
    assert feed.title == "A B C"


# ── pages that name feeds ────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<link rel="ALTERNATE home" type=" Application/RSS+XML " href=" /rss ">', ["/rss"]),
        ("<LINK REL=alternate TYPE=application/atom+xml HREF=/atom>", ["/atom"]),
        ('<link rel="alternate" type="application/feed+json" href="/feed.json">', ["/feed.json"]),
        ('<link rel="alternate" type="text/html" href="/fr">', []),
        ('<link rel="stylesheet" type="application/rss+xml" href="/rss">', []),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">', []),
        ('<link rel="alternate" type="application/rss+xml">', []),
        ('<!-- <link rel="alternate" type="application/rss+xml" href="/rss"> -->', []),
        ('<a href="/world/rss.xml?x=1">World</a><a href="/world/rss.xml?x=1">Again</a>',
         ["/world/rss.xml?x=1"]),
        ('<a href="/rss">x</a><link rel="alternate" type="application/rss+xml" href="/b">', ["/b"]),
    ],
)  # fmt: skip
def test_feeds_of_a_page(page, found):
    addresses = [each.url for each in discover(page.encode(), "https://paper.test/")]
    assert addresses == [f"https://paper.test{path}" for path in found]


def test_a_page_of_links_without_end_gives_a_few():
    page = "".join(f'<a href="/{number}/rss.xml">x</a>' for number in range(5000))
    assert len(discover(page.encode(), "https://paper.test/")) == 50


def test_robots_txt_of_any_length_is_read_at_its_beginning():
    robots = "Sitemap: https://p.test/a.xml\n" + "#" * 600_000 + "\nSitemap: https://p.test/b.xml"
    assert sitemaps_in(robots) == ("https://p.test/a.xml",)
