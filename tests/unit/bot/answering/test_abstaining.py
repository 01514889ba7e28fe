import numpy as np
import pytest
from hypothesis import given, settings

from bot.answering.abstaining import THRESHOLD, confidence, suggestions
from bot.answering.confidence_features import NAMES, confidence_features
from bot.answering.learned.files import shipped
from bot.answering.quoting import chances
from tests.unit.bot.answering.odd_news import ARTICLES, QUESTIONS
from tests.unit.bot.answering.small_corpora import asked_of, evidence_in, over, story

LEARNED = shipped()
CLOSED = story(
    "a",
    "The Lantern Bridge closed on Tuesday because a bearing cracked, Dr. Solvang said.",
    "Lantern Bridge closes",
    "Courier",
    "2026-03-28",
)
NEWS = over(CLOSED, story("b", "A ferry will run from Thursday, the skipper of Pell said."))


def confidence_in(searcher, question: str):
    evidence = evidence_in(searcher, question)
    likely = chances(LEARNED.sentences, evidence)
    return confidence(evidence, likely, LEARNED.confidence, searcher.passage_count)


def features_of(searcher, question: str) -> dict[str, float]:
    evidence = evidence_in(searcher, question)
    likely = chances(LEARNED.sentences, evidence)
    (row,) = confidence_features(
        evidence.passage_features,
        evidence.sentence_features,
        likely,
        evidence.asked,
        searcher.passage_count,
    )
    return dict(zip(NAMES, row.tolist(), strict=True))


@pytest.mark.parametrize("question", ["Who won the cup?", "", "the of and", "???"])
def test_where_nothing_is_found_there_is_no_confidence(question):
    sure = confidence_in(NEWS, question)
    assert (sure.value, sure.details) == (0.0, ())
    assert "no passage holds a word" in sure.description


def test_there_is_none_without_news():
    assert confidence_in(over(), "Why did the bridge close?").value == 0.0


def test_a_question_all_of_whose_words_stand_in_one_passage_is_answered():
    assert confidence_in(NEWS, "Why was the Lantern Bridge closed on Tuesday?").value > THRESHOLD


def test_a_question_most_of_whose_words_are_unheard_of_is_not():
    question = "Which walrus of Vladivostok did the chess federation disqualify on Tuesday?"
    assert confidence_in(NEWS, question).value < THRESHOLD


def test_the_numbers_of_a_confidence_add_up_and_every_word_is_told():
    sure = confidence_in(NEWS, "Why was the walrus bridge closed?")
    log_odds, of_words = sure.details
    assert sure.value == pytest.approx(1 / (1 + np.exp(-log_odds.value)))
    assert [detail.description for detail in of_words.details] == [
        '"walrus" is not in it',
        '"bridg" is in it',
        '"close" is in it',
    ]
    held = sum(detail.value for detail in of_words.details[1:])
    assert of_words.value == pytest.approx(held / (held + of_words.details[0].value))


def test_what_is_measured_is_the_best_of_what_was_found():
    told = features_of(NEWS, "Why was the Lantern Bridge closed by the ferry?")
    asked = asked_of(NEWS, "Why was the Lantern Bridge closed by the ferry?")
    assert (
        told["coverage"]
        == told["sentence_coverage"]
        == pytest.approx(asked.coverage(NEWS.terms("lantern bridge closed")))
    )
    assert told["term_count"] == pytest.approx(np.log(5))
    assert told["passage_count"] == pytest.approx(np.log(2))
    assert told["best_chance"] >= told["second_chance"] >= told["third_chance"]
    # two sentences were found, so the third is as unlikely as can be
    assert told["third_chance"] == pytest.approx(np.log(1e-4 / (1 - 1e-4)))
    assert told["covered_terms"] == pytest.approx(told["whole_coverage"] * told["term_count"])


@settings(deadline=None, max_examples=100)
@given(ARTICLES, QUESTIONS)
def test_whatever_is_asked_of_whatever_news_every_number_is_finite(articles, question):
    searcher = over(*articles)
    evidence = evidence_in(searcher, question)
    if len(evidence.sentences):
        assert np.isfinite(list(features_of(searcher, question).values())).all()
    assert 0.0 <= confidence_in(searcher, question).value <= 1.0


def suggested(searcher, question: str) -> tuple[str, ...]:
    return suggestions(asked_of(searcher, question), searcher)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("the of and", ["Name a person"]),
        ("Who won the cup?", ["None of these words"]),
        ("Who saw the bridge?", ["Other words"]),
        ("Who won the cup? until:2001", ["None of these words"]),
        ("Who won the cup? publisher:courier", ["Try without", "None of these words"]),
        ("Who saw the bridge? author:nobody", ["Try without"]),
    ],
)
def test_an_asker_is_told_what_to_try(question, told):
    said = suggested(NEWS, question)
    assert len(said) == len(told)
    assert all(each.startswith(start) for each, start in zip(said, told, strict=True))
    assert all(each.endswith(".") for each in said)


def test_without_news_the_asker_is_told_how_to_get_some():
    (said,) = suggested(over(), "Why did the bridge close?")
    assert "pullquote index" in said
