from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.model import Answer, Outside, Question, Quote
from bot.texts import english
from bot.views import limits
from bot.views.why import why_text
from index.model import Article, Explanation, Query
from index.query.model import Reading

ENGLISH = english()

NOW = datetime(2026, 3, 4, tzinfo=UTC)
SENTENCE = Explanation(
    1.2,
    "log odds, the sum of",
    (
        Explanation(1.5, "80 % of the question is covered by its words"),
        Explanation(-0.3, "leans on the sentence before"),
        Explanation(0.001, "is in capitals"),
    ),
)
RANK = Explanation(
    3.0,
    "rank 2 of 22 passages looked at, by the sum of",
    (Explanation(2.5, "opens its article"), Explanation(-0.5, "is not near")),
)
SURE = Explanation(
    0.82,
    "confidence",
    (Explanation(1.5, "log odds, the sum of", (Explanation(0.9, "all of it is there"),)),),
)


def quote(publisher: str | None = "The Example", *parts: Explanation) -> Quote:
    article = Article("a", "Title", "The Fed held rates.", publisher=publisher)
    why = Explanation(0.31, "chance that the quote answers", parts or (SENTENCE, RANK))
    return Quote(article, 0, len(article.text), 0.31, why)


def answer(
    *quotes: Quote,
    question: str = "Why?",
    confidence: float = 0.82,
    reading: Reading = Reading(Query("why")),  # noqa: B008 (it never changes)
    explained: tuple[Explanation, ...] = (SURE,),
    outside: Outside | None = None,
) -> Answer:
    asked = Question(question, NOW)
    why = Explanation(confidence, "answered", explained)
    return Answer(asked, reading, True, quotes, confidence, (), why, outside=outside)


def test_it_tells_how_sure_it_is_and_what_spoke_for_each_quote_and_against_it():
    text = why_text(answer(quote(), question="What did the Fed do?"), ENGLISH)
    assert text.blocks == (
        "-# Asked: What did the Fed do?\n-# Understood as it was typed.",
        (
            "**Fairly sure that the news answers: confidence 0.82 of 1, and 0.40 is needed.**\n"
            "- `+0.90` all of it is there"
        ),
        (
            "**Quote 1, The Example:** 31 % likely to answer\n"
            "- `+1.50` 80 % of the question is covered by its words\n"
            "- `-0.30` leans on the sentence before\n"
            "-# Its passage: rank 2 of 22 passages looked at: "
            "`+2.50` opens its article; `-0.50` is not near"
        ),
    )


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.95, "Almost certain"),
        (0.75, "Fairly sure"),
        (0.4, "Just sure enough"),
        (0.39, "Not sure enough"),
        (0.1, "Far from sure"),
    ],
)
def test_confidence_is_told_in_words(confidence: float, words: str):
    text = why_text(answer(confidence=confidence), ENGLISH)
    assert f"**{words} that the news answers: confidence {confidence:.2f} of 1" in text.content


def test_a_question_in_which_nothing_was_found_says_so_in_place_of_reasons():
    nothing = Explanation(0.0, "confidence: no passage holds a word of the question")
    text = why_text(answer(confidence=0.0, explained=(nothing,)), ENGLISH)
    assert text.blocks[-1].endswith("\n-# confidence: no passage holds a word of the question")


def test_how_the_question_was_understood_is_told():
    reading = Reading(Query("rates"), notes=("articles since Monday, 2 March 2026",))
    text = why_text(answer(reading=reading), ENGLISH)
    assert "-# Understood as: articles since Monday, 2 March 2026" in text.blocks[0]


def test_an_answer_that_changed_is_owned_up_to():
    assert (
        "has changed since I answered"
        in why_text(answer(quote()), ENGLISH, is_changed=True).blocks[0]
    )
    assert "has changed" not in why_text(answer(quote()), ENGLISH).content


def test_articles_of_other_times_have_a_confidence_of_their_own():
    elsewhere = Explanation(0.91, "answered")
    said = answer(quote(), confidence=0.2, explained=(SURE, elsewhere), outside="later")
    assert (
        "-# With articles of any time, the confidence is 0.91." in why_text(said, ENGLISH).blocks[1]
    )


HOSTILE = st.one_of(
    st.text(max_size=300),
    st.just("@everyone <@1> **x** `y` [z](https://evil.example)\n# " * 5),
    st.just("*" * 5000),
)


@st.composite
def explanations(draw: st.DrawFn) -> Explanation:
    numbers = st.floats(-50, 50)
    details = draw(st.lists(st.tuples(numbers, HOSTILE), max_size=12))
    return Explanation(
        draw(numbers),
        draw(HOSTILE),
        tuple(Explanation(value, description) for value, description in details),
    )


@given(
    st.lists(st.tuples(HOSTILE, explanations(), explanations()), max_size=3),
    explanations(),
    HOSTILE,
    st.booleans(),
)
@settings(max_examples=100)
def test_any_explanation_fits_and_does_no_harm(quotes, sure, question, is_changed):
    said = answer(
        *(quote(publisher, *parts) for publisher, *parts in quotes),
        question=question,
        reading=Reading(Query(question), notes=(question,) * 4),
        explained=(Explanation(0.5, "confidence", (sure,)),),
    )
    text = why_text(said, ENGLISH, is_changed=is_changed)
    assert text.length <= limits.CONTENT_LENGTH
    assert "confidence 0.82 of 1" in text.content
    assert "@everyone" not in text.content
    assert "<@1>" not in text.content
    assert "[z](" not in text.content
    assert all(text.blocks)
