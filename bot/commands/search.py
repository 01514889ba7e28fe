"""`/search`, and the buttons under its results."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.answering.model import Question
from bot.views import limits
from bot.views.escaping import clean
from bot.views.hits import clamped_page, hits_text, page_count
from bot.views.layout import layout
from bot.views.paging import page_buttons
from index.errors import InvalidQueryError
from index.query.dates import parse_range

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.commands.cooldown import Cooldown
    from bot.commands.ports import News
    from bot.storage.searches import Searches
    from bot.views.paging import PageTurn

HIT_COUNT = 50
_DATE_EXAMPLES = "2026-03-04, yesterday, 3 days ago, 2w"


def search(
    news: News, searches: Searches, cooldown: Cooldown, clock: Callable[[], datetime]
) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="Find passages in the news")
    @app_commands.describe(
        query='Words, "phrases", -exclusions, author:name',
        publisher="Only articles of this publisher",
        since=f"Only articles since this date: {_DATE_EXAMPLES}",
        until=f"Only articles until the end of this date: {_DATE_EXAMPLES}",
    )
    async def search(
        interaction: discord.Interaction[Any],
        query: app_commands.Range[str, 1, limits.QUESTION_LENGTH],
        publisher: app_commands.Range[str, 1, limits.CHOICE_LENGTH] | None = None,
        since: app_commands.Range[str, 1, 40] | None = None,
        until: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        cooldown.take(interaction.user.id)
        now = clock()
        wanted = wanted_question(query, _known(publisher, news.publishers()), since, until, now)
        # before the answer is announced, so that only the asker sees what is wrong
        reading = await asyncio.to_thread(wanted.read, news.searcher)
        await interaction.response.defer(thinking=True)
        hits = await news.search(reading.query, HIT_COUNT)
        pages = page_count(len(hits))
        search_id = await searches.remember(reading, now) if pages > 1 else ""
        buttons = page_buttons(search_id, 1, pages)
        await interaction.edit_original_response(view=layout(hits_text(reading, hits, 1), buttons))

    @search.autocomplete("publisher")
    async def complete(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        names = publisher_choices(news.publishers(), current)
        return [app_commands.Choice(name=name, value=name) for name in names]

    return search


async def turn_page(
    interaction: discord.Interaction[Any],
    turn: PageTurn,
    news: News,
    searches: Searches,
    now: datetime,
) -> None:
    """Show another page in place of the one that was clicked on.

    The search is made anew, so a page shows the news of now. Raises InvalidQueryError when the
    search is forgotten.
    """
    await interaction.response.defer()
    reading = await searches.find(turn.search_id, now)
    if reading is None:
        raise InvalidQueryError("These results are from too long ago; search again with /search.")
    hits = await news.search(reading.query, HIT_COUNT)
    page = clamped_page(turn.page, len(hits))
    buttons = page_buttons(turn.search_id, page, page_count(len(hits)))
    await interaction.edit_original_response(view=layout(hits_text(reading, hits, page), buttons))


def wanted_question(
    text: str, publisher: str | None, since: str | None, until: str | None, now: datetime
) -> Question:
    """Return what was typed, with its options. Raises InvalidQueryError."""
    text = clean(text).strip()
    if not text:
        raise InvalidQueryError("There are no words in that; write what to look for.")
    return Question(
        text,
        asked_at=now,
        since=parse_range(since, now).since if since else None,
        until=parse_range(until, now).until if until else None,
        publishers=frozenset({publisher} if publisher else ()),
    )


def publisher_choices(publishers: Sequence[str], typed: str) -> list[str]:
    """Return what to offer: names with what was typed in them, those that begin with it first.

    Names longer than a choice may be are not offered, since cut short they would match nothing.
    """
    start = typed.strip().casefold()
    fitting = [
        name
        for name in publishers
        if start in name.casefold() and 0 < limits.length(name) <= limits.CHOICE_LENGTH
    ]
    fitting.sort(key=lambda name: not name.casefold().startswith(start))
    return fitting[: limits.CHOICE_COUNT]


def _known(publisher: str | None, publishers: Sequence[str]) -> str | None:
    if publisher is None:
        return None
    wanted = publisher.strip().casefold()
    known = next((name for name in publishers if name.casefold() == wanted), None)
    if known is None:
        raise InvalidQueryError(
            f"There is no news from “{publisher}”; choose a publisher from the list."
        )
    return known
