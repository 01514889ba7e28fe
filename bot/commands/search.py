"""`/search`, and the buttons under its results."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.answering.model import Question
from bot.answering.newest import newest_hits
from bot.commands.askers import asker_of, reader_of
from bot.commands.headlines import choice_name, choice_query
from bot.commands.zones import in_zone
from bot.texts import RefusedError, saying
from bot.views import limits
from bot.views.escaping import clean
from bot.views.hits import clamped_page, hits_text, page_count
from bot.views.layout import layout
from bot.views.paging import PageTurn, page_buttons
from index.query.dates import parse_range

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from discord import ui

    from bot.commands.cooldown import Cooldown
    from bot.commands.headlines import Headlines
    from bot.commands.ports import News, Seen
    from bot.commands.speaking import Speaking
    from bot.storage.keeping import Asker
    from bot.storage.memory import Memory
    from bot.storage.searches import Searches
    from bot.texts import Texts
    from index.model import Hit
    from index.query.model import Reading

HIT_COUNT = 50
BY_RELEVANCE, BY_NEWEST = 0, 1
DATE_EXAMPLES = "2026-03-04, yesterday, 3 days ago, 2w"


def search(
    news: News,
    memory: Memory,
    cooldown: Cooldown,
    clock: Callable[[], datetime],
    speaking: Speaking,
    headlines: Headlines,
) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="Find passages in the news")
    @app_commands.describe(
        query='Words, "phrases", -exclusions, author:name',
        publisher="Only articles of this publisher",
        since=f"Only articles since this date: {DATE_EXAMPLES}",
        until=f"Only articles until the end of this date: {DATE_EXAMPLES}",
        sort="What comes first: the best matches, or the newest",
    )
    @app_commands.choices(
        sort=[
            app_commands.Choice(name=app_commands.locale_str("Relevance"), value=BY_RELEVANCE),
            app_commands.Choice(name=app_commands.locale_str("Newest"), value=BY_NEWEST),
        ]
    )
    async def search(
        interaction: discord.Interaction[Any],
        query: app_commands.Range[str, 1, limits.QUESTION_LENGTH],
        publisher: app_commands.Range[str, 1, limits.CHOICE_LENGTH] | None = None,
        since: app_commands.Range[str, 1, 40] | None = None,
        until: app_commands.Range[str, 1, 40] | None = None,
        sort: int = BY_RELEVANCE,
    ) -> None:
        cooldown.take(interaction.user.id)
        asker = asker_of(interaction)
        server = memory.servers.of(asker.server_id)
        now = in_zone(clock(), server.zone)
        seen = news.seen_by(reader_of(interaction))
        wanted = wanted_question(
            query, known_publisher(publisher, seen.publishers()), since, until, now
        )
        # before the answer is announced, so that only the asker sees what is wrong
        reading = await asyncio.to_thread(wanted.read, seen.searcher)
        private = server.is_private
        await interaction.response.defer(ephemeral=private, thinking=True)
        is_newest_first = sort == BY_NEWEST
        texts = await speaking.to(interaction, private=private)
        view = await first_page(
            reading, seen, memory.searches, now, texts, asker, is_newest_first=is_newest_first
        )
        await interaction.edit_original_response(view=view)

    offer_publishers(search, news)

    @search.autocomplete("query")
    async def complete(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        found = await headlines.like(current, reader_of(interaction))
        queries = {choice_query(each.title): choice_name(each.title) for each in found}
        return [
            app_commands.Choice(name=name, value=query) for query, name in queries.items() if query
        ]

    return search


def offer_publishers(command: app_commands.Command[Any, ..., None], news: News) -> None:
    """Offer publishers while somebody types into the option `publisher` of a command."""

    @command.autocomplete("publisher")
    async def complete(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        seen = news.seen_by(reader_of(interaction))
        names = publisher_choices(seen.publishers(), current)
        return [app_commands.Choice(name=name, value=name) for name in names]


async def first_page(
    reading: Reading,
    seen: Seen,
    searches: Searches,
    now: datetime,
    texts: Texts,
    asker: Asker,
    *,
    is_newest_first: bool = False,
) -> ui.LayoutView:
    """Return what a search finds, with buttons where that takes more than a page."""
    hits = await found_hits(reading, seen, is_newest_first=is_newest_first)
    pages = page_count(len(hits))
    search_id = await searches.remember(reading, now, asker) if pages > 1 else ""
    here = PageTurn(search_id, 1, is_newest_first=is_newest_first)
    return layout(hits_text(reading, hits, 1, texts), page_buttons(here, pages, texts))


async def found_hits(reading: Reading, seen: Seen, *, is_newest_first: bool) -> Sequence[Hit]:
    """Return the best passages, or the newest of those that hold all words."""
    if is_newest_first:
        return await asyncio.to_thread(newest_hits, seen.searcher, reading.query, HIT_COUNT)
    return await seen.search(reading.query, HIT_COUNT)


async def turn_page(
    interaction: discord.Interaction[Any],
    turn: PageTurn,
    news: News,
    searches: Searches,
    now: datetime,
    texts: Texts,
) -> None:
    """Show another page in place of the one that was clicked on.

    The search is made anew, so a page shows the news of now. Raises RefusedError when the search
    is forgotten.
    """
    await interaction.response.defer()
    reading = await searches.find(turn.search_id, now)
    if reading is None:
        raise RefusedError(
            saying(
                "These results are from too long ago; search again with {search}.",
                search=texts.command("search"),
            )
        )
    seen = news.seen_by(reader_of(interaction))
    hits = await found_hits(reading, seen, is_newest_first=turn.is_newest_first)
    page = clamped_page(turn.page, len(hits))
    buttons = page_buttons(turn.to(page), page_count(len(hits)), texts)
    text = hits_text(reading, hits, page, texts)
    await interaction.edit_original_response(view=layout(text, buttons))


def wanted_question(
    text: str, publisher: str | None, since: str | None, until: str | None, now: datetime
) -> Question:
    """Return what was typed, with its options. Raises RefusedError or InvalidQueryError."""
    text = clean(text).strip()
    if not text:
        raise RefusedError(saying("There are no words in that; write what to look for."))
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


def known_publisher(publisher: str | None, publishers: Sequence[str]) -> str | None:
    """Return a publisher as the corpus writes it. Raises RefusedError for an unknown one."""
    if publisher is None:
        return None
    wanted = publisher.strip().casefold()
    known = next((name for name in publishers if name.casefold() == wanted), None)
    if known is None:
        raise RefusedError(
            saying(
                "There is no news from “{publisher}”; choose a publisher from the list.",
                publisher=publisher,
            )
        )
    return known
