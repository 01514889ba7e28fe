"""What was found by looking for it stays repaired: every input of a corpus, by its target."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

CORPORA = Path(__file__).parent / "corpora"
INPUTS = sorted(path for path in CORPORA.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_input_breaks_nothing(path: Path):
    TARGETS[path.parent.name](path.read_bytes())


def test_every_target_has_a_corpus_that_is_small():
    assert {path.parent.name for path in INPUTS} == set(TARGETS)
    assert sum(path.stat().st_size for path in INPUTS) < 100_000
