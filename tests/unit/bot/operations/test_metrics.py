from __future__ import annotations

import math

from prometheus_client.parser import text_string_to_metric_families

from bot.operations.metrics import Metrics
from bot.operations.vitals import IndexState, Vitals
from tests.unit.bot.operations.test_vitals import WELL, Connection


def samples(metrics: Metrics, vitals: Vitals = WELL) -> dict[tuple[str, ...], float]:
    """What Prometheus reads: values by name and labels."""
    families = text_string_to_metric_families(metrics.text(vitals).decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_questions_are_counted_by_route_and_outcome_and_nothing_else_is():
    metrics = Metrics()
    for _ in range(2):
        metrics.ended("ask", "answered", 0.03)
    metrics.ended("direct message", "refused", 9)
    metrics.ended("status", "done", 1)
    metrics.ended("unknown command", "failed", 1)
    seen = samples(metrics)
    counted = {key[1:]: value for key, value in seen.items() if key[0].endswith("questions_total")}
    assert counted == {("answered", "ask"): 2, ("refused", "direct message"): 1}
    assert seen["pullquote_answer_seconds_count",] == 2
    assert seen["pullquote_answer_seconds_bucket", "0.025"] == 0
    assert seen["pullquote_answer_seconds_bucket", "0.05"] == 2


def test_states_are_those_of_the_moment_they_are_asked_for():
    metrics = Metrics()
    before = samples(metrics, Vitals(None, None, 0))
    assert before["discord_connected",] == 0
    assert math.isnan(before["discord_latency_seconds",])
    assert math.isnan(before["pullquote_index_age_seconds",])
    after = samples(metrics, Vitals(Connection(), IndexState(7, 0.5), 0.25))
    assert after["discord_connected",] == 1
    assert after["discord_stat_total_guilds",] == 3
    assert after["pullquote_index_passages",] == 7
    assert after["pullquote_event_loop_lag_seconds",] == 0.25


def test_what_is_heard_is_counted():
    metrics = Metrics()
    metrics.acknowledged(0.2)
    metrics.feed_failed()
    for is_helpful in (True, False, True):
        metrics.rated(is_helpful=is_helpful)
    seen = samples(metrics)
    assert seen["pullquote_ratings_total", "helpful"] == 2
    assert seen["pullquote_ratings_total", "unhelpful"] == 1
    assert seen["pullquote_ack_seconds_count",] == 1
    assert seen["pullquote_feed_errors_total",] == 1


def test_two_bots_in_one_process_count_for_themselves():
    one, other = Metrics(), Metrics()
    one.feed_failed()
    assert samples(other)["pullquote_feed_errors_total",] == 0
