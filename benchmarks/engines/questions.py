"""Questions as lists of terms, drawn from the passages of a corpus like those of real readers.

Half of the terms of 367 real questions about the news were in .6 to 5 % of the passages, one in
twenty in .05 % or less; a question touched .3 to .4 postings for each passage there is. A question
here is a handful of the terms of one passage, very rare and very frequent ones less often taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.engines.corpus import Corpus
    from benchmarks.engines.reference import Postings

_MEAN_LENGTH = 9
_LENGTHS = (4, 15)
# shares of the passages: rarer terms are less often asked for, and so are more frequent ones
_RARE, _FREQUENT = 0.003, 0.2


def draw_questions(corpus: Corpus, postings: Postings, count: int, seed: int) -> list[list[str]]:
    """Draw questions; the same for the same arguments."""
    rng = np.random.default_rng([seed, 1])
    shares = postings.document_frequencies / corpus.passage_count
    questions: list[list[str]] = []
    while len(questions) < count:
        passage = int(rng.integers(corpus.passage_count))
        start, end = corpus.offsets[passage : passage + 2]
        ids = np.unique(corpus.term_ids[start:end])
        length = min(int(np.clip(rng.poisson(_MEAN_LENGTH), *_LENGTHS)), len(ids))
        share = shares[ids]
        weights = (0.12 + share / (share + _RARE)) / (1 + share / _FREQUENT)
        chosen = rng.choice(ids, length, replace=False, p=weights / weights.sum())
        questions.append([corpus.words[i] for i in chosen.tolist()])
    return questions


def mean_touched(questions: Sequence[Sequence[str]], corpus: Corpus, postings: Postings) -> float:
    """Return how many postings a question touches on average."""
    id_of = {word: i for i, word in enumerate(corpus.words)}
    frequencies = postings.document_frequencies
    touched = [
        sum(int(frequencies[id_of[term]]) for term in set(terms) if term in id_of)
        for terms in questions
    ]
    return float(np.mean(touched))
