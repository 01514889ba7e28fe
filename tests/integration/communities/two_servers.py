"""Two servers with a feed of their own each, a shared one, and the bot that follows them all.

All of them tell of one town, so that whatever is asked about it may be answered by any; what tells
whose news is shown are words that nobody ever types.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.commands.askers import community_of
from tests.integration.bot.live import parts_over, running_bot
from tests.integration.gathering.following import following

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.sandbox import Channel, Guild, LoopbackDiscord, User
    from index.model import Feed
    from tests.integration.bot.live import LiveBot
    from tests.integration.gathering.following import Following, TurnableClock
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.site import NewsSite

TOWN = "Velmora"
QUESTION = f"When did the ferry of {TOWN} run aground?"


@dataclass(frozen=True)
class Secrets:
    """What one publisher alone tells of: `animals`, an `envoy` and a `city`, by `author`.

    `mistyped` is what somebody asks who means the envoy and the city.
    """

    host: str
    publisher: str
    animals: str
    author: str
    envoy: str
    city: str
    mistyped: str

    def told_in(self, text: str) -> list[str]:
        """Return which of them a text gives away."""
        words = (self.host, self.publisher, self.animals, self.author, self.envoy, self.city)
        return [word for word in words if word.casefold() in text.casefold()]


GOATS = Secrets(
    "quillon.test",
    "Quillon Gazette",
    "goats",
    "Ismene Quast",
    "Zorblaxian",
    "Quaggelheim",
    "What did the Zorblaxain envoi give the brewrs of Quaggelhiem?",
)
OTTERS = Secrets(
    "basalt.test",
    "Basalt Herald",
    "otters",
    "Odo Brandreth",
    "Ghurkovian",
    "Pfannstadt",
    "What did the Ghurkovain envoi give the brewrs of Pfanstatd?",
)
SHARED = Secrets(
    "commons.test",
    "The Commons",
    "swans",
    "Petra Lindgren",
    "Wimbletonian",
    "Dorchingham",
    "What did the Wimbletonain envoi give the brewrs of Dorchinghma?",
)


@dataclass(frozen=True)
class Server:
    """A server, its channel, who reads and who decides, and its own news."""

    guild: Guild
    channel: Channel
    reader: User
    admin: User
    outlet: Outlet
    secrets: Secrets

    @property
    def community(self) -> str:
        return str(community_of(self.guild.id))


@dataclass(frozen=True)
class TwoServers:
    local: LoopbackDiscord
    goats: Server
    otters: Server
    shared: Outlet
    outsider: User


def two_servers(local: LoopbackDiscord, site: NewsSite, clock: TurnableClock) -> TwoServers:
    """Let them be there, with news that nobody follows yet; before the bot is."""
    outsider = local.world.add_user("Uma")
    shared = _outlet(site, SHARED)
    publish_all(shared, SHARED, clock)
    servers = []
    for name, secrets in (("Newsroom", GOATS), ("Harbour", OTTERS)):
        admin, reader = (local.world.add_user(f"{each} of {name}") for each in ("Ada", "Rue"))
        guild = local.world.add_guild(name, admin)
        guild.members[reader.id] = reader
        outlet = _outlet(site, secrets)
        publish_all(outlet, secrets, clock)
        channel = local.world.add_channel(guild, "general")
        servers.append(Server(guild, channel, reader, admin, outlet, secrets))
    return TwoServers(local, *servers, shared, outsider)


async def follow_all(servers: TwoServers, reader: Following) -> None:
    """Follow the shared feed, and each server's for it alone; and read them once."""
    await reader.follow(servers.shared.feed_url())
    for each in (servers.goats, servers.otters):
        await own_feed(each, reader)
    await reader.round()


async def own_feed(server: Server, reader: Following) -> Feed:
    feeds = reader.gathering.feeds
    (feed,) = await feeds.add_for(server.community, server.outlet.feed_url(), 5)
    return feed


@asynccontextmanager
async def at_work(
    servers: TwoServers, site: NewsSite, clock: TurnableClock, data_dir: Path
) -> AsyncIterator[tuple[LiveBot, Following]]:
    """The bot on Discord, over the feeds that it really follows."""
    async with (
        parts_over(data_dir, clock=clock, server_feeds=5) as (parts, news),
        following(news, site, clock) as reader,
        running_bot(servers.local, replace(parts, feeds=reader.gathering.feeds), news) as bot,
    ):
        yield bot, reader


def publish_all(outlet: Outlet, secrets: Secrets, clock: TurnableClock) -> None:
    """Publish three stories about the ferry, a day apart, and one about an envoy."""
    animals = secrets.animals
    for days, (title, paragraphs) in enumerate(_ferry_stories(animals)):
        publish(outlet, secrets, title, paragraphs, clock, days=3 - days)
    paragraphs = (
        f"The {secrets.envoy} envoy signed the treaty of the lighthouses in the town hall.",
        f"The {secrets.envoy} envoy gave the brewers of {secrets.city} a clock of brass.",
        f"It binds the {secrets.envoy} envoy to feed the {animals} of the harbour for ten years.",
    )
    publish(outlet, secrets, f"Envoy signs for the {animals}", paragraphs, clock, days=1)


def publish(
    outlet: Outlet,
    secrets: Secrets,
    title: str,
    paragraphs: Sequence[str],
    clock: TurnableClock,
    *,
    days: int = 0,
) -> None:
    """Publish a story of so many days ago, with more below it that nobody asks for."""
    story = outlet.write()
    outlet.publish(
        replace(
            story,
            title=title,
            paragraphs=(*paragraphs, *story.paragraphs[3:]),
            author=secrets.author,
            published=(clock() - timedelta(days=days, minutes=1)).replace(microsecond=0),
        )
    )


def _outlet(site: NewsSite, secrets: Secrets) -> Outlet:
    return site.outlet(secrets.host, name=secrets.publisher)


def _ferry_stories(animals: str) -> Sequence[tuple[str, Sequence[str]]]:
    return (
        (
            f"Seventeen {animals} leave the ferry of {TOWN}",
            (
                f"The ferry of {TOWN} ran aground on Tuesday, and seventeen {animals} swam ashore.",
                f"Nobody had known that the ferry of {TOWN} carried {animals} at all.",
            ),
        ),
        (
            f"Ferry of {TOWN} is towed while {animals} watch",
            (
                f"The ferry of {TOWN} was towed to the quay, watched by the {animals} it had lost.",
                f"A diver found that the ferry of {TOWN} had lost its rudder to the {animals}.",
            ),
        ),
        (
            f"Owner of the ferry of {TOWN} pays for {animals}",
            (
                f"The owner of the ferry of {TOWN} paid four thousand crowns for the {animals}.",
                f"The ferry of {TOWN} is to sail again on Monday, with no {animals} aboard.",
            ),
        ),
    )
