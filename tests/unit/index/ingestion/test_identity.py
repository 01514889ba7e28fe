from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.story_names import told_apart
from index.ingestion.identity import identities
from index.model import PublicationTime

FEED = "https://www.estuary.example/rss/news.xml"
URL = "https://estuary.example/bridge-closes"
DAY = PublicationTime.of(date(2026, 3, 3))
TEXTS = st.none() | st.text(max_size=30)


def names(**given: object) -> tuple[str, ...]:
    story = {
        "feed_key": FEED,
        "guid": None,
        "url": None,
        "canonical_url": None,
        "title": "Bridge closes",
        "publisher_or_host": "estuary.example",
        "published": DAY,
    }
    return identities(**{**story, **given})


def test_a_guid_that_is_a_uri_counts_within_its_host():
    guid = "tag:estuary.example,2026:17"
    assert names(guid=guid) == (f"guid:estuary.example {guid}",)
    assert names(guid=guid, feed_key="http://estuary.example/rss/top.xml") == names(guid=guid)
    assert names(guid=guid, feed_key="https://other.example/feed") != names(guid=guid)


def test_a_guid_that_is_a_number_counts_within_its_feed():
    assert names(guid=" 17 ") == ("guid:https://estuary.example/rss/news.xml 17",)
    assert names(guid="17", feed_key="https://estuary.example/rss/blog.xml") != names(guid="17")


def test_a_host_will_do_for_a_feed():
    assert names(guid="17", feed_key="Estuary.example") == names(
        guid="17", feed_key="Estuary.example"
    )


def test_the_name_to_be_believed_first_comes_first():
    assert names(guid="17", url=f"{URL}?utm_source=rss", canonical_url=f"{URL}-again") == (
        "guid:https://estuary.example/rss/news.xml 17",
        f"url:{URL}",
        f"url:{URL}-again",
    )


def test_a_guid_that_is_the_address_says_nothing_more():
    assert names(guid=f"{URL}#0", url=URL, canonical_url=f"{URL}/") == (f"url:{URL}",)


def test_a_front_page_names_no_story():
    assert names(guid="https://estuary.example/", url="https://estuary.example") == names()
    assert names(url=URL, canonical_url="https://www.estuary.example/") == (f"url:{URL}",)


def test_a_guid_without_a_feed_is_no_name():
    assert names(guid="17", feed_key=None, url=URL) == (f"url:{URL}",)


def test_title_and_day_are_a_name_only_without_others():
    title = "title:estuary example:2026-03-03:bridge closes"
    at = PublicationTime.of(datetime(2026, 3, 3, 23, 59, tzinfo=UTC))
    assert names(title="“Bridge” CLOSES!", published=at) == (title,)
    assert title not in names(guid="17") + names(url=URL)


@pytest.mark.parametrize("nothing", [{"published": None}, {"title": " … "}])
def test_without_title_or_day_there_may_be_no_name(nothing):
    assert names(**nothing) == ()


def test_long_names_are_bounded_and_stay_apart():
    one, other = (names(guid=f"tag:{'x' * 5000}{end}") for end in "ab")
    assert one != other
    assert all(len(name) <= 500 for name in one + other)


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.text(max_size=30), st.text(max_size=30))
def test_whatever_a_feed_says_gives_names_once_each(
    feed_key, guid, url, canonical_url, title, place
):
    found = names(
        feed_key=feed_key,
        guid=guid,
        url=url,
        canonical_url=canonical_url,
        title=title,
        publisher_or_host=place,
    )
    assert len(set(found)) == len(found)
    assert all(name.startswith(("guid:", "url:", "title:")) for name in found)
    assert not told_apart(found, found)


def test_guids_of_one_feed_tell_stories_apart():
    one, other = names(guid="17", url=URL), names(guid="18", url=URL)
    assert told_apart(one, other)
    assert not told_apart(one, (*one, *other))


def test_guids_of_two_feeds_and_addresses_tell_nothing_apart():
    elsewhere = names(guid="18", url=URL, feed_key="https://estuary.example/rss/blog.xml")
    assert not told_apart(names(guid="17", url=URL), elsewhere)
    assert not told_apart(names(guid="17", url=URL), names(url=f"{URL}-again"))
    assert not told_apart((), names(guid="17"))
