"""Latency by the size of the corpus, drawn beside what memory allows.

The limit is the time to read the postings that a question touches once, in sequence, on one core.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines.material import Material
from benchmarks.engines.registry import OURS, available
from benchmarks.engines.runner import run_all, run_child
from benchmarks.engines.svg import Line, draw
from benchmarks.engines.workspace import Plan, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.engines.runner import Figures

LARGEST = 3_000_000
_PARTS = (30, 10, 3, 1)
_USUAL_BYTES_A_POSTING = 6.0  # a number of four bytes and a code of two


@dataclass
class Growth:
    """What was measured, by passages."""

    figures: dict[int, Figures] = field(default_factory=dict)
    touched: dict[int, float] = field(default_factory=dict)
    gigabytes_a_second: float = 0.0

    @property
    def bytes_a_posting(self) -> float:
        """What a posting of ours takes in the largest index, with all that belongs to it."""
        largest = self.figures[max(self.figures)].get(OURS, {})
        return largest.get("disk bytes a posting", _USUAL_BYTES_A_POSTING)

    @property
    def lines(self) -> list[Line]:
        """The lines of the plot."""
        names = list(dict.fromkeys(name for figures in self.figures.values() for name in figures))
        lines = [Line(_label(name), self._points(name)) for name in names]
        size = self.bytes_a_posting
        milliseconds = size / self.gigabytes_a_second / 1e6
        limit = [(count, touched * milliseconds) for count, touched in self.touched.items()]
        return [*lines, Line("reading memory", limit, is_limit=True)]

    @property
    def note(self) -> str:
        """What the limit is made of."""
        return f"{self.bytes_a_posting:.1f} bytes a posting, {self.gigabytes_a_second:.1f} GB/s"

    def _points(self, name: str) -> list[tuple[float, float]]:
        return [(n, of[name]["p50 ms"]) for n, of in self.figures.items() if name in of]


def measure(names: Sequence[str], largest: int, question_count: int, seed: int) -> Growth:
    """Measure at each size up to the largest."""
    growth = Growth()
    for part in _PARTS:
        count = largest // part
        able = available(names, count)
        if not able:
            continue
        material = Material.generated(count, question_count, seed)
        print(material.summary)
        with tempfile.TemporaryDirectory() as directory:
            workspace = Workspace(Path(directory))
            material.prepare(workspace, Plan())
            growth.touched[count] = material.mean_touched
            del material
            growth.figures[count] = run_all(able, workspace, thorough=False)
            if part == _PARTS[0]:
                read = run_child("bandwidth", ["machine"], workspace) or {}
                growth.gigabytes_a_second = read["machine"]["GB/s"]
    return growth


def picture(growth: Growth, machine: str) -> str:
    """Draw it."""
    return draw(
        growth.lines,
        title=f"Median time of a question by the size of the corpus, on {machine}",
        x_label="passages",
        y_label="ms to the ten best passages (median)",
        note=growth.note,
    )


def _label(name: str) -> str:
    return "Pullquote" if name == OURS else name
