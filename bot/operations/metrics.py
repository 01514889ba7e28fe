"""What Prometheus is told, in a registry of its own: counts as they come, states when asked.

Names of the connection are those of https://pypi.org/project/discord-ext-prometheus/.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

if TYPE_CHECKING:
    from bot.operations.vitals import Vitals

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

_QUESTIONS = {"ask", "search", "mention", "direct message", "follow-up"}
_FOUND_OUT = {"answered", "abstained", "done"}
# a deferral takes hundredths of a second, and three seconds are too many
_ACK_BUCKETS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0)
_ANSWER_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Hears what happens, and writes it out for Prometheus."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._questions = Counter(
            "pullquote_questions",
            "Questions and searches, by the way they came and how they ended.",
            ["route", "outcome"],
            registry=registry,
        )
        self._answers = Histogram(
            "pullquote_answer_seconds",
            "From when a question was heard to when its answer was sent.",
            registry=registry,
            buckets=_ANSWER_BUCKETS,
        )
        self._acks = Histogram(
            "pullquote_ack_seconds",
            "From when an interaction was heard to when Discord had taken the first answer to it.",
            registry=registry,
            buckets=_ACK_BUCKETS,
        )
        self._feed_errors = Counter(
            "pullquote_feed_errors",
            "Feeds and pages that could not be read, or are not any more.",
            registry=registry,
        )
        self._ratings = Counter(
            "pullquote_ratings",
            "Answers found helpful or not; a change of mind counts, too.",
            ["verdict"],
            registry=registry,
        )
        self._states = _States(registry)

    def ended(self, route: str, outcome: str, seconds: float) -> None:
        """Count a question or search; whatever else people do is not counted."""
        if route in _QUESTIONS:
            self._questions.labels(route, outcome).inc()
            if outcome in _FOUND_OUT:
                self._answers.observe(seconds)

    def acknowledged(self, seconds: float) -> None:
        """Count an interaction that Discord has an answer to."""
        self._acks.observe(seconds)

    def feed_failed(self) -> None:
        """Count a feed or page that could not be read."""
        self._feed_errors.inc()

    def rated(self, *, is_helpful: bool) -> None:
        """Count what somebody thinks of an answer."""
        self._ratings.labels("helpful" if is_helpful else "unhelpful").inc()

    def text(self, vitals: Vitals) -> bytes:
        """Return everything in Prometheus' text format."""
        self._states.take(vitals)
        return generate_latest(self._registry)


class _States:
    """Gauges, which hold what was so when they were last asked for."""

    def __init__(self, registry: CollectorRegistry):
        def gauge(name: str, told: str) -> Gauge:
            return Gauge(name, told, registry=registry)

        self._connected = gauge("discord_connected", "Whether the bot is connected to Discord.")
        self._latency = gauge("discord_latency_seconds", "Between a heartbeat and its answer.")
        self._servers = gauge("discord_stat_total_guilds", "Servers that the bot is in.")
        self._passages = gauge("pullquote_index_passages", "Passages that can be found.")
        self._age = gauge(
            "pullquote_index_age_seconds",
            "Since the search index was last found to hold all that is stored.",
        )
        self._lag = gauge(
            "pullquote_event_loop_lag_seconds",
            "The longest that the event loop was held up in the last minute.",
        )

    def take(self, vitals: Vitals) -> None:
        """Hold what is so now; what is not known is NaN."""
        standing, index = vitals.standing, vitals.index
        self._connected.set(bool(standing and standing.is_connected))
        self._latency.set(standing.latency_seconds if standing else math.nan)
        self._servers.set(standing.server_count if standing else 0)
        self._passages.set(index.passage_count if index else 0)
        self._age.set(index.age_seconds if index else math.nan)
        self._lag.set(vitals.loop_lag_seconds)
