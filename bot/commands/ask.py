"""`/ask`: a question in, an answer out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.askers import asker_of, reader_of
from bot.commands.outcomes import Outcome
from bot.commands.search import DATE_EXAMPLES, known_publisher, offer_publishers
from bot.commands.zones import in_zone
from bot.views import limits
from bot.views.layout import layout
from index.query.dates import parse_range
from index.query.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.commands.cooldown import Cooldown
    from bot.commands.ports import News
    from bot.commands.replying import Replying
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory


def ask(
    replying: Replying,
    cooldown: Cooldown,
    speaking: Speaking,
    news: News,
    memory: Memory,
    clock: Callable[[], datetime],
) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="Ask the news a question; the answer is quoted word for word")
    @app_commands.describe(
        question="What do you want to know?",
        private="Show the answer to you alone",
        publisher="Only articles of this publisher",
        since=f"Only articles since this date: {DATE_EXAMPLES}",
        until=f"Only articles until the end of this date: {DATE_EXAMPLES}",
    )
    async def ask(
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, limits.QUESTION_LENGTH],
        private: bool | None = None,
        publisher: app_commands.Range[str, 1, limits.CHOICE_LENGTH] | None = None,
        since: app_commands.Range[str, 1, 40] | None = None,
        until: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        cooldown.take(interaction.user.id)
        asker = asker_of(interaction)
        server = memory.servers.of(asker.server_id)
        now, publishers = (
            in_zone(clock(), server.zone),
            news.seen_by(reader_of(interaction)).publishers(),
        )
        # before the answer is announced, so that only the asker sees what is wrong
        admitted = _admitted(known_publisher(publisher, publishers), since, until, now)
        if private is None:
            private = server.is_private
        await interaction.response.defer(ephemeral=private, thinking=True)
        outcome = interaction.extras.setdefault("outcome", Outcome())
        texts = await speaking.to(interaction, private=private)
        reply = await replying.reply_to(question, texts, asker, outcome, admitted)
        await interaction.edit_original_response(view=layout(reply.text, reply.buttons))

    offer_publishers(ask, news)
    return ask


def _admitted(publisher: str | None, since: str | None, until: str | None, now: datetime) -> Limits:
    """Return which articles may answer. Raises InvalidQueryError where none could."""
    return Limits(
        since=parse_range(since, now).since if since else None,
        until=parse_range(until, now).until if until else None,
        publishers=frozenset({publisher} if publisher else ()),
    ).checked(now)
