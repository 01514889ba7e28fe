from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.texts import Languages, english
from bot.views import limits
from bot.views.asked_feeds import (
    Ending,
    asked_text,
    asking_text,
    choice_of_feed,
    reasons_text,
    unasked_text,
)
from bot.views.layout import layout
from index.gathering.model import AskedFeed, FeedTurn
from tests.unit.bot.views.followed import AT, FAILING, GOOD, HOSTILE, LATER, PAUSED, feed

ENGLISH = english()
PINGS = ("@everyone", "**x", "<@1", "[a](", "\x1b", "\u202e")


def turn(of: Any, **known: Any) -> FeedTurn:
    return FeedTurn(AskedFeed(of, AT), **{"feed": of, "is_polled": True} | known)


def test_one_feed_is_named_while_it_is_asked_and_several_are_counted():
    one = asking_text([turn(GOOD, is_polled=False)], ENGLISH)
    assert one.content == "Asking for news: The Paper\n-# 0 of 1 answered · nothing new"
    two = [turn(GOOD, new_count=3, waiting_count=1200), turn(FAILING, is_polled=False)]
    assert asking_text(two, ENGLISH).content == (
        "Asking for news: 2 feeds\n-# 1 of 2 answered · 3 new, 1,200 on their way"
    )


def test_what_came_is_told_of_each_feed_and_reasons_to_who_asked():
    turns = [
        turn(GOOD, new_count=3, changed_count=1, left_out_count=2, later_count=4),
        turn(feed(7, title="Same")),
        turn(FAILING),
        turn(PAUSED),
        turn(feed(8, title="Gone"), feed=None),
        turn(feed(9, title="Late"), is_polled=False),
    ]
    unasked = [feed(10, title="Just now")]
    text = asked_text(turns, unasked, Ending.DONE, ENGLISH)
    assert text.content == (
        "Asked for news: 3 new, 1 changed, 2 left out, 4 tried again later\n\n"
        "- The Paper · 3 new, 1 changed, 2 left out, 4 tried again later\n"
        "- Same · nothing new\n"
        "- api.paper.example/v2/top · cannot be read just now\n"
        "- drafts · paused\n"
        "- Gone · followed no more\n"
        "- Late · not asked yet\n"
        "- Just now · asked less than a minute ago"
    )
    reasons = reasons_text(turns, unasked, Ending.DONE, ENGLISH)
    assert reasons is not None
    assert "api.paper.example/v2/top: fails, api.paper.example/v2/top is 500" in reasons.content
    assert reasons_text(turns[:2], unasked, Ending.DONE, ENGLISH) is None


@pytest.mark.parametrize(
    ("ending", "is_polled", "said"),
    [
        (Ending.CANCELLED, False, "was cancelled"),
        (Ending.STOPPED, False, "Pullquote was stopped"),
        (Ending.LATE, True, "comes in by itself"),
        (Ending.LATE, False, "`pullquote doctor`"),
    ],
)
def test_how_it_ended_is_told_first(ending: Ending, is_polled: bool, said: str):
    text = asked_text([turn(GOOD, is_polled=is_polled)], [], ending, ENGLISH)
    assert said in text.blocks[0]


def test_why_none_is_asked_is_told_with_what_to_do():
    failing = replace(FAILING, next_poll_at=LATER)
    text = unasked_text([GOOD, failing, PAUSED], ENGLISH)
    assert text.content == (
        "Not asked now:\n\n"
        "- The Paper: asked less than a minute ago; wait a minute, then try again.\n"
        "- api.paper.example/v2/top: fails, api.paper.example/v2/top is 500; "
        f"asked again <t:{int(LATER.timestamp())}:R>\n"
        "- drafts: paused, it is empty"
    )


def test_choices_show_neither_keys_nor_places():
    names = [choice_of_feed(each, ENGLISH) for each in (GOOD, FAILING, PAUSED)]
    assert names == ["The Paper", "api.paper.example/v2/top", "drafts"]
    assert choice_of_feed(feed(title="\u202e \n"), ENGLISH) == "a feed without a name"
    assert "\n" not in choice_of_feed(feed(title=HOSTILE), ENGLISH)
    for title in ("w" * 300, "\U0001f4f0" * 300):
        length = limits.length(choice_of_feed(feed(title=title), ENGLISH))
        assert length <= limits.CHOICE_LENGTH


@pytest.mark.parametrize("locale", ["en-GB", "de"])
@pytest.mark.parametrize("title", [HOSTILE, "*" * 300, "\U0001f4f0<@1" * 60, "@everyone" * 40])
@pytest.mark.parametrize("ending", list(Ending))
def test_the_longest_texts_neither_ping_nor_overflow(locale: str, title: str, ending: Ending):
    texts = Languages.shipped().best(locale)
    most = 10**9
    counts = {f"{each}_count": most for each in ("new", "changed", "left_out", "waiting", "later")}
    broken = [feed(n, title=title, failure=HOSTILE * 9, next_poll_at=LATER) for n in range(60)]
    turns = [turn(broken[0]), *(turn(feed(n, title=title), **counts) for n in range(60))]
    shown = [
        asking_text(turns, texts),
        asking_text(turns[1:2], texts),
        asked_text(turns, broken, ending, texts),
        asked_text(turns[1:2], [], ending, texts),
    ]
    reasons = reasons_text(turns, broken, ending, texts)
    assert reasons is not None
    alone = unasked_text(broken, texts)
    assert layout(alone)
    for text in (*shown, reasons):
        assert text.length <= limits.CONTENT_LENGTH
    for text in (*shown, reasons, alone):
        for active in PINGS:
            assert active not in text.content.replace("**Feeds in trouble**", "").replace(
                "**Feeds mit Problemen**", ""
            )
