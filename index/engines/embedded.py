"""The search engine inside this process: a query's words become terms, and ids become passages.

Knows neither where passages are stored nor how segments come about; it is never changed.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from index.analysis.folding import fold
from index.analysis.words import words
from index.engines.prefilter import Prefilter
from index.engines.term_lists import microseconds
from index.engines.wording import Wording
from index.model import Explanation, Hit
from index.ranking.admission import Admission
from index.ranking.lookup import terms_like

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.analysis.analyzer import Analyzer
    from index.engines.protocol import PassageSource
    from index.model import Passage, Query
    from index.ranking.collection import Collection, Found
    from index.ranking.owners import Sight


MAX_LIMIT = 1000
_READ_AT_ONCE = 1000
# so few are read sooner than their articles are looked at
_READ_AS_THEY_ARE = 100
_LOOKED_AT_FOR_WORDS = 5


class EmbeddedEngine:
    """A SearchEngine over a collection whose passages `source` has.

    A passage that is gone from the source is not found, though the collection still holds it.
    What is outside of `sight`, the source will not give: it is left out of every search, and a word
    or a publisher that is only there is unknown. Statistics count it all the same.
    """

    def __init__(
        self,
        collection: Collection,
        source: PassageSource,
        analyzer: Analyzer,
        sight: Sight | None = None,
    ):
        self._sight = sight
        self._is_held: dict[str, bool] = {}
        self._collection = collection
        self._source = source
        self._analyzer = analyzer

    @property
    def passage_count(self) -> int:
        """How many passages can be found."""
        return self._collection.passage_count

    def publishers(self) -> Mapping[str, int]:
        """Count the articles of each known publisher."""
        if self._sight is not None:
            return self._collection.publishers_in(self._sight)
        return self._collection.publishers

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages that hold a term of the query and pass its filters.

        Raises ValueError for a limit below 1 or above 1,000.
        """
        if not 1 <= limit <= MAX_LIMIT:
            raise ValueError(f"from 1 to {MAX_LIMIT} passages can be asked for, not {limit}")
        wording = Wording.of(query, self._analyzer)
        terms = self._scored_terms(query)
        admission = self._admission(query, wording)
        wanted = limit if wording.is_checked_by_terms else 4 * limit
        kept: list[tuple[Passage, float]] = []
        prefilter = Prefilter(wording.phrases, self._source)
        checked_count = 0
        while True:
            found = self._collection.search(terms, wanted, admission)
            fresh = found[checked_count:]
            if wording.phrases and len(fresh) > _READ_AS_THEY_ARE:
                passing = set(prefilter.passing([each.passage_id for each in fresh]))
                fresh = [each for each in fresh if each.passage_id in passing]
            kept += self._admitted(fresh, wording, limit - len(kept))
            if len(kept) >= limit or len(found) < wanted:
                break
            checked_count = len(found)
            wanted *= 4
        return [Hit(p, score, rank) for rank, (p, score) in enumerate(kept[:limit], start=1)]

    def _admitted(
        self, found: Sequence[Found], wording: Wording, wanted: int
    ) -> list[tuple[Passage, float]]:
        """Return the first passages whose words are as they must be, with their scores."""
        kept: list[tuple[Passage, float]] = []
        # some at a time, so that memory and whoever else reads do not have to bear them all
        for first in range(0, len(found), _READ_AT_ONCE):
            some = found[first : first + _READ_AT_ONCE]
            passages = self._source.passages([each.passage_id for each in some])
            kept += [
                (passage, each.score)
                for each in some
                if (passage := passages.get(each.passage_id)) and wording.admits(passage)
            ]
            if len(kept) >= wanted:
                break
        return kept

    def explain(self, query: Query, passage: Passage) -> Explanation:
        """Return the numbers behind a passage's score. Raises KeyError for one not indexed."""
        held = self._collection.explain(self._scored_terms(query), passage.id)
        details = tuple(
            Explanation(
                each.value,
                f'"{each.term}" ({each.frequency} × here, in {each.passage_count} of '
                f"{self.passage_count} passages)",
            )
            for each in held
        )
        return Explanation(math.fsum(d.value for d in details), "BM25, the sum of", details)

    def terms(self, text: str) -> list[str]:
        """Return the terms of a question, as they are looked up: none for stop words alone."""
        return self._analyzer.terms(text)

    def document_frequency(self, term: str) -> int:
        """Count the passages that hold a term."""
        count = self._collection.document_frequency(term)
        if self._sight is None or not count:
            return count
        if (is_held := self._is_held.get(term)) is None:
            admission = Admission(sight=self._sight)
            is_held = bool(self._collection.search([term], 1, admission))
            self._is_held[term] = is_held
        return count if is_held else 0

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """Return an article's passages in reading order; none where it is unknown."""
        return [p for p in self._source.passages_of(article_id) if self._collection.holds(p.id)]

    def terms_like(self, beginnings: str, shortest: int, longest: int) -> Sequence[str]:
        """Return the terms that begin with one of some letters and have so many bytes."""
        found = (
            terms_like(part.segment, letter, shortest, longest)
            for part in self._collection.parts
            for letter in beginnings
        )
        return list(dict.fromkeys(chain.from_iterable(found)))

    def words_of(self, term: str) -> Sequence[str]:
        """Return words that the best passages of a term write for it, the most frequent first.

        Only words that begin with its letter: to stem all others as well would take far longer.
        """
        admission = Admission(sight=self._sight)
        found = self._collection.search([term], _LOOKED_AT_FOR_WORDS, admission)
        passages = self._source.passages([each.passage_id for each in found]).values()
        counts = Counter(
            word
            for passage in passages
            for text in passage.searched_texts
            for word in words(text)
            if fold(word[0]) == term[0] and self._analyzer.terms(word) == [term]
        )
        return [word for word, _ in counts.most_common()]

    def _scored_terms(self, query: Query) -> list[str]:
        """Return the terms of a query's text or, where it has none, of its phrases, each once."""
        of_phrases = (term for text in query.phrases for term in self.terms(text))
        return self.terms(query.text) or list(dict.fromkeys(of_phrases))

    def _admission(self, query: Query, wording: Wording) -> Admission:
        return Admission(
            since=microseconds(query.since) if query.since else None,
            until=microseconds(query.until) if query.until else None,
            publishers=frozenset(name.casefold() for name in query.publishers),
            articles=self._admitted_articles(query),
            sight=self._sight,
            required=wording.required,
            excluded=wording.excluded,
        )

    def _admitted_articles(self, query: Query) -> frozenset[int] | None:
        """Return the numbers of the articles that may be found, None for all."""
        admitted = None
        if query.articles is not None:
            admitted = frozenset(self._source.article_numbers(sorted(query.articles)))
        if query.authors:
            written = frozenset(self._source.article_numbers_by(sorted(query.authors)))
            admitted = written if admitted is None else admitted & written
        return admitted
