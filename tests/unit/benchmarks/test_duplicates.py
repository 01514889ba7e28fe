"""Copies of the sample news are found, and nothing else: floors, on few articles."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.duplicates import ours
from benchmarks.duplicates.__main__ import lines, read
from benchmarks.duplicates.editing import WAYS, copy_of
from benchmarks.duplicates.judged import one_stories

SAMPLE = Path(__file__).parents[3] / "bot" / "demo" / "news"


@pytest.fixture(scope="module")
def articles():
    return read(SAMPLE)


async def test_copies_are_found_and_nothing_else(articles):
    copies = {way: [copy_of(each, way, "1") for each in articles] for way in WAYS}
    outcome = await ours.measure(articles, copies)
    assert {frozenset(pair) for pair in outcome.pairs} == one_stories(articles)
    assert outcome.pairs
    assert outcome.misplaced == []
    for cut, floor in ((0.0, 1.0), (0.4, 0.99), (0.7, 0.97)):
        found = [count for way, count in outcome.found.items() if way.cut == cut]
        assert sum(found) / (len(found) * len(articles)) >= floor
    said = lines(articles, {"ours": outcome})
    assert any(line.split() == ["false", "pairs", "0"] for line in said)


def test_copies_are_as_long_as_they_say_and_the_same_every_time(articles):
    for way in WAYS:
        for article in articles:
            copy = copy_of(article, way, "1")
            assert copy == copy_of(article, way, "1")
            assert copy.id != article.id
            added = len(copy_of(replace(article, text="x"), way, "1").text)
            assert len(copy.text) - added < (1 - way.cut) * len(article.text) + 700
