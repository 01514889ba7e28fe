"""Opening what was built in a new process: time to the first answer, and memory to serve."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from benchmarks.engines.machine import memory
from benchmarks.engines.protocol import Persistent, Warming
from benchmarks.engines.registry import ENGINES

if TYPE_CHECKING:
    from benchmarks.engines.workspace import Workspace


def measure(name: str, workspace: Workspace) -> dict[str, float]:
    """Open, answer, and count the pages. The import of the engine's library is part of both."""
    plan, questions = workspace.plan, workspace.questions
    before = memory()
    began = time.perf_counter()
    engine = ENGINES[name]()
    if not isinstance(engine, Persistent):
        return {}
    engine.open(workspace.built(name))
    engine.search(questions[0], plan.k)
    figures = {"open ms": (time.perf_counter() - began) * 1e3}
    if isinstance(engine, Warming):
        engine.warm()
        figures["warm ms"] = (time.perf_counter() - began) * 1e3
    for at in range(plan.serving_count):
        engine.search(questions[at % len(questions)], plan.k)
    gc.collect()
    after = memory()
    if before is not None and after is not None:
        figures["private MB"] = after.private - before.private
        figures["file MB"] = after.files - before.files
    return figures
