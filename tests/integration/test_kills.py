"""All that writes, killed at random moments: the small version of `benchmarks.kills`.

It takes minutes, so `PULLQUOTE_KILLS=24` and the like ask for it; gathering and writers are
killed in every run, each by a test of its own.
"""

from __future__ import annotations

import os
import signal
import time

import pytest

from benchmarks.kills.__main__ import kill_all

KILLS = int(os.environ.get("PULLQUOTE_KILLS", "0"))
SEED = int(os.environ.get("PULLQUOTE_SEED") or time.time_ns())

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL"),
    pytest.mark.skipif(not KILLS, reason="PULLQUOTE_KILLS=24 asks for it"),
]


async def test_whatever_is_killed_nothing_is_lost_and_everything_agrees(tmp_path, monkeypatch):
    """A failure is told with its seed: PULLQUOTE_SEED brings the same delays again."""
    # these are of the tests, and what is killed refuses settings that it does not know
    for name in ("PULLQUOTE_KILLS", "PULLQUOTE_SEED"):
        monkeypatch.delenv(name, raising=False)
    tallies = await kill_all(tmp_path, KILLS, SEED)
    assert sum(each.kills for each in tallies.values()) == KILLS
    wrong = {name: (t.lost, t.twice, t.disagreements) for name, t in tallies.items()}
    assert not any(map(any, wrong.values())), f"PULLQUOTE_SEED={SEED}: {wrong}"
