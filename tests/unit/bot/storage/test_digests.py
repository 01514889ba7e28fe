from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.storage.alerts import Pause, Target
from bot.storage.memory import Memory
from bot.storage.schedule import Schedule

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MORNING = Schedule(time(7, 30), "Europe/Berlin")
MONDAY = Schedule(time(22, 15), "America/New_York", 0)
ANNA, CHANNEL = Target(11), Target(11, 21, 31)


async def test_a_digest_is_kept_whole_after_a_restart(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        own = await memory.digests.start(ANNA, MORNING, "de", NOW)
        shared = await memory.digests.start(CHANNEL, MONDAY, "en", NOW)
        post = await memory.digests.begin(own, "Top stories", ["a", "b"], NOW)
        await memory.digests.pause(shared, Pause.GONE)
    async with await Memory.open(tmp_path, now=NOW) as memory:
        kept = await memory.digests.at(ANNA)
        assert kept is not None
        assert (kept.schedule, kept.locale, kept.post) == (MORNING, "de", post)
        assert kept.next_at == datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
        assert await memory.digests.told(own.id) == {"a", "b"}
        (of_server,) = await memory.digests.of_server(21)
        assert (of_server.schedule, of_server.paused) == (MONDAY, Pause.GONE)
        assert of_server.target == CHANNEL


async def test_a_place_has_one_digest_whoever_started_it(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        await memory.digests.start(CHANNEL, MORNING, "en", NOW)
        await memory.digests.start(Target(12, 21, 31), MONDAY, "en", NOW)
        await memory.digests.start(ANNA, MORNING, "en", NOW)
        (of_server,) = await memory.digests.of_server(21)
        assert (of_server.schedule, of_server.target.user_id) == (MONDAY, 12)
        # where the bot was removed it rests, and goes when the server is forgotten
        later = NOW + timedelta(days=8)
        assert len(await memory.digests.due(later)) == 2
        assert 21 in await memory.servers.known()
        await memory.servers.leave(21, NOW)
        (only,) = await memory.digests.due(later)
        assert only.target == ANNA
        assert await memory.servers.purge(later, timedelta(days=7)) == [21]
        assert await memory.digests.of_server(21) == []
        assert await memory.digests.at(ANNA) is not None


async def test_only_what_is_due_or_on_its_way_is_returned(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        own = await memory.digests.start(ANNA, MORNING, "en", NOW)
        later = own.next_at
        assert await memory.digests.due(later - timedelta(seconds=1)) == []
        assert await memory.digests.due(later) == [own]
        post = await memory.digests.begin(own, "text", ["a"], later)
        assert post is not None
        assert await memory.digests.begin(own, "text", ["a"], later) is None
        await memory.digests.undo(own, post)
        assert await memory.digests.told(own.id) == set()
        assert await memory.digests.due(later) == [own]
        await memory.digests.end(own, later)
        assert await memory.digests.due(later) == []
        # the end of a message that is over already changes nothing
        await memory.digests.end(own, later + timedelta(days=5))
        assert await memory.digests.due(later + timedelta(days=1)) != []


async def test_what_was_told_is_forgotten_when_no_digest_reaches_back_so_far(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        own = await memory.digests.start(ANNA, MORNING, "en", NOW)
        await memory.digests.begin(own, "text", ["a"], NOW)
    async with await Memory.open(tmp_path, now=NOW + timedelta(days=31)) as memory:
        assert await memory.digests.told(own.id) == set()
