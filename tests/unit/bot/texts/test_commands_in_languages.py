from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.commands.translating import CommandTranslator
from bot.texts import Languages
from tests.unit.bot.texts.catalogues import LANGUAGES
from tests.unit.bot.texts.written import payloads

if TYPE_CHECKING:
    from collections.abc import Iterator

# https://discord.com/developers/docs/interactions/application-commands, naming; \w is \p{L}\p{N}_
NAME = re.compile(r"[-'\w]{1,32}")
LONGEST = 100
LONGEST_OF_MENU = 32


def parts_of(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A command, with all that is in it."""
    yield payload
    for option in payload.get("options") or ():
        yield from parts_of(option)


async def every_part() -> list[dict[str, Any]]:
    told = await payloads(CommandTranslator(Languages.shipped()))
    return [part for payload in told for part in parts_of(payload)]


def localised(part: dict[str, Any], field: str, language: str) -> str:
    """The text of the first of Discord's locales that is of the language."""
    texts = part.get(f"{field}_localizations") or {}
    found = [text for locale, text in texts.items() if is_of(locale, language)]
    assert found, (part["name"], language)
    return found[0]


def is_of(locale: str, language: str) -> bool:
    return locale == language or locale.startswith(f"{language}-")


def is_menu(part: dict[str, Any]) -> bool:
    """Whether it is in the menu of a message: there its name may be written as people write."""
    return part["type"] == discord.AppCommandType.message.value and "options" not in part


@pytest.mark.parametrize("language", LANGUAGES)
async def test_names_are_such_as_discord_takes(language: str):
    for part in await every_part():
        name = localised(part, "name", language)
        if is_menu(part):
            assert 1 <= len(name) <= LONGEST_OF_MENU, name
            continue
        assert NAME.fullmatch(name), name
        assert name == name.lower()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_descriptions_are_no_longer_than_discord_takes(language: str):
    for part in await every_part():
        if not is_menu(part) and "description" in part:
            assert 10 <= len(localised(part, "description", language)) <= LONGEST, part["name"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_two_commands_or_options_share_a_name(language: str):
    told = await payloads(CommandTranslator(Languages.shipped()))
    for siblings in (told, *(part.get("options") or [] for part in await every_part())):
        names = [localised(each, "name", language) for each in siblings]
        assert len(set(names)) == len(names)


async def test_every_choice_is_translated():
    """A choice's name is only handed to the translator as `app_commands.locale_str`."""
    for part in await every_part():
        for choice in part.get("choices") or ():
            for language in LANGUAGES:
                assert 1 <= len(localised(choice, "name", language)) <= LONGEST


async def test_english_is_what_everyone_else_sees():
    for part in await every_part():
        for locale in part["name_localizations"]:
            assert any(is_of(locale, language) for language in LANGUAGES), locale
