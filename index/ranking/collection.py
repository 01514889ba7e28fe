"""All passages that can be found: some segments, and what holds for them together.

Immutable: a change gives another collection, which shares the segments. Counts are of all segments
together, and are put together when a query needs them, so nothing stored ever changes with them.

Found passages come by score, the best first; equal scores by publication, the newest first, the
undated last; and these by id.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.ranking.admission import EVERYTHING
from index.ranking.formula import Formula, Model, average_okapi_idf
from index.ranking.frequencies import summed_frequencies
from index.ranking.scale import ScaledPart
from index.ranking.searching import Search
from index.ranking.segment import MAX_REMEMBERED_TERM_COUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from index.ranking.admission import Admission
    from index.ranking.owners import Sight
    from index.ranking.part import Part
    from index.ranking.searching import Kernel


class Found(NamedTuple):
    """A passage by its id, and its score."""

    passage_id: int
    score: float


# what Found._make does, in a third of the time
_as_found = partial(tuple.__new__, Found)


class Held(NamedTuple):
    """What makes a term's contribution to one passage's score."""

    term: str
    value: float
    frequency: int
    passage_count: int


class Collection:
    """Searches `parts` by one of the models. Safe in any thread."""

    def __init__(
        self,
        parts: Iterable[Part] = (),
        model: Model = Model.PLUS,
        kernel: Callable[[], Kernel | None] = lambda: None,
    ):
        # the largest first: its best passages set the bar for the others
        self.parts = tuple(sorted(parts, key=lambda part: -part.segment.passage_count))
        self.model = model
        self._kernel = kernel
        self._formula = Formula.of(model)
        self.passage_count = sum(part.passage_count for part in self.parts)
        self._average_length = sum(p.total_length for p in self.parts) / (self.passage_count or 1)
        self._frequencies: dict[str, int] = {}
        self._idfs: dict[str, float | None] = {}

    def adding(self, parts: Iterable[Part]) -> Collection:
        """Return the collection with more passages."""
        return self.of([*self.parts, *parts])

    def removing(self, ids: Iterable[int]) -> Collection:
        """Return the collection without some passages; ids that are not in it do not matter."""
        gone = np.fromiter(ids, np.int64)
        return self.of([part.without(gone) for part in self.parts])

    def of(self, parts: Iterable[Part]) -> Collection:
        """Return a collection of other parts that searches as this one does."""
        return Collection(parts, self.model, self._kernel)

    def document_frequency(self, term: str) -> int:
        """Count the passages that hold a term."""
        try:
            return self._frequencies[term]
        except KeyError:
            if len(self._frequencies) >= MAX_REMEMBERED_TERM_COUNT:
                self._frequencies.clear()
                self._idfs.clear()
            count = sum(part.frequency(term) for part in self.parts)
            self._frequencies[term] = count
            return count

    def search(
        self, terms: Sequence[str], count: int, admission: Admission = EVERYTHING
    ) -> list[Found]:
        """Return the best passages that hold a term and are admitted, at most `count`.

        A term given twice counts twice. BM25+ gives a passage something for every term of the
        query, held or not, so that only differences between scores say anything.
        Raises ValueError for a count below 1.
        """
        if count < 1:
            raise ValueError(f"at least 1 passage can be asked for, not {count}")
        weights = self.weights(terms)
        if not weights:
            return []
        # room is made for as many
        search = Search(weights, min(count, self.passage_count), self._kernel())
        base = self._formula.delta * sum(weights.values())
        found, scores, ids, _ = search.best(self._scaled_parts, admission)
        pairs = zip(ids[:found].tolist(), (scores[:found] + base).tolist(), strict=True)
        return list(map(_as_found, pairs))

    def weights(self, terms: Sequence[str]) -> dict[str, float]:
        """Return each distinct term's idf, times how often it is given; none for an unknown one."""
        weights: dict[str, float] = {}
        known = self._idfs
        for term in terms:
            # looked up without a call where it is known
            idf = known[term] if term in known else self.idf(term)
            if idf is not None:
                weights[term] = weights[term] + idf if term in weights else idf
        return weights

    def idf(self, term: str) -> float | None:
        """Return what a term tells, or None where no passage holds it."""
        try:
            return self._idfs[term]
        except KeyError:
            frequency = self.document_frequency(term)
            idf = self._idfs[term] = (
                self._formula.idf(frequency, self.passage_count, lambda: self._average_idf)
                if frequency
                else None
            )
            return idf

    @cached_property
    def _scaled_parts(self) -> tuple[ScaledPart, ...]:
        longest = max((part.segment.longest for part in self.parts), default=0)
        norms = self._formula.norms(longest, self._average_length)
        return tuple(ScaledPart.of(part, self._formula, norms) for part in self.parts)

    @cached_property
    def _average_idf(self) -> float:
        return average_okapi_idf(summed_frequencies(self.parts), self.passage_count)

    def scores(self, terms: Sequence[str], passage_ids: Sequence[int]) -> list[float]:
        """Return the scores of given passages. Raises KeyError for one that is not here."""
        return [sum(held.value for held in self.explain(terms, each)) for each in passage_ids]

    def explain(self, terms: Sequence[str], passage_id: int) -> list[Held]:
        """Return what each term, in the order given, brings a passage. Raises KeyError."""
        part, position = self._locate(passage_id)
        segment = part.segment
        length = int(segment.arrays.lengths[position])
        average = self._average_length or 1.0
        norm = float(self._formula.norms(length, average)[length])
        told = []
        for term in terms:
            entries = segment.find(term)
            at = np.array([position])
            frequency = int(segment.frequencies_at(entries, at)[0]) if entries else 0
            held = self._formula.part(float(frequency), norm) if frequency else 0.0
            value = (self.idf(term) or 0.0) * (self._formula.delta + held)
            told.append(Held(term, value, frequency, self.document_frequency(term)))
        return told

    def holds(self, passage_id: int) -> bool:
        """Whether a passage can be found."""
        return self._place(passage_id) is not None

    @cached_property
    def publishers(self) -> Mapping[str, int]:
        """How many articles each known publisher has."""
        return self.publishers_in(None)

    def publishers_in(self, sight: Sight | None) -> Mapping[str, int]:
        """Return the same of the articles in a sight, of all for None."""
        counts: Counter[str] = Counter()
        for part in self.parts:
            counts.update(part.articles_by_publisher(sight))
        del counts[""]
        # without those all of whose articles are gone
        return +counts

    def _locate(self, passage_id: int) -> tuple[Part, int]:
        found = self._place(passage_id)
        if found is None:
            raise KeyError(passage_id)
        return found

    def _place(self, passage_id: int) -> tuple[Part, int] | None:
        wanted = np.array([passage_id])
        for part in self.parts:
            position = int(part.segment.positions_of(wanted)[0])
            if position >= 0 and position not in part.removed:
                return part, position
        return None
