"""Figures as a Markdown table: a row a measure, a column an engine, and ours against the best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.engines.registry import NO_PEERS, OURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Figures = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Row:
    """A measure: its label, and the names of one figure or two. Less is better, if compared."""

    label: str
    figures: tuple[str, ...]
    is_compared: bool = True


ROWS = (
    Row("top 10, ms, p50 / p99", ("p50 ms", "p99 ms")),
    Row("top 10 of the last 7 days, ms, p50 / p99", ("filter p50 ms", "filter p99 ms")),
    Row("add an article and find it, ms, p50 / p99", ("add p50 ms", "add p99 ms")),
    Row("the same, durable", ("durable add p50 ms", "durable add p99 ms")),
    Row("delete an article, find it no more, ms, p50 / p99", ("delete p50 ms", "delete p99 ms")),
    Row("the same, durable", ("durable delete p50 ms", "durable delete p99 ms")),
    Row("open, first answer, ms", ("open ms",)),
    Row("open, as fast as it becomes, ms", ("warm ms",), is_compared=False),
    Row("private memory to serve, MB", ("private MB",)),
    Row("pages of files beside it, MB", ("file MB",), is_compared=False),
    Row("on disk, MB", ("disk MB",)),
    Row("on disk, bytes a posting", ("disk bytes a posting",)),
    Row("build, one core, s", ("build s",)),
    Row("the same, of the processor", ("build processor s",)),
    Row("peak memory of the build, MB", ("build peak MB",)),
    Row("the corpus beside it, MB", ("corpus MB",), is_compared=False),
    Row("overlap@10 with rank_bm25", ("overlap",), is_compared=False),
    Row("the same, of the last 7 days", ("filter overlap",), is_compared=False),
    Row("questions asked", ("questions",), is_compared=False),
)


def table(figures: Figures, rows: Sequence[Row] = ROWS) -> str:
    """Return the table, without the rows that nobody has a figure for."""
    names = list(figures)
    heading = ["", *names, "ours / best peer"]
    lines = [heading, ["---", *["---:"] * (len(heading) - 1)]]
    lines += (line for row in rows if (line := _line(row, figures)))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _line(row: Row, figures: Figures) -> list[str] | None:
    cells = [_cell(row, of_engine) for of_engine in figures.values()]
    if not any(cells):
        return None
    return [row.label, *(cell or "–" for cell in cells), _ratio(row, figures) or ""]


def _cell(row: Row, of_engine: Mapping[str, float]) -> str | None:
    if not all(name in of_engine for name in row.figures):
        return None
    return " / ".join(rounded(of_engine[name]) for name in row.figures)


def _ratio(row: Row, figures: Figures) -> str | None:
    """Compare each figure of a row with the best peer's, and name that of the first."""
    if not row.is_compared:
        return None
    ratios, best_names = [], []
    for figure in row.figures:
        ours = figures.get(OURS, {}).get(figure)
        peers = dict(_peers(figure, figures))
        if ours is None or not peers:
            return None
        best = min(peers, key=lambda name: peers[name])
        if peers[best] <= 0:
            return None
        ratios.append(rounded(ours / peers[best]))
        best_names.append(best)
    return f"{' / '.join(ratios)} ({best_names[0]})"


def _peers(figure: str, figures: Figures) -> Iterator[tuple[str, float]]:
    for name, of_engine in figures.items():
        if name not in NO_PEERS and figure in of_engine:
            yield name, of_engine[figure]


def rounded(value: float) -> str:
    """Write a number with two digits that matter, three from 1 on."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) >= 10:
        return f"{value:.1f}"
    if abs(value) >= 1:
        return f"{value:.2f}"
    digits = 2
    while abs(value) * 10**digits < 10 and digits < 5:
        digits += 1
    return f"{value:.{digits}f}".removeprefix("0") if value > 0 else f"{value:.{digits}f}"
