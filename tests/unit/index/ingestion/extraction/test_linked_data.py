from __future__ import annotations

import json

import pytest

from index.ingestion.extraction.linked_data import linked_data
from index.ingestion.extraction.trees import metas, page_tree
from tests.unit.index.ingestion.extraction.written import URL, linked, page

ARTICLE = {"@type": "NewsArticle", "headline": "The wall"}
PLAIN = json.dumps(ARTICLE)


def script(text: str, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{text}</script>'


def headline(head: str) -> object:
    return linked_data(page_tree(page(head=head)), [URL]).article.get("headline")


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"[{PLAIN}]",
        f"<!-- {PLAIN} -->",
        f"//<![CDATA[\n{PLAIN}\n//]]>",
        f"/* it is */ {PLAIN};",
        PLAIN.replace("}", ",}"),
        f"[{PLAIN},]",
        f"{PLAIN}{PLAIN}",
        json.dumps({"@graph": [{"@type": "WebSite"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps({**ARTICLE, "@type": ["Thing", "https://schema.org/NewsArticle"]}),
    ],
)
def test_an_article_is_found_however_it_is_wrapped(text):
    assert headline(script(text)) == "The wall"
    assert headline(script(text, "Application/LD+JSON; charset=utf-8")) == "The wall"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "words",
        "7",
        '"text"',
        "[" * 100_000,
        '{"@graph":' * 100_000,
        json.dumps({"@type": "Organization", "headline": "The wall"}),
        json.dumps({"author": ARTICLE}),
        json.dumps(ARTICLE | {"x": "y" * 2_000_000}),
        '{"@graph":' * 7 + PLAIN + "}" * 7,
        '{"@type": "NewsArticle", "x": ' + "9" * 5000 + ', "headline": "The wall"}',
    ],
)
def test_what_is_broken_endless_or_of_something_else_gives_no_article(text):
    assert headline(script(text)) is None
    # and nothing else is lost by it
    assert headline(script(text) + script(PLAIN)) == "The wall"


def test_a_raw_line_break_within_a_text_is_no_fault():
    assert headline(script('{"@type":"Article","headline":"The\nwall"}')) == "The\nwall"


def test_scripts_of_another_kind_are_not_read():
    assert headline(script(PLAIN, "text/javascript") + script(PLAIN, "")) is None


def test_of_several_articles_the_one_at_the_pages_address_counts():
    other = linked(headline="Another", url="https://www.lantern.example/other")
    own = linked(headline="Own", mainEntityOfPage={"@id": URL.replace("www.", "") + "/?from=feed"})
    assert headline(other + own) == "Own"
    assert headline(linked(headline="First") + linked(headline="Second")) == "First"


def test_descriptions_of_one_article_are_read_together():
    first = linked(headline="Own", url=URL)
    second = linked(headline="Also", url=[{"url": f"{URL}#top"}], articleSection="Harbour")
    article = linked_data(page_tree(page(head=first + second)), [URL]).article
    assert (article["headline"], article["articleSection"]) == ("Own", "Harbour")


def test_a_page_describes_so_much_and_no_more():
    many = json.dumps([{"@type": "Thing"}] * 600)
    described = linked_data(page_tree(page(head=script(many) * 3 + script(PLAIN))), [URL])
    assert not described.is_article


def test_what_was_read_is_emptied_and_what_could_not_be_is_left():
    tree = page_tree(page(head=script(PLAIN) + script("{broken")))
    linked_data(tree, [URL])
    assert [each.text or "" for each in tree.iter("script")] == ["", "{broken"]


def test_a_form_feed_in_what_could_not_be_read_does_not_cost_the_page():
    tree = page_tree(page(head=script('{"a": \f')))
    assert linked_data(tree, [URL]).article == {}


def test_of_meta_elements_the_first_of_a_name_counts_and_the_empty_ones_do_not():
    head = (
        '<meta name="Author" content=" "><meta property="author" content="Anna  Kell">'
        '<meta name="author" content="Tom"><meta content="x"><meta name="b"><meta itemprop="c" '
        'content="d">'
    )
    assert metas(page_tree(page(head=head))) == {"author": "Anna Kell", "c": "d"}
