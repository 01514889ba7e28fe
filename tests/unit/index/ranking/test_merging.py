import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ranking.arrays import UNDATED
from index.ranking.merging import merge
from index.ranking.part import Part
from tests.unit.index.ranking.passages import Known, built

TERMS = st.sampled_from(["a", "b", "c", "d", "abcdefghi", "abcdefghj", "é"])
BARE = st.tuples(
    st.lists(TERMS, max_size=5).map(tuple),
    st.sampled_from([UNDATED, -3, 0, 4]),
    st.booleans(),
    st.sampled_from(["", "Post", "Wire"]),
)
NOTHING = np.zeros(0, np.uint32)


def plain(segment):
    """What a segment holds, its publishers by name, since their numbers may be any."""
    arrays = segment.arrays.named()
    publishers = [segment.publishers[number] for number in arrays.pop("run_publishers")]
    held = {name: (values.dtype.str, values.tolist()) for name, values in arrays.items()}
    return held, publishers, segment.highest_frequency


@settings(deadline=None)
@given(
    bare=st.lists(BARE, max_size=14),
    times=st.sampled_from([1, 1, 12]),
    part_count=st.integers(1, 4),
    data=st.data(),
    postings_at_once=st.sampled_from([1, 2, 7, 100, 1 << 21]),
)
def test_a_merged_segment_is_the_one_built_of_what_is_left(
    bare, times, part_count, data, postings_at_once
):
    passages = [Known(n, *each) for n, each in enumerate(bare * times)]
    homes = data.draw(st.lists(st.integers(0, part_count - 1), min_size=len(bare) or 1))
    gone = data.draw(st.sets(st.integers(0, len(passages) + 1)))
    split = [
        [each for each in passages if homes[each.id % len(homes)] == home]
        for home in range(part_count)
    ]
    parts = [Part(built(each)).without(np.array(sorted(gone), np.int64)) for each in split]
    merged = merge(
        [(part.segment, part.removed) for part in parts], postings_at_once=postings_at_once
    )
    left = [each for each in passages if each.id not in gone]
    assert plain(merged) == plain(built(left))


@pytest.mark.parametrize("frequency", [255, 256, 2047])
def test_frequent_terms_become_groups_and_fall_apart_again(frequency):
    rare = [Known(n, ("a",) * (frequency if n == 5 else 1)) for n in range(40)]
    more = [Known(n, ("a", "b")) for n in range(40, 80)]
    both = merge([(built(rare), NOTHING), (built(more), NOTHING)])
    assert both.find("a").is_grouped
    assert plain(both) == plain(built([*rare, *more]))
    gone = np.array([5, *range(40, 80)], np.uint32)
    alone = merge([(both, gone)])
    assert not alone.find("a").is_grouped
    assert plain(alone) == plain(built([each for each in rare if each.id != 5]))


def test_nothing_is_left_of_segments_whose_passages_are_all_removed():
    segment = built([Known(1, ("a",)), Known(2, ("b",))])
    merged = merge([(segment, np.array([0, 1], np.uint32))] * 2)
    assert plain(merged) == plain(built([]))


def test_the_parts_are_left_as_they_were():
    segment = built([Known(n, ("a", f"t{n}")) for n in range(100)])
    before = plain(segment)
    merge([(segment, np.array([3], np.uint32)), (built([Known(200, ("a",))]), NOTHING)])
    assert plain(segment) == before


def test_what_is_raised_after_a_chunk_ends_the_merge():
    segment = built([Known(n, ("a", "b", "c")) for n in range(10)])
    told = []

    def stop_at_the_second() -> None:
        told.append(None)
        if len(told) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        merge([(segment, NOTHING)], stop_at_the_second, postings_at_once=1)
    assert len(told) == 2


def test_each_chunk_is_told_of():
    segment = built([Known(n, ("a", "b", "c")) for n in range(10)])
    told = []
    merge([(segment, NOTHING)], lambda: told.append(None), postings_at_once=10)
    assert len(told) == 3
