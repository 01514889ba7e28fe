import json
import math

import pytest

from bot.evaluation.replies import Excerpt, Reply
from bot.evaluation.report import differences, outcomes_of, report_on
from bot.evaluation.showing import (
    Setting,
    difference_lines,
    outside_lines,
    report_lines,
    report_value,
    setting_lines,
)
from tests.unit.bot.evaluation.small_news import CLOSED, QUESTIONS, asked


@pytest.fixture(scope="module")
def run():
    return asked()


@pytest.fixture(scope="module")
def outcomes(run):
    return outcomes_of(QUESTIONS, run.replies, run.relevant)


def test_a_report_counts_each_figure_over_its_own_questions(outcomes):
    report = report_on(QUESTIONS, outcomes)
    assert report.question_count == 4
    assert report.figures["passage_mrr@10"].value == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert report.figures["passage_mrr@10"].count == 3
    assert report.figures["silent_if_not"].count == 1
    assert report.figures["auroc"].count == 4
    for figure in report.figures.values():
        assert figure.low <= figure.value <= figure.high


def test_a_report_has_figures_of_every_type(outcomes):
    by_type = report_on(QUESTIONS, outcomes).by_type
    assert set(by_type) == {"why", "how many", "when", "who"}
    assert by_type["why"].figures["article_mrr@10"].value == 0.5
    assert "quote@1" not in by_type["who"].figures


def test_a_run_does_not_differ_from_itself(outcomes):
    for figure in differences(outcomes, outcomes).values():
        assert (figure.value, figure.low, figure.high) == (0, 0, 0)


def test_a_question_that_another_run_lacks_was_answered_by_nothing(run, outcomes):
    other = {"why": run.replies["why"]}
    apart = differences(outcomes, outcomes_of(QUESTIONS, other, run.relevant))
    assert apart["quote@1"].value == pytest.approx(1 / 3)
    assert apart["answered_if_answerable"].value > 0


def test_a_run_of_articles_is_compared_by_articles_alone(run, outcomes):
    other = {"why": Reply(confidence=None, hits=(Excerpt("copy"),))}
    apart = differences(outcomes, outcomes_of(QUESTIONS, other, run.relevant))
    assert {name.partition("_")[0] for name in apart} == {"article"}
    assert apart["article_mrr@10"].value == pytest.approx((1 / 2 + 1) / 3 - 1 / 3)


def test_a_quote_to_what_the_news_does_not_say_is_never_right(run):
    shown = Reply(answered=True, confidence=0.95, quotes=(Excerpt("copy", CLOSED),))
    replies = {**run.replies, "no one": shown}
    report = report_on(QUESTIONS, outcomes_of(QUESTIONS, replies, run.relevant))
    assert report.answerable is not None
    assert report.quoted is not None
    assert sum(each.count for each in report.quoted.bins) == 4
    surest = report.quoted.bins[-1]
    assert surest.share_right == pytest.approx((surest.count - 1) / surest.count)


def test_json_holds_the_figures_and_no_nan(outcomes):
    value = json.loads(json.dumps(report_value(report_on(QUESTIONS, outcomes)), allow_nan=False))
    assert list(value) == ["questions", "figures", "types", "reliability"]
    assert list(value["figures"]["quote@1"]) == ["value", "low", "high", "questions"]
    assert list(value["types"]["why"]) == ["questions", "figures"]
    assert len(value["reliability"]["answerable"]["bins"]) == 10
    assert value["reliability"]["quoted"]["expected_calibration_error"] >= 0


def test_lines_show_every_figure_and_nothing_that_could_move_the_cursor(run, outcomes):
    questions = [*QUESTIONS[:3], type(QUESTIONS[3])("no one", "Who?", type="who\x1b[2J\n")]
    report = report_on(questions, outcomes)
    lines = [
        *setting_lines(Setting.of(QUESTIONS, run, 3)),
        *report_lines(report),
        *difference_lines(differences(outcomes, outcomes), "other\x1b[2J"),
        *outside_lines({"passages": {"AP@10": 0.5}}),
    ]
    shown = "\n".join(line.text for line in lines)
    for name in report.figures:
        assert name.replace("_", " ") in shown
    assert "4 questions of 3 passages" in shown
    assert "articles that are not there: 1;" in shown
    assert "\x1b" not in shown
    assert "nan" not in shown


def test_a_run_that_only_ranks_has_no_reliability():
    outcomes = outcomes_of(QUESTIONS, {2: Reply(confidence=None)}, {})
    report = report_on(QUESTIONS, outcomes)
    assert (report.answerable, report.quoted) == (None, None)
    assert math.isclose(report.figures["article_mrr@10"].value, 0)
    assert "confidence" not in "\n".join(line.text for line in report_lines(report))
