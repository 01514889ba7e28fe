"""The digests that people and channels get, when the next is due, and what they have told.

A message is noted with its words before it is sent, and its end after: one without an end may have
arrived or not, and is sent again word for word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bot.storage.alerts import Pause, Target
from bot.storage.keeping import new_id, oldest, utc_text
from bot.storage.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import aiosqlite

    from index.storage.database import Database

_COLUMNS = (
    "digest_id, user_id, guild_id, channel_id, at, zone, weekday, locale, next_at,"
    " post_id, post_content, begun_at, paused_reason"
)
# none of a server that the bot has been removed from: it may come back
_AT_WORK = (
    "paused_reason IS NULL AND"
    " NOT EXISTS (SELECT 1 FROM left_servers WHERE left_servers.server_id = digests.guild_id)"
)
_NO_POST = "post_id = NULL, post_content = NULL, begun_at = NULL"
_FORGET = "DELETE FROM digest_stories WHERE told_at < ?"
# no digest goes further back
_TOLD_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DigestPost:
    """A message on its way since an aware time; `id` has at most 16 characters."""

    id: str
    content: str
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest that is kept. `paused` is None while it is at work."""

    id: int
    target: Target
    schedule: Schedule
    locale: str
    next_at: datetime
    post: DigestPost | None = None
    paused: Pause | None = None


class Digests:
    """The table of digests. Every method raises StorageError where the file cannot be used."""

    def __init__(self, database: Database):
        self._database = database

    async def start(self, target: Target, schedule: Schedule, locale: str, now: datetime) -> Digest:
        """Keep a digest, and return it. It takes the place of the one that was told there."""
        next_at = utc_text(schedule.next_after(now))
        values = (schedule.at.strftime("%H:%M"), schedule.zone, schedule.weekday, locale, next_at)
        place, value = _place(target)
        async with self._database.transaction() as connection:
            if not await _found(connection, place, value):
                await connection.execute(
                    "INSERT INTO digests (at, zone, weekday, locale, next_at, user_id, guild_id,"
                    " channel_id, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*values, target.user_id, target.guild_id, target.channel_id, utc_text(now)),
                )
            else:
                await connection.execute(
                    "UPDATE digests SET at = ?, zone = ?, weekday = ?, locale = ?, next_at = ?,"
                    f" user_id = ?, paused_reason = NULL, {_NO_POST} WHERE {place}",
                    (*values, target.user_id, value),
                )
            (digest,) = await _found(connection, place, value)
        return digest

    async def at(self, target: Target) -> Digest | None:
        """Return what is told at a place."""
        place, value = _place(target)
        found = await self._where(place, value)
        return found[0] if found else None

    async def of_server(self, guild_id: int) -> list[Digest]:
        """Return those of a server's channels, the oldest first."""
        return await self._where("guild_id = ?", guild_id)

    async def stop(self, target: Target) -> bool:
        """Forget the digest of a place, and what it told; whether there was one."""
        place, value = _place(target)
        return await self._removed(place, value) > 0

    # ── what is told ─────────────────────────────────────────────────────────
    async def due(self, now: datetime) -> list[Digest]:
        """Return those whose time has come, or whose message is on its way, by their ids."""
        return await self._where(
            f"{_AT_WORK} AND (next_at <= ? OR post_id IS NOT NULL)", utc_text(now)
        )

    async def bring_back(self, now: datetime) -> None:
        """Plan anew what a clock has planned that was ahead by more than a period.

        One that was ahead by less has told what is due; it is not told twice.
        """
        for digest in await self._where(
            f"{_AT_WORK} AND post_id IS NULL AND next_at > ?", utc_text(now)
        ):
            if digest.next_at - now > 2 * digest.schedule.period:
                await self.end(digest, now)

    async def told(self, digest_id: int) -> frozenset[str]:
        """Return the ids and addresses of all stories that a digest has told of late."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT story FROM digest_stories WHERE digest_id = ?", (digest_id,)
            )
        return frozenset(row[0] for row in rows)

    async def begin(
        self, digest: Digest, content: str, stories: Iterable[str], now: datetime
    ) -> DigestPost | None:
        """Note that a message is sent now, and which stories it tells.

        None where the digest was stopped or changed meanwhile.
        """
        post = DigestPost(new_id(), content, now)
        async with self._database.transaction() as connection:
            async with connection.execute(
                "UPDATE digests SET post_id = ?, post_content = ?, begun_at = ?"
                " WHERE digest_id = ? AND next_at = ? AND post_id IS NULL"
                " AND paused_reason IS NULL",
                (post.id, content, utc_text(now), digest.id, utc_text(digest.next_at)),
            ) as cursor:
                if not cursor.rowcount:
                    return None
            await connection.executemany(
                "INSERT OR IGNORE INTO digest_stories VALUES (?, ?, ?)",
                [(digest.id, story, utc_text(now)) for story in stories],
            )
            await connection.execute(_FORGET, (oldest(now, _TOLD_KEPT),))
        return post

    async def forget_old(self, now: datetime) -> None:
        """Forget the stories that were told too long ago at an aware time."""
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET, (oldest(now, _TOLD_KEPT),))

    async def end(self, digest: Digest, now: datetime) -> None:
        """Note that the message due is over and done with; the next one comes after now."""
        async with self._database.transaction() as connection:
            await connection.execute(
                f"UPDATE digests SET next_at = ?, {_NO_POST} WHERE digest_id = ? AND next_at = ?",
                (
                    utc_text(digest.schedule.next_after(now)),
                    digest.id,
                    utc_text(digest.next_at),
                ),
            )

    async def undo(self, digest: Digest, post: DigestPost) -> None:
        """Note that a message was certainly not sent: what it told is still to be told."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM digest_stories WHERE digest_id = ? AND told_at = ?",
                (digest.id, utc_text(post.begun_at)),
            )
            await connection.execute(
                f"UPDATE digests SET {_NO_POST} WHERE digest_id = ? AND post_id = ?",
                (digest.id, post.id),
            )

    async def pause(self, digest: Digest, reason: Pause) -> None:
        """Let a digest rest whose message was refused for good."""
        async with self._database.transaction() as connection:
            await connection.execute(
                f"UPDATE digests SET paused_reason = ?, {_NO_POST} WHERE digest_id = ?",
                (reason.value, digest.id),
            )

    async def _where(self, condition: str, *values: object) -> list[Digest]:
        async with self._database.snapshot() as connection:
            return await _found(connection, condition, *values)

    async def _removed(self, condition: str, value: int | None) -> int:
        async with (
            self._database.transaction() as connection,
            connection.execute(f"DELETE FROM digests WHERE {condition}", (value,)) as cursor,
        ):
            return cursor.rowcount


def _place(target: Target) -> tuple[str, int | None]:
    if target.channel_id is not None:
        # of a channel it does not matter who wanted it
        return "channel_id = ?", target.channel_id
    return "channel_id IS NULL AND user_id = ?", target.user_id


async def _found(connection: aiosqlite.Connection, condition: str, *values: object) -> list[Digest]:
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS} FROM digests WHERE {condition} ORDER BY digest_id", values
    )
    return [_digest(tuple(row)) for row in rows]


def _digest(row: Sequence[Any]) -> Digest:
    number, user_id, guild_id, channel_id, at, zone, weekday, locale, next_at, *rest = row
    post_id, content, begun_at, paused = rest
    return Digest(
        id=number,
        target=Target(user_id, guild_id, channel_id),
        schedule=Schedule(time.fromisoformat(at), zone, weekday),
        locale=locale,
        next_at=datetime.fromisoformat(next_at),
        post=DigestPost(post_id, content, datetime.fromisoformat(begun_at)) if post_id else None,
        paused=Pause(paused) if paused else None,
    )
