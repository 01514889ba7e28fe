from __future__ import annotations

import pytest

from index.errors import ArticleRefusedError
from index.gathering.preparing import Origin, PageAnswer, prepare_entry, prepare_page
from index.ingestion.extraction.bodies import ENOUGH_CHARACTERS, stated_lines
from index.ingestion.feeds.model import Entry
from tests.unit.index.ingestion.extraction.written import (
    NOW,
    STORY,
    TEXT,
    URL,
    found,
    linked,
    page,
    paragraphs,
)

IN_A_TABLE = f"<table><tr><td>{paragraphs()}</td></tr></table>"
SUMMARY = "The harbour wall of Pellmouth is going to be repaired at last, its council has said."


def test_a_story_in_paragraphs_is_found_by_the_precise_way():
    assert len(TEXT) > ENOUGH_CHARACTERS
    story = found(page())
    assert (story.text, story.method) == (TEXT, "precise")


def test_a_story_that_the_precise_way_leaves_out_is_found_by_the_loose_one():
    story = found(page(IN_A_TABLE))
    assert story.method == "loose"
    assert all(line in story.text for line in STORY)


def test_a_story_that_only_a_script_would_show_is_found_in_linked_data():
    story = found(page("<div id=app></div>", linked(articleBody="\n".join(STORY))))
    assert (story.text, story.method) == (TEXT, "stated")


def test_linked_data_is_not_asked_where_the_page_itself_has_enough():
    assert found(page(head=linked(articleBody=TEXT * 3))).text == TEXT


def test_of_ways_that_all_find_little_the_one_that_finds_most_counts():
    short = found(page(paragraphs(STORY[:2]), linked(articleBody=STORY[0])))
    assert short.text == "\n\n".join(STORY[:2])
    stated = found(page(paragraphs(STORY[:1]), linked(articleBody="\n".join(STORY[:2]))))
    assert (stated.text, stated.method) == ("\n\n".join(STORY[:2]), "stated")


def test_what_counts_is_what_is_left_without_furniture():
    furniture = [f"Follow us on Twitter @lantern{number}" for number in range(20)]
    assert found(page(paragraphs(furniture), linked(articleBody=TEXT))).text == TEXT


def test_of_a_page_without_a_story_nothing_is_said():
    empty = found(page("<div id=app></div>"))
    assert (empty.text, empty.method, empty.line_hashes) == ("", "", ())


@pytest.mark.parametrize(
    ("stated", "lines"),
    [
        ("<p>One.</p><p>Two &amp; three.</p>", ["One.", "Two & three."]),
        ("&lt;p&gt;One.&lt;/p&gt;Two.", ["One.", "Two."]),
        ("One.<br/>Two.<script>x()</script><style>p{}</style>", ["One.", "Two."]),
        ("<p>One<aside>Skip<nav>this</nav> too</aside> line.", ["One line."]),
        ("1 < 2 and 3 > 2", ["1 < 2 and 3 > 2"]),
        (["One.", 2, None, "Two."], ["One.", "Two."]),
        ("One.\u0000\ud800\n\n  Two  words. ", ["One.\ufffd", "Two words."]),
        ({"text": "One."}, []),
        (None, []),
    ],
)
def test_a_stated_text_may_hold_markup(stated, lines):
    assert stated_lines(stated) == lines


def entry(text: str, *, is_cut: bool = False) -> Entry:
    return Entry(guid=None, url=URL, title="The wall", text=text, is_cut=is_cut)


def prepared(body: str, of_feed: Entry):
    answer = PageAnswer(URL, body.encode())
    return prepare_page(answer, of_feed, Origin(), now=NOW, honours_nosnippet=True)


def test_the_feeds_summary_is_the_last_way():
    with pytest.raises(ArticleRefusedError, match="no article was found on its page"):
        prepared(page("<div id=app></div>"), entry(SUMMARY, is_cut=True))
    (story,) = prepare_entry(entry(SUMMARY, is_cut=True), Origin(), is_partial=True)
    assert story.article.text == SUMMARY
    assert story.article.is_partial


def test_a_feed_that_has_more_than_its_page_is_believed_unless_it_is_cut():
    little = page(paragraphs(STORY[:2]))
    assert prepared(little, entry(TEXT))[0].article.text == TEXT
    assert prepared(little, entry(TEXT, is_cut=True))[0].article.text == "\n\n".join(STORY[:2])


def test_extraction_never_takes_now_for_the_time_of_publication():
    (story,) = prepared(page(), entry(SUMMARY))
    assert story.article.published is None
