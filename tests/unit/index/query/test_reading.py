from datetime import UTC, date, datetime, timedelta, timezone
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article, InvalidQueryError, Passage, PublicationTime, Searcher
from index.analysis.folding import fold
from index.analysis.words import words
from index.query.model import Correction
from index.query.reading import read

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)  # a Tuesday
STORIES = [
    ("The Verge", "A. Smith", "The grain deal held, and inflation fell to 3 percent."),
    ("The Verge", "B. Jones", "So inflation rose; the deal on grain collapsed."),
    ("cnn.com", None, "Snow fell on Paris over the weekend."),
    ("Time", "Zoë Smithson", "In France inflation worries the government."),
]
PASSAGES = [
    Passage(
        n,
        Article(str(n), "", text, None, publisher, author, PublicationTime.of(date(2026, 11, n))),
        0,
        len(text),
    )
    for n, (publisher, author, text) in enumerate(STORIES * 3, start=1)
]
NEWS = Searcher.over(PASSAGES)


def day(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def reading(text, **apart: Any):
    return read(text, NOW, NEWS, **apart)


def found(text, **apart: Any):
    return {hit.passage.id for hit in NEWS.search(reading(text, **apart).query, 100)}


def test_a_plain_question_is_its_words():
    said = reading("What about grain in Paris?")
    assert said.query.text == "What about grain in Paris?"
    assert (said.notes, said.corrections, said.when) == ((), (), None)


def test_operators_are_taken_out_and_told():
    said = reading(
        'the "grain deal" -snow author:Smith publisher:verge since:2026-11-01 on:november'
    )
    assert said.query.text == "the grain deal"
    assert said.query.phrases == ("grain deal",)
    assert said.query.excluded == ("snow",)
    assert said.query.authors == {"Smith"}
    assert said.query.publishers == {"The Verge"}
    assert (said.query.since, said.query.until) == (day("2026-11-01"), day("2026-12-01"))
    assert said.notes == (
        '"grain deal" word for word',
        "without snow",
        "articles from Sunday, 1 November 2026 to Monday, 30 November 2026",
        "from The Verge",
        "by Smith",
    )


def test_what_is_understood_is_what_is_found():
    assert found('"grain deal"') == {1, 5, 9}
    assert found("inflation -france") == {1, 2, 5, 6, 9, 10}
    assert found("inflation author:smith") == {1, 5, 9}
    assert found('inflation author:"zoe smithson"') == {4, 8, 12}
    assert found("inflation author:jones author:smithson") == {2, 6, 10, 4, 8, 12}
    assert found("inflation author:nobody") == set()
    assert found("inflation publisher:time since:2026-11-05") == {8, 12}
    assert found("snow until:2026-11-03") == {3}


@pytest.mark.parametrize(
    ("text", "since", "until", "rest", "note"),
    [
        ("strikes since Saturday", "2026-11-21", None, "strikes",
         "articles since Saturday, 21 November 2026"),
        ("what happened last week", "2026-11-16", None, "what happened",
         "articles since Monday, 16 November 2026"),
        ("what happened since Monday?", "2026-11-23", None, "what happened?",
         "articles since Monday, 23 November 2026"),
        ("what happened over the weekend in Paris?", "2026-11-21", None, "what happened in Paris?",
         "articles since Saturday, 21 November 2026"),
        ("storms in the past 3 days", "2026-11-21", None, "storms",
         "articles since Saturday, 21 November 2026"),
        ("articles about rain from last week", "2026-11-16", "2026-11-23", "articles about rain",
         "articles from Monday, 16 November 2026 to Sunday, 22 November 2026"),
        ("news before March 2024 about rain", None, "2024-03-01", "news about rain",
         "articles until Thursday, 29 February 2024"),
        ("stories published on 3 March 2024", "2024-03-03", "2024-03-04", "stories published",
         "articles of Sunday, 3 March 2024"),
    ],
)  # fmt: skip
def test_a_date_that_limits_the_articles_is_a_filter(text, since, until, rest, note):
    said = reading(text)
    assert said.query.since == (day(since) if since else None)
    assert said.query.until == (day(until) if until else None)
    assert said.query.text == rest
    assert said.notes == (note,)
    assert said.when is None


@pytest.mark.parametrize(
    ("text", "since", "until", "wording"),
    [
        ("who resigned in March", "2026-03-01", "2026-04-01", "in March"),
        ("who won in 2024", "2024-01-01", "2025-01-01", "in 2024"),
        ("who died this week", "2026-11-23", "2026-11-30", "this week"),
        ("who spoke on Sunday", "2026-11-22", "2026-11-23", "on Sunday"),
        ("what came out before October 5", None, "2026-10-05", "before October 5"),
        ("what came out after 3 March 2024", "2024-03-04", None, "after 3 March 2024"),
        ("between May and July 2023", "2023-05-01", "2023-08-01", "between May and July 2023"),
        ("from March 2024 and from May 2024", "2024-03-01", "2024-06-01",
         "from March 2024 … from May 2024"),
        ("The Verge report on 3 March 2024", "2024-03-03", "2024-03-04", "on 3 March 2024"),
    ],
)  # fmt: skip
def test_a_date_of_what_happened_is_a_hint_and_stays_in_the_text(text, since, until, wording):
    said = reading(text)
    assert (said.query.since, said.query.until) == (None, None)
    assert said.query.text == text
    assert said.when is not None
    assert said.when.since == (day(since) if since else None)
    assert said.when.until == (day(until) if until else None)
    assert said.when.wording == wording


def test_days_are_those_of_the_askers_zone():
    evening = datetime(2026, 3, 4, 23, tzinfo=timezone(timedelta(hours=-5)))
    said = read("what happened yesterday", evening, NEWS)
    assert said.query.since == datetime(2026, 3, 3, 5, tzinfo=UTC)
    assert said.notes == ("articles since Tuesday, 3 March 2026",)


def test_a_date_alone_is_still_looked_for():
    said = reading("last week")
    assert said.query.text == "last week"
    assert said.query.since == day("2026-11-16")


def test_the_narrower_of_operators_options_and_prose_holds():
    said = reading(
        "rain since:2026-11-02 until:yesterday since Monday",
        since=day("2026-11-10"),
        until=day("2026-12-31"),
        publishers=frozenset({"the verge", "TIME"}),
    )
    assert said.query.since == day("2026-11-23")
    assert said.query.until == day("2026-11-24")
    assert said.query.publishers == {"The Verge", "Time"}
    assert reading("rain publisher:time", publishers=said.query.publishers).query.publishers == {
        "Time"
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rain since:soon", "“soon” is not a date that I understand; write it like 2026-03-04"),
        ("rain since:2026-02-30", "“2026-02-30” is not a date"),
        ("rain since:2026-03-04 until:2026-03-03",
         "since Wednesday, 4 March 2026 and before Wednesday, 4 March 2026; exchange"),
        ("rain on:2024 on:2025", "exchange `since` and `until`, or leave one out"),
        ("rain publisher:verg", 'no news from “verg” in what I have; did you mean publisher:"The'),
        ("-sport", "only says what to leave out; add a word to look for"),
        ('-sport -"local news" ?!', "only says what to leave out"),
        ("publisher:time since:2024", "only says where to look; add a word to look for"),
        ("the “grain deal", "is not closed"),
        ('who is "it is"', "All words in “it is” are in nearly every article; add a word"),
        ("rain publisher:", "nothing after publisher:"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_one_sentence(text, told):
    with pytest.raises(InvalidQueryError) as caught:
        reading(text)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_options_that_contradict_what_was_typed_are_refused():
    with pytest.raises(InvalidQueryError, match="No article is from “Time” and from “The Verge”"):
        reading("rain publisher:verge", publishers=frozenset({"Time"}))
    with pytest.raises(InvalidQueryError, match="No time is both"):
        reading("rain until:2026-11-01", since=day("2026-11-10"))


def test_publishers_may_be_listed():
    assert reading("rain publisher:verge,cnn publisher:time").query.publishers == {
        "The Verge", "cnn.com", "Time"
    }  # fmt: skip


def test_publishers_in_prose_are_preferred_and_stay_words():
    said = reading("What did the deal do, according to The Verge and CNN?")
    assert said.preferred_publishers == {"The Verge", "cnn.com"}
    assert said.query.publishers == frozenset()
    assert "The Verge" in said.query.text
    assert reading("by the time of the deal").preferred_publishers == frozenset()


def test_a_publisher_in_quotes_is_no_phrase_where_a_word_says_whose():
    said = reading('according to "The Verge" what of the "grain deal"?')
    assert said.query.phrases == ("grain deal",)
    assert said.preferred_publishers == {"The Verge"}


def test_an_unknown_word_is_read_as_a_known_one_and_told():
    said = reading('the inflatoin and the "inflatoin" of Frnace -snwo')
    assert said.query.text == "the inflation and the inflatoin of Frnace"
    assert said.corrections == (Correction("inflatoin", "inflation"),)
    assert said.query.phrases == ("inflatoin",)
    assert said.query.excluded == ("snwo",)


def test_phrases_as_words_may_stand_anywhere_and_it_is_told():
    said = reading('"grain deal" -snow').with_phrases_as_words()
    assert said.query.phrases == ()
    assert said.query.excluded == ("snow",)
    assert said.notes == (
        '"grain deal" as single words, since nothing that has it word for word answers',
        "without snow",
    )


def test_many_publishers_are_not_all_told():
    names = frozenset({"The Verge", "cnn.com", "Time"})
    assert reading("rain", publishers=names).notes == ("from The Verge or Time or cnn.com",)


PIECES = st.sampled_from(
    ['"', "“", "”", "-", "since:", "publisher:", "author:", "until:", "on:", "rain", "A-10", " ",
     "  ", "\n", "10:30", "'", "’s", "(", "?", "3 days ago", "Time", "The Verge", "according to ",
     "since Tuesday", "in March", "last week", "inflatoin", "goverment", "2024", "between ",
     " and ",
     "May", "é", "東京", "\u202e", "articles from "]
)  # fmt: skip
TYPED = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join))


def words_of(text):
    return [fold(word).removesuffix("'s") for word in words(text)]


@settings(deadline=None, max_examples=500)
@given(TYPED)
def test_any_text_is_refused_or_read_without_losing_or_making_up_words(text):
    try:
        said = reading(text)
    except InvalidQueryError as error:
        assert str(error)  # noqa: PT017 (either is right)
        assert "\n" not in str(error)  # noqa: PT017
        return
    corrected = {word for each in said.corrections for word in words_of(each.read)}
    assert set(words_of(said.query.text)) <= set(words_of(text)) | corrected
    # what is gone from the text limits the search, and is told
    gone = set(words_of(text)) - set(words_of(said.query.text))
    if gone:
        assert said.notes or said.corrections
    told = {
        word for each in chain(said.query.excluded, said.query.authors) for word in words_of(each)
    }
    assert told <= set(words_of(text))
    NEWS.search(said.query, 10)
