"""`help`: what somebody can write to the bot in plain words. There is no slash command like it.

What a person may not use there is not told, as Discord does with slash commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.translating import CONTEXTS
from bot.commands.words.examples import example
from bot.commands.words.options import option_name
from bot.commands.words.permitting import is_for_servers, lacking
from bot.commands.words.tokens import tokens
from bot.commands.words.vocabulary import Runnable, Target, Vocabulary
from bot.texts import RefusedError, saying
from bot.views import limits
from bot.views.layout import layout
from bot.views.plain_words import command_text, commands_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.commands.speaking import Speaking
    from bot.texts import Texts
    from bot.views.message import MessageText

_Location = app_commands.TranslationContextLocation
_DESCRIPTION = CONTEXTS[_Location.command_description]


def help_command(
    vocabulary: Callable[[], Vocabulary], speaking: Speaking
) -> app_commands.Command[Any, ..., None]:
    """Return the command; the vocabulary, which holds it, is asked for when it is there."""

    @app_commands.command(name="help", description="What you can write to me in plain words")
    @app_commands.describe(command="The command to tell more of")
    async def help_(
        interaction: discord.Interaction[Any],
        command: app_commands.Range[str, 1, limits.CHOICE_LENGTH] | None = None,
    ) -> None:
        texts = speaking.privately(interaction)
        text = (
            _all(vocabulary(), interaction, texts)
            if command is None
            else _one(vocabulary(), command, texts)
        )
        await interaction.response.send_message(view=layout(text))

    return help_


def _all(
    vocabulary: Vocabulary, interaction: discord.Interaction[Any], texts: Texts
) -> MessageText:
    listed = [
        (example(target, texts), _does(target, texts))
        for target in vocabulary.targets
        if not isinstance(target, app_commands.Group) and _may(interaction, target)
    ]
    return commands_text(listed, texts)


def _one(vocabulary: Vocabulary, topic: str, texts: Texts) -> MessageText:
    words = tokens(topic)
    for name in vocabulary.beginning(words, texts):
        if len(name.words) == len(words):
            if isinstance(name.target, app_commands.Group):
                return commands_text(list(_of_group(name.target, texts)), texts)
            shown = example(name.target, texts)
            return command_text(
                shown, _does(name.target, texts), list(_options(name.target, texts)), texts
            )
    raise RefusedError(
        saying(
            "There is no command “{typed}”; write “{help}” to learn which there are.",
            typed=topic,
            help=texts.say("help"),
        )
    )


def _of_group(group: app_commands.Group, texts: Texts) -> Iterator[tuple[str, str]]:
    for each in group.walk_commands():
        if isinstance(each, app_commands.Command):
            yield example(each, texts), _does(each, texts)


def _options(target: Runnable, texts: Texts) -> Iterator[tuple[str, str]]:
    if isinstance(target, app_commands.Command):
        for each in target.parameters:
            yield option_name(each, texts), texts.localised(each.description, _DESCRIPTION)


def _does(target: Target, texts: Texts) -> str:
    if isinstance(target, app_commands.ContextMenu):
        return texts.say("written as a reply to a message, or with its words behind it")
    return texts.localised(target.description, _DESCRIPTION)


def _may(interaction: discord.Interaction[Any], target: Target) -> bool:
    if is_for_servers(target) and interaction.guild_id is None:
        return False
    return not lacking(target, interaction.permissions)
