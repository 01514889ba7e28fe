"""Pronouns of a follow-up that mean something in the last question.

One that may mean something in the follow-up itself is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.follow_ups.antecedents import antecedent, place
from bot.answering.follow_ups.lexicon import (
    ADVERBS,
    AUXILIARIES,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    SEAMS,
    SEVERAL,
)
from bot.answering.follow_ups.words import content_count, possessor, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.follow_ups.last_question import LastQuestion
    from bot.answering.follow_ups.words import Word

_LATEST_AUXILIARY = 4
_MOST_CONTENT_BEFORE = 2
_MOST_CONTENT_BEFORE_ABOUT = 4
_MOST_CONTENT_WITH_SEVERAL = 3
_POINTING = {"that", "this", "those", "these"}
_DOING = {"do", "does", "did", "done"}
_SUBJECTS = {"he", "she", "they"}
# "is it true that", "how long does it take to", "will it rain": nothing is meant by it
_EMPTY_IT = re.compile(
    r"\b(?:is|was|isn't|wasn't|will|would|could|does|did|has) it (?:be |been )?"
    r"(?:raining|snowing|freezing|rain|snow|freeze|take|likely|possible|worth|hot|cold|warm|dark"
    r"|late|windy)\b"
    r"|\b(?:is|was|isn't|wasn't) it \w+ (?:that|to|for|if|whether)\b"
    r"|\bwhat time (?:is|was) it\b|\bwhen it comes to\b|\bit takes?\b|\bit took\b"
    r"|\bit(?:['’]s| is| was) \w+ (?:that|to|for)\b",
    re.IGNORECASE,
)
_OF_ALL_OF_IT = re.compile(
    r"(?:is|was|isn't|wasn't) (?:that|this|it) (?:true|right|correct|so|certain|confirmed|final"
    r"|official|legal|normal|likely|expected|unusual)"
    r"|(?:what|how|why) (?:do|does|did|will|would|could|is|was) (?:that|this) "
    r"(?:mean|cost|change|affect|happen|matter|help|work|important|possible|so)\b.*"
    r"|what (?:happened|happens|came|comes) (?:next|then|after|afterwards?|after that|since)"
    r"|(?:tell me|i want to know|can you say|say) more(?: about (?:that|this|it))?",
    re.IGNORECASE,
)


class Resolved(NamedTuple):
    """A follow-up with its pronouns put into words, as far as they are known.

    `leans`: it still makes no sense without the last question.
    """

    text: str
    leans: bool


def resolved(text: str, last: LastQuestion) -> Resolved:
    """Put pronouns into words of the last question; bare `text`."""
    if _OF_ALL_OF_IT.fullmatch(text):
        return Resolved(text, leans=True)
    words, leans = words_of(text), False
    changes: dict[str, Word] = {}
    for number, word in enumerate(words):
        if not _is_free(words, number, text):
            continue
        meant = _meant(words, number, last)
        if meant is None or _points_at_all(words, number):
            leans = leans or word.lower != "there"
        elif meant.casefold() in text.casefold() or meant in changes:
            # whoever does something does it to somebody else
            leans = True
        else:
            changes[meant] = word
    for meant, word in reversed(changes.items()):
        put = possessor(meant) if _is_possessive(words, words.index(word)) else meant
        text = f"{text[: word.start]}{put}{text[word.end :]}"
    return Resolved(text, leans)


def _meant(words: Sequence[Word], number: int, last: LastQuestion) -> str | None:
    pronoun = words[number].lower
    if pronoun == "there":
        return place(last)
    acts = pronoun != "them" and pronoun not in _POINTING and not _is_object(words, number)
    return antecedent(pronoun, last, acts=acts)


def _is_free(words: Sequence[Word], number: int, text: str) -> bool:
    """Whether a word is a pronoun that nothing in its own question can be meant by."""
    word, before = words[number].lower, words[:number]
    if word not in PRONOUNS | _POINTING | {"there"}:
        return False
    if word == "it" and _EMPTY_IT.search(text):
        return False
    if word in SEVERAL and content_count(words) > _MOST_CONTENT_WITH_SEVERAL:
        return False
    if word in _POINTING or word == "there":
        return _ends_its_clause(words, number) and _has_room(words, number)
    if word in _SUBJECTS or _is_possessive(words, number) or not _is_object(words, number):
        return not content_count(_without_what_is_asked_for(before))
    return _has_room(words, number)


def _without_what_is_asked_for(before: Sequence[Word]) -> Sequence[Word]:
    """Return the words behind "how old is", "which party does" and the like."""
    if before and before[0].lower in QUESTION_WORDS:
        for number, word in enumerate(before[:_LATEST_AUXILIARY]):
            if word.lower in AUXILIARIES:
                return before[number:]
    return before


def _is_possessive(words: Sequence[Word], number: int) -> bool:
    word, after = words[number].lower, words[number + 1 : number + 2]
    if word == "her":
        return bool(after) and after[0].has_content
    return word in POSSESSIVES


def _is_object(words: Sequence[Word], number: int) -> bool:
    before, after = words[number - 1 : number], words[number + 1 : number + 2]
    follows = bool(before) and (before[0].has_content or before[0].lower in PREPOSITIONS)
    ends = not after or after[0].lower in (PREPOSITIONS | ADVERBS | SEAMS)
    return follows and ends


def _has_room(words: Sequence[Word], number: int) -> bool:
    """Whether so little stands before an object that it cannot be meant by it."""
    before = words[:number]
    if any(word.lower in SEAMS for word in before[1:]):
        return False
    is_last_after_about = number == len(words) - 1 and before[-1].lower == "about"
    most = _MOST_CONTENT_BEFORE_ABOUT if is_last_after_about else _MOST_CONTENT_BEFORE
    return content_count(before) <= most


def _ends_its_clause(words: Sequence[Word], number: int) -> bool:
    if number != len(words) - 1 or not number:
        return False
    before = words[number - 1]
    return before.has_content or before.lower in PREPOSITIONS | _DOING


def _points_at_all(words: Sequence[Word], number: int) -> bool:
    """Whether "that" is all that was said or done, as in "why did he say that"."""
    before = words[number - 1].lower if number else ""
    return words[number].lower in _POINTING and before not in PREPOSITIONS
