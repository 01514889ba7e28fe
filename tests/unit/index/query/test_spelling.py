"""Corrections, over a corpus that says its words and how many passages hold each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from index.analysis.analyzer import Analyzer
from index.query.publishers import PublisherNames
from index.query.spelling import corrected

if TYPE_CHECKING:
    from collections.abc import Sequence

ANALYZER = Analyzer()


class Words:
    """A Corpus that holds each of its words in so many passages."""

    publisher_names = PublisherNames(())

    def __init__(self, **counts: int):
        self._counts = Counter(counts)
        self.looked_up: list[str] = []

    def terms(self, text: str) -> list[str]:
        return ANALYZER.terms(text)

    def document_frequency(self, term: str) -> int:
        return sum(n for word, n in self._counts.items() if ANALYZER.terms(word) == [term])

    def terms_like(self, beginnings: str, shortest: int, longest: int) -> Sequence[str]:
        self.looked_up.append(beginnings)
        terms = {term for word in self._counts for term in ANALYZER.terms(word)}
        return [t for t in sorted(terms) if t[0] in beginnings and shortest <= len(t) <= longest]

    def words_of(self, term: str) -> Sequence[str]:
        return [w for w, _ in self._counts.most_common() if ANALYZER.terms(w) == [term]]


NEWS = Words(
    inflation=900, inflated=30, government=800, France=300, Biden=500, business=600, buiness=4,
    Ukraine=400, concensual=5, consensus=90, Declan=4, goal=80, ticket=90, province=0, provide=300,
    happiness=40, artifacts=9, strength=70, unseen=1, unseeing=1,
)  # fmt: skip


def read(text, *passed_over: tuple[int, int]):
    return [
        (each.correction.typed, each.correction.read) for each in corrected(text, NEWS, passed_over)
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("inflatoin", "inflation"),
        ("goverment", "government"),
        ("buisness", "business"),
        ("concensus", "consensus"),
        ("happyness", "happiness"),
        ("strenght", "strength"),
        ("artefacts", "artifacts"),
        ("nIflation", "inflation"),
    ],
)
def test_an_unknown_word_is_read_as_the_nearest_that_articles_write(typed, meant):
    assert read(f"about {typed} now") == [(typed, meant)]


def test_names_are_corrected_to_names_in_frequent_use_alone():
    assert read("in Frnace and Ukrane with Bidne's men") == [
        ("Frnace", "France"),
        ("Ukrane", "Ukraine"),
        ("Bidne", "Biden"),
    ]
    assert read("by Deccan, in Goyl, of Inflattoin") == []


@pytest.mark.parametrize(
    "text",
    [
        "inflation in France",
        "ticker tape and the provincee",
        "UNRWAA said, INFLATOIN",
        "bisn, infl",
        "2024x 12345 infla7ion",
        "unsene",
        "x" * 30,
        "",
    ],
)
def test_what_is_known_short_a_number_or_too_far_is_left_alone(text):
    assert read(text) == []


def test_known_words_look_nothing_up():
    words = Words(inflation=9, France=9)
    assert corrected("What of inflation in France?", words) == []
    assert words.looked_up == []


def test_phrases_are_left_as_they_were_typed():
    assert read("the inflatoin now", (4, 13)) == []


def test_no_more_than_three_words_are_looked_up():
    words = Words(inflation=9)
    corrected("qaaaaa qbbbbb qccccc qddddd qeeeee", words)
    assert len(words.looked_up) == 3
