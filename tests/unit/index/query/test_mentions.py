from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.mentions import Relation, mentions

TUESDAY = date(2026, 11, 24)


def told(text, today=TUESDAY):
    found = [(each, each.period) for each in mentions(text, today)]
    return [
        (text[each.start : each.end], each.relation.value, str(period.start), str(period.end))
        for each, period in found
    ]


@pytest.mark.parametrize(
    ("text", "words", "relation", "start", "end"),
    [
        ("what happened last week?", "last week", "in", "2026-11-16", "2026-11-23"),
        ("this week in Paris", "this week", "in", "2026-11-23", "2026-11-30"),
        ("who resigned in March", "in March", "in", "2026-03-01", "2026-04-01"),
        ("who resigned in december", "in december", "in", "2025-12-01", "2026-01-01"),
        ("who resigned last November?", "last November", "in", "2025-11-01", "2025-12-01"),
        ("the strike since Tuesday", "since Tuesday", "since", "2026-11-24", "2026-11-25"),
        ("since last Tuesday", "since last Tuesday", "since", "2026-11-17", "2026-11-18"),
        ("fires over the weekend", "over the weekend", "in", "2026-11-21", "2026-11-23"),
        ("in 2024", "in 2024", "in", "2024-01-01", "2025-01-01"),
        ("floods in the past 3 days", "in the past 3 days", "in", "2026-11-21", "2026-11-25"),
        ("the past month", "the past month", "in", "2026-10-25", "2026-11-25"),
        ("the last 24 hours", "the last 24 hours", "in", "2026-11-23", "2026-11-25"),
        ("said yesterday", "yesterday", "in", "2026-11-23", "2026-11-24"),
        ("Yesterday it rained", "Yesterday", "in", "2026-11-23", "2026-11-24"),
        ("It ended. Last week it began", "Last week", "in", "2026-11-16", "2026-11-23"),
        ("WHAT HAPPENED LAST WEEK", "LAST WEEK", "in", "2026-11-16", "2026-11-23"),
        ("on 3 March 2024 (in Rome)", "on 3 March 2024", "in", "2024-03-03", "2024-03-04"),
        ("last night's debate", "last night", "in", "2026-11-23", "2026-11-24"),
        ("on 3 March 2024", "on 3 March 2024", "in", "2024-03-03", "2024-03-04"),
        ("on the day, March 3rd, 2024.", "March 3rd, 2024", "in", "2024-03-03", "2024-03-04"),
        ("on December 25", "on December 25", "in", "2025-12-25", "2025-12-26"),
        ("between May and July 2023",) * 2 + ("in", "2023-05-01", "2023-08-01"),
        ("from November to February 2024",) * 2 + ("in", "2023-11-01", "2024-03-01"),
        ("from Monday to Wednesday", "from Monday to Wednesday", "in", "2026-11-16", "2026-11-19"),
        ("between 3 and 5 March 2023",) * 2 + ("in", "2023-03-03", "2023-03-06"),
        ("on March 3-5", "on March 3-5", "in", "2026-03-03", "2026-03-06"),
        ("hot this past week", "this past week", "in", "2026-11-17", "2026-11-25"),
        ("what Will Smith did on Sunday", "on Sunday", "in", "2026-11-22", "2026-11-23"),
        ("as of last week", "as of last week", "until", "2026-11-16", "2026-11-23"),
        ("will it rain today", "today", "in", "2026-11-24", "2026-11-25"),
        ("what will he do in March 2027", "in March 2027", "in", "2027-03-01", "2027-04-01"),
        ("before October 5", "before October 5", "before", "2026-10-05", "2026-10-06"),
        ("after Jan. 6, 2021", "after Jan. 6, 2021", "after", "2021-01-06", "2021-01-07"),
        ("until May", "until May", "until", "2026-05-01", "2026-06-01"),
        ("a couple of weeks ago", "a couple of weeks ago", "in", "2026-11-07", "2026-11-14"),
        ("3 days ago", "3 days ago", "in", "2026-11-21", "2026-11-22"),
        ("at 2023-10-01 it", "at 2023-10-01", "in", "2023-10-01", "2023-10-02"),
        ("on Feb. 29", "on Feb. 29", "in", "2024-02-29", "2024-03-01"),
    ],
)  # fmt: skip
def test_a_period_is_found_with_the_word_that_leads_it(text, words, relation, start, end):
    assert told(text) == [(words, relation, start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "May I ask who may march?",
        "the A-10 and the M-16",
        "who won March Madness? and in March Madness?",
        "Mr. March met Mrs. May and April O'Neil",
        "Theresa May's cabinet, in May's cabinet",
        "a second hand and a second-hand car",
        "1984 (the book), in 1984 (the book), who wrote 1984?",
        "what USA Today said, the Sunday Times, Black Friday deals, Saturday Night Live",
        "the 2023-24 season, in 2023-24",
        "the floor of Mar-a-Lago and Dec-Tec",
        "10/7 and 24/7, 9:30, 20245 people, in 20245",
        "30 February, Feb 30 and February 30, 2024",
        "9999 years ago",
        "Last Week Tonight, Last Night in Soho, Monday Night Football, The Weekend Edition",
        "Will it rain on Sunday, in March or on May 5?",
        "who will speak on Sunday, is he going to resign in March?",
        "the film Yesterday and The Today Show",
        "1.5 May, May 5,000 and May 3:30, O'Tuesday, Tuesday'0",
        "week after week, a day at a time, the month-long strike",
        "the Weeknd sang, a yearly sum",
        "",
    ],
)
def test_what_is_no_time_is_none(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "of_articles", "is_over"),
    [
        ("articles about rain from last week", True, True),
        ("an article published by The Age on October 7, 2023", True, False),
        ("stories published yesterday", True, True),
        ("as reported on May 1, 2024", True, False),
        ("the novel published in 1949", False, False),
        ("cases reported in March", False, False),
        ("reports of the attack on October 7", False, False),
        ("articles on the war before 2020", False, False),
        ("the story of March 2020", False, False),
        ("until yesterday", False, False),
        ("before last week", False, False),
        ("headlines of March", True, False),
        ("it was released this week", False, False),
        ("reports of a fire in March", False, False),
        ("what happened yesterday", False, True),
        ("since 2019, who", False, True),
        ("for the first time since 2019", False, False),
        ("its highest since March", False, False),
        ("the ninth manager since May 2013", False, False),
        ("47 years ago", False, False),
        ("on Sunday", False, False),
        ("last week's game", False, False),
        ("articles on Tuesday's vote", False, False),
        ("since Tuesday’s vote", False, False),
    ],
)
def test_a_date_of_articles_and_one_that_is_over_are_told(text, of_articles, is_over):
    (found,) = mentions(text, TUESDAY)
    assert (found.of_articles, found.is_over) == (of_articles, is_over)


def test_a_period_at_a_span_to_be_passed_over_is_none():
    assert mentions("the film in March", TUESDAY, [(9, 17)]) == []


def test_an_open_period_is_named_by_its_relation():
    (found,) = mentions("before 2020", TUESDAY)
    assert found.relation is Relation.BEFORE


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "in",
                    "on",
                    "since",
                    "before",
                    "between",
                    "and",
                    "from",
                    "to",
                    "last",
                    "this",
                    "past",
                    "3",
                    "9999",
                    "31",
                    "days",
                    "ago",
                    "week",
                    "year",
                    "month",
                    "weekend",
                    "May",
                    "March",
                    "February",
                    "29",
                    "30",
                    "2024",
                    "1900",
                    "2099",
                    "Monday",
                    "yesterday",
                    "2024-02-30",
                    "0000-00-00",
                    ",",
                    "(",
                    "'",
                    "-",
                    "the",
                    "a couple of",
                ]
            ),
            max_size=12,
        ).map(" ".join),
    ),
    st.dates(),
)
def test_any_text_on_any_day_has_periods_in_order(text, today):
    end = 0
    for each in mentions(text, today):
        assert end <= each.start < each.end <= len(text)
        assert each.period.start <= each.period.end
        end = each.end
