"""What is said of news that came in: how much, whose, and what to ask."""

from __future__ import annotations

import asyncio

import pytest

from bot.demo.bringing import Brought
from bot.demo.news_desk import Freshness, outcome_of


@pytest.mark.parametrize(
    ("brought", "is_feed", "text"),
    [
        (Brought(1, passage_count=1), False, "Added 1 article with 1 passage."),
        (
            Brought(3, passage_count=1200, publishers=("The Courier",)),
            False,
            "Added 3 articles with 1,200 passages by The Courier.",
        ),
        (
            Brought(2, publishers=("A", "B", "C")),
            True,
            "Added 2 articles by A, B and C. It is followed from now on.",
        ),
        (
            Brought(9, publishers=("A", "B", "C", "D", "E"), pending_count=1),
            True,
            (
                "Added 9 articles by A, B, C and 2 others. "
                "1 more story will come in by and by. It is followed from now on."
            ),
        ),
        (
            Brought(0, known_count=4),
            False,
            "Nothing in it is new: 4 articles had been read before.",
        ),
        (Brought(0, known_count=1), True, "It is followed already, with 1 article."),
    ],
)
def test_a_sentence_says_what_came_in(brought, is_feed, text):
    assert outcome_of(brought, is_feed=is_feed).text == text


def test_what_is_newest_is_offered_to_be_asked_about():
    ask, latest = outcome_of(Brought(1, headline="Ferry\nsold\u202e"), is_feed=False).suggestions

    assert (ask.label, ask.command, ask.begun) == ("Ask about “Ferry sold”", "ask", "Ferry sold")
    assert latest.command == "latest"


def test_a_headline_is_offered_as_long_as_a_question_may_be():
    ask, _ = outcome_of(Brought(1, headline="word " * 200), is_feed=False).suggestions

    assert len(ask.begun) <= 300


def test_news_without_dates_can_still_be_asked_about():
    (ask,) = outcome_of(Brought(1), is_feed=False).suggestions

    assert (ask.command, ask.begun) == ("ask", "")


async def test_only_a_look_that_began_afterwards_makes_the_bot_know_it():
    freshness = Freshness()
    waiting = asyncio.create_task(freshness.caught_up())
    await asyncio.sleep(0)

    freshness.note()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not waiting.done()
    freshness.note()
    await asyncio.wait_for(waiting, 20)
