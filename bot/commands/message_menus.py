"""The menu of a message: search the news for what it says, and check what it quotes.

Whoever chooses from it is answered alone: the message is somebody else's.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.answering.checking import check
from bot.answering.quoted import FEWEST_WORDS, quotations, shown
from bot.commands.askers import asker_of, reader_of
from bot.commands.search import first_page
from bot.texts import RefusedError, saying
from bot.views.checked import checked_text
from bot.views.escaping import clean
from bot.views.layout import layout
from index.analysis.words import words
from index.model import Query
from index.query.model import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from bot.answering.checking import Checked
    from bot.answering.quoted import Quotation
    from bot.commands.cooldown import Cooldown
    from bot.commands.ports import News
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory
    from index.searcher import Searcher

_MOST_WORDS = 40


def message_menus(
    news: News,
    memory: Memory,
    cooldown: Cooldown,
    clock: Callable[[], datetime],
    speaking: Speaking,
) -> list[app_commands.ContextMenu]:
    """Return what a message's menu offers."""

    async def search_news(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        cooldown.take(interaction.user.id)
        reading = _reading(said_in(message))
        await interaction.response.defer(ephemeral=True, thinking=True)
        texts = speaking.privately(interaction)
        asker = asker_of(interaction)
        seen = news.seen_by(reader_of(interaction))
        view = await first_page(reading, seen, memory.searches, clock(), texts, asker)
        await interaction.edit_original_response(view=view)

    async def check_quote(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        cooldown.take(interaction.user.id)
        quoted = _quotations(said_in(message))
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await asyncio.to_thread(
            _checked, quoted, news.seen_by(reader_of(interaction)).searcher
        )
        text = checked_text(found, speaking.privately(interaction))
        await interaction.edit_original_response(view=layout(text))

    return [
        app_commands.ContextMenu(name="Search the news for this", callback=search_news),
        app_commands.ContextMenu(name="Is this quoted correctly?", callback=check_quote),
    ]


def said_in(message: discord.Message) -> str:
    """Return what a message says: its text, else what it forwards, embeds or lays out."""
    snapshots = (each.content for each in message.message_snapshots)
    embeds = ("\n".join(filter(None, (each.title, each.description))) for each in message.embeds)
    laid_out = "\n".join(_displayed(message.components))
    said = (message.content, *snapshots, *embeds, laid_out)
    return next((text for each in said if (text := clean(each).strip())), "")


def _displayed(components: Iterable[Any]) -> Iterator[str]:
    for each in components:
        if isinstance(each, discord.TextDisplay):
            yield each.content
        yield from _displayed(getattr(each, "children", ()))


def _reading(said: str) -> Reading:
    wanted = words(shown(said))[:_MOST_WORDS]
    if not wanted:
        raise RefusedError(saying("There are no words in that message to look for."))
    return Reading(Query(" ".join(wanted)))


def _quotations(said: str) -> list[Quotation]:
    found = quotations(said)
    if not found:
        raise RefusedError(
            saying(
                "That message quotes nothing that I could look for; it takes {count} words.",
                count=FEWEST_WORDS,
            )
        )
    return found


def _checked(quoted: Sequence[Quotation], searcher: Searcher) -> list[Checked]:
    return [check(each, searcher) for each in quoted]
