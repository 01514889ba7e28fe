"""What an entry is called and where it leads, as a reader of the story would have it."""

import pytest

from tests.unit.index.ingestion.feeds.found import read, rss


def atom(entry):
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{entry}</entry></feed>'


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<title>Fish &amp;amp; chips</title>", "Fish & chips"),
        ("<title>Use of &lt;blink&gt; ends</title>", "Use of <blink> ends"),
        ('<title type="html">&lt;blink&gt;Late&lt;/blink&gt; ferry</title>', "Late ferry"),
        (
            '<title type="html">Ferry&lt;script&gt;alert(1)&lt;/script&gt; late</title>',
            "Ferry late",
        ),
        ('<title type="html">A &lt;style&gt;b {}&lt;/style&gt;rule</title>', "A rule"),
        ('<title type="html">&amp;lt;b&amp;gt;Ferry&amp;lt;/b&amp;gt; late</title>', "Ferry late"),
        ('<title type="html">Use of &amp;lt;blink&amp;gt; ends</title>', "Use of <blink> ends"),
        ("<title>A\nbridge\r\n\tcloses &#10; today</title>", "A bridge closes today"),
        ("<title>A\x00 bridge\x07</title>", "A bridge"),
    ],
)
def test_a_title_is_one_line_without_markup(title, shown):
    (entry,) = read(atom(f'{title}<link href="https://paper.test/a"/>')).entries
    assert entry.title == shown


@pytest.mark.parametrize("order", [1, -1])
def test_a_file_beside_a_story_does_not_take_its_place(order):
    links = [
        '<link rel="alternate" type="text/html" href="https://paper.test/story"/>',
        '<link rel="enclosure" type="text/html">https://paper.test/sound</link>',
    ][::order]
    (entry,) = read(atom("".join(links))).entries
    assert entry.url == "https://paper.test/story"


def test_the_storys_own_address_is_preferred_to_one_that_counts_clicks():
    item = """<title>A</title><link>https://counts.test/~r/1</link>
    <f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">https://paper.test/a</f:origLink>
    """
    assert read(rss(item)).entries[0].url == "https://paper.test/a"


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/a b", "https://paper.test/a%20b"),
        ("https://paper.test/a\n/b", "https://paper.test/a/b"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://[::1", None),
        ("https://paper.test/" + "a" * 5000, None),
    ],
)
def test_an_address_is_made_whole_or_is_none(address, whole):
    assert read(rss(f"<title>A</title><link>{address}</link>")).entries[0].url == whole


def test_a_guid_that_is_an_address_serves_where_no_link_is_given():
    item = "<title>A</title><guid isPermaLink='false'>https://paper.test/a</guid>"
    assert read(rss(item)).entries[0].url == "https://paper.test/a"


def test_an_atom_entry_that_is_taken_back_by_its_address_has_that():
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
    <at:deleted-entry ref="https://paper.test/a" when="2026-03-03T08:30:00Z"/>
    <at:deleted-entry ref="tag:b"><link href="/b"/></at:deleted-entry>
    <at:deleted-entry/><at:deleted-entry ref="tag:c"/><at:deleted-entry ref="""
    found = read(body).entries
    assert [(entry.guid, entry.url) for entry in found] == [
        ("https://paper.test/a", "https://paper.test/a"),
        ("tag:b", "https://paper.test/b"),
        ("tag:c", None),
    ]
    assert all(entry.is_withdrawn for entry in found)


def test_names_that_are_addresses_are_no_names():
    item = """<title>A</title><author>desk@paper.test</author><category>https://paper.test/c
    </category><category>World</category><source url="https://w.test/">The Wire</source>"""
    (entry,) = read(rss(item)).entries
    assert (entry.author, entry.category, entry.publisher) == (None, "World", "The Wire")
