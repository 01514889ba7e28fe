"""What takes longer than an answer, and shows how it goes: reading files, asking feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from bot.commands.asking_feeds import AskingFeeds
from bot.commands.cancelling import Cancelling
from bot.commands.reindex import EDIT_SECONDS, Reindexing

if TYPE_CHECKING:
    from bot.commands.catalogue import Parts


@dataclass(frozen=True, slots=True)
class LongJobs:
    """All of them, and what ends them."""

    reindexing: Reindexing
    asking: AskingFeeds
    cancelling: Cancelling

    @classmethod
    def of(cls, parts: Parts, edit_seconds: float = EDIT_SECONDS) -> Self:
        """Make them; what they show is edited so often."""
        cancelling = Cancelling(parts.speaking)
        told = (parts.speaking, cancelling)
        return cls(
            Reindexing(parts.news, *told, edit_seconds),
            AskingFeeds(parts.feeds, *told, parts.clock, edit_seconds),
            cancelling,
        )

    async def stop(self, timeout_seconds: float) -> None:
        """End them, and wait for that so long; whoever shows them says so by and by."""
        self.asking.stop()
        await self.reindexing.stop(timeout_seconds)
