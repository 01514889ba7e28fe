"""What stands behind the name of a command, taken apart into the values of its options.

An option is its name and its value: `since 2023-10-01`, or `since: 2023-10-01`. What is no value of
an option belongs to the text, if the command has one, so that "anger since the vote" can be looked
for. What has to be named comes first and needs no name, and the last word may be a choice:
`newest`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.commands.words.options import chosen
from bot.commands.words.places import Places, is_truth
from bot.commands.words.tokens import joined, unquoted
from bot.commands.words.values import DATES, UnclearError, fits
from bot.texts import saying
from bot.views import limits
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from discord import app_commands

    from bot.commands.words.options import Option
    from bot.commands.words.places import Place
    from bot.commands.words.tokens import Token
    from bot.commands.words.values import Values
    from bot.texts import Texts

_TOLD_LENGTH = 60


class Arguments:
    """Reads the options of one command; `shown` writes a text's mentions as names."""

    def __init__(
        self,
        command: app_commands.Command[Any, ..., None],
        texts: Texts,
        values: Values,
        shown: Callable[[str], str],
    ):
        self._places = Places(command, texts)
        self._texts = texts
        self._values = values
        self._shown = shown
        self._found: dict[str, Any] = {}
        self._words: list[Token] = []

    async def read(self, words: Sequence[Token]) -> dict[str, Any]:
        """Return the values by the names of the command's parameters. Raises UnclearError."""
        words = self._places.spread(words)
        at = 0
        while at < len(words):
            at = await self._one(words, at)
        if self._places.text is not None and self._words:
            self._keep(self._places.text, self._whole(self._places.text))
        for option in self._places.options:
            if option.parameter.required and option.parameter.name not in self._found:
                raise self._missing(option)
        return self._found

    async def _one(self, words: Sequence[Token], at: int) -> int:
        """Take up what stands at a place, and return where to go on."""
        place = self._places.at(words, at, self._found.keys())
        if place is not None:
            end = await self._take(place, words)
            if end is not None:
                return end
        elif self._places.text is None:
            return await self._take_in_turn(words, at)
        if self._is_last_choice(words, at):
            return len(words)
        self._words.append(words[at])
        return at + 1

    async def _take(self, place: Place, words: Sequence[Token]) -> int | None:
        """Take the value of an option; None where it has none, and all is text."""
        option, begin = place.option, place.begin
        last = self._places.end(words, begin, self._found.keys())
        end = await self._take_longest(option, words, begin, last, is_short=place.is_short)
        if end is not None:
            return end
        if is_truth(option) and (self._places.text is None or begin == len(words)):
            self._keep(option, value=True)
            return begin
        # options come behind the text, one after the other
        may_be_text = self._places.text is not None and not self._found and not place.is_explicit
        if begin < last and _is_refused_later(option, words[begin], may_be_text=may_be_text):
            written = unquoted(joined(words[begin:last]))
            if not fits(limits.length(written), option.parameter):
                raise self._unfit(option, words[begin:last])
            self._keep(option, written)
            return last
        if may_be_text:
            return None
        raise self._unfit(option, words[begin:last]) if begin < last else self._missing(option)

    async def _take_in_turn(self, words: Sequence[Token], at: int) -> int:
        """Take the value of the option whose turn it is. Raises UnclearError."""
        option = self._next_in_turn()
        if option is None:
            raise UnclearError(saying("there is no place for “{words}”", words=_told(words[at:])))
        last = self._places.end(words, at, self._found.keys())
        end = await self._take_longest(option, words, at, last)
        if end is None:
            raise self._unfit(option, words[at:last])
        return end

    async def _take_longest(
        self,
        option: Option,
        words: Sequence[Token],
        begin: int,
        last: int,
        *,
        is_short: bool = False,
    ) -> int | None:
        """Take as many words as make a value, and return where that ends; None for no value."""
        for end in range(last, begin, -1):
            is_exact = is_short or end < last
            found = await self._values.read(option.parameter, words[begin:end], is_exact=is_exact)
            if found is not None:
                self._keep(option, found.value)
                return end
        return None

    def _keep(self, option: Option, value: Any) -> None:
        self._found[option.parameter.name] = value

    def _next_in_turn(self) -> Option | None:
        """Return the first option that must be there and is not; the only one in any case."""
        options = self._places.options
        return next(
            (
                each
                for each in options
                if each.parameter.name not in self._found
                and (each.parameter.required or len(options) == 1)
            ),
            None,
        )

    def _is_last_choice(self, words: Sequence[Token], at: int) -> bool:
        """Take a choice that is all that is left, if it is one."""
        if not self._words:
            return False
        for option in self._places.options:
            choice = chosen(option.parameter, words[at:], self._texts)
            if choice is not None and option.parameter.name not in self._found:
                self._keep(option, choice.value)
                return True
        return False

    def _whole(self, option: Option) -> str:
        text = self._shown(" ".join(_bare_address(each.text) for each in self._words))
        most, length = option.parameter.max_value, limits.length(text)
        if most is not None and length > most:
            told = saying(
                "“{option}” has {count} characters and may have {most}",
                option=option.called(self._texts),
                count=length,
                most=int(most),
            )
            raise UnclearError(told, option.parameter)
        return text

    def _missing(self, option: Option) -> UnclearError:
        told = saying("“{option}” is missing", option=option.called(self._texts))
        return UnclearError(told, option.parameter)

    def _unfit(self, option: Option, words: Sequence[Token]) -> UnclearError:
        name = option.called(self._texts)
        told = saying("“{value}” does not fit “{option}”", value=_told(words), option=name)
        return UnclearError(told, option.parameter)


def _is_refused_later(option: Option, first: Token, *, may_be_text: bool) -> bool:
    """Whether the command itself says best what is wrong with a value."""
    parameter = option.parameter
    if parameter.display_name in DATES:
        return first.text[0].isdigit() or not may_be_text
    is_offered = parameter.type is discord.AppCommandOptionType.string and parameter.autocomplete
    return is_offered and not may_be_text


def _told(words: Sequence[Token]) -> str:
    """Return words as they are told in a sentence, which has no room for more."""
    return shortened(joined(words), _TOLD_LENGTH)


def _bare_address(word: str) -> str:
    """Return an address without the signs that keep Discord from showing a preview of it."""
    return word[1:-1] if word.startswith("<http") and word.endswith(">") else word
