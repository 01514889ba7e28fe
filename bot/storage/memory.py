"""The bot's own file, `bot.sqlite3` in the data directory.

A file of its own, since SQLite lets one connection write at a time: an index run writes the news
for minutes, and no button may wait for that.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from bot.storage.alert_queue import AlertQueue
from bot.storage.alerts import Alerts
from bot.storage.command_hashes import CommandHashes
from bot.storage.digests import Digests
from bot.storage.people import People
from bot.storage.questions import Questions
from bot.storage.ratings import Ratings
from bot.storage.searches import Searches
from bot.storage.servers import Servers
from bot.storage.threads import Threads
from index.storage.database import Database

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "bot.sqlite3"


class Memory:
    """What the bot remembers between two starts. Make one with `Memory.open`."""

    def __init__(self, database: Database, kept_days: int):
        self._database = database
        self.searches = Searches(database, kept_days)
        self.questions = Questions(database, kept_days)
        self.servers = Servers(database)
        self.threads = Threads(database)
        self.command_hashes = CommandHashes(database)
        self.alerts = Alerts(database)
        self.alert_queue = AlertQueue(database, kept_days)
        self.digests = Digests(database)
        self.ratings = Ratings(database, kept_days)
        self.people = People(database)
        self.kept_days = kept_days

    @classmethod
    async def open(cls, data_dir: Path, kept_days: int = 30, now: datetime | None = None) -> Self:
        """Open the bot's file in a directory, both made if missing. Raises StorageError.

        Searches, and questions with their ratings, are forgotten, and their buttons with them,
        after `kept_days`: those too old `now` (an aware time; the clock's, if not given) at once.
        """
        database = await Database.open(data_dir / FILE_NAME, "bot.storage.migrations")
        memory = cls(database, kept_days)
        try:
            now = now or datetime.now(UTC)
            await memory.searches.forget_old(now)
            await memory.questions.forget_old(now)
            await memory.digests.forget_old(now)
            await memory.servers.load()
        except BaseException:
            await memory.close()
            raise
        return memory

    async def close(self) -> None:
        """Close the file."""
        await self._database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
