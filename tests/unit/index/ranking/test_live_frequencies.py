import numpy as np
import pytest

from index.ranking.part import Part
from tests.unit.index.ranking.passages import segment_of

COUNT = 70_000


@pytest.fixture(scope="module")
def segment():
    """A segment of two pages; each term is in every so many passages."""
    positions = [np.arange(0, COUNT, step) for step in (1, 2, 7, 400, 600, 3000)]
    terms = np.repeat(np.arange(len(positions)), [len(each) for each in positions])
    everywhere = np.concatenate(positions)
    frequencies = 1 + everywhere % 5 // 4 + everywhere % 11 // 10
    return segment_of(
        terms.astype(np.uint32), everywhere.astype(np.uint32), frequencies, np.full(COUNT, 30)
    )


def held(part, step):
    gone = set(part.removed.tolist())
    return sum(position not in gone for position in range(0, COUNT, step))


@pytest.mark.parametrize("asked_every", [1, 3, 40])
def test_frequencies_are_of_what_is_left_however_often_they_were_asked(segment, asked_every):
    rng = np.random.default_rng(asked_every)
    part = Part(segment)
    for step in range(40):
        start = int(rng.integers(COUNT))
        part = part.without(np.arange(start, min(start + int(rng.integers(1, 900)), COUNT)))
        if step % asked_every == 0:
            assert part.frequency("00000002") == held(part, 7)
            assert part.frequency("00000004") == held(part, 600)
    for number, each in enumerate((1, 2, 7, 400, 600, 3000)):
        assert part.frequency(f"{number:08}") == held(part, each)
        assert Part(segment, part.removed).frequency(f"{number:08}") == held(part, each)
    assert part.frequency("unheard") == 0
    assert part.total_length == 30 * part.passage_count == 30 * (COUNT - len(part.removed))


def test_two_parts_made_of_one_do_not_share_what_they_lost(segment):
    part = Part(segment)
    assert part.frequency("00000000") == COUNT
    one, other = part.without(np.arange(10)), part.without(np.arange(60_000, 60_003))
    assert (one.frequency("00000000"), other.frequency("00000000")) == (COUNT - 10, COUNT - 3)
    assert part.frequency("00000000") == COUNT


def test_a_part_that_holds_none_of_the_passages_stays_itself(segment):
    part = Part(segment).without(np.array([5, 4, 5]))
    assert part.removed.tolist() == [4, 5]
    for ids in ([], [5], [4, 5], [COUNT], [-3, COUNT + 9]):
        assert part.without(np.array(ids, np.int64)) is part
