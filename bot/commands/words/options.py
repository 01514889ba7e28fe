"""What the options of a command are called in plain words, and its choices. Pure.

Each goes by its name in English and in the language of the command, some by a shorter word, too.
The first option that is a text takes whatever no other option takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.translating import CONTEXTS
from bot.commands.words.tokens import begins_with, compared, forms, joined
from bot.texts import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.commands.words.tokens import Token
    from bot.texts import Texts

    AnyCommand = app_commands.Command[Any, ..., None]

_Location = app_commands.TranslationContextLocation
_OPTION, _CHOICE = CONTEXTS[_Location.parameter_name], CONTEXTS[_Location.choice_name]
_SHORT: Mapping[str, Saying] = {"publisher": saying("from")}
_ADVERBS: Mapping[str, Saying] = {"Day": saying("daily, every day")}
# a whole question says since when and by whom in its own way, which is understood elsewhere
_SENTENCE = "question"


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command, and the words that name it, those of one name after the other."""

    parameter: app_commands.Parameter
    names: tuple[tuple[str, ...], ...]
    short_names: tuple[tuple[str, ...], ...]

    @property
    def is_sentence(self) -> bool:
        """Whether it is a whole question."""
        return self.parameter.display_name == _SENTENCE

    def called(self, texts: Texts) -> str:
        """Return its name in a language."""
        return option_name(self.parameter, texts)


def option_name(parameter: app_commands.Parameter, texts: Texts) -> str:
    """Return the name of an option in a language."""
    return texts.localised(parameter.display_name, _OPTION)


def options_of(command: AnyCommand, texts: Texts) -> list[Option]:
    """Return the options of a command, in their order."""
    return [_option(each, texts) for each in command.parameters]


def text_option(command: AnyCommand, texts: Texts | None = None) -> Option | None:
    """Return the option that takes what no other does: the first one, or the only one."""
    parameters = command.parameters
    if not parameters or not (parameters[0].required or len(parameters) == 1):
        return None
    first = parameters[0]
    if first.type is not discord.AppCommandOptionType.string or first.choices:
        return None
    return _option(first, texts)


def choice_at(command: AnyCommand, words: Sequence[Token], texts: Texts) -> bool:
    """Whether words begin with a choice of a command's first option."""
    first = next(iter(command.parameters), None)
    return first is not None and any(
        begins_with(words, name.split())
        for choice in first.choices
        for name in choice_names(choice, texts)
    )


def chosen(
    parameter: app_commands.Parameter, words: Sequence[Token], texts: Texts
) -> app_commands.Choice[Any] | None:
    """Return the choice of an option that words name."""
    typed = compared(joined(words))
    for choice in parameter.choices:
        if typed in choice_names(choice, texts):
            return choice
    return None


def choice_title(choice: app_commands.Choice[Any], texts: Texts) -> str:
    """Return what a choice is called in a language, in a sentence where it can be."""
    if choice.name in _ADVERBS:
        return texts.tell(_ADVERBS[choice.name]).split(", ")[0]
    return texts.localised(choice.name, _CHOICE)


def choice_names(choice: app_commands.Choice[Any], texts: Texts) -> set[str]:
    """Return what names a choice, folded."""
    names = {choice.name, texts.localised(choice.name, _CHOICE)}
    if choice.name in _ADVERBS:
        names.update(texts.tell(_ADVERBS[choice.name]).split(", "))
    if isinstance(choice.value, str):
        names.add(choice.value)
    return {name.casefold() for name in names}


def _option(parameter: app_commands.Parameter, texts: Texts | None) -> Option:
    name = parameter.display_name
    known = {name} if texts is None else {name, texts.localised(name, _OPTION)}
    short = () if texts is None else tuple(_short(name, texts))
    return Option(parameter, tuple(each for text in known for each in forms(text)), short)


def _short(name: str, texts: Texts) -> Iterator[tuple[str, ...]]:
    if name in _SHORT:
        yield tuple(texts.tell(_SHORT[name]).split())
