from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answering.answerer import answer
from bot.answering.meant import meant as meant_by
from bot.answering.model import Question
from index.model import Query
from index.query.model import Correction, Reading
from tests.unit.bot.answering.small_corpora import NOW, over, story

NEWS = over(
    story(
        "bridge",
        "The Lantern Bridge in Pellmouth closed on Tuesday because a bearing cracked.",
        "Lantern Bridge closes",
        published="2026-03-03",
    ),
    story("ferry", "A ferry will run every twenty minutes. Tickets cost two pounds.", "Ferry"),
)


def asked(text: str, **others: object):
    return answer(Question(text, asked_at=NOW, **others), NEWS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Why did the Lanttern Brigde in Pelmouth close?",
         "Why did the Lantern Bridge in Pellmouth close?"),
        ("Why did the Lanttern Brigde in Pelmouth close? -sport",
         "Why did the Lantern Bridge in Pellmouth close? -sport"),
        ('Why did the "Lanttern Brigde" in Pellmouth close?',
         'Why did the "Lantern Bridge" in Pellmouth close?'),
        # answered as it is, or not answered in other words either
        ("Why did the Lantern Bridge close?", None),
        ("Who won the Lanttern lottery in Zanzibar?", None),
        ("Who won the regatta?", None),
    ],
)  # fmt: skip
def test_a_question_in_words_of_the_news_is_offered_where_it_is_answered(
    typed: str, meant: str | None
):
    said = asked(typed)
    assert said.meant == meant
    if meant:
        assert not said.answered
        assert asked(meant).answered


def test_dates_of_the_words_are_left_out_but_not_those_chosen():
    text = "Why did the Lantern Bridge in Pellmouth close last week?"
    narrow = asked(text)
    assert not narrow.answered
    assert narrow.has_elsewhere
    wide = asked(text, is_of_any_time=True)
    assert wide.answered
    assert wide.reading.query.since is None
    assert wide.reading.notes == ()
    april = datetime(2026, 4, 1, tzinfo=UTC)
    later = asked(text, is_of_any_time=True, since=april)
    assert later.reading.query.since == april
    assert not later.answered


def test_what_was_corrected_unasked_is_so_in_what_is_offered():
    unasked = Correction("brigde", "bridge")
    text = "Why did the brigde in Pelmouth close?"
    query = Query("Why did the bridge in Pelmouth close?")
    reading = Reading(query, corrections=(unasked,))
    assert meant_by(text, reading, NEWS) == "Why did the bridge in Pellmouth close?"
    nothing_else = replace(reading, query=Query("Why did the bridge close?"))
    assert meant_by("Why did the brigde close?", nothing_else, NEWS) is None
