"""Whom or what a pronoun means that refers to the last question; None where nobody can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.follow_ups.lexicon import OF_PLACES, PEOPLE, SEVERAL, is_person
from bot.answering.follow_ups.lexicon import acts as can_act
from bot.answering.follow_ups.words import unpossessed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answering.follow_ups.last_question import LastQuestion, Part

_FULL_NAME = 2


def antecedent(pronoun: str, last: LastQuestion, *, acts: bool) -> str | None:
    """Return the words of the last question that a pronoun stands for.

    `acts`: it stands where somebody does something, not where something is done to them.
    """
    if pronoun in PEOPLE:
        found = _people(last)
    elif pronoun in SEVERAL:
        found = _several(last, is_subject=acts)
    else:
        found = _things(last, is_subject=acts)
    first = next(found, None)
    return unpossessed(first.text) if first else None


def place(last: LastQuestion) -> str | None:
    """Return what "there" stands for, with its preposition."""
    for part in last.behind:
        if part.preposition in OF_PLACES and part.is_name:
            return f"{part.preposition} {part.text}"
    return None


def topic(last: LastQuestion) -> Part | None:
    """Return what is spoken about."""
    return next((part for part in last.behind if part.preposition == "about"), None)


def head(part: Part) -> str:
    """Return the noun of a part, in lower case: "mayor" of "the mayor of Rome"."""
    return part.text.partition(" of ")[0].split()[-1].lower()


def _people(last: LastQuestion) -> Iterator[Part]:
    subject = last.subject
    if subject and (subject.is_name or _is_of_person(subject)):
        yield subject
    yield from (name for name in last.names if not last.is_place(name))
    for part in (last.object, *last.behind):
        if part and _is_of_person(part):
            yield part
    # typed without capitals; what has an article and is no person is a thing
    if subject and not subject.is_several and not _has_article(subject):
        yield subject


def _several(last: LastQuestion, *, is_subject: bool) -> Iterator[Part]:
    subject, others = last.subject, [part for part in (last.object, *last.behind) if part]
    if subject and (subject.is_several or (is_subject and _may_be_several(subject))):
        yield subject
    yield from (part for part in others if part.is_several)
    if subject and _may_be_several(subject):
        yield subject


def _things(last: LastQuestion, *, is_subject: bool) -> Iterator[Part]:
    spoken_of, subject = topic(last), last.subject
    if last.is_said() and spoken_of:
        yield spoken_of
    others = [part for part in (last.object, spoken_of) if part]
    things = [part for part in others if not part.is_several and not _is_of_person(part)]
    if not is_subject:
        yield from things
    if subject and _has_article(subject) and not subject.is_several and not _is_of_person(subject):
        yield subject
    # a single name may be a company's; two are most likely a person's
    if subject and others and subject.is_name and " " not in subject.text and not last.is_said():
        yield subject
    yield from things


def _may_be_several(part: Part) -> bool:
    """Whether people say "they" of it: of a company, and not of a bridge or of Jane Doe."""
    return can_act(head(part)) if _has_article(part) else len(part.text.split()) != _FULL_NAME


def _is_of_person(part: Part) -> bool:
    return is_person(head(part))


def _has_article(part: Part) -> bool:
    return part.text.lower().startswith(("the ", "a ", "an ", "this ", "that "))
