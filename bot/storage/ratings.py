"""Whether people found answers helpful: one word a person and answer. Knows no answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.storage.keeping import oldest, utc_text

if TYPE_CHECKING:
    from datetime import datetime

    from index.storage.database import Database

_RATE = (
    "INSERT INTO ratings SELECT question_id, ?, ?, ? FROM questions"
    " WHERE question_id = ? AND asked_at >= ?"
    " ON CONFLICT DO UPDATE SET is_helpful = excluded.is_helpful, rated_at = excluded.rated_at"
    " WHERE is_helpful != excluded.is_helpful"
)


class Rated(Enum):
    """What has become of a rating."""

    NEW = auto()
    CHANGED = auto()
    """The person had said the opposite."""
    SAME = auto()
    """The person had said so before."""
    UNKNOWN = auto()
    """The question is forgotten."""


@dataclass(frozen=True, slots=True)
class RatingCounts:
    """How many ratings are kept."""

    helpful: int = 0
    unhelpful: int = 0


class Ratings:
    """The table of ratings; one goes with its question. Every method may raise StorageError."""

    def __init__(self, database: Database, kept_days: int):
        self._database = database
        self._kept = timedelta(days=kept_days)

    async def rate(
        self, question_id: str, user_id: int, now: datetime, *, is_helpful: bool
    ) -> Rated:
        """Keep what a person says of an answer now, in place of what they said before."""
        values = (user_id, is_helpful, utc_text(now), question_id, oldest(now, self._kept))
        async with self._database.transaction() as connection:
            before = list(
                await connection.execute_fetchall(
                    "SELECT is_helpful FROM ratings JOIN questions USING (question_id)"
                    " WHERE question_id = ? AND user_id = ? AND asked_at >= ?",
                    (question_id, user_id, oldest(now, self._kept)),
                )
            )
            async with connection.execute(_RATE, values) as cursor:
                is_written = cursor.rowcount > 0
        if before:
            return Rated.CHANGED if is_written else Rated.SAME
        return Rated.NEW if is_written else Rated.UNKNOWN

    async def counts(self) -> RatingCounts:
        """Count them all."""
        async with self._database.snapshot() as connection:
            ((helpful, unhelpful),) = await connection.execute_fetchall(
                "SELECT coalesce(sum(is_helpful), 0), coalesce(sum(1 - is_helpful), 0) FROM ratings"
            )
        return RatingCounts(helpful, unhelpful)
