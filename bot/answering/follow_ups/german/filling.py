"""A German question that leans on the one before, made one that stands alone."""

from __future__ import annotations

import re

from bot.answering.follow_ups.german.fragments import (
    bare_question,
    combined,
    names_in,
    part_of_a_question,
    something_else,
)
from bot.answering.follow_ups.german.last_question import GermanQuestion
from bot.answering.follow_ups.german.lexicon import FUNCTION_WORDS, TELLING
from bot.answering.follow_ups.german.pronouns import resolved
from bot.answering.follow_ups.lexicon import FUNCTION_WORDS as OF_ENGLISH
from bot.answering.follow_ups.words import asked, words_of

_JOINT = re.compile(
    r"(?:(?:und|oder|aber|auch|also|dann|ok|okay|ja|gut|na|hm+|&)\b[\s,:;…-]*)+", re.IGNORECASE
)
_MOST_NAMES = 1
_MOST_WORDS_COMBINED = 7


def is_german(text: str, last: str) -> bool:
    """Whether two questions, one after the other, are German rather than English."""
    words = [word.lower for word in words_of(f"{last} {text}")]
    german = sum(word in TELLING for word in words)
    return german > sum(word in OF_ENGLISH - FUNCTION_WORDS for word in words)


def filled_in_german(text: str, last: str) -> str | None:
    """Return the whole question, None for one that stands alone; both bare, one sentence."""
    before = GermanQuestion(last)
    if not text or not before.words or last.casefold() in text.casefold():
        return None
    joint = _JOINT.match(text)
    rest = text[joint.end() :] if joint else text
    if not words_of(rest):
        return None
    return (
        bare_question(rest, before)
        or something_else(rest, before)
        or part_of_a_question(rest, before, is_joined=joint is not None)
        or _with_pronouns(rest, before)
    )


def _with_pronouns(text: str, last: GermanQuestion) -> str | None:
    found = resolved(text, last)
    is_short = len(words_of(text)) <= _MOST_WORDS_COMBINED
    if found.leans and is_short and sum(1 for _ in names_in(text)) <= _MOST_NAMES:
        return combined(found.text, last)
    return asked(found.text) if found.text != text else None
