"""A question that leans on the one before, made one that stands alone.

By words and their order alone, English or German. A question that stands alone is returned as it
was typed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.answering.follow_ups.fragments import (
    bare_question,
    combined,
    part_of_a_question,
    something_else,
    yes_or_no,
)
from bot.answering.follow_ups.german import filled_in_german, is_german
from bot.answering.follow_ups.last_question import LastQuestion
from bot.answering.follow_ups.lexicon import PRONOUNS
from bot.answering.follow_ups.pronouns import resolved
from bot.answering.follow_ups.words import asked, bare, content_count, words_of
from index.errors import InvalidQueryError
from index.query.dates import parse_range
from index.query.operators import FILTERS, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.query.operators import Typed

_JOINT = re.compile(
    r"(?:(?:and|or|but|so|also|then|plus|ok|okay|well|yes|hm+|&)\b[\s,:;…-]*)+", re.IGNORECASE
)
_MOST_CONTENT = 3
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def filled(text: str, last: str) -> str:
    """Return a question with what it leaves out, from the last one; as it is if it stands alone.

    Operators of the last question hold on, unless the same ones are typed again.
    """
    try:
        typed, before = take_apart(text, _is_date), take_apart(last, _is_date)
    except InvalidQueryError:
        return text
    if any(word.lower in PRONOUNS for phrase in typed.phrases for word in words_of(phrase)):
        return text
    last_question = LastQuestion.of(before.text)
    whole = _filled(bare(typed.text), last_question)
    # where the last question is none, what is made with it may be none either
    if whole is None or _filled(bare(whole), last_question) is not None:
        return text
    for phrase in typed.phrases:
        whole = whole.replace(phrase, f'"{phrase}"', 1)
    return " ".join([whole, *_operators(typed), *_kept_operators(typed, before)])


def _filled(text: str, last: LastQuestion) -> str | None:
    """Return the whole question, None for one that stands alone."""
    if is_german(text, last.text):
        return filled_in_german(text, last.text)
    if not text or not last.words or last.text.casefold() in text.casefold():
        return None
    joint = _JOINT.match(text)
    rest = text[joint.end() :] if joint else text
    if not words_of(rest):
        return None
    return (
        bare_question(rest, last)
        or something_else(rest, last)
        or yes_or_no(rest, last)
        or part_of_a_question(rest, last, is_joined=joint is not None)
        or _with_pronouns(rest, last)
    )


def _with_pronouns(text: str, last: LastQuestion) -> str | None:
    found = resolved(text, last)
    if found.leans and content_count(words_of(text)) <= _MOST_CONTENT:
        return combined(found.text, last)
    return asked(found.text) if found.text != text else None


def _kept_operators(typed: Typed, before: Typed) -> Iterator[str]:
    """Yield the operators of the last question that are not typed anew."""
    again = {each.name for each in typed.filters}
    has_dates = any(FILTERS[name] for name in again)
    for each in before.filters:
        if each.name not in again and not (has_dates and FILTERS[each.name]):
            yield f'{each.name}:"{each.value}"'
    for words in before.excluded:
        if words not in typed.excluded:
            yield f'-"{words}"'


def _operators(typed: Typed) -> Iterator[str]:
    for each in typed.filters:
        yield f'{each.name}:"{each.value}"'
    for words in typed.excluded:
        yield f'-"{words}"'


def _is_date(name: str, value: str) -> bool:
    """Whether a date of several words means something."""
    if not FILTERS[name]:
        return False
    try:
        parse_range(value, _ANY_TIME)
    except InvalidQueryError:
        return False
    return True
