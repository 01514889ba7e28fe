"""The directory that the processes of a run share: a corpus, questions, and what was built."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.engines.corpus import Corpus, Feed
from benchmarks.engines.protocol import Persistent, Warming
from benchmarks.engines.registry import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from benchmarks.engines.protocol import Engine


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    k: int = 10
    repeats: int = 4
    judged_count: int = 50
    """So many questions' answers are held to the reference."""
    seconds_an_engine: float = 40.0
    """When its searches have taken so long, an engine is asked no further question."""
    filter_days: int = 7
    update_count: int = 30
    serving_count: int = 200


@dataclass(frozen=True)
class Workspace:
    """Where things are."""

    directory: Path

    def prepare(
        self,
        corpus: Corpus,
        questions: list[list[str]],
        document_frequencies: npt.NDArray[np.int64],
        plan: Plan,
    ) -> None:
        """Write what every measure reads."""
        corpus.save(self.directory / "corpus")
        np.save(self._frequencies, document_frequencies)
        self._questions.write_text(json.dumps(questions), encoding="utf-8")
        self._plan.write_text(json.dumps(asdict(plan)), encoding="utf-8")

    @property
    def plan(self) -> Plan:
        """How much is measured."""
        return Plan(**json.loads(self._plan.read_text(encoding="utf-8")))

    @property
    def corpus(self) -> Corpus:
        """The corpus, read anew."""
        return Corpus.load(self.directory / "corpus")

    @property
    def questions(self) -> list[list[str]]:
        """The questions as lists of terms."""
        questions: list[list[str]] = json.loads(self._questions.read_text(encoding="utf-8"))
        return questions

    @property
    def document_frequencies(self) -> npt.NDArray[np.int64]:
        """In how many passages each term occurs."""
        frequencies: npt.NDArray[np.int64] = np.load(self._frequencies)
        return frequencies

    def built(self, name: str) -> Path:
        """Return the directory of an engine."""
        return self.directory / "built" / name

    def opened(self, name: str) -> Engine:
        """Open an engine, or build one that cannot be opened."""
        return self._ready(name, self.built(name))

    def _ready(self, name: str, directory: Path) -> Engine:
        engine = ENGINES[name]()
        if isinstance(engine, Persistent):
            engine.open(directory)
        else:
            engine.build(Feed(self.corpus), directory)
        if isinstance(engine, Warming):
            engine.warm()
        return engine

    @contextmanager
    def copied(self, name: str) -> Iterator[Engine]:
        """Open a copy of an engine that may be changed."""
        with tempfile.TemporaryDirectory(dir=self.directory) as scratch:
            copy = self.directory / scratch / name
            shutil.copytree(self.built(name), copy)
            yield self._ready(name, copy)

    @property
    def _questions(self) -> Path:
        return self.directory / "questions.json"

    @property
    def _plan(self) -> Path:
        return self.directory / "plan.json"

    @property
    def _frequencies(self) -> Path:
        return self.directory / "document_frequencies.npy"
