"""Latency by the size of the corpus, drawn beside what memory allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def remake(path: Path, peers: Sequence[str], question_count: int, seed: int) -> None:
    """Measure at each size, and draw."""
    raise NotImplementedError
