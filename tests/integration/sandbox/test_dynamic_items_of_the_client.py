"""Which views keep a DynamicItem alive in the installed discord.py, and which kill it bot-wide.

In 2.7.1, when a view that mixes a DynamicItem with a plain item ends (it times out, is stopped,
or is edited after the item was removed), the DynamicItem's class is unregistered: every old
button of the bot stops answering. Views of DynamicItems and links alone, without a timeout, never
stopped and made anew for every edit, are safe. Should a release heal this, the tests of
mixed views fail, and the rule can go.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import ui

from tests.integration.sandbox.running import eventually, running
from tests.integration.sandbox.sample_bot import SampleBot, Vote

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord, Message, Newsroom

SILENCE_SECONDS = 0.2


class ViewBot(SampleBot):
    """Posts the view it was given, and keeps it."""

    def __init__(self, view: ui.View | ui.LayoutView) -> None:
        super().__init__()
        self.view = view

    async def post(self, channel_id: int) -> discord.Message:
        channel = self.get_channel(channel_id)
        assert isinstance(channel, discord.TextChannel)
        if isinstance(self.view, ui.LayoutView):
            return await channel.send(view=self.view)
        return await channel.send("classic", view=self.view)


def classic(timeout_seconds: float | None, *, is_mixed: bool) -> ui.View:
    view = ui.View(timeout=timeout_seconds)
    view.add_item(Vote(1))
    if is_mixed:
        view.add_item(ui.Button(label="plain", custom_id="plain"))
    return view


def layout(timeout_seconds: float | None, *, is_mixed: bool) -> ui.LayoutView:
    view = ui.LayoutView(timeout=timeout_seconds)
    view.add_item(ui.TextDisplay("text"))
    plain: list[ui.Button[Any]] = [ui.Button(label="plain", custom_id="plain")]
    view.add_item(ui.ActionRow(Vote(1), *(plain if is_mixed else [])))
    return view


async def answers(local: LoopbackDiscord, newsroom: Newsroom, message: Message) -> None:
    await local.click(newsroom.alice, message, "Helpful").done()


async def is_silent(local: LoopbackDiscord, newsroom: Newsroom, message: Message) -> None:
    interaction = local.click(newsroom.alice, message, "Helpful")
    with pytest.raises(TimeoutError):
        await interaction.done(SILENCE_SECONDS)


async def posted(newsroom: Newsroom, client: ViewBot) -> Message:
    sent = await client.post(newsroom.general.id)
    return newsroom.general.messages[sent.id]


@pytest.mark.parametrize("make", [classic, layout])
async def test_a_view_of_dynamic_items_without_a_timeout_outlives_the_bot(
    local: LoopbackDiscord, newsroom: Newsroom, make: Any
):
    async with running(ViewBot(make(None, is_mixed=False)), local) as client:
        message = await posted(newsroom, client)
        await answers(local, newsroom, message)

    async with running(SampleBot(), local) as restarted:
        await answers(local, newsroom, message)
        assert restarted.votes == [(newsroom.alice.id, 1)]


@pytest.mark.parametrize("make", [classic, layout])
async def test_editing_with_a_new_view_keeps_old_buttons_alive(
    local: LoopbackDiscord, newsroom: Newsroom, make: Any
):
    async with running(ViewBot(make(None, is_mixed=False)), local) as client:
        old = await posted(newsroom, client)
        edited = await client.post(newsroom.general.id)
        await edited.edit(view=make(None, is_mixed=False))

        await answers(local, newsroom, old)


@pytest.mark.parametrize("make", [classic, layout])
@pytest.mark.parametrize("end", ["timeout", "stop"])
async def test_a_mixed_view_that_ends_kills_every_old_button(
    local: LoopbackDiscord, newsroom: Newsroom, make: Any, end: str
):
    view = make(0.4 if end == "timeout" else 60, is_mixed=True)
    async with running(ViewBot(view), local) as client:
        message = await posted(newsroom, client)
        await answers(local, newsroom, message)

        if end == "stop":
            view.stop()
        await eventually(view.is_finished)
        await asyncio.sleep(0)

        await is_silent(local, newsroom, message)


async def test_removing_the_item_from_a_view_and_editing_kills_every_old_button(
    local: LoopbackDiscord, newsroom: Newsroom
):
    view = classic(None, is_mixed=True)
    async with running(ViewBot(view), local) as client:
        old = await posted(newsroom, client)
        later = await client.post(newsroom.general.id)
        view.remove_item(view.children[0])
        await later.edit(view=view)

        await is_silent(local, newsroom, old)
