"""A feed speaks for its own domain: what another's pages say, only they tell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.gathering.preparing import (
    Origin,
    PageAnswer,
    is_whole,
    prepare_entry,
    prepare_page,
    withdrawn_names,
)
from index.ingestion.feeds.model import Entry

NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)
OWN = "https://www.lantern.co.uk/storm"
OTHERS = "https://harbour.test/storm"
ORIGIN = Origin("https://feeds.lantern.co.uk/all.xml", "The Lantern")
CLAIM = "The mayor said that the harbour will close for good. " * 30
SAID = [
    f"The harbour stays open in year {number}, the mayor told the council on Monday evening, since "
    f"pier {number} was repaired and the ferries need it every day of the week."
    for number in range(6)
]


def entry(url: str | None) -> Entry:
    return Entry("tag:1", url, "Storm", CLAIM, publisher="Harbour Times")


def of_page(url: str) -> str:
    told = "".join(f"<p>{each}</p>" for each in SAID)
    page = f"<html><body><article><h1>Storm</h1>{told}</article></body></html>"
    answer = PageAnswer(url, page.encode())
    (story,) = prepare_page(answer, entry(url), ORIGIN, now=NOW, honours_nosnippet=True)
    return story.article.text


@pytest.mark.parametrize(("url", "expected"), [(OWN, True), (None, True), (OTHERS, False)])
def test_only_of_its_own_pages_a_feed_has_the_whole_story(url, expected):
    assert is_whole(entry(url), ORIGIN) is expected
    assert is_whole(entry(url), Origin())


def test_of_anothers_page_a_longer_text_in_the_feed_is_not_believed():
    assert of_page(OWN).startswith("The mayor said")
    assert of_page(OTHERS).startswith("The harbour stays open")


def test_what_a_feed_says_of_a_page_that_cannot_be_read_is_the_feeds_own_word():
    (own,) = prepare_entry(entry(OWN), ORIGIN, is_partial=True)
    (others,) = prepare_entry(entry(OTHERS), ORIGIN, is_partial=True)
    assert own.article.publisher == "Harbour Times"
    assert own.article.id == own.article.url == OWN
    assert others.article.publisher == "The Lantern"
    assert others.article.url == OTHERS
    # it neither takes that story's place nor revises it
    assert others.article.id != OTHERS
    assert own.identities[1:] == ("url:https://lantern.co.uk/storm",)
    assert others.identities == own.identities[:1]


def test_a_feed_withdraws_stories_of_its_own_domain_alone():
    assert "url:https://lantern.co.uk/storm" in withdrawn_names(entry(OWN), ORIGIN)
    (by_guid,) = withdrawn_names(entry(OTHERS), ORIGIN)
    assert not by_guid.startswith("url:")
