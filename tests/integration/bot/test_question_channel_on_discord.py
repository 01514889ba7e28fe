from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.app import stay_connected
from bot.client import PullquoteClient
from bot.commands.message_content import PAUSE_SECONDS, MessageContent
from bot.sandbox import Intent, point_client
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.live import parts_over
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.commands.catalogue import Parts
    from bot.sandbox import LoopbackDiscord, Newsroom


@asynccontextmanager
async def staying(local: LoopbackDiscord, parts: Parts) -> AsyncIterator[list[PullquoteClient]]:
    """The bot as it runs for long; the clients are those it has connected with so far."""
    made: list[PullquoteClient] = []

    def new_client() -> PullquoteClient:
        made.append(PullquoteClient(parts, guild_ready_timeout=0.02))
        return made[-1]

    with point_client(local.api, local.gateway):
        task = asyncio.create_task(stay_connected(new_client, local.token))
        await eventually(lambda: bool(made) and made[-1].is_ready())
        yield made
        assert not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_every_message_in_a_channel_of_questions_is_one_and_nowhere_else(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    questions = local.world.add_channel(room.guild, "questions")
    async with parts_over(data_dir) as (parts, _), staying(local, parts) as clients:
        assert not clients[-1].reads_messages
        decided = await local.slash(
            room.olive, room.general, "settings set", questions=questions
        ).final()
        assert "I now connect to Discord anew" in decided.text
        await eventually(lambda: len(clients) == 2 and clients[-1].is_ready())
        assert clients[-1].reads_messages
        local.say(room.alice, room.general, FED_QUESTION)
        answer = await local.ask(room.alice, questions, FED_QUESTION)
        assert FED_SENTENCE in answer.content
        mention = f"{local.world.bot.mention} {FED_QUESTION}"
        assert FED_SENTENCE in (await local.ask(room.alice, questions, mention)).content
        # nobody is answered elsewhere, and no message of the bot's own is a question
        assert [each.author for each in local.messages(room.general, room.alice)] == [room.alice]
        assert len(questions.messages) == 4
        again = await local.slash(
            room.olive, room.general, "settings set", questions=questions
        ).final()
        assert "anew" not in again.text
        assert len(clients) == 2


async def test_an_intent_that_is_switched_off_is_explained_and_stops_nobody(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    local.gateway_server.approved_intents = Intent(0)
    async with parts_over(data_dir) as (parts, _):
        await parts.memory.servers.change(
            room.guild.id, lambda known: replace(known, question_channel_id=room.general.id)
        )
        async with staying(local, parts) as clients:
            assert [each.reads_messages for each in clients] == [True, False]
            local.say(room.alice, room.general, FED_QUESTION)
            mention = f"{local.world.bot.mention} {FED_QUESTION}"
            assert FED_SENTENCE in (await local.ask(room.alice, room.general, mention)).content
            assert len(room.general.messages) == 3
            decided = await local.slash(
                room.olive, room.general, "settings set", questions=room.general
            ).final()
            assert "switches on the Message Content Intent" in decided.text


async def test_who_runs_the_bot_may_forbid_it(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    never = MessageContent("never")
    async with (
        parts_over(data_dir, content=never) as (parts, _),
        staying(local, parts) as clients,
    ):
        decided = await local.slash(
            room.olive, room.general, "settings set", questions=room.general
        ).final()
        assert "Until then, questions have to mention me." in decided.text
        assert len(clients) == 1


async def test_the_intent_is_asked_for_only_where_it_is_needed(data_dir: Path):
    now = 0.0
    content = MessageContent(clock=lambda: now)
    async with parts_over(data_dir) as (parts, _):
        servers = parts.memory.servers
        assert not content.asks(servers)
        assert MessageContent("always").asks(servers)
        await servers.change(1, lambda known: replace(known, question_channel_id=2))
        assert content.asks(servers)
        content.refuse()
        assert not content.asks(servers)
        assert not content.try_again()
        now = PAUSE_SECONDS
        assert content.try_again()
        assert content.asks(servers)
