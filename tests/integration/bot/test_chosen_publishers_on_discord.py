"""A server that has chosen publishers is quoted nobody else, whatever way somebody asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE, HOSTILE, HOSTILE_QUESTION
from tests.integration.bot.live import LiveBot, live_bot
from tests.integration.bot.test_settings_on_discord import told

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom

HARBOUR, EXAMPLE = "Harbour Post", "The Example"


async def test_who_is_chosen_alone_is_quoted_also_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        answer = await told(local, room.alice, room.general, "ask", question=FED_QUESTION)
        assert FED_SENTENCE in answer.text
        decided = await told(
            local, room.olive, room.general, "settings publishers", allow="harbour post"
        )
        assert f"Publishers: all → {HARBOUR}" in decided.text
    async with live_bot(local, data_dir):
        for name, options in (
            ("ask", {"question": FED_QUESTION}),
            ("search", {"query": "federal reserve"}),
            ("latest", {}),
            ("article", {"headline": "Fed holds rates"}),
            ("article", {"headline": "#1"}),
            ("sources", {}),
        ):
            shown = await told(local, room.alice, room.general, name, **options)
            assert FED_SENTENCE not in shown.text, name
            assert EXAMPLE not in shown.text, name
        storms = await told(local, room.alice, room.general, "search", query="storm winds")
        assert "12 passages" in storms.text
        context = await local.click(room.alice, answer, "Context").final()
        assert FED_SENTENCE not in context.text
        for name, option in (("search", "publisher"), ("article", "headline")):
            typed = {"query": "storm"} if name == "search" else {}
            choices = await local.autocomplete(
                room.alice, room.general, name, option, **typed, **{option: ""}
            )
            assert EXAMPLE not in json.dumps(choices)
            assert "Fed holds" not in json.dumps(choices)
        # in private, and in other servers, all are quoted
        mine = await local.ask(room.alice, local.world.dm(room.alice), FED_QUESTION)
        assert FED_SENTENCE in mine.content
        await told(local, room.olive, room.general, "settings publishers", disallow=HARBOUR)
        answer = await told(local, room.alice, room.general, "ask", question=FED_QUESTION)
        assert FED_SENTENCE in answer.text


async def test_publishers_are_chosen_in_the_set_up_whatever_they_are_called(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    rogue = str(HOSTILE["publisher"])
    message = await told(local, room.olive, room.general, "setup")
    with local.watch(room.general) as watch:
        local.select(room.olive, message, (rogue, HARBOUR), custom_id="setup:publishers")
        edited = await watch.edited()
    assert bot.memory.servers.of(room.guild.id).publishers == {rogue, HARBOUR}
    assert edited.mentioned_ids == frozenset()
    shown = await told(local, room.olive, room.general, "settings show")
    assert "Publishers** · Harbour Post, " in shown.text
    assert rogue not in shown.text  # it is escaped
    asked = await told(local, room.alice, room.general, "ask", question=HOSTILE_QUESTION)
    assert "zeppelin pilot" in asked.text
    reset = await told(local, room.olive, room.general, "settings reset", what="publishers")
    assert "Publishers: " in reset.text
    assert bot.memory.servers.of(room.guild.id).publishers == frozenset()


@pytest.mark.usefixtures("bot")
async def test_who_is_not_there_cannot_be_chosen(local: LoopbackDiscord, room: Newsroom):
    refused = await told(local, room.olive, room.general, "settings publishers", allow="Nobody")
    assert "There is no news from “Nobody”" in refused.text
    refused = await told(local, room.olive, room.general, "settings publishers")
    assert refused.text == "Name at least one thing to change."
