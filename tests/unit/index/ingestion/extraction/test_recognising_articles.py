from __future__ import annotations

import pytest

from index.ingestion.extraction.recognising import is_prose
from tests.unit.index.ingestion.extraction.written import (
    STORY,
    TEXT,
    found,
    linked,
    meta,
    page,
    paragraphs,
)

ARTICLE = meta("og:type", "article")
DATED = meta("date", "2024-05-01")
TEASERS = "".join(
    f'<article><a href="/{n}"><h2>Number {n} is what happened</h2></a></article>' for n in range(6)
)
LABELS = paragraphs(f"Offer number {n}: a very fine lantern for the garden" for n in range(30))


@pytest.mark.parametrize("head", ["", ARTICLE, DATED, linked(), linked(of="BlogPosting")])
def test_a_story_is_an_article_whatever_its_page_says_of_itself(head):
    assert found(page(head=head)).text == TEXT


@pytest.mark.parametrize("url", ["https://lantern.example/", "https://lantern.example/index.html"])
def test_a_home_page_is_none_even_where_it_says_so(url):
    assert found(page(head=ARTICLE), url=url).text == ""


@pytest.mark.parametrize("kind", ["CollectionPage", "ProfilePage", "https://schema.org/AboutPage"])
def test_lists_and_profiles_are_none_unless_they_hold_an_article(kind):
    assert found(page(head=linked(of=kind))).text == ""
    assert found(page(head=linked(of=kind) + linked())).text == TEXT


def test_a_page_of_teasers_is_none():
    assert found(page(paragraphs() + TEASERS)).text == ""
    assert found(page(paragraphs() + TEASERS, ARTICLE)).text != ""


def test_a_page_without_sentences_is_an_article_only_where_it_says_so():
    assert found(page(LABELS)).text == ""
    assert found(page(LABELS, DATED)).text != ""
    assert found(page(LABELS, ARTICLE)).text != ""


def test_next_to_nothing_is_no_article():
    assert found(page("<p>Not yet</p>", ARTICLE)).text == ""
    assert found(page("<p>It is not known yet who did it.</p>", ARTICLE)).text != ""
    assert found(page("<p>It is not known yet who did it.</p>", DATED)).text == ""


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found",
        "Page not found - The Lantern",
        "Just a moment...",
        "Access Denied",
        "Are you a robot?",
        "We value your privacy",
        "Sorry, this page does not exist",
        "Subscribe to read | The Lantern",
    ],
)
def test_walls_are_told_by_their_titles(title):
    body = paragraphs(["Reference 18.2f7a, and what to do about it, is below.", *STORY[:1]])
    assert found(page(body, ARTICLE, title=title)).text == ""
    # a long story may have such a title, too
    assert found(page(paragraphs(STORY * 3), ARTICLE, title=title)).text != ""


@pytest.mark.parametrize(
    "line",
    [
        "JavaScript is disabled in your browser, so that this page cannot be shown.",
        "We and our 842 partners store and use personal data, such as what you read.",
        "The page you were looking for could not be found, or has moved elsewhere.",
        "Checking your browser before you are let in to the site of The Lantern.",
        "Our systems have detected unusual traffic from your computer network today.",
    ],
)
def test_walls_are_told_by_their_words(line):
    assert found(page(paragraphs([line, *STORY[:2]]), ARTICLE)).text == ""


def test_a_story_about_walls_is_none_itself():
    lines = ["The firm and its partners use cookies, a court was told.", *STORY]
    assert found(page(paragraphs(lines), ARTICLE)).text != ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (STORY[0], True),
        ("“It will be built before the winter comes.”", True),
        ("市議会は港の防波堤を修理することを決めた。", True),
        ("It is done.", False),
        ("The council of Pellmouth voted on Monday", False),
        ("", False),
    ],
)
def test_prose_is_whole_sentences(line, expected):
    assert is_prose(line) is expected
