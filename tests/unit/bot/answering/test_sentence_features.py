import numpy as np
import pytest
from hypothesis import given, settings

from bot.answering.sentence_features import NAMES
from tests.unit.bot.answering.odd_news import ARTICLES, QUESTIONS
from tests.unit.bot.answering.small_corpora import asked_of, evidence_in, over, story

FILLER = [story(f"n{n}", f"Eels, number {n}.") for n in range(5)]


def measured(text: str, question: str, title: str = "") -> list[dict[str, float]]:
    """Return what is measured of the sentences of a story, in reading order."""
    evidence = evidence_in(over(story("a", text, title), *FILLER), question)
    rows = evidence.sentence_features.tolist()
    return [
        dict(zip(NAMES, row, strict=True))
        for row, sentence in zip(rows, evidence.sentences, strict=True)
        if sentence.article.id == "a"
    ]


def test_what_a_sentence_holds_of_the_question_is_measured_with_its_neighbours_and_its_title():
    text = "The lantern bridge closed. The ferry sails. Boats sank."
    question = "Why was the lantern bridge closed for the ferry?"
    bridge, ferry, boats = measured(text, question, "Ferry")
    asked = asked_of(over(story("a", text, "Ferry"), *FILLER), question)
    (term,) = asked.weights.keys() & {"ferri"}
    of_ferry = asked.coverage({term})
    assert bridge["coverage"] == pytest.approx(1 - of_ferry)
    assert ferry["coverage"] == pytest.approx(of_ferry)
    assert boats["coverage"] == 0.0
    assert (bridge["title"], ferry["title"]) == pytest.approx((of_ferry, 0.0))
    assert (bridge["before"], bridge["after"]) == pytest.approx((0.0, of_ferry))
    assert (ferry["before"], ferry["after"]) == pytest.approx((1 - of_ferry, 0.0))
    assert boats["before"] == pytest.approx(of_ferry)
    assert {each["passage_coverage"] for each in (bridge, ferry, boats)} == {1.0}
    assert bridge["whole_coverage"] == pytest.approx(1.0)
    assert (bridge["closeness"], boats["closeness"]) == pytest.approx((1 - of_ferry, 0.0))
    assert bridge["in_order"] > ferry["in_order"] == 0.0


def test_how_a_sentence_looks_is_measured():
    text = (
        "The bridge closed. She closed it? “We closed the bridge at noon.” "
        "BRIDGE SHUT FOR ALL. One, two, three, four, five, six, seven bridges closed, said Finch."
    )
    first, asking, speech, capitals, last = measured(text, "Why was the bridge closed?")
    assert (first["first"], first["last"], first["lead"]) == (1, 0, 1)
    assert (last["first"], last["last"]) == (0, 1)
    assert (asking["asking"], asking["dangling"], asking["ends"]) == (1, 1, 1)
    assert (first["asking"], first["dangling"]) == (0, 0)
    assert (speech["speech"], first["speech"]) == (1, 0)
    assert (capitals["capitals"], first["capitals"]) == (1, 0)
    assert (last["listing"], last["saying"], first["saying"]) == (1, 1, 0)
    assert first["length"] == pytest.approx(len("The bridge closed.") / 400)


def test_another_form_of_a_word_counts_apart():
    (told,) = measured("The director of the film won.", "Who directed the film?")
    assert 0 < told["coverage"] < 1
    assert told["derived"] == pytest.approx(1 - told["coverage"])
    assert told["whole_coverage"] == pytest.approx(told["coverage"] + 0.6 * told["derived"])


def test_what_a_sentence_names_beside_the_question_is_measured():
    told, silent = measured(
        "The bridge closed for Mara Finch in 2026. The bridge closed.", "Who closed the bridge?"
    )
    assert told["new_names"] == pytest.approx(2 / 5)
    assert told["new_numbers"] == pytest.approx(1 / 3)
    assert told["new_full_names"] == pytest.approx(1 / 3)
    assert (told["expected"], told["unexpected"]) == (1.0, 0.0)
    assert (silent["expected"], silent["unexpected"]) == (0.0, 1.0)
    assert silent["new_names"] == silent["new_numbers"] == 0.0


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who closed the bridge?", "who"),
        ("When did the bridge close?", "when"),
        ("Where is the bridge?", "where"),
        ("How many bridges closed?", "how_many"),
        ("How much is the bridge?", "how_many"),
        ("Why is the bridge closed?", "why"),
        ("What is the bridge called?", "name"),
        ("What did they say of the bridge?", "speech"),
        ("bridge", "anything"),
    ],
)
def test_the_kind_of_the_question_is_told(question, kind):
    (told,) = measured("The bridge closed.", question)
    assert {name for name in NAMES if name.startswith("asks_") and told[name]} == {f"asks_{kind}"}


def test_the_rank_of_its_passage_is_told():
    searcher = over(
        story("a", "The lantern bridge closed."), story("b", "The bridge is open."), *FILLER
    )
    evidence = evidence_in(searcher, "Why was the lantern bridge closed?")
    first, second = (dict(zip(NAMES, r, strict=True)) for r in evidence.sentence_features.tolist())
    assert (first["passage_gap"], first["passage_rank"], first["passage_first"]) == (0, 0, 1)
    assert second["passage_gap"] < 0 < second["passage_rank"]
    assert first["passage_score"] == 1.0 > second["passage_score"]


@settings(deadline=None, max_examples=150)
@given(ARTICLES, QUESTIONS)
def test_whatever_is_asked_of_whatever_news_every_number_is_finite(articles, question):
    evidence = evidence_in(over(*articles), question)
    assert evidence.sentence_features.shape == (len(evidence.sentences), len(NAMES))
    assert np.isfinite(evidence.sentence_features).all()
