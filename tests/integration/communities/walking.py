"""Every way to get the bot to say something, tried once: commands, choices, menus, buttons, routes.

What is typed names no secret of anybody's, so that whoever reads one was shown it by the bot.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.integration.communities.two_servers import QUESTION, TOWN

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from bot.sandbox import Channel, LoopbackDiscord, Message, User
    from bot.sandbox.world.world import Event
    from tests.integration.communities.two_servers import Secrets

_GUILD = 0


@dataclass
class Stand:
    """Where somebody acts: a channel of a server, or a direct conversation without an admin.

    `meant` are those whose envoy is asked for by a mistyped name. `heard` is all that the bot said
    in `channel`, as Discord was sent it, in its order; `pressed_at` is how much of that was there
    before a button was pressed.
    """

    local: LoopbackDiscord
    channel: Channel
    reader: User
    admin: User
    meant: Secrets
    feed_address: str
    heard: list[str] = field(default_factory=list)
    pressed_at: int = 0

    @contextmanager
    def listening(self) -> Iterator[None]:
        self.local.world.subscribe(self._hear)
        try:
            yield
        finally:
            self.local.world.unsubscribe(self._hear)

    async def slash(self, name: str, /, who: User | None = None, **options: Any) -> Message:
        return await self.local.slash(who or self.reader, self.channel, name, **options).final()

    async def decide(self, name: str, /, **options: Any) -> Message:
        return await self.slash(name, self.admin, **options)

    async def offered(self, name: str, option: str, **typed: Any) -> list[Any]:
        """What is offered to whoever may use the command, while they type."""
        who = self.admin if name.startswith(("feeds ", "reindex", "settings ")) else self.reader
        choices = await self.local.autocomplete(who, self.channel, name, option, **typed)
        self.heard.append(json.dumps(choices, ensure_ascii=False))
        return [each["value"] for each in choices]

    async def asked(self, question: str = QUESTION, **options: Any) -> Message:
        return await self.slash("ask", question=question, **options)

    async def press(self, message: Message, deed: str) -> Message:
        self.pressed_at = self.pressed_at or len(self.heard)
        return await self.local.click(
            self.reader, message, custom_id=button_of(message, deed)
        ).final()

    def _hear(self, event: Event) -> None:
        message = event.message
        if message is None or message.channel is not self.channel:
            return
        if message.author is self.local.world.bot:
            self.heard.append(json.dumps(message.payload, ensure_ascii=False))


def button_of(message: Message, deed: str) -> str | None:
    """Return the custom_id of a button below an answer."""
    for button in message.buttons:
        if str(button.get("custom_id", "")).startswith(f"{deed}:"):
            return str(button["custom_id"])
    return None


@dataclass(frozen=True)
class Way:
    """One way; whether a server's own news shows on it."""

    go: Callable[[Stand], Awaitable[object]]
    shows_news: bool = True


async def _turn(stand: Stand, message: Message, label: str) -> None:
    assert label in message.button_labels
    with stand.local.watch(stand.channel) as watch:
        stand.local.click(stand.reader, message, label)
        await watch.edited()


async def _search_pages(stand: Stand) -> None:
    await _turn(stand, await stand.slash("search", query=f"ferry {TOWN}"), "Next")


async def _latest_about(stand: Stand) -> None:
    await stand.slash("latest", topic=f"ferry of {TOWN}")


async def _article(stand: Stand) -> None:
    for value in await stand.offered("article", "headline", headline=f"ferry of {TOWN}"):
        await stand.slash("article", headline=value)
    for number in range(1, 20):
        await stand.slash("article", headline=f"#{number}")
    await stand.slash("article", headline=f"Owner of the ferry of {TOWN}")


async def _alerts_remove(stand: Stand) -> None:
    await stand.slash("alerts add", query=f"ferry {TOWN}")
    (alert, *_) = await stand.offered("alerts remove", "alert", alert="")
    await stand.slash("alerts remove", alert=alert)


async def _digest_start(stand: Stand) -> None:
    await stand.slash("digest start", every=-1, at="08:00", zone="utc")


async def _feed_named(stand: Stand, command: str) -> None:
    for feed in await stand.offered(command, "feed", feed=""):
        await stand.decide(command, feed=feed)


async def _reindex(stand: Stand) -> None:
    await stand.decide("reindex")
    for feed in await stand.offered("reindex", "feed", feed=""):
        await stand.decide("reindex", feed=feed)


async def _search_menu(stand: Stand) -> None:
    message = stand.local.say(stand.reader, stand.channel, f"The ferry of {TOWN} ran aground")
    await stand.local.message_menu(stand.reader, message, "Search the news for this").final()


async def _check_menu(stand: Stand) -> None:
    said = f"> The ferry of {TOWN} ran aground on Tuesday, and"
    message = stand.local.say(stand.reader, stand.channel, said)
    await stand.local.message_menu(stand.reader, message, "Is this quoted correctly?").final()


async def _pressed(stand: Stand, deed: str) -> None:
    await stand.press(await stand.asked(), deed)


async def _next_quotes(stand: Stand) -> None:
    message = await stand.press(await stand.asked(), "more")
    while button_of(message, "more"):
        message = await stand.press(message, "more")


async def _meant(stand: Stand) -> None:
    message = await stand.asked(stand.meant.mistyped)
    # it is meant where its words are known, which is the secret
    if button_of(message, "meant"):
        await stand.press(message, "meant")


async def _any_time(stand: Stand) -> None:
    await stand.press(await stand.asked(until="2020-01-01"), "anytime")


async def _alert_pressed(stand: Stand) -> None:
    await stand.press(await stand.asked("Who won the chess olympiad of Neptune?"), "alert")


async def _followed_up(stand: Stand) -> None:
    message = await stand.asked()
    follow, stand.pressed_at = button_of(message, "follow"), len(stand.heard)
    opened = await stand.local.click(stand.reader, message, custom_id=follow).done()
    stand.heard.append(json.dumps(opened.modal, ensure_ascii=False))
    await stand.local.submit(opened, {"Your question": "and when does it sail again?"}).final()


async def _mention(stand: Stand) -> None:
    mention = stand.local.world.bot.mention
    answer = await stand.local.ask(stand.reader, stand.channel, f"{mention} {QUESTION}")
    await stand.local.ask(stand.reader, stand.channel, "and who watched it?", reply_to=answer)


async def _plain_words(stand: Stand) -> None:
    mention = stand.local.world.bot.mention
    for words in (f"search ferry {TOWN}", "latest", f"article ferry of {TOWN}", "sources"):
        await stand.local.ask(stand.reader, stand.channel, f"{mention} {words}")


def _asked_for(name: str, **options: Any) -> Callable[[Stand], Awaitable[object]]:
    return lambda stand: stand.slash(name, **options)


def _decided(name: str, **options: Any) -> Callable[[Stand], Awaitable[object]]:
    return lambda stand: stand.decide(name, **options)


def _offered(name: str, option: str, **typed: Any) -> Callable[[Stand], Awaitable[object]]:
    return lambda stand: stand.offered(name, option, **typed)


def _press(deed: str) -> Callable[[Stand], Awaitable[object]]:
    return lambda stand: _pressed(stand, deed)


async def _try_feed(stand: Stand) -> None:
    await stand.decide("feeds test", address=stand.feed_address)


async def _add_feed(stand: Stand) -> None:
    await stand.decide("feeds add", address=stand.feed_address)


COMMANDS: Mapping[str, Way] = {
    "ask": Way(lambda stand: stand.asked()),
    "search": Way(_search_pages),
    "latest": Way(_latest_about),
    "article": Way(_article),
    "status": Way(_asked_for("status")),
    "alerts add": Way(_asked_for("alerts add", query=f"{TOWN} ferry"), shows_news=False),
    "alerts list": Way(_asked_for("alerts list"), shows_news=False),
    "alerts remove": Way(_alerts_remove, shows_news=False),
    "digest start": Way(_digest_start, shows_news=False),
    "digest list": Way(_asked_for("digest list"), shows_news=False),
    "digest stop": Way(_asked_for("digest stop"), shows_news=False),
    "privacy show": Way(_asked_for("privacy show"), shows_news=False),
    "privacy export": Way(_asked_for("privacy export"), shows_news=False),
    "privacy delete": Way(_asked_for("privacy delete"), shows_news=False),
    "sources": Way(_asked_for("sources")),
    "reindex": Way(_reindex),
    "index status": Way(_decided("index status"), shows_news=False),
    "index verify": Way(_decided("index verify"), shows_news=False),
    "diagnose": Way(_decided("diagnose"), shows_news=False),
    "setup": Way(_decided("setup")),
    "settings show": Way(_decided("settings show"), shows_news=False),
    "settings set": Way(_decided("settings set", zone="Europe/Oslo"), shows_news=False),
    "settings channels": Way(_decided("settings channels"), shows_news=False),
    "settings publishers": Way(_decided("settings publishers"), shows_news=False),
    "settings people": Way(_decided("settings people"), shows_news=False),
    "settings limits": Way(_decided("settings limits", person=1000), shows_news=False),
    "settings reset": Way(_decided("settings reset", what="everything"), shows_news=False),
    "feeds add": Way(_add_feed, shows_news=False),
    "feeds list": Way(_decided("feeds list")),
    "feeds test": Way(_try_feed),
    "feeds pause": Way(lambda stand: _feed_named(stand, "feeds pause")),
    "feeds resume": Way(lambda stand: _feed_named(stand, "feeds resume")),
    "feeds remove": Way(lambda stand: _feed_named(stand, "feeds remove")),
    "Search the news for this": Way(_search_menu),
    "Is this quoted correctly?": Way(_check_menu),
}
"""By their names, subcommands behind their group's."""

CHOICES: Mapping[tuple[str, str], Way] = {
    ("ask", "publisher"): Way(_offered("ask", "publisher", question=QUESTION, publisher="")),
    ("search", "query"): Way(_offered("search", "query", query=f"ferry of {TOWN}")),
    ("search", "publisher"): Way(_offered("search", "publisher", query=TOWN, publisher="")),
    ("article", "headline"): Way(_offered("article", "headline", headline="")),
    ("reindex", "feed"): Way(_offered("reindex", "feed", feed="")),
    ("settings publishers", "allow"): Way(_offered("settings publishers", "allow", allow="")),
}
"""By command and option: those from which news could be learned."""

CHOICES_WITHOUT_NEWS = {
    ("settings publishers", "disallow"),
    ("settings set", "language"),
    ("alerts add", "zone"),
    ("digest start", "zone"),
    ("settings set", "zone"),
    ("alerts remove", "alert"),
    ("feeds pause", "feed"),
    ("feeds resume", "feed"),
    ("feeds remove", "feed"),
}
"""Languages, zones, what is chosen, and what the ways of their commands try."""

DEEDS: Mapping[str, Way] = {
    "context": Way(_press("context")),
    "newer": Way(_press("newer"), shows_news=False),
    "older": Way(_press("older"), shows_news=False),
    "more": Way(_next_quotes),
    "meant": Way(_meant),
    "anytime": Way(_any_time),
    "why": Way(_press("why")),
    "alert": Way(_alert_pressed, shows_news=False),
    "helpful": Way(_press("helpful"), shows_news=False),
    "unhelpful": Way(_press("unhelpful"), shows_news=False),
    "follow": Way(_followed_up),
}
"""The buttons below answers. Of so few stories none is newer than all quoted ones, nor older."""

ROUTES: Mapping[str, Way] = {"mention": Way(_mention), "plain words": Way(_plain_words)}


def is_for_servers(payload: Mapping[str, Any]) -> bool:
    """Whether a registered command is for servers alone."""
    return payload.get("contexts") == [_GUILD]


def leaves(payload: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the commands in a registered one, by their names as people type them."""
    name = f"{before} {payload['name']}".strip()
    options = payload.get("options") or []
    inner = [each for each in options if each["type"] in {1, 2}]
    if not inner:
        yield name, payload
    for each in inner:
        yield from leaves(each, name)
