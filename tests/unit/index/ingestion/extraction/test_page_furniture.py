from __future__ import annotations

import time

import pytest

from index.ingestion.extraction.furniture import is_furniture, link_lines, story_lines
from index.ingestion.extraction.trees import page_tree
from tests.unit.index.ingestion.extraction.written import (
    STORY,
    TEXT,
    found,
    linked,
    page,
    paragraphs,
)

FURNITURE = (
    "Follow Anna Kell on Twitter",
    "READ MORE: The storm of 1987",
    "Related: Ferries of the north",
    "Advertisement",
    "The harbour in May (ANNA KELL/Estuary Wire via Getty Images)",
    "Sources: Estuary Wire, council of Pellmouth",
    "Topics:",
    "Harbour wall breaks at last [VIDEO]",
    f"Tom Reed in Pellmouth{', Ann Vale in Saltby' * 8} contributed to this report.",
    "Additional reporting by Tom Reed",
    "With files from Estuary Wire",
    "Copyright 2024 The Lantern",
    "Like this story? Tell a friend",
    "Enjoying our latest content?",
    "Website: https://lantern.example/harbour",
    "twitter.com/lantern",
    "[gallery ids=1,2,3]",
    "Facebook Twitter WhatsApp Email",
    "This copy is for your personal, non-commercial use only.",
    "Let us know what you think!",
    "Contact the reporter at the number below",
    "Contact the author: 555 0100",
    "3 min read",
    "Reading time: 4 minutes",
    "Tempo de leitura: 2 minutos",
    "This is a breaking news story, more to follow",
    "Write to Anna Kell at anna@lantern.example",
    "Get in touch with our team by emailing us at news@lantern.example.",
    "Got a story? Tell our news desk.",
    "For more stories like this, check our news page.",
    "Get the day's top headlines",
    "Sign up for breaking news, reviews, and more.",
    "Follow The Lantern on Google News and add us as a preferred source to see our stories.",
    "An error has occurred, please try again later.",
    "This article has been sent to",
    "Log in or create an account to continue",
    "You must confirm your name before commenting",
    "Thank you for visiting lantern.example. You are using an old browser.",
    "- Advertisement - Story continues below",
    "If you enjoyed this article, we have a proposition for you.",
    "The ferries of the north The ferries of the north",
    "* * *",
)

# each shares words with a line above
NEWS = (
    "Sources said on Monday that the council would pay for the wall.",
    "The mayor's video shows water coming over the wall.",
    "Copyright law was on the minds of the judges.",
    "Contact the disease and you may be ill for a week, doctors say.",
    "Get in touch with reality, the mayor told her opponents.",
    "Thank you for visiting our town, the sign says.",
    "Write to the council, she told the fishermen, and wait for years.",
    "No, no.",
    "Again and again and again and again.",
    "You must log in at eight and out at five, the firm told its workers.",
    "Got a wall, got a harbour, the fishermen sang.",
    "— Anna Kell (@annakell) May 3, 2024",
    "This is a breaking point for the fishermen.",
    "Follow the coast to the north and you come to Saltby.",
)


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_furniture_is_none_of_the_story(line):
    assert is_furniture(line)
    assert found(page(paragraphs([*STORY, line]))).text == TEXT


@pytest.mark.parametrize("line", NEWS)
def test_a_line_of_news_is_kept(line):
    assert not is_furniture(line)


def test_title_byline_and_date_above_a_story_are_none_of_it():
    above = ["The wall is repaired!", "Anna Kell", "Monday, May 6, 2024", "2024-05-06, 10:15"]
    head = linked(author="Anna Kell")
    assert found(page(paragraphs([*above, *STORY]), head)).text == TEXT


def test_the_same_words_further_down_are_the_storys():
    last = ["The wall is repaired", "She gave the date:", "May 6, 2024"]
    text = found(page(paragraphs([*STORY, *last]))).text
    assert text.split("\n\n")[-3:] == last


def test_what_is_said_twice_in_a_row_is_said_once():
    assert found(page(paragraphs([STORY[0], STORY[0] + "!", *STORY[1:]]))).text == TEXT


def test_a_line_that_is_only_a_link_is_another_story():
    link = '<p><b><a href="/storm">The storm of 1987 in pictures</a></b></p>'
    listed = '<ul><li><a href="/ferries">Ferries of the north, a history</a></li></ul>'
    assert found(page(paragraphs(STORY[:2]) + link + listed + paragraphs(STORY[2:]))).text == TEXT


def test_a_linked_sentence_and_a_link_within_a_sentence_are_the_storys():
    linked_sentence = '<p><a href="/a">The wall will be painted white.</a></p>'
    tree = page_tree(page(linked_sentence + '<p><a href="/b">Painted white</a></p>'))
    lines = ["The wall will be painted white.", "- Painted white", "It is painted white"]
    assert story_lines(lines, tree=tree, titles=[], author=None) == [lines[0], lines[2]]
    within = '<p>The wall <a href="/b">will be watched</a> by night.</p>'
    assert "The wall will be watched by night." in found(page(paragraphs() + within)).text


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ('<p><a href="/a">Storm</a></p>', {"Storm"}),
        ('<p><a href="/a"><img></a><span><a href="/a">Storm</a></span></p>', {"Storm"}),
        ('<p><a href="#a">Storm</a></p>', set()),
        ("<p><a>Storm</a></p>", set()),
        ('<p><a href="/a">Storm</a> and rain</p>', set()),
        ('<p><a href="/a">Storm</a><a href="/b">Rain</a></p>', set()),
        (f'<p><a href="/a">{"Storm " * 60}</a></p>', set()),
    ],
)
def test_a_link_line_is_one_link_to_elsewhere_and_nothing_besides(written, lines):
    assert link_lines(page_tree(f"<html><body>{written}</body></html>")) == lines


@pytest.mark.parametrize(
    "piece", ["a ", "get in touch ", "more http://x ", "@ ", "[", "Read more: "]
)
def test_endless_lines_are_told_at_once(piece):
    began = time.perf_counter()
    is_furniture(piece * 200_000)
    is_furniture(piece * 20 + "\u2026")
    assert time.perf_counter() - began < 1
