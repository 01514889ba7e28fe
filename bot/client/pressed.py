"""What presses, choices and forms lead to: each component, and the part that does its work.

Knows no connection. Whatever fails is told to whoever pressed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.commands.deeds import Deeds
from bot.commands.failures import tell
from bot.commands.follow_up import answer_form
from bot.commands.latest import turn_latest
from bot.commands.outcomes import Outcome
from bot.commands.privacy import forget
from bot.commands.search import turn_page
from bot.commands.sources import SourcesOfNews
from bot.views.answer_buttons import AnswerButton
from bot.views.cancel_button import CancelButton
from bot.views.follow_up_form import follow_up_of
from bot.views.forget_button import ForgetButton
from bot.views.paging import PageButton
from bot.views.setup import SetupItem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.commands.cancelling import Cancelling
    from bot.commands.catalogue import Parts
    from bot.commands.pressing import Pressing
    from bot.commands.replying import Replying
    from bot.commands.setup import SettingUp
    from bot.views.answer_buttons import Deed
    from bot.views.paging import PageTurn
    from bot.views.setup import Part

COMPONENTS = (PageButton, AnswerButton, CancelButton, ForgetButton, SetupItem)
"""All that this does something about, and that works after a restart."""

_HEARD = {discord.InteractionType.component, discord.InteractionType.modal_submit}


class Pressed:
    """Does what the components are for, or says why not."""

    def __init__(
        self,
        parts: Parts,
        pressing: Pressing,
        replying: Replying,
        setting_up: SettingUp,
        cancelling: Cancelling,
    ):
        self._parts = parts
        self._pressing = pressing
        self._replying = replying
        self._deeds = Deeds(parts, replying)
        self._setting_up = setting_up
        self._cancelling = cancelling

    async def turn_page(self, interaction: discord.Interaction[Any], turn: PageTurn) -> None:
        """Show another page of what has pages, or say why not."""
        parts = self._parts
        searches, now = parts.memory.searches, parts.clock()
        shown = interaction.message
        is_private = shown is not None and shown.flags.ephemeral
        texts = await parts.speaking.to(interaction, private=is_private)
        if turn.of == "sources":
            of_news = SourcesOfNews(parts.news, parts.feeds, parts.clock)
            turning = of_news.turn(interaction, turn, texts)
        else:
            turn_to = turn_latest if turn.of == "latest" else turn_page
            turning = turn_to(interaction, turn, parts.news, searches, now, texts)
        await self._pressing.press("page", interaction, turning)

    async def do(self, interaction: discord.Interaction[Any], deed: Deed, question_id: str) -> None:
        """Do what a button below an answer is for, or say why not."""
        await self._pressing.press(
            deed, interaction, self._deeds.do(interaction, deed, question_id)
        )

    async def forget(self, interaction: discord.Interaction[Any], user_id: int) -> None:
        """Delete what is kept of a person, or say why not."""
        texts = self._parts.speaking.privately(interaction)
        forgetting = forget(interaction, user_id, self._parts.memory.people, texts)
        await self._pressing.press("privacy", interaction, forgetting, is_free=True)

    async def set_up(
        self, interaction: discord.Interaction[Any], part: Part, values: Sequence[str]
    ) -> None:
        """Decide what somebody chose in the set-up, or say why not."""
        choosing = self._setting_up.choose(interaction, part, values)
        await self._pressing.press("setup", interaction, choosing, is_free=True)

    async def cancel(self, interaction: discord.Interaction[Any], job: str) -> None:
        """End a long job, or say why not."""
        cancelling = self._cancelling.cancel(interaction, job)
        await self._pressing.press("cancel", interaction, cancelling, is_free=True)

    async def hear(self, interaction: discord.Interaction[Any]) -> None:
        """Answer forms, and clicks that nothing listens to any more, which would show as failed."""
        if interaction.type not in _HEARD:
            return
        if follow_up := follow_up_of(interaction):
            await self._answer_follow_up(interaction, *follow_up)
            return
        pressed: Mapping[str, Any] = interaction.data or {}
        custom_id = str(pressed.get("custom_id", ""))
        templates = (component.__discord_ui_compiled_template__ for component in COMPONENTS)
        if not any(template.fullmatch(custom_id) for template in templates):
            texts = self._parts.speaking.privately(interaction)
            old = texts.say("This button is from an older version; ask again.")
            await tell(interaction, old)

    async def _answer_follow_up(
        self, interaction: discord.Interaction[Any], question_id: str, text: str
    ) -> None:
        outcome = Outcome()
        asked = (interaction, question_id, text)
        answering = answer_form(*asked, self._replying, self._parts.speaking, outcome)
        await self._pressing.press("follow-up", interaction, answering, outcome=outcome)
