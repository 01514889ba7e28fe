import math
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings

from bot.answering.passage_features import BEHIND, NAMES, RELATIVE, passage_features
from tests.unit.bot.answering.odd_news import ARTICLES, QUESTIONS
from tests.unit.bot.answering.small_corpora import NOW, asked_of, found_in, over, story

FILLER = " Nothing of this kind is in here, and the words go on all the same for a while." * 8


def measured(searcher, question: str, now=NOW) -> dict[str, dict[str, float]]:
    """Return what is measured of the best passage of each article, by its id."""
    found = found_in(searcher, question, now)
    asked = asked_of(searcher, question, now)
    rows = passage_features(found, asked, now)
    told: dict[str, dict[str, float]] = {}
    for each, row in zip(found, rows.tolist(), strict=True):
        article_id = each.hit.passage.article.id
        told.setdefault(article_id, dict(zip(NAMES, row, strict=True)))
    return told


BRIDGE = story(
    "bridge",
    "The lantern bridge closed on 3 March, Mara Finch said.",
    "Bridge shut",
    "The Courier",
    "2026-03-18",
)
FERRY = story("ferry", "The ferry sails past a bridge.", "Ferry", "Weekly", "2026-04-01")
NEWS = over(BRIDGE, FERRY, *(story(f"n{n}", f"Eels, number {n}.") for n in range(5)))


def test_what_a_passage_holds_of_the_question_is_measured():
    told = measured(NEWS, "When was the lantern bridge closed?")
    asked = asked_of(NEWS, "When was the lantern bridge closed?")
    bridge, ferry = told["bridge"], told["ferry"]
    only_bridge = asked.coverage(NEWS.terms("bridge"))
    assert bridge["coverage"] == bridge["whole_coverage"] == pytest.approx(1.0)
    assert ferry["coverage"] == pytest.approx(only_bridge)
    assert bridge["title_coverage"] == pytest.approx(only_bridge)
    assert ferry["title_coverage"] == 0.0
    assert (bridge["closeness"], bridge["in_order"], bridge["near"]) == pytest.approx((1, 1, 1))
    assert (ferry["closeness"], ferry["in_order"], ferry["near"]) == (0, 0, 0)
    assert bridge["rarest"] == pytest.approx(1.0)
    assert 0 < ferry["rarest"] < 1
    assert bridge["expected"] == 1.0
    assert ferry["expected"] == 0.0


def test_scores_and_ranks_are_those_of_the_search():
    told = measured(NEWS, "When was the lantern bridge closed?")
    assert (told["bridge"]["score"], told["bridge"]["rank"]) == (1.0, 0.0)
    assert 0 < told["ferry"]["score"] < 1
    assert told["ferry"]["rank"] == pytest.approx(math.log(2))


def test_an_article_counts_by_its_best_passage():
    text = "The lantern bridge closed." + FILLER + "\nThe bridge." + FILLER
    searcher = over(story("long", text), FERRY)
    found = found_in(searcher, "lantern bridge closed")
    asked = asked_of(searcher, "lantern bridge closed")
    table = passage_features(found, asked, NOW)
    rows = [dict(zip(NAMES, row, strict=True)) for row in table.tolist()]
    of_long = [
        row for row, e in zip(rows, found, strict=True) if e.hit.passage.article.id == "long"
    ]
    assert len(of_long) == 2
    assert [row["best_of_article"] for row in of_long] == [1.0, 0.0]
    assert [row["article_score"] for row in of_long] == [1.0, 1.0]
    assert [row["lead"] for row in of_long] == [1.0, 0.0]
    assert of_long[1]["score"] < 1


def test_news_counts_half_after_two_weeks():
    told = measured(NEWS, "Why was the bridge closed?")
    assert told["ferry"]["recency"] == pytest.approx(1.0)
    assert told["bridge"]["recency"] == pytest.approx(0.5)
    assert (told["ferry"]["behind_recency"], told["bridge"]["behind_recency"]) == pytest.approx(
        (0.0, 0.5)
    )


@pytest.mark.parametrize("published", [None, "2026-04-03", "2031-01-01"])
def test_what_has_no_date_or_one_to_come_is_not_new(published):
    told = measured(over(story("a", "The bridge closed.", published=published)), "bridge closed?")
    assert told["a"]["recency"] == 0.0


def test_nothing_is_new_to_a_question_about_a_time_that_is_over():
    told = measured(NEWS, "Why was the bridge closed in January 2026?")
    assert {each["recency"] for each in told.values()} == {0.0}


def test_what_is_of_the_time_asked_about_is_known():
    told = measured(NEWS, "Why was the bridge closed in March 2026?")
    assert (told["bridge"]["when"], told["ferry"]["when"]) == (1.0, 0.0)
    assert (told["bridge"]["behind_when"], told["ferry"]["behind_when"]) == (0.0, 1.0)
    later = measured(NEWS, "Why was the bridge closed in May 2025?", NOW + timedelta(days=30))
    assert {each["when"] for each in later.values()} == {0.0}


def test_what_is_of_the_publisher_asked_about_is_known():
    told = measured(NEWS, "According to The Courier, why was the bridge closed?")
    assert (told["bridge"]["publisher"], told["ferry"]["publisher"]) == (1.0, 0.0)
    assert (told["bridge"]["behind_publisher"], told["ferry"]["behind_publisher"]) == (0.0, 1.0)


def test_names_and_numbers_of_the_question_are_looked_for():
    told = measured(NEWS, "Did Mara Finch close the bridge on 3 March?")
    assert (told["bridge"]["names"], told["bridge"]["numbers"]) == pytest.approx((1.0, 1.0))
    assert (told["ferry"]["names"], told["ferry"]["numbers"]) == (0.0, 0.0)
    assert told["bridge"]["clause"] == pytest.approx(1.0)
    without = measured(NEWS, "is the bridge closed")
    assert without["ferry"]["names"] == without["ferry"]["numbers"] == 0.5


def test_some_are_there_beside_the_greatest():
    told = measured(NEWS, "When was the lantern bridge closed?")
    for name in RELATIVE:
        most = max(each[name] for each in told.values())
        for each in told.values():
            assert each[f"relative_{name}"] == pytest.approx(each[name] / most if most else 0.0)
    for name in BEHIND:
        most = max(each[name] for each in told.values())
        for each in told.values():
            assert each[f"behind_{name}"] == pytest.approx(most - each[name])


def test_no_passages_have_no_rows():
    asked = asked_of(NEWS, "walrus")
    assert passage_features([], asked, NOW).shape == (0, len(NAMES))


@settings(deadline=None, max_examples=150)
@given(ARTICLES, QUESTIONS)
def test_whatever_is_asked_of_whatever_news_every_number_is_finite(articles, question):
    searcher = over(*articles)
    found = found_in(searcher, question)
    asked = asked_of(searcher, question)
    rows = passage_features(found, asked, NOW)
    assert rows.shape == (len(found), len(NAMES))
    assert np.isfinite(rows).all()
    assert (rows >= 0).all()
    shares = [NAMES.index(n) for n in NAMES if n != "rank"]
    assert (rows[:, shares] <= 1 + 1e-9).all()
