from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.headlines import (
    FRESH_SECONDS,
    HELD_SECONDS,
    Headlines,
    choice_name,
    choice_query,
)
from bot.views import limits
from index.errors import StorageError
from index.storage.article_reader import Headline


class Stored:
    """Headlines that are there, after a while, or cannot be read."""

    def __init__(self, *titles: str, error: Exception | None = None):
        self.titles = list(titles)
        self.error = error
        self.read_count = 0

    async def headlines(self, limit: int) -> list[Headline]:
        self.read_count += 1
        if self.error is not None:
            raise self.error
        return [Headline(n, title) for n, title in enumerate(self.titles[:limit])]


def over(stored: Stored, clock: Any = lambda: 0.0) -> Headlines:
    seen = SimpleNamespace(community=None, chosen=frozenset(), articles=stored)
    return Headlines(SimpleNamespace(seen_by=lambda _: seen), clock)  # type: ignore[arg-type]


async def titles(headlines: Headlines, typed: str) -> list[str]:
    return [each.title for each in await headlines.like(typed, None)]


async def test_every_word_typed_begins_a_word_of_what_is_offered():
    headlines = over(Stored("Fed holds rates", "Rates of the Feds fall", "Fedora sells", "Élan"))
    assert await titles(headlines, "fed rat") == ["Fed holds rates", "Rates of the Feds fall"]
    assert await titles(headlines, "elan") == ["Élan"]
    assert await titles(headlines, "old") == []
    assert len(await titles(headlines, "")) == 4


async def test_each_title_is_offered_once_and_no_more_than_discord_takes():
    headlines = over(Stored("Same", "Same", *(f"Storm {number}" for number in range(60))))
    assert await titles(headlines, "same") == ["Same"]
    assert len(await titles(headlines, "")) == limits.CHOICE_COUNT


async def test_typing_reads_the_store_only_once_in_a_while_and_never_waits_for_news():
    now = 0.0
    stored = Stored("Old")
    headlines = over(stored, lambda: now)
    for typed in ("o", "ol", "old"):
        assert await titles(headlines, typed) == ["Old"]
    assert stored.read_count == 1
    now += FRESH_SECONDS + 1
    stored.titles = ["New"]
    assert await titles(headlines, "old") == ["Old"]
    await asyncio.sleep(0.05)
    assert await titles(headlines, "new") == ["New"]


async def test_what_was_read_long_ago_is_not_offered_any_more():
    now = 0.0
    stored = Stored("Old")
    headlines = over(stored, lambda: now)
    assert await titles(headlines, "old") == ["Old"]
    now += HELD_SECONDS + 1
    stored.titles = ["New"]
    assert await titles(headlines, "") == ["New"]
    now += HELD_SECONDS + 1
    stored.error = StorageError("gone")
    assert await titles(headlines, "") == []


async def test_what_cannot_be_read_offers_nothing():
    assert await titles(over(Stored(error=StorageError("gone"))), "x") == []


@given(st.text(max_size=300))
def test_choices_are_within_the_limits_and_queries_have_no_operators(title: str):
    assert 1 <= limits.length(choice_name(title)) <= limits.CHOICE_LENGTH
    query = choice_query(title)
    assert limits.length(query) <= limits.CHOICE_LENGTH
    assert not set('"“”') & set(query)
