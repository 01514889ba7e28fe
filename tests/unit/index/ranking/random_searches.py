"""Random searches of one segment, made to be hard on the kernel's bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.ranking.admission import Admitted
from index.ranking.arrays import UNDATED
from index.ranking.formula import Formula, Model
from index.ranking.part import Part
from index.ranking.scale import ScaledPart
from index.ranking.searching import Best, by_kernel, by_numpy
from tests.unit.index.ranking.passages import segment_of

if TYPE_CHECKING:
    from index.ranking.arrays import Array
    from index.ranking.searching import Kernel
    from index.ranking.segment import Segment

FORMULA = Formula.of(Model.PLUS)
OF_OTHERS = 1 << 40
EVERYTHING = np.zeros(0, np.uint8)
NOTHING = np.zeros(0, np.uint32)
# as a part has it: to numba, what can be written to is of another type
NOTHING.setflags(write=False)


class OneSearch(NamedTuple):
    """What a search of a segment takes; in these, positions are ids."""

    segment: Segment
    numbers: list[int]
    weights: list[float]
    norms: Array
    admitted: Admitted
    removed: Array
    count: int
    floor: float | None

    def plainly(self) -> tuple[list[int], list[float]]:
        return self._told(by_numpy(*self._how()))

    def by(self, kernel: Kernel) -> tuple[list[int], list[float]]:
        return self._told(by_kernel(kernel, *self._how()))

    def _told(self, best: Best) -> tuple[list[int], list[float]]:
        scores, ids, times = (each[: best.found] for each in best[1:])
        is_own = ids != OF_OTHERS
        assert best.found == self.count or self.floor is None
        assert (scores[~is_own] == self.floor).all()
        assert times[is_own].tolist() == self.segment.times_at(ids[is_own]).tolist()
        return ids[is_own].tolist(), scores[is_own].tolist()

    def _how(self) -> tuple[ScaledPart, list[int], Array, Admitted, Best]:
        scaled = ScaledPart.of(Part(self.segment, self.removed), FORMULA, self.norms)
        best = Best.of_none(self.count)
        if self.floor is not None:
            # of another segment; what is equal to them comes before them
            best.scores[:], best.ids[:], best.times[:] = self.floor, OF_OTHERS, UNDATED
            best = best._replace(found=self.count)
        return scaled, self.numbers, np.array(self.weights), self.admitted, best


def random_segment(rng: np.random.Generator, passage_count: int, term_count: int) -> Segment:
    density = 10.0 ** rng.uniform(-4, 0, term_count)
    if rng.random() < 0.3:
        density[:] = rng.choice([0.001, 0.05, 0.3, 1.0])
    held = [_some(rng, passage_count, each) for each in density.tolist()]
    terms = np.repeat(np.arange(term_count), [len(each) for each in held]).astype(np.uint32)
    positions = np.concatenate(held).astype(np.uint32)
    frequencies = _random_frequencies(rng, len(positions))
    lengths = _random_lengths(rng, passage_count)
    return segment_of(terms, positions, frequencies.astype(np.int64), lengths.astype(np.int64))


def _some(rng: np.random.Generator, passage_count: int, density: float) -> Array:
    wanted = 1 + int(rng.binomial(passage_count - 1, density))
    return np.sort(rng.choice(passage_count, wanted, replace=False))


def _random_frequencies(rng: np.random.Generator, count: int) -> Array:
    match int(rng.integers(6)):
        case 0:
            return np.ones(count)
        case 1:
            return rng.geometric(0.6, count).clip(1, 2047)
        case 2:
            return rng.integers(1, 2048, count)
        case 3:
            return np.exp(rng.uniform(0, np.log(2047), count)).clip(1, 2047)
        case 4:
            frequencies = np.ones(count)
            frequencies[rng.integers(count)] = rng.integers(1, 2048)
            return frequencies
        case _:
            return rng.choice([1, 2, 255, 256, 2047], count)


def _random_lengths(rng: np.random.Generator, count: int) -> Array:
    match int(rng.integers(5)):
        case 0:
            return np.full(count, int(rng.choice([0, 1, 7, 90, 65535])))
        case 1:
            return rng.integers(0, 65536, count)
        case 2:
            return np.sort(rng.integers(0, 300, count))[:: int(rng.choice([-1, 1]))]
        case 3:
            return rng.choice([1, 65535], count, p=[0.1, 0.9])
        case _:
            return rng.integers(40, 120, count)


def _random_weights(rng: np.random.Generator, count: int) -> Array:
    match int(rng.integers(4)):
        case 0:
            return np.full(count, rng.uniform(0.1, 12))
        case 1:
            return rng.uniform(0.1, 12, count)
        case 2:
            return 10.0 ** rng.uniform(-9, 6, count)
        case _:
            weights = np.full(count, 10.0 ** rng.uniform(-7, 0))
            weights[rng.integers(count)] = 1000.0
            return weights


def random_search(rng: np.random.Generator, segment: Segment) -> OneSearch:
    count = segment.passage_count
    query = rng.permutation(segment.term_count)[: int(rng.choice([1, 2, 3, 10, 1000]))]
    weights = _random_weights(rng, len(query)).tolist()
    average = float(rng.choice([segment.arrays.lengths.mean() + 0.01, 0.5, 90.0, 30000.0]))
    begin, end = 0, count
    if rng.random() < 0.5:
        begin, end = np.sort(rng.integers(0, count + 1, 2)).tolist()
        begin, end = (begin, end) if begin < end else (0, count)
    wanted = int(rng.choice([1, 2, 3, 10, 64, 65, 100, 500, 1000, 1025, 5000]))
    search = OneSearch(
        segment,
        query.tolist(),
        weights,
        FORMULA.norms(segment.longest, average),
        Admitted(begin, end, EVERYTHING),
        NOTHING,
        wanted,
        None,
    )
    return _harder(rng, search)


def _harder(rng: np.random.Generator, search: OneSearch) -> OneSearch:
    """Remove passages, the best ones above all; leave some out; set a floor."""
    count = search.segment.passage_count
    removed = rng.random(count) < rng.choice([0.0, 0.0, 0.1, 0.9])
    marks = (rng.random(count) < rng.choice([0.05, 0.5, 1.0])).astype(np.uint8)
    best = search.plainly()[0]
    if rng.random() < 0.5:
        removed[best[: int(rng.integers(len(best) + 1))]] = True
    if rng.random() < 0.5:
        marks[best[: int(rng.integers(len(best) + 1))]] = 0
    if rng.random() < 0.7:
        gone = np.flatnonzero(removed).astype(np.uint32)
        gone.setflags(write=False)
        search = search._replace(removed=gone)
    if rng.random() < 0.5:
        search = search._replace(admitted=Admitted(*search.admitted[:2], marks))
    scores = search.plainly()[1]
    if scores and rng.random() < 0.3:
        search = search._replace(floor=scores[int(rng.integers(len(scores)))])
    return search
