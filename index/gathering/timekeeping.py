"""What a clock that is put forward or back changes for those who follow the news.

Put back, it would leave feeds and stories alone for as long: what it planned while it was ahead is
due now. Put forward, it would make stories old at a stroke: none is removed for its age at once.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from index.gathering.clock_watch import ClockWatch
from index.gathering.schedule import LONGEST_CHECK

if TYPE_CHECKING:
    from index.gathering.tools import Tools
    from index.gathering.upkeep import Upkeep

_log = logging.getLogger(__name__)


class Timekeeping:
    """Looks at the clock, and does what follows from it."""

    def __init__(self, tools: Tools, upkeep: Upkeep):
        self._tools = tools
        self._upkeep = upkeep
        self._watch = ClockWatch(tools.clock)
        # the process before may have had another clock
        self._is_settled = False

    async def look(self) -> None:
        """Notice where the clock was moved. Raises StorageError; the next look makes up for it."""
        step = self._watch.step()
        if step > timedelta():
            _log.warning(
                "the clock was put forward by %s, or the machine slept; "
                "no article is removed for its age within the next hour",
                _rounded(step),
            )
            self._upkeep.put_off_tidying()
        elif step < timedelta():
            _log.warning(
                "the clock was put back by %s; what it had planned meanwhile is done now",
                _rounded(-step),
            )
            self._is_settled = False
        if not self._is_settled:
            await self._settle()

    async def _settle(self) -> None:
        if await self._tools.plans.bring_back(self._tools.clock(), LONGEST_CHECK):
            _log.warning("a clock that was ahead had planned some feeds; they are asked now")
        self._is_settled = True


def _rounded(step: timedelta) -> timedelta:
    return timedelta(seconds=round(step.total_seconds()))
