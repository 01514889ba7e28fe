"""Whether what is shipped comes from what is there to learn from. Learns for minutes, so only where
`PULLQUOTE_TRAIN=1` asks for it and the judged sets are beside the checkout.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

pytest.importorskip("lightgbm", reason="the group train is not installed")
pytest.importorskip("sklearn", reason="the group train is not installed")

from benchmarks.training.__main__ import LEARNED, examples_in
from benchmarks.training.corpora import Corpora
from benchmarks.training.learning import learn
from benchmarks.training.sets import Material
from bot.answering.learned.files import NAMES

DATA = Path(__file__).parents[5] / "shared" / "data"

pytestmark = [
    pytest.mark.skipif("PULLQUOTE_TRAIN" not in os.environ, reason="PULLQUOTE_TRAIN=1 asks for it"),
    pytest.mark.skipif(not DATA.exists(), reason="the judged sets are not beside this checkout"),
]


def test_the_same_is_learned_again(tmp_path):
    material = Material(DATA)
    with Corpora(material, tmp_path) as corpora:
        values = learn(examples_in(material, corpora))
    for key, name in NAMES.items():
        assert values[key] == json.loads((LEARNED / name).read_text("utf-8"))
