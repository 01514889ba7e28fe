"""What the last question speaks of: who does it, what is done to, what stands behind "about".

Found by word order and a few lists of words; what is not recognised is None, and nothing is then
filled in from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.answering.follow_ups.lexicon import (
    ADVERBIAL,
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    DO_AND_MODAL,
    HAVE,
    OF_PLACES,
    PREDICATES,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    SAYING,
    SEAMS,
    VERBS,
    is_plural,
)
from bot.answering.follow_ups.words import Word, bare, words_of
from index.query.mentions import mentions

# which day it is does not matter to where the words of a date stand
_ANY_DAY = date(2000, 1, 1)
_LATEST_AUXILIARY = 4
_LINKS = frozenset({"of", "the", "de", "van", "von", "al", "bin", "da"})
_SENTENCE = re.compile(r"[?!]+\s+")
_BREAK = re.compile(r"[^\s\w’'&.-]")


@dataclass(frozen=True, slots=True)
class Part:
    """Some adjacent words of a question, at `text[start:end]` of it."""

    text: str
    start: int
    end: int
    preposition: str | None = None
    is_name: bool = False

    @property
    def is_several(self) -> bool:
        """Whether it is more than one thing."""
        return is_plural(self.text.split()[-1].lower())


@dataclass(frozen=True)
class LastQuestion:
    """The question before. `text` is bare, one sentence, without operators."""

    text: str

    @classmethod
    def of(cls, text: str) -> LastQuestion:
        """Take what a person asked; of several questions the last."""
        sentences = [bare(each) for each in _SENTENCE.split(text) if bare(each)]
        return cls(sentences[-1] if sentences else "")

    @cached_property
    def words(self) -> list[Word]:
        """All of its words."""
        return words_of(self.text)

    @cached_property
    def time(self) -> Part | None:
        """The words that say when: "in 2024", "last week"."""
        found = mentions(self.text, _ANY_DAY)
        return self._part_at(found[-1].start, found[-1].end) if found else None

    @cached_property
    def auxiliary(self) -> int | None:
        """Which word is the first of the verb, with the subject behind it."""
        if not self.words or self.words[0].lower not in QUESTION_WORDS | AUXILIARIES:
            return None
        for number, word in enumerate(self.words[:_LATEST_AUXILIARY]):
            if word.lower in AUXILIARIES:
                return number
        return None

    @property
    def question_word(self) -> str | None:
        """Why, when, where or how, where a whole sentence follows; empty for yes or no."""
        if self.auxiliary is None:
            return None
        first = self.words[0].lower
        return "" if self.auxiliary == 0 else first if first in ADVERBIAL else None

    @cached_property
    def subject(self) -> Part | None:
        """Who does it, or what it is about: what follows the auxiliary."""
        if self.auxiliary is None:
            return None
        begin = self.auxiliary + 1
        end = self._end_of_noun(begin)
        if end == begin or self.words[end - 1].lower in DETERMINERS:
            return None
        return self._part(begin, end)

    @cached_property
    def verb(self) -> str | None:
        """What the subject does, or who is asked for."""
        if self.auxiliary is None:
            found = self.words[1:2] if self._asks_for_the_subject else []
        elif self.subject is None:
            found = []
        else:
            found = [word for word in self.words if word.start >= self.subject.end][:1]
        return found[0].lower if found else None

    @property
    def _asks_for_the_subject(self) -> bool:
        return bool(self.words) and self.words[0].lower in {"who", "what", "which"}

    @cached_property
    def object(self) -> Part | None:
        """What it is done to: what follows the verb."""
        if self.verb is None:
            return None
        after = self.subject.end if self.subject else 0
        begin = next(
            n for n, w in enumerate(self.words) if w.start >= after and w.lower == self.verb
        )
        return self._chunk(begin + 1)

    @cached_property
    def behind(self) -> list[Part]:
        """What stands behind prepositions, each without its preposition."""
        found = []
        for number, word in enumerate(self.words):
            if word.lower in PREPOSITIONS - {"of"} and (part := self._chunk(number + 1)):
                found.append(
                    Part(part.text, part.start, part.end, word.lower, is_name=part.is_name)
                )
        return found

    @cached_property
    def behind_of(self) -> Part | None:
        """What stands behind the last "of"."""
        after = [number for number, word in enumerate(self.words) if word.lower == "of"]
        return self._chunk(after[-1] + 1) if after else None

    @cached_property
    def names(self) -> list[Part]:
        """What is written as names are, save dates."""
        found, number = [], 0
        while number < len(self.words):
            end = self._end_of_name(number)
            if end > number and not self._is_of_time(number):
                found.append(self._part(number, end))
            number = max(end, number + 1)
        return found

    def is_said(self) -> bool:
        """Whether somebody says something."""
        return self.verb in SAYING

    def is_place(self, name: Part) -> bool:
        """Whether a name stands where places do."""
        before = [word for word in self.words if word.end <= name.start]
        return bool(before) and before[-1].lower in OF_PLACES

    def with_replaced(self, part: Part, text: str) -> str:
        """Return the question with other words in the place of some."""
        return f"{self.text[: part.start]}{text}{self.text[part.end :]}"

    # ── where parts end ──────────────────────────────────────────────────────
    def _end_of_noun(self, begin: int) -> int:
        """Return where the words of a subject end that begin at a word."""
        at = begin
        if at < len(self.words) and self.words[at].lower in DETERMINERS:
            at += 1
        if (end := self._end_of_name(at)) > at:
            return end
        stop = at
        while stop < len(self.words) and not self._stops(stop, after=at):
            stop += 1
        return at + self._noun_length([word.lower for word in self.words[at:stop]])

    def _noun_length(self, words: list[str]) -> int:
        """Return how many of the words behind an auxiliary are the subject, and not the verb."""
        if not words:
            return 0
        auxiliary = self.words[self.auxiliary or 0].lower
        for number, word in enumerate(words[1:], start=1):
            is_predicate = auxiliary in BE | HAVE and (
                word in PREDICATES or word.endswith(("ed", "ing"))
            )
            if is_predicate or (auxiliary in DO_AND_MODAL and word in VERBS):
                return number
        if auxiliary not in DO_AND_MODAL:
            return len(words)
        # the verb is none of those known; behind it there may be an object
        verb_and_object = 2 if is_plural(words[-1]) else 1
        return max(1, len(words) - verb_and_object)

    def _chunk(self, begin: int) -> Part | None:
        """Return the words from one on that belong together."""
        end = begin
        while end < len(self.words) and not self._stops(end, after=begin):
            end += 1
        # "the strike at" and the like have nothing behind the article
        if end == begin or all(word.lower in DETERMINERS for word in self.words[begin:end]):
            return None
        return self._part(begin, end)

    def _stops(self, number: int, after: int) -> bool:
        word = self.words[number]
        if word.lower == "of" and number > after:
            return False
        is_other = word.lower in (PREPOSITIONS | AUXILIARIES | SEAMS | ADVERBS | PRONOUNS) - (
            DETERMINERS
        )
        between = self.text[self.words[number - 1].end : word.start] if number > after else ""
        return is_other or bool(_BREAK.search(between)) or self._is_of_time(number)

    def _end_of_name(self, begin: int) -> int:
        end = begin
        for number in range(begin, len(self.words)):
            if self.words[number].is_capital and not self._is_of_time(number):
                end = number + 1
                if self.words[number].text.endswith(("'s", "’s")):
                    break
            elif end == begin or self.words[number].text not in _LINKS:
                break
        return end

    def _is_of_time(self, number: int) -> bool:
        word = self.words[number]
        return self.time is not None and self.time.start <= word.start < self.time.end

    def _part(self, begin: int, end: int) -> Part:
        some = self.words[begin:end]
        part = self._part_at(some[0].start, some[-1].end)
        return Part(part.text, part.start, part.end, is_name=any(word.is_capital for word in some))

    def _part_at(self, start: int, end: int) -> Part:
        return Part(self.text[start:end], start, end)
