"""What a person's client shows of commands in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp

from bot.sandbox.page import Page
from bot.sandbox.page.localising import languages, localised
from tests.integration.sandbox.running import ask_rest

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord, Newsroom

COMMAND = {
    "name": "ask",
    "name_localizations": {"de": "fragen"},
    "description": "Ask the news",
    "description_localizations": {"de": "Die Nachrichten fragen"},
    "type": 1,
    "options": [
        {
            "name": "sort",
            "name_localizations": {"de": "sortierung"},
            "description": "How",
            "type": 3,
            "choices": [{"name": "newest", "value": "n", "name_localizations": {"de": "neueste"}}],
        }
    ],
}


def test_a_command_is_shown_in_a_language_and_sent_by_its_name():
    shown = localised(COMMAND, "de")

    assert (shown["name"], shown["label"]) == ("ask", "fragen")
    assert shown["description"] == "Die Nachrichten fragen"
    (option,) = shown["options"]
    assert (option["name"], option["label"], option["description"]) == ("sort", "sortierung", "How")
    assert (option["choices"][0]["label"], option["choices"][0]["value"]) == ("neueste", "n")


def test_what_is_not_translated_is_shown_as_it_is():
    shown = localised(COMMAND, "fr")

    assert (shown["label"], shown["description"]) == ("ask", "Ask the news")


def test_the_languages_are_those_of_the_commands():
    assert languages([COMMAND, {"name": "status", "name_localizations": None}]) == ["en-US", "de"]


async def test_a_person_changes_their_language_on_the_page(
    local: LoopbackDiscord, newsroom: Newsroom
):
    path = f"/applications/{local.world.application_id}/commands"
    assert (await ask_rest(local, "PUT", path, [COMMAND]))[0] == 200
    order = {"as": str(newsroom.alice.id), "channel": "dm", "do": "speak", "language": "de"}
    async with Page(local, newsroom) as page, aiohttp.ClientSession() as session:
        async with session.get(f"{page.url}state") as response:
            before = await response.json()
        async with session.post(f"{page.url}act", json=order) as response:
            assert await response.json() == {}
        async with session.get(f"{page.url}state") as response:
            after = await response.json()

    assert (before["language"], after["language"]) == ("en-US", "de")
    assert before["revision"] != after["revision"]
    assert after["languages"] == ["en-US", "de"]
    assert newsroom.alice.locale == "de"
