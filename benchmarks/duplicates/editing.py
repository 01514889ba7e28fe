"""Copies of an article as other houses print it: retitled, signed anew, cut, and edited a little.

The same seed gives the same copies. Knows nothing of how copies are found.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING

from index.analysis.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.model import Article

# a longer paragraph is cut between its sentences
_LONG_PARAGRAPH = 600
# one sentence in so many has a word changed
_EDITED = 4
_NUMBER = re.compile(r"\d+")
_ASIDES = (", officials said,", ", it emerged,", " reportedly", " (pictured)")


class Kept(StrEnum):
    """Which part of a text a shorter copy has."""

    BEGINNING = "its beginning"
    RUN = "a run from anywhere"
    SCATTERED = "paragraphs from all over"


@dataclass(frozen=True, slots=True)
class Way:
    """What was done to a text: what share of its characters is cut, and whether words changed."""

    cut: float
    kept: Kept
    is_edited: bool

    def __str__(self) -> str:
        edited = ", words edited" if self.is_edited else ""
        return f"cut by {self.cut:.0%}, {self.kept}{edited}" if self.cut else f"whole{edited}"


WAYS = (
    Way(0.0, Kept.BEGINNING, is_edited=False),
    Way(0.0, Kept.BEGINNING, is_edited=True),
    *(Way(*each) for each in product((0.4, 0.7), Kept, (False, True))),
)


def copy_of(article: Article, way: Way, seed: str) -> Article:
    """Return the article as another house prints it, under a name and an address of its own."""
    # what is seeded can be repeated
    rng = random.Random(f"{seed} {way} {article.id}")  # noqa: S311
    units = _kept(_units(article.text), way, rng)
    if way.is_edited:
        units = [_edited(unit, rng) if rng.randrange(_EDITED) == 0 else unit for unit in units]
    lines = ["By Staff Reporter", f"CALDMINSTER (Estuary Wire) – {units[0]}", *units[1:]]
    name = f"{seed}-{way.cut}-{way.kept.name}-{way.is_edited}-{article.id}".replace(" ", "-")
    return replace(
        article,
        id=name,
        url=f"https://copies.test/{name}",
        title=f"Report: {' '.join(article.title.split()[::-1])}",
        publisher="Estuary Wire",
        text="\n".join([*lines, "This report was first published by another house."]),
    )


def _units(text: str) -> list[str]:
    return [unit for line in text.split("\n") for unit in _parts(line) if unit.strip()] or [text]


def _parts(line: str) -> Iterator[str]:
    if len(line) <= _LONG_PARAGRAPH:
        yield line
        return
    for start, end in split_sentences(line, 0, len(line)):
        yield line[start:end]


def _kept(units: Sequence[str], way: Way, rng: random.Random) -> list[str]:
    """Return units until they have the share of the characters that is not cut."""
    goal = (1 - way.cut) * sum(map(len, units))
    order = [*range(len(units))]
    if way.kept is Kept.SCATTERED:
        rng.shuffle(order)
    if way.kept is Kept.RUN:
        sizes = [sum(map(len, units[first:])) for first in order]
        order = order[rng.choice([first for first in order if sizes[first] >= goal] or [0]) :]
    chosen: list[int] = []
    size = 0
    for place in order:
        if chosen and size >= goal:
            break
        chosen.append(place)
        size += len(units[place])
    return [units[place] for place in sorted(chosen)]


def _edited(sentence: str, rng: random.Random) -> str:
    if rng.random() < 0.3 and _NUMBER.search(sentence):
        return _NUMBER.sub(lambda found: str(int(found[0][:9]) + 1), sentence, count=1)
    words = sentence.split(" ")
    place = rng.randrange(len(words))
    if rng.random() < 0.5:
        words[place] += rng.choice(_ASIDES)
    elif len(words) > 1:
        del words[place]
    return " ".join(words)
