"""Examples of how a command is written in plain words, made from its options. Pure.

Tests hold every example to be understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.words.options import choice_title, option_name, text_option
from bot.commands.words.vocabulary import title
from bot.texts import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.commands.words.vocabulary import Runnable
    from bot.texts import Texts

_Kind = discord.AppCommandOptionType
_WRITTEN: Mapping[str, str] = {
    "since": "2026-03-04",
    "until": "2026-03-09",
    "at": "08:00",
    "quiet-from": "22:00",
    "quiet-until": "07:00",
    "zone": "Europe/Berlin",
    "address": "https://paper.example",
    "allow": "CNN",
    "disallow": "CNN",
}
_TEXTS: Mapping[str, Saying] = {
    "question": saying("why was the bridge closed?"),
    "query": saying("bridge repair"),
    "topic": saying("bridge"),
    "headline": saying("bridge closes"),
    "command": saying("search"),
    "feed": saying("The Paper"),
}
_OF_KIND: Mapping[discord.AppCommandOptionType, Saying] = {
    _Kind.channel: saying("#channel"),
    _Kind.user: saying("@somebody"),
}


def example(target: Runnable, texts: Texts, option: app_commands.Parameter | None = None) -> str:
    """Return how a command is written, perhaps with one of its options."""
    name = title(target, texts)
    if isinstance(target, app_commands.ContextMenu):
        return name
    parts = [name, *_needed(target, texts)]
    first = next(iter(target.parameters), None)
    shown = option or (first if len(parts) == 1 else None)
    if shown is not None and not shown.required:
        parts += _sample(shown, texts, is_named=not _takes_all(target, shown))
    return " ".join(parts)


def sample(parameter: app_commands.Parameter, texts: Texts) -> str:
    """Return a value that an option can have."""
    if parameter.choices:
        return choice_title(parameter.choices[0], texts)
    if parameter.display_name in _TEXTS:
        return texts.tell(_TEXTS[parameter.display_name])
    if parameter.type in _OF_KIND:
        return texts.tell(_OF_KIND[parameter.type])
    if parameter.type is _Kind.boolean:
        return texts.say("yes, on").partition(",")[0]
    if parameter.type is _Kind.integer:
        return "3"
    return _WRITTEN.get(parameter.display_name, texts.name)


def _needed(command: app_commands.Command[Any, ..., None], texts: Texts) -> Iterator[str]:
    for parameter in command.parameters:
        if parameter.required:
            # those come first and in their order, so that they need no names
            is_named = _is_behind_text(command, parameter)
            yield from _sample(parameter, texts, is_named=is_named)


def _is_behind_text(
    command: app_commands.Command[Any, ..., None], parameter: app_commands.Parameter
) -> bool:
    return text_option(command) is not None and parameter.name != command.parameters[0].name


def _takes_all(
    command: app_commands.Command[Any, ..., None], parameter: app_commands.Parameter
) -> bool:
    return len(command.parameters) == 1 and parameter.name == command.parameters[0].name


def _sample(parameter: app_commands.Parameter, texts: Texts, *, is_named: bool) -> Iterator[str]:
    if is_named:
        text = text_option(parameter.command)
        # in a whole question, a colon tells an option from what is asked
        colon = ":" if text is not None and text.is_sentence else ""
        yield f"{option_name(parameter, texts)}{colon}"
    yield sample(parameter, texts)
