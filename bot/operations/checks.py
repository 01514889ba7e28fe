"""What `doctor` tells: a line a check, with what to do where something is not as it should be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a check ended. A warning is no failure."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One of them: what was looked at, what is so, and what to do (empty where nothing is)."""

    name: str
    mark: Mark
    told: str
    advice: str = ""


def fine(name: str, told: str) -> Check:
    """Return a check that found all well."""
    return Check(name, Mark.OK, told)


def doubtful(name: str, told: str, advice: str) -> Check:
    """Return a check that found something to look at."""
    return Check(name, Mark.WARNING, told, advice)


def wrong(name: str, told: str, advice: str) -> Check:
    """Return a check that found what keeps the bot from working."""
    return Check(name, Mark.WRONG, told, advice)
