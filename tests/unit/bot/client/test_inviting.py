from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.client.inviting import PERMISSIONS, application_id_of, invite_link, missing


def test_the_link_asks_for_what_the_bot_needs_and_no_more():
    link = urlsplit(invite_link(109466))
    asked = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert (link.scheme, link.netloc, link.path) == ("https", "discord.com", "/oauth2/authorize")
    assert asked["client_id"] == "109466"
    assert set(asked["scope"].split()) == {"bot", "applications.commands"}
    needed = discord.Permissions(
        view_channel=True,
        send_messages=True,
        read_message_history=True,
        send_messages_in_threads=True,
    )
    assert int(asked["permissions"]) == needed.value


def test_missing_permissions_are_named():
    assert missing(0) == list(PERMISSIONS)
    assert missing(sum(PERMISSIONS.values())) == []
    assert missing(discord.Permissions(administrator=True).value) == []
    assert missing(PERMISSIONS["View Channels"] | PERMISSIONS["Send Messages"]) == [
        "Read Message History",
        "Send Messages in Threads",
    ]


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("MTA5NDY2NTk3NjE0NzY0MDM0.GhXbZk.x_4vN2mQ8sT1uW5yA7cE9gI3", 109466597614764034),
        ("a.loopback.token", None),
        ("", None),
        ("ÄÖÜ.x.y", None),
        ("aGVsbG8.x.y", None),
    ],
)
def test_a_token_says_whose_it_is(token: str, expected: int | None):
    assert application_id_of(token) == expected
