"""Who may do what where: the bot in channels, people with commands, apps in foreign servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from bot.sandbox import CannotInvokeError, Permission
from tests.integration.sandbox.running import ask_rest, eventually

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord, Newsroom
    from tests.integration.sandbox.sample_bot import SampleBot


@pytest.mark.parametrize(
    ("denied", "method", "path", "code"),
    [
        (Permission.VIEW_CHANNEL, "GET", "", 50001),
        (Permission.VIEW_CHANNEL, "POST", "/messages", 50001),
        (Permission.SEND_MESSAGES, "POST", "/messages", 50013),
        (Permission.READ_MESSAGE_HISTORY, "GET", "/messages", 50013),
        (Permission.CREATE_PUBLIC_THREADS, "POST", "/threads", 50013),
    ],
)
async def test_the_bot_is_refused_what_it_may_not_do(
    local: LoopbackDiscord,
    newsroom: Newsroom,
    denied: Permission,
    method: str,
    path: str,
    code: int,
):
    local.world.deny(newsroom.general, local.world.bot, denied)
    body = {"name": "t", "type": 11} if path == "/threads" else {"content": "x"}

    status, answer = await ask_rest(
        local,
        method,
        f"/channels/{newsroom.general.id}{path}",
        body if method == "POST" else None,
    )

    assert (status, answer["code"]) == (403, code)
    assert local.violations == []


async def test_a_reply_needs_the_history(local: LoopbackDiscord, newsroom: Newsroom):
    said = local.say(newsroom.alice, newsroom.general, "hello")
    local.world.deny(newsroom.general, local.world.bot, Permission.READ_MESSAGE_HISTORY)
    body = {"content": "x", "message_reference": {"message_id": said.id}}

    status, answer = await ask_rest(
        local, "POST", f"/channels/{newsroom.general.id}/messages", body
    )

    assert (status, answer["code"]) == (403, 50013)


async def test_embeds_vanish_where_the_bot_may_not_embed(
    local: LoopbackDiscord, newsroom: Newsroom
):
    local.world.deny(newsroom.general, local.world.bot, Permission.EMBED_LINKS)
    body = {"content": "x", "embeds": [{"title": "t"}]}

    _, sent = await ask_rest(local, "POST", f"/channels/{newsroom.general.id}/messages", body)

    assert sent["embeds"] == []


async def test_a_thread_has_a_permission_of_its_own(local: LoopbackDiscord, newsroom: Newsroom):
    local.world.deny(newsroom.general, local.world.bot, Permission.SEND_MESSAGES)
    thread = local.world.add_thread(newsroom.general, "thread", newsroom.alice)
    path = f"/channels/{thread.id}/messages"
    assert (await ask_rest(local, "POST", path, {"content": "x"}))[0] == 200

    local.world.deny(newsroom.general, local.world.bot, Permission.SEND_MESSAGES_IN_THREADS)

    assert (await ask_rest(local, "POST", path, {"content": "x"}))[0] == 403


async def test_not_everyone_takes_direct_messages(local: LoopbackDiscord, newsroom: Newsroom):
    newsroom.alice.accepts_direct_messages = False
    path = f"/channels/{local.world.dm(newsroom.alice).id}/messages"

    status, answer = await ask_rest(local, "POST", path, {"content": "x"})

    assert (status, answer["code"]) == (403, 50007)


async def test_what_was_taken_can_be_given_back(local: LoopbackDiscord, newsroom: Newsroom):
    path = f"/channels/{newsroom.general.id}/messages"
    local.world.deny(newsroom.general, local.world.bot, Permission.SEND_MESSAGES)

    local.world.allow(newsroom.general, local.world.bot, Permission.SEND_MESSAGES)

    assert (await ask_rest(local, "POST", path, {"content": "x"}))[0] == 200


async def test_a_deleted_channel_is_gone_for_the_client_too(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    channel = local.world.add_channel(newsroom.guild, "short-lived")
    await eventually(lambda: sample_bot.get_channel(channel.id))

    local.world.delete_channel(channel)

    await eventually(lambda: sample_bot.get_channel(channel.id) is None)
    status, answer = await ask_rest(local, "GET", f"/channels/{channel.id}")
    assert (status, answer["code"]) == (404, 10003)


async def test_a_message_has_one_thread(local: LoopbackDiscord, newsroom: Newsroom):
    said = local.say(newsroom.alice, newsroom.general, "hello")
    path = f"/channels/{newsroom.general.id}/messages/{said.id}/threads"

    status, thread = await ask_rest(local, "POST", path, {"name": "t"})
    assert (status, thread["id"]) == (201, str(said.id))

    status, answer = await ask_rest(local, "POST", path, {"name": "t"})
    assert (status, answer["code"]) == (400, 160004)


async def test_the_client_is_told_what_the_bot_may_do(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    channel = sample_bot.get_channel(newsroom.general.id)
    assert isinstance(channel, discord.TextChannel)
    assert channel.permissions_for(channel.guild.me).embed_links

    local.world.deny(newsroom.general, local.world.bot, Permission.EMBED_LINKS)

    await eventually(lambda: not channel.permissions_for(channel.guild.me).embed_links)


async def test_the_bot_does_not_hear_of_channels_that_it_cannot_see(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    local.world.deny(newsroom.general, local.world.bot, Permission.VIEW_CHANNEL)
    local.say(newsroom.alice, newsroom.general, f"{local.world.bot.mention} the storm?")

    await local.ask(newsroom.alice, local.world.dm(newsroom.alice), "the merger?")

    assert sample_bot.seen == ["the merger?"]


@pytest.mark.parametrize(
    ("denied", "reason"),
    [
        (Permission.VIEW_CHANNEL, "cannot see"),
        (Permission.USE_APPLICATION_COMMANDS, "may not use application commands"),
    ],
)
async def test_people_are_refused_what_they_may_not_do(
    local: LoopbackDiscord,
    newsroom: Newsroom,
    sample_bot: SampleBot,
    denied: Permission,
    reason: str,
):
    local.world.deny(newsroom.general, newsroom.alice, denied)

    with pytest.raises(CannotInvokeError, match=reason):
        local.slash(newsroom.alice, newsroom.general, "ask", question="storm?")

    await local.slash(newsroom.olive, newsroom.general, "ask", question="storm?").final()
    assert sample_bot.errors == []


async def test_what_a_person_may_not_write_is_not_written(
    local: LoopbackDiscord, newsroom: Newsroom
):
    local.world.deny(newsroom.general, newsroom.alice, Permission.SEND_MESSAGES)
    with pytest.raises(CannotInvokeError, match="may not write"):
        local.say(newsroom.alice, newsroom.general, "hello")
    with pytest.raises(CannotInvokeError, match="1 to 2000"):
        local.say(newsroom.olive, newsroom.general, "x" * 2001)
    with pytest.raises(CannotInvokeError, match="not part of"):
        local.say(newsroom.olive, local.world.dm(newsroom.alice), "hello")


async def test_a_member_who_was_granted_it_is_offered_admin_commands(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    newsroom.guild.grant(newsroom.alice, Permission.MANAGE_GUILD)

    answer = await local.slash(newsroom.alice, newsroom.general, "feeds add", url="x").final()

    assert answer.content == "Added x to None"
    assert sample_bot.errors == []


async def test_a_user_installed_bot_answers_in_a_server_without_it(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    foreign = local.world.add_guild("Elsewhere", newsroom.olive, has_bot=False)
    channel = local.world.add_channel(foreign, "general")

    answer = await local.slash(newsroom.alice, channel, "ask", question="the storm").final()

    assert "90mph" in answer.text
    with pytest.raises(CannotInvokeError, match="not installed by users"):
        local.slash(newsroom.olive, channel, "feeds add", url="x")
    status, refused = await ask_rest(
        local, "POST", f"/channels/{channel.id}/messages", {"content": "x"}
    )
    assert (status, refused["code"]) == (403, 50001)
    assert sample_bot.get_guild(foreign.id) is None
    assert local.violations == []


async def test_a_guild_only_group_is_offered_in_direct_conversations_all_the_same(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    """discord.py ignores `guild_only` once the tree has `allowed_contexts` (discord.py#10171)."""
    group = discord.app_commands.Group(name="admin", description="Admin", guild_only=True)

    @group.command(name="act", description="Act")
    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("done")

    sample_bot.tree.add_command(group)
    await sample_bot.tree.sync()

    registered = next(each for each in local.commands() if each["name"] == "admin")
    assert registered["contexts"] == [0, 1, 2]
    conversation = local.world.dm(newsroom.alice)
    assert (await local.slash(newsroom.alice, conversation, "admin act").final()).text == "done"


async def test_the_bot_edits_its_own_messages_only(local: LoopbackDiscord, newsroom: Newsroom):
    said = local.say(newsroom.alice, newsroom.general, "hello")
    path = f"/channels/{newsroom.general.id}/messages/{said.id}"

    edited = await ask_rest(local, "PATCH", path, {"content": "x"})
    deleted = await ask_rest(local, "DELETE", path)

    assert (edited[0], edited[1]["code"]) == (403, 50005)
    assert (deleted[0], deleted[1]["code"]) == (403, 50013)
    assert said.content == "hello"


async def test_an_ephemeral_message_is_not_there_for_the_channel(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    message = await local.slash(
        newsroom.alice, newsroom.general, "ask", question="storm", private=True
    ).final()
    path = f"/channels/{newsroom.general.id}/messages"

    assert (await ask_rest(local, "GET", f"{path}/{message.id}"))[1]["code"] == 10008
    assert (await ask_rest(local, "GET", path))[1] == []
    assert sample_bot.seen == []
