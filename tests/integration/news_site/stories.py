"""Made-up news: stories of towns and people that do not exist, with facts that can be asked for.

The same seed writes the same stories. Every town and person has a name of its own, so a question
about it is answered by one story alone; and hardly five words in a row come twice, so no story
looks like a copy of another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from tests.integration.news_site import vocabulary as words

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """A question, and the one sentence of the story that answers it."""

    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story as its newsroom has it. `number` makes its address and its guid."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    author: str
    section: str
    published: datetime
    updated: datetime | None = None
    facts: tuple[Fact, ...] = ()
    is_free: bool = True
    may_be_quoted: bool = True

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def summary(self) -> str:
        """The beginning, as most feeds give it: cut within a sentence."""
        return " ".join(self.paragraphs[0].split()[:24]).rstrip(".,") + "…"

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:60]

    @property
    def path(self) -> str:
        return f"{self.published:%Y/%m}/{self.slug}-{self.number}"

    def cut(self, share: float) -> Story:
        """Leave out this share of the paragraphs, from the end, as a subeditor does."""
        kept = max(1, round(len(self.paragraphs) * (1 - share)))
        return replace(self, paragraphs=self.paragraphs[:kept])


class StoryWriter:
    """Writes one story after another."""

    def __init__(self, seed: str | int = 0) -> None:
        self._chance = Random(f"news {seed}")
        self._names: set[str] = set()
        self._count = 0

    def write(self, published: datetime, paragraph_count: int = 7) -> Story:
        """Write a story; the facts stand in its first three paragraphs, one in each."""
        self._count += 1
        town, person = self._name(words.TOWN_ENDINGS), self._person()
        project = self._pick(words.PROJECTS)
        facts = self._facts(town, person, project)
        paragraphs = [
            " ".join([*([facts[n].sentence] if n < len(facts) else ()), *self._sentences(person)])
            for n in range(paragraph_count)
        ]
        return Story(
            number=self._count,
            title=f"{town} {self._pick(words.BODIES)} argues over {self._pick(words.ADJECTIVES)} "
            f"{project}",
            paragraphs=tuple(paragraphs),
            author=self._person(),
            section=self._pick(words.SECTIONS),
            published=published,
            facts=facts,
        )

    def sentence(self) -> str:
        """Write one sentence about nobody in particular, for a revision."""
        return self._sentence(self._person())

    def _facts(self, town: str, person: str, project: str) -> tuple[Fact, ...]:
        cause, role = self._pick(words.CAUSES), self._pick(words.ROLES)
        cost = self._chance.randint(12, 980) / 10
        day = self._pick(words.WEEKDAYS)
        return (
            Fact(
                f"Why was the {project} in {town} closed?",
                f"The {project} in {town} was closed on {day} because of {cause}.",
            ),
            Fact(
                f"Who is the new {role} of {town}?",
                f"{person} is the new {role} of {town}, {self._pick(words.OCCASIONS)}.",
            ),
            Fact(
                f"How much will the {project} in {town} cost?",
                f"The {project} in {town} will cost {cost} million crowns, {person} "
                f"{self._pick(words.SAYINGS)}.",
            ),
        )

    def _sentences(self, person: str) -> list[str]:
        return [self._sentence(person) for _ in range(self._chance.randint(2, 4))]

    def _sentence(self, person: str) -> str:
        pick, number = self._pick, self._chance.randint(3, 900)
        people, others = self._people(), self._people()
        thing, other = self._thing(), self._thing()
        form = self._chance.randrange(5)
        if form == 0:
            return f"{number} {people} {pick(words.DEEDS)} the {thing} {pick(words.OCCASIONS)}."
        if form == 1:
            return (
                f"The {people} {pick(words.DEEDS)} a {thing} and {others} {pick(words.DEEDS)} "
                f"the {other} {pick(words.OCCASIONS)}."
            )
        if form == 2:
            return (
                f"“Our {people} {pick(words.DEEDS)} the {thing},” {person} {pick(words.SAYINGS)}."
            )
        if form == 3:
            return (
                f"{pick(words.OCCASIONS).capitalize()}, {number} {people} {pick(words.DEEDS)} "
                f"the {thing}, {person.partition(' ')[2]} {pick(words.SAYINGS)}."
            )
        return (
            f"Whoever {pick(words.DEEDS)} that {thing} {pick(words.DEEDS)} {number} {people}, "
            f"as {others} {pick(words.SAYINGS)} {pick(words.OCCASIONS)}."
        )

    def _people(self) -> str:
        return f"{self._pick(words.ADJECTIVES)} {self._pick(words.PEOPLE)}"

    def _thing(self) -> str:
        return f"{self._pick(words.ADJECTIVES)} {self._pick(words.THINGS)}"

    def _person(self) -> str:
        return f"{self._pick(words.FIRST_NAMES)} {self._name(('',))}"

    def _name(self, endings: tuple[str, ...]) -> str:
        while True:
            syllables = (
                self._pick(words.ONSETS) + self._pick(words.NUCLEI) + self._pick(words.CODAS)
                for _ in range(2)
            )
            name = ("".join(syllables) + self._pick(endings)).capitalize()
            if name not in self._names:
                self._names.add(name)
                return name

    def _pick(self, choices: tuple[str, ...]) -> str:
        return self._chance.choice(choices)
