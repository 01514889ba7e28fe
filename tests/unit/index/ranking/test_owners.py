"""What of a segment one owner sees: everybody's and its own, whatever the numbers of articles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.term_lists import origin_of
from index.model import Article
from index.ranking.admission import Admission
from index.ranking.building import SegmentBuilder
from index.ranking.collection import Collection
from index.ranking.owners import NOBODY, Owners, Sight
from index.ranking.part import Part

# of articles by number: whose each is, NOBODY for everybody's
OWNED = st.dictionaries(st.integers(0, 30), st.integers(NOBODY, 3), max_size=12)


def collection_of(numbers):
    builder = SegmentBuilder()
    for number in numbers:
        article = Article("a", "t", "t", publisher=f"Publisher {number}")
        builder.add(origin_of(number, article, 10 * number), [["x"], ["x"]])
    return Collection([Part(builder.build())] if numbers else [])


def sight_of(owned, owner):
    private = sorted(number for number, whose in owned.items() if whose != NOBODY)
    owners = np.array([owned[number] for number in private], np.int32)
    return Sight(Owners(np.array(private, np.int64), owners), owner)


@given(owned=OWNED, elsewhere=OWNED, owner=st.integers(NOBODY, 4))
def test_everybodys_articles_and_ones_own_are_found_and_no_others(owned, elsewhere, owner):
    collection = collection_of(list(owned))
    # articles that another segment has do not matter here
    sight = sight_of(elsewhere | owned, owner)
    seen = {number for number, whose in owned.items() if whose in {NOBODY, owner}}
    found = collection.search(["x"], 100, Admission(sight=sight))
    assert {each.passage_id // 10 for each in found} == seen
    assert collection.publishers_in(sight) == {f"Publisher {number}": 1 for number in seen}


@pytest.mark.parametrize("owner", [NOBODY, 1, 2])
def test_a_sight_is_the_same_for_every_segment_it_was_asked_about(owner):
    owned = {1: 1, 2: NOBODY, 3: 2}
    sight = sight_of(owned, owner)
    seen = []
    for numbers in ([1, 2], [3], [1, 2], [2, 3]):
        for part in collection_of(numbers).parts:
            runs = sight.of_runs(part.segment)
            seen.append(sorted(part.segment.arrays.run_articles[runs].tolist()))
    allowed = {number for number, whose in owned.items() if whose in {NOBODY, owner}}
    assert seen == [sorted(allowed.intersection(each)) for each in ([1, 2], [3], [1, 2], [2, 3])]
