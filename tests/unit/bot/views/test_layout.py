from __future__ import annotations

from itertools import product

import pytest
from discord import ui
from hypothesis import example, given
from hypothesis import strategies as st

from bot.texts import Languages, english
from bot.views import limits
from bot.views.answer_buttons import answer_buttons
from bot.views.layout import below, layout
from bot.views.message import MessageText
from bot.views.paging import PageButton, PageTurn, page_buttons

ENGLISH = english()


async def test_a_layout_shows_the_blocks_with_lines_between_them():
    view = layout(MessageText(("one", "two", "three")))
    kinds = [type(child) for child in view.walk_children()]
    assert kinds.count(ui.TextDisplay) == 3
    assert kinds.count(ui.Separator) == 2
    assert view.timeout is None


@pytest.mark.parametrize(
    "text",
    [MessageText(("x" * 4001,)), MessageText(("\U0001f600" * 2001,)), MessageText(("x",) * 21)],
)
async def test_what_discord_would_refuse_is_not_sent(text: MessageText):
    with pytest.raises(ValueError, match=r"Discord allows|number of children"):
        layout(text)


async def test_only_dynamic_buttons_are_ever_clickable():
    view = layout(MessageText(("one",)), page_buttons(PageTurn("a" * 16, 2), 3, ENGLISH))
    clickable = [child for child in view.walk_children() if child.is_dispatchable()]
    assert clickable
    assert all(isinstance(child, PageButton) for child in clickable)


async def test_buttons_lead_to_the_pages_beside_and_end_at_the_ends():
    shown = [
        [(button.item.label, button.custom_id, button.item.disabled) for button in buttons]
        for buttons in (page_buttons(PageTurn("s", page), 3, ENGLISH) for page in (1, 2, 3))
    ]
    assert shown == [
        [("Previous", "search:s:0", True), ("Next", "search:s:2", False)],
        [("Previous", "search:s:1", False), ("Next", "search:s:3", False)],
        [("Previous", "search:s:2", False), ("Next", "search:s:4", True)],
    ]
    assert page_buttons(PageTurn("s", 1), 1, ENGLISH) == []


async def test_a_custom_id_that_is_too_long_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="Discord allows 100"):
        PageButton(PageTurn("s" * 100, 1), "Next")


async def test_buttons_of_an_answer_stand_in_rows_that_discord_takes():
    for has_quotes, is_answered, is_wide in product((True, False), repeat=3):
        buttons = answer_buttons(
            "q" * 16,
            ENGLISH,
            has_quotes=has_quotes,
            is_dated=is_answered,  # the dates of what only comes nearest are not told
            is_answered=is_answered,
            can_widen=is_wide,
            meant="w" * limits.QUESTION_LENGTH if is_wide else None,
        )
        view = layout(MessageText(("one",)), buttons)
        rows = [child for child in view.walk_children() if isinstance(child, ui.ActionRow)]
        assert [each for row in rows for each in row.children] == list(buttons)
        assert len(rows) == 2
        assert all(len(row.children) <= 5 for row in rows)
        rows_below = [row["components"] for row in below(buttons).to_components()]
        assert [len(row) for row in rows_below] == [len(row.children) for row in rows]


@given(st.text(min_size=1, max_size=limits.QUESTION_LENGTH))
@example("\U0001f600" * limits.QUESTION_LENGTH)
@example("@everyone <@1> **x** \n" * 10)
def test_what_was_meant_fits_its_button_in_every_language(meant: str):
    for locale in ("en-GB", "de"):
        texts = Languages.shipped().best(locale)
        first = answer_buttons(
            "q", texts, has_quotes=False, is_dated=False, is_answered=False, meant=meant
        )[0]
        assert 0 < limits.length(first.item.label or "") <= limits.BUTTON_LABEL_LENGTH
        assert "\n" not in (first.item.label or "")
