"""Whether a message is a command in plain words, and which. Pure.

Behind `!` or `/` it always is. Without a sign, whatever asks something is a question: it has a
question mark, or a word like "who" in it. And so is what a command has no place for, as in "status
of the talks".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discord import app_commands

from bot.commands.words.options import choice_at, text_option
from bot.commands.words.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.words.tokens import Token
    from bot.commands.words.vocabulary import Name, Target, Vocabulary
    from bot.texts import Texts

_SIGN = re.compile(r"[!/](?=[^\W\d_])")
_ENDS_A_NAME = (":", ",")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command and what stands behind its name; no target where nothing has the name `typed`."""

    typed: str
    target: Target | None
    rest: tuple[Token, ...]
    texts: Texts

    @property
    def root(self) -> str | None:
        """The name of the command, or of the group that it is in."""
        return None if self.target is None else root_of(self.target).name


def root_of(target: Target) -> Target:
    """Return what Discord knows a command by: its outermost group, or itself."""
    if isinstance(target, app_commands.ContextMenu):
        return target
    return target.root_parent or target


def spoken(text: str, vocabulary: Vocabulary, preferred: Texts) -> Spoken | None:
    """Return the command that a message is, None where it is a question."""
    sign = _SIGN.match(text.strip())
    words = tokens(text.strip()[1:] if sign else text)
    for name in vocabulary.beginning(words, preferred):
        count = len(name.words)
        rest = tuple(words[count:])
        if sign or (name.is_plain and _is_unmistakable(name, words[:count], rest, vocabulary)):
            target = _meant(name, rest)
            return Spoken(" ".join(each.word for each in words[:count]), target, rest, name.texts)
    if not sign:
        return None
    return Spoken(words[0].word, None, tuple(words[1:]), preferred)


def _is_unmistakable(
    name: Name, named: Sequence[Token], rest: Sequence[Token], vocabulary: Vocabulary
) -> bool:
    target = name.target
    if isinstance(target, app_commands.ContextMenu):
        return not rest
    option = None if isinstance(target, app_commands.Group) else text_option(target)
    if option is not None and option.is_sentence:
        return named[-1].text.endswith(_ENDS_A_NAME) or _begins_like_a_question(rest, name.texts)
    if _asks([*named, *rest], name.texts):
        return False
    if isinstance(target, app_commands.Group):
        return not rest or _meant(name, rest) is not target
    if target.name == "help":
        return not rest or any(
            len(each.words) == len(rest) for each in vocabulary.beginning(rest, name.texts)
        )
    return not rest or (bool(target.parameters) and (option is not None or len(name.words) > 1))


def _meant(name: Name, rest: Sequence[Token]) -> Target:
    """Return the command; of a group, the one whose first choice stands there: `digest daily`."""
    if isinstance(name.target, app_commands.Group):
        for each in name.target.walk_commands():
            if isinstance(each, app_commands.Command) and choice_at(each, rest, name.texts):
                return each
    return name.target


def _asks(words: Sequence[Token], texts: Texts) -> bool:
    """Whether somebody asks something; WHO and the like are no such words."""
    asking = _listed(texts.say("who whom whose what when where why how which whether if"))
    return any("?" in each.text or (each.word in asking and not _shouted(each)) for each in words)


def _begins_like_a_question(words: Sequence[Token], texts: Texts) -> bool:
    helping = _listed(
        texts.say("is are was were do does did has have had can could will would should may might")
    )
    return _asks(words[:1], texts) or bool(words and words[0].word in helping)


def _listed(words: str) -> set[str]:
    return set(words.split())


def _shouted(word: Token) -> bool:
    return word.text.isupper()
