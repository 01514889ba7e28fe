"""Which candidates are quoted: the likeliest first, then what adds most to it in the room left.

The first quote may bring its neighbours along, to be understood and to hold the answer that stands
beside the words of the question. The others are there for what it leaves out: another fact, another
half of the question, another source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.answering.deferred import Deferred
from bot.answering.model import Quote
from bot.answering.ranking import explain
from bot.answering.sentence_features import DESCRIPTIONS
from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from bot.answering.asked import Asked
    from bot.answering.candidates import Candidate
    from bot.answering.evidence import Evidence
    from bot.answering.learned.files import Learned
    from bot.answering.learned.trees import Trees
    from index.model import Article

MOST_QUOTES = 3
# characters of all quotes together
ROOM = 620
# A quote counts by its chance over its length and so many characters more: a longer one must
# be likelier, the first by a little, the later ones, which share what room is left, by more. Not by
# its chance less a price: where nothing is likely, the shortest nonsense would come first.
_SPARED_BY_FIRST = 2000
_SPARED_BY_LATER = 300
# of the room left for two quotes, the second leaves some to the third
_SHARE_OF_SECOND = 0.72
_LITTLE_ROOM = 200
# how much less likely what repeats the words of a quote adds something
_REPETITION = 0.3
# how much a quote gains that covers all of a question of which the others cover nothing
_COMPLEMENT = 1.0
# only so many of the likeliest are compared with what is chosen
_COMPARED_COUNT = 40
# two sentences that share this much of their terms are copies of each other
_COPY = 0.8
_FEWEST_TERMS_OF_COPY = 5


def choose(found: Iterable[Candidate], asked: Asked) -> list[Candidate]:
    """Return up to three candidates, best first. No two overlap or say the same."""
    candidates = list(found)
    likeliest = sorted(candidates, key=lambda each: -_worth(each.chance, each, _SPARED_BY_LATER))
    first = max(candidates, key=lambda e: _worth(e.chance, e, _SPARED_BY_FIRST), default=None)
    chosen = [first] if first else []
    room = ROOM - sum(each.length for each in chosen)
    while chosen and len(chosen) < MOST_QUOTES:
        is_second = len(chosen) == 1
        most = room * _SHARE_OF_SECOND if is_second and room > _LITTLE_ROOM else room
        fitting = [
            each
            for each in likeliest[:_COMPARED_COUNT]
            if each.length <= most and not any(_repeats(each, one) for one in chosen)
        ]
        if not fitting:
            break
        said = frozenset[str]().union(*(each.terms for each in chosen))
        best = max(fitting, key=lambda each: _gain(each, chosen, asked, said))
        chosen.append(best)
        room -= best.length
    return chosen


def _gain(
    candidate: Candidate, chosen: Sequence[Candidate], asked: Asked, said: frozenset[str]
) -> float:
    """Return what a candidate adds; `said` are the terms of those chosen."""
    terms = candidate.terms
    repeated = max(_overlap(terms, each.terms) for each in chosen)
    missing = len(asked.held(terms) - said) / max(1, len(asked.weights))
    chance = candidate.chance * (1 - _REPETITION * repeated) * (1 + _COMPLEMENT * missing)
    return _worth(chance, candidate, _SPARED_BY_LATER)


def _worth(chance: float, candidate: Candidate, spared_length: int) -> float:
    return chance / (candidate.length + spared_length)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _repeats(candidate: Candidate, chosen: Candidate) -> bool:
    return candidate.overlaps(chosen) or is_copy(candidate.terms, chosen.terms)


def is_copy(one: frozenset[str] | set[str], other: frozenset[str] | set[str]) -> bool:
    """Whether two stretches of text say the same in the same words."""
    fewer, more = sorted((len(one), len(other)))
    if not fewer or fewer < _COPY * more:
        return False
    return len(one & other) >= _COPY * len(one | other)


def copies(chosen: Candidate, evidence: Evidence) -> tuple[Article, ...]:
    """Return the other articles read that say a sentence of a quote in the same words."""
    told = [s.distinct for s in chosen.sentences if len(s.distinct) >= _FEWEST_TERMS_OF_COPY]
    articles: dict[str, Article] = {}
    for _, sentences in evidence.read:
        article = sentences[0].article if sentences else chosen.article
        if article.id != chosen.article.id and any(
            is_copy(sentence.distinct, terms) for sentence in sentences for terms in told
        ):
            articles.setdefault(article.id, article)
    return tuple(articles.values())


def quote_of(chosen: Candidate, evidence: Evidence, learned: Learned) -> Quote:
    """Return a candidate as it is said, with why its sentence and its passage were preferred."""

    def reasons() -> tuple[Explanation, ...]:
        rows = evidence.sentence_features[chosen.rows.start : chosen.rows.stop]
        best = chosen.rows[int(learned.sentences.scores(rows).argmax())]
        return (
            explain_sentence(evidence, best, learned.sentences),
            explain(chosen.passage, len(evidence.ranked), learned.passages),
        )

    return Quote(
        chosen.article,
        chosen.start,
        chosen.end,
        chosen.chance,
        Explanation(chosen.chance, "chance that the quote answers", Deferred(reasons)),
        copies(chosen, evidence),
    )


def explain_sentence(evidence: Evidence, row: int, trees: Trees) -> Explanation:
    """Return what speaks for and against one of the sentences read."""
    return trees.explain(
        evidence.sentence_features[row], "log odds that its sentence answers, the sum of", described
    )


def described(name: str) -> str:
    """Return what a column of the features is, in words."""
    plain = name.removeprefix("relative_")
    beside = ", beside the best sentence's" if plain != name else ""
    return f"{DESCRIPTIONS[plain]}{beside}"


def chances(trees: Trees, evidence: Evidence) -> npt.NDArray[np.float64]:
    """Return how likely each sentence read is to answer, in [0, 1]."""
    return 1.0 / (1.0 + np.exp(-trees.scores(evidence.sentence_features)))
