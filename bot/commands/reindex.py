"""`/reindex`: read every known file again, or ask a feed, while questions go on being answered."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.failures import told
from bot.commands.managing import managed_server
from bot.commands.progress_board import ProgressBoard
from bot.texts import RefusedError, saying, saying_counted
from bot.views import limits
from bot.views.cancel_button import cancel_button
from bot.views.status import (
    beginning_text,
    broken_text,
    cancelled_text,
    progress_text,
    report_text,
    stopped_text,
    summary_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.commands.cancelling import Cancelling, Job
    from bot.commands.long_jobs import LongJobs
    from bot.commands.ports import News
    from bot.commands.speaking import Speaking
    from index import IndexProgress, IndexReport

EDIT_SECONDS = 1.5
PAUSE_SECONDS = 10


class Reindexing:
    """The index run that somebody on Discord asked for; at most one at a time."""

    def __init__(
        self,
        news: News,
        speaking: Speaking,
        cancelling: Cancelling,
        edit_seconds: float = EDIT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._news = news
        self._speaking = speaking
        self._cancelling = cancelling
        self._edit_seconds = edit_seconds
        self._latest: IndexProgress | None = None
        self._task: asyncio.Task[IndexReport] | None = None
        self._clock = clock
        self._done_at: float | None = None

    async def run(self, interaction: discord.Interaction[Any]) -> None:
        """Run it, and show how it goes. Raises RefusedError before anything is shown.

        Those who asked at once with somebody else learn that it is done already. Raises
        MissingPermissions to those who do not manage the server.
        """
        server_id = managed_server(interaction)
        if self._task is not None or self._news.is_indexing:
            raise RefusedError(
                saying("The articles are being read already; wait for that to end, then try again.")
            )
        if self._done_at is not None and self._clock() - self._done_at < PAUSE_SECONDS:
            raise RefusedError(
                saying_counted(
                    "The articles have just been read; wait {count} second to have them read "
                    "again.",
                    "The articles have just been read; wait {count} seconds to have them read "
                    "again.",
                    count=PAUSE_SECONDS,
                )
            )
        self._latest = None
        task = self._task = asyncio.create_task(self._news.reindex(self._keep))
        try:
            with self._cancelling.at_work(server_id, task.cancel) as job:
                await interaction.response.defer(ephemeral=True, thinking=True)
                await self._show(task, interaction, job)
        finally:
            task.cancel()
            self._task = None

    async def stop(self, timeout_seconds: float) -> None:
        """End a run, and wait for its end so long; whoever shows it says so by and by."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=timeout_seconds)

    def _keep(self, progress: IndexProgress) -> None:
        # may come from another thread: one assignment, read by the loop when it is time
        self._latest = progress

    async def _show(
        self, task: asyncio.Task[IndexReport], interaction: discord.Interaction[Any], job: Job
    ) -> None:
        for_all = await self._speaking.publicly(interaction)
        for_one = self._speaking.privately(interaction)
        board = ProgressBoard(interaction)
        await board.open(beginning_text(for_all), for_one, cancel_button(job.name, for_all))
        shown = None
        while not (await asyncio.wait({task}, timeout=self._edit_seconds))[0]:
            latest = self._latest
            if latest is not None and latest != shown:
                await board.show(progress_text(latest, for_all))
                shown = latest
        if task.cancelled():
            await board.close((cancelled_text if job.is_cancelled else stopped_text)(for_all))
        elif error := task.exception():
            reason = told(error, interaction.id, for_all)
            await board.close(broken_text(reason, for_all))
        else:
            self._done_at = self._clock()
            report = task.result()
            details = report_text(report, for_one) if report.refusals else None
            await board.close(summary_text(report, for_all), details)


def reindex(jobs: LongJobs) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(
        description="Read all article files again, or ask a feed now (for those who run the server)"
    )
    @app_commands.describe(feed="Ask this feed for news now, and read no files")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def reindex(
        interaction: discord.Interaction[Any],
        feed: app_commands.Range[str, 1, limits.CHOICE_LENGTH] | None = None,
    ) -> None:
        if feed is None:
            await jobs.reindexing.run(interaction)
        else:
            await jobs.asking.run(interaction, feed)

    @reindex.autocomplete("feed")
    async def complete(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        choices = await jobs.asking.choices(interaction, current)
        return [app_commands.Choice(name=name, value=value) for name, value in choices]

    return reindex
