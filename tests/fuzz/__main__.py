"""Looks for what breaks a parser, guided by which code an input reaches (libFuzzer, by atheris).

    uv run --group fuzz python -m tests.fuzz TARGET [SECONDS] [-OPTION=VALUE …]

New inputs are collected in `.fuzz/TARGET`, beside the corpus in `tests/fuzz/corpora/TARGET`; one
that breaks the target is written there as `crash-…`, and belongs into the corpus once it is
repaired. Options are libFuzzer's.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

HERE = Path(__file__).parent
CORPORA = HERE / "corpora"
FOUND = HERE.parents[1] / ".fuzz"
# what a page may take in a worker, and more than any other answer needs
LONGEST_SECONDS = 20
LARGEST_BYTES = 1 << 14


def main(arguments: list[str]) -> None:
    """Run one target until it breaks, or the time is over."""
    with atheris.instrument_imports(include=["bot", "index", "feedparser"]):
        from tests.fuzz.targets import TARGETS

    if not arguments or arguments[0] not in TARGETS:
        sys.exit(f"name one of {', '.join(TARGETS)}")
    name, *rest = arguments
    seconds = [rest.pop(0)] if rest and rest[0].isdigit() else []
    found = FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    options = [
        *(f"-max_total_time={each}" for each in seconds),
        f"-timeout={LONGEST_SECONDS}",
        f"-max_len={LARGEST_BYTES}",
        f"-artifact_prefix={found}/",
        *rest,
        str(found),
        str(CORPORA / name),
    ]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
