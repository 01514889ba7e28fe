from __future__ import annotations

from index.gathering.preparing import Origin, PageAnswer, prepare_page
from index.ingestion.extraction.live_blogs import MAX_UPDATE_COUNT
from index.ingestion.feeds.model import Entry
from tests.unit.index.ingestion.extraction.written import (
    NOW,
    STORY,
    URL,
    found,
    linked,
    page,
    paragraphs,
)

FIRST = {
    "@type": "BlogPosting",
    "@id": f"{URL}#one",
    "url": f"{URL}#one",
    "headline": "The ferry &amp; its crew are safe",
    "articleBody": "<p>The ferry reached the northern quay.</p><p>Nobody was hurt.</p>",
    "datePublished": "2024-05-01T08:30:00Z",
}
SECOND = {"articleBody": "The wall has broken in two places. Read more: the storm of 1987"}


def blog(*updates: object, body: str = paragraphs(), **named: object) -> str:
    listed = updates[0] if named.pop("alone", False) else list(updates)
    return page(body, linked(of="LiveBlogPosting", liveBlogUpdate=listed, **named))


def test_each_update_has_its_own_title_time_address_and_text():
    (update,) = found(blog(FIRST)).updates
    assert update.id == update.url == f"{URL}#one"
    assert update.title == "The ferry & its crew are safe"
    assert update.text == "The ferry reached the northern quay.\n\nNobody was hurt."
    assert update.published.isoformat() == "2024-05-01T08:30:00+00:00"


def test_an_update_without_a_name_and_a_time_gets_a_title_and_no_time():
    (update,) = found(blog(SECOND, alone=True)).updates
    assert update.title == "The wall has broken in two places."
    assert (update.url, update.published) == (None, None)
    assert update.id == found(blog(SECOND)).updates[0].id  # the same when it is read again


def test_updates_come_in_the_order_of_the_page_and_each_once():
    texts = [u.text for u in found(blog(FIRST, SECOND, FIRST, SECOND)).updates]
    assert len(texts) == 2
    assert texts[0].startswith("The ferry")


def test_what_is_no_update_is_passed_over():
    nothing = (None, 7, "words", {}, {"headline": "Only a title"}, {"articleBody": "Advertisement"})
    strange = {"@id": 7, "url": ["x"], "datePublished": "2031-01-01", **SECOND}
    (update,) = found(blog(*nothing, strange)).updates
    assert (update.url, update.published) == (None, None)
    (other,) = found(blog({**SECOND, "url": "http://[broken"})).updates
    assert other.url is None


def test_the_text_is_what_stands_before_the_first_update():
    body = paragraphs([*STORY, "The ferry reached the northern quay.", "Nobody was hurt."])
    blogged = found(blog(FIRST, body=body))
    assert blogged.text == "\n\n".join(STORY)
    titled = paragraphs([STORY[0], "The ferry & its crew are safe", STORY[1]])
    assert found(blog(FIRST, body=titled)).text == STORY[0]


def test_a_blog_has_so_many_updates_and_no_more():
    many = [{"@id": str(number), "articleBody": f"Number {number}."} for number in range(600)]
    assert len(found(blog(*many)).updates) == MAX_UPDATE_COUNT


def test_only_a_page_that_calls_itself_a_live_blog_has_updates():
    assert found(page(head=linked(liveBlogUpdate=[FIRST]))).updates == ()
    article = linked(headline="An article")
    both = page(head=article + linked(of="LiveBlogPosting", liveBlogUpdate=[FIRST], url=URL))
    assert len(found(both).updates) == 1


def test_a_blog_becomes_its_beginning_and_a_story_for_each_update():
    body = blog(FIRST, SECOND, datePublished="2024-05-01T06:00:00Z", headline="Storm, live")
    entry = Entry(guid=None, url=URL, title="")
    answer = PageAnswer(URL, body.encode())
    stories = prepare_page(answer, entry, Origin(), now=NOW, honours_nosnippet=True)
    articles = [story.article for story in stories]
    assert [each.title for each in articles] == [
        "Storm, live",
        "The ferry & its crew are safe",
        "The wall has broken in two places.",
    ]
    assert [each.published.at.hour for each in articles] == [6, 8, 6]
    assert len({each.id for each in articles}) == 3
    assert [bool(story.line_hashes) for story in stories] == [True, False, False]
