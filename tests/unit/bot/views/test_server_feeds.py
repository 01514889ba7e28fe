"""Feeds of a server, in words, whatever they call themselves."""

from __future__ import annotations

import pytest

from bot.texts import english
from bot.views import limits
from bot.views.asked_feeds import choice_of_feed
from bot.views.layout import layout
from bot.views.server_feeds import (
    done_text,
    feeds_log_content,
    sample_text,
    server_feeds_text,
)
from index.gathering.model import FeedSample
from tests.unit.bot.views.followed import FAILING, GOOD, HOSTILE, PAUSED, SECRET, feed

ENGLISH = english()
MANY = [
    feed(number, title=HOSTILE * 9, failure=f"{HOSTILE} {SECRET}", failure_count=1)
    for number in range(1, 1001)
]


def test_each_feed_is_told_with_how_it_is():
    text = server_feeds_text([GOOD, FAILING, PAUSED], ENGLISH).content
    assert text.startswith("**3 feeds** of this server, whose news nobody else sees")
    assert "- The Paper · 1,200 articles · last polled <t:" in text
    assert "fails, api.paper.example/v2/top is 500" in text
    assert "s3cr3t" not in text


def test_a_server_without_feeds_learns_how_to_add_one():
    assert "/feeds add" in server_feeds_text([], ENGLISH).content


@pytest.mark.parametrize("count", [1, 7, 1000])
def test_as_many_as_there_is_room_for_are_shown_whatever_they_are_called(count: int):
    feeds = MANY[:count]
    text = server_feeds_text(feeds, ENGLISH)
    layout(text)  # which checks the limits
    shown = text.content
    for each in (shown, done_text("Removed:", feeds, ENGLISH).content):
        assert "@everyone" not in each
        assert "<@1>" not in each
        assert "](https://evil" not in each
        assert "\x1b" not in each
    told = shown.count("\n- ")
    assert told == count or f"and {count - told:,} more" in shown
    content = feeds_log_content(7, "Removed:", feeds, ENGLISH)
    assert limits.length(content) <= limits.CONTENT_LENGTH
    assert content.startswith("<@7>: Removed:\n- ")


def test_a_sample_shows_titles_on_a_line_each():
    text = sample_text(FeedSample(GOOD, 3, ("One\nline", HOSTILE, ""), 3), ENGLISH)
    layout(text)
    assert text.content.startswith("**The Paper** has 3 stories.")
    assert "- One line\n" in text.content
    assert "@everyone" not in text.content


@pytest.mark.parametrize("each", [GOOD, FAILING, PAUSED, MANY[0], feed(title=" \n ")])
def test_a_choice_shows_neither_keys_nor_places(each):
    name = choice_of_feed(each, ENGLISH)
    assert 0 < limits.length(name) <= limits.CHOICE_LENGTH
    assert "\n" not in name
    assert "s3cr3t" not in name
    assert "/srv" not in name
