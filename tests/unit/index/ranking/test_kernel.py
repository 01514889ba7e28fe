import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ranking import arrays
from index.ranking.admission import Admitted
from index.ranking.arrays import PAGE_SIZE
from tests.unit.index.ranking.passages import segment_of
from tests.unit.index.ranking.random_searches import (
    EVERYTHING,
    FORMULA,
    NOTHING,
    OneSearch,
    random_search,
    random_segment,
)

SEEDS = st.integers(0, (1 << 32) - 1)
PASSAGE_COUNTS = st.sampled_from([1, 2, 63, 64, 65, 255, 256, 257, 1000, 3000])
TERM_COUNTS = st.sampled_from([1, 2, 5, 20, 200])
PAGED_COUNT = 2 * PAGE_SIZE + 20_000


@pytest.fixture(scope="session")
def paged():
    """A segment of three pages: one term everywhere, one now and then, and one very rarely."""
    rng = np.random.default_rng(11)
    every = np.arange(PAGED_COUNT)
    positions = [every, every[::7], every[5::9973]]
    terms = np.repeat(np.arange(3), [len(each) for each in positions]).astype(np.uint32)
    frequencies = rng.choice([1, 1, 1, 2, 3, 300], len(terms))
    # the first page's passages are so long that bounds taken from them hold nowhere else
    lengths = rng.integers(3, 60, PAGED_COUNT) + np.where(every < PAGE_SIZE, 300, 0)
    return segment_of(terms, np.concatenate(positions).astype(np.uint32), frequencies, lengths)


def search_of(segment, weights, count, begin=0, end=None):
    admitted = Admitted(begin, segment.passage_count if end is None else end, EVERYTHING)
    norms = FORMULA.norms(segment.longest, 30.0)
    return OneSearch(
        segment, list(range(len(weights))), weights, norms, admitted, NOTHING, count, None
    )


@settings(deadline=None, max_examples=60)
@given(seed=SEEDS, passage_count=PASSAGE_COUNTS, term_count=TERM_COUNTS)
def test_the_kernel_finds_what_numpy_finds_to_the_last_bit(kernel, seed, passage_count, term_count):
    rng = np.random.default_rng(seed)
    segment = random_segment(rng, min(passage_count, 60_000 // term_count), term_count)
    for _ in range(5):
        search = random_search(rng, segment)
        assert search.by(kernel) == search.plainly()


@settings(deadline=None, max_examples=20)
@given(seed=SEEDS)
def test_so_it_does_over_several_pages(kernel, paged, seed):
    search = random_search(np.random.default_rng(seed), paged)
    assert search.by(kernel) == search.plainly()


@pytest.mark.parametrize("count", [1, 10, 1000])
@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (0, 1),
        (0, PAGE_SIZE),
        (PAGE_SIZE - 1, PAGE_SIZE + 1),
        (PAGE_SIZE, 2 * PAGE_SIZE),
        (PAGE_SIZE + 1, PAGE_SIZE + 2),
        (PAGE_SIZE + 777, 2 * PAGE_SIZE + 777),
        (PAGED_COUNT - 1, PAGED_COUNT),
    ],
)
def test_a_range_may_begin_and_end_anywhere_in_a_page(kernel, paged, begin, end, count):
    search = search_of(paged, [0.3, 2.0, 9.0], count, begin, end)
    found = search.by(kernel)
    assert found == search.plainly()
    assert len(found[0]) == min(count, end - begin)
    assert all(begin <= position < end for position in found[0])


@pytest.mark.parametrize("count", [1, 64, 65, 1000])
def test_of_equal_scores_the_first_positions_are_found(kernel, count):
    every = np.arange(2 * PAGE_SIZE, dtype=np.uint32)
    segment = segment_of(every * 0, every, np.ones(len(every), np.int64), np.full(len(every), 5))
    begin = PAGE_SIZE - 30
    found, _ = search_of(segment, [1.0], count, begin).by(kernel)
    assert found == list(range(begin, begin + count))


@pytest.mark.parametrize("count", [1, 3, 100])
def test_a_score_at_the_floor_is_found_and_one_below_is_not(kernel, paged, count):
    search = search_of(paged, [0.3, 2.0, 9.0], 100)
    scores = search.plainly()[1]
    bar = scores[count - 1]
    above = float(np.nextafter(bar, np.inf))
    assert search._replace(floor=bar).by(kernel)[1] == [each for each in scores if each >= bar]
    assert search._replace(floor=above).by(kernel)[1] == [each for each in scores if each > bar]


def test_whatever_is_best_is_found_however_little_it_is_above_the_others(kernel):
    # sums are whole numbers, so that these passages look alike until they are scored
    count = 5000
    positions = np.arange(count, dtype=np.uint32)
    lengths = np.full(count, 60_000)
    lengths[4321] = 59_999
    ones = np.ones(count, np.int64)
    search = search_of(segment_of(positions * 0, positions, ones, lengths), [1e-6], 1)
    assert search.by(kernel)[0] == [4321]


def test_two_hundred_terms_of_which_the_lightest_decides(kernel):
    count = 300
    every = np.arange(count, dtype=np.uint32)
    terms = np.append(np.repeat(np.arange(200, dtype=np.uint32), count), np.uint32(200))
    positions = np.append(np.tile(every, 200), np.uint32(222))
    ones = np.ones(len(terms), np.int64)
    segment = segment_of(terms, positions, ones, np.full(count, 201))
    assert search_of(segment, [5.0] * 200 + [1e-7], 1).by(kernel)[0] == [222]


def test_sums_that_are_cut_at_the_greatest_number_still_tell_what_is_best(kernel):
    # every passage holds the heavy terms many times, so that all look alike to eight bits
    count = 3000
    every = np.arange(count, dtype=np.uint32)
    terms = np.append(np.repeat(np.arange(30, dtype=np.uint32), count), np.uint32(30))
    positions = np.append(np.tile(every, 30), np.uint32(2222))
    frequencies = np.append(np.full(30 * count, 900), 1)
    segment = segment_of(terms, positions, frequencies, np.full(count, 28_000))
    for wanted in (1, 40, 1000):
        search = search_of(segment, [3.0] * 30 + [0.01], wanted)
        found = search.by(kernel)
        assert found == search.plainly()
        assert found[0][0] == 2222


def test_the_kernel_reads_segments_by_the_numbers_by_which_they_are_written(kernel):
    del kernel  # is loaded first, since numba settles where machine code is kept at an import
    from index.ranking.kernel import bitmaps, postings, search

    # it has numbers of its own, since what is compiled of it is kept as long as its files are equal
    assert (postings.PAGE, postings.LIST_LIMIT) == (arrays.PAGE_SIZE, arrays.LIST_LIMIT)
    assert (bitmaps.WORD_BITS, postings.BITMAP_WORDS) == (arrays.WORD_BITS, arrays.BITMAP_WORDS)
    assert (search.GROUPED, postings.MAX_FREQUENCY) == (arrays.GROUPED, arrays.MAX_FREQUENCY)
    assert postings.SIZE_MASK == arrays.PAGE_SIZE - 1
    assert postings.FREQUENCY_MASK == arrays.MAX_FREQUENCY


def test_the_sums_are_left_as_they_were_found(kernel, paged):
    search = search_of(paged, [0.3, 2.0, 9.0], 10, 500, PAGE_SIZE + 500)
    first = search.by(kernel)
    everything = np.zeros(PAGED_COUNT, np.uint8)
    nothing = search._replace(admitted=Admitted(0, PAGED_COUNT, everything))
    assert nothing.by(kernel) == ([], [])
    assert search.by(kernel) == first
