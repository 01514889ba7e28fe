from datetime import UTC, datetime

import pytest

from bot.evaluation.asking import ask_all
from index import InvalidQueryError, Searcher
from tests.unit.bot.evaluation.small_news import PASSAGES, QUESTIONS, judged

NOW = datetime(2026, 4, 1, tzinfo=UTC)


def test_a_question_that_cannot_be_understood_is_named():
    questions = [*QUESTIONS, judged("q7", 'Why was the "bridge closed?', "why")]
    with pytest.raises(InvalidQueryError, match=r"Question 'q7': The quote that opens"):
        ask_all(questions, Searcher.over(PASSAGES), NOW)
