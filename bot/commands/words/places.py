"""Where options are named among the words behind a command. Knows no values.

A whole question keeps all its words: there, options are told apart by their colon alone, or stand
at the very end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.commands.words.options import options_of, text_option
from bot.commands.words.tokens import Token, begins_with
from index.query.operators import FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from discord import app_commands

    from bot.commands.words.options import Option
    from bot.texts import Texts

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where an option is named, and its value begins.

    `is_short`: by one of its short names; `is_explicit`: with a colon behind the name.
    """

    option: Option
    begin: int
    is_short: bool
    is_explicit: bool


class Places:
    """The options of a command, and the one that takes what no other does."""

    def __init__(self, command: app_commands.Command[Any, ..., None], texts: Texts):
        self.options = options_of(command, texts)
        self.text = text_option(command, texts)

    def spread(self, words: Sequence[Token]) -> list[Token]:
        """Return words with `since:yesterday` taken apart, and without the name of the text."""
        found = [each for word in words for each in self._spread(word)]
        is_named = found and self.text and found[0].leads_on and _names(self.text, found)
        return found[1:] if is_named else found

    def at(self, words: Sequence[Token], at: int, taken: AbstractSet[str]) -> Place | None:
        """Return the option that is named at a place, other than those with a value already."""
        for option in self.options:
            if option.parameter.name not in taken and not self.is_text(option):
                for names, is_short in ((option.names, False), (option.short_names, True)):
                    for name in names:
                        if begins_with(words[at:], name) and self._counts(option, words, at, name):
                            begin = at + len(name)
                            return Place(option, begin, is_short, words[begin - 1].leads_on)
        return None

    def end(self, words: Sequence[Token], begin: int, taken: AbstractSet[str]) -> int:
        """Return where a value that begins somewhere ends at the latest."""
        most = min(len(words), begin + _MOST_WORDS)
        ends = (at for at in range(begin + 1, most) if self.at(words, at, taken))
        return next(ends, most)

    def is_text(self, option: Option) -> bool:
        """Whether an option takes what no other does."""
        return self.text is not None and option.parameter.name == self.text.parameter.name

    def _counts(
        self, option: Option, words: Sequence[Token], at: int, name: tuple[str, ...]
    ) -> bool:
        """Whether a name is one of an option there, and no word of a question."""
        if self.text is None or not self.text.is_sentence:
            return True
        end = at + len(name)
        return words[end - 1].leads_on or (is_truth(option) and end == len(words))

    def _spread(self, word: Token) -> Iterator[Token]:
        name, colon, value = word.text.partition(":")
        # a text says such things itself, and more of them: publisher:bbc publisher:cnn
        is_left = self.text is not None and name.casefold() in FILTERS
        if colon and value and not is_left and self._is_name(name):
            yield Token(f"{name}:")
            yield Token(value)
        else:
            yield word

    def _is_name(self, word: str) -> bool:
        return any((word.casefold(),) in each.names for each in self.options)


def is_truth(option: Option) -> bool:
    """Whether an option is either so or not."""
    return option.parameter.type is discord.AppCommandOptionType.boolean


def _names(option: Option, words: Sequence[Token]) -> bool:
    return any(begins_with(words, name) for name in option.names)
