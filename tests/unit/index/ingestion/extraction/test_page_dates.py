from __future__ import annotations

from datetime import timedelta

import pytest

from index.ingestion.extraction.publication import read_time, stated_on_page
from index.ingestion.extraction.trees import page_tree
from tests.unit.index.ingestion.extraction.written import (
    NOW,
    linked,
    meta,
    page,
    paragraphs,
    published,
)

OF_LINKED_DATA = linked(datePublished="2024-05-01T08:00:00+02:00")
OF_META = meta("article:published_time", "2024-05-02T08:00:00Z")
OF_TIME = '<time class="published" datetime="2024-05-03T08:00:00Z">3 May</time>' + paragraphs()
PRINTED = "<p class='date'>Published 4 May 2024</p>" + paragraphs()


def test_the_most_trusted_of_a_pages_dates_counts():
    assert published(OF_META + OF_LINKED_DATA, OF_TIME) == "2024-05-01T06:00:00+00:00"
    assert published(OF_META, OF_TIME) == "2024-05-02T08:00:00+00:00"
    assert published("", OF_TIME + PRINTED) == "2024-05-03T08:00:00+00:00"
    assert published("", PRINTED) == "2024-05-04"


def test_unknown_is_unknown_and_never_now():
    assert published("") is None


@pytest.mark.parametrize(
    "refused",
    ["1989-12-31T23:59:59Z", "1970-01-01", "2024-06-02T12:00:01Z", "2031-01-01", "soon", "0000"],
)
def test_a_date_that_cannot_be_leaves_the_word_to_the_next(refused):
    assert published(linked(datePublished=refused)) is None
    assert published(linked(datePublished=refused) + OF_META) == "2024-05-02T08:00:00+00:00"


def test_a_clock_may_run_ahead_by_a_day_at_most():
    latest = NOW + timedelta(days=1)
    assert read_time(latest.isoformat(), now=NOW).at == latest
    assert read_time((latest + timedelta(seconds=1)).isoformat(), now=NOW) is None
    assert read_time("1990-01-01", now=NOW).isoformat() == "1990-01-01"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-05-01T08:30:00+02:00", "2024-05-01T06:30:00+00:00"),
        ("2024-05-01T08:30Z", "2024-05-01T08:30:00+00:00"),
        ("2024-05-01 08:30:00 +0200", "2024-05-01T06:30:00+00:00"),
        ("2024-05-01 08:30:00 UTC", "2024-05-01T08:30:00+00:00"),
        ("2024-05-01T08:30:00.123456+00:00", "2024-05-01T08:30:00.123456+00:00"),
        ("Wed, 01 May 2024 08:30:00 GMT", "2024-05-01T08:30:00+00:00"),
        ("1714552200", "2024-05-01T08:30:00+00:00"),
        ("1714552200000", "2024-05-01T08:30:00+00:00"),
        # nobody knows where the clock stood, so only the day is known
        ("2024-05-01T08:30:00", "2024-05-01"),
        ("2024-05-01 08:30", "2024-05-01"),
        ("Wed, 01 May 2024 08:30:00 -0000", "2024-05-01"),
        ("2024-05-01", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("2024/05/01", "2024-05-01"),
        ("2024.05.01", "2024-05-01"),
        ("2024-05-01, first published", "2024-05-01"),
    ],
)
def test_what_is_known_of_a_time_is_kept_and_no_more(written, read):
    assert read_time(written, now=NOW).isoformat() == read


@pytest.mark.parametrize(
    "written",
    [
        *(None, 20240501, True, "", "  ", "2024", "2024-13-01", "2024-02-30", "May", "x" * 65),
        *("9" * 13, "99999-01-01", "2024-05-01T25:00:00Z" + " " * 60, "0001-01-01T00:00:00+14:00"),
    ],
)
def test_what_is_no_date_is_none(written):
    assert read_time(written, now=NOW) is None


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ('<time datetime="2024-05-03">x</time>', "2024-05-03"),
        ('<time datetime="2024-05-04">x</time><time pubdate datetime="2024-05-03">', "2024-05-03"),
        ('<time itemprop="datePublished" datetime="2024-05-03">x</time>', "2024-05-03"),
        ('<aside><time class="posted" datetime="2024-05-09">x</time></aside>', None),
        ("<time>3 May</time>", None),
    ],
)
def test_times_of_the_article_count_and_those_beside_it_do_not(body, read):
    stated = stated_on_page(page_tree(page(body + paragraphs())), {}, {}, now=NOW)
    assert (stated and stated.isoformat()) == read


@pytest.mark.parametrize(
    ("node", "read"),
    [
        ({"datePublished": ["2024-05-01", "2024-05-02"]}, "2024-05-01"),
        ({"datePublished": [], "dateCreated": "2024-05-02"}, "2024-05-02"),
        ({"datePublished": {"@value": "2024-05-01"}, "uploadDate": "2024-05-02"}, "2024-05-02"),
        ({"dateModified": "2024-05-02"}, None),
    ],
)
def test_linked_data_may_give_a_list_and_when_it_was_changed_is_no_publication(node, read):
    assert published(linked(**node)) == read
