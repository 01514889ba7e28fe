"""One measure in a process of its own, started by runner.py.

python -m benchmarks.engines.child MEASURE ENGINE[,ENGINE…] WORKSPACE OUTPUT
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines.machine import keep_to_one_core
from benchmarks.engines.measures import bandwidth, building, racing, serving, updating
from benchmarks.engines.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence


def measured(measure: str, names: Sequence[str], workspace: Workspace) -> dict[str, object]:
    """Return the figures of each engine."""
    match measure:
        case "racing":
            return dict(racing.measure(names, workspace))
        case "building":
            keep_to_one_core()
            return {name: building.measure(name, workspace) for name in names}
        case "serving":
            return {name: serving.measure(name, workspace) for name in names}
        case "updating":
            return dict(updating.measure(names, workspace))
        case _:
            return {"machine": {"GB/s": bandwidth.gigabytes_a_second()}}


def main() -> None:
    """Measure, and write the figures."""
    measure, names, directory, output = sys.argv[1:]
    figures = measured(measure, names.split(","), Workspace(Path(directory)))
    Path(output).write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
