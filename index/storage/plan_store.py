"""Plans of a clock that was ahead of its time: found by what it wrote, and brought back to now.

All that is planned is planned by the clock of the machine. Put back by hours, it would leave feeds
and stories alone for as long. Knows not how long a plan is; it is told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from index.storage.moments import written

if TYPE_CHECKING:
    from datetime import datetime

    from index.storage.database import Database

# what was written a moment ago by a clock that is corrected in passing is no plan of another time
_LEEWAY = timedelta(minutes=1)
_FEEDS = (
    "paused_at IS NULL AND next_poll_at > :now AND coalesce(polled_at, added_at) > :written_after"
)
_ENTRIES = (
    "waiting IS NOT NULL AND next_attempt_at > :now AND (seen_at > :written_after"
    f" OR feed_id IN (SELECT feed_id FROM feeds WHERE {_FEEDS}))"
)
_CHECKS = "next_check_at > :latest_check"
_ANY = (
    f"SELECT EXISTS (SELECT 1 FROM feeds WHERE {_FEEDS})"
    f" OR EXISTS (SELECT 1 FROM entries WHERE {_ENTRIES})"
    f" OR EXISTS (SELECT 1 FROM gathered WHERE {_CHECKS})"
)


class PlanStore:
    """What is planned in an open database, of all kinds."""

    def __init__(self, database: Database):
        self._database = database

    async def bring_back(self, now: datetime, longest_check: timedelta) -> bool:
        """Let be due now what was planned by a clock that was ahead; whether anything was.

        A look at a page that is further away than `longest_check` is none of this clock's.
        """
        values = {
            "now": written(now),
            "written_after": written(now + _LEEWAY),
            "latest_check": written(now + longest_check),
        }
        async with self._database.snapshot() as connection:
            rows = list(await connection.execute_fetchall(_ANY, values))
        if not rows[0][0]:
            return False
        async with self._database.transaction() as connection:
            for table, planned, condition in (
                # the entries first: which they are is told by their feeds
                ("entries", "next_attempt_at", _ENTRIES),
                ("feeds", "next_poll_at", _FEEDS),
                ("gathered", "next_check_at", _CHECKS),
            ):
                await connection.execute(
                    f"UPDATE {table} SET {planned} = :now WHERE {condition}", values
                )
        return True
