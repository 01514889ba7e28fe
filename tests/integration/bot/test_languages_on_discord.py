from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.commands.cooldown import Cooldown
from bot.commands.speaking import Speaking
from bot.texts import Languages
from index.errors import StorageError
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE, NOT_IN_THE_NEWS
from tests.integration.bot.live import FeedsAtHand, LiveBot, live_bot
from tests.integration.sandbox.running import eventually
from tests.unit.bot.views.followed import FAILING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom, User


@dataclass(frozen=True)
class AllChose:
    """Every server chose one language."""

    language: str

    async def of(self, _guild_id: int) -> str | None:
        return self.language


class BrokenChoices:
    async def of(self, _guild_id: int) -> str | None:
        raise StorageError("The database is gone.")


@pytest.fixture
def greta(local: LoopbackDiscord, room: Newsroom) -> User:
    """Reads Discord in German, in an English server."""
    greta = local.world.add_user("Greta", locale="de")
    room.guild.members[greta.id] = greta
    return greta


@pytest.fixture
def german_channel(local: LoopbackDiscord, greta: User) -> Channel:
    """Of a German server."""
    guild = local.world.add_guild("Redaktion", greta)
    guild.locale = "de"
    return local.world.add_channel(guild, "allgemein")


@pytest.fixture
async def bot(
    local: LoopbackDiscord, greta: User, german_channel: Channel, data_dir: Path
) -> AsyncIterator[LiveBot]:
    """Online once people and servers are there."""
    del greta, german_channel
    async with live_bot(local, data_dir) as running:
        yield running


def alone(local: LoopbackDiscord, channel: Channel, user: User) -> list[Message]:
    """What one person sees and no other."""
    return [each for each in local.messages(channel, user) if each.is_ephemeral]


@pytest.mark.usefixtures("bot")
async def test_a_german_is_answered_in_german_around_the_english_quote(
    local: LoopbackDiscord, room: Newsroom, greta: User
):
    asking = local.slash(greta, room.general, "ask", question=FED_QUESTION, private=True)
    answer = await asking.final()
    assert f"-# Antwort auf: {FED_QUESTION}" in answer.text
    assert f"> {FED_SENTENCE}" in answer.text
    assert "-# The Example · 4. März 2026 · " in answer.text
    assert "[Im Original lesen](" in answer.text
    assert answer.button_labels[:5] == ["Zusammenhang", "Neuer", "Älter", "Mehr", "Warum das?"]
    assert answer.button_labels[5:] == ["Hilfreich", "Nicht hilfreich", "Nachfragen"]
    why = await local.click(greta, answer, "Warum das?").final()
    assert "dass die Nachrichten antworten: Zuversicht 0," in why.text
    assert "-# Die Stelle: Rang 1 von " in why.text
    assert not {"of the question", "passage", "sentence"} & set(why.text.split())


@pytest.mark.usefixtures("bot")
async def test_everybody_in_a_server_reads_its_language(
    local: LoopbackDiscord, room: Newsroom, greta: User, german_channel: Channel
):
    mentioned = f"<@{local.world.bot.id}> {NOT_IN_THE_NEWS}"
    for channel, verdict in (
        (room.general, "Nothing in the news I have is about that."),
        (german_channel, "Nichts in den Nachrichten, die ich habe, handelt davon."),
    ):
        answer = await local.slash(greta, channel, "ask", question=NOT_IN_THE_NEWS).final()
        assert verdict in answer.text
        assert verdict in (await local.ask(greta, channel, mentioned)).content


@pytest.mark.usefixtures("bot")
async def test_pages_are_turned_in_the_language_of_the_server(
    local: LoopbackDiscord, greta: User, german_channel: Channel
):
    found = await local.slash(
        greta, german_channel, "search", query="storm", since="2026-01-01"
    ).final()
    assert "12 Stellen zu „storm“ · Seite 1 von 3" in found.text
    assert "-# Verstanden als: Artikel seit Donnerstag, 1\\. Januar 2026" in found.text
    assert found.button_labels == ["Zurück", "Weiter"]
    local.click(greta, found, "Weiter")
    await eventually(lambda: "12 Stellen zu „storm“ · Seite 2 von 3" in found.text)
    assert "-# Verstanden als: Artikel seit Donnerstag, 1\\. Januar 2026" in found.text


@pytest.mark.usefixtures("bot")
async def test_what_is_wrong_is_told_in_the_language_of_who_did_it(
    local: LoopbackDiscord, room: Newsroom, greta: User
):
    async def told(person: User, command: str, **options: str) -> str:
        message = await local.slash(person, room.general, command, **options).final()
        return message.content

    assert await told(room.alice, "search", query="rain", since="soon") == (
        "“soon” is not a date that I understand; "
        "write it like 2026-03-04, 2026-03, yesterday, 3 days ago or 2w."
    )
    assert (await told(greta, "search", query="rain", since="soon")).startswith(
        "“soon” ist kein Datum, das ich verstehe; "
    )
    assert (await told(greta, "search", query="rain", publisher="Nobody")).startswith(
        "Von „Nobody“ gibt es keine Nachrichten; "
    )
    assert (await told(greta, "ask", question='"rain')).startswith(
        "Das Anführungszeichen vor “rain” ist nicht geschlossen; "
    )


async def test_who_asks_too_often_is_told_in_their_language(
    local: LoopbackDiscord, room: Newsroom, greta: User, data_dir: Path
):
    async with live_bot(local, data_dir, cooldown=Cooldown(1, 60.0)):
        await local.slash(greta, room.general, "ask", question=FED_QUESTION).final()
        refused = await local.slash(greta, room.general, "ask", question=FED_QUESTION).final()
        assert refused.content.startswith("Das sind viele Fragen auf einmal; bitte warte ")


async def test_the_status_and_its_troubles_are_told_in_the_language(
    local: LoopbackDiscord, greta: User, german_channel: Channel, data_dir: Path
):
    async with live_bot(local, data_dir, feeds=FeedsAtHand((FAILING,))):
        status = await local.slash(greta, german_channel, "status").final()
        await eventually(lambda: alone(local, german_channel, greta))
    (trouble,) = alone(local, german_channel, greta)
    assert "**15 Artikel** in " in status.text
    assert "Stellen aus 3 Medien" in status.text
    assert "Neuester: **Gargoyles** · The Example · 6. März 2026" in status.text
    assert "**1 Feed** verfolgt, 1 gescheitert" in status.text
    assert "**Feeds mit Problemen**" in trouble.text
    assert ": scheitert, " in trouble.text


async def test_reindexing_is_shown_in_the_language(
    bot: LiveBot, local: LoopbackDiscord, greta: User, german_channel: Channel
):
    del bot
    with local.watch(german_channel, lambda message: not message.is_ephemeral) as watch:
        told = await local.slash(greta, german_channel, "reindex").final()
        board = await watch.posted()
        await eventually(lambda: "sind eingelesen: 15 unverändert in 0," in board.content)
    assert told.content.startswith("Es hat begonnen: ")


async def test_a_language_that_was_chosen_for_a_server_goes_first(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    speaking = Speaking(Languages.shipped(), AllChose("de"))
    async with live_bot(local, data_dir, speaking=speaking):
        answer = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
        assert "Antwort auf: " in answer.text
        alone = local.slash(room.alice, room.general, "ask", question=FED_QUESTION, private=True)
        assert "In answer to: " in (await alone.final()).text


async def test_a_choice_that_cannot_be_read_keeps_nobody_from_their_answer(
    local: LoopbackDiscord, german_channel: Channel, greta: User, data_dir: Path
):
    speaking = Speaking(Languages.shipped(), BrokenChoices())
    async with live_bot(local, data_dir, speaking=speaking):
        answer = await local.slash(greta, german_channel, "ask", question=FED_QUESTION).final()
        assert "Antwort auf: " in answer.text


@pytest.mark.usefixtures("bot")
async def test_commands_are_registered_with_what_they_are_called_elsewhere(
    local: LoopbackDiscord,
):
    commands = {command["name"]: command for command in local.commands()}
    search = commands["search"]
    assert search["name_localizations"]["de"] == "suchen"
    assert search["description_localizations"]["de"] == "Stellen in den Nachrichten finden"
    options = {option["name"]: option for option in search["options"]}
    assert options["publisher"]["name_localizations"]["de"] == "medium"
    assert options["publisher"]["description_localizations"]["de"].startswith("Nur Artikel")
    assert "en-US" not in search["name_localizations"]
