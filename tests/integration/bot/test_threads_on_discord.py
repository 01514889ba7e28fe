"""Answers in threads of their own, where a server has decided so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.commands.message_content import MessageContent
from bot.sandbox import Permission
from bot.sandbox.wire import ChannelType
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.live import LiveBot, live_bot, parts_over
from tests.integration.bot.test_follow_ups_on_discord import (
    OF_HARBOUR,
    OF_TRAMS,
    QUESTION,
    _more_news,
)
from tests.integration.bot.test_question_channel_on_discord import staying
from tests.integration.bot.test_settings_on_discord import told
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom

more_news = _more_news
READ_AS = "-# Follow-up, read as: What did Mayor Jane Dunmore say about the trams?"


async def switch_on(bot: LiveBot, room: Newsroom, log: Channel | None = None) -> None:
    await bot.memory.servers.change(
        room.guild.id,
        lambda known: replace(known, opens_threads=True, log_channel_id=log and log.id),
    )


def threads_of(local: LoopbackDiscord, room: Newsroom) -> list[Channel]:
    return [
        each
        for each in local.world.channels.values()
        if each.is_thread and each.guild is room.guild
    ]


async def asked_in_thread(
    local: LoopbackDiscord, room: Newsroom, text: str = QUESTION
) -> tuple[Channel, Message]:
    """The thread that is opened for a question, and what is said in it."""
    known = len(threads_of(local, room))
    local.say(room.alice, room.general, f"{local.world.bot.mention} {text}")
    await eventually(lambda: len(threads_of(local, room)) > known)
    thread = threads_of(local, room)[-1]
    await eventually(lambda: bool(thread.messages))
    return thread, local.messages(thread)[-1]


@pytest.fixture
def reading() -> MessageContent:
    return MessageContent("always")


async def test_a_question_opens_a_thread_that_keeps_its_context_also_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, reading: MessageContent
):
    async with live_bot(local, data_dir, content=reading) as bot:
        await switch_on(bot, room)
        thread, answer = await asked_in_thread(local, room)
        assert thread.name == QUESTION
        assert f"> {OF_HARBOUR}" in answer.content
        assert len(room.general.messages) == 1  # the question alone
        text = "and what did she say about the trams?"
        answer = await local.ask(room.olive, thread, text)
        assert answer.content.startswith(READ_AS)
        assert OF_TRAMS in answer.content
    async with live_bot(local, data_dir, content=reading):
        answer = await local.ask(room.alice, thread, "and the harbour?")
        assert "read as: What did Mayor Jane Dunmore say about the harbour?" in answer.content
        assert len(threads_of(local, room)) == 1  # a thread in a thread there is not


async def test_what_people_say_to_each_other_in_a_thread_stays_between_them(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, reading: MessageContent
):
    async with live_bot(local, data_dir, content=reading) as bot:
        await switch_on(bot, room)
        thread, _ = await asked_in_thread(local, room)
        theirs = local.say(room.olive, thread, f"{room.alice.mention} and about the trams?")
        local.say(room.alice, thread, "and about the trams?", reply_to=theirs)
        other = local.world.add_thread(room.general, "on rates", room.alice)
        local.say(room.alice, other, "and about the trams?")
        answer = await local.ask(room.alice, thread, "and about the trams?")
        assert READ_AS in answer.content
        assert len(thread.messages) == 5
        assert len(other.messages) == 1
        # who has it switched off hears nothing more there
        await told(local, room.olive, room.general, "settings reset", what="threads")
        local.say(room.alice, thread, "and about the harbour?")
        mention = f"{local.world.bot.mention} {FED_QUESTION}"
        assert FED_SENTENCE in (await local.ask(room.alice, thread, mention)).content
        assert len(thread.messages) == 8


async def test_without_the_intent_a_mention_in_the_thread_goes_on_from_it(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir, content=MessageContent("never")) as bot:
        await switch_on(bot, room)
        thread, _ = await asked_in_thread(local, room)
        text = f"{local.world.bot.mention} and about the trams?"
        assert READ_AS in (await local.ask(room.alice, thread, text)).content
        found = await told(local, room.olive, room.general, "diagnose")
        assert "switches on the Message Content Intent" in found.text


@pytest.mark.parametrize(
    "denied", [Permission.CREATE_PUBLIC_THREADS, Permission.SEND_MESSAGES_IN_THREADS]
)
async def test_where_no_thread_may_be_opened_the_channel_has_the_answer_and_the_log_is_told_once(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, denied: Permission
):
    log = local.world.add_channel(room.guild, "log")
    await switch_on(bot, room, log)
    local.world.deny(room.general, local.world.bot, denied)
    mention = f"{local.world.bot.mention} {FED_QUESTION}"
    for _ in range(2):
        assert FED_SENTENCE in (await local.ask(room.alice, room.general, mention)).content
    assert threads_of(local, room) == []
    (logged,) = local.messages(log)
    assert logged.content == (
        f"I may not open threads in {room.general.mention} and answer in the channel itself: allow "
        "me Create Public Threads and Send Messages in Threads under Edit Channel, Permissions."
    )
    title = {
        Permission.CREATE_PUBLIC_THREADS: "Create Public Threads",
        Permission.SEND_MESSAGES_IN_THREADS: "Send Messages in Threads",
    }[denied]
    found = await told(local, room.olive, room.general, "diagnose")
    assert f"- I lack the permission {title} here" in found.text


async def test_only_answers_open_threads_and_only_where_the_server_wants_it(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    mention = local.world.bot.mention
    assert (
        FED_SENTENCE
        in (await local.ask(room.alice, room.general, f"{mention} {FED_QUESTION}")).content
    )
    await switch_on(bot, room)
    usage = await local.ask(room.alice, room.general, mention)
    assert "Mention me together with a question" in usage.content
    refused = await local.ask(room.alice, room.general, f"{mention} {'long ' * 100}")
    assert "characters long" in refused.content
    dm = local.world.dm(room.alice)
    assert FED_SENTENCE in (await local.ask(room.alice, dm, FED_QUESTION)).content
    assert threads_of(local, room) == []
    thread, answer = await asked_in_thread(local, room, f"@everyone <@1> {'a' * 200}")
    assert len(thread.name) <= 100
    assert answer.mentioned_ids == frozenset()


async def test_a_channel_of_announcements_has_threads_and_where_none_can_be_the_answer_stays(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    await switch_on(bot, room)
    question = f"{local.world.bot.mention} {FED_QUESTION}"
    voice = local.world.add_channel(room.guild, "voice", ChannelType.VOICE)
    forum = local.world.add_channel(room.guild, "forum", ChannelType.FORUM)
    theirs = local.world.add_thread(forum, "on rates", room.alice)
    for channel in (voice, theirs):
        assert FED_SENTENCE in (await local.ask(room.alice, channel, question)).content
    assert threads_of(local, room) == [theirs]
    announced = local.world.add_channel(room.guild, "announced", ChannelType.ANNOUNCEMENT)
    local.say(room.alice, announced, question)
    await eventually(lambda: len(threads_of(local, room)) > 1)
    thread = threads_of(local, room)[-1]
    assert thread.parent is announced
    await eventually(lambda: bool(thread.messages))
    assert FED_SENTENCE in local.messages(thread)[-1].content


async def test_threads_are_switched_on_and_the_bot_begins_to_read_what_is_written_in_them(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with parts_over(data_dir) as (parts, _), staying(local, parts) as clients:
        decided = await told(local, room.olive, room.general, "settings set", threads=True)
        assert "Answers to messages: in the channel of the question → in a thread" in decided.text
        assert "I now connect to Discord anew" in decided.text
        await eventually(lambda: len(clients) == 2 and clients[-1].is_ready())
        thread, _ = await asked_in_thread(local, room)
        assert READ_AS in (await local.ask(room.alice, thread, "and about the trams?")).content
        message = await told(local, room.olive, room.general, "setup")
        with local.watch(room.general) as watch:
            local.click(room.olive, message, "Answer messages in the channel")
            assert "→ in the channel of the question" in (await watch.edited()).text
        assert not parts.memory.servers.of(room.guild.id).opens_threads
