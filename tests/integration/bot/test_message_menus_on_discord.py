from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.views import limits
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE, HOSTILE, LONG

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord, Message, Newsroom

SEARCH = "Search the news for this"
CHECK = "Is this quoted correctly?"


async def chosen(local: LoopbackDiscord, room: Newsroom, said: str | Message, name: str) -> Message:
    """What Olive is shown, and she alone, of what Alice wrote."""
    message = local.say(room.alice, room.general, said) if isinstance(said, str) else said
    told = await local.message_menu(room.olive, message, name).final()
    assert told.is_ephemeral
    assert not told.is_visible_to(room.alice)
    assert told.mentioned_ids == frozenset()
    assert limits.length(told.text) <= limits.LAYOUT_TEXT_LENGTH
    return told


@pytest.mark.usefixtures("bot")
async def test_a_quotation_is_checked_and_its_source_is_named(
    local: LoopbackDiscord, room: Newsroom
):
    told = await chosen(local, room, f"They wrote “{FED_SENTENCE}”, I think", CHECK)
    assert "**Quoted correctly, word for word:**" in told.text
    assert f"> {FED_SENTENCE}\n**Fed holds rates**\n-# The Example · 4 March 2026" in told.text
    assert "https://news.example/fed-holds-rates#:~:text=The%20Federal" in told.text

    wrong = FED_SENTENCE.replace("held", "raised").replace(" steady", "")
    told = await chosen(local, room, f"> {wrong}", CHECK)
    assert "**Nearly, but not word for word. What was published:**" in told.text
    assert f"> {FED_SENTENCE}\n- “raised” stands for “held”\n- left out: “steady”" in told.text

    told = await chosen(local, room, FED_SENTENCE.upper(), CHECK)
    assert "**The same words; only punctuation, spaces or capitals differ." in told.text

    told = await chosen(local, room, "Who knows whether bakers strike on Neptune?", CHECK)
    assert "**I do not find that in the news I have:**" in told.text
    assert "no proof" in told.text

    told = await chosen(local, room, "so what", CHECK)
    assert told.content == "That message quotes nothing that I could look for; it takes 3 words."


@pytest.mark.usefixtures("bot")
async def test_answers_of_the_bot_and_hostile_words_are_checked_like_any_others(
    local: LoopbackDiscord, room: Newsroom
):
    answer = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
    told = await chosen(local, room, answer, CHECK)
    assert told.text.startswith("**Quoted correctly, word for word:**\n> The Federal Reserve")
    told = await chosen(local, room, HOSTILE["text"][:80], CHECK)
    assert "**Quoted correctly" in told.text
    assert "@everyone" not in told.text.replace("@\u200b", "")
    told = await chosen(local, room, LONG["text"][:1900], CHECK)
    assert "The Example" in told.text


@pytest.mark.usefixtures("bot")
async def test_the_news_is_searched_for_what_a_message_says(local: LoopbackDiscord, room: Newsroom):
    said = 'publisher:nobody "**Strong winds** -storm since:soon on the _coast_, they say'
    told = await chosen(local, room, said, SEARCH)
    assert "Storm report" in told.text
    assert told.button_labels == ["Previous", "Next"]
    with local.watch(room.general) as watch:
        local.click(room.olive, told, "Next")
        assert "page 2 of" in (await watch.edited()).text
    told = await chosen(local, room, "?!", SEARCH)
    assert told.content == "There are no words in that message to look for."
