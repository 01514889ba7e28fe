"""A client that asks Discord for as many different things as a bot may, to see what is refused."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = "https://example.org"


class French(app_commands.Translator):
    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        is_text = context.location.name.endswith("description")
        return f"{string.message} (fr)" if is_text and locale is discord.Locale.french else None


class BusyBot(discord.Client):
    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.failures: list[Exception] = []
        add_everything(self.tree)

    async def setup_hook(self) -> None:
        await self.tree.set_translator(French())
        await self.tree.sync()


def add_everything(tree: app_commands.CommandTree[BusyBot]) -> None:
    @tree.command(description="Everything", nsfw=True)
    @app_commands.choices(kind=[app_commands.Choice(name="a", value="a")])
    @app_commands.default_permissions(manage_guild=True)
    async def everything(
        interaction: discord.Interaction,
        kind: str,
        count: app_commands.Range[int, 1, 10] = 1,
        share: app_commands.Range[float, 0.0, 1.5] = 0.0,
        who: discord.User | None = None,
        where: discord.TextChannel | None = None,
        role: discord.Role | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        del kind, count, share, role, file
        assert who is not None
        assert where is not None
        await answer_in_every_way(interaction)

    @tree.error
    async def on_error(
        interaction: discord.Interaction[BusyBot], error: app_commands.AppCommandError
    ) -> None:
        interaction.client.failures.append(error)


async def answer_in_every_way(interaction: discord.Interaction) -> None:
    only_one = discord.AllowedMentions(users=[interaction.user], everyone=False)
    await interaction.response.send_message("a", embed=embed(), allowed_mentions=only_one)
    await interaction.edit_original_response(content="b", view=None)
    sent = await interaction.followup.send(
        "c", wait=True, ephemeral=True, file=text_file(), silent=True
    )
    await sent.edit(content="d", attachments=[])
    await sent.delete()
    await interaction.original_response()
    await interaction.delete_original_response()


async def busy_in_channel(client: BusyBot, channel: discord.TextChannel, message_id: int) -> None:
    message = await channel.fetch_message(message_id)
    async with channel.typing():
        pass
    reply = await message.reply("hello", mention_author=False)
    await reply.edit(content="hello again", embed=discord.Embed(description="x"))
    await channel.send("once", nonce="123", suppress_embeds=True, silent=True)
    await channel.send(file=text_file())
    await channel.send(f"<@{message.author.id}>", allowed_mentions=discord.AllowedMentions.all())
    some = discord.AllowedMentions(users=[message.author], roles=[discord.Object(5)])
    await channel.send(f"<@{message.author.id}>", allowed_mentions=some)
    for view in views():
        await channel.send(view=view)
    await channel.send("classic", view=classic_view())
    await message.add_reaction("\N{THUMBS UP SIGN}")
    thread = await message.create_thread(name="on a message", auto_archive_duration=1440)
    await thread.send("in a thread")
    kind = discord.ChannelType.public_thread
    await channel.create_thread(name="on its own", type=kind)
    await reply.delete()
    assert [each async for each in channel.history(limit=5)]
    assert [each async for each in channel.history(limit=5, before=discord.utils.utcnow())]
    await client.change_presence(activity=discord.CustomActivity("the news"))


async def busy_elsewhere(client: BusyBot, guild: discord.Guild, user_id: int) -> None:
    await client.tree.sync(guild=guild)
    await client.tree.fetch_commands()
    await client.tree.fetch_commands(guild=guild)
    conversation = await client.create_dm(discord.Object(user_id))
    await conversation.send("directly")
    await client.application_info()
    await client.fetch_user(user_id)
    await client.fetch_channel(conversation.id)
    await client.fetch_guild(guild.id, with_counts=False)
    await guild.fetch_member(user_id)
    assert [member.id for member in await guild.query_members(user_ids=[user_id])] == [user_id]


def embed() -> discord.Embed:
    made = discord.Embed(title="t", description="d", url=SITE, timestamp=discord.utils.utcnow())
    made.set_footer(text="f").add_field(name="n", value="v").set_author(name="a", url=SITE)
    return made.set_thumbnail(url=f"{SITE}/a.png")


def text_file() -> discord.File:
    return discord.File(io.BytesIO(b"abc"), "a.txt", description="three letters")


def views() -> Iterator[ui.LayoutView]:
    view = ui.LayoutView(timeout=None)
    options = [discord.SelectOption(label="a", description="b", emoji="\N{THUMBS UP SIGN}")]
    gallery = ui.MediaGallery[Any](
        discord.MediaGalleryItem(f"{SITE}/a.png", description="a picture")
    )
    view.add_item(
        ui.Container(
            ui.TextDisplay("# Title"),
            ui.Section(ui.TextDisplay("s"), accessory=ui.Button(label="b", custom_id="b")),
            ui.Separator(spacing=discord.SeparatorSpacing.large),
            gallery,
            ui.ActionRow(ui.Select(custom_id="s", options=options)),
            accent_colour=5,
            spoiler=True,
        )
    )
    yield view
    pictured = ui.LayoutView(timeout=None)
    pictured.add_item(ui.Section("s", accessory=ui.Thumbnail(f"{SITE}/a.png")))
    yield pictured


def classic_view() -> ui.View:
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="a", emoji="\N{THUMBS UP SIGN}", custom_id="a"))
    view.add_item(ui.Button(label="l", url=SITE))
    view.add_item(ui.ChannelSelect(custom_id="c"))
    view.add_item(ui.UserSelect(custom_id="u"))
    return view
