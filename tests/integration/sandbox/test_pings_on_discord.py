"""Whom a message of the bot pings, given what it allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.sandbox.running import ask_rest

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord, Newsroom

ALICE, OLIVE = "Alice", "Olive"


@pytest.mark.parametrize(
    ("allowed", "pinged", "everyone"),
    [
        (None, [ALICE, OLIVE], True),
        ({"parse": []}, [], False),
        ({"parse": ["users"]}, [ALICE, OLIVE], False),
        ({"parse": ["everyone"]}, [], True),
        ({"parse": [], "users": [ALICE]}, [ALICE], False),
    ],
)
async def test_only_those_allowed_are_pinged(
    local: LoopbackDiscord,
    newsroom: Newsroom,
    allowed: dict[str, Any] | None,
    pinged: list[str],
    *,
    everyone: bool,
):
    people = {ALICE: newsroom.alice, OLIVE: newsroom.olive}
    text = f"@everyone {newsroom.alice.mention} {newsroom.olive.mention} <@5>"
    body: dict[str, Any] = {"content": text}
    if allowed is not None:
        listed = [str(people[name].id) for name in allowed.get("users", [])]
        body["allowed_mentions"] = allowed | ({"users": listed} if listed else {})

    _, sent = await ask_rest(local, "POST", f"/channels/{newsroom.general.id}/messages", body)

    message = newsroom.general.messages[int(sent["id"])]
    assert message.mentioned_ids == {people[name].id for name in pinged}
    assert sent["mention_everyone"] == everyone


@pytest.mark.parametrize(
    ("allowed", "is_pinged"),
    [(None, True), ({"parse": []}, False), ({"parse": [], "replied_user": True}, True)],
)
async def test_a_reply_pings_its_author_where_allowed(
    local: LoopbackDiscord,
    newsroom: Newsroom,
    allowed: dict[str, Any] | None,
    *,
    is_pinged: bool,
):
    said = local.say(newsroom.alice, newsroom.general, "hello")
    body = {"content": "hello", "message_reference": {"message_id": str(said.id)}}
    body |= {"allowed_mentions": allowed} if allowed is not None else {}

    _, sent = await ask_rest(local, "POST", f"/channels/{newsroom.general.id}/messages", body)

    message = newsroom.general.messages[int(sent["id"])]
    assert (newsroom.alice.id in message.mentioned_ids) == is_pinged
    assert message.replies_to == said.id
