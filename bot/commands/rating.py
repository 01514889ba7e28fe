"""The buttons "Helpful" and "Not helpful": what a person thinks of an answer is kept, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.storage.ratings import Rated
from bot.texts import RefusedError, saying
from bot.views.layout import layout
from bot.views.rating import rated_text

if TYPE_CHECKING:
    from datetime import datetime

    import discord

    from bot.commands.measures import Measures
    from bot.storage.ratings import Ratings
    from bot.texts import Texts


async def rate(
    interaction: discord.Interaction[Any],
    question_id: str,
    ratings: Ratings,
    measures: Measures,
    now: datetime,
    texts: Texts,
    *,
    is_helpful: bool,
) -> None:
    """Keep what the presser thinks of an answer. Raises RefusedError for a forgotten one."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    rated = await ratings.rate(question_id, interaction.user.id, now, is_helpful=is_helpful)
    if rated is Rated.UNKNOWN:
        raise RefusedError(saying("That answer is from too long ago to be rated; ask again."))
    if rated is not Rated.SAME:
        measures.rated(is_helpful=is_helpful)
    await interaction.edit_original_response(view=layout(rated_text(texts, is_helpful=is_helpful)))
