"""What a run works on: a corpus, its postings, and the questions asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.engines.articles import read_corpus, read_questions
from benchmarks.engines.generator import generate
from benchmarks.engines.questions import draw_questions, mean_touched
from benchmarks.engines.reference import Postings
from index.analysis.analyzer import Analyzer

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.engines.corpus import Corpus
    from benchmarks.engines.workspace import Plan, Workspace


@dataclass(frozen=True)
class Material:
    """A corpus and questions."""

    corpus: Corpus
    postings: Postings
    questions: list[list[str]]

    @classmethod
    def generated(cls, passage_count: int, question_count: int, seed: int) -> Material:
        """Generate both."""
        return cls.drawn(generate(passage_count, seed), question_count, seed)

    @classmethod
    def drawn(cls, corpus: Corpus, question_count: int, seed: int) -> Material:
        """Draw the questions from the corpus."""
        postings = Postings.of(corpus)
        return cls(corpus, postings, draw_questions(corpus, postings, question_count, seed))

    @classmethod
    def read(
        cls,
        articles: Path,
        questions: Path | None,
        passage_count: int | None,
        question_count: int,
        seed: int,
    ) -> Material:
        """Read articles, and questions where there is a file of them."""
        corpus = read_corpus(articles, passage_count)
        if questions is None:
            return cls.drawn(corpus, question_count, seed)
        asked = read_questions(questions, Analyzer(), question_count)
        return cls(corpus, Postings.of(corpus), asked)

    @property
    def mean_touched(self) -> float:
        """How many postings a question touches on average."""
        return mean_touched(self.questions, self.corpus, self.postings)

    @property
    def summary(self) -> str:
        """One line on the corpus and the questions."""
        terms = sum(map(len, self.questions)) / len(self.questions)
        return (
            f"{self.corpus.passage_count:,} passages, {len(self.postings.passages):,} postings; "
            f"{len(self.questions):,} questions of {terms:.1f} terms that touch "
            f"{self.mean_touched:,.0f} postings on average"
        )

    def prepare(self, workspace: Workspace, plan: Plan) -> None:
        """Write it where the measures look for it."""
        frequencies = self.postings.document_frequencies
        workspace.prepare(self.corpus, self.questions, frequencies, plan)
