"""Commands in plain words, from the message to the answer. Runs what the slash commands run."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.askers import author_of
from bot.commands.cooldown import CooldownError
from bot.commands.failures import told
from bot.commands.house_rules import is_free
from bot.commands.in_reply import reply_to
from bot.commands.message_menus import said_in
from bot.commands.outcomes import Outcome, recorded
from bot.commands.typing_if_slow import typing_if_slow
from bot.commands.words.arguments import Arguments
from bot.commands.words.delivering import Delivery
from bot.commands.words.examples import example
from bot.commands.words.helping import help_command
from bot.commands.words.permitting import check_permitted
from bot.commands.words.recognising import spoken
from bot.commands.words.tokens import joined
from bot.commands.words.values import UnclearError, Values
from bot.commands.words.vocabulary import Vocabulary, title
from bot.commands.words.written import Written
from bot.texts import saying
from bot.texts.texts import COMMAND_NAME
from bot.views.escaping import one_line
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.commands.cooldown import Cooldown
    from bot.commands.house_limits import HouseLimits
    from bot.commands.measures import Measures
    from bot.commands.speaking import Speaking
    from bot.commands.words.recognising import Spoken
    from bot.commands.words.vocabulary import Runnable, Target
    from bot.texts import Texts

_TOLD_LENGTH = 60


class PlainWords:
    """Understands messages that are commands, and does what they say.

    `commands` are not to count how often somebody asks: that is done here, for all of them.
    """

    def __init__(
        self,
        commands: Iterable[Target],
        speaking: Speaking,
        cooldown: Cooldown,
        limits: HouseLimits,
        measures: Measures,
    ):
        every = [*commands, help_command(lambda: self._vocabulary, speaking)]
        self._vocabulary = Vocabulary(every, speaking.languages)
        self._speaking = speaking
        self._cooldown = cooldown
        self._limits = limits
        self._measures = measures

    async def read(self, message: discord.Message, text: str) -> Spoken | None:
        """Return the command that a message's text is, None where it is a question."""
        return spoken(text, self._vocabulary, await self._speaking.in_reply_to(message))

    async def run(
        self,
        spoken: Spoken,
        message: discord.Message,
        client: discord.Client,
        shown: Callable[[str], str],
    ) -> None:
        """Do it, or say why not; `shown` writes a text's mentions as names.

        Raises what Discord refuses.
        """
        public = await self._speaking.in_reply_to(message)
        outcome = Outcome()
        delivery = Delivery(message, public, spoken.texts.command("settings set").lstrip("/"))
        written = Written(message, client, spoken.texts, delivery, outcome)
        name = "unknown command" if spoken.target is None else spoken.target.qualified_name
        try:
            with recorded(name, message.id, self._measures, outcome):
                self._cooldown.take(message.author.id)
                if not is_free(spoken.root):
                    self._limits.take(author_of(message))
                doing = self._do(spoken, written, message, shown)
                await typing_if_slow(message.channel, doing, delivery.begun)
        except UnclearError as error:
            await reply_to(message, content=self._unclear(spoken, error))
        except CooldownError as error:
            if error.is_first:
                await reply_to(message, content=told(error, message.id, spoken.texts))
        except discord.Forbidden:
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, the person gets an answer)
            said = told(error, message.id, spoken.texts)
            await delivery.send(alone=written.response.is_for_one, content=said)

    async def _do(
        self,
        spoken: Spoken,
        written: Written,
        message: discord.Message,
        shown: Callable[[str], str],
    ) -> None:
        target, interaction = _runnable(spoken), written.as_interaction
        check_permitted(target, interaction)
        callback: Any = target.callback
        if isinstance(target, app_commands.ContextMenu):
            await callback(interaction, _meant(message, spoken))
            return
        values = Values(interaction, spoken.texts, message)
        arguments = Arguments(target, spoken.texts, values, shown)
        await callback(interaction, **await arguments.read(spoken.rest))

    def _unclear(self, spoken: Spoken, error: UnclearError) -> str:
        """Say in a sentence how it was understood, what is wrong, and how it is written."""
        texts = spoken.texts
        reason = texts.tell(error.saying)
        if spoken.target is None:
            return one_line(reason)
        return one_line(
            texts.say(
                "I read that as “{command}”, but {reason}; write it like “{example}”.",
                command=title(spoken.target, texts),
                reason=reason,
                example=_right(spoken.target, texts, error.parameter),
            )
        )


def _runnable(spoken: Spoken) -> Runnable:
    """Return what can be done. Raises UnclearError."""
    texts = spoken.texts
    if spoken.target is None:
        raise UnclearError(
            saying(
                "There is no command “{typed}”; write “{help}” to learn which there are.",
                typed=shortened(spoken.typed, _TOLD_LENGTH),
                help=texts.say("help"),
            )
        )
    if isinstance(spoken.target, app_commands.Group):
        parts = (texts.localised(each.name, COMMAND_NAME) for each in spoken.target.commands)
        words = texts.either(f"“{each}”" for each in parts)
        raise UnclearError(saying("it needs one of the words {words} behind it", words=words))
    return spoken.target


def _right(target: Target, texts: Texts, parameter: app_commands.Parameter | None) -> str:
    if isinstance(target, app_commands.Group):
        return _right(target.commands[0], texts, None)
    return example(target, texts, parameter)


def _meant(message: discord.Message, spoken: Spoken) -> discord.Message:
    """Return the message that a menu's command is about. Raises UnclearError for none."""
    if spoken.rest:
        of_words = copy.copy(message)
        of_words.content = joined(spoken.rest)
        return of_words
    replied = message.reference.resolved if message.reference else None
    if not isinstance(replied, discord.Message):
        raise UnclearError(saying("it is no reply to the message that you mean"))
    if not said_in(replied):
        raise UnclearError(
            saying("I cannot read the message that you mean: copy its words behind the command")
        )
    return replied
