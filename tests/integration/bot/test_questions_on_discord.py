from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest

from bot.commands.conversation import usage
from bot.commands.cooldown import Cooldown
from bot.sandbox import CallbackType, MessageFlag, Permission
from bot.texts import english
from bot.views import limits
from tests.integration.bot.corpus import (
    FED_QUESTION,
    FED_SENTENCE,
    HOSTILE_QUESTION,
    LONG_QUESTION,
    NOT_IN_THE_NEWS,
)
from tests.integration.bot.live import live_bot
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answering.model import Answer, Question
    from bot.sandbox import LoopbackDiscord, Message, Newsroom


def displays(message: Message) -> list[str]:
    """The texts of a message, however it was sent."""
    if message.content:
        return message.content.split("\n\n")
    return [part["content"] for part in message.components if "content" in part]


@pytest.mark.usefixtures("bot")
async def test_ask_answers_with_a_quote_its_date_its_publisher_and_a_link(
    local: LoopbackDiscord, room: Newsroom
):
    asked = local.slash(room.alice, room.general, "ask", question=FED_QUESTION)
    message = await asked.final()
    assert asked.callback_type is CallbackType.DEFERRED_MESSAGE
    assert MessageFlag.COMPONENTS_V2 in message.flags
    assert not message.is_ephemeral
    assert f"> {FED_SENTENCE}" in message.text
    assert "The Example · 4 March 2026 · A. Writer · " in message.text
    assert "(<https://news.example/fed-holds-rates#:~:text=The%20Federal%20Reserve" in message.text


@pytest.mark.usefixtures("bot")
async def test_every_route_gives_the_same_answer(local: LoopbackDiscord, room: Newsroom):
    mention = local.world.bot.mention
    slash = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
    mentioned = await local.ask(room.alice, room.general, f"{mention} {FED_QUESTION}")
    at_the_end = await local.ask(room.alice, room.general, f"{FED_QUESTION} {mention}")
    dm = local.world.dm(room.alice)
    direct = await local.ask(room.alice, dm, FED_QUESTION)
    slash_in_dm = await local.slash(room.alice, dm, "ask", question=FED_QUESTION).final()
    for message in (mentioned, at_the_end, direct, slash_in_dm):
        assert displays(message) == displays(slash)
    assert "\n\n".join(displays(slash)) == mentioned.content


@pytest.mark.usefixtures("bot")
async def test_operators_are_read_and_told_on_every_route(local: LoopbackDiscord, room: Newsroom):
    question = f"{FED_QUESTION} “interest rates” -storm author:writer since:2026-03-01"
    slash = await local.slash(room.alice, room.general, "ask", question=question).final()
    mention = f"{local.world.bot.mention} {question}"
    mentioned = await local.ask(room.alice, room.general, mention)
    direct = await local.ask(room.alice, local.world.dm(room.alice), question)
    assert f"> {FED_SENTENCE}" in slash.text
    assert (
        '-# Understood as: "interest rates" word for word · without storm · '
        "articles since Sunday, 1 March 2026 · by writer"
    ) in slash.text
    assert displays(mentioned) == displays(direct) == displays(slash)


@pytest.mark.usefixtures("bot")
async def test_what_was_typed_does_no_harm_in_what_is_told(local: LoopbackDiscord, room: Newsroom):
    question = f'{FED_QUESTION} -@everyone -"<@1> **x**" author:@here'
    for message in (
        await local.slash(room.alice, room.general, "ask", question=question).final(),
        await local.ask(room.alice, local.world.dm(room.alice), question),
    ):
        assert message.mentioned_ids == frozenset()
        assert "@everyone" not in message.text.replace("@\u200b", "")
        assert "by @\u200bhere" in message.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ('What is the "grain deal', 'is not closed; type a " after the phrase, too.'),
        ("-sport", "That only says what to leave out"),
        ("rates since:soon", "is not a date that I understand"),
        ("rates publisher:exampel", 'did you mean publisher\\:"The Example"?'),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_what_cannot_be_understood_is_explained_on_every_route(
    local: LoopbackDiscord, room: Newsroom, question: str, told: str
):
    slash = await local.slash(room.alice, room.general, "ask", question=question).final()
    direct = await local.ask(room.alice, local.world.dm(room.alice), question)
    assert told in slash.text
    assert told in direct.content


@pytest.mark.usefixtures("bot")
async def test_a_reply_points_at_the_question_and_pings_nobody(
    local: LoopbackDiscord, room: Newsroom
):
    with local.watch(room.general) as watch:
        question = local.say(room.alice, room.general, f"{local.world.bot.mention} {FED_QUESTION}")
        reply = await watch.posted()
    assert reply.replies_to == question.id
    assert reply.mentioned_ids == frozenset()
    assert MessageFlag.SUPPRESS_EMBEDS in reply.flags
    assert MessageFlag.COMPONENTS_V2 not in reply.flags


@pytest.mark.usefixtures("bot")
async def test_replying_to_the_bot_with_a_ping_is_asking_it(local: LoopbackDiscord, room: Newsroom):
    first = await local.ask(room.alice, room.general, f"{local.world.bot.mention} {FED_QUESTION}")
    second = await local.ask(
        room.alice, room.general, f"{local.world.bot.mention} {FED_QUESTION}", reply_to=first
    )
    assert second.content == first.content


@pytest.mark.usefixtures("bot")
async def test_a_private_answer_is_seen_by_the_asker_alone(local: LoopbackDiscord, room: Newsroom):
    message = await local.slash(
        room.alice, room.general, "ask", question=FED_QUESTION, private=True
    ).final()
    assert message.is_ephemeral
    assert not message.is_visible_to(room.olive)
    assert FED_SENTENCE in message.text


@pytest.mark.usefixtures("bot")
async def test_what_the_news_does_not_say_is_not_answered(local: LoopbackDiscord, room: Newsroom):
    slash = await local.slash(room.alice, room.general, "ask", question=NOT_IN_THE_NEWS).final()
    direct = await local.ask(room.alice, local.world.dm(room.alice), NOT_IN_THE_NEWS)
    assert "**Nothing in the news I have is about that.**" in slash.text
    assert displays(direct) == displays(slash)


@pytest.mark.parametrize("question", [HOSTILE_QUESTION, LONG_QUESTION, "gargoyle", "zeppelin"])
@pytest.mark.usefixtures("bot")
async def test_hostile_news_neither_pings_nor_formats_nor_overflows(
    local: LoopbackDiscord, room: Newsroom, question: str
):
    slash = await local.slash(room.alice, room.general, "ask", question=question).final()
    mentioned = await local.ask(room.alice, room.general, f"{local.world.bot.mention} {question}")
    found = await local.slash(room.alice, room.general, "search", query=question).final()
    assert limits.length(mentioned.content) <= limits.CONTENT_LENGTH
    for message in (slash, mentioned, found):
        text = message.text
        assert message.mentioned_ids == frozenset()
        assert message.payload["mention_everyone"] is False
        assert not re.search(r"@everyone|@here|<@[!&]?\d|<#\d|</ask:4|<:smile|<t:0", text)
        assert not re.search(r"(?<!\()(?<!<)https://evil", text)
        assert "\u202e" not in text
    if question == HOSTILE_QUESTION:
        assert "@\u200beveryone, @\u200bhere, \\<\\@\u200b1>, " in slash.text
        assert "(<https://news.example/a%29b%28c%3E%40everyone#" in slash.text


@pytest.mark.usefixtures("bot")
async def test_a_mention_without_a_question_is_told_how_to_ask(
    local: LoopbackDiscord, room: Newsroom
):
    reply = await local.ask(room.alice, room.general, f" {local.world.bot.mention} ")
    assert reply.content == usage(english())


@pytest.mark.usefixtures("bot")
async def test_a_question_that_is_too_long_is_refused_politely(
    local: LoopbackDiscord, room: Newsroom
):
    text = f"{local.world.bot.mention} " + "why " * 100
    reply = await local.ask(room.alice, room.general, text)
    assert reply.content.startswith("That is 399 characters long, and a question may have 300")


@pytest.mark.usefixtures("bot")
async def test_talk_that_is_not_meant_for_the_bot_is_left_alone(
    local: LoopbackDiscord, room: Newsroom
):
    other = local.world.add_user("Other bot", is_bot=True)
    room.guild.members[other.id] = other
    with local.watch(room.general) as watch:
        local.say(room.alice, room.general, FED_QUESTION)
        local.say(room.alice, room.general, f"{room.olive.mention} {FED_QUESTION}")
        local.say(room.alice, room.general, f"@everyone {FED_QUESTION}")
        local.say(other, room.general, f"{local.world.bot.mention} {FED_QUESTION}")
        with pytest.raises(TimeoutError):
            await watch.posted(0.3)


@pytest.mark.usefixtures("bot")
async def test_a_question_is_answered_even_after_it_was_deleted(
    local: LoopbackDiscord, room: Newsroom
):
    with local.watch(room.general) as watch:
        question = local.say(room.alice, room.general, f"{local.world.bot.mention} {FED_QUESTION}")
        del room.general.messages[question.id]
        reply = await watch.posted()
    assert FED_SENTENCE in reply.content


@pytest.mark.usefixtures("bot")
async def test_a_channel_where_the_bot_may_not_write_does_no_harm(
    local: LoopbackDiscord, room: Newsroom
):
    local.world.deny(room.general, local.world.bot, Permission.SEND_MESSAGES)
    with local.watch(room.general) as watch:
        local.say(room.alice, room.general, f"{local.world.bot.mention} {FED_QUESTION}")
        with pytest.raises(TimeoutError):
            await watch.posted(0.3)
    direct = await local.ask(room.alice, local.world.dm(room.alice), FED_QUESTION)
    assert FED_SENTENCE in direct.content


@pytest.mark.usefixtures("bot")
async def test_a_thread_is_as_good_as_a_channel(local: LoopbackDiscord, room: Newsroom):
    thread = local.world.add_thread(room.general, "news", room.alice)
    reply = await local.ask(room.alice, thread, f"{local.world.bot.mention} {FED_QUESTION}")
    assert FED_SENTENCE in reply.content


@pytest.mark.usefixtures("bot")
async def test_a_person_may_bring_the_bot_along_to_a_server_that_has_not_installed_it(
    local: LoopbackDiscord, room: Newsroom
):
    elsewhere = local.world.add_guild("Elsewhere", room.olive, has_bot=False)
    elsewhere.members[room.alice.id] = room.alice
    channel = local.world.add_channel(elsewhere, "general")
    before = len(local.requests)
    message = await local.slash(room.alice, channel, "ask", question=FED_QUESTION).final()
    assert FED_SENTENCE in message.text
    paths = [exchange.path for exchange in local.requests[before:]]
    assert all("/channels/" not in path for path in paths), paths


async def test_whoever_asks_too_often_is_asked_to_wait(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir, cooldown=Cooldown(2, 60.0)):
        for _ in range(2):
            await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
        refused = await local.slash(room.alice, room.general, "search", query="storm").final()
        assert refused.is_ephemeral
        assert refused.content == (
            "That is a lot of questions at once; please wait 60 seconds, then ask again."
        )
        # she was told; her messages are not answered with the same again and again
        with local.watch(room.general) as watch:
            local.say(room.alice, room.general, f"{local.world.bot.mention} {FED_QUESTION}")
            with pytest.raises(TimeoutError):
                await watch.posted(0.2)
        other = await local.slash(room.olive, room.general, "ask", question=FED_QUESTION).final()
        assert FED_SENTENCE in other.text


class SlowAnswers:
    """Takes its time, then answers as another does."""

    def __init__(self) -> None:
        self.release = asyncio.Event()

    async def answer(self, question: Question, _community: str | None) -> Answer:
        await self.release.wait()
        raise RuntimeError(f"no answer to {question.text}")


async def test_typing_is_shown_while_an_answer_takes_its_time_and_a_crash_is_owned_up_to(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    answers = SlowAnswers()
    async with live_bot(local, data_dir, answers=answers):
        with local.watch(room.general) as watch:
            question = local.say(room.alice, room.general, f"{local.world.bot.mention} why?")
            await eventually(lambda: any(each.path.endswith("/typing") for each in local.requests))
            answers.release.set()
            reply = await watch.posted()
        assert reply.content.startswith("Something went wrong on my side")
        assert str(question.id) in reply.content
        asked = local.slash(room.alice, room.general, "ask", question="why?")
        message = await asked.final()
        assert "Something went wrong on my side" in message.content
        assert f"the reference {asked.id}" in message.content


@pytest.mark.usefixtures("bot")
async def test_a_blank_question_is_no_question(local: LoopbackDiscord, room: Newsroom):
    # Discord's client sends no blanks, but white space of other kinds counts as text there
    message = await local.slash(room.alice, room.general, "ask", question="\u200b\u2060?").final()
    assert message.text


@pytest.mark.usefixtures("bot")
async def test_a_bot_that_may_not_read_what_was_written_still_answers(
    local: LoopbackDiscord, room: Newsroom
):
    local.world.deny(room.general, local.world.bot, Permission.READ_MESSAGE_HISTORY)
    reply = await local.ask(room.alice, room.general, f"{local.world.bot.mention} {FED_QUESTION}")
    assert FED_SENTENCE in reply.text
    assert reply.replies_to is None


@pytest.mark.usefixtures("bot")
async def test_others_who_are_mentioned_in_a_question_are_named(
    local: LoopbackDiscord, room: Newsroom
):
    question = f"{local.world.bot.mention} what did {room.olive.mention} say in the storm?"
    reply = await local.ask(room.alice, room.general, question)
    assert "what did Olive say in the storm?" in reply.text
    assert str(room.olive.id) not in reply.text
    assert reply.mentioned_ids == set()


async def test_turning_pages_counts_as_asking(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir, cooldown=Cooldown(2, 60.0)):
        message = await local.slash(room.alice, room.general, "search", query="storm winds").final()
        await local.click(room.alice, message, "Next").done()
        refused = await local.click(room.alice, message, "Next").final()
    assert refused.is_ephemeral
    assert "page 3" not in message.text
