"""Long jobs that are at work, and ending them at the press of a button. Knows not what they do."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.commands.managing import managed_server
from bot.texts import RefusedError, saying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import discord

    from bot.commands.speaking import Speaking


@dataclass(slots=True)
class Job:
    """One of them: its name on its button, its server, and what ends it."""

    name: str
    server_id: int
    end: Callable[[], object]
    is_cancelled: bool = False


class Cancelling:
    """Knows the jobs of this process, and lets those who manage their server end them."""

    def __init__(self, speaking: Speaking):
        self._speaking = speaking
        self._jobs: dict[str, Job] = {}

    @contextmanager
    def at_work(self, server_id: int, end: Callable[[], object]) -> Iterator[Job]:
        """Let a job be ended as long as this lasts; `end` sees to that, and returns at once."""
        job = Job(secrets.token_urlsafe(9), server_id, end)
        self._jobs[job.name] = job
        try:
            yield job
        finally:
            del self._jobs[job.name]

    async def cancel(self, interaction: discord.Interaction[Any], name: str) -> None:
        """End a job. Raises MissingPermissions, and RefusedError where it has ended."""
        server_id = managed_server(interaction)
        texts = self._speaking.privately(interaction)
        job = self._jobs.get(name)
        if job is None or job.server_id != server_id:
            raise RefusedError(
                saying(
                    "That is not at work any more; {reindex} begins it anew.",
                    reindex=texts.command("reindex"),
                )
            )
        job.is_cancelled = True
        job.end()
        ending = texts.say("It is being ended; the message above says when it has.")
        await interaction.response.send_message(ending, ephemeral=True)
