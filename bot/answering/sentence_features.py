"""What is measured of a sentence: does it hold the answer? Weighs nothing.

Most numbers are in [0, 1]; those of `RELATIVE` are there a second time, divided by the greatest
among the sentences of this question.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.closeness import closeness, pairs_held, places
from bot.answering.expectation import Expectation
from bot.answering.passage_features import PassageFeatures
from bot.answering.relative import with_relative
from bot.answering.standing import dangles

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from bot.answering.asked import Asked
    from bot.answering.ranking import RankedPassage
    from bot.answering.sentences import Sentence

# news tells first what matters most
LEAD_LENGTH = 300
LONGEST = 400
_MANY_TERMS = 40
_MANY_COMMAS = 5
_SPEECH = re.compile(r"[“\"][^”\"]{8,}[”\"]")
_SAYING = re.compile(r"\b(?:said|says|told|added|wrote|tweeted|according)\b")
_KINDS = (
    (Expectation.PERSON,),
    (Expectation.TIME,),
    (Expectation.PLACE,),
    (Expectation.COUNT, Expectation.AMOUNT),
    (Expectation.REASON,),
    (Expectation.NAME,),
    (Expectation.SPEECH,),
    (Expectation.ANYTHING,),
)


class SentenceFeatures(NamedTuple):
    """Numbers about one sentence. Those of `asks_…` are of the question, the same for all."""

    coverage: float
    title: float
    before: float
    after: float
    passage_coverage: float
    closeness: float
    in_order: float
    near: float
    rarest: float
    names: float
    numbers: float
    derived: float
    whole_coverage: float
    clause: float
    length: float
    term_count: float
    lead: float
    first: float
    last: float
    ends: float
    asking: float
    dangling: float
    listing: float
    capitals: float
    speech: float
    saying: float
    title_likeness: float
    expected: float
    unexpected: float
    new_names: float
    new_numbers: float
    new_full_names: float
    asks_who: float
    asks_when: float
    asks_where: float
    asks_how_many: float
    asks_why: float
    asks_name: float
    asks_speech: float
    asks_anything: float
    passage_gap: float
    passage_rank: float
    passage_first: float
    passage_score: float
    publisher: float
    when: float
    recency: float


DESCRIPTIONS = {
    "coverage": "of the question is covered by its words",
    "title": "more is covered by its article's title",
    "before": "more is covered by the sentence before",
    "after": "more is covered by the sentence after",
    "passage_coverage": "of the question is covered by its passage",
    "closeness": "of the question stands close together",
    "in_order": "of the question's pairs of words stand in order",
    "near": "of the question's pairs of words stand near each other",
    "rarest": "of the weight of the question's rarest word is held",
    "names": "of the question's names are held",
    "numbers": "of the question's numbers are held",
    "derived": "of the question is covered by other forms of its words",
    "whole_coverage": "of the question is covered by it, its title and other forms of its words",
    "clause": "of the question is covered by its best clause",
    "length": "of the longest quote's length",
    "term_count": "how many words it has",
    "lead": "opens its article",
    "first": "opens its passage",
    "last": "ends its passage",
    "ends": "ends as a sentence does",
    "asking": "asks something itself",
    "dangling": "leans on the sentence before",
    "listing": "lists",
    "capitals": "is in capitals",
    "speech": "quotes somebody",
    "saying": "tells who said so",
    "title_likeness": "of its article's title is in it",
    "expected": "holds the kind of words asked for",
    "unexpected": "lacks the kind of words asked for",
    "new_names": "names what the question does not",
    "new_numbers": "has numbers that the question does not",
    "new_full_names": "names in full what the question does not",
    "asks_who": "the question asks who",
    "asks_when": "the question asks when",
    "asks_where": "the question asks where",
    "asks_how_many": "the question asks for a number",
    "asks_why": "the question asks why",
    "asks_name": "the question asks for a name",
    "asks_speech": "the question asks what was said",
    "asks_anything": "the question asks for no kind of words",
    "passage_gap": "how far its passage is below the best one",
    "passage_rank": "logarithm of its passage's rank",
    "passage_first": "is of the best passage",
    "passage_score": "of the best passage's BM25 score has its passage",
    "publisher": "is of a publisher that the question names",
    "when": "is of the time that the question names",
    "recency": "how new its article is",
}

RELATIVE = (
    "coverage", "title", "passage_coverage", "in_order", "near", "rarest", "clause", "closeness",
    "title_likeness", "whole_coverage",
)  # fmt: skip

NAMES = (*SentenceFeatures._fields, *(f"relative_{name}" for name in RELATIVE))

_SCORE, _PUBLISHER, _WHEN, _RECENCY = map(
    PassageFeatures._fields.index, ("score", "publisher", "when", "recency")
)


def sentence_features(
    passages: Sequence[tuple[RankedPassage, Sequence[Sentence]]], asked: Asked
) -> npt.NDArray[np.float64]:
    """Return a row a sentence, passage by passage, the columns being `NAMES`."""
    kinds = tuple(float(asked.expectation in kind) for kind in _KINDS)
    rows = []
    for passage, sentences in passages:
        held = [asked.held(sentence.terms) for sentence in sentences]
        of_passage = _of_passage(passage)
        for place, sentence in enumerate(sentences):
            around = (
                held[place - 1] if place else set(),
                held[place],
                held[place + 1] if place + 1 < len(held) else set(),
            )
            own = _of_words(sentence, around, passage, asked)
            look = _of_look(sentence, place, len(sentences), passage)
            news = _of_news(sentence, asked)
            rows.append((*own, *look, *news, *kinds, *of_passage))
    return with_relative(rows, SentenceFeatures._fields, RELATIVE)


def _of_words(
    sentence: Sentence,
    around: tuple[set[str], set[str], set[str]],
    passage: RankedPassage,
    asked: Asked,
) -> tuple[float, ...]:
    before, held, after = around
    found = places(sentence.terms, asked.weights)
    coverage = asked.coverage(held)
    title = asked.held(passage.found.title) | held
    titled = asked.coverage(title)
    derived = asked.derived(sentence.joined, held)
    in_order, near = pairs_held(found, asked.pairs)
    rarest = max(map(asked.weights.__getitem__, held), default=0.0) / asked.greatest
    return (
        coverage,
        titled - coverage,
        asked.coverage(before | held) - coverage,
        asked.coverage(after | held) - coverage,
        asked.coverage(passage.found.held),
        coverage * closeness(found),
        in_order,
        near,
        rarest,
        asked.share_of(asked.names, held),
        asked.share_of(asked.numbers, held),
        derived,
        titled + 0.6 * asked.derived(sentence.joined + passage.found.joined_title, title),
        asked.clause_coverage(title),
    )


def _of_look(
    sentence: Sentence, place: int, count: int, passage: RankedPassage
) -> tuple[float, ...]:
    text = sentence.text
    letters = sum(map(str.isalpha, text))
    title = passage.found.title
    return (
        len(text) / LONGEST,
        len(sentence.terms) / _MANY_TERMS,
        sentence.start < LEAD_LENGTH,
        place == 0,
        place == count - 1,
        text[-1:] in {".", "!", "?", "”", '"'},
        text.endswith("?"),
        dangles(text),
        "\n" in text or text.count(",") > _MANY_COMMAS or " - " in text,
        sum(map(str.isupper, text)) > letters / 2,
        _SPEECH.search(text) is not None,
        _SAYING.search(text) is not None,
        len(title & sentence.distinct) / max(1, len(title)),
    )


def _of_news(sentence: Sentence, asked: Asked) -> tuple[float, ...]:
    names = {name.text for name in sentence.names}
    number_count = sum(text[0].isdigit() for text in names)
    full_names = {name.text for name in sentence.full_names}
    wants = asked.expectation is not Expectation.ANYTHING
    expected = wants and asked.expectation.met_by(sentence.text)
    return (
        expected,
        wants and not expected,
        min((len(names) - number_count) / 5, 1.0),
        min(number_count / 3, 1.0),
        min(len(full_names) / 3, 1.0),
    )


def _of_passage(passage: RankedPassage) -> tuple[float, ...]:
    return (
        passage.gap,
        math.log1p(passage.rank - 1),
        passage.rank == 1,
        passage.features[_SCORE],
        passage.features[_PUBLISHER],
        passage.features[_WHEN],
        passage.features[_RECENCY],
    )
