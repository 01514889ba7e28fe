"""A document is told by what stands in it, whatever it is called and however it begins."""

import json

import pytest

from index.ingestion.feeds.model import DocumentKind, FeedRefusedError
from tests.unit.index.ingestion.feeds.found import read, rss

CDF = """<CHANNEL HREF="https://paper.test/"><TITLE>The Paper</TITLE>
<ITEM HREF="https://paper.test/bridge"><TITLE>Bridge</TITLE></ITEM></CHANNEL>"""
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {}></rdf:RDF>'


def test_a_channel_of_cdf_is_a_feed_with_and_without_entries():
    (entry,) = read(CDF).entries
    assert (entry.title, entry.url) == ("Bridge", "https://paper.test/bridge")
    empty = read("<CHANNEL><TITLE>The Paper</TITLE></CHANNEL>")
    assert (empty.kind, empty.title, empty.entries) == (DocumentKind.FEED, "The Paper", ())


def test_rdf_is_a_feed_only_where_it_speaks_of_rss():
    for namespace in ("http://purl.org/rss/1.0/", "http://channel.netscape.com/rdf/simple/0.9/"):
        assert read(RDF.format(f'xmlns="{namespace}"')).kind is DocumentKind.FEED
    with pytest.raises(FeedRefusedError, match="RDF"):
        read(RDF.format('xmlns="http://xmlns.com/foaf/0.1/"'))


@pytest.mark.parametrize("version", ["1", "1.0", "1.1", "http://jsonfeed.org/version/1", 1.1])
def test_a_json_feed_may_say_its_version_in_short(version):
    item = {"url": "/a", "title": "A", "date_published": "2026-03-03T08:30:00Z"}
    document = read(json.dumps({"version": version, "items": [item]}))
    assert document.kind is DocumentKind.FEED
    assert document.entries[0].published is not None


def test_a_json_feed_without_a_version_is_told_by_its_own_names():
    items = [{"id": "1", "title": "A", "content_html": "<p>It closes.</p>"}]
    assert read(json.dumps({"items": items})).kind is DocumentKind.FEED
    assert read(json.dumps({"version": "2.0", "items": items[:0]})).kind is DocumentKind.NEWS_JSON


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!-- nothing -->", "XML with nothing in it"),
        ("<note><to>Ada</to><body>Come home</body></note>", "XML that begins with"),
        ("<script>x</script><html><body>Hello</body></html>", "a web page"),
        ("<!doctype html><p>Hello", "a web page"),
        ("<opml><body/></opml>", "a list of feeds"),
        ("\x89PNG\r\n", "a picture"),
        ("GIF89a", "a picture"),
        (b"\x01\x02\x03", "binary data"),
        ("<!-- it never ends", "XML with nothing in it"),
        ("<!DOCTYPE x [<!ENTITY a", "XML with nothing in it"),
        ("< not a tag", "XML with nothing in it"),
    ],
)
def test_what_is_no_feed_is_called_by_its_name(body, reason):
    with pytest.raises(FeedRefusedError, match=reason):
        read(body)


def test_a_feed_is_found_behind_what_was_printed_before_it():
    warning = "<br />\n<b>Warning</b>: something in /var/www/feed.php<br />\n"
    (entry,) = read(warning + rss("<title>Bridge</title>")).entries
    assert entry.title == "Bridge"


def test_an_entry_with_neither_address_nor_title_is_left_out_and_told_of():
    document = read(rss("</item><item>".join(["<description>Words</description>"] * 26)))
    assert document.entries == ()
    assert document.refused[0] == "entry 1 has neither an address nor a title"
    assert document.refused[-1] == "6 more are left out for the like"


def test_a_feed_that_is_too_long_ends_early_and_says_so():
    document = read(rss("</item><item>".join(f"<title>{n}</title>" for n in range(1005))))
    assert len(document.entries) == 1000
    assert document.refused == ("5 beyond the first 1000 are left out",)


def test_a_feed_that_breaks_off_has_its_last_story_marked_as_cut():
    whole = rss("<title>Bridge</title><description>It closes for a year</description>")
    assert not read(whole).entries[0].is_cut
    assert read(whole[:-20]).entries[0].is_cut


def test_a_feed_says_where_it_moved_and_how_long_to_wait():
    channel = """<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily
</sy:updatePeriod><ttl>9</ttl><itunes:new-feed-url xmlns:itunes=
"http://www.itunes.com/dtds/podcast-1.0.dtd">https://paper.test/new</itunes:new-feed-url>"""
    document = read(rss("<title>A</title>", channel=channel))
    assert (document.moved_to, document.ttl_seconds) == ("https://paper.test/new", 86_400)


@pytest.mark.parametrize("ttl", ["9" * 5000, "-5", "NaN", "1e9", "٣", ""])
def test_a_time_to_wait_that_is_none_is_passed_over(ttl):
    assert read(rss("<title>A</title>", channel=f"<ttl>{ttl}</ttl>")).ttl_seconds is None
