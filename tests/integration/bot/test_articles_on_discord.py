from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.views import limits
from tests.integration.bot.corpus import FED, HOSTILE
from tests.integration.bot.live import live_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Message, Newsroom

# what the news that comes in by itself leaves behind
WITHDRAWN = (
    "INSERT INTO gathered (article_id, first_seen_at, changed_at, withdrawn_at)"
    " SELECT article_id, '2026-03-04', '2026-03-04', '2026-03-05T08:00:00.000000+00:00'"
    " FROM articles WHERE id = 'storm-1'"
)
REVISED = (
    "INSERT INTO revisions (article_id, replaced_at, title, text)"
    " SELECT article_id, '2026-03-05T08:00:00.000000+00:00', title, text"
    " FROM articles WHERE id = 'fed'"
)
COPIED = (
    "UPDATE articles SET is_quoted = 0, copy_of ="
    " (SELECT article_id FROM articles WHERE id = 'fed') WHERE id = 'storm-2'"
)
AT = "<t:1772697600:f>"


async def shown(local: LoopbackDiscord, room: Newsroom, headline: str) -> Message:
    message = await local.slash(room.alice, room.general, "article", headline=headline).final()
    assert message.mentioned_ids == frozenset()
    assert limits.length(message.text) <= limits.LAYOUT_TEXT_LENGTH
    return message


async def chosen(local: LoopbackDiscord, room: Newsroom, typed: str, place: int = 0) -> Message:
    """What is shown of one of the articles that are offered."""
    choices = await local.autocomplete(
        room.alice, room.general, "article", "headline", headline=typed
    )
    return await shown(local, room, choices[place]["value"])


@pytest.mark.usefixtures("bot")
async def test_an_article_is_chosen_by_its_headline_or_found_by_words_of_it(
    local: LoopbackDiscord, room: Newsroom
):
    for message in (
        await chosen(local, room, "fed ho"),
        await shown(local, room, "rates FED"),
        await shown(local, room, "https://news.example/fed-holds-rates/"),
        await shown(local, room, "https://news.example/fed-holds-rates#:~:text=The%20Federal"),
    ):
        assert message.text.startswith(f"**Fed holds rates**\n> {FED['text']}")
        assert "-# The Example · 4 March 2026 · A. Writer" in message.text
        assert "https://news.example/fed-holds-rates" in message.text
    hostile = await chosen(local, room, "zepp")
    assert HOSTILE["title"] not in hostile.text
    assert "@everyone" not in hostile.text.replace("@\u200b", "")
    assert "**Gargoyles**" in (await chosen(local, room, "garg")).text
    for unknown in (
        "xylophone",
        "#999999",
        "?!",
        "https://elsewhere.example/fed-holds-rates",
        "https://x/",
    ):
        told = await shown(local, room, unknown)
        assert "No article that I have has such a headline" in told.content


async def test_what_has_become_of_an_article_is_told(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    with closing(sqlite3.connect(data_dir / "pullquote.sqlite3")) as connection, connection:
        for each in (WITHDRAWN, REVISED, COPIED):
            assert connection.execute(each).rowcount == 1
    async with live_bot(local, data_dir):
        # the newest come first, and 10, 11 and 12 begin with it, too
        withdrawn = await chosen(local, room, "storm report 1", place=3)
        assert "**Storm report 1**" in withdrawn.text
        assert f"**Its publisher took it back, which I noticed on {AT}" in withdrawn.text
        assert "strong winds" not in withdrawn.text
        revised = await chosen(local, room, "fed holds")
        assert f"It was revised 1 time, on {AT}." in revised.text
        assert "-# also in [Harbour Post](<https://news.example/storm/2>)" in revised.text
