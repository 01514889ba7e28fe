"""Pronouns of a German follow-up, put into words of the last question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.answering.follow_ups.german.last_question import GermanQuestion
from bot.answering.follow_ups.german.lexicon import (
    ABOUT_THAT,
    ARTICLES,
    DETERMINERS,
    FUNCTION_WORDS,
    GENDERS,
    IMPERSONAL,
    ONE_THING,
    POSSESSIVES,
    PRONOUNS,
    THERE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answering.follow_ups.german.last_question import Part
    from bot.answering.follow_ups.words import Word


class Resolved(NamedTuple):
    """A follow-up with its pronouns put into words, as far as they are known.

    `leans`: it still makes no sense without the last question.
    """

    text: str
    leans: bool


def resolved(text: str, last: GermanQuestion) -> Resolved:
    """Put pronouns into words of the last question; bare `text`."""
    question = GermanQuestion(text)
    leans = False
    changes: list[tuple[Word, str]] = []
    for number, word in enumerate(question.words):
        if not _is_free(question, number):
            continue
        meant = None
        if not _is_possessive(question, number):
            several = question.is_of_several and word.lower == "sie"
            meant = _meant(word.lower, last, is_several=several)
        if meant is None or meant.casefold() in text.casefold():
            leans = True
        elif meant not in [each for _, each in changes]:
            changes.append((word, meant))
    for word, meant in reversed(changes):
        text = f"{text[: word.start]}{meant}{text[word.end :]}"
    return Resolved(text, leans)


def _is_free(question: GermanQuestion, number: int) -> bool:
    """Whether a word is a pronoun that nothing in its own question can be meant by."""
    word = question.words[number]
    is_you = word.text[0].isupper() and number > 0
    if is_you or word.lower not in PRONOUNS.keys() | POSSESSIVES | ABOUT_THAT | THERE | {"das"}:
        return False
    if word.lower in ABOUT_THAT | THERE | {"das"}:
        return number > 0 and number == len(question.words) - 1
    if word.lower == "es" and any(each.lower in IMPERSONAL for each in question.words):
        return False
    # the noun of "welche Partei" is asked for, and nothing is meant by it
    first = question.verb or 0
    return not any(question.is_noun(each) for each in range(first, number))


def _is_possessive(question: GermanQuestion, number: int) -> bool:
    if question.words[number].lower not in POSSESSIVES:
        return False
    after = [word for word in question.words[number + 1 :] if word.lower not in FUNCTION_WORDS]
    is_dative = question.words[number].lower == "ihr"
    return not is_dative or bool(after and after[0].text[0].isupper())


def _meant(pronoun: str, last: GermanQuestion, *, is_several: bool) -> str | None:
    if pronoun == "das":
        return None
    if pronoun in THERE:
        return _whole(last.place, last)
    if pronoun in ABOUT_THAT:
        return _whole(last.topic, last)
    return next(_antecedents(pronoun, last, is_several=is_several), None)


def _whole(part: Part | None, last: GermanQuestion) -> str | None:
    return last.text[part.whole_start : part.end] if part else None


def _antecedents(pronoun: str, last: GermanQuestion, *, is_several: bool) -> Iterator[str]:
    """Yield what a pronoun may stand for, the likeliest first, in the pronoun's case."""
    case = PRONOUNS[pronoun]
    parts = [each for each in (last.subject, last.topic, *last.behind) if each is not None]
    for part in parts:
        if is_several and (not part.has_article or part.text.endswith(ONE_THING)):
            continue
        if not part.has_article and pronoun != "es" and part.preposition is None:
            yield part.text
        elif part.gender and part.gender in GENDERS[pronoun]:
            first, _, rest = part.text.partition(" ")
            # of what is contracted, as in "zur Wahl", the article is not in the text
            noun = rest if first.lower() in DETERMINERS else part.text
            yield f"{ARTICLES[part.gender, case]} {noun}"
