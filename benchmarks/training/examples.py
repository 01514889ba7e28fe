"""Judged questions with all that was found for them: what there is to learn from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.asked import Asked
from bot.answering.found import FoundPassage, find, taken_apart
from bot.answering.model import Question
from bot.answering.passage_features import passage_features
from bot.answering.sentences import Sentence, sentences
from bot.evaluation.judging import answers
from bot.evaluation.matching import holds, says
from bot.evaluation.replies import Excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import numpy.typing as npt

    from bot.evaluation.judgments import JudgedQuestion
    from index.searcher import Searcher


@dataclass(frozen=True)
class Example:
    """A question about a corpus. `answering` and `confidence` say how much it counts for each.

    `group` is the same for questions that share an answer, which must not be learned from and
    measured on at once.
    """

    set_name: str
    group: str
    answering: float
    confidence: float
    judged: JudgedQuestion
    searcher: Searcher
    now: datetime

    def fold(self, count: int) -> int:
        """Return which of some folds it is in; the same on every machine."""
        return zlib.crc32(self.group.encode()) % count

    @cached_property
    def asked(self) -> Asked:
        """The question, weighed."""
        reading = Question(self.judged.text, asked_at=self.now).read(self.searcher)
        return Asked.of(reading.with_phrases_as_words(), self.searcher)

    @cached_property
    def found(self) -> Sequence[FoundPassage]:
        """The passages found, best first by BM25."""
        hits = find(self.asked.query, self.now, self.searcher)
        return taken_apart(hits, self.asked, self.searcher.analyzer)

    @cached_property
    def passage_features(self) -> npt.NDArray[np.float64]:
        """What is measured of them."""
        return passage_features(self.found, self.asked, self.now)

    @cached_property
    def relevant(self) -> npt.NDArray[np.bool_]:
        """Which of the passages found answer."""
        excerpts = (
            Excerpt(p.article.id, p.text, p.start, p.end)
            for p in (each.hit.passage for each in self.found)
        )
        return np.array([answers(each, self.judged) for each in excerpts], dtype=bool)

    @cached_property
    def sentences(self) -> dict[int, Sequence[Sentence]]:
        """The sentences of the passages found, by the passage's id, read when asked for."""
        return {}

    def sentences_of(self, found: FoundPassage) -> Sequence[Sentence]:
        """Return the sentences of one of them."""
        passage_id = found.hit.passage.id
        if passage_id not in self.sentences:
            self.sentences[passage_id] = sentences(found, self.searcher.analyzer)
        return self.sentences[passage_id]

    def is_right(self, sentence: Sentence) -> bool:
        """Whether a sentence says an answer, or holds evidence."""
        return says(sentence.text, self.judged.answers) or any(
            holds(sentence.text, each.text) for each in self.judged.evidence
        )
