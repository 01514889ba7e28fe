from __future__ import annotations

import pytest

from tests.unit.index.ingestion.extraction.written import (
    STORY,
    found,
    linked,
    meta,
    page,
    paragraphs,
)

ASKING = "<div class='wall'>Subscribe now to continue reading this story.</div>"
LOCKED_PART = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".x"}


def is_partial(head: str = "", body: str = paragraphs()) -> bool:
    return found(page(body, head)).is_partial


@pytest.mark.parametrize(
    ("said", "partial"),
    [
        (False, True),
        ("False", True),
        ("false", True),
        ("http://schema.org/False", True),
        ("no", True),
        ([False, True], True),
        (True, False),
        ("True", False),
        ("https://schema.org/True", False),
    ],
)
def test_linked_data_says_whether_an_article_is_free(said, partial):
    # what is said counts more than what the page's words look like
    assert is_partial(linked(isAccessibleForFree=said), paragraphs() + ASKING) is partial


@pytest.mark.parametrize("said", ["perhaps", 7, None, []])
def test_what_says_neither_leaves_it_to_the_words(said):
    assert not is_partial(linked(isAccessibleForFree=said))
    assert is_partial(linked(isAccessibleForFree=said), paragraphs() + ASKING)


def test_a_part_that_must_be_paid_for_makes_the_article_partial():
    assert is_partial(linked(hasPart=LOCKED_PART))
    assert is_partial(linked(hasPart=["x", {"isAccessibleForFree": True}, LOCKED_PART]))
    assert not is_partial(linked(hasPart=[{"isAccessibleForFree": True}]))


def test_a_content_tier_says_it_too():
    assert is_partial(meta("article:content_tier", "locked"))
    assert not is_partial(meta("article:content_tier", "free"), paragraphs() + ASKING)
    assert not is_partial(meta("article:content_tier", "metered"))


@pytest.mark.parametrize(
    "asking",
    [
        "Subscribe to continue reading",
        "Sign in to read the rest of it",
        "Log in to unlock",
        "Become a member to keep reading",
        "This article is for subscribers only",
        "The rest of this story is exclusive to members",
        "Already a subscriber? Log in",
        "Keep reading for $1",
    ],
)
def test_a_short_text_beside_a_request_to_log_in_is_a_beginning(asking):
    assert is_partial(body=f"{paragraphs()}<div><b>{asking}</b></div>")


def test_a_long_text_is_whole_whatever_the_page_asks_for():
    lines = [f"{number}: {line}" for number in range(5) for line in STORY]
    assert not is_partial(body=paragraphs(lines) + ASKING)


def test_scripts_and_a_story_about_subscribers_ask_for_nothing():
    script = "<script>wall('Subscribe to continue reading')</script>"
    story = "<p>The paper lost a third of the people who subscribe. It hopes to read better.</p>"
    assert not is_partial(body=paragraphs() + script + story)


def test_a_request_far_down_an_endless_page_is_not_waited_for():
    body = f"{paragraphs()}<div>{'<i>a</i> bb ' * 20000}{'c' * 400_000}</div>" + ASKING
    assert not is_partial(body=body)
