from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import Languages, Texts, english
from bot.views.notes import told_notes, told_time
from index.model import Query
from index.query.model import Reading
from index.query.notes import notes_on
from index.query.notes import told_time as told_in_a_terminal

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

words = st.text(min_size=1, max_size=20)
minutes = st.integers(0, 3000).map(lambda count: NOW - timedelta(minutes=count))
days = st.integers(0, 300).map(lambda count: datetime(2026, 3, 4, tzinfo=UTC) - timedelta(count))
times = st.none() | minutes | days
queries = st.builds(
    Query,
    text=words,
    since=times,
    until=times,
    publishers=st.frozensets(words, max_size=5),
    authors=st.frozensets(words, max_size=5),
    phrases=st.lists(words, max_size=2).map(tuple),
    excluded=st.lists(words, max_size=2).map(tuple),
)


@pytest.fixture(scope="module")
def german() -> Texts:
    return Languages.shipped().best("de")


def read(query: Query) -> Reading:
    return Reading(query, notes=notes_on(query, NOW))


@given(queries)
def test_english_notes_are_those_of_a_terminal(query: Query):
    reading = read(query)
    assert told_notes(reading, english()) == reading.notes
    if query.since or query.until:
        assert told_time(query, english()) == f"articles {told_in_a_terminal(query, NOW)}"


def test_days_are_those_of_the_zone_they_were_asked_in():
    since = datetime(2026, 3, 2, tzinfo=BERLIN)
    assert told_time(Query("", since=since), english()) == "articles since Monday, 2 March 2026"


def test_notes_are_said_in_the_language(german: Texts):
    query = Query(
        "rain",
        since=datetime(2026, 3, 2, 18, 30, tzinfo=UTC),
        publishers=frozenset({"Trick or Treat", "BBC", "CNN", "Die Zeit"}),
        authors=frozenset({"Ann"}),
        phrases=("or else",),
        excluded=("sport", "local elections"),
    )
    assert told_notes(read(query), german) == (
        '"or else" wörtlich',
        'ohne sport oder "local elections"',
        "Artikel seit Montag, 2. März 2026, 18:30 Uhr",
        "aus BBC oder CNN oder Die Zeit oder 1 weiteren",
        "von Ann",
    )


def test_phrases_that_became_words_are_told_too(german: Texts):
    query = Query("or else", phrases=("or else",), authors=frozenset({"Ann"}))
    assert told_notes(read(query).with_phrases_as_words(), german) == (
        '"or else" als einzelne Wörter, weil nichts antwortet, worin es wörtlich steht',
        "von Ann",
    )
