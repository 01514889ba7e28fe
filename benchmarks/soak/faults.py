"""What goes wrong around the bot: each of them until it shall end, and healed then."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import CannotInvokeError
from tests.integration.news_site.misbehaving.statuses import server_error
from tests.integration.news_site.outlet import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from pathlib import Path

    from benchmarks.load.bots import Place
    from benchmarks.load.news import ChangingNews
    from benchmarks.soak.surroundings import Clock, Disk, Names
    from tests.integration.news_site.outlet import Outlet

_AGAIN_SECONDS = 10
_LOCKED_SECONDS = 3
_MOVED_HOURS, _MOVED_SECONDS = 5, 10
_REINDEX_SECONDS = 300


@dataclass(frozen=True)
class Scene:
    """All that something can be wrong with."""

    place: Place
    news: ChangingNews
    outlet: Outlet
    database: Path
    clock: Clock
    names: Names
    disk: Disk


async def nothing(_scene: Scene, ends: asyncio.Event) -> None:
    """Let all be well."""
    await ends.wait()


async def reindexing(scene: Scene, ends: asyncio.Event) -> None:
    """Have files that change read again and again."""
    discord, room = scene.place.discord, scene.place.room
    while not ends.is_set():
        scene.news.change()
        # who gets no answer presses the key again
        with suppress(TimeoutError, CannotInvokeError):
            await discord.slash(room.olive, room.general, "reindex").final(_REINDEX_SECONDS)


async def discord_errors(scene: Scene, ends: asyncio.Event) -> None:
    """Answer ten edits of messages a second with 502."""
    faults = scene.place.discord.faults
    await _again_and_again(_quick(lambda: faults.fail("PATCH", "/webhooks", 502)), ends, 0.1)
    faults.clear()


async def discord_limits(scene: Scene, ends: asyncio.Event) -> None:
    """Answer ten edits of messages a second with 429, to wait for half a second."""
    faults = scene.place.discord.faults
    limit = _quick(lambda: faults.rate_limit("PATCH", "/webhooks", retry_after_seconds=0.5))
    await _again_and_again(limit, ends, 0.1)
    faults.clear()


async def gateway_cuts(scene: Scene, ends: asyncio.Event) -> None:
    """Cut the connection again and again; its session can be resumed."""
    await _again_and_again(scene.place.discord.sessions.cut, ends)


async def invalid_sessions(scene: Scene, ends: asyncio.Event) -> None:
    """Say again and again that the session is not known any more."""
    await _again_and_again(scene.place.discord.sessions.invalidate, ends)


async def feeds_down(scene: Scene, ends: asyncio.Event) -> None:
    """Answer every request for news with 500."""
    scene.outlet.misbehaves(server_error(), at=EVERYTHING)
    await ends.wait()
    scene.outlet.behaves()


async def dns_down(scene: Scene, ends: asyncio.Event) -> None:
    """Let no name of an outlet be found."""
    scene.names.fall_silent()
    await ends.wait()
    scene.names.answer()


async def moved_clock(scene: Scene, ends: asyncio.Event) -> None:
    """Put the clock forward by five hours, back behind the time by as many, and so on."""

    async def move() -> None:
        scene.clock.put_by(_MOVED_HOURS)
        await asyncio.sleep(_MOVED_SECONDS)
        scene.clock.put_by(-_MOVED_HOURS)

    await _again_and_again(move, ends)
    scene.clock.put_by(0)


async def full_disk(scene: Scene, ends: asyncio.Event) -> None:
    """Leave no room on the disk, again and again, since whoever deletes something makes some."""

    async def fill() -> None:
        await asyncio.to_thread(scene.disk.fill)

    await _again_and_again(fill, ends, 0.5)
    scene.disk.clear()


async def locked_database(scene: Scene, ends: asyncio.Event) -> None:
    """Hold the news' database for three seconds again and again, as another writer."""

    async def hold() -> None:
        with closing(sqlite3.connect(scene.database, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(_LOCKED_SECONDS)
            connection.execute("ROLLBACK")

    await _again_and_again(hold, ends)


async def no_room(scene: Scene, ends: asyncio.Event) -> None:
    """Let no file of the bot grow, as a full disk or a quota does."""
    before = resource.prlimit(scene.place.bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(scene.place.bot.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    await ends.wait()
    resource.prlimit(scene.place.bot.pid, resource.RLIMIT_FSIZE, before)


async def damaged_segment(scene: Scene, ends: asyncio.Event) -> None:
    """Put a damaged copy in the place of a segment, while files that change are read again."""
    for path in _segments(scene).glob("*.segment"):
        _put_damaged(path)
        break
    await reindexing(scene, ends)


async def damaged_manifest(scene: Scene, ends: asyncio.Event) -> None:
    """Put a damaged copy in the place of the manifest, while files that change are read again."""
    _put_damaged(_segments(scene) / "manifest.json")
    await reindexing(scene, ends)


def _segments(scene: Scene) -> Path:
    return scene.database.parent / "segments"


def _put_damaged(path: Path) -> None:
    # another file in its place, since what is mapped must not change
    content = bytearray(path.read_bytes())
    content[-10] ^= 0x10
    beside = path.with_name(f"{path.name}.damaged")
    beside.write_bytes(content)
    beside.replace(path)


async def kills(scene: Scene, ends: asyncio.Event) -> None:
    """Kill the bot again and again, and start it anew."""

    async def kill() -> None:
        await scene.place.bot.kill()
        await scene.place.bot.start()

    await _again_and_again(kill, ends)


async def _again_and_again(
    harm: Callable[[], Awaitable[None]], ends: asyncio.Event, pause_seconds: float = _AGAIN_SECONDS
) -> None:
    while not ends.is_set():
        await harm()
        with suppress(TimeoutError):
            await asyncio.wait_for(ends.wait(), pause_seconds)


def _quick(harm: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    async def harmed() -> None:
        harm()

    return harmed


FAULTS: dict[str, Callable[[Scene, asyncio.Event], Coroutine[Any, Any, None]]] = {
    "nothing, at first": nothing,
    "an admin reindexes": reindexing,
    "Discord answers 502": discord_errors,
    "Discord answers 429": discord_limits,
    "the gateway is cut": gateway_cuts,
    "sessions are invalid": invalid_sessions,
    "feeds answer 500": feeds_down,
    "the DNS is silent": dns_down,
    "the clock is moved": moved_clock,
    "the database is locked": locked_database,
    "no file may grow": no_room,
    "the disk is full": full_disk,
    "a segment is damaged": damaged_segment,
    "the manifest is damaged": damaged_manifest,
    "the bot is killed": kills,
    "nothing, in the end": nothing,
}


def possible(scene: Scene) -> list[str]:
    """Return the names of those that can be had on this machine."""
    missing = set()
    if not scene.clock.is_here:
        missing.add("the clock is moved")
    if not scene.disk.is_small:
        missing.add("the disk is full")
    return [name for name in FAULTS if name not in missing]
