from __future__ import annotations

import pytest

from bot.texts import Languages, english
from bot.views import limits
from bot.views.feeds_status import feed_line, feeds_line, trouble_text
from bot.views.layout import layout
from index.gathering.model import PAUSED_BY_COMMUNITY, PAUSED_BY_OPERATOR
from tests.unit.bot.views.followed import (
    AT,
    FAILING,
    GOOD,
    HOSTILE,
    PAUSED,
    QUIETLY_PAUSED,
    feed,
)

ENGLISH = english()


def test_everyone_sees_counts_and_no_name():
    line = feeds_line([GOOD, FAILING, PAUSED, QUIETLY_PAUSED], ENGLISH)
    stamp = f"<t:{int(AT.timestamp())}:R>"
    assert line == f"**4 feeds** followed, 1 failing, 2 paused · last polled {stamp}"


def test_what_is_not_there_is_not_counted():
    assert feeds_line([feed()], ENGLISH) == "**1 feed** followed · not polled yet"


def test_where_all_is_well_there_is_nothing_to_tell():
    assert trouble_text([], ENGLISH) is None
    assert trouble_text([GOOD, feed(5)], ENGLISH) is None


def test_trouble_is_told_with_names_and_reasons_but_without_keys_and_places():
    text = trouble_text([GOOD, PAUSED, FAILING, QUIETLY_PAUSED], ENGLISH)
    assert text is not None
    assert text.content == (
        "**Feeds in trouble**\n"
        "- api.paper.example/v2/top: fails, api.paper.example/v2/top is 500\n"
        "- drafts: paused, it is empty\n"
        "- Quiet: paused"
    )


@pytest.mark.parametrize("reason", [PAUSED_BY_COMMUNITY, PAUSED_BY_OPERATOR])
def test_that_a_feed_is_paused_is_told_once(reason: str):
    paused = feed(title="Quiet", paused_reason=reason)
    assert feed_line(paused, ENGLISH) == f"Quiet: {reason}"
    assert feed_line(paused, Languages.shipped().best("de")).startswith("Quiet: angehalten von")


def test_what_others_wrote_neither_pings_nor_formats():
    text = trouble_text([feed(title=HOSTILE, failure=HOSTILE)], ENGLISH)
    assert text is not None
    assert text.content.count("\n") == 1
    for active in ("@everyone", "**x", "<@1", "[a](", "\x1b", "\u202e"):
        assert active not in text.content.replace("**Feeds in trouble**", "")


def test_an_address_that_is_none_does_no_harm():
    text = trouble_text([feed(url="https://[x", failure="odd")], ENGLISH)
    assert text is not None
    assert "an address that is none: fails, odd" in text.content


def test_the_worst_trouble_fits_and_the_rest_is_counted():
    many = [feed(n, title="*" * 300, failure="<" * 900) for n in range(500)]
    text = trouble_text(many, ENGLISH)
    assert text is not None
    assert text.length <= limits.LAYOUT_TEXT_LENGTH
    assert "and 490 more" in text.content
    assert layout(text).content_length() <= limits.LAYOUT_TEXT_LENGTH
