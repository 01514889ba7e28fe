from __future__ import annotations

import re
from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage.alerts import Pause, Target
from bot.storage.digests import Digest
from bot.storage.schedule import Schedule
from bot.texts import Languages
from bot.views import limits
from bot.views.digests import digest_content, digests_text, started_text
from index.model import Article
from tests.unit.bot.views.test_reader_views import PINGS, articles

AT = datetime(2026, 3, 4, 7, tzinfo=UTC)
ENGLISH = Languages.shipped().english
DAILY, WEEKLY = Schedule(time(7), "Europe/Berlin"), Schedule(time(7), "UTC", 0)


def digest(**others: object) -> Digest:
    values: dict[str, object] = {"target": Target(7), "schedule": DAILY, **others}
    return Digest(id=1, locale="en", next_at=AT, **values)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.lists(articles, min_size=1, max_size=10), st.sampled_from([DAILY, WEEKLY]))
def test_any_digest_fits_into_a_message_and_pings_nobody(
    stories: list[Article], schedule: Schedule
):
    for texts in (ENGLISH, Languages.shipped().best("de")):
        content = digest_content(schedule, stories, texts)
        assert 0 < limits.length(content) <= limits.CONTENT_LENGTH
        assert not PINGS.search(content)


def test_links_give_way_before_a_story_does():
    stories = [
        Article(f"{number}", f"Title {number}", "text", f"https://a.test/{'p' * 300}{number}")
        for number in range(8)
    ]
    content = digest_content(DAILY, stories, ENGLISH)
    assert len(re.findall(r"\*\*Title \d\*\*", content)) == 8
    assert "https://" not in content


@pytest.mark.parametrize("reason", list(Pause))
def test_why_a_digest_is_paused_is_told_in_every_language(reason: Pause):
    for locale, told in (("en", "paused: "), ("de", "angehalten: ")):
        texts = Languages.shipped().best(locale)
        assert told in digests_text([digest(paused=reason)], texts).content


def test_the_day_of_the_week_is_told_in_every_language():
    for locale, told in (("en", "every Monday"), ("de", "jeden Montag")):
        texts = Languages.shipped().best(locale)
        weekly = digest(schedule=WEEKLY)
        assert told in started_text(weekly, texts).content
        assert f" · {told} · 07:00" in digests_text([weekly], texts).content


def test_where_and_when_is_told():
    channel = digest(target=Target(7, 21, 31), schedule=WEEKLY)
    assert started_text(channel, ENGLISH).content == (
        "The top stories are told in <#31> every Monday, next on <t:1772607600:f>."
    )
    listed = digests_text([digest(), channel], ENGLISH).content.splitlines()
    assert listed == [
        "- by direct message · every day · 07:00 (Europe/Berlin) · next <t:1772607600:f>",
        "- in <#31> · every Monday · 07:00 (UTC) · next <t:1772607600:f>",
    ]
    assert digests_text([], ENGLISH).content == "There is no digest; /digest start starts one."
    many = digests_text([channel] * 50, ENGLISH).content
    assert many.endswith("and 25 more")
    assert limits.length(many) <= limits.LAYOUT_TEXT_LENGTH
