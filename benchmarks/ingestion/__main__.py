"""The command: measures how the news comes in, and prints the figures.

    uv run python -m benchmarks.ingestion [--quick] [--only MEASURE] [--json FILE]

Outlets of made-up news answer from a process of their own, on this machine. Measures:

stages     articles a second through each stage by itself: fetch, parse, extract, split, store
polling    2,000 feeds, of which 1 % fail: feeds a second, new ones and such with nothing new
freshness  from asking for a page until its story is found
memory     what 10,000 articles take while they come in
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.engines.machine import describe_machine
from benchmarks.ingestion import freshness, memory, polling, stages

MEASURES = {
    "stages": stages.measure,
    "polling": polling.measure,
    "freshness": freshness.measure,
    "memory": memory.measure,
}


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.ingestion", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--only", choices=MEASURES, help="one measure")
    parser.add_argument("--json", type=Path, help="write the figures, too")
    return parser.parse_args()


def main() -> None:
    """Run each measure in a process of its own, so that none finds what another has left."""
    options = parsed()
    scale = 0.1 if options.quick else 1.0
    print(describe_machine(), flush=True)
    figures: dict[str, dict[str, float]] = {}
    for name in [options.only] if options.only else MEASURES:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as processes:
            figures[name] = processes.submit(MEASURES[name], scale).result()
        print(f"\n{name}")
        for label, value in figures[name].items():
            print(f"  {label:58} {value:12,.1f}", flush=True)
    if options.json:
        raw = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "figures": figures}
        options.json.write_text(json.dumps(raw, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
