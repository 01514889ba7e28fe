"""Follow-ups that are less than a question, like "why?" and "what about the tunnel?".

Each function takes one kind, bare, and returns the whole question, or None for another kind.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bot.answering.follow_ups.antecedents import head, topic
from bot.answering.follow_ups.lexicon import (
    AUXILIARIES,
    DO_AND_MODAL,
    PREPOSITIONS,
    QUESTION_WORDS,
    acts,
)
from bot.answering.follow_ups.pronouns import resolved
from bot.answering.follow_ups.words import asked, content_count, possessor, words_of
from index.query.mentions import mentions

if TYPE_CHECKING:
    from bot.answering.follow_ups.last_question import LastQuestion, Part

_ANY_DAY = date(2000, 1, 1)
_MOST_WORDS = 6
_MOST_WORDS_ALONE = 4
_BARE = re.compile(
    r"(?P<ask>why(?: not)?|when|where|how(?: come| so)?|what time|(?:for )?how long|how often"
    r"|since when|until when|by how much)(?: exactly| precisely)?"
    r"(?: (?:is|was|did|does|will) (?:that|this)(?: (?:happen|be|take place))?)?"
    r"|(?P<when>when) (?:is|was|did|will) it(?: (?:happen|be|take place))?"
    r"|(?P<who>who(?:m)?(?: (?:is|was) (?:it|that))?|by whom|to whom|with whom|which ones?"
    r"|how (?:much|many)|says who|what(?: exactly| kind| sort)?)",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"(?P<ask>who|what|where|when|why|how|any(?:one|body|thing|where)) else\b.{0,20}", re.IGNORECASE
)
_ASKED_BY = {"anyone": "who", "anybody": "who", "anything": "what", "anywhere": "where"}
_POLAR = re.compile(
    rf"(?P<auxiliary>{'|'.join(sorted(AUXILIARIES))}) (?:he|she|it|they|that|this)"
    r"(?: now| yet| really| still)?",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:what|how) about (?P<rest>.+)|(?:the )?same (?:question |thing )?for (?P<same>.+)",
    re.IGNORECASE,
)


def combined(text: str, last: LastQuestion) -> str:
    """Return both questions, one after the other."""
    return f"{asked(text)} {asked(last.text)}"


def bare_question(text: str, last: LastQuestion) -> str | None:
    """Put a question word, as in "since when?", in front of the last question."""
    found = _BARE.fullmatch(text)
    if found is None:
        return None
    ask = found["ask"] or found["when"]
    if ask is None or last.question_word is None or last.auxiliary is None:
        return combined(text, last)
    begin = last.words[last.auxiliary]
    ask = {"why not": "why", "how come": "why", "how so": "how"}.get(ask.lower(), ask)
    return asked(f"{ask} {begin.lower}{last.text[begin.end :]}")


def something_else(text: str, last: LastQuestion) -> str | None:
    """Ask the last question again, but for what it has told already, as in "who else?"."""
    found = _ELSE.fullmatch(text)
    if found is None or content_count(words_of(text)) > 1:
        return None
    ask = _ASKED_BY.get(found["ask"].lower(), found["ask"].lower())
    first = last.words[0]
    if first.lower != ask:
        return combined(text, last)
    return asked(f"{first.text} else{last.text[first.end :]}")


def yes_or_no(text: str, last: LastQuestion) -> str | None:
    """Ask whether what the last question asks about is so, as in "did he?"."""
    found = _POLAR.fullmatch(text)
    if found is None:
        return None
    if last.question_word is None or last.auxiliary is None:
        return combined(text, last)
    own, before = found["auxiliary"].lower(), last.words[last.auxiliary]
    if own != before.lower and not {own, before.lower} <= DO_AND_MODAL:
        return combined(text, last)
    return asked(f"{own}{last.text[before.end :]}")


def part_of_a_question(text: str, last: LastQuestion, *, is_joined: bool) -> str | None:
    """Put what "and in Germany?" or "what about the tunnel?" names in the place of its like.

    `is_joined`: an "and" or the like stood before it.
    """
    found = _INTRODUCED.fullmatch(text)
    part = (found["rest"] or found["same"]) if found else text
    is_joined = is_joined or found is not None
    typed = words_of(part)
    begins = typed[0].lower in PREPOSITIONS if typed else False
    if not typed or not (is_joined or begins):
        return None
    if _is_time(part):
        return asked(last.with_replaced(last.time, part) if last.time else f"{last.text} {part}")
    if not _is_part(part, is_joined=is_joined):
        return None
    part = resolved(part, last).text
    if begins:
        return _behind_preposition(part, typed[0].lower, last)
    place = _place_of(part, last)
    if place is None:
        return combined(f"what about {part}", last)
    is_owner = place.text.endswith(("'s", "’s"))
    return asked(last.with_replaced(place, possessor(part) if is_owner else part))


def _is_time(text: str) -> bool:
    found = mentions(text, _ANY_DAY)
    return bool(found) and (found[0].start, found[-1].end) == (0, len(text))


def _is_part(text: str, *, is_joined: bool) -> bool:
    """Whether it is no whole sentence."""
    typed = words_of(text)
    if len(typed) > (_MOST_WORDS if is_joined else _MOST_WORDS_ALONE):
        return False
    is_clause = typed[-1].text.endswith("ed") and len(typed) > 1
    asks = any(word.lower in QUESTION_WORDS | AUXILIARIES for word in typed)
    return not is_clause and not asks and "," not in text


def _behind_preposition(part: str, preposition: str, last: LastQuestion) -> str | None:
    alike = [each for each in last.behind if each.preposition == preposition]
    if preposition == "of" and last.behind_of:
        alike = [last.behind_of]
    rest = part[words_of(part)[0].end :].strip()
    if not words_of(rest):
        return None
    if not alike:
        return asked(f"{last.text} {preposition} {rest}")
    is_name = words_of(rest)[-1].is_capital
    fitting = [each for each in alike if each.is_name == is_name]
    return asked(last.with_replaced((fitting or alike)[-1], rest))


def _place_of(part: str, last: LastQuestion) -> Part | None:
    """Return what of the last question some words take the place of."""
    typed = words_of(part)
    subject = last.subject
    if any(word.is_capital for word in typed):
        return _place_of_name(last)
    spoken_of = topic(last)
    if subject and acts(typed[-1].lower) and (subject.is_name or acts(head(subject))):
        return subject
    if spoken_of:
        return spoken_of
    if subject and typed[0].lower in {"the", "a", "an"} and head(subject) != subject.text.lower():
        return subject
    others = [each for each in last.behind if not last.is_place(each)]
    return last.object or (others[-1] if others else subject)


def _place_of_name(last: LastQuestion) -> Part | None:
    subject = last.subject
    if subject and subject.is_name:
        return subject
    people = [name for name in last.names if not last.is_place(name)] or last.names
    if people:
        return people[0]
    has_article = subject is not None and subject.text.lower().startswith(("the ", "a ", "an "))
    return None if has_article and not (subject and acts(head(subject))) else subject
