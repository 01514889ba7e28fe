from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.candidates import candidates
from bot.answering.learned.files import shipped
from bot.answering.quoting import (
    MOST_QUOTES,
    ROOM,
    chances,
    choose,
    copies,
    is_copy,
    quote_of,
)
from bot.answering.windows import LONGEST_QUOTE
from tests.unit.bot.answering.odd_news import ARTICLES, QUESTIONS
from tests.unit.bot.answering.small_corpora import evidence_in, over, story

LEARNED = shipped()
TREES = LEARNED.sentences

CLOSED = "The Lantern Bridge closed on Tuesday because a bearing cracked, Dr. Solvang said."
BRIDGE = story("bridge", CLOSED, "Bridge shut")
COPY = story("copy", "PELLMOUTH (Wire) " + CLOSED, "Bridge closed")
FERRY = story("ferry", "The ferry carried 912 people on its first day, the skipper said.")
EELS = story("eels", "Eels were cheap at the market of Pellmouth, traders said on Tuesday.")


def chosen_in(searcher, question: str):
    evidence = evidence_in(searcher, question)
    likely = chances(TREES, evidence)
    return evidence, choose(candidates(evidence.read, likely.tolist()), evidence.asked)


def quotes_in(searcher, question: str):
    evidence, chosen = chosen_in(searcher, question)
    return [quote_of(each, evidence, LEARNED) for each in chosen]


def test_copies_of_one_story_fill_one_place_and_are_named():
    quotes = quotes_in(over(BRIDGE, COPY, FERRY), "Why did the Lantern Bridge close?")
    told = [quote for quote in quotes if "bearing" in quote.text]
    assert len(told) == 1
    others = {"bridge", "copy"} - {told[0].article.id}
    assert {article.id for article in told[0].also_in} == others


def test_what_says_something_else_is_no_copy():
    quotes = quotes_in(over(BRIDGE, FERRY, EELS), "Why did the Lantern Bridge close on Tuesday?")
    assert "bearing" in quotes[0].text
    assert all(quote.also_in == () for quote in quotes)


def test_a_few_words_in_common_make_no_copy():
    short = story("short", "It was closed on Tuesday.")
    evidence, chosen = chosen_in(over(short, story("other", short.text)), "closed on Tuesday")
    assert len(chosen[0].terms) < 5
    assert copies(chosen[0], evidence) == ()


BRIDGE_AND_FERRY = "Why did the Lantern Bridge close, and how many people did the ferry carry?"
ABOUT_BOTH = over(
    BRIDGE,
    story("again", "The Lantern Bridge closed once before, in 1931, and nobody knew why."),
    story("more", "The Lantern Bridge closed early, and drivers of Pell were not amused."),
    FERRY,
    EELS,
)


def test_a_question_about_two_things_gets_a_quote_for_each():
    quotes = quotes_in(ABOUT_BOTH, BRIDGE_AND_FERRY)
    articles = {quote.article.id for quote in quotes}
    assert "ferry" in articles
    assert articles & {"bridge", "again", "more"}


def test_the_second_quote_is_of_the_other_half_though_a_bit_less_likely():
    evidence = evidence_in(ABOUT_BOTH, BRIDGE_AND_FERRY)
    likely = {"bridge": 0.6, "again": 0.5, "more": 0.5, "ferry": 0.4, "eels": 0.1}
    by_row = [likely[sentence.article.id] for sentence in evidence.sentences]
    chosen = choose(candidates(evidence.read, by_row), evidence.asked)
    assert [each.article.id for each in chosen][:2] == ["bridge", "ferry"]


def test_nothing_to_choose_from_gives_nothing():
    evidence = evidence_in(over(BRIDGE), "Who won the cup?")
    assert choose([], evidence.asked) == []


def test_the_likeliest_comes_first():
    evidence = evidence_in(over(BRIDGE, FERRY, EELS), "What happened on Tuesday, people said?")
    for likely in range(len(evidence.sentences)):
        given_chances = [0.9 if row == likely else 0.1 for row in range(len(evidence.sentences))]
        chosen = choose(candidates(evidence.read, given_chances), evidence.asked)
        assert likely in chosen[0].rows


def test_a_chance_is_the_odds_of_the_trees():
    evidence = evidence_in(over(BRIDGE, FERRY), "Why did the Lantern Bridge close?")
    likely = chances(TREES, evidence)
    assert ((likely > 0) & (likely < 1)).all()
    scores = TREES.scores(evidence.sentence_features)
    assert likely.argsort().tolist() == scores.argsort().tolist()


def test_a_quotes_explanation_is_its_chance_and_the_sentence_it_is_for():
    evidence, chosen = chosen_in(over(BRIDGE, FERRY), "Why did the Lantern Bridge close?")
    quote = quote_of(chosen[0], evidence, LEARNED)
    assert quote.score == quote.explanation.value == chosen[0].chance
    of_sentence, of_passage = quote.explanation.details
    rows = TREES.scores(evidence.sentence_features)[chosen[0].rows.start : chosen[0].rows.stop]
    assert of_sentence.value == pytest.approx(rows.max())
    assert of_passage.value == pytest.approx(chosen[0].passage.score)


TERMS = st.frozensets(st.sampled_from("abcdefgh"))


@given(TERMS, TERMS)
def test_copies_share_four_fifths_of_their_words(one, other):
    union = one | other
    assert is_copy(one, other) == (bool(union) and len(one & other) / len(union) >= 0.8)
    assert is_copy(one, other) == is_copy(other, one)


@settings(deadline=None)
@given(ARTICLES, QUESTIONS, st.randoms(use_true_random=False))
def test_up_to_three_quotes_fit_into_the_room_and_none_says_the_same(articles, question, random):
    evidence = evidence_in(over(*articles), question)
    likely = [random.random() for _ in evidence.sentences]
    found = list(candidates(evidence.read, likely))
    chosen = choose(found, evidence.asked)
    assert bool(chosen) == bool(found)
    assert len(chosen) <= MOST_QUOTES
    assert sum(each.length for each in chosen) <= max(ROOM, LONGEST_QUOTE)
    for one, other in combinations(chosen, 2):
        assert not one.overlaps(other)
        assert not is_copy(one.terms, other.terms)
