from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.answering.model import Answer, Outside, Question, Quote
from bot.answering.outside import said_outside, side_of, without_dates
from index.model import Article, Explanation, PublicationTime, Query
from index.query.model import Reading

SINCE = datetime(2026, 3, 4, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=2)
WITHIN = SINCE + timedelta(hours=1)
QUERY = Query("rates", since=SINCE, until=UNTIL)
WHY = Explanation(0.1, "not answered", (Explanation(0.1, "confidence"),))


def article(published: date | datetime | None) -> Article:
    time = PublicationTime.of(published) if published else None
    return Article("a", "", "The Fed held rates.", published=time)


def answer(*published: date | datetime | None, answered: bool) -> Answer:
    quotes = tuple(Quote(article(each), 0, 8, 0.5, WHY) for each in published)
    asked = Question("Rates?", UNTIL)
    return Answer(
        asked, Reading(QUERY), answered, quotes, 0.1, (), WHY, () if answered else ("Try.",)
    )


@pytest.mark.parametrize(
    ("published", "side"),
    [
        (SINCE - timedelta(minutes=1), "earlier"),
        (SINCE, None),
        (WITHIN, None),
        (UNTIL - timedelta(minutes=1), None),
        (UNTIL, "later"),
        (date(2026, 3, 3), "earlier"),
        (date(2026, 3, 4), None),
        (date(2026, 3, 6), "later"),
        (None, None),
    ],
)
def test_an_article_is_earlier_or_later_than_the_dates_asked_for(published, side):
    assert side_of(article(published), QUERY) == side


def test_a_day_that_reaches_into_the_dates_is_within_them():
    noon = replace(QUERY, since=SINCE + timedelta(hours=12))
    assert side_of(article(date(2026, 3, 4)), noon) is None


def test_a_range_that_is_open_has_one_side_only():
    assert side_of(article(date(2030, 1, 1)), replace(QUERY, until=None)) is None
    assert side_of(article(date(2020, 1, 1)), replace(QUERY, since=None)) is None


def test_dates_are_taken_away_and_nothing_else():
    reading = Reading(replace(QUERY, phrases=("interest rates",)), notes=("x",))
    timeless = without_dates(reading)
    assert timeless == replace(reading, query=Query("rates", phrases=("interest rates",)))
    assert timeless is not None
    assert without_dates(timeless) is None


EARLY, LATE = date(2026, 1, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("published", "outside"),
    [
        ((EARLY,), "earlier"),
        ((LATE, LATE), "later"),
        ((LATE, EARLY), "both"),
        ((LATE, None, WITHIN), "later"),
    ],
)
def test_an_abstention_carries_what_articles_of_other_times_answer(published, outside: Outside):
    said = answer(WITHIN, answered=False)
    elsewhere = answer(*published, answered=True)
    told = said_outside(said, elsewhere)
    assert not told.answered
    assert told.outside == outside
    assert all(side_of(each.article, QUERY) for each in told.quotes)
    assert told.quotes[0] == elsewhere.quotes[0]
    assert told.suggestions == ()
    assert told.confidence == said.confidence
    assert told.explanation.details[-1] is elsewhere.explanation


@pytest.mark.parametrize(
    "elsewhere",
    [
        answer(EARLY, answered=False),
        answer(WITHIN, LATE, answered=True),
        answer(None, LATE, answered=True),
    ],
)
def test_an_abstention_stays_as_it_is_where_other_times_do_not_answer(elsewhere):
    said = answer(WITHIN, answered=False)
    assert said_outside(said, elsewhere) == replace(said, has_elsewhere=True)
