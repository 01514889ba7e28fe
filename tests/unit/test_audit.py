"""CI fails for a known vulnerability, and for nothing else that the looking-up may run into."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[2] / ".ci" / "audit.py"
SOUND = {"name": "sound", "version": "1.0", "vulns": []}
UNKNOWN = {"name": "odd", "skip_reason": "Dependency not found on PyPI"}
BAD = {
    "name": "bad",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"], "aliases": [], "description": "x"}],
}


def audited(saying: str, *options: str) -> tuple[int, str]:
    """Run it with a pip-audit that is these lines of Python."""
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, str(AUDIT), *options, sys.executable, "-c", saying],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def told(*dependencies: dict[str, object], status: int = 0) -> str:
    said = json.dumps({"dependencies": dependencies, "fixes": []})
    return f"import sys; print({said!r}); sys.exit({status})"


def test_what_is_found_fails_with_what_to_do():
    status, said = audited(told(SOUND, BAD, status=1))
    assert status == 1
    assert said == "bad 2.0 has PYSEC-2026-1; it is fixed in 2.1.\n"


def test_what_is_sound_passes():
    assert audited(told(SOUND)) == (0, "1 packages have no known vulnerability.\n")


def test_what_is_not_known_is_told_and_passes():
    status, said = audited(told(SOUND, UNKNOWN))
    assert status == 0
    assert "of 1 of 2 packages were not found out" in said


@pytest.mark.parametrize(
    ("saying", "seconds", "reason"),
    [
        ("import sys; sys.exit('ERROR: Connection to pypi.org timed out')", "50", "timed out"),
        ("import time; time.sleep(600)", "1", "it took longer than 1 s"),
        ("print('no JSON')", "50", "it said nothing"),
    ],
)
def test_where_nothing_can_be_looked_up_that_is_told_and_passes(saying, seconds, reason):
    status, said = audited(saying, "--seconds", seconds)
    assert status == 0
    assert said.startswith("Known vulnerabilities were not looked up: ")
    assert reason in said


def test_a_command_that_is_not_there_is_told_and_passes():
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, str(AUDIT), "no-such-command"],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "were not looked up" in done.stdout
