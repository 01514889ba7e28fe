"""A corpus as lists of terms, held as numbers: what every engine is built from.

Passages are numbered from 0 in the order of their days, articles likewise.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

_PASSAGES_A_BLOCK = 4096


@dataclass(frozen=True)
class Corpus:
    """Passages as term ids. `term_ids[offsets[p]:offsets[p + 1]]` are those of passage p."""

    words: Sequence[str]
    offsets: npt.NDArray[np.int64]
    term_ids: npt.NDArray[np.int32]
    article_of: npt.NDArray[np.int32]
    """By passage, ascending."""
    day_of: npt.NDArray[np.int32]
    """By article, days since 1970, ascending."""
    publisher_of: npt.NDArray[np.int32]
    """By article."""

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return len(self.article_of)

    @property
    def article_count(self) -> int:
        """How many articles there are."""
        return len(self.day_of)

    @property
    def days(self) -> npt.NDArray[np.int32]:
        """The day of each passage, ascending."""
        return self.day_of[self.article_of]

    def terms(self, passage: int) -> list[str]:
        """Return the terms of one passage, in order."""
        words = self.words
        start, end = self.offsets[passage : passage + 2]
        return [words[i] for i in self.term_ids[start:end].tolist()]

    def save(self, directory: Path) -> None:
        """Write it to a directory, for other processes."""
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "words.json").write_text(json.dumps(list(self.words)), encoding="utf-8")
        for name in _ARRAYS:
            np.save(directory / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, directory: Path) -> Corpus:
        """Read what `save` wrote. The arrays stay on disk, and are paged in as they are read."""
        words = json.loads((directory / "words.json").read_text(encoding="utf-8"))
        return cls(words, *(np.load(directory / f"{name}.npy", mmap_mode="r") for name in _ARRAYS))


_ARRAYS = ("offsets", "term_ids", "article_of", "day_of", "publisher_of")


@dataclass
class Feed:
    """Hands a corpus to an engine, and keeps account of the time that this takes itself.

    An engine takes whichever form suits it best; `seconds` is no part of its build.
    """

    corpus: Corpus
    seconds: float = field(default=0.0, init=False)

    def term_lists(self) -> Iterator[list[str]]:
        """Yield the terms of each passage."""
        words = self.corpus.words
        for ids in self.id_lists():
            began = time.perf_counter()
            terms = [words[i] for i in ids]
            self.seconds += time.perf_counter() - began
            yield terms

    def id_lists(self) -> Iterator[list[int]]:
        """Yield the term ids of each passage."""
        offsets, term_ids = self.corpus.offsets, self.corpus.term_ids
        for first in range(0, self.corpus.passage_count, _PASSAGES_A_BLOCK):
            began = time.perf_counter()
            bounds = offsets[first : first + _PASSAGES_A_BLOCK + 1].tolist()
            ids = term_ids[bounds[0] : bounds[-1]].tolist()
            lists = [
                ids[a - bounds[0] : b - bounds[0]] for a, b in zip(bounds, bounds[1:], strict=False)
            ]
            self.seconds += time.perf_counter() - began
            yield from lists
