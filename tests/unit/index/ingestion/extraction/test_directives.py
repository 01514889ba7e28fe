from __future__ import annotations

import pytest

from index.errors import SourceError
from index.gathering.preparing import NotToBeQuotedError, Origin, PageAnswer, prepare_page
from index.ingestion.extraction.directives import may_be_quoted
from index.ingestion.extraction.page import extract
from index.ingestion.extraction.trees import page_tree
from index.ingestion.feeds.model import Entry
from tests.unit.index.ingestion.extraction.written import NOW, TEXT, URL, found, page


def robots(content: str, name: str = "robots") -> str:
    return f'<meta name="{name}" content="{content}">'


@pytest.mark.parametrize(
    "content", ["nosnippet", "NOINDEX, NoSnippet", "none", "max-snippet:0", "max-snippet : 0"]
)
def test_a_page_may_ask_not_to_be_quoted(content):
    asked = found(page(head=robots(content)))
    assert not asked.may_be_quoted
    assert asked.text == TEXT  # whether that is honoured is the operator's to say
    assert not found(page(head=robots(content, "Pullquote"))).may_be_quoted
    assert not found(page(head=robots("index") + robots(content))).may_be_quoted


@pytest.mark.parametrize(
    "head",
    [
        "",
        robots("index, follow, max-snippet:-1, max-image-preview:large"),
        robots("max-snippet:50"),
        robots("noindex"),
        robots("nosnippets"),
        robots("nosnippet", "googlebot"),
        '<meta name="robots">',
        '<meta content="nosnippet">',
    ],
)
def test_what_asks_for_nothing_or_somebody_else_does_not_count(head):
    assert found(page(head=head)).may_be_quoted


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        ("nosnippet", False),
        ("noindex, nosnippet", False),
        ("max-snippet:0", False),
        ("max-image-preview:large, nosnippet", False),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST, nosnippet", False),
        ("pullquote: nosnippet", False),
        ("googlebot: noindex, pullquote: nosnippet", False),
        ("googlebot: nosnippet", True),
        ("googlebot: noindex, nosnippet", True),
        ("max-snippet:20", True),
        ("", True),
        (None, True),
    ],
)
def test_a_header_counts_where_it_speaks_to_all_or_to_us(header, allowed):
    assert may_be_quoted(page_tree(page()), header) is allowed
    extracted = extract(page().encode(), url=URL, charset=None, now=NOW, robots_header=header)
    assert extracted.may_be_quoted is allowed


def test_nothing_is_made_of_such_a_page_unless_an_operator_wants_it():
    answer = PageAnswer(URL, page().encode(), robots_tag="nosnippet")
    entry = Entry(guid=None, url=URL, title="")
    with pytest.raises(NotToBeQuotedError, match="asks that nothing of it be quoted") as raised:
        prepare_page(answer, entry, Origin(), now=NOW, honours_nosnippet=True)
    assert isinstance(raised.value, SourceError)
    (story,) = prepare_page(answer, entry, Origin(), now=NOW, honours_nosnippet=False)
    assert story.article.text == TEXT
