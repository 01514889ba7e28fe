"""What a server brings in is shown in it, and nowhere else, whatever way somebody tries."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from bot.client.pressed import COMPONENTS
from bot.views.answer_buttons import AnswerButton, Deed
from bot.views.cancel_button import CancelButton
from bot.views.forget_button import ForgetButton
from bot.views.paging import PageButton
from bot.views.setup import SetupItem
from tests.integration.communities.two_servers import (
    GOATS,
    OTTERS,
    SHARED,
)
from tests.integration.communities.walking import (
    CHOICES,
    CHOICES_WITHOUT_NEWS,
    COMMANDS,
    DEEDS,
    ROUTES,
    Stand,
    is_for_servers,
    leaves,
)

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord
    from tests.integration.communities.two_servers import Secrets, Server, TwoServers


def in_server(servers: TwoServers, server: Server, meant: Secrets) -> Stand:
    return Stand(
        servers.local,
        server.channel,
        server.reader,
        server.admin,
        meant,
        server.outlet.feed_url(),
    )


def in_private(servers: TwoServers, meant: Secrets) -> Stand:
    dm = servers.local.world.dm(servers.outsider)
    person = servers.outsider
    return Stand(servers.local, dm, person, person, meant, servers.shared.feed_url())


async def walk(stand: Stand, *, pressed: bool = False) -> dict[str, str]:
    """Go every way that is open here; return what was heard on each.

    With `pressed` it is only what was heard after a button was pressed, where one was.
    """
    open_names = {
        name
        for payload in stand.local.commands()
        for name, _ in leaves(payload)
        if stand.channel.guild is not None or not is_for_servers(payload)
    }
    ways = {name: way for name, way in COMMANDS.items() if name in open_names}
    # what changes the feeds comes last
    ordered = sorted(ways, key=lambda name: (name.startswith("feeds "), name == "feeds remove"))
    tried = [
        *(
            (f"{command} {option}:", way)
            for (command, option), way in CHOICES.items()
            if command in open_names
        ),
        *((f"button {deed}", way) for deed, way in DEEDS.items()),
        *ROUTES.items(),
        *((name, ways[name]) for name in ordered),
    ]
    heard = {}
    with stand.listening():
        for name, way in tried:
            stand.heard.clear()
            stand.pressed_at = 0
            await way.go(stand)
            heard[name] = "\n".join(stand.heard[stand.pressed_at if pressed else 0 :])
            assert heard[name], name
    return heard


async def told_of(stand: Stand, secrets: Secrets, **heard_when: bool) -> dict[str, list[str]]:
    heard = await walk(stand, **heard_when)
    return {name: told for name, text in heard.items() if (told := secrets.told_in(text))}


@pytest.mark.usefixtures("reader")
def test_every_way_is_tried(local: LoopbackDiscord):
    commands = dict(each for payload in local.commands() for each in leaves(payload))
    assert set(commands) == set(COMMANDS)
    offered = {
        (name, option["name"])
        for name, payload in commands.items()
        for option in payload.get("options") or ()
        if option.get("autocomplete")
    }
    assert offered == set(CHOICES) | CHOICES_WITHOUT_NEWS
    assert set(get_args(Deed)) == set(DEEDS)
    # pages are turned by /search; deletion, set-up and the end of a long job show no news
    assert set(COMPONENTS) == {AnswerButton, PageButton, ForgetButton, SetupItem, CancelButton}


@pytest.mark.usefixtures("reader")
async def test_a_server_is_shown_its_own_news_on_every_way(servers: TwoServers):
    told = await told_of(in_server(servers, servers.goats, GOATS), GOATS, pressed=True)
    showing = {name for name, way in COMMANDS.items() if way.shows_news}
    showing |= {f"{command} {option}:" for command, option in CHOICES}
    showing |= {f"button {deed}" for deed, way in DEEDS.items() if way.shows_news}
    assert set(told) >= showing | set(ROUTES)


@pytest.mark.usefixtures("reader")
async def test_no_way_shows_a_server_what_another_has(servers: TwoServers):
    assert await told_of(in_server(servers, servers.goats, OTTERS), OTTERS) == {}
    assert await told_of(in_server(servers, servers.otters, GOATS), GOATS) == {}


@pytest.mark.usefixtures("reader")
async def test_no_way_shows_in_private_what_a_server_has(servers: TwoServers):
    stand = in_private(servers, GOATS)
    heard = await walk(stand)
    assert {name: GOATS.told_in(text) + OTTERS.told_in(text) for name, text in heard.items()} == {
        name: [] for name in heard
    }
    assert SHARED.told_in(heard["ask"])
