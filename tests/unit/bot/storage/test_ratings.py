from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage.memory import Memory
from bot.storage.questions import KeptQuestion
from bot.storage.ratings import Rated, RatingCounts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ASKED = KeptQuestion("Did it rain?", NOW, None, None, frozenset(), "digest")
ANNA, BEN = 11, 12


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[Memory]:
    async with await Memory.open(tmp_path, now=NOW) as memory:
        yield memory


async def rate(
    memory: Memory, question_id: str, person: int, verdict: bool, now: datetime = NOW
) -> Rated:
    return await memory.ratings.rate(question_id, person, now, is_helpful=verdict)


async def test_a_person_has_one_word_on_an_answer_and_may_change_it(memory: Memory):
    one, other = [await memory.questions.remember(ASKED) for _ in range(2)]
    assert await rate(memory, one, ANNA, True) is Rated.NEW
    assert await rate(memory, one, ANNA, True) is Rated.SAME
    assert await rate(memory, one, BEN, True) is Rated.NEW
    assert await rate(memory, other, ANNA, True) is Rated.NEW
    assert await memory.ratings.counts() == RatingCounts(helpful=3)
    assert await rate(memory, one, ANNA, False) is Rated.CHANGED
    assert await memory.ratings.counts() == RatingCounts(helpful=2, unhelpful=1)


async def test_what_is_not_known_any_more_is_not_rated(memory: Memory):
    old = await memory.questions.remember(ASKED)
    assert await rate(memory, old, ANNA, True) is Rated.NEW
    late = NOW + timedelta(days=30, seconds=1)
    for question_id, now in (("unknown", NOW), (old, late)):
        assert await rate(memory, question_id, ANNA, False, now) is Rated.UNKNOWN
        assert await rate(memory, question_id, BEN, False, now) is Rated.UNKNOWN
    assert await memory.ratings.counts() == RatingCounts(helpful=1)


async def test_a_rating_goes_with_its_question(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        await rate(memory, await memory.questions.remember(ASKED), ANNA, False)
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert await memory.ratings.counts() == RatingCounts(unhelpful=1)
    async with await Memory.open(tmp_path, now=NOW + timedelta(days=31)) as memory:
        assert await memory.ratings.counts() == RatingCounts()
