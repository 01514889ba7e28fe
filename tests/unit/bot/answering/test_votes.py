import pytest

from bot.answering.votes import VOTER_COUNT, Votes
from tests.unit.bot.answering.small_corpora import asked_of, found_in, over, story

LONG = " The ferry to the island was late again, and people waited in the rain." * 5


def votes_of(searcher, question: str) -> Votes:
    asked = asked_of(searcher, question)
    return Votes.of(found_in(searcher, question), asked.weights, searcher.idf)


def test_what_most_articles_name_has_most_votes():
    searcher = over(
        story("a", "The seat of the mayor went to Finch on Monday."),
        story("b", "The seat of the mayor went to Finch, and Solvang lost."),
        story("c", "The seat of the mayor went to Finch by one vote."),
    )
    votes = votes_of(searcher, "Who won the seat of the mayor?")
    assert votes.names["finch"] == 1.0
    assert 0 < votes.names["solvang"] < 0.5
    assert votes.name(["solvang", "finch", "nobody"]) == 1.0
    assert votes.name([]) == 0.0
    assert votes.all_names({"solvang", "finch"}) == pytest.approx(
        (1.0 + votes.names["solvang"]) / 3
    )


def test_an_article_votes_once_however_many_of_its_passages_say_so():
    said = "The mayor met Solvang about the ferry."
    loud = story("loud", said + LONG + "\n" + said + LONG + "\n" + said + LONG)
    quiet = [story(f"q{n}", "The mayor met Finch about the ferry." + LONG) for n in range(2)]
    searcher = over(loud, *quiet)
    found = found_in(searcher, "Whom did the mayor meet about the ferry?")
    assert sum("solvang" in each.name_words for each in found) == 3
    votes = votes_of(searcher, "Whom did the mayor meet about the ferry?")
    assert votes.names["finch"] == 1.0
    assert votes.names["solvang"] < 0.6


def test_names_of_the_question_do_not_count():
    searcher = over(story("a", "On Monday the boat of Finch sank near Pellmouth."))
    votes = votes_of(searcher, "Where did the boat of Finch sink?")
    assert "finch" not in votes.names
    assert votes.names["pellmouth"] == 1.0


def test_names_in_full_are_counted_apart():
    searcher = over(
        story("a", "The seat went to Mara Finch of Pell."), story("b", "The seat went to Finch.")
    )
    votes = votes_of(searcher, "Who won the seat?")
    assert "Mara Finch of Pell" in votes.full_names
    assert votes.full_name(["Mara Finch of Pell", "Nobody Else"]) == 1.0


def test_a_passage_that_holds_less_of_the_question_has_less_of_a_vote():
    searcher = over(
        story("a", "The old lantern bridge closed, as Finch knew."),
        story("b", "The ferry sails, as Solvang knew, past the bridge."),
        *(story(f"n{n}", "Nothing of this kind is in here at all.") for n in range(9)),
    )
    votes = votes_of(searcher, "Why did the old lantern bridge close?")
    assert votes.names["finch"] == 1.0
    assert votes.names["solvang"] < 0.5


def test_terms_that_the_best_passages_share_are_related_and_those_of_the_question_are_not():
    searcher = over(
        *(
            story(f"n{n}", f"The bridge closed since a bearing cracked, number {n}.")
            for n in (1, 2)
        ),
        *(story(f"o{n}", f"Eels and herrings were sold, number {n}.") for n in range(9)),
    )
    votes = votes_of(searcher, "Why did the bridge close?")
    (bearing,) = searcher.terms("bearing")
    assert votes.terms[bearing] == max(votes.terms.values()) == 1.0
    assert not votes.terms.keys() & set(searcher.terms("bridge closed"))
    assert votes.relevance({bearing}) == pytest.approx(1 / 5)
    assert votes.relevance(set()) == 0.0


def test_what_is_only_there_for_being_new_does_not_vote_beside_many_better_ones():
    better = [story(f"{n:02}", "The bridge closed. " * 2) for n in range(25)]
    told = "It closed, the bridge, as Solvang knew, after many words that say little of it."
    searcher = over(*better, story("new", told, published="2026-03-30"))
    found = found_in(searcher, "Why was the bridge closed?")
    assert [e.hit.passage.article.id for e in found[VOTER_COUNT:]] == ["new"]
    assert "solvang" in found[-1].name_words
    assert "solvang" not in votes_of(searcher, "Why was the bridge closed?").names


def test_nothing_found_has_no_votes():
    votes = Votes.of([], ["bridg"], lambda _: 1.0)
    assert votes == Votes({}, {}, {})
    assert votes.name(["finch"]) == votes.all_names({"finch"}) == votes.relevance({"eel"}) == 0.0
