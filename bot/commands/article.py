"""`/article`: a headline in, what is known of that article out."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.askers import asker_of, reader_of
from bot.commands.headlines import choice_name
from bot.texts import RefusedError, saying
from bot.views import limits
from bot.views.article import article_text
from bot.views.escaping import clean
from bot.views.layout import layout
from index.analysis.phrases import folded_words
from index.analysis.words import words
from index.model import Query

if TYPE_CHECKING:
    from bot.commands.cooldown import Cooldown
    from bot.commands.headlines import Headlines
    from bot.commands.ports import News, Seen
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory
    from index.searcher import Searcher
    from index.storage.article_reader import ArticleFacts

_LOOKED_AT_COUNT = 50
# what a choice of ours says: ids may be longer than a choice, titles are not of one article alone
_CHOSEN = re.compile(r"#([0-9]{1,18})")
_ADDRESS = re.compile(r"https?://\S+")


def article(
    news: News, headlines: Headlines, cooldown: Cooldown, speaking: Speaking, memory: Memory
) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="What I know of an article, by its headline")
    @app_commands.describe(
        headline="Words of its headline, or its address; choose one that is offered"
    )
    async def article(
        interaction: discord.Interaction[Any],
        headline: app_commands.Range[str, 1, limits.QUESTION_LENGTH],
    ) -> None:
        cooldown.take(interaction.user.id)
        private = memory.servers.of(asker_of(interaction).server_id).is_private
        await interaction.response.defer(ephemeral=private, thinking=True)
        facts = await _found(clean(headline).strip(), news.seen_by(reader_of(interaction)))
        if facts is None:
            raise RefusedError(
                saying("No article that I have has such a headline; choose one from the list.")
            )
        text = article_text(facts, await speaking.to(interaction, private=private))
        await interaction.edit_original_response(view=layout(text))

    @article.autocomplete("headline")
    async def complete(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=choice_name(each.title), value=f"#{each.number}")
            for each in await headlines.like(current, reader_of(interaction))
        ]

    return article


async def _found(headline: str, seen: Seen) -> ArticleFacts | None:
    """Return the article that was chosen, else the one at an address or with such a headline."""
    chosen = _CHOSEN.fullmatch(headline)
    if chosen:
        return await seen.articles.numbered(int(chosen[1]))
    look = _addressed if _ADDRESS.fullmatch(headline) else _titled
    article_id = await asyncio.to_thread(look, headline, seen.searcher)
    return None if article_id is None else await seen.articles.named(article_id)


def _titled(headline: str, searcher: Searcher) -> str | None:
    """Return the id of the article whose headline has all words typed and the fewest others."""
    wanted = folded_words(headline)
    if not wanted:
        return None
    hits = searcher.search(Query(headline), _LOOKED_AT_COUNT)
    titles = {
        hit.passage.article.id: folded_words(hit.passage.article.title) for hit in reversed(hits)
    }
    fitting = [each for each, title in titles.items() if set(wanted) <= set(title)]
    # what the search found first is last here, and goes first among equals
    return min(reversed(fitting), key=lambda each: len(titles[each]), default=None)


def _addressed(address: str, searcher: Searcher) -> str | None:
    """Return the id of the article at an address, if that has words which the article has, too."""
    named = words(address.partition("://")[2].partition("/")[2])
    if not named:
        return None
    wanted = _compared(address)
    hits = searcher.search(Query(" ".join(named)), _LOOKED_AT_COUNT)
    articles = (hit.passage.article for hit in hits)
    return next((each.id for each in articles if each.url and _compared(each.url) == wanted), None)


def _compared(address: str) -> str:
    """Return an address without what leads to a place in its page."""
    return address.partition("#")[0].rstrip("/")
