"""A second opinion: another simulation of Discord, made by others, takes what the bot does."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import discord
import simcord

from bot.client import PullquoteClient
from bot.client.background import Paces
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.live import parts_over

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

# it waits out every timer that is about to end, so that none may come again and again
NEVER = 1e6


class Elsewhere(NamedTuple):
    discord: simcord.Env
    general: Any
    reader: Any


@asynccontextmanager
async def elsewhere(data_dir: Path) -> AsyncIterator[Elsewhere]:
    """The bot in a server of the other simulation; what it did not foresee is raised at the end."""
    async with parts_over(data_dir) as (parts, _):
        paces = Paces(NEVER, NEVER, NEVER)
        client = PullquoteClient(parts, guild_ready_timeout=0.02, paces=paces)
        async with simcord.run(client, shard_count=1) as env:
            general = env.create_guild().create_text_channel("general")
            yield Elsewhere(env, general, env.guild.add_member(env.create_user("reader")))


def text_of(message: Any) -> str:
    return json.dumps(message.components, ensure_ascii=False)


async def test_a_question_is_answered_and_its_buttons_work(data_dir: Path):
    async with elsewhere(data_dir) as (_, general, reader):
        asked = await reader.slash(general, "ask", question=FED_QUESTION)
        assert FED_SENTENCE in text_of(asked.response)
        assert not asked.ephemeral
        why = await reader.click(asked.response, label="Why this?")
        assert why.ephemeral
        context = await reader.click(asked.response, label="Context")
        assert FED_SENTENCE in text_of(context.response)


async def test_every_command_that_a_reader_sees_is_taken(data_dir: Path):
    async with elsewhere(data_dir) as (_, general, reader):
        offered = {name.split()[0] for name in reader.available_commands(general)}
        assert {"ask", "search", "latest", "article", "alerts", "status"} <= offered
        assert "reindex" not in offered
        for command in (("search", {"query": "interest rates"}), ("latest", {})):
            found = await reader.slash(general, command[0], **command[1])
            assert "Fed holds rates" in text_of(found.response)
        (headline, *_) = await reader.autocomplete(general, "article", "headline", "Fed")
        shown = await reader.slash(general, "article", headline=headline["value"])
        assert "Fed holds rates" in text_of(shown.response)


async def test_a_mention_is_answered_with_a_reply(data_dir: Path):
    async with elsewhere(data_dir) as (env, general, reader):
        said = await reader.send(general, f"<@{env.bot.user.id}> {FED_QUESTION}")
        answer = general.last_message
        assert answer.reference.message_id == said.id
        assert FED_SENTENCE in answer.content
        checked = await reader.context_menu(general, "Is this quoted correctly?", said)
        assert checked.ephemeral


async def test_who_manages_the_server_has_its_files_read_again(data_dir: Path):
    async with elsewhere(data_dir) as (env, general, _):
        rights = discord.Permissions(manage_guild=True)
        admins = env.guild.create_role("Admins", permissions=rights)
        admin = env.guild.add_member(env.create_user("admin"), roles=[admins])
        told = await admin.slash(general, "reindex")
        assert told.ephemeral
        assert "unchanged" in general.last_message.content


async def test_whoever_runs_the_server_sets_it_up_and_a_reader_is_held_to_it(data_dir: Path):
    async with elsewhere(data_dir) as (env, general, reader):
        news = env.guild.create_text_channel("news")
        role = env.guild.create_role("owner", permissions=discord.Permissions(manage_guild=True))
        owner = env.guild.add_member(env.create_user("owner"), roles=[role])
        setup = await owner.slash(general, "setup")
        assert setup.ephemeral
        await owner.select(setup.response, [news], custom_id="setup:channels")
        await owner.select(setup.response, ["de"], custom_id="setup:language")
        refused = await reader.slash(general, "ask", question=FED_QUESTION)
        assert refused.ephemeral
        assert "ask in #news" in refused.response.content
        answer = await reader.slash(news, "ask", question=FED_QUESTION)
        assert "Antwort auf" in text_of(answer.response)
