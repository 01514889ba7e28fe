"""What is done at the press of a button below an answer. Knows no custom_ids and no cooldown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.commands.alerts import KeepingAlerts, show_added
from bot.commands.askers import reader_of
from bot.commands.asking_again import ask_as_meant, ask_of_any_time
from bot.commands.follow_up import open_form
from bot.commands.more import show_context, show_next, show_other_time
from bot.commands.rating import rate
from bot.commands.why import show_why

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    import discord

    from bot.commands.catalogue import Parts
    from bot.commands.replying import Replying
    from bot.views.answer_buttons import Deed

_ASKING: Mapping[Deed, Callable[..., Coroutine[Any, Any, None]]] = {
    "more": show_next,
    "meant": ask_as_meant,
    "anytime": ask_of_any_time,
}


class Deeds:
    """Does what the buttons are for; who presses one is answered alone."""

    def __init__(self, parts: Parts, replying: Replying):
        self._parts = parts
        self._replying = replying
        self._alerts = KeepingAlerts(parts.news, parts.memory, parts.speaking, parts.clock)

    async def do(self, interaction: discord.Interaction[Any], deed: Deed, question_id: str) -> None:
        """Do one. Raises RefusedError where there is nothing to show, and why."""
        parts, pressed = self._parts, (interaction, question_id)
        questions, now = parts.memory.questions, parts.clock()
        texts = parts.speaking.privately(interaction)
        if deed == "why":
            await show_why(*pressed, parts.answers, questions, now, texts)
        elif deed == "context":
            await show_context(
                *pressed, parts.news.seen_by(reader_of(interaction)).articles, questions, now, texts
            )
        elif deed == "alert":
            await show_added(*pressed, self._alerts, texts)
        elif deed == "follow":
            await open_form(*pressed, questions, now, texts)
        elif ask := _ASKING.get(deed):
            await ask(*pressed, self._replying, questions, now, texts)
        elif deed in {"helpful", "unhelpful"}:
            is_helpful = deed == "helpful"
            ratings, measures = parts.memory.ratings, parts.measures
            await rate(*pressed, ratings, measures, now, texts, is_helpful=is_helpful)
        else:
            await show_other_time(
                interaction, deed, question_id, self._replying, questions, now, texts
            )
