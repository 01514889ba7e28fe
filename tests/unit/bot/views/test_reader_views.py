from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.checking import Checked, Difference
from bot.texts import Languages
from bot.views.article import article_text, opening
from bot.views.checked import checked_text
from bot.views.context import QuotedPlace, context_text
from bot.views.latest import latest_pages, latest_text
from bot.views.layout import layout
from index import Article, PublicationTime
from index.model import CopyPlace
from index.storage.article_reader import ArticleFacts

if TYPE_CHECKING:
    from bot.views.message import MessageText

AT = datetime(2026, 3, 4, tzinfo=UTC)
EVIL = "@everyone <@1> *_~`|[x](https://evil.example) > # <t:0:R> https://a.example \u202e\u200b"
PINGS = re.compile(r"@everyone|@here|(?<!\\)<[@#/]|(?<!\\)\[x\]\(")
words = st.one_of(
    st.text(max_size=300), st.sampled_from([EVIL, EVIL * 20, "", "w" * 3000, "*" * 300])
)
places = st.builds(CopyPlace, words, st.one_of(st.none(), words))
articles = st.builds(
    Article,
    id=words,
    title=words,
    text=st.one_of(words, st.just(f"{EVIL}. " * 40)).filter(bool),
    url=st.one_of(st.none(), words, st.just("https://a.example/" + "p" * 1500)),
    publisher=st.one_of(st.none(), words),
    author=st.one_of(st.none(), words),
    published=st.one_of(st.none(), st.just(PublicationTime(AT)), st.just(PublicationTime.of(AT))),
    is_partial=st.booleans(),
    also_in=st.lists(places, max_size=5).map(tuple),
)
quickly = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_harmless(text: MessageText) -> None:
    assert all(text.blocks)
    assert not PINGS.search(text.content), text.content
    layout(text)  # raises where Discord would refuse it


@pytest.fixture(scope="module", params=["en-GB", "de"])
def texts(request: pytest.FixtureRequest):
    return Languages.shipped().best(request.param)


@quickly
@given(words, st.lists(articles, max_size=20), st.integers(1, 3))
def test_stories(texts, topic: str, found: list[Article], page: int):
    is_harmless(latest_text(topic[:300], found, min(page, latest_pages(len(found))), texts))


@quickly
@given(st.data(), st.lists(articles, min_size=1, max_size=3))
def test_checked_quotations(texts, data: st.DataObject, found: list[Article]):
    differences = tuple([Difference(EVIL, ""), Difference("", EVIL), Difference(EVIL, EVIL)] * 5)
    faiths = st.sampled_from(["verbatim", "alike", "nearly"])
    checked = [
        Checked(EVIL, data.draw(faiths), each, 0, len(each.text), differences, (each,))
        for each in found
    ]
    is_harmless(checked_text(checked, texts))
    is_harmless(checked_text([Checked(each.text) for each in found], texts))


@quickly
@given(st.data(), st.lists(articles, min_size=1, max_size=3))
def test_contexts(texts, data: st.DataObject, found: list[Article]):
    standings = st.sampled_from(["there", "gone", "withdrawn", "revised"])
    places = [
        QuotedPlace(data.draw(standings), each, 0, min(400, len(each.text))) for each in found
    ]
    is_harmless(context_text(places, texts))


@quickly
@given(articles, st.booleans(), st.booleans(), st.one_of(st.none(), places))
def test_articles(
    texts, article: Article, is_withdrawn: bool, is_revised: bool, copy_of: CopyPlace | None
):
    facts = ArticleFacts(
        1,
        article,
        withdrawn_at=AT if is_withdrawn else None,
        revised_at=AT if is_revised else None,
        revision_count=int(is_revised),
        copy_of=copy_of,
    )
    is_harmless(article_text(facts, texts))


@given(st.text(alphabet="ab. \n", max_size=200), st.integers(1, 100))
def test_an_opening_is_the_very_beginning_of_the_text(text: str, most: int):
    shown = opening(text, most)
    assert len(shown) <= most
    assert text.lstrip().startswith(shown)
