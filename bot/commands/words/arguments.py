"""What stands behind the name of a command, taken apart into the values of its options.

An option is its name and its value: `since 2023-10-01`, or `since: 2023-10-01`. What is no value of
an option belongs to the text, if the command has one, so that "anger since the vote" can be looked
for. A whole question keeps all its words; there, options are told apart by their colon alone. What
has to be named comes first and needs no name, and the last word may be a choice: `newest`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.commands.words.options import chosen, options_of, text_option
from bot.commands.words.tokens import Token, begins_with, joined, unquoted
from bot.commands.words.values import DATES, UnclearError
from bot.texts import saying
from bot.views import limits
from index.query.operators import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from discord import app_commands

    from bot.commands.words.options import Option
    from bot.commands.words.values import Values
    from bot.texts import Texts

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Named:
    """An option whose name stands somewhere, and where its value begins."""

    option: Option
    begin: int
    inline: Token | None = None
    is_short: bool = False


class Arguments:
    """Reads the options of one command; `shown` writes a text's mentions as names."""

    def __init__(
        self,
        command: app_commands.Command[Any, ..., None],
        texts: Texts,
        values: Values,
        shown: Callable[[str], str],
    ):
        self._options = options_of(command, texts)
        self._text = text_option(command, texts)
        self._texts = texts
        self._values = values
        self._shown = shown
        self._found: dict[str, Any] = {}
        self._words: list[Token] = []

    async def read(self, words: Sequence[Token]) -> dict[str, Any]:
        """Return the values by the names of the command's parameters. Raises UnclearError."""
        words = self._without_its_name(words)
        at = 0
        while at < len(words):
            at = await self._one(words, at)
        if self._text is not None and self._words:
            self._keep(self._text, self._whole(self._text))
        for option in self._options:
            if option.parameter.required and option.parameter.name not in self._found:
                name = option.called(self._texts)
                raise UnclearError(saying("“{option}” is missing", option=name), option.parameter)
        return self._found

    async def _one(self, words: Sequence[Token], at: int) -> int:
        """Take up what stands at a place, and return where to go on."""
        named = self._named_at(words, at)
        if named is not None:
            end = await self._take(named, words)
            if end is not None:
                return end
        elif self._text is None:
            return await self._take_in_turn(words, at)
        if self._is_last_choice(words, at):
            return len(words)
        self._words.append(words[at])
        return at + 1

    async def _take(self, named: _Named, words: Sequence[Token]) -> int | None:
        """Take the value of an option; None where it has none and all is text."""
        option, begin = named.option, named.begin
        if named.inline is not None:
            return begin if await self._take_value(named, [named.inline]) else None
        for end in range(self._end(words, begin), begin, -1):
            if await self._take_value(named, words[begin:end]):
                return end
        is_at_the_end = begin == len(words)
        if _is_truth(option) and (self._text is None or is_at_the_end):
            self._keep(option, value=True)
            return begin
        end = self._end(words, begin)
        if self._is_wrong(option, words[begin:end]):
            # whatever refuses it says how it is to be written
            self._keep(option, unquoted(joined(words[begin:end])))
            return end
        if self._is_still_text():
            return None
        if is_at_the_end:
            raise UnclearError(
                saying("“{option}” is missing", option=option.called(self._texts)),
                option.parameter,
            )
        raise self._unfit(option, words[begin:end])

    async def _take_in_turn(self, words: Sequence[Token], at: int) -> int:
        """Take the value of the option whose turn it is. Raises UnclearError."""
        option = self._next_in_turn()
        if option is None:
            raise UnclearError(saying("there is no place for “{words}”", words=words[at].text))
        last = self._end(words, at)
        for end in range(last, at, -1):
            if await self._take_value(_Named(option, at), words[at:end]):
                return end
        raise self._unfit(option, words[at:last])

    async def _take_value(self, named: _Named, words: Sequence[Token]) -> bool:
        option = named.option
        found = await self._values.read(option.parameter, words, is_short=named.is_short)
        if found is None:
            return False
        self._keep(option, found.value)
        return True

    def _keep(self, option: Option, value: Any) -> None:
        self._found[option.parameter.name] = value

    def _next_in_turn(self) -> Option | None:
        """Return the first option that must be there and is not; the only one in any case."""
        open_options = [o for o in self._options if o.parameter.name not in self._found]
        if len(self._options) == 1:
            return next(iter(open_options), None)
        return next((each for each in open_options if each.parameter.required), None)

    def _is_last_choice(self, words: Sequence[Token], at: int) -> bool:
        """Take a choice that is all that is left, if it is one."""
        if not self._words:
            return False
        for option in self._options:
            choice = chosen(option.parameter, words[at:], self._texts)
            if choice is not None and option.parameter.name not in self._found:
                self._keep(option, choice.value)
                return True
        return False

    def _is_wrong(self, option: Option, words: Sequence[Token]) -> bool:
        """Whether something was meant to be a value, and cannot be read."""
        if not words:
            return False
        if option.parameter.display_name in DATES:
            return words[0].text[0].isdigit() or not self._is_still_text()
        # what is offered may be written out as well, and the command says what is wrong with it
        return not self._is_still_text() and _is_offered_text(option)

    def _named_at(self, words: Sequence[Token], at: int) -> _Named | None:
        """Return the option whose name stands at a place, if it is to be one there."""
        for option in self._options:
            if option.parameter.name in self._found or self._is_text(option):
                continue
            for names, is_short in ((option.names, False), (option.short_names, True)):
                for name in names:
                    found = self._named(option, name, words, at, is_short=is_short)
                    if found is not None:
                        return found
        return None

    def _named(
        self,
        option: Option,
        name: tuple[str, ...],
        words: Sequence[Token],
        at: int,
        *,
        is_short: bool,
    ) -> _Named | None:
        before, colon, value = words[at].text.partition(":")
        if colon and value and name == (before.casefold(),):
            # a text says that itself, and more of it: publisher:bbc publisher:cnn
            is_filter = self._text is not None and option.parameter.display_name in FILTERS
            return None if is_filter else _Named(option, at + 1, Token(value), is_short)
        if not begins_with(words[at:], name):
            return None
        begin = at + len(name)
        if self._is_of_sentence() and not words[begin - 1].leads_on:
            is_flag = _is_truth(option) and begin == len(words)
            return _Named(option, begin) if is_flag else None
        return _Named(option, begin, is_short=is_short)

    def _end(self, words: Sequence[Token], begin: int) -> int:
        """Return where a value that begins somewhere ends at the latest."""
        most = min(len(words), begin + _MOST_WORDS)
        ends = (at for at in range(begin + 1, most) if self._named_at(words, at))
        return next(ends, most)

    def _without_its_name(self, words: Sequence[Token]) -> Sequence[Token]:
        """Leave out the name of the text itself, where a colon says that it is one."""
        if self._text is None or not words:
            return words
        before, colon, value = words[0].text.partition(":")
        if not colon or (before.casefold(),) not in self._text.names:
            return words
        return [*([Token(value)] if value else ()), *words[1:]]

    def _whole(self, option: Option) -> str:
        text = self._shown(" ".join(_bare_address(each.text) for each in self._words))
        most = option.parameter.max_value
        if most is not None and limits.length(text) > most:
            name = option.called(self._texts)
            raise UnclearError(
                saying(
                    "“{option}” has {count} characters and may have {most}",
                    option=name,
                    count=limits.length(text),
                    most=int(most),
                ),
                option.parameter,
            )
        return text

    def _unfit(self, option: Option, words: Sequence[Token]) -> UnclearError:
        name = option.called(self._texts)
        said = saying("“{value}” does not fit “{option}”", value=joined(words), option=name)
        return UnclearError(said, option.parameter)

    def _is_text(self, option: Option) -> bool:
        return self._text is not None and option.parameter.name == self._text.parameter.name

    def _is_still_text(self) -> bool:
        """Whether what is no value may be text: options come behind it, one after the other."""
        return self._text is not None and not self._found

    def _is_of_sentence(self) -> bool:
        return self._text is not None and self._text.is_sentence


def _is_truth(option: Option) -> bool:
    return option.parameter.type is discord.AppCommandOptionType.boolean


def _is_offered_text(option: Option) -> bool:
    return (
        option.parameter.type is discord.AppCommandOptionType.string
        and option.parameter.autocomplete
    )


def _bare_address(word: str) -> str:
    """Return an address without the signs that keep Discord from showing a preview of it."""
    return word[1:-1] if word.startswith("<http") and word.endswith(">") else word
