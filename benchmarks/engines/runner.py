"""Runs the measures, each in a process of its own, and gathers their figures."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.engines.workspace import Workspace

    Figures = dict[str, dict[str, float]]

_ROOT = Path(__file__).parents[2]


def run_child(measure: str, names: Sequence[str], workspace: Workspace) -> Figures | None:
    """Return the figures of a measure by engine; print why there are none."""
    output = workspace.directory / "output.json"
    output.unlink(missing_ok=True)
    arguments = [measure, ",".join(names), str(workspace.directory), str(output)]
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 # our own module
        [sys.executable, "-m", "benchmarks.engines.child", *arguments],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    print(f"  {measure:9} {', '.join(names):40} {time.perf_counter() - began:6.1f} s")
    if done.returncode or not output.exists():
        print(f"  failed: {done.stderr.strip().splitlines()[-1:]}")
        return None
    figures: Figures = json.loads(output.read_text(encoding="utf-8"))
    return figures


def run_all(names: Sequence[str], workspace: Workspace, *, thorough: bool = True) -> Figures:
    """Build each engine and race those that could be; also open and update where `thorough`."""
    figures: Figures = {}
    for name in names:
        figures |= run_child("building", [name], workspace) or {}
    built = list(figures)
    alone = [("serving", [name]) for name in built] if thorough else []
    together = [("updating", built)] if thorough else []
    for measure, of in (*alone, *together, ("racing", built)):
        for name, found in (run_child(measure, of, workspace) or {}).items():
            figures[name] |= found
    return figures
