"""Latency of all engines in one process, in turns, a question at a time. Answers are checked."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.engines.protocol import Filtering
from benchmarks.engines.reference import (
    Model,
    Reference,
    fault_of,
    largest_difference,
    overlap,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from benchmarks.engines.protocol import Engine
    from benchmarks.engines.reference import Hits
    from benchmarks.engines.workspace import Plan, Workspace

    Search = Callable[[Sequence[str]], Hits]

_WARMING_COUNT = 3


@dataclass
class Race:
    """Runs searches against each other; keeps times and answers, by engine and question."""

    searches: Mapping[str, Search]
    plan: Plan
    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: defaultdict[str, list[Hits]] = field(default_factory=lambda: defaultdict(list))

    def run(self, questions: Sequence[Sequence[str]]) -> None:
        """Ask every question of each engine, another one being first each time."""
        names = list(self.searches)
        spent = dict.fromkeys(names, 0.0)
        for name in names:
            for terms in questions[:_WARMING_COUNT]:
                self.searches[name](terms)
        gc.collect()
        gc.freeze()
        for at, terms in enumerate(questions):
            turn = at % len(names)
            for name in names[turn:] + names[:turn]:
                if spent[name] < self.plan.seconds_an_engine:
                    spent[name] += self._ask(name, terms)
        gc.unfreeze()

    def _ask(self, name: str, terms: Sequence[str]) -> float:
        search, times = self.searches[name], []
        for _ in range(self.plan.repeats):
            began = time.perf_counter()
            hits = search(terms)
            times.append(time.perf_counter() - began)
        self.seconds[name].append(min(times))
        self.answers[name].append(hits)
        return sum(times)

    def figures(self, name: str, prefix: str = "") -> dict[str, float]:
        """Return the median and the 99th percentile of an engine."""
        milliseconds = np.array(self.seconds[name]) * 1e3
        return {
            f"{prefix}p50 ms": float(np.median(milliseconds)),
            f"{prefix}p99 ms": float(np.quantile(milliseconds, 0.99)),
            f"{prefix}questions": float(len(milliseconds)),
        }


def measure(names: Sequence[str], workspace: Workspace) -> dict[str, dict[str, float]]:
    """Race the engines over all passages, then over the last days."""
    plan, questions, corpus = workspace.plan, workspace.questions, workspace.corpus
    last = int(corpus.day_of[-1])
    days = (last - plan.filter_days + 1, last)
    engines = {name: workspace.opened(name) for name in names}
    everywhere = Race({name: _search(engine, plan) for name, engine in engines.items()}, plan)
    everywhere.run(questions)
    filtering = {
        n: _filtered(e, plan, days) for n, e in engines.items() if isinstance(e, Filtering)
    }
    lately = Race(filtering, plan)
    if filtering:
        lately.run(questions)
    is_outside = corpus.days < days[0]
    figures = {name: everywhere.figures(name) for name in names}
    reference = Reference(corpus)
    for name, engine in engines.items():
        figures[name] |= _judged(engine, questions, everywhere, reference)
        if name in filtering:
            figures[name] |= lately.figures(name, "filter ")
            figures[name] |= _judged(engine, questions, lately, reference, "filter ", is_outside)
    return figures


def _search(engine: Engine, plan: Plan) -> Search:
    return lambda terms: engine.search(terms, plan.k)


def _filtered(engine: Filtering, plan: Plan, days: tuple[int, int]) -> Search:
    return lambda terms: engine.search_between(terms, plan.k, *days)


def _judged(
    engine: Engine,
    questions: Sequence[Sequence[str]],
    race: Race,
    reference: Reference,
    prefix: str = "",
    is_outside: npt.NDArray[np.bool_] | None = None,
) -> dict[str, float]:
    """Check the form of every answer, and hold the first ones to the reference."""
    plan, answers = race.plan, race.answers[engine.name]
    for hits in answers:
        fault = fault_of(hits, plan.k, reference.passage_count)
        assert fault is None, f"{engine.name}: {fault}"
    overlaps, differences = [], []
    for terms, hits in zip(questions[: plan.judged_count], answers, strict=False):
        scores = reference.scores(terms, Model(engine.model))
        if is_outside is not None:
            scores[is_outside] = -np.inf
        overlaps.append(overlap(hits, scores, plan.k))
        differences.append(largest_difference(hits, scores))
    figures = {f"{prefix}overlap": float(np.mean(overlaps))}
    if engine.is_exact:
        figures[f"{prefix}score difference"] = max(differences)
        assert max(differences) < 1e-6, f"{engine.name} is not exact: {max(differences)}"
    return figures
