from __future__ import annotations

import pytest

from bot.answering.alert_matching import Arrival, Wanted
from index import Passage, Searcher
from index.analysis.passages import split_passages
from index.model import Article, Query
from tests.unit.bot.answering.small_corpora import over, story

FERRY = Article(
    "ferry",
    "Ferry to Skarholm cancelled",
    "The harbour master said on Monday that no boat would leave.\n\n"
    "The storm had broken the pier. Nobody was hurt, and repairs will take three weeks.\n\n"
    "Captain Ines Okafor called it the worst storm in years, though the wind farm was unharmed.",
    publisher="The Daily",
    author="Mary Smith",
)
CORPUS: Searcher = over(
    story("a", "The council met on Monday. The storm was discussed.", "Council meets"),
    story("b", "The ferry was late, said the council.", "Late ferry"),
    story("c", "The harbour will be dredged, and the pier painted.", "Harbour works"),
)


def arrival(article: Article = FERRY) -> Arrival:
    spans = split_passages(article.text, title=article.title)
    return Arrival([Passage(n, article, *span) for n, span in enumerate(spans, 1)])


def wants(text: str, **filters: object) -> bool:
    query = Query(text, **filters)  # type: ignore[arg-type]
    return arrival().is_wanted(Wanted.of(query, CORPUS))


@pytest.mark.parametrize(
    "text",
    [
        "ferry",
        "Skarholm",
        "ferries cancelled",
        "Okafor ferry",
        "daily storm",
        "Skarholm pier repair",
    ],
)
def test_an_article_with_all_words_is_wanted_wherever_they_stand(text: str):
    assert wants(text)


@pytest.mark.parametrize("text", ["tunnel", "ferry tunnel", "Skarholm pier tunnel", "the of"])
def test_of_few_words_all_are_needed(text: str):
    assert not wants(text)


def test_of_a_question_most_of_what_it_is_about_is_needed():
    assert wants("How long will repairs of the broken pier in Skarholm take?")
    assert not wants("How long will repairs of the broken bridge in Pellmouth cost drivers?")


def test_a_name_that_nobody_has_heard_of_is_needed():
    assert not wants("When was the ferry to Zwickelbach harbour discussed on Monday?")
    assert not wants("Zwickelbach storm harbour council")


def test_phrases_exclusions_authors_and_publishers_are_those_of_the_search():
    assert wants("wind farm", phrases=("wind farm",))
    assert not wants("farm wind", phrases=("farm wind",))
    assert wants("ferry", excluded=("tunnel",))
    # an article that has it anywhere is not wanted, whichever passage has the other words
    assert not wants("ferry", excluded=("Okafor",))
    assert wants("ferry", authors=frozenset({"smith"}))
    assert not wants("ferry", authors=frozenset({"jones"}))
    assert wants("ferry", publishers=frozenset({"the daily"}))
    assert not wants("ferry", publishers=frozenset({"The Other"}))


def test_the_passage_shown_is_the_one_about_it():
    long = Article(
        "long",
        "News of the day",
        "\n\n".join(
            f"Number {n} of the council spoke about roads and taxes. " * 8 for n in range(9)
        )
        + "\n\nA walrus came to the pier.",
    )
    came = arrival(long)
    assert "walrus" in came.best_passage(Query("walrus pier", excluded=("moon",))).text
    assert came.best_passage(Query("unheard")).start == 0
