from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts import english
from bot.views import limits
from bot.views.hits import HITS_PER_PAGE, clamped_page, hits_text, page_count
from index.model import Article, Hit, Passage, Query
from index.query.model import Correction, Reading

ENGLISH = english()


def hits(
    count: int, text: str = "Rain fell. ", title: str = "T", url: str | None = None
) -> list[Hit]:
    article = Article(id="a", title=title, text=text, url=url)
    return [Hit(Passage(n, article, 0, len(text)), 1.0, n) for n in range(1, count + 1)]


def test_a_page_shows_five_hits_and_says_which_page_it_is():
    text = hits_text(Reading(Query("rain")), hits(17), 2, ENGLISH)
    assert text.blocks[0] == "17 passages for “rain” · page 2 of 4"
    assert len(text.blocks) == 1 + HITS_PER_PAGE
    assert text.blocks[1] == "**T**\n> Rain fell.\n-# publisher unknown · date unknown"


def test_the_last_page_shows_what_is_left():
    assert len(hits_text(Reading(Query("rain")), hits(17), 4, ENGLISH).blocks) == 1 + 2


def test_how_a_search_was_understood_is_said_below_what_was_found():
    reading = Reading(
        Query("inflation"),
        corrections=(Correction("inflatoin", "inflation"),),
        notes=("articles since Friday, 2 January 2026", "from *BBC*"),
    )
    assert hits_text(reading, [], 1, ENGLISH).content == (
        "Nothing in the news I have matches “inflation”.\n"
        "-# Understood as: articles since Friday, 2 January 2026 · from \\*BBC\\* · "
        "showing results for *inflation* instead of *inflatoin*"
    )


@given(st.integers(0, 200), st.integers(-5, 300))
def test_every_page_asked_for_leads_to_one_that_exists(hit_count: int, page: int):
    assert 1 <= clamped_page(page, hit_count) <= page_count(hit_count)


@given(
    st.sampled_from(["\n", "*", "<@1>", "x", "\U0001f600", "a "]).map(lambda c: c * 3000),
    st.sampled_from(["", "*" * 999, "@everyone" * 99]),
    st.sampled_from([None, "https://a.example/" + "u" * 1999]),
    st.text(max_size=300),
)
@settings(max_examples=60)
def test_any_page_fits_a_layout(text: str, title: str, url: str | None, words: str):
    reading = Reading(Query(words), notes=("*" * 500, words) * 9)
    page = hits_text(reading, hits(5, text, title, url), 1, ENGLISH)
    assert page.length <= limits.LAYOUT_TEXT_LENGTH
    assert len(page.blocks) == 6
