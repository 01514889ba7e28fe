"""What words mean as the value of an option, whatever its kind. Where they mean nothing, so be it.

What is offered for an option while one types a slash command is looked up here: an alert goes by
its number or by words of its own, a time zone by its city.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import discord
from discord import app_commands

from bot.commands.words.options import chosen
from bot.commands.words.tokens import compared, joined, unquoted
from bot.texts import RefusedError, Saying, saying
from bot.views import limits
from index.query.dates import known_range

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from bot.commands.words.tokens import Token
    from bot.texts import Texts

    Reader: TypeAlias = Callable[
        ["Values", app_commands.Parameter, Sequence[Token]],
        Coroutine[Any, Any, "Found | None"],
    ]

_Kind = discord.AppCommandOptionType
DATES = {"since", "until"}
"""Options that are dates, which Discord knows as mere texts."""
_NUMBER = re.compile(r"#?(-?[0-9]{1,15})")
_CHANNEL = re.compile(r"<#([0-9]{1,20})>")
_USER = re.compile(r"(?:<@!?)?([0-9]{15,20})>?")


class UnclearError(RefusedError):
    """A command in plain words that cannot be done; its saying goes behind a "but".

    `parameter` is what an example should show.
    """

    def __init__(self, saying: Saying, parameter: app_commands.Parameter | None = None):
        super().__init__(saying)
        self.parameter = parameter


class Found(NamedTuple):
    """What words mean."""

    value: Any


class Values:
    """Reads values where somebody acts; `now` is aware."""

    def __init__(self, interaction: discord.Interaction[Any], texts: Texts, message: Any):
        self._interaction = interaction
        self._texts = texts
        self._message = message

    async def read(
        self,
        parameter: app_commands.Parameter,
        words: Sequence[Token],
        *,
        is_exact: bool = False,
    ) -> Found | None:
        """Return what words mean, None where an option cannot have that value.

        Of what is offered while one types, they may be a part, unless it must be exact. Raises
        UnclearError.
        """
        if parameter.choices:
            choice = chosen(parameter, words, self._texts)
            return None if choice is None else Found(choice.value)
        found = await _READERS[parameter.type](self, parameter, words)
        if found is None and parameter.autocomplete:
            found = await self._offered(parameter, unquoted(joined(words)), is_exact=is_exact)
        return found

    async def text(self, parameter: app_commands.Parameter, words: Sequence[Token]) -> Found | None:
        """Return a text, None where it is no date for a date, or where others are offered."""
        typed = unquoted(joined(words)).strip()
        if parameter.display_name in DATES:
            typed = typed.rstrip("?.!,")
            return Found(typed) if known_range(typed, self._message.created_at) else None
        if parameter.autocomplete or not fits(limits.length(typed), parameter):
            return None
        return Found(typed)

    async def number(
        self, parameter: app_commands.Parameter, words: Sequence[Token]
    ) -> Found | None:
        """Return a whole number. Raises UnclearError for one that is too small or too large."""
        found = _NUMBER.fullmatch(joined(words).rstrip(".,"))
        if found is None:
            return None
        if not fits(int(found[1]), parameter):
            raise UnclearError(
                saying(
                    "{value} is not between {least} and {most}",
                    value=found[1],
                    least=str(parameter.min_value),
                    most=str(parameter.max_value),
                ),
                parameter,
            )
        return Found(int(found[1]))

    async def truth(
        self, _parameter: app_commands.Parameter, words: Sequence[Token]
    ) -> Found | None:
        """Return whether they say yes or no."""
        typed = compared(joined(words))
        if typed in self._texts.say("yes, on").split(", "):
            return Found(value=True)
        return Found(value=False) if typed in self._texts.say("no, off").split(", ") else None

    async def channel(
        self, parameter: app_commands.Parameter, words: Sequence[Token]
    ) -> Found | None:
        """Return a channel of the server, which whoever acts can see, by its mention or name."""
        guild, person = self._interaction.guild, self._interaction.user
        if guild is None or not isinstance(person, discord.Member):
            return None
        typed = unquoted(joined(words))
        found = _CHANNEL.fullmatch(typed)
        for each in guild.channels:
            is_named = each.id == int(found[1]) if found else each.name == typed.lstrip("#")
            if (
                is_named
                and each.type in parameter.channel_types
                and each.permissions_for(person).view_channel
            ):
                return Found(each)
        return None

    async def user(
        self, _parameter: app_commands.Parameter, words: Sequence[Token]
    ) -> Found | None:
        """Return a person, who is mentioned or named by their id."""
        found = _USER.fullmatch(joined(words))
        if found is None:
            return None
        for each in self._message.mentions:
            if each.id == int(found[1]):
                return Found(each)
        try:
            return Found(await self._interaction.client.fetch_user(int(found[1])))
        except discord.NotFound:
            return None

    async def _offered(
        self, parameter: app_commands.Parameter, typed: str, *, is_exact: bool
    ) -> Found | None:
        """Return what is offered for what was typed, where that leaves no doubt."""
        # discord.py hands nobody what completes an option
        complete: Any = parameter.command._params[parameter.name].autocomplete  # noqa: SLF001
        offered = await complete(self._interaction, typed)
        wanted = compared(typed)
        for choice in offered:
            if wanted in {compared(choice.name), compared(str(choice.value))}:
                return Found(choice.value)
        if is_exact or len(offered) != 1:
            return None
        return Found(offered[0].value)


def fits(size: int, parameter: app_commands.Parameter) -> bool:
    """Whether a number, or the length of a text, is within the bounds of an option."""
    least, most = parameter.min_value, parameter.max_value
    return (least is None or size >= least) and (most is None or size <= most)


_READERS: Mapping[discord.AppCommandOptionType, Reader] = {
    _Kind.string: Values.text,
    _Kind.integer: Values.number,
    _Kind.boolean: Values.truth,
    _Kind.channel: Values.channel,
    _Kind.user: Values.user,
}
KINDS = frozenset(_READERS)
"""The kinds of options that can be written in plain words."""
