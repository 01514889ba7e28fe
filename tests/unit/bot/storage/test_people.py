from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage.alert_queue import Match, Outcome
from bot.storage.alerts import NewAlert, Target
from bot.storage.keeping import Asker
from bot.storage.memory import Memory
from bot.storage.people import TABLES, Kept, PersonCounts
from bot.storage.questions import KeptQuestion
from bot.storage.quiet_hours import QuietHours
from bot.storage.schedule import Schedule
from index.model import Query
from index.query.model import Reading

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ASKED = KeptQuestion("Did it rain?", NOW, None, None, frozenset(), "digest")
# nothing else that is stored looks like these
ANNA, BEN = 111222333444555666, 999888777666555444
PERSONAL = set(Kept) - {Kept.SERVERS, Kept.WORKINGS}
NIGHT = QuietHours(time(22), time(7, 30), "Europe/Berlin")
ALL_OF_ANNA = PersonCounts(2, 1, ratings=1, digests=1, channel_digests=1, questions=1, searches=1)


async def live(memory: Memory, person: int) -> None:
    """Have somebody use whatever leaves something behind."""
    for number, target in enumerate((Target(person), Target(person), Target(person, 21, 31))):
        new = NewAlert(target, f"ferry{number}{person % 7}", Query("ferry"), "de", NIGHT, after=0)
        alert = await memory.alerts.add(new, NOW)
        await memory.alert_queue.take([Match(alert.id, "story", "https://a.test/1")], 1, NOW)
        post = await memory.alert_queue.begin(alert.id, ["story"], NOW)
        assert post is not None
        await memory.alert_queue.end(post, Outcome.SENT)
    morning = Schedule(time(7, 30), "Europe/Berlin")
    for target in (Target(person), Target(person, 21, person % 7)):
        await memory.digests.start(target, morning, "de", NOW)
    for digest in await memory.digests.due(NOW + timedelta(days=2)):
        if digest.target.user_id == person:
            await memory.digests.begin(digest, "Top stories", ["story"], NOW)
    await memory.searches.remember(Reading(Query("rain")), NOW, Asker(person, 21))
    question_id = await memory.questions.remember(ASKED, Asker(person))
    await memory.ratings.rate(question_id, person, NOW, is_helpful=True)
    await memory.command_hashes.remember(1, "hash")


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[Memory]:
    async with await Memory.open(tmp_path, now=NOW) as memory:
        await live(memory, ANNA)
        await live(memory, BEN)
        yield memory


async def block(memory: Memory, person: int) -> None:
    await memory.servers.change(
        21, lambda settings: replace(settings, blocked_user_ids=frozenset({person}))
    )


def dump(folder: Path) -> str:
    """Every row of every table."""
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as connection:
        return "\n".join(connection.iterdump())


def columns(folder: Path) -> dict[str, set[str]]:
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {
            table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            for (table,) in tables
        }


async def test_every_table_is_accounted_for(memory: Memory, tmp_path: Path):
    await block(memory, ANNA)
    found = columns(tmp_path)
    assert set(found) == set(TABLES)
    everything = await memory.people.everything(ANNA)
    for table, names in found.items():
        is_personal = bool(names & {"user_id", "alert_id", "digest_id", "asked_by"})
        assert is_personal == (TABLES[table] in PERSONAL), table
        if is_personal:
            assert {*names} - {"question"} <= set(everything[table][0]), table


async def test_all_that_is_kept_of_a_person_is_handed_over_and_nothing_of_others(memory: Memory):
    everything = await memory.people.everything(ANNA)
    assert {table: len(rows) for table, rows in everything.items()} == {
        "alerts": 3,
        "alert_posts": 2,
        "alert_stories": 2,
        "digests": 2,
        "digest_stories": 1,
        "ratings": 1,
        "questions": 1,
        "searches": 1,
        "blocked_users": 0,
    }
    assert str(BEN) not in str(everything)
    assert everything["ratings"][0]["question"] == ASKED.text
    assert everything["alerts"][0]["query"]["text"] == "ferry"
    assert everything["alerts"][0]["quiet_from"] == "22:00"
    assert await memory.people.counts(ANNA) == ALL_OF_ANNA


async def test_nothing_of_a_person_is_left_once_they_are_forgotten(memory: Memory, tmp_path: Path):
    before = dump(tmp_path)
    assert str(ANNA) in before
    of_ben = await memory.people.everything(BEN)
    assert await memory.people.forget(ANNA) == ALL_OF_ANNA
    after = dump(tmp_path)
    assert str(ANNA) not in after
    assert str(BEN) in after
    assert await memory.people.everything(BEN) == of_ben
    assert not any((await memory.people.everything(ANNA)).values())
    assert await memory.people.forget(ANNA) == PersonCounts()
    # what is told in a channel goes on, for those who read there
    assert len(await memory.alerts.of_server(21)) == 2
    assert len(await memory.digests.of_server(21)) == 2


async def test_who_has_left_nothing_behind_has_nothing(memory: Memory):
    nobody = 5
    assert await memory.people.counts(nobody) == PersonCounts()
    assert not any((await memory.people.everything(nobody)).values())


async def test_whom_a_server_does_not_want_answered_cannot_make_it_forget_that(memory: Memory):
    await block(memory, ANNA)
    assert (await memory.people.counts(ANNA)).blocks == 1
    assert len((await memory.people.everything(ANNA))["blocked_users"]) == 1
    await memory.people.forget(ANNA)
    left = await memory.people.counts(ANNA)
    assert left == PersonCounts(blocks=1)
    assert not left.is_forgettable
    assert memory.servers.of(21).blocked_user_ids == {ANNA}
