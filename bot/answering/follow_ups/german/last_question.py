"""What a German question speaks of: the verb, who does it, what stands behind prepositions.

Found by word order and by the capitals of nouns; what is not recognised is None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.answering.follow_ups.german.lexicon import (
    ADVERBIAL,
    AUXILIARIES,
    CONTRACTED,
    DETERMINERS,
    FUNCTION_WORDS,
    GENDER_BEHIND_PREPOSITION,
    GENDER_OF_SUBJECT,
    MEASURED,
    OF_PLACES,
    OF_TOPICS,
    PREPOSITIONS,
    QUESTION_WORDS,
)
from bot.answering.follow_ups.words import Word, words_of

MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_DAYS = "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag"
_TIME = re.compile(
    r"\b(?:(?:seit|bis|vor) )?(?:vorgestern|gestern|heute|morgen"
    r"|(?:(?:in|seit|vor) )?(?:der |dem |den )?(?:letzte|vergangene|vorige|diese|nächste)[nmrs]?"
    r" (?:Tag|Tage|Tagen|Woche|Wochen|Monat|Monats|Monate|Monaten|Jahr|Jahres|Jahre|Jahren|Nacht)"
    rf"|(?:im|seit|am|bis) (?:Jahr )?(?:{MONTHS}|{_DAYS}|Sommer|Winter|Herbst|Frühling)"
    rf"(?: (?:19|20)\d\d)?|(?:im |seit |in )?(?:Jahr )?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_MOST_OPENING_WORDS = 3
_LINKS = frozenset({"von", "der", "van", "de"})


@dataclass(frozen=True, slots=True)
class Part:
    """Some adjacent words, at `text[start:end]` of a question.

    `preposition` is not contracted and stands before `start`; `whole_start` is where it begins.
    `gender` is m, f (or the plural) or n, None where it is not known or may be any.
    """

    text: str
    start: int
    end: int
    gender: str | None
    has_article: bool
    preposition: str | None = None
    whole_start: int = 0


@dataclass(frozen=True)
class GermanQuestion:
    """A question, bare and one sentence."""

    text: str

    @cached_property
    def words(self) -> list[Word]:
        """All of its words."""
        return words_of(self.text)

    @cached_property
    def verb(self) -> int | None:
        """Which word is the finite verb: behind the words that ask, or the first."""
        if not self.words:
            return None
        first = self.words[0].lower
        if first in AUXILIARIES:
            return 0
        opening = self.words[:_MOST_OPENING_WORDS]
        asks = next((n for n, word in enumerate(opening) if word.lower in QUESTION_WORDS), None)
        if asks is None or (asks and first not in PREPOSITIONS):
            return None
        at = asks + 1
        while at < len(self.words) and (self.words[at].lower in MEASURED or self.is_noun(at)):
            at += 1
        return at if at < len(self.words) else None

    @property
    def is_whole(self) -> bool:
        """Whether a sentence follows the word that asks, with a subject of its own."""
        if self.verb is None:
            return False
        return self.verb == 0 or (self.verb == 1 and self.words[0].lower in ADVERBIAL)

    @cached_property
    def subject(self) -> Part | None:
        """Who does it, or what it is done to in a question for who does it."""
        if self.verb is None:
            return None
        found = self._noun(self.verb + 1, GENDER_OF_SUBJECT)
        asks_who = self.words[0].lower == "wer" and self.words[self.verb].lower in AUXILIARIES
        # "wer wurde Kanzler" names nobody
        return None if found and asks_who and not found.has_article else found

    @property
    def is_of_several(self) -> bool:
        """Whether its verb is one of several."""
        if self.verb is None:
            return False
        verb = self.words[self.verb].lower
        # "kann", "gewann"
        return verb == "sind" or (verb.endswith("n") and not verb.endswith("nn"))

    @cached_property
    def behind(self) -> list[Part]:
        """What stands behind prepositions."""
        found = []
        for number, word in enumerate(self.words):
            if word.lower not in PREPOSITIONS or self.is_of_time(word):
                continue
            part = self._noun(number + 1, GENDER_BEHIND_PREPOSITION)
            if part is None:
                continue
            preposition = CONTRACTED.get(word.lower, word.lower)
            gender = part.gender or GENDER_BEHIND_PREPOSITION.get(word.lower)
            has_article = part.has_article or word.lower in CONTRACTED
            found.append(
                Part(part.text, part.start, part.end, gender, has_article, preposition, word.start)
            )
        return found

    @property
    def place(self) -> Part | None:
        """What "dort" stands for."""
        places = [each for each in self.behind if each.preposition in OF_PLACES]
        return next(iter(places), None)

    @property
    def topic(self) -> Part | None:
        """What is spoken about."""
        return next((each for each in self.behind if each.preposition in OF_TOPICS), None)

    @property
    def time(self) -> re.Match[str] | None:
        """The words that say when."""
        return next(iter(reversed(list(_TIME.finditer(self.text)))), None)

    def is_noun(self, number: int) -> bool:
        """Whether a word is written as nouns and names are."""
        word = self.words[number]
        return word.text[0].isupper() and word.lower not in FUNCTION_WORDS

    def is_of_time(self, word: Word) -> bool:
        """Whether a word belongs to those that say when."""
        time = self.time
        return time is not None and time.start() <= word.start < time.end()

    def _noun(self, begin: int, genders: dict[str, str]) -> Part | None:
        """Return the article, the adjectives and the nouns that begin at a word."""
        at = begin
        article = self.words[at].lower if at < len(self.words) else ""
        has_article = article in DETERMINERS
        at += has_article
        while has_article and at < len(self.words) and self._is_adjective(at):
            at += 1
        end = self._end_of_nouns(at)
        if end == at or self.is_of_time(self.words[begin]):
            return None
        start, stop = self.words[begin].start, self.words[end - 1].end
        return Part(self.text[start:stop], start, stop, genders.get(article), has_article)

    def _is_adjective(self, number: int) -> bool:
        word = self.words[number]
        return word.text[0].islower() and word.lower not in FUNCTION_WORDS

    def _end_of_nouns(self, begin: int) -> int:
        end = begin
        for number in range(begin, len(self.words)):
            between = self.text[self.words[number - 1].end : self.words[number].start]
            if (number > begin and between.strip()) or self.is_of_time(self.words[number]):
                break
            if self.is_noun(number):
                end = number + 1
            elif end == begin or not self._is_link(number):
                break
        return end

    def _is_link(self, number: int) -> bool:
        """Whether a word may stand within a name, as in "Ursula von der Leyen"."""
        # behind an auxiliary, "von der" is most likely by whom it is done
        is_done = self.verb is not None and self.words[self.verb].lower in AUXILIARIES
        return self.words[number].text in _LINKS and not is_done


def is_time(text: str) -> bool:
    """Whether a text says when, and nothing else."""
    return _TIME.fullmatch(text) is not None
