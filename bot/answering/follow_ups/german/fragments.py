"""German follow-ups that are less than a question, like "warum?" and "und in Frankreich?".

Each function takes one kind, bare, and returns the whole question, or None for another kind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.follow_ups.german.last_question import GermanQuestion, Part, is_time
from bot.answering.follow_ups.german.lexicon import (
    AUXILIARIES,
    CONTRACTED,
    DETERMINERS,
    OF_PLACES,
    OF_TOPICS,
    PREPOSITIONS,
    QUESTION_WORDS,
)
from bot.answering.follow_ups.words import asked, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_WORDS = 6
_BARE = re.compile(
    r"(?P<ask>warum(?: nicht)?|wieso|weshalb|wann|wo|wohin|woher|wie|(?:seit|bis|ab) wann"
    r"|wie (?:lange|oft))(?: genau| denn| eigentlich)*"
    r"(?: (?:war|ist|wird|geschah|passierte) (?:das|es)(?: denn| genau| passiert| geschehen)?)?"
    r"|(?P<who>(?:(?:von|mit|zu|für|gegen) )?(?:wer|wen|wem)|was(?: genau)?|womit|wodurch"
    r"|wie viele?|um wie viel|welche[rsn]?)(?: war (?:das|es))?",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"(?P<ask>wer|was|wo|wann|warum|wie) (?:noch|sonst|sonst noch)"
    r"|(?P<what>(?:sonst )?noch (?:et)?was)|(?P<whom>(?:sonst )?noch jemand)",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:was ist(?: denn)?|wie (?:ist|steht|sieht) es(?: denn)?) mit (?P<part>.+?)(?: aus)?"
    r"|(?:und )?(?:das gleiche|dasselbe) für (?P<same>.+)",
    re.IGNORECASE,
)
_OF_ALL_OF_IT = re.compile(
    r"(?:stimmt|war|ist) das(?: so| wahr| richtig| sicher| bestätigt| normal)?(?: wirklich)?"
    r"|(?:was|wie viel) (?:bedeutet|heißt|kostet|ändert) das"
    r"(?: (?:für|denn|genau|jetzt|nun|konkret)\b.*)?"
    r"|(?:wie|warum) (?:ist|war|konnte) das(?: so| passiert| möglich| wichtig| geschehen)*"
    r"|(?:wie|warum) kam (?:das|es dazu)"
    r"|(?:was|wie) (?:geschah|passierte|war|kam|ging|geht|passiert)(?: es)? (?:dann|danach|weiter)"
    r"(?: weiter)?|(?:sag|erzähl)(?: mir)? mehr(?: (?:dazu|darüber|davon))?|mehr dazu",
    re.IGNORECASE,
)


def combined(text: str, last: GermanQuestion) -> str:
    """Return both questions, one after the other."""
    return f"{asked(text)} {asked(last.text)}"


def bare_question(text: str, last: GermanQuestion) -> str | None:
    """Put a question word, as in "seit wann?", in front of the last question."""
    if _OF_ALL_OF_IT.fullmatch(text):
        return combined(text, last)
    found = _BARE.fullmatch(text)
    if found is None:
        return None
    ask = found["ask"]
    if ask is None or not last.is_whole or last.verb is None:
        return combined(text, last)
    ask = ask.lower().removesuffix(" nicht")
    verb = last.words[last.verb]
    return asked(f"{ask} {verb.lower}{last.text[verb.end :]}")


def something_else(text: str, last: GermanQuestion) -> str | None:
    """Ask the last question again, but for what it has told already, as in "wer noch?"."""
    found = _ELSE.fullmatch(text)
    if found is None:
        return None
    ask = (found["ask"] or ("was" if found["what"] else "wer")).lower()
    if not last.words or last.words[0].lower != ask:
        return combined(text, last)
    first = last.words[0]
    return asked(f"{first.text} sonst{last.text[first.end :]}")


def part_of_a_question(text: str, last: GermanQuestion, *, is_joined: bool) -> str | None:
    """Put what "und in Frankreich?" or "was ist mit der Fähre?" names in the place of its like."""
    found = _INTRODUCED.fullmatch(text)
    part = (found["part"] or found["same"]) if found else text
    typed = words_of(part)
    is_joined = is_joined or found is not None
    if not typed or not (is_joined or typed[0].lower in PREPOSITIONS):
        return None
    if is_time(part):
        time = last.time
        return asked(
            f"{last.text[: time.start()]}{part}{last.text[time.end() :]}"
            if time
            else f"{last.text} {part}"
        )
    if not _is_part(part):
        return None
    if typed[0].lower in PREPOSITIONS and not found:
        return _behind_preposition(part, last)
    place = _place_of(part, last, is_introduced=found is not None)
    if place is None or not _fits(part, place):
        return combined(text if found else part, last)
    return asked(f"{last.text[: place.start]}{part}{last.text[place.end :]}")


def _is_part(text: str) -> bool:
    """Whether it is no whole sentence, and names something."""
    question = GermanQuestion(text)
    typed = question.words
    # every other word that is no noun may be a verb
    is_plain = all(
        word.lower in PREPOSITIONS | DETERMINERS or question.is_noun(number) or word.text.islower()
        for number, word in enumerate(typed)
    )
    asks = any(word.lower in QUESTION_WORDS | AUXILIARIES for word in typed)
    ends = bool(typed) and question.is_noun(len(typed) - 1)
    return is_plain and ends and not asks and len(typed) <= _MOST_WORDS and "," not in text


def _behind_preposition(part: str, last: GermanQuestion) -> str:
    first = words_of(part)[0].lower
    preposition = CONTRACTED.get(first, first)
    alike = [each for each in last.behind if each.preposition == preposition]
    if not alike and preposition in OF_TOPICS:
        alike = [each for each in last.behind if each.preposition in OF_TOPICS]
    if not alike:
        return asked(f"{last.text} {part}")
    return asked(f"{last.text[: alike[-1].whole_start]}{part}{last.text[alike[-1].end :]}")


def _place_of(part: str, last: GermanQuestion, *, is_introduced: bool) -> Part | None:
    """Return what of the last question some words take the place of.

    What an introduction brings into another case takes the place of a name only.
    """
    has_article = words_of(part)[0].lower in DETERMINERS
    if is_introduced and has_article:
        return None
    parts = [each for each in (last.subject, last.topic, *last.behind) if each is not None]
    return next((each for each in parts if each.has_article == has_article), None)


def _fits(part: str, place: Part) -> bool:
    """Whether some words may stand behind the preposition that is there, in their case."""
    if place.preposition is None:
        return True
    typed, replaced = words_of(part), words_of(place.text)
    if place.has_article:
        return typed[0].lower == replaced[0].lower
    # several names are most likely a person's
    return place.preposition not in OF_PLACES or len(typed) == 1


def names_in(text: str) -> Iterator[int]:
    """Yield the places of words of a question, but the first, that are written as nouns are."""
    question = GermanQuestion(text)
    yield from (number for number in range(1, len(question.words)) if question.is_noun(number))
