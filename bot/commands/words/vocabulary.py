"""Which words name which command: its names in every language, and a few more. Knows no options.

A name stands for its command behind a sign, as in `!search`; without one, only where no sentence
that asks something begins like that. German "suchen" might ("Suchen Retter noch?"), "suche" does
not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from discord import app_commands

from bot.commands.words.tokens import begins_with, forms
from bot.texts import Saying, saying
from bot.texts.texts import COMMAND_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.commands.words.tokens import Token
    from bot.texts import Languages, Texts

Runnable: TypeAlias = app_commands.Command[Any, ..., None] | app_commands.ContextMenu
Target: TypeAlias = Runnable | app_commands.Group

# what else a command is called, and all that it is called without a sign
_PLAIN: Mapping[str, Saying] = {
    "ask": saying("ask"),
    "search": saying("search, find"),
    "help": saying("help, commands"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """The words, folded, that name a command or a group in the language of `texts`."""

    words: tuple[str, ...]
    target: Target
    texts: Texts
    is_plain: bool


class Vocabulary:
    """The names of commands in every language."""

    def __init__(self, commands: Iterable[Target], languages: Languages):
        self.languages = languages
        self.targets = [each for command in commands for each in _with_parts(command)]
        found = [
            name
            for target in self.targets
            for texts in languages.all()
            for name in _names(target, texts)
        ]
        # the more words, the fewer mean something else
        self._names = sorted(found, key=lambda name: -len(name.words))

    def beginning(self, words: Sequence[Token], preferred: Texts) -> list[Name]:
        """Return the names that words begin with, the longest first.

        Of those that several languages share, the one in the preferred language is first.
        """
        found = [each for each in self._names if begins_with(words, each.words)]
        found.sort(key=lambda name: (-len(name.words), name.texts is not preferred))
        return found


def title(target: Target, texts: Texts) -> str:
    """Return how a command is called in a language, as it may be written without a sign."""
    *above, own = _path(target)
    if not above and own in _PLAIN:
        return texts.tell(_PLAIN[own]).split(", ")[0]
    return " ".join(texts.localised(each, COMMAND_NAME) for each in (*above, own))


def _with_parts(command: Target) -> Iterator[Target]:
    yield command
    if isinstance(command, app_commands.Group):
        yield from command.walk_commands()


def _path(target: Target) -> list[str]:
    if isinstance(target, app_commands.ContextMenu):
        return [target.name]
    return [*(_path(target.parent) if target.parent else ()), target.name]


def _names(target: Target, texts: Texts) -> Iterator[Name]:
    path = _path(target)
    plain = texts.tell(_PLAIN[path[0]]).split(", ") if path[0] in _PLAIN else []
    called = " ".join(texts.localised(each, COMMAND_NAME) for each in path)
    for text in dict.fromkeys((*plain, called)):
        for words in forms(text):
            yield Name(words, target, texts, is_plain=not plain or text in plain)
