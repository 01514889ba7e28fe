from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.storage.memory import Memory
from bot.storage.questions import KeptQuestion, ShownQuote
from index.model import Query
from index.query.model import Correction, Reading

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
RAIN = Reading(Query("rain"))
OLD_QUESTION = (
    "INSERT INTO questions (question_id, text, asked_at, rest, said) VALUES (?, ?, ?, ?, ?)"
)
ASKED = KeptQuestion("Did it rain?", NOW, None, None, frozenset(), "digest")


async def test_a_search_is_found_again_after_a_restart(tmp_path: Path):
    publishers = frozenset({"BBC", 'A "quoted", name'})
    query = Query(
        "rain",
        NOW,
        NOW + timedelta(days=1),
        publishers,
        phrases=("heavy rain",),
        excluded=("snow", "hail storm"),
        authors=frozenset({"Smith"}),
    )
    reading = Reading(query, corrections=(Correction("rian", "rain"),), notes=("by Smith",))
    async with await Memory.open(tmp_path, now=NOW) as memory:
        search_id = await memory.searches.remember(reading, NOW)
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert await memory.searches.find(search_id, NOW) == reading
        assert await memory.searches.find("unknown", NOW) is None


async def test_a_query_without_filters_comes_back_without_any(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        search_id = await memory.searches.remember(RAIN, NOW)
        assert await memory.searches.find(search_id, NOW) == RAIN


async def test_a_search_that_an_older_version_kept_is_found(tmp_path: Path):
    first = files("bot.storage.migrations").joinpath("0001_searches.sql").read_text("utf-8")
    with closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as connection:
        connection.executescript(f"{first} PRAGMA user_version = 1;")
        row = ("old", "rain", None, None, '["BBC"]', NOW.isoformat(timespec="microseconds"))
        with connection:
            connection.execute("INSERT INTO searches VALUES (?, ?, ?, ?, ?, ?)", row)
    async with await Memory.open(tmp_path, now=NOW) as memory:
        found = await memory.searches.find("old", NOW)
    assert found == Reading(Query("rain", publishers=frozenset({"BBC"})))


async def test_old_searches_are_forgotten(tmp_path: Path):
    async with await Memory.open(tmp_path, kept_days=30, now=NOW) as memory:
        old = await memory.searches.remember(RAIN, NOW - timedelta(days=30, seconds=1))
        young = await memory.searches.remember(RAIN, NOW - timedelta(days=29))
        await memory.searches.remember(RAIN, NOW)
        assert await memory.searches.find(old, NOW) is None
        assert await memory.searches.find(young, NOW) == RAIN


async def test_a_search_that_is_too_old_is_not_found_even_before_it_is_deleted(tmp_path: Path):
    async with await Memory.open(tmp_path, kept_days=30, now=NOW) as memory:
        search_id = await memory.searches.remember(RAIN, NOW)
        assert await memory.searches.find(search_id, NOW + timedelta(days=30)) == RAIN
        assert await memory.searches.find(search_id, NOW + timedelta(days=30, seconds=1)) is None


async def test_what_is_too_old_is_deleted_when_the_file_is_opened(tmp_path: Path):
    async with await Memory.open(tmp_path, kept_days=30, now=NOW) as memory:
        await memory.searches.remember(RAIN, NOW)
    async with await Memory.open(tmp_path, kept_days=30, now=NOW + timedelta(days=31)):
        pass
    with closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM searches").fetchone() == (0,)


async def test_the_last_commands_are_remembered_for_each_application(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert await memory.command_hashes.find(1) is None
        await memory.command_hashes.remember(1, "a")
        await memory.command_hashes.remember(2, "b")
        await memory.command_hashes.remember(1, "c")
        assert await memory.command_hashes.find(1) == "c"
        assert await memory.command_hashes.find(2) == "b"


async def test_a_question_is_found_again_after_a_restart_with_its_zone_and_its_filters(
    tmp_path: Path,
):
    zone = timezone(timedelta(hours=5, minutes=30))
    narrowed = replace(
        ASKED,
        asked_at=NOW.astimezone(zone),
        since=NOW - timedelta(days=3),
        until=NOW,
        publishers=frozenset({"BBC", 'A "quoted", name'}),
    )
    async with await Memory.open(tmp_path, now=NOW) as memory:
        ids = [await memory.questions.remember(each) for each in (ASKED, narrowed)]
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert [await memory.questions.find(each, NOW) for each in ids] == [ASKED, narrowed]
        found = await memory.questions.find(ids[1], NOW)
        assert found is not None
        assert found.asked_at.utcoffset() == zone.utcoffset(None)
        assert await memory.questions.find("unknown", NOW) is None


async def test_a_question_is_forgotten_as_a_search_is(tmp_path: Path):
    kept = timedelta(days=30)
    async with await Memory.open(tmp_path, kept_days=30, now=NOW) as memory:
        question_id = await memory.questions.remember(ASKED)
        assert await memory.questions.find(question_id, NOW + kept) == ASKED
        assert await memory.questions.find(question_id, NOW + kept + timedelta(seconds=1)) is None
    async with await Memory.open(tmp_path, kept_days=30, now=NOW + timedelta(days=31)):
        pass
    with closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM questions").fetchone() == (0,)


async def test_what_was_quoted_is_kept_with_its_dates(tmp_path: Path):
    dated = ShownQuote("an id", 3, 9, "digest", NOW, NOW + timedelta(days=1))
    undated = ShownQuote("another", 0, 5, "digest")
    for within in (None, (NOW, None), (None, NOW), (None, None)):
        asked = replace(ASKED, shown=(dated, undated), within=within)
        async with await Memory.open(tmp_path, now=NOW) as memory:
            question_id = await memory.questions.remember(asked)
            assert await memory.questions.find(question_id, NOW) == asked


async def test_a_question_that_an_older_version_kept_has_no_quotes(tmp_path: Path):
    rest = f'{{"asked_at": "{NOW.isoformat()}", "since": null, "until": null, "publishers": []}}'
    row = ("old", ASKED.text, NOW.isoformat(timespec="microseconds"), rest, ASKED.said)
    async with await Memory.open(tmp_path, now=NOW) as memory:
        with closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as connection, connection:
            connection.execute(OLD_QUESTION, row)
        assert await memory.questions.find("old", NOW) == ASKED


async def test_what_was_told_before_and_what_was_meant_are_known_after_a_restart(tmp_path: Path):
    asked = replace(
        ASKED, told=(("a", 0, 9), ("b", 4, 5)), is_of_any_time=True, meant="Did it snow?"
    )
    async with await Memory.open(tmp_path, now=NOW) as memory:
        question_id = await memory.questions.remember(asked)
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert await memory.questions.find(question_id, NOW) == asked
