"""A small bot in discord.py's own idioms; what the local Discord is tried out with.

It also runs on its own: `python -m bot.sandbox.launch tests/integration/sandbox/sample_bot.py`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands, ui

if TYPE_CHECKING:
    from collections.abc import Sequence

STORIES = {
    "Reuters": "The central bank held interest rates steady on Wednesday.",
    "BBC": "The storm brought winds of 90mph to western Ireland.",
    "AP": "The two chipmakers agreed a $12bn merger.",
}
EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
ANY_INSTALL = app_commands.AppInstallationType(guild=True, user=True)


def find(question: str) -> list[tuple[str, str]]:
    asked = set(re.findall(r"\w{4,}", question.lower()))
    return [
        (publisher, story)
        for publisher, story in STORIES.items()
        if asked & set(re.findall(r"\w+", story.lower()))
    ]


class Vote(ui.DynamicItem[ui.Button[Any]], template=r"vote:(?P<value>[01])"):
    def __init__(self, value: int) -> None:
        self.value = value
        label = "Helpful" if value else "Not helpful"
        super().__init__(ui.Button(label=label, custom_id=f"vote:{value}"))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["value"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        interaction.client.votes.append((interaction.user.id, self.value))  # type: ignore[attr-defined]  # SampleBot's own
        await interaction.response.send_message("Thanks for the feedback.", ephemeral=True)


class Answer(ui.LayoutView):
    def __init__(self, found: Sequence[tuple[str, str]]) -> None:
        super().__init__(timeout=None)
        box = ui.Container[Any](accent_colour=discord.Colour.blurple())
        for publisher, story in found:
            link = ui.Button[Any](label="Read", url="https://example.org/story")
            box.add_item(ui.Section(f"> {story}\n-# {publisher}", accessory=link))
            box.add_item(ui.Separator())
        self.add_item(box)
        self.add_item(ui.ActionRow(Vote(1), Vote(0)))


class Pages(ui.View):
    def __init__(self, found: Sequence[tuple[str, str]]) -> None:
        super().__init__(timeout=None)
        self.found, self.page = found, 0
        self.show(0)

    def show(self, page: int) -> str:
        self.page = page
        self.back.disabled = page == 0
        self.on.disabled = page == len(self.found) - 1
        publisher, story = self.found[page]
        return f"**{publisher}**\n> {story}\n-# {page + 1}/{len(self.found)}"

    @ui.button(label="Back")
    async def back(self, interaction: discord.Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.edit_message(content=self.show(self.page - 1), view=self)

    @ui.button(label="On")
    async def on(self, interaction: discord.Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.edit_message(content=self.show(self.page + 1), view=self)


class PublisherSelect(ui.View):
    @ui.select(
        placeholder="A publisher", options=[discord.SelectOption(label=name) for name in STORIES]
    )
    async def choose(self, interaction: discord.Interaction, select: ui.Select[Any]) -> None:
        await interaction.response.edit_message(content=STORIES[select.values[0]], view=None)


class WatchView(ui.View):
    @ui.select(cls=ui.ChannelSelect, custom_id="where", channel_types=[discord.ChannelType.text])
    async def where(self, interaction: discord.Interaction, select: ui.ChannelSelect[Any]) -> None:
        text = f"Where: {select.values[0].name}"
        await interaction.response.edit_message(content=text)

    @ui.select(cls=ui.UserSelect, custom_id="who")
    async def who(self, interaction: discord.Interaction, select: ui.UserSelect[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"Who: {select.values[0].display_name}")


class AlertModal(ui.Modal, title="New alert"):
    words = ui.Label[Any](text="Words", component=ui.TextInput(max_length=100))
    rhythm = ui.Label[Any](
        text="How often",
        component=ui.Select(
            options=[
                discord.SelectOption(label="At once", value="now"),
                discord.SelectOption(label="Daily", value="day"),
            ]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        words, rhythm = self.words.component.value, self.rhythm.component.values[0]  # type: ignore[attr-defined]  # as declared above
        await interaction.response.send_message(f"Alert on {words!r}: {rhythm}", ephemeral=True)


class SampleBot(discord.AutoShardedClient):
    def __init__(self, intents: discord.Intents | None = None, **options: Any) -> None:
        super().__init__(
            intents=intents or discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.05,
            **options,
        )
        self.tree = app_commands.CommandTree(
            self, allowed_contexts=EVERYWHERE, allowed_installs=ANY_INSTALL
        )
        self.votes: list[tuple[int, int]] = []
        self.seen: list[str] = []
        self.errors: list[Exception] = []
        add_commands(self.tree)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Vote)
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot or self.user is None:
            return
        self.seen.append(message.content)
        if message.guild is None or self.user in message.mentions:
            found = find(message.content)
            text = f"> {found[0][1]}\n-# {found[0][0]}" if found else "Nothing answers that."
            await message.reply(text, mention_author=False)


def add_commands(tree: app_commands.CommandTree[SampleBot]) -> None:
    add_answering_commands(tree)
    add_form_commands(tree)
    add_admin_commands(tree)

    @tree.error
    async def on_error(
        interaction: discord.Interaction[SampleBot], error: app_commands.AppCommandError
    ) -> None:
        interaction.client.errors.append(getattr(error, "original", error))


def add_answering_commands(tree: app_commands.CommandTree[SampleBot]) -> None:
    @tree.command(description="Ask the news")
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, 300],
        private: bool = False,  # an option of the command
    ) -> None:
        await interaction.response.defer(ephemeral=private, thinking=True)
        found = await asyncio.to_thread(find, question)
        if found:
            await interaction.followup.send(view=Answer(found))
        else:
            await interaction.followup.send("Nothing answers that.")

    @tree.command(description="Search")
    async def search(
        interaction: discord.Interaction, words: str, publisher: str | None = None
    ) -> None:
        found = [each for each in find(words) if publisher in {None, each[0]}]
        pages = Pages(found)
        await interaction.response.send_message(pages.show(0), view=pages)

    @search.autocomplete("publisher")
    async def complete(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        fitting = [name for name in STORIES if typed.lower() in name.lower()]
        return [app_commands.Choice(name=name, value=name) for name in fitting]

    @tree.context_menu(name="Search for this")
    async def search_message(interaction: discord.Interaction, message: discord.Message) -> None:
        found = find(message.content)
        text = found[0][1] if found else "Nothing answers that."
        await interaction.response.send_message(text, ephemeral=True)


def add_form_commands(tree: app_commands.CommandTree[SampleBot]) -> None:
    @tree.command(description="Make an alert")
    async def alert(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(AlertModal())

    @tree.command(description="Choose a publisher")
    async def publisher(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Which one?", view=PublisherSelect())

    @tree.command(description="Watch a channel and a person")
    async def watch(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Whom?", view=WatchView())

    @tree.context_menu(name="Greet")
    async def greet(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"Hello, {member.display_name}")

    @tree.command(description="Take a while")
    async def slow(interaction: discord.Interaction) -> None:
        await asyncio.sleep(0.3)
        await interaction.response.send_message("late")

    @tree.command(description="Answer again and again")
    async def chatty(
        interaction: discord.Interaction, times: app_commands.Range[int, 1, 9]
    ) -> None:
        await interaction.response.send_message("first")
        for number in range(times):
            await interaction.followup.send(f"follow-up {number + 1}")


def add_admin_commands(tree: app_commands.CommandTree[SampleBot]) -> None:
    feeds = app_commands.Group(
        name="feeds",
        description="Feeds",
        default_permissions=discord.Permissions(manage_guild=True),
        # What is left unsaid here is taken from the tree, so every "no" is said.
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    @feeds.command(name="add", description="Add a feed")
    async def add(
        interaction: discord.Interaction, url: str, channel: discord.TextChannel | None = None
    ) -> None:
        text = f"Added {url} to {channel}"
        await interaction.response.send_message(text, ephemeral=True)

    tree.add_command(feeds)


if __name__ == "__main__":
    SampleBot().run(os.environ["DISCORD_TOKEN"], log_level=logging.INFO)
