"""What the soak spoils is spoilt for the one process alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.soak.surroundings import Clock, Names

ROOT = Path(__file__).parents[3]
HOUR = 3600
# the time at the start, and again once it was moved; and whether waiting goes on
TELLING = """
import sys, time
before = time.monotonic()
print(time.time(), flush=True)
sys.stdin.readline()
print(time.time(), time.monotonic() - before)
"""
LOOKING_UP = """
import socket
from benchmarks.soak import launching
for name in "daily.test", "127.0.0.1":
    try:
        print(launching.by_file(name, 80, type=socket.SOCK_STREAM)[0][4])
    except socket.gaierror as error:
        print(error.errno == socket.EAI_AGAIN)
"""


def test_the_clock_of_a_process_is_moved_while_it_runs(tmp_path):
    clock = Clock(tmp_path)
    if not clock.is_here:
        pytest.skip("needs a C compiler")
    clock.put_by(5)
    with subprocess.Popen(  # noqa: S603 (our own words)
        [sys.executable, "-c", TELLING],
        env={**os.environ, **clock.variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        first = float(process.stdout.readline())
        clock.put_by(-5)
        process.stdin.write("\n")
        process.stdin.flush()
        second, waited = map(float, process.stdout.readline().split())
    assert first - time.time() == pytest.approx(5 * HOUR, abs=HOUR)
    assert second - time.time() == pytest.approx(-5 * HOUR, abs=HOUR)
    assert 0 < waited < HOUR


def looked_up(names: Names) -> list[str]:
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-c", LOOKING_UP],
        cwd=ROOT,
        env={**os.environ, **names.variables},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return done.stdout.splitlines()


def test_names_are_looked_up_until_the_dns_falls_silent(tmp_path):
    names = Names(tmp_path, {"daily.test": ("127.0.0.1", 8080)})
    assert looked_up(names) == ["('127.0.0.1', 8080)", "('127.0.0.1', 80)"]
    names.fall_silent()
    assert looked_up(names) == ["True", "('127.0.0.1', 80)"]
    names.answer()
    assert looked_up(names) == ["('127.0.0.1', 8080)", "('127.0.0.1', 80)"]
