from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pytest

from bot.operations.vitals import IndexState, Vitals, reasons_not_alive, reasons_not_ready


@dataclass(frozen=True)
class Connection:
    is_connected: bool = True
    latency_seconds: float = 0.05
    server_count: int = 3
    silence_seconds: float | None = 1.0


WELL = Vitals(Connection(), IndexState(100, 0.4), 0.01)


def test_a_bot_that_is_well_is_alive_and_ready():
    assert reasons_not_alive(WELL) == reasons_not_ready(WELL) == []


@pytest.mark.parametrize(
    ("vitals", "reason"),
    [
        (replace(WELL, index=None), "The news is being opened."),
        (replace(WELL, index=IndexState(100, 61)), "could not be refreshed for 61 s"),
        (replace(WELL, standing=None), "not connected"),
        (replace(WELL, standing=Connection(is_connected=False)), "not connected"),
        (replace(WELL, standing=Connection(latency_seconds=math.inf)), "heartbeat"),
        (replace(WELL, standing=Connection(latency_seconds=math.nan)), "heartbeat"),
    ],
)
def test_a_bot_that_cannot_answer_is_alive_but_not_ready(vitals: Vitals, reason: str):
    assert reasons_not_alive(vitals) == []
    (told,) = reasons_not_ready(vitals)
    assert reason in told


def test_a_held_up_event_loop_is_no_life():
    stuck = replace(WELL, loop_lag_seconds=4.2)
    assert reasons_not_alive(stuck) == reasons_not_ready(stuck)
    assert "held up for 4.2 s" in reasons_not_alive(stuck)[0]


def test_an_index_that_is_to_be_refreshed_rarely_may_be_older():
    old = replace(WELL, index=IndexState(1, 100), longest_age_seconds=3 * 3600)
    assert reasons_not_ready(old) == []


def test_everything_wrong_is_told_at_once():
    assert len(reasons_not_ready(Vitals(None, None, 5))) == 3
