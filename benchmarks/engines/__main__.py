"""The command: makes or reads a corpus, runs every measure, prints the table.

uv run --group bench python -m benchmarks.engines [OPTION…]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines import growth
from benchmarks.engines.description import describe
from benchmarks.engines.machine import describe_machine
from benchmarks.engines.material import Material
from benchmarks.engines.registry import DEFAULT, ENGINES, FASTEST, OURS, available
from benchmarks.engines.runner import run_all
from benchmarks.engines.table import rounded, table
from benchmarks.engines.workspace import Plan, Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PASSAGES, _QUICK_PASSAGES = 100_000, 20_000
_QUICK_PLAN = Plan(repeats=3, judged_count=20, seconds_an_engine=5.0, update_count=8)


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.engines", description=__doc__)
    add = parser.add_argument
    add("--passages", type=int, help="how many; 100,000 generated ones, or all of a file")
    add("--corpus", type=Path, help="real articles as JSON lines, perhaps .gz")
    add("--questions", type=Path, help="real questions as JSON lines, for --corpus")
    add("--peers", help=f"of {', '.join(ENGINES)}, with commas between")
    add("--queries", type=int, default=500, help="how many questions are asked")
    add("--seed", type=int, default=7)
    add("--quick", action="store_true", help="20,000 passages and fewer repetitions")
    add("--json", type=Path, help="write the figures, too")
    add("--growth", type=Path, metavar="SVG", help="draw latency by size instead")
    add("--describe", action="store_true", help="tell how like news the corpus is instead")
    return parser.parse_args(arguments)


def material_of(options: argparse.Namespace) -> Material:
    """Read or generate what the options say."""
    count = min(options.queries, 100) if options.quick else options.queries
    if options.corpus is not None:
        passages = options.passages or (_QUICK_PASSAGES if options.quick else None)
        return Material.read(options.corpus, options.questions, passages, count, options.seed)
    passages = options.passages or (_QUICK_PASSAGES if options.quick else _PASSAGES)
    return Material.generated(passages, count, options.seed)


def chosen(options: argparse.Namespace, usual: Sequence[str]) -> list[str]:
    """Return the engines to compare, ours first."""
    peers = usual if options.peers is None else options.peers.split(",")
    return [OURS] + [name for name in peers if name and name != OURS]


def compare(options: argparse.Namespace) -> None:
    """Measure, and print the table."""
    material = material_of(options)
    print(f"{describe_machine()}\n{material.summary}\n")
    names = available(chosen(options, DEFAULT), material.corpus.passage_count)
    with tempfile.TemporaryDirectory() as directory:
        workspace = Workspace(Path(directory))
        material.prepare(workspace, _QUICK_PLAN if options.quick else Plan())
        figures = run_all(names, workspace)
    versions = {name: ENGINES[name].version() for name in figures}
    print(f"\n{', '.join(f'{name} {version}' for name, version in versions.items())}\n")
    print(table(figures))
    write(options.json, {"corpus": material.summary, "versions": versions, "figures": figures})


def draw_growth(options: argparse.Namespace) -> None:
    """Measure by size, and draw."""
    names = chosen(options, FASTEST)
    largest = options.passages or growth.LARGEST
    grown = growth.measure(names, largest, options.queries, options.seed)
    options.growth.write_text(growth.picture(grown, describe_machine()), encoding="utf-8")
    bandwidth = grown.gigabytes_a_second
    write(options.json, {"GB/s": bandwidth, "touched": grown.touched, "figures": grown.figures})


def write(path: Path | None, found: Mapping[str, object]) -> None:
    """Write figures as JSON, with the machine and the time."""
    if path is not None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        raw = {"at": at, "machine": describe_machine(), **found}
        path.write_text(json.dumps(raw, indent=1), encoding="utf-8")


def tell(material: Material) -> None:
    """Print what the corpus looks like."""
    print(material.summary)
    for name, value in describe(material.corpus, material.postings).items():
        print(f"{name:52} {rounded(value):>12}")


def main() -> None:
    """Do what the command line says."""
    options = parsed()
    if options.describe:
        tell(material_of(options))
    elif options.growth is not None:
        draw_growth(options)
    else:
        compare(options)


if __name__ == "__main__":
    main()
