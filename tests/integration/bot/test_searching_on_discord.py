from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import CannotInvokeError
from index import Query
from index.query.model import Reading
from tests.integration.bot.corpus import STORM_COUNT
from tests.integration.bot.live import NOW, LiveBot, live_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Message, Newsroom, User


async def turned(local: LoopbackDiscord, person: User, message: Message, label: str) -> str:
    """What the message says after a click."""
    with local.watch(message.channel) as watch:
        local.click(person, message, label)
        edited = await watch.edited()
    assert edited.id == message.id
    return edited.text


async def storms(local: LoopbackDiscord, room: Newsroom) -> Message:
    return await local.slash(room.alice, room.general, "search", query="storm winds").final()


@pytest.mark.usefixtures("bot")
async def test_search_shows_a_page_of_five_with_their_sources(
    local: LoopbackDiscord, room: Newsroom
):
    message = await storms(local, room)
    assert f"{STORM_COUNT} passages for “storm winds” · page 1 of 3" in message.text
    assert message.text.count("Harbour Post") == 5
    assert message.text.count("Read it at the publisher") == 5
    assert message.button_labels == ["Previous", "Next"]


@pytest.mark.usefixtures("bot")
async def test_pages_are_turned_in_place_until_the_ends(local: LoopbackDiscord, room: Newsroom):
    message = await storms(local, room)
    with pytest.raises(CannotInvokeError):
        local.click(room.alice, message, "Previous")
    for page in (2, 3):
        assert f"page {page} of 3" in await turned(local, room.olive, message, "Next")
    with pytest.raises(CannotInvokeError):
        local.click(room.alice, message, "Next")
    assert "page 2 of 3" in await turned(local, room.alice, message, "Previous")


async def test_pages_are_still_turned_after_a_restart_and_after_other_views_came_and_went(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        message = await storms(local, room)
        await turned(local, room.alice, message, "Next")
    async with live_bot(local, data_dir):
        # discord.py 2.7.1 forgets dynamic buttons when certain views are edited: none of ours are
        other = await storms(local, room)
        await turned(local, room.alice, other, "Next")
        assert "page 3 of 3" in await turned(local, room.alice, message, "Next")


@pytest.mark.usefixtures("bot")
async def test_few_results_have_no_buttons(local: LoopbackDiscord, room: Newsroom):
    message = await local.slash(room.alice, room.general, "search", query="inflation").final()
    assert message.buttons == []
    assert "1 passage for" in message.text


@pytest.mark.usefixtures("bot")
async def test_nothing_found_is_said(local: LoopbackDiscord, room: Newsroom):
    message = await local.slash(room.alice, room.general, "search", query="xylophone").final()
    assert message.text == "Nothing in the news I have matches “xylophone”."


@pytest.mark.usefixtures("bot")
async def test_filters_narrow_the_search_and_days_are_inclusive(
    local: LoopbackDiscord, room: Newsroom
):
    message = await local.slash(
        room.alice,
        room.general,
        "search",
        query="storm",
        publisher="harbour post",
        since="2026-02-03",
        until="2026-02-04",
    ).final()
    assert "2 passages for “storm” · page 1 of 1\n-# Understood as: articles from " in message.text
    assert "Tuesday, 3 February 2026 to Wednesday, 4 February 2026" in message.text
    assert "from Harbour Post" in message.text
    assert "Storm report 3" in message.text
    assert "Storm report 4" in message.text


@pytest.mark.usefixtures("bot")
async def test_operators_of_a_search_are_told_on_each_of_its_pages(
    local: LoopbackDiscord, room: Newsroom
):
    query = 'strogn "strong winds" -inflation publisher:Harbour Post since:2026-02-02'
    message = await local.slash(room.alice, room.general, "search", query=query).final()
    told = (
        '-# Understood as: "strong winds" word for word · without inflation · '
        "articles since Monday, 2 February 2026 · from Harbour Post · "
        "showing results for *strong* instead of *strogn*"
    )
    assert "11 passages for “strong strong winds” · page 1 of 3" in message.text
    assert told in message.text
    turned_to = await turned(local, room.olive, message, "Next")
    assert "page 2 of 3" in turned_to
    assert told in turned_to


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"since": "once upon a time"}, "not a date that I understand"),
        ({"since": "2026-03-04", "until": "2026-03-03"}, "No time is both since Wednesday"),
        ({"query": "storm since:soon"}, "“soon” is not a date that I understand"),
        ({"query": 'the "storm winds'}, 'type a " after the phrase'),
        ({"query": "-storm"}, "only says what to leave out"),
        ({"query": "storm publisher:harbor"}, 'did you mean publisher\\:"Harbour Post"?'),
        ({"query": "storm publisher:example", "publisher": "harbour post"}, "No article is from"),
        ({"publisher": "Nobody"}, "There is no news from “Nobody”"),
        ({"query": "\u2003x", "until": "tomorrowish"}, "not a date that I understand"),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_a_filter_that_makes_no_sense_is_explained_to_the_asker_alone(
    local: LoopbackDiscord, room: Newsroom, options: dict[str, str], told: str
):
    wanted = {"query": "storm", **options}
    message = await local.slash(room.alice, room.general, "search", **wanted).final()
    assert message.is_ephemeral
    assert told in message.content


@pytest.mark.usefixtures("bot")
async def test_publishers_are_offered_while_typing(local: LoopbackDiscord, room: Newsroom):
    for typed, names in {
        "post": ["Harbour Post"],
        "THE": ["The Example"],
        "zzz": [],
    }.items():
        choices = await local.autocomplete(
            room.alice, room.general, "search", "publisher", query="storm", publisher=typed
        )
        assert [choice["value"] for choice in choices] == names


async def test_the_buttons_of_a_forgotten_search_say_so(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    message = await storms(local, room)
    much_later = NOW.replace(year=NOW.year + 1)
    await bot.memory.searches.remember(Reading(Query("another")), much_later)
    clicked = local.click(room.alice, message, "Next")
    told = await clicked.follow_up()
    assert told.is_ephemeral
    assert "too long ago" in told.content
    assert "page 1 of 3" in message.text


@pytest.mark.usefixtures("bot")
async def test_a_button_that_nobody_knows_any_more_is_answered(
    local: LoopbackDiscord, room: Newsroom
):
    message = await storms(local, room)
    for button in message.buttons:
        button["custom_id"] = f"vote:{button['custom_id']}"
    told = await local.click(room.alice, message, "Next").final()
    assert told.is_ephemeral
    assert told.content == "This button is from an older version; ask again."
