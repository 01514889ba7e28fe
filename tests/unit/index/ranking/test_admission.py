from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engines.term_lists import microseconds, origin_of
from index.model import Article, PublicationTime
from index.ranking.admission import Admission
from index.ranking.building import SegmentBuilder
from index.ranking.collection import Collection
from index.ranking.part import Part

NAMES = ["The Tidewell Post", "the tidewell post", "ÉTOILE", "étoile", "Straße", "STRASSE", None]
START = datetime(2026, 3, 4, tzinfo=UTC)
# around the turns of days, and to the microsecond
MOMENTS = st.one_of(
    st.integers(-3, 3).map(lambda hours: START + timedelta(hours=12 * hours)),
    st.integers(-1, 1).map(lambda least: START + timedelta(microseconds=least)),
    st.sampled_from([datetime(1, 1, 1, tzinfo=UTC), datetime(1969, 12, 31, 23, tzinfo=UTC)]),
)
PUBLISHED = (
    st.none() | MOMENTS.map(PublicationTime.of) | MOMENTS.map(datetime.date).map(PublicationTime.of)
)
ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.just("a"),
        title=st.just("t"),
        text=st.just("t"),
        publisher=st.sampled_from(NAMES),
        published=PUBLISHED,
    ),
    max_size=12,
)
WORDS = st.lists(st.sampled_from("abc"), max_size=3)


def admits(article, since, until, publishers):
    """Whether an article passes, looked at by itself."""
    if publishers:
        wanted = {name.casefold() for name in publishers}
        if (article.publisher or "").casefold() not in wanted:
            return False
    if since is None and until is None:
        return True
    if article.published is None:
        return False
    if since is not None:
        latest = article.published.until
        if latest < since or (article.published.is_day and latest == since):
            return False
    return until is None or article.published.at < until


def collection_of(articles, words=None):
    builder = SegmentBuilder()
    for number, article in enumerate(articles):
        terms = ["x", *(words[number] if words else ())]
        builder.add(origin_of(number, article, 10 * number), [terms, terms])
    return Collection([Part(builder.build())])


def found(collection, admission):
    return {each.passage_id for each in collection.search(["x"], 1000, admission)}


def admission_of(since, until, publishers=()):
    return Admission(
        None if since is None else microseconds(since),
        None if until is None else microseconds(until),
        frozenset(name.casefold() for name in publishers),
    )


@settings(deadline=None, max_examples=300)
@given(
    articles=ARTICLES,
    since=st.none() | MOMENTS,
    until=st.none() | MOMENTS,
    publishers=st.sets(st.sampled_from(["THE TIDEWELL POST", "étoile", "strasse", "Wire"])),
)
def test_dates_and_publishers_admit_what_each_article_would_pass_alone(
    articles, since, until, publishers
):
    expected = {
        10 * number + n
        for number, article in enumerate(articles)
        for n in range(2)
        if admits(article, since, until, publishers)
    }
    assert found(collection_of(articles), admission_of(since, until, publishers)) == expected


@settings(deadline=None)
@given(
    words=st.lists(WORDS, max_size=10),
    dates=st.lists(PUBLISHED, min_size=10, max_size=10),
    since=st.none() | MOMENTS,
    numbers=st.none() | st.frozensets(st.integers(0, 12)),
    required=st.lists(st.sampled_from("abz"), max_size=2).map(tuple),
    excluded=st.lists(st.sampled_from("bcz"), max_size=2).map(tuple),
)
def test_words_and_articles_admit_together_with_dates(
    words, dates, since, numbers, required, excluded
):
    articles = [
        Article("a", "t", "t", published=when) for when, _ in zip(dates, words, strict=False)
    ]
    expected = {
        10 * number
        for number, article in enumerate(articles)
        if admits(article, since, None, ())
        and (numbers is None or number in numbers)
        and set(required) <= set(words[number])
        and not set(excluded) & set(words[number])
    }
    admission = Admission(
        None if since is None else microseconds(since),
        articles=numbers,
        required=required,
        excluded=excluded,
    )
    collection = collection_of(articles, words)
    assert found(collection, admission) == {each + n for each in expected for n in range(2)}


def article(published: str | None, publisher: str | None = "The Tidewell Post") -> Article:
    when = PublicationTime.fromisoformat(published) if published else None
    return Article("a", "Title", "Text.", publisher=publisher, published=when)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "since", "until", "admitted"),
    [
        ("2026-03-04", "2026-03-04", None, True),
        ("2026-03-04", "2026-03-05", None, False),
        ("2026-03-04", None, "2026-03-04", False),
        ("2026-03-04", None, "2026-03-05", True),
        ("2026-03-04", "2026-03-04T12:00", None, True),  # some time that day: perhaps after noon
        ("2026-03-04T12:00:00+00:00", "2026-03-04T12:00", None, True),
        ("2026-03-04T11:59:00+00:00", "2026-03-04T12:00", None, False),
        ("2026-03-04T12:00:00+00:00", None, "2026-03-04T12:00", False),
        ("2026-03-05T01:00:00+02:00", None, "2026-03-05", True),
        ("2026-03-04", "2026-03-06", "2026-03-05", False),
        (None, "2020-01-01", None, False),
        (None, None, "2030-01-01", False),
        (None, None, None, True),
    ],
)
def test_dates_admit(published, since, until, admitted):
    admission = admission_of(day(since) if since else None, day(until) if until else None)
    assert bool(found(collection_of([article(published)]), admission)) is admitted


@pytest.mark.parametrize(
    ("publisher", "admitted"),
    [("The Tidewell Post", True), ("the tidewell post", True), ("Post", False), (None, False)],
)
def test_publishers_admit_without_regard_to_case(publisher, admitted):
    admission = admission_of(None, None, ["THE TIDEWELL POST"])
    assert bool(found(collection_of([article(None, publisher)]), admission)) is admitted


@pytest.mark.parametrize("when", [date(1, 1, 1), date(1969, 12, 31), date(9999, 12, 31)])
def test_the_first_and_the_last_days_are_days_like_others(when):
    segment = collection_of([Article("a", "t", "t", published=PublicationTime.of(when))])
    start = PublicationTime.of(when).at
    assert found(segment, admission_of(start, None)) == {0, 1}
    assert found(segment, admission_of(start + timedelta(hours=23), None)) == {0, 1}
    assert found(segment, admission_of(None, start)) == set()


def test_no_article_is_admitted_where_none_is_named():
    collection = collection_of([article("2026-03-04")])
    assert found(collection, Admission(articles=frozenset())) == set()
