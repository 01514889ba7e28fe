"""Who is told how answering goes, as a port."""

from __future__ import annotations

from typing import Protocol


class Measures(Protocol):
    """Counts and times. What it is told must cost next to nothing."""

    def ended(self, route: str, outcome: str, seconds: float) -> None:
        """Hear that something asked for by a person has ended."""
        ...

    def acknowledged(self, seconds: float) -> None:
        """Hear how long Discord waited for the first sign of life after an interaction."""
        ...

    def rated(self, *, is_helpful: bool) -> None:
        """Hear that somebody has found an answer helpful or not, or thinks otherwise now."""
        ...


class Unmeasured:
    """Nobody listens."""

    def ended(self, route: str, outcome: str, seconds: float) -> None:
        """Forget it."""

    def acknowledged(self, seconds: float) -> None:
        """Forget it."""

    def rated(self, *, is_helpful: bool) -> None:
        """Forget it."""
