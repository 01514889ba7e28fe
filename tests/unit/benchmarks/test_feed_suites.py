"""What others' suites expect is read as they wrote it, and nothing of it is ever run."""

import json
from datetime import UTC, datetime

import pytest

from benchmarks.feeds.feedparser_suite import feedparser_samples
from benchmarks.feeds.gofeed_suite import gofeed_samples
from benchmarks.feeds.judging import Tally
from benchmarks.feeds.model import DATE, LINK, TITLE, Expected, Reading, Sample, completed
from benchmarks.feeds.readers import ours, plain_feedparser

AT = datetime(2004, 1, 1, 19, 48, 21, tzinfo=UTC)


@pytest.fixture
def sample(tmp_path):
    def of(expression, document="<rss><channel><item/></channel></rss>") -> Sample:
        folder = tmp_path / "tests" / "wellformed"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "a.xml").write_text(f"<!--\nExpect: {expression}\n-->\n{document}")
        (found,) = feedparser_samples(tmp_path, "wellformed")
        return found

    return of


@pytest.mark.parametrize(
    ("expression", "count", "named", "values"),
    [
        ("not bozo and entries[0]['title'] == 'A'", None, 1, [Expected(0, TITLE, "A")]),
        (
            "entries[0]['link'] == entries[1]['link'] == 'http://a.test/'",
            None,
            2,
            [Expected(0, LINK, "http://a.test/"), Expected(1, LINK, "http://a.test/")],
        ),
        ("len(entries) == 3 and version == 'rss20'", 3, 0, []),
        (
            "entries[0]['updated_parsed'] == (2004, 1, 1, 19, 48, 21, 3, 1, 0)",
            None,
            1,
            [Expected(0, DATE, AT, is_change=True)],
        ),
        ("entries[2]['source']['title'] == 'A'", None, 3, []),
        ("entries[0]['title'] != 'A'", None, 1, []),
        ("entries[0]['title'] == __import__('os').abort()", None, 1, []),
        ("this is no Python", None, 0, []),
    ],
)
def test_an_expectation_is_read_as_a_tree(sample, expression, count, named, values):
    found = sample(expression)
    assert (found.entry_count, found.named_count, list(found.values)) == (count, named, values)


def test_a_document_without_an_element_is_no_feed(sample):
    assert not sample("bozo", document="<!-- nothing -->").is_feed
    assert sample("bozo", document="<rss").is_feed


def test_only_documents_of_dates_alone_are_completed(sample):
    found = sample(
        "entries[0]['updated_parsed'] == (2004, 1, 1, 19, 48, 21, 3, 1, 0)",
        document="<rss><item a='b'><x/></item><ITEM><y/></ITEM><item/></rss>",
    )
    body = completed(found).body
    assert b"<item a='b'><title>t</title><x/></item><ITEM><TITLE>t</TITLE><y/>" in body
    named = sample("entries[0]['title'] == 'A'")
    assert completed(named) is named


def test_gofeeds_expectations_stand_beside_its_documents(tmp_path):
    data = tmp_path / "testdata" / "parser"
    data.mkdir(parents=True)
    (tmp_path / "parser_test.go").write_text('{"bad.xml", "", "", true},\n{"a.xml", "", "", false}')
    (data / "a.xml").write_text("<rss/>")
    item = {"title": "A", "links": [{"rel": "self", "href": "/s"}, {"href": "/a"}]}
    (data / "a.json").write_text(
        json.dumps({"entries": [item | {"publishedParsed": "2004-01-01T19:48:21Z"}]})
    )
    (data / "bad.xml").write_text("<note/>")
    good, bad = gofeed_samples(tmp_path, ".xml")
    assert (good.is_feed, good.entry_count, bad.is_feed) == (True, 1, False)
    assert good.values == (
        Expected(0, TITLE, "A"),
        Expected(0, LINK, "/a"),
        Expected(0, DATE, AT),
    )
    assert gofeed_samples(tmp_path, ".json") == []


def test_both_readers_are_held_to_the_same(sample):
    expression = "entries[0]['title'] == 'A <b>b</b>' and entries[0]['link'] == 'http://a.test'"
    document = """<rss version="2.0"><channel><item><title>A &lt;b&gt;b&lt;/b&gt;</title>
    <link>http://a.test/</link></item></channel></rss>"""
    for reader in (ours, plain_feedparser):
        found, tally = sample(expression, document), Tally()
        tally.add(found, reader(found), reader(found))
        assert (tally.recognised_count, tally.failures) == (1, [])
        assert tally.agreed == {TITLE: 1, LINK: 1}


def test_what_is_wrong_is_told(sample):
    found, tally = sample("len(entries) == 2 and entries[0]['title'] == 'A'"), Tally()
    reading = Reading(is_feed=True, entries=({TITLE: "B"},))
    tally.add(found, reading, reading)
    assert tally.recognised_count == 0
    assert tally.failures == [
        "wellformed/a.xml: 1 entries where there are 2",
        "wellformed/a.xml: title 'A', read as 'B'",
    ]
