"""A story's text as its feed holds it: paragraphs, without what only serves getting around."""

import pytest

from index.ingestion.feeds.endings import MAX_TEXT_CHARACTERS
from tests.unit.index.ingestion.feeds.found import read, rss


def entry_of(markup):
    (entry,) = read(rss(f"<title>A</title><description><![CDATA[{markup}]]></description>")).entries
    return entry


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("One.<br>Two.<br><br>Three.", "One.\nTwo.\n\nThree."),
        ("<p>One.</p><script>alert(1)</script><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.</p><nav><p>Home</p></nav><p>Two.</p>", "One.\n\nTwo."),
        ("</nav><p>One.</p>", "One."),
        ("<p>One <a href='/x'>two</a> three.</p><p><a href='/y'>More stories</a></p>",
         "One two three."),
        ("<p><a href='/x'>Never ended</p><p>One.</p>", "One."),
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", "One.\n\nTwo."),
        ("One\nline.\n\nAnother &amp; more.", "One line.\n\nAnother & more."),
        ("<p>One.</p><p>Share this:</p><p>Advertisement</p>", "One."),
        ("<p>One.\x00\x07</p>", "One."),
        ("<p>" * 20_000 + "One.", "One."),
        ("<p>One.</p><!-- <p>Two.</p> -->", "One."),
    ],
)  # fmt: skip
def test_only_the_storys_own_words_are_left(markup, text):
    assert entry_of(markup).text == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>It closes. Read more</p>", "It closes."),
        ("<p>It closes. Continue reading the story »</p>", "It closes."),
        ("<p>It closes […]</p>", "It closes […]"),
        ("<p>It closes...</p>", "It closes..."),
        ("<p>It closes.</p><p><a href='/x'>Read more</a></p>", "It closes."),
        ("<p>It closes. [+812 chars]</p>", "It closes."),
    ],
)
def test_a_text_that_points_on_is_cut(markup, text):
    entry = entry_of(markup)
    assert (entry.text, entry.is_cut) == (text, True)


def test_a_text_without_end_is_cut_between_paragraphs():
    entry = entry_of("".join(f"<p>{'word ' * 200}end.</p>" for _ in range(300)))
    assert entry.is_cut
    assert len(entry.text) <= MAX_TEXT_CHARACTERS
    assert entry.text.endswith("end.")


def test_a_text_that_only_repeats_the_title_is_none():
    assert not entry_of("<p>A</p>").text
