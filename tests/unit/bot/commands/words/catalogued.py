"""All commands with their words, and values that are understood without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import app_commands

from bot.commands.words.examples import sample
from bot.commands.words.options import chosen
from bot.commands.words.tokens import joined
from bot.commands.words.values import Found
from bot.commands.words.vocabulary import Vocabulary
from bot.texts import Languages
from tests.unit.bot.texts.written import every_command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.commands.words.tokens import Token
    from bot.texts import Texts

LANGUAGES = Languages.shipped()
ENGLISH = LANGUAGES.english
GERMAN = LANGUAGES.best("de")
VOCABULARY = Vocabulary(every_command(), LANGUAGES)


def runnable() -> Iterator[Any]:
    """Every command that does something, those in groups as well."""
    for target in VOCABULARY.targets:
        if not isinstance(target, app_commands.Group):
            yield target


def slash_commands() -> list[app_commands.Command[Any, ..., None]]:
    return [each for each in runnable() if isinstance(each, app_commands.Command)]


def called(name: str) -> Any:
    return next(each for each in VOCABULARY.targets if each.qualified_name == name)


class Samples:
    """Understands choices, and of all other values those that examples show."""

    def __init__(self, texts: Texts):
        self._texts = texts

    async def read(
        self,
        parameter: app_commands.Parameter,
        words: Sequence[Token],
        *,
        is_exact: bool = False,
    ) -> Found | None:
        del is_exact
        if parameter.choices:
            choice = chosen(parameter, words, self._texts)
            return None if choice is None else Found(choice.value)
        typed = joined(words)
        return Found(typed) if typed == sample(parameter, self._texts) else None
