from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.alerts import Alert, Pause, Target
from bot.storage.quiet_hours import QuietHours
from bot.texts import Languages, english
from bot.views import limits
from bot.views.alerts import added_text, alert_content, alerts_text, choice_name
from index.model import Article, Passage, Query

ENGLISH = english()
GERMAN = Languages.shipped().best("de")


def alert(
    typed: str = "ferry", channel: int | None = None, paused: Pause | None = None, number: int = 1
) -> Alert:
    quiet = QuietHours(time(22), time(7), "Europe/Berlin") if channel else None
    target = Target(1, channel, channel)
    return Alert(target, typed, Query(typed), "en", quiet, 0, number, paused)


def passage(text: str = "The ferry sank.", title: str = "Ferry sinks", url: str = "") -> Passage:
    article = Article("a", title, text, url=url or None, publisher="The Daily")
    return Passage(1, article, 0, len(text))


def test_an_alert_says_what_it_is_for_first_since_notifications_show_the_beginning():
    content = alert_content(alert(), [passage(url="https://daily.test/1")], 0, ENGLISH)
    assert content.startswith(
        "In the news for “ferry”:\n**Ferry sinks**\n> The ferry sank.\n-# The"
    )
    assert "(<https://daily.test/1>)" in content


def test_what_there_is_no_room_for_is_counted():
    content = alert_content(alert(), [passage()] * 7, 3, ENGLISH)
    assert content.count("**Ferry sinks**") == 5
    assert "5 more stories since then" in content


@given(st.text(max_size=3000), st.text(max_size=400), st.text(min_size=1, max_size=300))
def test_whatever_is_in_a_story_fits_and_pings_nobody(text: str, title: str, typed: str):
    story = passage(text + " @everyone <@1> ||x||" * 40, title, "https://daily.test/" + "x" * 1900)
    content = alert_content(alert(typed), [story] * 6, 10**6, GERMAN)
    assert 0 < limits.length(content) <= limits.CONTENT_LENGTH
    assert "@everyone" not in content
    assert "<@1>" not in content.replace("\\<", "")


@given(st.text(min_size=1, max_size=300))
def test_all_alerts_that_there_may_be_fit_into_one_answer(typed: str):
    own = [alert(typed, number=n) for n in range(20)]
    of_server = [alert(typed, 2**62, Pause.FORBIDDEN, n) for n in range(50)]
    for texts in (ENGLISH, GERMAN):
        assert limits.length(alerts_text(own, of_server, texts).content) <= 4000
        assert limits.length(added_text(of_server[0], texts).content) <= 4000
    assert 0 <= limits.length(choice_name(own[0])) <= limits.CHOICE_LENGTH


@pytest.mark.parametrize("pause", Pause)
def test_a_paused_alert_says_why_and_stands_first(pause: Pause):
    listed = alerts_text([alert("rain"), alert("snow", paused=pause)], [], ENGLISH).content
    assert listed.index("snow") < listed.index("Paused: ") < listed.index("rain")


def test_without_alerts_the_way_to_one_is_told_in_the_readers_language():
    assert "/alerts add" in alerts_text([], [], ENGLISH).content
    assert "/hinweise neu" in alerts_text([], [], GERMAN).content
