"""Whom a message of the bot pings, given what it allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.sandbox.running import ask_rest, eventually, running
from tests.integration.sandbox.sample_bot import SampleBot

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord, Newsroom

ALICE, OLIVE = "Alice", "Olive"
EDITORS, WRITERS = "Editors", "Writers"


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
    ("allowed", "pinged"),
    [
        (None, [EDITORS, WRITERS]),
        ({"parse": []}, []),
        ({"parse": ["users", "everyone"]}, []),
        ({"parse": ["roles"]}, [EDITORS, WRITERS]),
        ({"parse": [], "roles": [WRITERS]}, [WRITERS]),
    ],
)
async def test_only_roles_that_are_allowed_are_pinged(
    local: LoopbackDiscord, newsroom: Newsroom, allowed: dict[str, Any] | None, pinged: list[str]
):
    roles = {name: local.world.add_role(newsroom.guild, name) for name in (EDITORS, WRITERS)}
    body: dict[str, Any] = {"content": " ".join(role.mention for role in roles.values())}
    if allowed is not None:
        listed = [str(roles[name].id) for name in allowed.get("roles", [])]
        body["allowed_mentions"] = allowed | ({"roles": listed} if listed else {})

    _, sent = await ask_rest(local, "POST", f"/channels/{newsroom.general.id}/messages", body)

    message = newsroom.general.messages[int(sent["id"])]
    assert message.mentioned_role_ids == {roles[name].id for name in pinged}
    assert message.mentioned_ids == frozenset()
    assert sent["mention_roles"] == [str(roles[name].id) for name in pinged]
    assert local.violations == []


async def test_roles_of_other_servers_are_pinged_nowhere(
    local: LoopbackDiscord, newsroom: Newsroom
):
    elsewhere = local.world.add_role(local.world.add_guild("Other", newsroom.olive), EDITORS)
    own = local.world.add_role(newsroom.guild, EDITORS)
    text = f"{elsewhere.mention} {own.mention} <@&5>"

    in_server = local.say(newsroom.alice, newsroom.general, text)
    in_private = local.say(newsroom.alice, local.world.dm(newsroom.alice), text)

    assert in_server.mentioned_role_ids == {own.id}
    assert in_private.mentioned_role_ids == frozenset()


async def test_an_edit_changes_what_is_mentioned(local: LoopbackDiscord, newsroom: Newsroom):
    role = local.world.add_role(newsroom.guild, EDITORS)
    path = f"/channels/{newsroom.general.id}/messages"
    _, sent = await ask_rest(local, "POST", path, {"content": "hello"})

    _, edited = await ask_rest(
        local, "PATCH", f"{path}/{sent['id']}", {"content": f"@everyone {role.mention}"}
    )

    assert (sent["mention_roles"], sent["mention_everyone"]) == ([], False)
    assert (edited["mention_roles"], edited["mention_everyone"]) == ([str(role.id)], True)


async def test_the_client_knows_the_roles_of_a_server(local: LoopbackDiscord, newsroom: Newsroom):
    early = local.world.add_role(newsroom.guild, EDITORS)
    async with running(SampleBot(), local) as client:
        guild = client.get_guild(newsroom.guild.id)
        assert guild is not None
        assert [role.id for role in guild.roles] == [guild.id, early.id]

        late = local.world.add_role(newsroom.guild, WRITERS)

        await eventually(lambda: guild.get_role(late.id))
        assert late.mention == guild.roles[-1].mention


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
